"""Situations opened by a group, and every version of their figures."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.web.kit.audience import Item


class Situation(Item):
    """A displacement that a group has opened; its figures stand in versions.

    Its short name is the only one among those for the same audience, or the same caucus.
    """

    slug = models.SlugField(_("short name"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    party = models.CharField(_("opened by"), max_length=120)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(_("why it was closed"), max_length=300, blank=True)

    class Meta(Item.Meta):
        ordering = ["group", "-created_at"]
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(
                fields=["group", "audience", "slug"],
                condition=models.Q(caucus__isnull=True),
                name="situation_once",
            ),
            models.UniqueConstraint(fields=["caucus", "slug"], name="situation_of_caucus"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("situations:show", args=[self.group.slug, self.pk])

    @property
    def subject(self) -> str:
        return f"situation/{self.pk}"


class SituationVersion(models.Model):
    """The situation's figures as one party gave them at one time; never changed, only followed."""

    situation = models.ForeignKey(Situation, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    toml = models.TextField(_("text"))
    value = models.TextField(editable=False)
    """Canonical JSON of the situation: what its hash is taken of."""
    digest = models.CharField(max_length=64, editable=False)
    day = models.DateField()
    origin = models.CharField(max_length=3, blank=True, editable=False)
    people = models.PositiveBigIntegerField(null=True, editable=False)
    party = models.CharField(max_length=120)
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["situation", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["situation", "number"], name="situation_version_once")
        ]
