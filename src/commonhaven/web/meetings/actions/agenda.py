"""The agenda: points proposed, ordered, adopted."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from commonhaven.reading import Problem
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.meetings.actions.room import locked, note
from commonhaven.web.meetings.models import AgendaItem, Meeting
from commonhaven.web.meetings.policy import may_propose, may_run, own, runs
from commonhaven.web.record.models import Entry


@transaction.atomic
def propose_item(
    *, meeting: Meeting, title: str, by: Seat, at: datetime, note_text: str = "",
    minutes: int | None = None,
) -> AgendaItem:  # fmt: skip
    """Propose a point; after the agenda's adoption it waits until it is adopted too."""
    may_propose(by)
    row = locked(meeting)
    if not title.strip():
        raise Problem("the point has no title", fix="Say in a few words what it is about.")
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"]
    made = AgendaItem.objects.create(
        group=row.group, audience=row.audience, caucus=row.caucus, release_at=row.release_at,
        created_at=at, meeting=meeting, number=(last or 0) + 1, title=title.strip()[:200],
        note=note_text.strip(), minutes=minutes, party=by.party,
    )  # fmt: skip
    body: dict[str, object] = {
        "number": made.number, "title": made.title, "note": made.note, "minutes": minutes,
    }  # fmt: skip
    note(meeting, "agenda item proposed", body, by=by, at=at)
    return made


@transaction.atomic
def order_items(*, meeting: Meeting, numbers: dict[int, int], by: Seat, at: datetime) -> Entry:
    """Put the points into another order: id of a point → its new number."""
    may_run(by)
    locked(meeting)
    items = list(AgendaItem.objects.filter(meeting=meeting).exclude(status="removed"))
    if set(numbers) != {item.pk for item in items}:
        fix = "Open the agenda again: a point was added or removed meanwhile."
        raise Conflict("the order does not name every point", fix=fix)
    items.sort(key=lambda item: (numbers[item.pk], item.number))
    for place, item in enumerate(items, 1):
        item.number = place
        item.save(update_fields=["number"])
    body: dict[str, object] = {"order": [item.title for item in items]}
    return note(meeting, "agenda ordered", body, by=by, at=at)


@transaction.atomic
def remove_item(*, item: AgendaItem, by: Seat, at: datetime) -> AgendaItem:
    """Take a point off: its proposer before adoption, chair and secretariat at any time."""
    if not runs(by):
        own(by, item.party)
    locked(item.meeting)
    row = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if row.status == "adopted" and not runs(by):
        fix = "The chair can take it off with the meeting's agreement."
        raise Conflict("the point stands on the adopted agenda", fix=fix)
    if row.status == "removed":
        raise Conflict("the point is off the agenda already", fix="Nothing is left to do.")
    row.status, row.settled_at = "removed", at
    row.save(update_fields=["status", "settled_at"])
    body: dict[str, object] = {"number": row.number, "title": row.title}
    note(row.meeting, "agenda item removed", body, by=by, at=at)
    return row


@transaction.atomic
def adopt_agenda(*, meeting: Meeting, by: Seat, at: datetime) -> Entry:
    """Adopt the agenda as it is ordered."""
    may_run(by)
    locked(meeting)
    items = list(AgendaItem.objects.filter(meeting=meeting, status="proposed"))
    titles = list(
        AgendaItem.objects.filter(meeting=meeting)
        .exclude(status="removed")
        .values_list("title", flat=True)
    )
    if not items:
        raise Conflict("no point is waiting to be adopted", fix="Propose one first.")
    for item in items:
        item.status, item.settled_at = "adopted", at
        item.save(update_fields=["status", "settled_at"])
    return note(meeting, "agenda adopted", {"items": titles}, by=by, at=at)
