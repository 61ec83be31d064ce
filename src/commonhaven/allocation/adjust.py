"""What a decision changes in a key's numbers: credit for people hosted, deductions."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

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
