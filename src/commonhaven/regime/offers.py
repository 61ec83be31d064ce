"""Rounds of offers and counter-offers: after every move, everybody's share anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from commonhaven.charter import Charter
from commonhaven.costs.money import EXACT
from commonhaven.reading import Problem, closest
from commonhaven.regime.compute import compute
from commonhaven.regime.evidence import Source
from commonhaven.regime.moves import Move, standing
from commonhaven.regime.offer_words import (
    Told,
    deduction_note,
    money_note,
    opt_out_notes,
    sentence,
    use_notes,
)
from commonhaven.regime.plan import Plan
from commonhaven.regime.settlement import Settlement, settle
from commonhaven.regime.under_moves import UnderMoves, placed, under_moves
from commonhaven.situations import Situation
from commonhaven.working import Line

ABOUT_PEOPLE = frozenset({"offer people", "deduction", "opt out"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """One state in one round.

    ``people``: whom it is to protect; ``pays``: a year, below zero where it receives; each with
    the change against the round before and against the plan without moves. ``sentence``: why.
    """

    state: str
    people: int
    people_change: int
    people_from_start: int
    pays: Decimal
    pays_change: Decimal
    pays_from_start: Decimal
    permanent_places: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deducted:
    """What became of the deductions in force: nobody takes over in silence.

    ``people``: taken off by decision. ``unplaced``: of these, without a place. ``passed_on``:
    state → people more that it protects because of them.
    """

    people: int
    unplaced: int
    passed_on: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The state of the talks after a move; number 0 is the plan without moves.

    ``in_force``: the moves that stand. ``notes``: for the record. ``lines``: what the moves became
    under the charter's rule; the plan's own trace has the rest.
    """

    number: int
    move: Move | None
    in_force: tuple[str, ...]
    plan: Plan
    settlement: Settlement
    deducted: Deducted
    states: tuple[StateChange, ...]
    notes: tuple[str, ...]
    lines: tuple[Line, ...]

    def state(self, code: str) -> StateChange | None:
        return next((part for part in self.states if part.state == code), None)


def rounds(
    charter: Charter,
    situation: Situation,
    source: Source,
    moves: Sequence[Move],
    *,
    on: date | None = None,
) -> tuple[Round, ...]:
    """The plan without moves, then the plan after each move, by the charter's own rule.

    Offers of people and deductions enter as limits (`under_moves`), offers of money only after the
    placement (`settle`): no offer of money moves anybody. Raises Problem for a move of a state that
    takes no part, or one that does not fit the moves in force.
    """
    steps = standing(moves)
    computed: list[tuple[Charter, Plan]] = []

    def plan_of(agreed: Charter) -> Plan:
        for known, plan in computed:
            if known == agreed:
                return plan
        plan = compute(agreed, situation, source, on=on)
        computed.append((agreed, plan))
        return plan

    start = first_round(under_moves(charter, plan_of, ()))
    check_states(start.plan, moves)
    made = [start]
    for number, (move, in_force) in enumerate(zip(moves, steps, strict=True), 1):
        under = under_moves(charter, plan_of, in_force)
        made.append(next_round(number, move, in_force, under, made))
    return tuple(made)


def check_states(plan: Plan, moves: Sequence[Move]) -> None:
    """Problem for a move of a state that has no part in the plan, or is exempt by the charter."""
    parts = [part.state for part in plan.result.states]
    exempt = {
        limit.state: limit.decision
        for limit in plan.inputs.charter.responsibility.limits
        if limit.exempt
    }
    for move in moves:
        if move.state not in parts:
            raise Problem(
                f"{move.state} takes no part: it is not a member on {plan.result.members_on}",
                where=move.place, fix=closest(move.state, parts),
            )  # fmt: skip
        if move.state == plan.inputs.situation.origin:
            raise Problem(
                f"{move.state} is the country fled from: it takes no part in this situation",
                where=move.place, fix="Leave its moves out.",
            )  # fmt: skip
        if move.state in exempt and move.kind in ABOUT_PEOPLE:
            raise Problem(
                f"{move.state} is exempt from the placement already ({exempt[move.state]})",
                where=move.place, fix="Amend the charter first, or leave the move out.",
            )  # fmt: skip


