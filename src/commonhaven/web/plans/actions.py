"""Compute, table, withdraw plans; ask for and give opinions on them. Moves are in moves.py."""

from datetime import datetime, timedelta

from django.db import transaction

from commonhaven.instruments import entry
from commonhaven.regime import Plan as Value
from commonhaven.regime import compute, plan_text
from commonhaven.web.groups.models import CharterVersion, Group
from commonhaven.web.groups.queries import value_of as charter_of
from commonhaven.web.groups.queries import version_on
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.kit.saying import instant_in_words
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.plans.models import Asked, Opinion, Plan
from commonhaven.web.plans.moves import make_move
from commonhaven.web.plans.numbering import next_number
from commonhaven.web.plans.policy import (
    live,
    may_ask,
    may_compute,
    may_give_opinion,
    may_table,
    may_withdraw,
    placing_for,
)
from commonhaven.web.plans.queries import unhcr_opinion
from commonhaven.web.plans.talks import first_text, source
from commonhaven.web.record.actions import MEMBERS, Placing, write
from commonhaven.web.situations.models import Situation
from commonhaven.web.situations.policy import no_wider, open_still, within
from commonhaven.web.situations.queries import latest
from commonhaven.web.situations.queries import value_of as situation_of

__all__ = [
    "ask_opinion",
    "compute_plan",
    "give_opinion",
    "make_move",
    "note_no_opinion",
    "table_plan",
    "withdraw_plan",
]


@transaction.atomic
def compute_plan(
    *,
    group: Group,
    situation: Situation,
    by: Seat,
    at: datetime,
    placing: Placing = MEMBERS,
    charter: CharterVersion | None = None,
    rule: str = "",
    title: str = "",
) -> Plan:
    """Compute the plan of a situation's last figures under the charter in force.

    ``charter``: a draft, for a dry look; ``rule``: another rule, for comparison; neither can be
    tabled. The members are those of the day. Raises Conflict where the plan would show what is
    for fewer people, Problem where no charter is in force or a figure is missing.
    """
    may_compute(by)
    open_still(situation)
    no_wider(placing, than=situation, what="the situation")
    agreed = charter or in_force(group, at)
    if charter is not None and charter.status != CharterVersion.Status.ADOPTED:
        no_wider(placing, than=charter, what="the draft charter")
    version = latest(situation)
    terms = charter_of(agreed)
    day = max(at.date(), terms.group.in_force)
    value = compute(terms, situation_of(version), source(), on=day, rule=rule or None)
    plan = Plan(
        group=group, number=next_number(group, Plan.objects.all()), situation=situation,
        version=version, charter=agreed, party=by.party, created_at=at,
        purpose=purpose(value, agreed, in_force(group, at) if charter else agreed),
        title=title[:200] or f"{situation.title}: {value.result.rule}",
        audience=placing.audience, caucus=placing.caucus, release_at=placing.release_at,
        talks=first_text(value),
    )  # fmt: skip
    keep(plan, value)
    record(plan, "plan computed", by, at)
    return plan


def in_force(group: Group, at: datetime) -> CharterVersion:
    """The charter in force; Conflict where there is none."""
    version = version_on(group, at.date())
    if version is None:
        raise Conflict(
            "no charter of the group is in force", fix="Members adopt one first, then compute."
        )
    return version


def purpose(value: Value, agreed: CharterVersion, binding: CharterVersion) -> str:
    """Whether a plan is one that can be decided, a dry look, or a comparison."""
    if agreed.pk != binding.pk:
        return Plan.Purpose.DRAFT
    own = value.inputs.charter.responsibility.rule
    return Plan.Purpose.PLAN if value.result.rule == own else Plan.Purpose.COMPARISON


def keep(plan: Plan, value: Value) -> None:
    """Save a plan with its text and the numbers that lists show."""
    result = value.result
    plan.text, plan.name, plan.rule = plan_text(value), value.manifest.plan, result.rule
    plan.people, plan.placed, plan.unplaced = result.in_question, result.placed, result.unplaced
    plan.total_cost, plan.currency = result.total_cost, result.currency
    plan.save()


def record(plan: Plan, act: str, by: Seat, at: datetime, **more: object) -> None:
    """One entry about a plan: its hash, what it was computed from, its sums."""
    body = {
        "plan_number": plan.number, "plan_hash": plan.name, "title": plan.title,
        "situation": plan.situation.slug, "situation_hash": plan.version.digest,
        "charter": plan.charter.version, "charter_hash": plan.charter.digest, "rule": plan.rule,
        "purpose": str(plan.purpose), "in_question": plan.people, "placed": plan.placed,
        "unplaced": plan.unplaced, **more,
    }  # fmt: skip
    write(plan.group, act, body, by=by, at=at, subject=plan.subject, placing=Placing.of(plan))


