"""The duty to attend: who is bound, who answered, who came, what is kept for the review."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from commonhaven.procedures import Deadline, procedure
from commonhaven.saying import Party, say
from commonhaven.web.kit.saying import without_party
from commonhaven.web.meetings.models import Credential, Meeting, Presence
from commonhaven.web.meetings.queries import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A duty of every member: the limit's short name and what it asks."""

    id: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One party with its duties in the order of the columns, its credentials, its presence."""

    party: str
    duties: tuple[Deadline | None, ...]
    credentials: tuple[Credential, ...]
    since: datetime | None
    """In the room since then; None where it is not there."""
    came: bool


def duties(meeting: Meeting) -> tuple[Duty, ...]:
    """The clocks that bind each party for itself."""
    found = [limit for limit in procedure(meeting.procedure).limits if limit.each]
    return tuple(
        Duty(id=limit.id, what=without_party(say(limit.what, party=Party("")))) for limit in found
    )


def bound(standing: Standing, at: datetime) -> tuple[Bound, ...]:
    """Every member with what it owed the meeting and did; then the participants that came."""
    meeting = standing.meeting
    presences = list(Presence.objects.filter(meeting=meeting))
    credentials = list(Credential.objects.filter(meeting=meeting))
    parties = dict.fromkeys(standing.setting.members)
    parties |= dict.fromkeys(one.party for one in presences)
    parties |= dict.fromkeys(one.party for one in credentials)
    clocks = {one.id: one for one in standing.state.deadlines}
    columns = duties(meeting)
    return tuple(
        Bound(
            party=party,
            duties=tuple(clocks.get(f"{duty.id}:{party}") for duty in columns),
            credentials=tuple(one for one in credentials if one.party == party),
            since=_since(presences, party, at),
            came=any(one.party == party for one in presences),
        )
        for party in parties
    )


def _since(presences: Iterable[Presence], party: str, at: datetime) -> datetime | None:
    here = [
        one.arrived_at
        for one in presences
        if one.party == party and one.arrived_at <= at and (one.left_at is None or one.left_at > at)
    ]
    return max(here, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """Those that go ahead under a procedure for the willing, and those that stand aside."""

    ahead: tuple[str, ...]
    aside: tuple[str, ...]


def front(standing: Standing) -> Front | None:
    """Who goes ahead and who stands aside, without prejudice; None under other procedures.

    Who has said nothing stands aside too; only those that said so are named.
    """
    acts = {act.kind: act.role for act in procedure(standing.meeting.procedure).acts}
    if "stand-aside" not in acts:
        return None
    ahead: dict[str, None] = {}
    aside: dict[str, None] = {}
    for step in standing.state.log:
        role = acts.get(step.kind, "")
        if role == "presence":
            ahead[step.party] = None
            aside.pop(step.party, None)
        elif role == "departure":
            ahead.pop(step.party, None)
        elif step.kind == "stand-aside":
            aside[step.party] = None
    return Front(ahead=tuple(ahead), aside=tuple(aside))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that good faith is judged by at the review: kept or missed, and when."""

    party: str
    what: str
    kept: bool
    due: datetime
    done: datetime | None
    cite: str
    presence: bool
    """Whether it was a duty to be there; the others are duties to answer."""


def good_faith(standing: Standing) -> tuple[Fact, ...]:
    """The duties of each member that are over: kept in time or missed. Facts, no score."""
    way = procedure(standing.meeting.procedure)
    coming = {act.kind for act in way.acts if act.role == "presence"}
    each = {limit.id: bool(coming & {*limit.met_by}) for limit in way.limits if limit.each}
    over = [
        one
        for one in standing.state.deadlines
        if one.status in ("met", "missed") and one.id.partition(":")[0] in each
    ]
    return tuple(
        Fact(
            party=one.by[0] if one.by else "", what=one.what, kept=one.status == "met",
            due=one.due, done=one.met_at, cite=one.cite,
            presence=each[one.id.partition(":")[0]],
        )
        for one in over
    )  # fmt: skip
