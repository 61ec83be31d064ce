"""Convene a meeting, do the procedure's acts, close it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from commonhaven.procedures import Event, Permission, procedure, state
from commonhaven.reading import Problem
from commonhaven.web.groups.models import CharterVersion, Group
from commonhaven.web.groups.queries import value_of, version_on
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.meetings.kinds import Kind, kind_of, periods, procedure_for
from commonhaven.web.meetings.models import Meeting, Presence
from commonhaven.web.meetings.policy import CALL, may_act, may_follow, may_run
from commonhaven.web.meetings.queries import PROCEDURE, events_of, roles_of, standing_of
from commonhaven.web.meetings.setting import chair_on, origin_of, setting, settings_of
from commonhaven.web.record.actions import MEMBERS, Placing, hold, write
from commonhaven.web.record.models import Entry
from commonhaven.web.situations.models import Situation

AGAIN = timedelta(minutes=10)
"""Time in which the same call by the same party is taken for a second press of the button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a party asks for when it convenes."""

    group: Group
    title: str
    kind: str = "emergency"
    procedure: str = ""
    situation: Situation | None = None
    reason: str = ""
    place: str = ""
    data: Mapping[str, str] | None = None
    placing: Placing = MEMBERS


def planned(call: Call, by: Seat, at: datetime) -> tuple[Meeting, CharterVersion]:
    """The meeting that a call would make, not saved; Problem where none can be called."""
    version = version_on(call.group, at.date())
    if version is None:
        fix = "Members adopt one first: see the group's charter page."
        raise Conflict(f"no charter is in force on {at.date()}", fix=fix)
    kind = kind_of(call.kind)
    way = procedure_for(kind, call.procedure, value_of(version).convening.procedure)
    _placed(call, kind)
    made = Meeting(
        group=call.group, title=call.title.strip(), kind=kind.id, procedure=way.id,
        options=periods(kind, way, at.date()), charter=version, situation=call.situation,
        party=by.party, reason=call.reason.strip(), place=call.place.strip(), created_at=at,
        audience=call.placing.audience, caucus=call.placing.caucus,
        release_at=call.placing.release_at,
    )  # fmt: skip
    return made, version


def _placed(call: Call, kind: Kind) -> None:
    if kind.caucus and call.placing.caucus is None:
        raise Problem("a caucus meets as a caucus", fix="Choose the caucus as the audience.")
    if not call.title.strip():
        raise Problem("the meeting has no title", fix="Say in a few words what it is about.")


def first_act(made: Meeting, version: CharterVersion, by: Seat, at: datetime) -> Permission:
    """The act by which the party starts the procedure; Refused where it may not."""
    may_act(by)
    around = setting(made, value_of(version), origin_of(made.situation_id), chair_on(by.group, at))
    way = procedure(made.procedure)
    for one in state(way, (), at, around).may:
        if not one.by or by.party in one.by:
            roles = tuple(role for act in way.acts if act.kind == one.act for role in act.by)
            may_follow(by, CALL, roles, made)
            return one
    raise Refused(f"{by.party} does not start this procedure", fix=f"It is for: {way.starts}")


def filled(one: Permission, title: str, data: Mapping[str, str] | None) -> dict[str, str]:
    """What the first act says: what was given, and the title where a text is needed."""
    given = {name: text for name, text in (data or {}).items() if text.strip()}
    for datum in one.data:
        if datum.form == "text" and (datum.required or datum.name == "subject"):
            given.setdefault(datum.name, title)
    return given


def convene(  # noqa: PLR0913 - what a call consists of
    *,
    group: Group,
    title: str,
    by: Seat,
    at: datetime,
    kind: str = "emergency",
    procedure: str = "",
    situation: Situation | None = None,
    reason: str = "",
    placing: Placing = MEMBERS,
) -> Meeting:
    """Convene a meeting: it exists and its procedure has begun; no seconding, no veto.

    The procedure decides who may: any member, and whom the charter lets convene.
    """
    call = Call(
        group=group, title=title, kind=kind, procedure=procedure, situation=situation,
        reason=reason, placing=placing,
    )  # fmt: skip
    return call_meeting(call, by=by, at=at)


@transaction.atomic
def call_meeting(call: Call, *, by: Seat, at: datetime) -> Meeting:
    """Convene the meeting that was asked for."""
    may_act(by)
    hold(call.group)
    made, version = planned(call, by, at)
    _once(made, at)
    start = first_act(made, version, by, at)
    last = Meeting.objects.filter(group=call.group).aggregate(last=Max("number"))["last"]
    made.number = (last or 0) + 1
    made.save()
    body = _told(made, version)
    write(
        call.group, "meeting convened", body, by=by, at=at, subject=made.subject,
        placing=Placing.of(made),
    )  # fmt: skip
    act(meeting=made, kind=start.act, data=filled(start, made.title, call.data), by=by, at=at)
    return made


def _told(made: Meeting, version: CharterVersion) -> dict[str, object]:
    """What an outsider needs to run the procedure again."""
    latest = made.situation.versions.order_by("-number").first() if made.situation else None
    return {
        "number": made.number, "title": made.title, "kind": made.kind,
        "procedure": made.procedure, "options": made.options, "reason": made.reason,
        "place": made.place, "charter": version.digest,
        "situation": latest.digest if latest else "",
        "caucus": sorted(made.caucus.parties) if made.caucus else [],
    }  # fmt: skip


def _once(made: Meeting, at: datetime) -> None:
    same = Meeting.objects.filter(
        group=made.group, party=made.party, kind=made.kind, title=made.title,
        situation=made.situation, created_at__gt=at - AGAIN,
    )  # fmt: skip
    if same.exists():
        fix = "It is in the list of meetings."
        raise Conflict("your party has just convened this meeting", fix=fix)


@transaction.atomic
def act(
    *,
    meeting: Meeting,
    kind: str,
    by: Seat,
    at: datetime,
    data: Mapping[str, str] | None = None,
    party: str = "",
) -> Entry:
    """Do one act of the procedure; Refused or Conflict, with the reason, where it may not be done.

    ``party``: for whom it is done, where that is not the party of the seat: chair and secretariat
    record who attends. Whether anybody may is the caller's to check.
    """
    may_act(by)
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    actor = party or by.party
    given = {name: text.strip() for name, text in (data or {}).items() if text.strip()}
    events = events_of(meeting)
    if events and at < events[-1].at:
        fix = "Set the server's clock right."
        raise Conflict("the clock is behind the last act of this meeting", fix=fix)
    _admitted(meeting, Event(kind=kind, at=at, party=actor, data=given), by)
    body: dict[str, object] = {"data": given}
    if actor != by.party:
        body["for"] = actor
    return write(
        meeting.group, f"{PROCEDURE}{kind}", body, by=by, at=at, subject=meeting.subject,
        placing=Placing.of(meeting),
    )  # fmt: skip


def _admitted(meeting: Meeting, event: Event, by: Seat) -> None:
    """Refused or Conflict where the procedure does not admit the event."""
    around = settings_of([meeting], event.at)[meeting.pk][0]
    way = procedure(meeting.procedure)
    after = state(way, [*events_of(meeting), event], event.at, around)
    refusal = next((one for one in after.refused if one.event == event), None)
    if refusal is None and event.party != by.party:
        return
    before = standing_of(meeting, event.at)
    allowed = [one for one in before.state.may if one.act == event.kind]
    if refusal is not None:
        entitled = not allowed or any(not one.by or event.party in one.by for one in allowed)
        kind = Conflict if entitled else Refused
        raise kind(refusal.why, fix=refusal.fix)
    if allowed:
        may_follow(by, event.kind, roles_of(before, event.kind), meeting)


@transaction.atomic
def close(*, meeting: Meeting, by: Seat, at: datetime) -> Entry:
    """Close the room of a meeting that has come to an end; the reviews that follow stay open."""
    may_run(by)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.closed_at:
        raise Conflict("the meeting is closed already", fix="Nothing is left to do.")
    standing = standing_of(meeting, at)
    if not standing.state.ended:
        fix = "It ends with a decision, or when its time is over."
        raise Conflict(f"the procedure has not ended: {standing.state.title}", fix=fix)
    Presence.objects.filter(meeting=meeting, left_at__isnull=True).update(left_at=at)
    locked.closed_at = meeting.closed_at = at
    locked.save(update_fields=["closed_at"])
    body = {"stage": standing.state.stage, "outcome": standing.state.outcome}
    return write(
        meeting.group, "meeting closed", body, by=by, at=at, subject=meeting.subject,
        placing=Placing.of(meeting),
    )  # fmt: skip
