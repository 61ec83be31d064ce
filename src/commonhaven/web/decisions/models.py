"""Decisions, votes, and what each party owes because of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonhaven.web.kit.audience import Item


class Decision(Item):
    """A question put to the group and how it was decided."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        ADOPTED = "adopted", _("Adopted")
        REJECTED = "not adopted", _("Not adopted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    meeting = models.ForeignKey(
        "meetings.Meeting", models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    plan = models.ForeignKey(
        "plans.Plan", models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    mode = models.CharField(_("decided by"), max_length=60)
    text = models.TextField(_("text"), blank=True)
    party = models.CharField(_("put by"), max_length=120)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    tally = models.TextField(default="{}", editable=False)

    class Meta(Item.Meta):
        ordering = ["group", "-number"]
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(fields=["group", "number"], name="decision_number"),
        ]

    def __str__(self) -> str:
        return self.title


class Vote(models.Model):
    """A party's vote; one a decision, changed until it closes by a later act in the record."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="votes")
    party = models.CharField(max_length=120)
    choice = models.CharField(max_length=12)
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
    what = models.CharField(_("what"), max_length=400)
    quantity = models.DecimalField(max_digits=24, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    due = models.DateField(_("by when"), null=True, blank=True)
    counterpart = models.CharField(max_length=120, blank=True)
    measured = models.CharField(_("measured how"), max_length=400)
    cite = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_note = models.CharField(max_length=300, blank=True)

    class Meta(Item.Meta):
        ordering = ["due", "party", "code"]
