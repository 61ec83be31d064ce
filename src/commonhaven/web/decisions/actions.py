"""Put questions, vote, close votes, let the agreed rules apply on deadlock, report what is done."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from commonhaven.charter import Charter
from commonhaven.reading import Problem, canonical
from commonhaven.regime import setting as charter_setting
from commonhaven.web.decisions import sitting
from commonhaven.web.decisions.ballot import ballot_of, count, ways_of
from commonhaven.web.decisions.entries import enter, opinion_on, whole_plan
from commonhaven.web.decisions.locks import held_decision, held_meeting, hold_plans
from commonhaven.web.decisions.models import Decision, Obligation, Vote
from commonhaven.web.decisions.outcome import owe, take_effect
from commonhaven.web.decisions.policy import (
    may_close,
    may_put,
    may_report,
    may_vote,
    may_withdraw,
    still_open,
)
from commonhaven.web.groups.models import CharterVersion, Group
from commonhaven.web.groups.queries import value_of
from commonhaven.web.kit.audience import Audience, Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.kit.saying import instant_in_words
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.queries import setting_of
from commonhaven.web.plans.actions import compute_plan, in_force
from commonhaven.web.plans.models import Plan
from commonhaven.web.plans.numbering import next_number
from commonhaven.web.plans.policy import live
from commonhaven.web.plans.queries import opinion_missing
from commonhaven.web.record.actions import MEMBERS, Placing, write
from commonhaven.web.situations.policy import within

LONGEST = timedelta(days=731)
"""How long a vote stays open at most, against slips of the pen."""
MOST = 10**10  # people that a number can mean at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is put: a plan, a change of the charter in words, a deduction, or another question."""

    kind: str
    title: str
    text: str = ""
    plan: Plan | None = None
    state: str = ""
    people: int | None = None
    closes_at: datetime | None = None


@transaction.atomic
def put_decision(
    *,
    group: Group,
    question: Question,
    by: Seat,
    at: datetime,
    meeting: Meeting | None = None,
    placing: Placing = MEMBERS,
) -> Decision:
    """Put a question to the vote by the charter's mode, in a meeting or in writing.

    A plan is put in the meeting before which it lies, and only with UNHCR's opinion on exactly
    that plan, or with the note that none came in time. Raises Refused, Conflict, Problem.
    """
    may_put(by)
    agreed = in_force(group, at)
    plan = ready(question, at) if question.kind == Decision.Kind.PLAN else None
    meeting = plan.meeting if plan else meeting
    checked(question, value_of(agreed), at)
    if meeting is not None:
        meeting = held_meeting(meeting)
        sitting.sits_or_conflict(meeting, at)
    placing = Placing.of(plan) if plan else placing
    if question.kind == Decision.Kind.DEDUCTION and meeting is not None:
        _seen_where_used(placing, meeting)
    decision = Decision(
        group=group, number=next_number(group, Decision.objects.all()), kind=question.kind,
        title=question.title.strip()[:200], text=question.text, plan=plan, meeting=meeting,
        charter=agreed, state=question.state, people=question.people, party=by.party,
        mode=" ".join(ways(agreed, meeting, at)), closes_at=question.closes_at, created_at=at,
        audience=placing.audience, caucus=placing.caucus, release_at=placing.release_at,
    )  # fmt: skip
    decision.save()
    enter(decision, "decision put", by, at, opinion=opinion_on(plan))
    if sitting.follows(decision):
        sitting.put(decision, by, at)
    return decision


def _seen_where_used(placing: Placing, meeting: Meeting) -> None:
    """Problem where the plans before a meeting would show a deduction that fewer people may see."""
    shown = Decision(
        audience=placing.audience, caucus=placing.caucus, release_at=placing.release_at
    )
    if not within(Placing.of(meeting), shown):
        label = Audience(meeting.audience).label
        raise Problem(
            "the plans in which the deduction is used are seen by more people than it would be",
            where="audience",
            fix=f"Choose the audience of the meeting, {label}, or a wider one.",
        )


