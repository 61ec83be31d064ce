"""What can be searched: folded text of every item, with the item's own audience."""

from django.db import models

from commonhaven.web.kit.audience import Item


class Entry(Item):
    """One searchable item; its audience is the item's, so that the same policy filters it.

    ``parent``: the entry of what the item belongs to, such as the meeting of an intervention; who
    may not see that does not see this. The full-text index over the two folded columns is the
    database's own (migration 0002): it follows every write of this table.
    """

    kind = models.CharField(max_length=40)
    item = models.PositiveBigIntegerField()
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=400)
    text = models.TextField()
    folded_title = models.TextField()
    folded = models.TextField()
    language = models.CharField(max_length=10, blank=True)
    url = models.CharField(max_length=300)
    dated_at = models.DateTimeField()

    class Meta(Item.Meta):
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(fields=["kind", "item"], name="search_once"),
        ]
        indexes = [models.Index(fields=["group", "kind"]), models.Index(fields=["-dated_at"])]
