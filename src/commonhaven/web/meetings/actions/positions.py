"""Objections, reservations and explanations of position."""

from datetime import datetime, timedelta

from django.db import transaction

from commonhaven.reading import Problem
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.kit.saying import instant_in_words
from commonhaven.web.meetings.actions.room import note
from commonhaven.web.meetings.kinds import hours
from commonhaven.web.meetings.models import AdoptedText, Meeting, OutcomeParagraph, Position
from commonhaven.web.meetings.policy import may_take_position, own


def open_until(adopted: AdoptedText) -> datetime:
    """Until when reservations and explanations of position on an adopted outcome are taken."""
    period = hours("positions_within", adopted.created_at.date())
    return adopted.created_at + timedelta(hours=period)


@transaction.atomic
def take_position(
    *, meeting: Meeting, kind: str, text: str, by: Seat, at: datetime,
    paragraph: OutcomeParagraph | None = None,
) -> Position:  # fmt: skip
    """Object before adoption; reserve one's position or explain it before and for a while after."""
    may_take_position(by)
    row = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    if kind not in Position.Kind.values:
        fix = f"Choose one of: {', '.join(Position.Kind.values)}."
        raise Problem(f'"{kind[:20]}" is no kind of position', fix=fix)
    if not text.strip():
        raise Problem("no reason is given", fix="Type the text.")
    _in_time(row, kind, at)
    now = OutcomeParagraph.objects.get(pk=paragraph.pk) if paragraph else None
    if now is not None and now.status not in {"proposed", "adopted"}:
        raise Conflict("the paragraph is not in the document any more", fix="Open it again.")
    made = Position.objects.create(
        meeting=row, paragraph=now, party=by.party, kind=kind, text=text.strip(), made_at=at
    )
    body: dict[str, object] = {
        "kind": kind, "text": made.text, "paragraph": now.number if now else 0,
    }  # fmt: skip
    note(row, "position taken", body, by=by, at=at)
    return made


def _in_time(row: Meeting, kind: str, at: datetime) -> None:
    adopted = AdoptedText.objects.filter(meeting=row, kind="outcome").first()
    if adopted is None:
        return
    if kind == Position.Kind.OBJECTION:
        fix = "A reservation can still be made for a while."
        raise Conflict("the outcome document is adopted", fix=fix)
    until = open_until(adopted)
    if at > until:
        fix = "Say it at the next meeting."
        raise Conflict(f"positions were taken until {instant_in_words(until)}", fix=fix)


@transaction.atomic
def withdraw_position(*, position: Position, by: Seat, at: datetime) -> Position:
    """Take back one's own position; withdrawing is always allowed."""
    own(by, position.party)
    row = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("group")
        .get(pk=position.meeting_id)
    )
    one = Position.objects.get(pk=position.pk)
    if one.withdrawn_at is not None:
        raise Conflict("this position is withdrawn already", fix="Nothing is left to do.")
    one.withdrawn_at = at
    one.save(update_fields=["withdrawn_at"])
    note(row, "position withdrawn", {"kind": one.kind, "text": one.text}, by=by, at=at)
    return one
