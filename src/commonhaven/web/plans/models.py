"""Plans: computed, tabled, moved by offers, with the opinions given on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonhaven.web.kit.audience import Item


class Plan(Item):
    """A plan as computed: its text is plan.json, byte for byte what `verify` checks."""

    class Status(models.TextChoices):
        COMPUTED = "computed", _("Computed")
        TABLED = "tabled", _("Tabled")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        DECIDED = "decided", _("Decided")

    title = models.CharField(_("title"), max_length=200)
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
    moves = models.TextField(default="[]", editable=False)
    """Canonical JSON of the offers, opt-outs and deductions that the plan contains."""
    after = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="next")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.COMPUTED)
    tabled_by = models.CharField(max_length=120, blank=True)
    tabled_at = models.DateTimeField(null=True, blank=True)

    class Meta(Item.Meta):
        ordering = ["group", "-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class Move(models.Model):
    """One state's offer, opt-out or deduction in the round on a plan."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="moved")
    """The plan that the move led to."""
    state = models.CharField(max_length=3)
    kind = models.CharField(max_length=20)
    people = models.IntegerField(null=True, blank=True)
    money = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    decision = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]


class Opinion(Item):
    """What UNHCR, or another participant, holds of a plan before it is decided."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="opinions")
    party = models.CharField(max_length=120)
    capacity = models.CharField(max_length=24)
    finding = models.CharField(_("finding"), max_length=40)
    text = models.TextField(_("reasons"))

    class Meta(Item.Meta):
        ordering = ["created_at", "pk"]
