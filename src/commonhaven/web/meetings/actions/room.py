"""Credentials, and who is in the room."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from commonhaven.reading import Problem
from commonhaven.web.groups.models import Membership
from commonhaven.web.groups.queries import on_day, widest
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.meetings.actions.convening import act
from commonhaven.web.meetings.models import Credential, Meeting, Presence
from commonhaven.web.meetings.policy import PRESENCE, may_act, may_answer_for, may_run
from commonhaven.web.meetings.queries import (
    Standing,
    expected,
    has_room,
    present_at,
    sits,
    standing_of,
)
from commonhaven.web.record.actions import Placing, write
from commonhaven.web.record.models import Entry


def note(meeting: Meeting, what: str, body: dict[str, object], *, by: Seat, at: datetime) -> Entry:
    """Write an act of a meeting into the record, for whoever may see the meeting."""
    return write(
        meeting.group, what, body, by=by, at=at, subject=meeting.subject,
        placing=Placing.of(meeting),
    )  # fmt: skip


def locked(meeting: Meeting) -> Meeting:
    """The meeting's row, locked; Conflict where its room is closed."""
    row = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    if row.closed_at:
        raise Conflict("the meeting is closed", fix="Convene another one.")
    return row


@transaction.atomic
def present_credentials(*, meeting: Meeting, reference: str, by: Seat, at: datetime) -> Credential:
    """A delegation hands in the note or letter by which its party accredits it."""
    may_act(by)
    locked(meeting)
    if not reference.strip():
        raise Problem("no note or letter is named", fix="Give its reference and date.")
    waiting = Credential.objects.filter(
        meeting=meeting, seat_id=by.id, accepted_at__isnull=True, refused_at__isnull=True
    )
    if waiting.exists():
        raise Conflict("your credentials are with the secretariat already", fix="Wait for them.")
    made = Credential.objects.create(
        meeting=meeting, seat_id=by.id, party=by.party, reference=reference.strip()[:200],
        presented_at=at,
    )  # fmt: skip
    body: dict[str, object] = {"reference": made.reference, "seat": by.id}
    note(meeting, "credentials presented", body, by=by, at=at)
    return made


def accept_credential(*, credential: Credential, by: Seat, at: datetime) -> Credential:
    """Chair or secretariat finds the credentials in order."""
    return _settle(credential, "", by, at)


def refuse_credential(*, credential: Credential, reason: str, by: Seat, at: datetime) -> Credential:
    """Chair or secretariat does not find them in order, and says why."""
    if not reason.strip():
        raise Problem("no reason is given", fix="Say what is wrong with the credentials.")
    return _settle(credential, reason.strip()[:300], by, at)


@transaction.atomic
def _settle(credential: Credential, reason: str, by: Seat, at: datetime) -> Credential:
    """Accept where no reason against it is given, else refuse."""
    good = not reason
    may_run(by)
    row = Credential.objects.select_for_update().get(pk=credential.pk)
    if row.accepted_at or row.refused_at:
        raise Conflict("these credentials are settled already", fix="New ones can be presented.")
    if row.seat_id == by.id:
        raise Refused("nobody accepts their own credentials", fix="Another seat does it.")
    row.accepted_at, row.refused_at = (at, None) if good else (None, at)
    row.reason = reason
    row.save()
    body: dict[str, object] = {"for": row.party, "seat": row.seat_id, "reference": row.reference}
    what = "credentials accepted" if good else "credentials refused"
    note(credential.meeting, what, body | ({} if good else {"reason": reason}), by=by, at=at)
    return row


@transaction.atomic
def arrive(*, meeting: Meeting, by: Seat, at: datetime, party: str = "") -> Presence:
    """A party comes into the room; chair and secretariat may record it for another.

    A member's first arrival is its attendance, to which it is bound: an act of the procedure. So
    is its coming back, where the procedure counts who is there.
    """
    who = party or by.party
    may_answer_for(by, who)
    row = locked(meeting)
    standing = standing_of(row, at)
    _room_is_open(standing)
    if Presence.objects.filter(meeting=meeting, party=who, left_at__isnull=True).exists():
        raise Conflict(f"{who} is in the room already", fix="Record its leaving first.")
    made = Presence.objects.create(
        meeting=meeting, party=who, standing=_standing_of_party(row, who, by), arrived_at=at
    )
    _recorded(standing, who, comes=True, by=by, at=at)
    return made


def _recorded(standing: Standing, who: str, *, comes: bool, by: Seat, at: datetime) -> None:
    """Write who came or left: as an act where the procedure counts it, as a note where not."""
    may = {one.act for one in standing.state.may if who in one.by}
    kinds = ("attend", "return") if comes else ("leave",)
    kind = next((kind for kind in kinds if kind in may), "")
    if kind:
        act(meeting=standing.meeting, kind=kind, by=by, at=at, party=who)
    else:
        note(
            standing.meeting, "party arrived" if comes else "party left", {"for": who}, by=by, at=at
        )


@transaction.atomic
def arrive_all(*, meeting: Meeting, by: Seat, at: datetime) -> list[Presence]:
    """Record that every party with credentials presented is here; those in the room stay.

    One entry for each party, as if it had come alone: attendance is owed party by party, and is
    kept so for the review. Conflict where all of them are here already.
    """
    may_run(by)
    _room_is_open(standing_of(locked(meeting), at))
    waiting = expected(meeting, present_at(meeting, at))
    if not waiting:
        fix = "Others are recorded one by one."
        raise Conflict("all who have presented credentials are in the room", fix=fix)
    return [arrive(meeting=meeting, by=by, at=at, party=who) for who in waiting]


def _room_is_open(standing: Standing) -> None:
    if not has_room(standing.meeting):
        raise Conflict("this procedure has no room to come into", fix="Its acts are on its page.")
    if not sits(standing):
        said = f"the meeting does not sit: {standing.state.title}"
        raise Conflict(said, fix="Come when the chair has opened it.")


def _standing_of_party(meeting: Meeting, who: str, by: Seat) -> str:
    """What the party is in the group; Problem where it has no part in it."""
    if who == by.party:
        return by.standing
    held = on_day(meeting.created_at.date())
    found = widest(Membership.objects.filter(held, group=meeting.group, party=who))
    if found is None:
        fix = "The charter names members and participants."
        raise Problem(f"{who[:60]} has no part in the group", fix=fix)
    return found.standing


@transaction.atomic
def leave(*, meeting: Meeting, by: Seat, at: datetime, party: str = "") -> Presence:
    """A party leaves the room: it counts no longer for the quorum and can vote no more."""
    who = party or by.party
    may_answer_for(by, who)
    standing = standing_of(locked(meeting), at)
    row = Presence.objects.filter(meeting=meeting, party=who, left_at__isnull=True).first()
    if row is None:
        raise Conflict(f"{who[:60]} is not in the room", fix="Record its arrival first.")
    row.left_at = max(at, row.arrived_at)
    row.save(update_fields=["left_at"])
    _recorded(standing, who, comes=False, by=by, at=at)
    return row


@transaction.atomic
def do(
    *, meeting: Meeting, kind: str, by: Seat, at: datetime, data: Mapping[str, str] | None = None
) -> None:
    """Do an act of the procedure for the seat's own party; coming and going move the room too."""
    if kind in PRESENCE and has_room(meeting):
        (leave if kind == "leave" else arrive)(meeting=meeting, by=by, at=at)
    else:
        act(meeting=meeting, kind=kind, data=data, by=by, at=at)
