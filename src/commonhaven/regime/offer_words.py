"""Rounds of offers in sentences: why a state's number changed, what became of each move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from commonhaven.regime.moves import Move
from commonhaven.regime.plan import Plan
from commonhaven.regime.settlement import Settlement
from commonhaven.regime.under_moves import by_state, placed
from commonhaven.regime.words import amount, count, people_word, state_word
from commonhaven.saying import Parts, Party, Said, say, together


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A state's numbers in this round and the round before."""

    state: str
    currency: str
    people: int
    people_before: int
    pays: Decimal
    pays_before: Decimal


def sentence(told: Told, move: Move | None, taken_back: Move | None) -> Said:
    """Why a state protects and pays what it does after a move, or that nothing changed."""
    state = state_word(told.state)
    if move is None:
        return say(
            "{state} protects {people} and {money}.",
            state=state, people=people_word(told.people),
            money=money_phrase(told.pays, told.currency),
        )  # fmt: skip
    parts = [*people_part(told), *pays_part(told)]
    if move.state == told.state:
        own = say("{cause}.", cause=cause(move, taken_back, told.currency))
        last = say("It {changes}.", changes=joined(parts)) if parts else say(
            "Its part does not change."
        )  # fmt: skip
        return together((own, last))
    if not parts:
        return say("Nothing changes for {state}.", state=state)
    return say(
        "{state} {changes}, since {cause}.",
        state=state, changes=joined(parts), cause=cause(move, taken_back, told.currency),
    )  # fmt: skip


def joined(parts: Sequence[Said]) -> Said:
    if len(parts) == 1:
        return parts[0]
    return say("{one} and {other}", one=parts[0], other=parts[1])


def people_part(told: Told) -> list[Said]:
    more = told.people - told.people_before
    if not more:
        return []
    people, number = people_word(told.people), count(abs(more))
    if more > 0:
        return [say("protects {people}, {number} more", people=people, number=number)]
    return [say("protects {people}, {number} fewer", people=people, number=number)]


def pays_part(told: Told) -> list[Said]:
    now, before = told.pays, told.pays_before
    if now == before:
        return []
    money = money_phrase(now, told.currency)
    if (now > 0) == (before > 0) and now and before:
        by = amount(abs(abs(now) - abs(before)), told.currency)
        if abs(now) > abs(before):
            return [say("{money}, {sum} more", money=money, sum=by)]
        return [say("{money}, {sum} less", money=money, sum=by)]
    was = money_phrase(before, told.currency)
    return [say("{money} (before, it {before})", money=money, before=was)]


def money_phrase(pays: Decimal, currency: str) -> Said:
    if pays > 0:
        return say("pays {sum}", sum=amount(pays, currency))
    if pays < 0:
        return say("receives {sum}", sum=amount(-pays, currency))
    return say("neither pays nor receives")


def cause(move: Move, taken_back: Move | None, currency: str) -> Said:
    """The move as the reason of a change."""
    return say(
        "{state} {move}", state=state_word(move.state), move=own_move(move, taken_back, currency)
    )


def own_move(move: Move, taken_back: Move | None, currency: str) -> Said:
    """What a state does, in the third person."""
    if move.kind == "withdraw":
        if taken_back is None:
            return say("withdraws its move {id}", id=move.withdraws)
        return say(
            "withdraws its move {id} ({move})",
            id=move.withdraws, move=own_move(taken_back, None, currency),
        )  # fmt: skip
    people = people_word(move.people)
    if move.kind == "offer people":
        return say("offers to protect {people} beyond its share", people=people)
    if move.kind == "offer money":
        return say("offers {sum} beyond its share of the costs", sum=amount(move.money, currency))
    if move.kind == "opt out":
        return say("opts out of the placement ({reason})", reason=move.reason)
    return say(
        "has {people} deducted by decision ({decision})", people=people, decision=move.decision
    )


def opt_out_notes(plan: Plan, in_force: Sequence[Move]) -> list[str]:
    """Who is out, and that nobody there is sent away without a place."""
    notes: list[str] = []
    for state in by_state(in_force, "opt out"):
        part = plan.state(state)
        name = state_word(state)
        notes.append(
            say(
                "{state} takes no part in the placement. It pays its share of the costs all the "
                "same: an opt-out from the one is none from the other.",
                state=name,
            )
        )
        if part is not None and part.present:
            notes.append(
                say(
                    "{people} are in {state} now. {leave} have a place elsewhere; {unplaced} have "
                    "none: they stay, and {state} stays responsible for them.",
                    people=people_word(part.present), state=name, leave=count(part.leave),
                    unplaced=count(part.unplaced),
                )
            )  # fmt: skip
    return notes


def deduction_note(people: int, unplaced: int, passed_on: Mapping[str, int]) -> list[str]:
    """Where the people deducted are now: unplaced, or passed on, state by state."""
    if not people:
        return []
    over = say("No state takes them over.")
    if passed_on:
        taken = Parts(
            tuple(together((Party(state), count(number))) for state, number in passed_on.items())
        )
        over = say("Others protect more because of it: {states}.", states=taken)
    return [
        say(
            "{people} people are deducted by decision; {unplaced} of them are without a place. "
            "{over}",
            people=count(people), unplaced=count(unplaced), over=over,
        )
    ]  # fmt: skip


def use_notes(before: Plan, plan: Plan, in_force: Sequence[Move]) -> list[str]:
    """How much of each offer of people the rule uses."""
    notes: list[str] = []
    for state, moves in by_state(in_force, "offer people").items():
        offered = sum(move.people for move in moves)
        used = placed(plan, state) - placed(before, state)
        if used >= offered:
            continue
        shut = [c.excluded[state] for c in plan.result.cohorts if state in c.excluded]
        why = say("The rest stands ready: the rule finds no people for it who fit there best.")
        if shut and len(shut) == len(plan.result.cohorts):
            why = say("The gate is shut: {reason}", reason=Said(shut[0]))
        notes.append(
            say(
                "{state} offers {people} beyond its share; {used} of them are used. {why}",
                state=state_word(state), people=people_word(offered), used=count(max(0, used)),
                why=why,
            )
        )  # fmt: skip
    return notes


def money_note(settlement: Settlement, currency: str) -> list[str]:
    """Where the money offered goes."""
    if not settlement.offered:
        return []
    return [
        say(
            "{offered} are offered beyond the shares, and move nobody: {gap} cover costs that no "
            "state may be asked for, {relieved} lower what the others pay, in proportion, and "
            "{fund} go to the standing fund. That is our proposal, not a rule of the charter.",
            offered=amount(settlement.offered, currency), gap=amount(settlement.gap, currency),
            relieved=amount(settlement.relieved, currency),
            fund=amount(settlement.to_fund, currency),
        )
    ]  # fmt: skip
