"""Meetings: one run of a procedure, who was there, what was said, what came of it."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.web.kit.audience import Item


class Meeting(Item):
    """One run of a procedure. Its clocks and stage follow from its events in the record.

    The events are the record's entries with subject ``meeting/ID`` and acts that begin with
    ``procedure: ``; nothing of the procedure's state is stored here.
    """

    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=40, default="emergency")
    procedure = models.CharField(_("procedure"), max_length=60)
    options = models.JSONField(default=dict)
    """Options of the procedure set for this meeting, beside those of the charter."""
    charter = models.ForeignKey(
        "groups.CharterVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The version in force when it was convened: the rules stand still."""
    situation = models.ForeignKey(
        "situations.Situation", models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    party = models.CharField(_("convened by"), max_length=120)
    reason = models.TextField(_("reason"), blank=True)
    place = models.CharField(_("place or link"), max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta(Item.Meta):
        ordering = ["group", "-number"]
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(fields=["group", "number"], name="meeting_number"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> str:
        return f"meeting/{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:show", args=[self.group.slug, self.pk])


class Credential(models.Model):
    """Who represents a party at a meeting, and whether that was accepted."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="credentials")
    seat = models.ForeignKey("accounts.Seat", models.PROTECT, related_name="+")
    party = models.CharField(max_length=120)
    reference = models.CharField(_("note or letter"), max_length=200)
    presented_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["presented_at", "pk"]


class Presence(models.Model):
    """A party in the room, from one instant to another."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="presences")
    party = models.CharField(max_length=120)
    standing = models.CharField(max_length=60)
    """What the party is in the group: its tier or role."""
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["arrived_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "party"], condition=Q(left_at__isnull=True), name="present_once"
            )
        ]


class AgendaItem(Item):
    """A point of the agenda: proposed, then adopted with the agenda, or removed."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    party = models.CharField(_("proposed by"), max_length=120)
    status = models.CharField(max_length=10, default="proposed")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta(Item.Meta):
        ordering = ["meeting", "number", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:agenda", args=[self.group.slug, self.meeting_id])


class Document(Item):
    """A document of a meeting, or of the group where ``meeting`` is empty; new text, new row.

    Its symbol is the only one among those for the same audience, or the same caucus: what others
    have handed in among themselves takes no symbol away.
    """

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    symbol = models.CharField(_("symbol"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=10, default="en")
    text = models.TextField(_("text"), blank=True)
    version = models.PositiveIntegerField(default=1)
    party = models.CharField(_("submitted by"), max_length=120)
    file = models.CharField(max_length=64, blank=True)
    """SHA-256 of the file that was handed in: its name in the folder of files."""
    file_name = models.CharField(max_length=120, blank=True)
    size = models.PositiveIntegerField(default=0)

    class Meta(Item.Meta):
        ordering = ["group", "symbol", "language", "-version"]
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(
                fields=["group", "audience", "symbol", "language", "version"],
                condition=models.Q(caucus__isnull=True),
                name="document_version",
            ),
            models.UniqueConstraint(
                fields=["caucus", "symbol", "language", "version"], name="document_of_caucus"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}"

    @property
    def subject(self) -> str:
        return f"document/{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:document", args=[self.group.slug, self.pk])


class Intervention(Item):
    """What a participant says, in the room or in writing; an oral one first waits for the floor."""

    class Form(models.TextChoices):
        ORAL = "oral", _("Oral")
        WRITTEN = "written", _("Written")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="interventions")
    agenda_item = models.ForeignKey(
        AgendaItem, models.PROTECT, null=True, blank=True, related_name="interventions"
    )
    party = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    """Kind of participant by which speaking time is given: the party's standing."""
    form = models.CharField(max_length=8, choices=Form.choices)
    language = models.CharField(_("language"), max_length=10, default="en")
    text = models.TextField(_("text"), blank=True)
    seconds = models.PositiveIntegerField(_("seconds given"), default=0)
    position = models.PositiveIntegerField(_("place on the list"), default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(Item.Meta):
        ordering = ["meeting", "position", "created_at", "pk"]

    @property
    def floor_until(self) -> datetime | None:
        """When the time given is over; None before the floor is given."""
        return self.started_at and self.started_at + timedelta(seconds=self.seconds)

    def get_absolute_url(self) -> str:
        return reverse("meetings:floor", args=[self.group.slug, self.meeting_id])


class SummaryParagraph(Item):
    """A paragraph of the summary record; a change is a new row that replaces another."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="summary")
    number = models.PositiveIntegerField()
    text = models.TextField(_("text"))
    party = models.CharField(max_length=120)
    status = models.CharField(max_length=10, default="proposed")
    """accepted; proposed or rejected for a change; replaced; adopted with the record."""
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="changes"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta(Item.Meta):
        ordering = ["meeting", "number", "pk"]

    def get_absolute_url(self) -> str:
        return reverse("meetings:summary", args=[self.group.slug, self.meeting_id])


class OutcomeParagraph(Item):
    """A paragraph of the outcome document."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="outcome")
    number = models.PositiveIntegerField()
    text = models.TextField(_("text"))
    party = models.CharField(_("proposed by"), max_length=120)
    sponsors = models.JSONField(default=list)
    status = models.CharField(max_length=10, default="proposed")
    """proposed, withdrawn, deleted, adopted"""
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta(Item.Meta):
        ordering = ["meeting", "number", "pk"]

    def get_absolute_url(self) -> str:
        return reverse("meetings:outcome", args=[self.group.slug, self.meeting_id])


class AdoptedText(Item):
    """An outcome document or a summary record as adopted: fixed, with its hash in the record."""

    class Kind(models.TextChoices):
        OUTCOME = "outcome", _("Outcome document")
        SUMMARY = "summary", _("Summary record")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="adopted_texts")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    value = models.TextField(editable=False)
    """Canonical JSON: what its hash is taken of."""
    digest = models.CharField(max_length=64, editable=False)
    decision = models.PositiveIntegerField(null=True, blank=True)
    """Number of the decision that adopted it; empty: adopted by consensus in the room."""

    class Meta(Item.Meta):
        ordering = ["meeting", "kind"]
        constraints = [
            *Item.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "kind"], name="adopted_once"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("meetings:adopted", args=[self.group.slug, self.pk])


class Amendment(models.Model):
    """A change proposed to a paragraph of the outcome document; empty text deletes it."""

    paragraph = models.ForeignKey(OutcomeParagraph, models.PROTECT, related_name="amendments")
    party = models.CharField(_("proposed by"), max_length=120)
    text = models.TextField(_("new text"), blank=True)
    before = models.TextField(blank=True)
    """The paragraph as it stood when the amendment was accepted or rejected."""
    sponsors = models.JSONField(default=list)
    status = models.CharField(max_length=10, default="proposed")
    """proposed, accepted, rejected, withdrawn"""
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]


class Position(models.Model):
    """What a member holds of the outcome or of one paragraph of it.

    An objection stands in the way of consensus as long as it is not withdrawn; a reservation and an
    explanation of position do not.
    """

    class Kind(models.TextChoices):
        OBJECTION = "objection", _("Objection")
        RESERVATION = "reservation", _("Reservation")
        EXPLANATION = "explanation", _("Explanation of position")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="positions")
    paragraph = models.ForeignKey(
        OutcomeParagraph, models.PROTECT, null=True, blank=True, related_name="positions"
    )
    party = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.TextField(_("text"))
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]