def ready(question: Question, at: datetime) -> Plan:
    """The plan, locked; Conflict where it cannot be decided yet."""
    if question.plan is None:
        raise Problem("no plan is named", fix="Name the plan that is put to the vote.")
    rows = Plan.objects.select_for_update(of=("self",)).select_related("meeting", "situation")
    plan = rows.get(pk=question.plan.pk)
    live(plan)
    if plan.charter_id != in_force(plan.group, at).pk:
        raise Conflict(
            "the plan rests on a charter that is no longer in force",
            fix="Compute it anew under the charter in force.",
        )
    _with_opinion(plan)
    return plan


def _with_opinion(plan: Plan) -> None:
    if missing := opinion_missing(plan):
        raise Conflict(
            missing, where=f"plan {plan.number}",
            fix="The secretariat asks UNHCR; if no opinion comes in time, it notes that.",
        )  # fmt: skip


def checked(question: Question, charter: Charter, at: datetime) -> None:
    """Problem where a question does not say what its kind needs."""
    if question.kind not in Decision.Kind.values or not question.title.strip():
        raise Problem("a question needs a kind and a title", fix="Say what is to be decided.")
    if question.kind == Decision.Kind.DEDUCTION:
        if not question.people or question.state not in charter.members_on(at.date()):
            raise Problem("a deduction names a member and a number of people", fix="Give both.")
    elif question.people or question.state:
        raise Problem("only a deduction names a state and people", fix="Leave them out.")
    if question.kind in {Decision.Kind.CHARTER, Decision.Kind.OTHER} and not question.text.strip():
        raise Problem("the text to be decided on is missing", fix="Write it out.")
    _within_bounds(question, at)


def _within_bounds(question: Question, at: datetime) -> None:
    if (question.people or 0) > MOST:
        raise Problem(f"a deduction is of at most {MOST:,} people", fix="Correct the number.")
    if question.closes_at is not None and question.closes_at <= at:
        raise Problem("the vote would close before it opens", fix="Give a later time.")
    if question.closes_at is not None and question.closes_at > at + LONGEST:
        raise Problem("the vote would be open for years", fix="Give a time within two years.")


def ways(agreed: CharterVersion, meeting: Meeting | None, at: datetime) -> tuple[str, ...]:
    """The modes by which the question is decided."""
    charter = value_of(agreed)
    if meeting is not None:
        return ways_of(setting_of(meeting, at), meeting.procedure)
    return ways_of(charter_setting(charter, "", at.date()), charter.convening.procedure)


@transaction.atomic
def cast_vote(
    *, decision: Decision, choice: str, by: Seat, at: datetime, explanation: str = ""
) -> Vote:
    """Vote for the seat's state, or change its vote; each time is an act on the record."""
    may_vote(by)
    locked = held_decision(decision)
    still_open(locked)
    _in_time(locked, at)
    ballot = ballot_of(locked, at)
    if by.party in ballot.recused:
        raise Refused(
            f"{by.party} is the state that people flee from and stands back from this decision",
            fix="The charter says so: convening, recuse_origin.",
        )
    if by.party not in ballot.voters:
        raise Refused(
            f"{by.party} is not recorded as present, or is not a member",
            fix="Have the secretariat record that the delegation is in the room.",
        )
    if choice not in Vote.Choice.values:
        raise Problem(
            f'"{choice[:40]}" is no vote', fix=f"One of: {', '.join(Vote.Choice.values)}."
        )
    before = Vote.objects.filter(decision=locked, party=by.party).first()
    vote, _ = Vote.objects.update_or_create(
        decision=locked, party=by.party,
        defaults={"choice": choice, "explanation": explanation, "cast_at": at},
    )  # fmt: skip
    enter(
        locked, "vote changed" if before else "vote cast", by, at, choice=choice,
        explanation=explanation, before=before.choice if before else None,
    )  # fmt: skip
    if sitting.follows(locked):
        sitting.vote(locked, choice, by, at)
    return vote


