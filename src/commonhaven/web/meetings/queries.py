"""Where meetings stand: computed at every reading from the record, never stored."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from math import ceil

from django.db.models import Q, QuerySet

from commonhaven.procedures import Deadline, Event, Permission, Setting, State, procedure, state
from commonhaven.web.kit.audience import Seat, Viewer, visible
from commonhaven.web.kit.refused import Refused
from commonhaven.web.meetings.models import Credential, Meeting, Presence
from commonhaven.web.meetings.policy import acts, may_follow
from commonhaven.web.meetings.setting import settings_of
from commonhaven.web.record.models import Entry

PROCEDURE = "procedure: "
"""How acts of a procedure begin in the record."""
RUN = frozenset({"chair", "secretariat", "initiator"})


def meetings_for(viewer: Viewer) -> QuerySet[Meeting]:
    """The meetings that a viewer may see, latest first."""
    rows = visible(Meeting.objects.all(), viewer)
    return rows.select_related("group", "charter", "situation", "caucus")


def events_of(meeting: Meeting) -> tuple[Event, ...]:
    """The procedure's events of one meeting, from the record."""
    return events_of_all([meeting])[meeting.pk]


def events_of_all(meetings: Iterable[Meeting]) -> dict[int, tuple[Event, ...]]:
    """Meeting → its events, in one query for any number of meetings."""
    found: dict[int, list[Event]] = {meeting.pk: [] for meeting in meetings}
    subjects = [f"meeting/{pk}" for pk in found]
    rows = Entry.objects.filter(subject__in=subjects, act__startswith=PROCEDURE)
    for row in rows.order_by("group", "number"):
        body = json.loads(row.body)
        event = Event(
            kind=row.act.removeprefix(PROCEDURE), at=row.created_at,
            party=body.get("for") or row.party, data=body["data"],
        )  # fmt: skip
        found[int(row.subject.partition("/")[2])].append(event)
    return {pk: tuple(events) for pk, events in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A meeting with its state at an instant, and the setting in which it was computed."""

    meeting: Meeting
    setting: Setting
    state: State

    @property
    def running(self) -> tuple[Deadline, ...]:
        """Clocks that are open or still to open, the next end first."""
        return tuple(one for one in self.state.deadlines if one.status in ("open", "not yet open"))


def standings(meetings: Sequence[Meeting], at: datetime) -> list[Standing]:
    """The meetings with their states; the number of queries does not grow with their number."""
    events, around = events_of_all(meetings), settings_of(meetings, at)
    found = []
    for meeting in meetings:
        setting, former = around[meeting.pk]
        reached = state(procedure(meeting.procedure), events[meeting.pk], at, setting)
        reached = _without(reached, meeting, former)
        found.append(Standing(meeting=meeting, setting=setting, state=reached))
    return found


def _without(reached: State, meeting: Meeting, former: frozenset[str]) -> State:
    """The state with no duty left to former chairs, except where they have it otherwise."""
    gone = former - {meeting.party}
    if not gone:
        return reached
    way = procedure(meeting.procedure)
    kept = []
    for one in reached.deadlines:
        running = set(way.limit(one.id.partition(":")[0]).by) <= RUN
        by = tuple(party for party in one.by if party not in gone) if running else one.by
        kept.append(replace(one, by=by))
    return replace(reached, deadlines=tuple(kept))


def standing_of(meeting: Meeting, at: datetime) -> Standing:
    """One meeting with its state."""
    return standings([meeting], at)[0]


def state_of(meeting: Meeting, at: datetime) -> State:
    """Where a meeting stands at an instant."""
    return standing_of(meeting, at).state


def setting_of(meeting: Meeting, at: datetime) -> Setting:
    """What group and situation bring to a meeting's procedure."""
    return settings_of([meeting], at)[meeting.pk][0]


def clocks_of(meeting: Meeting, at: datetime) -> tuple[Deadline, ...]:
    """Every clock of a meeting, in order of its end."""
    return state_of(meeting, at).deadlines


def permitted(standing: Standing, seat: Seat) -> tuple[Permission, ...]:
    """What a seat may do by the procedure, now or later in this stage."""
    if not acts(seat):
        return ()
    return tuple(one for one in standing.state.may if _permits(standing, one, seat))


def _permits(standing: Standing, permission: Permission, seat: Seat) -> bool:
    if permission.by and seat.party not in permission.by:
        return False
    roles = roles_of(standing, permission.act)
    return _follows(seat, permission.act, roles, standing.meeting)


def _follows(seat: Seat, kind: str, roles: tuple[str, ...], meeting: Meeting) -> bool:
    try:
        may_follow(seat, kind, roles, meeting)
    except Refused:
        return False
    return True


def binds(standing: Standing, deadline: Deadline, seat: Seat) -> bool:
    """Whether a clock waits for an act that a seat may do for its party."""
    if not acts(seat) or (deadline.by and seat.party not in deadline.by):
        return False
    limit = procedure(standing.meeting.procedure).limit(deadline.id.partition(":")[0])
    kinds = [kind for kind in limit.met_by if not kind.startswith("stage:")] or [""]
    return any(_follows(seat, kind, limit.by, standing.meeting) for kind in kinds)


def roles_of(standing: Standing, kind: str) -> tuple[str, ...]:
    """The roles to which the procedure gives an act at the present stage."""
    way = procedure(standing.meeting.procedure)
    here = [act for act in way.acts if act.kind == kind and standing.state.stage in act.stages]
    return tuple(role for act in here for role in act.by)


def has_room(meeting: Meeting) -> bool:
    """Whether parties come together at all; in writing and under silence they do not."""
    return any(act.kind == "attend" for act in procedure(meeting.procedure).acts)


def sits(standing: Standing) -> bool:
    """Whether the meeting sits: parties can come into the room."""
    way = procedure(standing.meeting.procedure)
    stages = {stage for act in way.acts if act.kind == "attend" for stage in act.stages}
    return standing.state.stage in stages and standing.meeting.closed_at is None


def opened(standing: Standing) -> bool:
    """Whether the meeting has been opened, now or before."""
    return any(step.kind == "open-meeting" for step in standing.state.log)


def present_at(meeting: Meeting, at: datetime) -> set[str]:
    """The parties in the room at an instant."""
    still = Q(left_at__isnull=True) | Q(left_at__gt=at)
    rows = Presence.objects.filter(still, meeting=meeting, arrived_at__lte=at)
    return set(rows.values_list("party", flat=True))


def expected(meeting: Meeting, here: set[str]) -> list[str]:
    """Parties that have presented credentials, not refused, and are not in the room."""
    rows = Credential.objects.filter(meeting=meeting, refused_at__isnull=True)
    return sorted(set(rows.values_list("party", flat=True)) - here)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """How many members with a vote are in the room, and how many it takes."""

    here: tuple[str, ...]
    members: int
    needed: int
    recused: str = ""

    @property
    def reached(self) -> bool:
        return len(self.here) >= self.needed


def quorum_of(standing: Standing, here: set[str]) -> Quorum:
    """Whether enough members are present; the state of origin stands back where agreed."""
    setting, way = standing.setting, procedure(standing.meeting.procedure)
    by_option = setting.options.get("recuse_origin", "yes" if way.recuse_origin else "no") == "yes"
    recused = setting.origin if by_option and setting.origin in setting.members else ""
    voters = [party for party in setting.members if party != recused]
    own = setting.options.get("quorum")
    if own is None and way.quorum:
        own = way.entry(way.quorum, standing.meeting.created_at.date()).value
    part = Fraction(own or 0)
    return Quorum(
        here=tuple(party for party in voters if party in here), members=len(voters),
        needed=max(1, ceil(part * len(voters))), recused=recused,
    )  # fmt: skip
