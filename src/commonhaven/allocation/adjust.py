"""What a decision changes in a key's numbers: credit for people hosted, deductions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from commonhaven.allocation.joint import Seats, alike, numbers_of
from commonhaven.allocation.question import Tie
from commonhaven.allocation.rounding import apportion
from commonhaven.reading import Problem


def credited(targets: Mapping[str, Fraction], hosted: Mapping[str, int]) -> dict[str, Fraction]:
    """Targets after credit for people already hosted, adding up to the same number.

    A state should hold its share of everyone, those who came before included:
    ``max(0, k (N + ΣH) - H)``, renormalised to N. Our proposal.
    """
    people = sum(targets.values(), Fraction(0))
    before = sum(hosted.get(state, 0) for state in targets)
    if people == 0:
        return dict(targets)
    grown = (people + before) / people
    owed = {
        state: max(Fraction(0), target * grown - hosted.get(state, 0))
        for state, target in targets.items()
    }
    part = people / sum(owed.values(), Fraction(0))
    return {state: number * part for state, number in owed.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deducted:
    """Numbers after deductions by decision, and the shortfall that nobody takes over."""

    people: Mapping[str, int]
    deducted: Mapping[str, int]

    @property
    def shortfall(self) -> int:
        return sum(self.deducted.values())


def deduct(people: Mapping[str, int], deductions: Mapping[str, int]) -> Deducted:
    """Take the decided deductions off; what is taken off is declared, not passed on.

    Regulation (EU) 2024/1351, Arts 61-62: a deduction needs a decision, and no rule reassigns it.
    No state goes below zero. Problem for a deduction from a state that has no number.
    """
    for state, number in deductions.items():
        if number < 0:
            raise Problem(f"a deduction of {number}", where=state, fix="Give 0 or more.")
        if number and state not in people:
            raise Problem(
                f"a deduction for {state}, which has no number", fix="Name a state that shares."
            )
    taken = {s: min(number, people[s]) for s, number in deductions.items() if number and people[s]}
    left = {state: number - taken.get(state, 0) for state, number in people.items()}
    return Deducted(people=left, deducted=dict(sorted(taken.items())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduced:
    """What is left to seat after deductions, with the sentences and ties for the record.

    ``owed``: state → its whole number before deductions and ceilings, of every state that shares.
    """

    seats: Seats
    owed: Mapping[str, int]
    notes: tuple[str, ...]
    ties: tuple[Tie, ...]


def reduced(seats: Seats, deductions: Mapping[str, int], *, pass_on: bool) -> Reduced:
    """Take deductions off what states owe, before any ceiling; only then are people seated.

    A state that owes 100, has 30 deducted and room for 60 receives 60: the ceiling holds back 10
    of the 70 it still owes, which go to the others; the 30 are a declared shortfall, once. Where
    they are passed on, states without a deduction take them by their weights; where there is no
    such state, nobody can.
    """
    free = replace(seats, most={})
    states, people = (
        tuple(seats.totals),
        sum(n for c, n in seats.people.items() if seats.targets[c]),
    )
    owed, ties = numbers_of(free, states, people)
    made = deduct(owed, deductions)
    least = {s: min(number, made.people.get(s, number)) for s, number in seats.least.items()}
    if pass_on and any(seats.weights[s] for s in states if s not in made.deducted):
        limits = {state: made.people[state] for state in made.deducted}
        after, more = numbers_of(replace(free, most=limits, least=least), states, people)
        rest = replace(seats, weights=_exact(after), least=least)
        said = ("People deducted by decision are passed on to the other states.",)
        return Reduced(seats=rest, owed=owed, notes=said, ties=(*ties, *more))
    remain, notes = _taken_off(seats, made.deducted)
    rest = replace(seats, weights=_exact(made.people), least=least, people=remain)
    return Reduced(seats=rest, owed=owed, notes=notes, ties=ties)


def _exact(numbers: Mapping[str, int]) -> dict[str, Fraction]:
    return {state: Fraction(number) for state, number in numbers.items()}


def _taken_off(seats: Seats, deducted: Mapping[str, int]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Cohort → people still to seat: those deducted come from each by its exact number there."""
    remain, notes = dict(seats.people), list[str]()
    for state in [state for state in seats.order if state in deducted]:
        number = deducted[state]
        there = {c: row[state] for c, row in sorted(seats.targets.items()) if row.get(state)}
        if not there:
            continue
        shares = {c: target / seats.totals[state] for c, target in there.items()}
        less = apportion(shares, number, at_most={c: remain[c] for c in there})
        for cohort, people in less.people.items():
            remain[cohort] -= people
        notes.append(
            f"{state}: {number:,} people are deducted by decision; no other state takes them over, "
            "so they are unplaced."
        )
        notes += [alike(tie) for tie in less.ties]
    return remain, tuple(notes)