@transaction.atomic
def table_plan(*, plan: Plan, meeting: Meeting, by: Seat, at: datetime) -> Plan:
    """Lay a plan before a meeting as a proposal; from then on states can move in it.

    Raises Conflict where the plan is only a dry look or a comparison, rests on an earlier charter
    or earlier figures, or is of another situation than the meeting.
    """
    may_table(by)
    locked = Plan.objects.select_for_update().select_related("situation").get(pk=plan.pk)
    before = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    tableable(locked, before, at)
    placing = placing_for(locked, before)
    locked.status, locked.meeting = Plan.Status.TABLED, before
    locked.tabled_by, locked.tabled_at = by.party, at
    locked.audience, locked.caucus = placing.audience, placing.caucus
    locked.release_at = placing.release_at
    locked.save()
    named = before.number if within(placing, before) else None
    record(locked, "plan tabled", by, at, meeting=named)
    return locked


def tableable(plan: Plan, meeting: Meeting, at: datetime) -> None:
    """Conflict where a plan cannot be a proposal in a meeting."""
    other = meeting.group_id != plan.group_id or (
        meeting.situation_id not in {None, plan.situation_id}
    )
    reasons = (
        (plan.status != Plan.Status.COMPUTED, f"the plan is {plan.status} already"),
        (plan.purpose != Plan.Purpose.PLAN, "the plan is for a look or a comparison only"),
        (other, "the meeting is about another situation"),
        (meeting.closed_at is not None, "the meeting is closed"),
        (plan.charter_id != in_force(plan.group, at).pk, "the charter changed since"),
        (plan.version_id != latest(plan.situation).pk, "the figures were revised since"),
    )
    for holds, said in reasons:
        if holds:
            fix = "Compute the plan anew by the charter's own rule, and table that."
            raise Conflict(said, where=f"plan {plan.number}", fix=fix)


@transaction.atomic
def withdraw_plan(*, plan: Plan, by: Seat, at: datetime) -> Plan:
    """Take a proposal back, with the talks on it; only the party that tabled it."""
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    may_withdraw(by, locked)
    live(locked)
    locked.status = Plan.Status.WITHDRAWN
    locked.save(update_fields=["status"])
    record(locked, "plan withdrawn", by, at)
    return locked


@transaction.atomic
def ask_opinion(*, plan: Plan, by: Seat, at: datetime) -> Asked:
    """Ask UNHCR for its opinion on a tabled plan; the time for it starts."""
    may_ask(by)
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    live(locked)
    if Asked.objects.filter(plan=locked).exists() or unhcr_opinion(locked):
        raise Conflict(
            f"UNHCR was asked about plan {plan.number}, or has answered", fix="See its page."
        )
    due = at + timedelta(hours=int(entry("platform", "opinion_hours", at.date()).number))
    asked = Asked.objects.create(plan=locked, party=by.party, asked_at=at, due_at=due)
    record(locked, "opinion of UNHCR asked", by, at, due=due.isoformat())
    return asked


@transaction.atomic
def note_no_opinion(*, plan: Plan, by: Seat, at: datetime) -> Asked:
    """Put on record that UNHCR was asked and gave no opinion in time."""
    may_ask(by)
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    asked = Asked.objects.filter(plan=locked).first()
    if asked is None or unhcr_opinion(locked) or asked.noted_at:
        said = "there is nothing to note: UNHCR was not asked, has answered, or it is noted"
        raise Conflict(said, fix="Ask UNHCR first; the plan's page says what is missing.")
    if at <= asked.due_at:
        raise Conflict(
            f"UNHCR has time until {instant_in_words(asked.due_at)}", fix="Wait until then."
        )
    asked.noted_at = at
    asked.save(update_fields=["noted_at"])
    record(
        locked, "no opinion of UNHCR in time", by, at, asked=asked.asked_at.isoformat(),
        due=asked.due_at.isoformat(),
    )  # fmt: skip
    return asked


@transaction.atomic
def give_opinion(*, plan: Plan, finding: str, text: str, by: Seat, at: datetime) -> Opinion:
    """Give an opinion on exactly this plan; a later one of the same party follows the earlier."""
    may_give_opinion(by)
    locked = Plan.objects.select_for_update().get(pk=plan.pk)
    if locked.status != Plan.Status.TABLED:
        raise Conflict(
            f"plan {plan.number} is not before a meeting", fix="Opinions are on tabled plans."
        )
    if finding not in Opinion.Finding.values or not text.strip():
        raise Conflict(
            "an opinion needs a finding and reasons",
            fix=f"Choose one of: {', '.join(Opinion.Finding.values)}; and say why.",
        )
    opinion = Opinion.objects.create(
        group=locked.group, plan=locked, party=by.party, capacity=by.capacity, finding=finding,
        text=text, audience=locked.audience, caucus=locked.caucus, release_at=locked.release_at,
        created_at=at,
    )  # fmt: skip
    body = {
        "plan_number": locked.number,
        "plan_hash": locked.name,
        "finding": finding,
        "text": text,
    }
    write(
        locked.group, "opinion given", body, by=by, at=at, subject=opinion.subject,
        placing=Placing.of(opinion),
    )  # fmt: skip
    return opinion
