"""The record's rows: written once, never changed. The database itself refuses it."""

from django.conf import settings
from django.db import models

from commonhaven.web.kit.audience import Item


class Entry(Item):
    """One act of a group. What it proves stands in ``seal``, ``previous`` and ``hash``.

    ``person`` is for the secretariat's accountability only; it is no part of the act and leaves
    the platform in no export. ``created_at`` is the act's instant.
    """

    number = models.PositiveIntegerField()
    act = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, blank=True)
    party = models.CharField(max_length=120, blank=True)
    capacity = models.CharField(max_length=24, blank=True)
    body = models.TextField()
    """Canonical JSON."""
    released = models.CharField(max_length=32, blank=True)
    """The release date as sealed; ``release_at`` is the same instant for the policy."""
    salt = models.CharField(max_length=32)
    seal = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(Item.Meta):
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(fields=["group", "number"], name="entry_number"),
        ]
        indexes = [models.Index(fields=["group", "subject", "number"])]
        ordering = ["group", "number"]


class Head(models.Model):
    """Where a group's chain ends: locked by whoever writes next."""

    group = models.OneToOneField("groups.Group", models.PROTECT, related_name="head")
    number = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64)
