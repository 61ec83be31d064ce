"""How evenly people are hosted: Lorenz curve, Gini and concentration coefficients, exact."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from commonhaven.reading import Problem

Numbers = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Points from (0, 0) to (1, 1): part of the key, part of the people, state by state."""

    states: tuple[str, ...]
    points: tuple[tuple[Fraction, Fraction], ...]

    @property
    def coefficient(self) -> Fraction:
        """1 - Σ (F_i - F_i-1)(L_i + L_i-1)."""
        steps = pairwise(self.points)
        area = sum(((b[0] - a[0]) * (b[1] + a[1]) for a, b in steps), Fraction(0))
        return 1 - area


def lorenz(people: Numbers, key: Numbers) -> Curve:
    """States in order of people for each part of the key, the fewest first.

    >>> half = Fraction(1, 2)
    >>> lorenz({"A": Fraction(1), "B": Fraction(3)}, {"A": half, "B": half}).coefficient
    Fraction(1, 4)
    """
    _check(people, key)
    return _curve(people, key, lambda state: (people[state] / key[state], state))


def concentration(people: Numbers, key: Numbers, rank: Numbers) -> Curve:
    """States in order of ``rank``, the lowest first; states of one rank count as one step."""
    _check(people, key)
    together: dict[str, str] = {}
    for state in sorted(key):
        first = next((s for s in together.values() if rank[s] == rank[state]), state)
        together[state] = first
    merged_people = _merged(people, together)
    merged_key = _merged(key, together)
    return _curve(merged_people, merged_key, lambda state: (rank[state], state))


def _merged(numbers: Numbers, together: Mapping[str, str]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for state, first in together.items():
        found[first] = found.get(first, Fraction(0)) + numbers[state]
    return found


def _check(people: Numbers, key: Numbers) -> None:
    if people.keys() != key.keys():
        raise Problem("people and key are of different states", fix="Give both for every state.")
    if any(number <= 0 for number in key.values()):
        raise Problem("a state's part of the key is not above zero", fix="Leave the state out.")
    if any(number < 0 for number in people.values()) or not any(people.values()):
        raise Problem("nobody is hosted, or fewer than nobody", fix="Check the figures.")


def _curve(people: Numbers, key: Numbers, order: Callable[[str], tuple[Fraction, str]]) -> Curve:
    states = tuple(sorted(people, key=order))
    all_key, all_people = sum(key.values(), Fraction(0)), sum(people.values(), Fraction(0))
    points, f, count = [(Fraction(0), Fraction(0))], Fraction(0), Fraction(0)
    for state in states:
        f, count = f + key[state], count + people[state]
        points.append((f / all_key, count / all_people))
    return Curve(states=states, points=tuple(points))