def _in_time(decision: Decision, at: datetime) -> None:
    """Conflict where the time to vote is over."""
    if decision.closes_at is not None and at > decision.closes_at:
        raise Conflict(
            f"the vote ended at {instant_in_words(decision.closes_at)}",
            fix="The chair or the secretariat closes it; votes until then count.",
        )
    if sitting.follows(decision) and sitting.stood(decision, at).ended:
        raise Conflict(
            "the meeting's time is over, and the vote with it",
            fix="The chair or the secretariat closes it; votes until then count.",
        )


@transaction.atomic
def close_decision(*, decision: Decision, by: Seat, at: datetime) -> Decision:
    """Count the votes and close the question; an adopted plan becomes obligations.

    Where the time to vote has ended by itself, the count is as of then. Raises Conflict where the
    vote in writing still runs and members have not voted, or UNHCR's opinion on the plan is
    missing.
    """
    may_close(by)
    locked = held_decision(decision)
    still_open(locked)
    if locked.plan is not None:
        _with_opinion(locked.plan)
    as_of = counted_at(locked, at)
    ballot = ballot_of(locked, as_of)
    votes = list(locked.votes.filter(cast_at__lte=as_of).values_list("party", "choice"))
    _not_early(locked, ballot.voters, {party for party, _ in votes}, at)
    found = count(ballot, votes)
    if sitting.follows(locked):
        _same(locked, found.result == "adopted", by, at)
    locked.status = found.result
    locked.decided_at, locked.tally = as_of, found.text(ballot)
    locked.save(update_fields=["status", "decided_at", "tally"])
    owed = take_effect(locked) if locked.status == Decision.Status.ADOPTED else []
    enter(
        locked, f"decision {locked.status}", by, at, tally=json.loads(locked.tally),
        votes=dict(votes), decided=as_of.isoformat(),
        opinion=opinion_on(locked.plan), **whole_plan(locked), obligations=owed,
    )  # fmt: skip
    return locked


def counted_at(decision: Decision, at: datetime) -> datetime:
    """The instant whose votes and presence count: now, or when the time ended by itself."""
    ends = [at]
    if decision.closes_at is not None:
        ends.append(decision.closes_at)
    if sitting.follows(decision):
        ended = sitting.stood(decision, at).ended_at
        ends += [ended] if ended else []
    return min(ends)


def _not_early(decision: Decision, voters: tuple[str, ...], voted: set[str], at: datetime) -> None:
    """Conflict where a vote in writing would be cut short."""
    ends = decision.closes_at if decision.meeting is None else None
    waiting = [party for party in voters if party not in voted]
    if ends is not None and at <= ends and waiting:
        raise Conflict(
            f"the vote runs until {instant_in_words(ends)}, and not all have voted: "
            f"votes missing: {len(waiting)}",
            fix="Wait until then, or until all have voted.",
        )


def _same(decision: Decision, adopted: bool, by: Seat, at: datetime) -> None:  # noqa: FBT001 - it is or is not
    """Close the vote in the procedure; Conflict, and nothing done, where it counts otherwise."""
    stood = sitting.stood(decision, at)
    in_procedure = stood.adopted if stood.ended else sitting.close(decision, by, at)
    if in_procedure != adopted:
        raise Conflict(
            "the meeting's procedure counts otherwise than the decision",
            where=f"decision {decision.number}",
            fix="Compare who is recorded as present in the meeting and in its procedure.",
        )


@transaction.atomic
def withdraw_decision(*, decision: Decision, by: Seat, at: datetime) -> Decision:
    """Take a question back before it is closed; not a plan that its meeting is voting on."""
    locked = held_decision(decision)
    may_withdraw(by, locked)
    still_open(locked)
    if sitting.follows(locked) and not sitting.stood(locked, at).ended:
        raise Conflict(
            "the meeting is voting on this plan", fix="Let the vote be closed: it can be rejected."
        )
    locked.status, locked.decided_at = Decision.Status.WITHDRAWN, at
    locked.save(update_fields=["status", "decided_at"])
    enter(locked, "decision withdrawn", by, at)
    return locked


