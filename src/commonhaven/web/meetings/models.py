"""Meetings: one run of a procedure, who was there, what was said, what came of it."""

from django.db import models
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


class Presence(models.Model):
    """A party in the room, from one instant to another."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="presences")
    party = models.CharField(max_length=120)
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)


class AgendaItem(Item):
    """A point of the agenda."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    party = models.CharField(_("proposed by"), max_length=120)

    class Meta(Item.Meta):
        ordering = ["meeting", "number", "pk"]


class Document(Item):
    """A document of a meeting, or of the group where ``meeting`` is empty; new text, new row."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    symbol = models.CharField(_("symbol"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=10, default="en")
    text = models.TextField(_("text"))
    version = models.PositiveIntegerField(default=1)
    party = models.CharField(_("submitted by"), max_length=120)

    class Meta(Item.Meta):
        ordering = ["group", "symbol", "language", "-version"]


class Intervention(Item):
    """What a participant says, in the room or in writing."""

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
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(Item.Meta):
        ordering = ["meeting", "created_at", "pk"]


class SummaryParagraph(Item):
    """A paragraph of the summary record; a change is a new row with the same number."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="summary")
    number = models.PositiveIntegerField()
    text = models.TextField(_("text"))
    party = models.CharField(max_length=120)
    status = models.CharField(max_length=10, default="proposed")
    """proposed, accepted, rejected, replaced, adopted"""
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta(Item.Meta):
        ordering = ["meeting", "number", "pk"]


class OutcomeParagraph(Item):
    """A paragraph of the outcome document."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="outcome")
    number = models.PositiveIntegerField()
    text = models.TextField(_("text"))
    party = models.CharField(_("proposed by"), max_length=120)
    status = models.CharField(max_length=10, default="proposed")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta(Item.Meta):
        ordering = ["meeting", "number", "pk"]


class Amendment(models.Model):
    """A change proposed to a paragraph of the outcome document; empty text deletes it."""

    paragraph = models.ForeignKey(OutcomeParagraph, models.PROTECT, related_name="amendments")
    party = models.CharField(_("proposed by"), max_length=120)
    text = models.TextField(_("new text"), blank=True)
    sponsors = models.JSONField(default=list)
    status = models.CharField(max_length=10, default="proposed")
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["made_at", "pk"]


class Position(models.Model):
    """A reservation or an explanation of position on the outcome, or on one paragraph of it."""

    class Kind(models.TextChoices):
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
