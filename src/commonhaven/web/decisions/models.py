"""Decisions, votes, and what each party owes because of them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.web.kit.audience import Item


class Decision(Item):
    """A question put to the group and how it was decided."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        ADOPTED = "adopted", _("Adopted")
        REJECTED = "not adopted", _("Not adopted")
        NO_QUORUM = "no quorum", _("No quorum")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Kind(models.TextChoices):
        PLAN = "plan", _("A plan")
        CHARTER = "charter", _("A change of the charter")
        DEDUCTION = "deduction", _("A deduction for a state")
        OTHER = "other", _("Another question")

    number = models.PositiveIntegerField()
    kind = models.CharField(_("about"), max_length=10, choices=Kind.choices, default=Kind.OTHER)
    title = models.CharField(_("title"), max_length=200)
    meeting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    plan = models.ForeignKey(
        "plans.Plan", models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    charter = models.ForeignKey(
        "groups.CharterVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The version in force when it was put: by its members and its mode it is decided."""
    state = models.CharField(_("state that gets the deduction"), max_length=3, blank=True)
    people = models.PositiveBigIntegerField(_("people deducted"), null=True, blank=True)
    mode = models.CharField(_("decided by"), max_length=120)
    """The modes in the order in which they are tried, or "default"."""
    text = models.TextField(_("text"), blank=True)
    party = models.CharField(_("put by"), max_length=120)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    tally = models.TextField(default="{}", editable=False)
    """Canonical JSON: who was there, who stood back, each mode tried with its working."""

    class Meta(Item.Meta):
        ordering = ["group", "-number"]
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(fields=["group", "number"], name="decision_number"),
            models.UniqueConstraint(
                fields=["plan"], condition=models.Q(status="open"), name="plan_put_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("decisions:show", args=[self.group.slug, self.pk])

    @property
    def subject(self) -> str:
        return f"decision/{self.pk}"

    @property
    def by_default(self) -> bool:
        """Whether the rules agreed beforehand applied by themselves."""
        return self.mode == "default"


class Vote(models.Model):
    """A party's vote; one a decision, changed until it closes by a later act in the record."""

    class Choice(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        ABSTAIN = "abstain", _("Abstain")
        OBJECTION = "objection", _("Objection")
        OUT = "not participating", _("Not participating")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="votes")
    party = models.CharField(max_length=120)
    choice = models.CharField(_("position"), max_length=20, choices=Choice.choices)
    explanation = models.TextField(_("explanation of vote"), blank=True)
    cast_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "party"], name="vote_once")]
        ordering = ["party"]


class Obligation(Item):
    """What one party owes because of a decision: what, how much, by when, measured how."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="obligations")
    code = models.CharField(max_length=120)
    party = models.CharField(_("who"), max_length=120)
    kind = models.CharField(max_length=40)
    what = models.TextField(_("what"))
    quantity = models.DecimalField(max_digits=24, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    due = models.DateField(_("by when"), null=True, blank=True)
    counterpart = models.TextField(_("owed to"), blank=True)
    measured = models.TextField(_("measured how"))
    confirmed_by = models.TextField(_("confirmed by"), blank=True)
    cite = models.TextField(blank=True)
    plan_hash = models.CharField(max_length=64, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=120, blank=True)
    done_note = models.CharField(max_length=300, blank=True)

    class Meta(Item.Meta):
        ordering = ["due", "party", "code"]
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(fields=["decision", "code"], name="obligation_once"),
        ]
        indexes = [models.Index(fields=["group", "party", "due"])]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("decisions:obligation", args=[self.group.slug, self.pk])

    @property
    def subject(self) -> str:
        return f"obligation/{self.pk}"
