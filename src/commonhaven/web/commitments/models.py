"""Promises with every step they take, the needs they answer, and what was agreed between both."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.web.kit.audience import Item

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

KINDS = {
    "financial": _("Money"),
    "resettlement places": _("Resettlement places"),
    "complementary pathways": _("Complementary pathways"),
    "relocation": _("Relocation"),
    "temporary admission": _("Temporary admission"),
    "material": _("Goods"),
    "technical": _("Expertise"),
    "policy": _("Policy"),
    "legal": _("Law"),
}
STAGES = {
    "not announced": _("not announced yet"),
    "announced": _("announced"),
    "committed": _("signed"),
    "delivered": _("delivered"),
    "received": _("received"),
    "verified": _("verified"),
    "withdrawn": _("withdrawn"),
}


class Commitment(Item):
    """A promise as it was entered; it never changes, what happens to it are its steps.

    ``value``: the commitment of the room of that name, as canonical JSON.
    """

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("what is promised"), max_length=30, choices=KINDS.items())
    unit = models.CharField(_("counted in"), max_length=40)
    party = models.CharField(_("entered by"), max_length=120)
    ends = models.DateField(_("last day"), null=True, blank=True)
    situation = models.ForeignKey(
        "situations.Situation", models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    obligation = models.ForeignKey(
        "decisions.Obligation", models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    """The duty that it is given under."""
    value = models.TextField(editable=False)
    lapses_at = models.DateTimeField(null=True, editable=False)
    """When the first open dispute is upheld by silence: from then on the shares are told anew."""
    file = models.CharField(max_length=64, blank=True, editable=False)
    """SHA-256 of the file that it was brought in from; empty where it was typed."""

    class Meta(Item.Meta):
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["group", "kind"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("commitments:show", args=[self.group.slug, self.pk])

    @property
    def subject(self) -> str:
        return f"commitment/{self.pk}"


def amount(label: "StrPromise") -> "models.DecimalField[Decimal, Decimal]":
    return models.DecimalField(label, max_digits=30, decimal_places=4, default=0)


class Share(models.Model):
    """One giver's part of a promise, and how far it had come at its last step."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="shares")
    giver = models.CharField(_("giver"), max_length=120)
    stage = models.CharField(max_length=20, choices=STAGES.items(), default="not announced")
    promised = amount(_("promised"))
    announced = amount(_("announced"))
    committed = amount(_("signed"))
    delivered = amount(_("delivered"))
    received = amount(_("received"))
    verified = amount(_("verified"))
    withdrawn = amount(_("withdrawn"))
    released = amount(_("released"))
    disputed = amount(_("in dispute"))

    class Meta:
        ordering = ["commitment", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "giver"], name="share_once"),
            models.CheckConstraint(
                condition=models.Q(verified__lte=models.F("received"))
                & models.Q(received__lte=models.F("delivered"))
                & models.Q(delivered__lte=models.F("committed"))
                & models.Q(committed__lte=models.F("announced"))
                & models.Q(announced__lte=models.F("promised")),
                name="share_in_stages",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver}: {self.promised} {self.commitment.unit}"


class Step(models.Model):
    """One act on a promise; only ever added. ``value``: the act of the room, canonical JSON."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    party = models.CharField(max_length=120)
    capacity = models.CharField(max_length=40)
    at = models.DateTimeField()
    said = models.TextField(blank=True)
    value = models.TextField(editable=False)

    class Meta:
        ordering = ["commitment", "number"]
        constraints = [models.UniqueConstraint(fields=["commitment", "number"], name="step_number")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Need(Item):
    """What a host or a partner states that it lacks; its figures are in its versions."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("In review")
        RETURNED = "returned", _("Returned")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    title = models.CharField(_("title"), max_length=200)
    party = models.CharField(_("stated by"), max_length=120)
    kind = models.CharField(_("what is needed"), max_length=30, choices=KINDS.items())
    unit = models.CharField(_("counted in"), max_length=40)
    quantity = amount(_("how much"))
    covered = amount(_("covered"))
    """By matches that both sides agreed."""
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    situation = models.ForeignKey(
        "situations.Situation", models.PROTECT, null=True, blank=True, related_name="needs"
    )
    bundle = models.CharField(_("support platform"), max_length=120, blank=True)
    reviewed_by = models.CharField(max_length=120, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review = models.TextField(_("what the review found"), blank=True)
    file = models.CharField(max_length=64, blank=True, editable=False)
    """SHA-256 of the file that it was brought in from; empty where it was typed."""

    class Meta(Item.Meta):
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("commitments:need", args=[self.group.slug, self.pk])

    @property
    def subject(self) -> str:
        return f"need/{self.pk}"


class NeedVersion(models.Model):
    """One version of a need; ``value``: the need of the room, canonical JSON."""

    need = models.ForeignKey(Need, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    party = models.CharField(max_length=120)
    given_at = models.DateTimeField()
    note = models.CharField(_("what changed, and why"), max_length=300, blank=True)
    value = models.TextField(editable=False)

    class Meta:
        ordering = ["need", "number"]
        constraints = [models.UniqueConstraint(fields=["need", "number"], name="need_version")]

    def __str__(self) -> str:
        return f"{self.need}, {self.number}"


class Match(Item):
    """So much of a promise for a need; both sides accept, either may end it."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("Agreed")
        DECLINED = "declined", _("Declined")
        ENDED = "ended", _("Ended")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="matches")
    need = models.ForeignKey(Need, models.PROTECT, related_name="matches")
    party = models.CharField(_("proposed by"), max_length=120)
    quantity = amount(_("how much"))
    covers = amount(_("covers"))
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)
    why = models.TextField(_("why"), blank=True)

    class Meta(Item.Meta):
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.commitment} → {self.need}"

    def get_absolute_url(self) -> str:
        return self.need.get_absolute_url()

    @property
    def subject(self) -> str:
        return f"need/{self.need_id}"


class MatchStep(models.Model):
    """One act on a match; only ever added."""

    match = models.ForeignKey(Match, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10)
    party = models.CharField(max_length=120)
    at = models.DateTimeField()
    said = models.TextField(blank=True)

    class Meta:
        ordering = ["match", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.party}"
