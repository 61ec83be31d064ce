"""Moves in the talks on a tabled plan: each makes a new plan in which every share recomputes."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import cast

from django.apps import apps
from django.db import transaction

from commonhaven.reading import Problem
from commonhaven.regime import Move as Value
from commonhaven.regime import plan_text
from commonhaven.regime.moves import Kind
from commonhaven.web.groups.queries import value_of as charter_of
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.plans.models import Move, Plan
from commonhaven.web.plans.numbering import next_number
from commonhaven.web.plans.policy import live, may_move
from commonhaven.web.plans.queries import value_of
from commonhaven.web.plans.talks import moves_of, moves_text, next_round, round_text
from commonhaven.web.record.actions import Placing, write
from commonhaven.web.situations.policy import no_wider
from commonhaven.web.situations.queries import value_of as situation_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a state moves: its kind and what the kind needs.

    ``decision``: the number of the group's decision that grants a deduction. ``answers``: the move
    to which this one is a counter-offer.
    """

    kind: str
    people: int | None = None
    money: Decimal | None = None
    withdraws: int | None = None
    decision: int | None = None
    answers: int | None = None
    reason: str = ""


@transaction.atomic
def make_move(*, plan: Plan, wish: Wish, by: Seat, at: datetime) -> Plan:
    """Move in the talks on a tabled plan, for the seat's own state; the new plan follows it.

    Raises Refused, Conflict where the plan was moved on meanwhile or is being voted on, Problem
    for a move that does not fit: see `regime.offers`.
    """
    may_move(by)
    locked = Plan.objects.select_for_update().select_related("charter", "version").get(pk=plan.pk)
    live(locked)
    made = moves_of(locked)
    within_bounds(wish, locked, len(made))
    granted(locked, wish, by.party)
    number = len(made) + 1
    moves = (*made, value(wish, number, by.party))
    found = next_round(
        charter_of(locked.charter), situation_of(locked.version), moves, value_of(locked)
    )
    result = found.plan.result
    plan = Plan.objects.create(
        group=locked.group, number=next_number(locked.group, Plan.objects.all()),
        title=locked.title, purpose=locked.purpose, situation=locked.situation,
        version=locked.version, charter=locked.charter, meeting=locked.meeting, party=by.party,
        rule=result.rule, text=plan_text(found.plan), name=found.plan.manifest.plan,
        people=result.in_question, placed=result.placed, unplaced=result.unplaced,
        total_cost=result.total_cost, currency=result.currency, moves=moves_text(moves),
        talks=round_text(found), after=locked, status=Plan.Status.TABLED,
        tabled_by=locked.tabled_by, tabled_at=locked.tabled_at, audience=locked.audience,
        caucus=locked.caucus, release_at=locked.release_at, created_at=at,
    )  # fmt: skip
    move = Move.objects.create(
        plan=plan, number=number, state=by.party, kind=wish.kind, people=wish.people,
        money=wish.money, withdraws=wish.withdraws, answers=wish.answers, decision=wish.decision,
        reason=wish.reason[:300], made_at=at,
    )  # fmt: skip
    _record(plan, move, by, at)
    return plan


def within_bounds(wish: Wish, plan: Plan, made: int) -> None:
    """Problem for more people than there are in question, or a move that was not made."""
    if wish.people is not None and not 0 <= wish.people <= plan.people:
        raise Problem(
            f"the plan is about {plan.people:,} people", where="people",
            fix="Give a number of them.",
        )  # fmt: skip
    for name, number in (("answers", wish.answers), ("withdraws", wish.withdraws)):
        if number is not None and not 1 <= number <= made:
            raise Problem(
                "no move of that number was made", where=name,
                fix="Name the number of an earlier move.",
            )  # fmt: skip


def value(wish: Wish, number: int, state: str) -> Value:
    """The move as the room `regime` knows it."""
    return Value(
        id=str(number), state=state, kind=cast("Kind", wish.kind), people=wish.people or 0,
        money=Fraction(wish.money or 0),
        withdraws="" if wish.withdraws is None else str(wish.withdraws),
        decision="" if wish.decision is None else f"decision {wish.decision} of the group",
        reason=wish.reason[:300],
    )  # fmt: skip


def granted(plan: Plan, wish: Wish, state: str) -> None:
    """Refused for a deduction that no adopted decision of the group grants to this state."""
    if wish.kind != "deduction":
        if wish.decision is not None:
            raise Problem("only a deduction cites a decision", fix="Leave the decision out.")
        return
    decisions = apps.get_model("decisions", "Decision")
    found = decisions.objects.filter(
        group=plan.group, number=wish.decision or 0, kind="deduction", status="adopted", state=state
    ).first()
    if found is None:
        raise Refused(
            "no adopted decision of the group with this number grants this state a deduction",
            fix="Put the deduction to the vote first, then cite the decision's number.",
        )
    no_wider(Placing.of(plan), than=found, what=f"decision {found.number}")
    used = deducted(plan, found.number)
    if (wish.people or 0) + used > (found.people or 0):
        raise Conflict(
            f"decision {found.number} grants {found.people:,} people, of which {used:,} are used",
            fix="Move within it, or have another decision taken.",
        )


def deducted(plan: Plan, decision: int) -> int:
    """People already deducted in these talks under a decision."""
    words = f"decision {decision} of the group"
    made = moves_of(plan)
    back = {move.withdraws for move in made if move.kind == "withdraw"}
    return sum(move.people for move in made if move.decision == words and move.id not in back)


def _record(plan: Plan, move: Move, by: Seat, at: datetime) -> None:
    before = plan.after
    assert before is not None  # noqa: S101 - a move follows a plan
    body = {
        "move": move.number, "kind": move.kind, "state": move.state, "people": move.people,
        "money": None if move.money is None else str(move.money), "currency": plan.currency,
        "withdraws": move.withdraws, "answers": move.answers, "decision": move.decision,
        "reason": move.reason, "plan_number": plan.number, "plan_hash": plan.name,
        "after_number": before.number, "after_hash": before.name, "placed": plan.placed,
        "unplaced": plan.unplaced,
    }  # fmt: skip
    write(
        plan.group, "move made", body, by=by, at=at, subject=plan.subject,
        placing=Placing.of(plan),
    )  # fmt: skip
