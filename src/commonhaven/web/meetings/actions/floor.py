"""The speakers' list, and interventions in writing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from commonhaven.reading import Problem, digest
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.meetings.actions.room import locked, note
from commonhaven.web.meetings.kinds import speaking_time
from commonhaven.web.meetings.models import AgendaItem, Intervention, Meeting
from commonhaven.web.meetings.policy import may_act, may_run, own, runs
from commonhaven.web.meetings.queries import sits, standing_of
from commonhaven.web.record.actions import Placing, write
from commonhaven.web.record.models import Entry

LONGEST = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said in writing: on which point, in which language, for whom."""

    text: str
    language: str = "en"
    item: AgendaItem | None = None
    placing: Placing | None = None


@transaction.atomic
def ask_for_the_floor(
    *, meeting: Meeting, by: Seat, at: datetime, item: AgendaItem | None = None
) -> Intervention:
    """Put one's party on the speakers' list; organisations and observers on the same one."""
    may_act(by)
    row = locked(meeting)
    waiting = Intervention.objects.filter(
        meeting=meeting, form="oral", ended_at__isnull=True, withdrawn_at__isnull=True
    )
    if waiting.filter(party=by.party).exists():
        raise Conflict(f"{by.party} is on the list already", fix="Speak first, then ask again.")
    last = waiting.aggregate(last=Max("position"))["last"]
    made = Intervention.objects.create(
        group=row.group, audience=row.audience, caucus=row.caucus, release_at=row.release_at,
        created_at=at, meeting=meeting, agenda_item=item, party=by.party, kind=by.standing,
        form="oral", seconds=speaking_time(by.standing, at.date()), position=(last or 0) + 1,
    )  # fmt: skip
    body: dict[str, object] = {"item": item.title if item else "", "seconds": made.seconds}
    note(meeting, "floor asked for", body, by=by, at=at)
    return made


@transaction.atomic
def place_speaker(*, intervention: Intervention, place: int, by: Seat, at: datetime) -> Entry:
    """Move a speaker to another place on the list, 1 being the next."""
    may_run(by)
    locked(intervention.meeting)
    waiting = list(_waiting(intervention.meeting))
    moved = next((one for one in waiting if one.pk == intervention.pk), None)
    if moved is None:
        fix = "Open the list again."
        raise Conflict("this speaker does not wait on the list any more", fix=fix)
    waiting.remove(moved)
    waiting.insert(min(max(place, 1), len(waiting) + 1) - 1, moved)
    for number, one in enumerate(waiting, 1):
        one.position = number
        one.save(update_fields=["position"])
    body: dict[str, object] = {"order": [one.party for one in waiting]}
    return note(intervention.meeting, "speakers ordered", body, by=by, at=at)


def _waiting(meeting: Meeting) -> "list[Intervention]":
    rows = Intervention.objects.filter(
        meeting=meeting, form="oral", started_at__isnull=True, withdrawn_at__isnull=True
    )
    return list(rows.order_by("position", "created_at", "pk"))


@transaction.atomic
def give_floor(
    *, intervention: Intervention, by: Seat, at: datetime, seconds: int | None = None
) -> Intervention:
    """Give a speaker the floor; the chair may give more or less time than its kind has."""
    may_run(by)
    row = locked(intervention.meeting)
    standing = standing_of(row, at)
    if not sits(standing):
        said = f"the meeting does not sit: {standing.state.title}"
        raise Conflict(said, fix="The floor is given while it sits.")
    one = Intervention.objects.select_for_update().get(pk=intervention.pk)
    if one.started_at or one.withdrawn_at:
        raise Conflict("this speaker does not wait on the list any more", fix="Open it again.")
    has = Intervention.objects.filter(
        meeting=row, started_at__isnull=False, ended_at__isnull=True
    ).first()
    if has is not None:
        raise Conflict(f"{has.party} has the floor", fix="End that intervention first.")
    if seconds is not None and not 0 < seconds <= LONGEST:
        raise Problem(f"{seconds} seconds is no speaking time", fix="Give from 1 to 3600 seconds.")
    one.seconds, one.started_at = seconds or one.seconds, at
    one.save(update_fields=["seconds", "started_at"])
    body: dict[str, object] = {"for": one.party, "seconds": one.seconds}
    note(row, "floor given", body, by=by, at=at)
    return one


@transaction.atomic
def end_floor(*, intervention: Intervention, by: Seat, at: datetime) -> Intervention:
    """The intervention ends: said by its party, the chair or the secretariat."""
    if not runs(by):
        own(by, intervention.party)
    locked(intervention.meeting)
    one = Intervention.objects.select_for_update().get(pk=intervention.pk)
    if one.started_at is None or one.ended_at is not None:
        raise Conflict(f"{one.party} has not the floor", fix="Open the list again.")
    one.ended_at = max(at, one.started_at)
    one.save(update_fields=["ended_at"])
    spoke = int((one.ended_at - one.started_at).total_seconds())
    body: dict[str, object] = {"for": one.party, "spoke": spoke, "given": one.seconds}
    note(one.meeting, "floor ended", body, by=by, at=at)
    return one


@transaction.atomic
def withdraw_request(*, intervention: Intervention, by: Seat, at: datetime) -> Intervention:
    """Take one's party off the list; the chair strikes off who does not answer."""
    if not runs(by):
        own(by, intervention.party)
    locked(intervention.meeting)
    one = Intervention.objects.select_for_update().get(pk=intervention.pk)
    if one.form != "oral" or one.started_at or one.withdrawn_at:
        raise Conflict("this speaker does not wait on the list any more", fix="Open it again.")
    one.withdrawn_at = at
    one.save(update_fields=["withdrawn_at"])
    note(one.meeting, "floor request withdrawn", {"for": one.party}, by=by, at=at)
    return one


@transaction.atomic
def intervene_in_writing(*, meeting: Meeting, words: Words, by: Seat, at: datetime) -> Intervention:
    """Say something in writing, by any participant that acts, until the meeting is closed."""
    may_act(by)
    row = locked(meeting)
    if not words.text.strip():
        raise Problem("nothing is said", fix="Type the text.")
    placing = words.placing or Placing.of(row)
    made = Intervention.objects.create(
        group=row.group, audience=placing.audience, caucus=placing.caucus,
        release_at=placing.release_at, created_at=at, meeting=meeting, agenda_item=words.item,
        party=by.party, kind=by.standing, form="written", language=words.language,
        text=words.text.strip(),
    )  # fmt: skip
    _noted(made, "written intervention", by, at)
    return made


@transaction.atomic
def add_text(
    *, intervention: Intervention, text: str, language: str, by: Seat, at: datetime
) -> Intervention:
    """Hand in the text of what one's party said, until the meeting is closed.

    Each change is an act of its own. Afterwards a correction of the summary record does it.
    """
    own(by, intervention.party)
    locked(intervention.meeting)
    one = Intervention.objects.select_for_update().get(pk=intervention.pk)
    if one.form == "oral" and one.ended_at is None:
        raise Conflict("the text follows when the intervention has ended", fix="Speak first.")
    if not text.strip():
        raise Problem("nothing is said", fix="Type the text.")
    one.text, one.language = text.strip(), language
    one.save(update_fields=["text", "language"])
    _noted(one, "text of intervention", by, at)
    return one


def _noted(one: Intervention, what: str, by: Seat, at: datetime) -> None:
    body = {
        "text": one.text, "hash": digest(one.text), "language": one.language,
        "item": one.agenda_item.title if one.agenda_item else "",
    }  # fmt: skip
    write(one.group, what, body, by=by, at=at, subject=one.meeting.subject, placing=Placing.of(one))
