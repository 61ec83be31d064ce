"""Notices to people, what was told and mailed so far, and the address of each person's calendar."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.web.kit.audience import Item
from commonhaven.web.notices.kinds import SELF


class Notice(Item):
    """One thing told to one person; shown only while the person may see what it is about.

    The sentence is made when it is read, in the reader's language, from ``kind`` and ``facts``.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    to_do = models.BooleanField(_("asks for something"), default=False)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    key = models.CharField(max_length=200)
    """Told once for each key: what makes repeated reminders one."""
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta(Item.Meta):
        ordering = ["-created_at", "-pk"]
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(fields=["user", "key"], name="notice_once"),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notice_of_user"),
            models.Index(
                fields=["user"], condition=Q(mailed_at__isnull=True), name="notice_unmailed"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The sentence in the language of the page or mail."""
        from commonhaven.web.notices.words import sentence  # noqa: PLC0415 - reads this model

        return sentence(self)

    @property
    def url(self) -> str:
        """The address of what it is about; empty where that has no page."""
        from commonhaven.web.kit.places import url_of  # noqa: PLC0415 - addresses load later
        from commonhaven.web.notices.words import kind_of  # noqa: PLC0415 - reads this model

        if kind_of(self.kind).to == SELF:
            return reverse("accounts:own")
        return url_of(self.subject, self.group.slug)


class Told(models.Model):
    """Up to which act of a group's record people have been told."""

    group = models.OneToOneField("groups.Group", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(default=0)


class Post(models.Model):
    """How mail to one person goes: when the last went, how often the next failed."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)


class Round(models.Model):
    """The round of reminders and mail that runs now, so that two never run at once; one row."""

    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)


class Feed(models.Model):
    """The secret address of a person's calendar feed; only its hash is kept."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feed")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
