"""Groups, the versions of their charters, and who stands where in them by date."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.web.kit.audience import Item


class Group(models.Model):
    """A group on the platform. Its rules stand in its charter; here are its name and settings."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    name = models.JSONField(_("name"), default=dict)
    kind = models.CharField(_("kind"), max_length=60, default="interest-convergence group")
    zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    listed = models.BooleanField(_("shown to the public"), default=True)
    demonstration = models.BooleanField(_("demonstration"), default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.called()

    def get_absolute_url(self) -> str:
        return reverse("groups:show", args=[self.slug])

    def called(self, language: str = "en") -> str:
        """The name in a language, else in English, else the short name."""
        names = self.name or {}
        short = language.replace("_", "-").split("-", maxsplit=1)[0]
        return str(names.get(language) or names.get(short) or names.get("en") or self.slug)

    def day_of(self, at: datetime) -> date:
        """The day that an instant belongs to on the group's clock."""
        return at.astimezone(ZoneInfo(self.zone)).date()


class Caucus(models.Model):
    """Parties of a group that confer among themselves."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="caucuses")
    name = models.CharField(_("name"), max_length=120)
    parties = models.JSONField(_("parties"), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "name", "parties"], name="caucus_once")
        ]
        ordering = ["group", "name"]

    def __str__(self) -> str:
        return self.name


class CharterVersion(Item):
    """One version of a group's charter: a draft that can change, or adopted and fixed for good."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ADOPTED = "adopted", _("Adopted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    version = models.CharField(_("version"), max_length=20)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    toml = models.TextField(_("text"))
    value = models.TextField(editable=False)
    """Canonical JSON of the charter: what its hash is taken of."""
    digest = models.CharField(max_length=64, editable=False)
    in_force = models.DateField(_("in force from"))
    party = models.CharField(_("drafted by"), max_length=120)
    revision = models.PositiveIntegerField(default=1)
    revised_at = models.DateTimeField(null=True, blank=True)
    """When the text was last changed: silence is counted from here."""
    adopted_at = models.DateTimeField(null=True, blank=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Item.Meta):
        ordering = ["group", "-pk"]
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(
                fields=["group", "version"], condition=Q(status="adopted"), name="charter_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.version}"

    @property
    def subject(self) -> str:
        return f"charter/{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("groups:charter", args=[self.group.slug, self.pk])


class CharterComment(models.Model):
    """What a party says of one article of a draft; seen by whoever sees the draft."""

    charter = models.ForeignKey(CharterVersion, models.PROTECT, related_name="comments")
    party = models.CharField(max_length=120)
    capacity = models.CharField(max_length=24)
    article = models.CharField(_("article"), max_length=120, blank=True)
    text = models.TextField(_("comment"))
    revision = models.PositiveIntegerField()
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at", "pk"]


class CharterConsent(models.Model):
    """A party's position on one revision of a draft; the last one counts."""

    charter = models.ForeignKey(CharterVersion, models.PROTECT, related_name="consents")
    party = models.CharField(max_length=120)
    choice = models.CharField(max_length=12)
    """yes, no, abstain, objection: the words of procedures.Vote."""
    reference = models.CharField(_("instrument"), max_length=200, blank=True)
    """Where the secretariat keeps a note instead: its reference."""
    revision = models.PositiveIntegerField()
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at", "pk"]


class Membership(models.Model):
    """A party's tier or role over a period: the adopted charters, laid out by date."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="memberships")
    charter = models.ForeignKey(CharterVersion, models.PROTECT, related_name="memberships")
    party = models.CharField(max_length=120)
    standing = models.CharField(max_length=60)
    may_convene = models.BooleanField(default=False)
    situation = models.CharField(max_length=80, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["group", "party"])]
        ordering = ["group", "standing", "party", "since"]


class ChairTerm(models.Model):
    """A party's term in the chair."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="chairs")
    party = models.CharField(_("party"), max_length=120)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    pack = models.TextField(blank=True)
    """Canonical JSON of what was handed over to the next chair, as it stood then."""

    class Meta:
        ordering = ["group", "-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="chair_period"
            )
        ]