def first_round(under: UnderMoves) -> Round:
    settlement = settle(under.plan, ())
    return Round(
        number=0,
        move=None,
        in_force=(),
        plan=under.plan,
        settlement=settlement,
        deducted=Deducted(people=0, unplaced=0, passed_on={}),
        states=changes(under.plan, settlement, None, ()),
        notes=(),
        lines=(),
    )


def next_round(
    number: int,
    move: Move,
    in_force: Sequence[Move],
    under: UnderMoves,
    before: Sequence[Round],
) -> Round:
    settlement = settle(under.plan, in_force)
    less = deductions(under, in_force)
    return Round(
        number=number,
        move=move,
        in_force=tuple(each.id for each in in_force),
        plan=under.plan,
        settlement=settlement,
        deducted=less,
        states=changes(under.plan, settlement, move, before),
        notes=notes(under, settlement, less, in_force),
        lines=under.lines,
    )


def deductions(under: UnderMoves, in_force: Sequence[Move]) -> Deducted:
    """The deductions in force, against the same plan without them."""
    people = sum(move.people for move in in_force if move.kind == "deduction")
    if not people:
        return Deducted(people=0, unplaced=0, passed_on={})
    full, less = under.after_opt_outs, under.after_deductions
    more = {
        part.state: part.placed - placed(full, part.state)
        for part in less.result.states
        if part.placed > placed(full, part.state)
    }
    return Deducted(
        people=people,
        unplaced=max(0, less.result.unplaced - full.result.unplaced),
        passed_on=more,
    )


def changes(
    plan: Plan, settlement: Settlement, move: Move | None, before: Sequence[Round]
) -> tuple[StateChange, ...]:
    """Every state's numbers with their change and the reason."""
    return tuple(change(plan, settlement, move, before, part.state) for part in plan.result.states)


def change(
    plan: Plan,
    settlement: Settlement,
    move: Move | None,
    before: Sequence[Round],
    state: str,
) -> StateChange:
    people, pays = placed(plan, state), pays_of(settlement, state)
    last = before[-1] if before else None
    first = before[0] if before else None
    told = Told(
        state=state,
        currency=plan.result.currency,
        people=people,
        people_before=placed(last.plan, state) if last else people,
        pays=pays,
        pays_before=pays_of(last.settlement, state) if last else pays,
    )
    part = plan.state(state)
    return StateChange(
        state=state,
        people=people,
        people_change=people - told.people_before,
        people_from_start=people - placed(first.plan, state) if first else 0,
        pays=pays,
        pays_change=EXACT.subtract(pays, told.pays_before),
        pays_from_start=EXACT.subtract(pays, pays_of(first.settlement, state))
        if first
        else Decimal(0),
        permanent_places=part.residual_places if part else 0,
        sentence=sentence(told, move, earlier_move(move, before)),
    )


def earlier_move(move: Move | None, before: Sequence[Round]) -> Move | None:
    """The move that a withdrawal takes back."""
    if move is None or move.kind != "withdraw":
        return None
    made = (each.move for each in before)
    return next((each for each in made if each is not None and each.id == move.withdraws), None)


def pays_of(settlement: Settlement, state: str) -> Decimal:
    found = settlement.states.get(state)
    return found.pays if found else Decimal(0)


def notes(
    under: UnderMoves, settlement: Settlement, less: Deducted, in_force: Sequence[Move]
) -> tuple[str, ...]:
    """What the record should say of this round."""
    return (
        *opt_out_notes(under.plan, in_force),
        *deduction_note(less.people, less.unplaced, less.passed_on),
        *use_notes(under.after_deductions, under.plan, in_force),
        *money_note(settlement, under.plan.result.currency),
    )
