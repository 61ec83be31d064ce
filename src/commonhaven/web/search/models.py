"""What can be searched: folded text of every item, with the item's own audience."""

from django.db import models

from commonhaven.web.kit.audience import Item


class Entry(Item):
    """One searchable item; its audience is the item's, so that the same policy filters it."""

    kind = models.CharField(max_length=40)
    item = models.PositiveBigIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField()
    folded = models.TextField()
    """Title and text folded for search in any language: kept beside a full-text index."""
    language = models.CharField(max_length=10, blank=True)
    url = models.CharField(max_length=300)
    dated_at = models.DateTimeField()

    class Meta(Item.Meta):
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(fields=["kind", "item"], name="search_once"),
        ]
        indexes = [models.Index(fields=["group", "kind"])]
