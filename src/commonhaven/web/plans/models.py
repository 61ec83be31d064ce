"""Plans: computed, tabled, moved by offers, with the opinions given on them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.web.kit.audience import Item


class Plan(Item):
    """A plan as computed: its text is plan.json, byte for byte what `verify` checks."""

    class Status(models.TextChoices):
        COMPUTED = "computed", _("Computed")
        TABLED = "tabled", _("Tabled")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        DECIDED = "decided", _("Decided")

    class Purpose(models.TextChoices):
        PLAN = "plan", _("Under the charter in force")
        DRAFT = "draft", _("A dry look under a draft charter")
        COMPARISON = "comparison", _("Another rule, for comparison only")

    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.PLAN)
    situation = models.ForeignKey("situations.Situation", models.PROTECT, related_name="plans")
    version = models.ForeignKey("situations.SituationVersion", models.PROTECT, related_name="+")
    charter = models.ForeignKey("groups.CharterVersion", models.PROTECT, related_name="+")
    meeting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="plans"
    )
    party = models.CharField(_("computed by"), max_length=120)
    rule = models.CharField(max_length=60)
    text = models.TextField(editable=False)
    name = models.CharField(_("hash"), max_length=64)
    """The manifest's hash."""
    people = models.PositiveBigIntegerField(editable=False)
    """People in question: those placed and those unplaced."""
    placed = models.PositiveBigIntegerField(editable=False)
    unplaced = models.PositiveBigIntegerField(editable=False)
    total_cost = models.DecimalField(max_digits=24, decimal_places=2, editable=False)
    currency = models.CharField(max_length=3, editable=False)
    moves = models.TextField(default="[]", editable=False)
    """Canonical JSON of all moves so far, in order, as `regime.Move`s."""
    talks = models.TextField(default="{}", editable=False)
    """Canonical JSON of the round that made it: each state's part, change and reason; notes."""
    after = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="next")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.COMPUTED)
    tabled_by = models.CharField(max_length=120, blank=True)
    tabled_at = models.DateTimeField(null=True, blank=True)

    class Meta(Item.Meta):
        ordering = ["group", "-number"]
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(fields=["group", "number"], name="plan_number"),
            models.UniqueConstraint(fields=["after"], name="plan_moved_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:show", args=[self.group.slug, self.pk])

    @property
    def subject(self) -> str:
        return f"plan/{self.pk}"


class Move(models.Model):
    """One state's offer, opt-out, deduction or withdrawal; its plan is the one that it led to."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="move")
    number = models.PositiveIntegerField()
    """Its place in the talks: 1 for the first move on a proposal."""
    state = models.CharField(max_length=3)
    kind = models.CharField(_("move"), max_length=20)
    people = models.PositiveBigIntegerField(_("people"), null=True, blank=True)
    money = models.DecimalField(
        _("money a year"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    withdraws = models.PositiveIntegerField(_("withdraws move"), null=True, blank=True)
    answers = models.PositiveIntegerField(_("in answer to move"), null=True, blank=True)
    decision = models.PositiveIntegerField(_("by decision number"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]


class Opinion(Item):
    """What UNHCR, or another participant, holds of a plan before it is decided."""

    class Finding(models.TextChoices):
        COMPATIBLE = "compatible", _("Compatible")
        CONDITIONS = "compatible with conditions", _("Compatible with conditions")
        OBJECTION = "objection", _("Objection")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="opinions")
    party = models.CharField(max_length=120)
    capacity = models.CharField(max_length=24)
    finding = models.CharField(_("finding"), max_length=40, choices=Finding.choices)
    text = models.TextField(_("reasons, and conditions if there are any"))

    class Meta(Item.Meta):
        ordering = ["created_at", "pk"]

    def get_absolute_url(self) -> str:
        return f"{self.plan.get_absolute_url()}#opinions"

    @property
    def subject(self) -> str:
        return f"opinion/{self.pk}"


class Asked(models.Model):
    """UNHCR was asked for its opinion on a plan, and by when; where it gave none, that is noted."""

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="asked")
    party = models.CharField(_("asked by"), max_length=120)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    noted_at = models.DateTimeField(null=True, blank=True)
    """When it was put on record that no opinion came in time."""
