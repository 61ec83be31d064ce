"""Decisions and the procedure of the meeting in which they are taken: one course of events.

Where a procedure has a vote of its own, a decision on a plan is that vote: putting, voting and
closing are acts of the procedure, so that its clocks and outcome follow. Other questions are
decided while the meeting sits and leave its course alone.
"""

from dataclasses import dataclass
from datetime import datetime

from commonhaven.procedures import procedure
from commonhaven.web.decisions.course import by_decision
from commonhaven.web.decisions.models import Decision
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.meetings import actions as meetings
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.queries import standing_of

PUT, VOTE, CLOSE = "put", "vote", "close-vote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """Where the procedure stands with the vote on a plan."""

    ended: bool
    ended_at: datetime | None
    adopted: bool


def follows(decision: Decision) -> bool:
    """Whether the decision is the vote of its meeting's procedure."""
    if decision.meeting is None or decision.kind != Decision.Kind.PLAN or decision.by_default:
        return False
    kinds = {act.kind for act in procedure(decision.meeting.procedure).acts}
    return {PUT, VOTE, CLOSE} <= kinds


def put(decision: Decision, by: Seat, at: datetime) -> None:
    """Put the plan to the meeting's vote; Conflict or Refused where the procedure does not."""
    assert decision.meeting is not None and decision.plan is not None  # noqa: S101, PT018 - follows
    said = f"decision {decision.number}: plan {decision.plan.number}, {decision.plan.name}"
    with by_decision():
        meetings.act(meeting=decision.meeting, kind=PUT, data={"proposal": said}, by=by, at=at)


def vote(decision: Decision, choice: str, by: Seat, at: datetime) -> None:
    """Take the party's position in the procedure too."""
    assert decision.meeting is not None  # noqa: S101 - follows
    with by_decision():
        meetings.act(meeting=decision.meeting, kind=VOTE, data={"position": choice}, by=by, at=at)


def stood(decision: Decision, at: datetime) -> Stood:
    """Whether the vote has ended by itself because the meeting's time is over."""
    assert decision.meeting is not None  # noqa: S101 - follows
    state = standing_of(decision.meeting, at).state
    voting = any(one.act == CLOSE for one in state.may)
    return Stood(
        ended=not voting, ended_at=None if voting else state.since, adopted=state.stage == "decided"
    )


def close(decision: Decision, by: Seat, at: datetime) -> bool:
    """Close the vote in the procedure; whether the procedure adopted."""
    assert decision.meeting is not None  # noqa: S101 - follows
    with by_decision():
        meetings.act(meeting=decision.meeting, kind=CLOSE, data={}, by=by, at=at)
    return standing_of(decision.meeting, at).state.stage == "decided"


def attended(meeting: Meeting, at: datetime) -> set[str]:
    """The parties that the procedure has on record as having come and not left."""
    return set(standing_of(meeting, at).state.present)


def sits_or_conflict(meeting: Meeting, at: datetime) -> None:
    """Conflict where nobody can be present to decide."""
    standing = standing_of(meeting, at)
    way = procedure(meeting.procedure)
    attend = {stage for act in way.acts if act.kind == "attend" for stage in act.stages}
    if attend and (standing.state.stage not in attend or meeting.closed_at is not None):
        raise Conflict(
            f"the meeting does not sit: {standing.state.title}",
            fix="Questions are put while it sits, or in writing outside a meeting.",
        )


def defaulted(meeting: Meeting, at: datetime) -> datetime | None:
    """When the rules agreed beforehand came to apply, by the procedure; None where they do not."""
    state = standing_of(meeting, at).state
    return state.since if state.stage == "default" else None


def default_unrecorded(meeting: Meeting, at: datetime) -> datetime | None:
    """Since when the rules agreed beforehand apply, where that is not on record as a decision."""
    if Decision.objects.filter(meeting=meeting, mode="default").exists():
        return None
    return defaulted(meeting, at)