@transaction.atomic
def default_decision(*, meeting: Meeting, by: Seat | None, at: datetime) -> Decision:
    """Record that the rules agreed beforehand apply, where a meeting ended in deadlock.

    Only where the charter switched it on, and only the charter's own rule on the recorded figures,
    without any move: nobody chooses anything. It takes effect at the instant the procedure gives.
    """
    if by is not None:
        may_close(by)
    hold_plans(Plan.objects.filter(meeting=meeting))
    locked = held_meeting(meeting)
    since = sitting.defaulted(locked, at)
    if since is None or locked.situation is None:
        raise Conflict(
            "the rules agreed beforehand do not apply by themselves here",
            fix="They do where the charter sets default_on_deadlock and the meeting failed.",
        )
    if Decision.objects.filter(meeting=locked, mode="default").exists():
        raise Conflict("it is on the record already", fix="See the group's decisions.")
    if Decision.objects.filter(plan__meeting=locked, status=Decision.Status.OPEN).exists():
        raise Conflict(
            "a vote on a plan of this meeting has not been closed",
            fix="Close it first: it is counted as of when the meeting's time ended.",
        )
    plan = agreed_plan(locked, by, at)
    decision = Decision.objects.create(
        group=locked.group, number=next_number(locked.group, Decision.objects.all()),
        kind=Decision.Kind.PLAN, title=f"Default: {plan.title}"[:200], plan=plan, meeting=locked,
        charter=plan.charter, mode="default", party=by.party if by else "",
        status=Decision.Status.ADOPTED, decided_at=since, created_at=at, audience=plan.audience,
        caucus=plan.caucus, release_at=plan.release_at,
        tally=canonical({"modes": [], "recused": [], "present": [], "members": []}),
    )  # fmt: skip
    owed = take_effect(decision)
    enter(
        decision, "rules agreed beforehand apply", by, at, decided=since.isoformat(),
        opinion=opinion_on(plan), **whole_plan(decision), obligations=owed,
    )  # fmt: skip
    return decision


def agreed_plan(meeting: Meeting, by: Seat | None, at: datetime) -> Plan:
    """The plan by the rule of the charter in force, without moves: tabled, else computed now."""
    rows = Plan.objects.filter(
        meeting=meeting, after__isnull=True, purpose=Plan.Purpose.PLAN, status=Plan.Status.TABLED,
        charter=in_force(meeting.group, at),
    )  # fmt: skip
    for plan in rows.select_related("group", "situation", "version", "charter"):
        if plan.version_id == plan.situation.versions.latest("number").pk:
            return plan
    if by is None:
        raise Conflict("no plan has been computed", fix="The secretariat records the default.")
    assert meeting.situation is not None  # noqa: S101 - asked before
    return compute_plan(
        group=meeting.group, situation=meeting.situation, by=by, at=at,
        placing=Placing.of(meeting.situation),
    )  # fmt: skip


@transaction.atomic
def report_done(*, obligation: Obligation, note: str, by: Seat, at: datetime) -> Obligation:
    """Report that something owed is done: the party's own word, not a confirmation."""
    may_report(by, obligation)
    locked = Obligation.objects.select_for_update().get(pk=obligation.pk)
    if locked.done_at is not None:
        raise Conflict("it is reported as done already", fix="Nothing more is needed.")
    if not note.strip():
        raise Problem("the report is empty", fix="Say what was done, where and when.")
    locked.done_at, locked.done_by, locked.done_note = at, by.party, note[:300]
    locked.save(update_fields=["done_at", "done_by", "done_note"])
    body = {
        "obligation": locked.code, "party": locked.party, "what": locked.what,
        "quantity": str(locked.quantity), "unit": locked.unit, "note": locked.done_note,
        "in_time": locked.due is None or locked.group.day_of(at) <= locked.due, "verified": False,
    }  # fmt: skip
    write(
        locked.group, "obligation reported done", body, by=by, at=at, subject=locked.subject,
        placing=Placing.of(locked),
    )  # fmt: skip
    return locked


__all__ = [
    "Question",
    "cast_vote",
    "close_decision",
    "default_decision",
    "owe",
    "put_decision",
    "report_done",
    "withdraw_decision",
]
