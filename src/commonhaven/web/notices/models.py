"""Notices to people, and the address of each person's calendar."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from commonhaven.web.kit.audience import Item


class Notice(Item):
    """One thing told to one person; shown only while the person may see what it is about."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    text = models.CharField(max_length=400)
    url = models.CharField(max_length=300)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    key = models.CharField(max_length=160)
    """Told once for each key: what makes repeated reminders one."""
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta(Item.Meta):
        ordering = ["-created_at", "-pk"]
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(fields=["user", "key"], name="notice_once"),
        ]


class Feed(models.Model):
    """The secret address of a person's calendar feed; only its hash is kept."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feed")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
