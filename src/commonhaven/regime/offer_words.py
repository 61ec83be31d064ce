"""Rounds of offers in sentences: why a state's number changed, what became of each move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from commonhaven.parties import name as name_of
from commonhaven.regime.moves import Move
from commonhaven.regime.plan import Plan
from commonhaven.regime.settlement import Settlement
from commonhaven.regime.under_moves import by_state, placed
from commonhaven.regime.words import amount, people_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A state's numbers in this round and the round before."""

    state: str
    currency: str
    people: int
    people_before: int
    pays: Decimal
    pays_before: Decimal


def sentence(told: Told, move: Move | None, taken_back: Move | None) -> str:
    """Why a state protects and pays what it does after a move, or that nothing changed."""
    name = name_of(told.state)
    if move is None:
        share = people_word(told.people)
        return f"{name} protects {share} and {money_phrase(told.pays, told.currency)}."
    parts = [*people_part(told), *pays_part(told)]
    if move.state == told.state:
        own = f"{name} {own_move(move, taken_back, told.currency)}."
        return f"{own} It {' and '.join(parts)}." if parts else f"{own} Its part does not change."
    if not parts:
        return f"Nothing changes for {name}."
    return f"{name} {' and '.join(parts)}, since {cause(move, taken_back, told.currency)}."


def people_part(told: Told) -> list[str]:
    more = told.people - told.people_before
    if not more:
        return []
    word = "more" if more > 0 else "fewer"
    return [f"protects {people_word(told.people)}, {abs(more):,} {word}"]


def pays_part(told: Told) -> list[str]:
    now, before = told.pays, told.pays_before
    if now == before:
        return []
    if (now > 0) == (before > 0) and now and before:
        word = "more" if abs(now) > abs(before) else "less"
        by = amount(abs(abs(now) - abs(before)), told.currency)
        return [f"{money_phrase(now, told.currency)}, {by} {word}"]
    return [
        f"{money_phrase(now, told.currency)} (before, it {money_phrase(before, told.currency)})"
    ]


def money_phrase(pays: Decimal, currency: str) -> str:
    if pays > 0:
        return f"pays {amount(pays, currency)}"
    return f"receives {amount(-pays, currency)}" if pays < 0 else "neither pays nor receives"


def cause(move: Move, taken_back: Move | None, currency: str) -> str:
    """The move as the reason of a change elsewhere."""
    return f"{name_of(move.state)} {own_move(move, taken_back, currency)}"


def own_move(move: Move, taken_back: Move | None, currency: str) -> str:
    """What a state does, in the third person."""
    if move.kind == "withdraw":
        what = f" ({own_move(taken_back, None, currency)})" if taken_back else ""
        return f"withdraws its move {move.withdraws}{what}"
    return {
        "offer people": f"offers to protect {people_word(move.people)} beyond its share",
        "offer money": f"offers {amount(move.money, currency)} beyond its share of the costs",
        "opt out": f"opts out of the placement ({move.reason})",
        "deduction": f"has {people_word(move.people)} deducted by decision ({move.decision})",
    }[move.kind]


def opt_out_notes(plan: Plan, in_force: Sequence[Move]) -> list[str]:
    """Who is out, and that nobody there is sent away without a place."""
    notes = []
    for state in by_state(in_force, "opt out"):
        part = plan.state(state)
        name = name_of(state)
        notes.append(
            f"{name} takes no part in the placement. It pays its share of the costs all the same: "
            "an opt-out from the one is none from the other."
        )
        if part is not None and part.present:
            notes.append(
                f"{people_word(part.present).capitalize()} are in {name} now. {part.leave:,} have "
                f"a place elsewhere; {part.unplaced:,} have none: they stay, and {name} stays "
                "responsible for them."
            )
    return notes


def deduction_note(people: int, unplaced: int, passed_on: Mapping[str, int]) -> list[str]:
    """Where the people deducted are now: unplaced, or passed on, state by state."""
    if not people:
        return []
    taken = ", ".join(f"{state} {number:,}" for state, number in passed_on.items())
    over = f"Others protect more because of it: {taken}." if taken else "No state takes them over."
    return [
        f"{people:,} people are deducted by decision; {unplaced:,} of them are without a place. "
        f"{over}"
    ]


def use_notes(before: Plan, plan: Plan, in_force: Sequence[Move]) -> list[str]:
    """How much of each offer of people the rule uses."""
    notes = []
    for state, moves in by_state(in_force, "offer people").items():
        offered = sum(move.people for move in moves)
        used = placed(plan, state) - placed(before, state)
        if used >= offered:
            continue
        shut = [c.excluded[state] for c in plan.result.cohorts if state in c.excluded]
        why = (
            f" The gate is shut: {shut[0]}"
            if shut and len(shut) == len(plan.result.cohorts)
            else " The rest stands ready: the rule finds no people for it who fit there best."
        )
        notes.append(
            f"{name_of(state)} offers {people_word(offered)} beyond its share; {max(0, used):,} of "
            f"them are used.{why}"
        )
    return notes


def money_note(settlement: Settlement, currency: str) -> list[str]:
    """Where the money offered goes."""
    if not settlement.offered:
        return []
    return [
        f"{amount(settlement.offered, currency)} are offered beyond the shares, and move nobody: "
        f"{amount(settlement.gap, currency)} cover costs that no state may be asked for, "
        f"{amount(settlement.relieved, currency)} lower what the others pay, in proportion, and "
        f"{amount(settlement.to_fund, currency)} go to the standing fund. That is our proposal, "
        "not a rule of the charter."
    ]
