"""Scorecards in an order, without weighing what cannot be weighed.

A process stands before another where it is at least as good in every figure that is asked for and
better in one. Who is behind nobody stands in the first row; then the same again among the rest.
What is not known puts nobody before or behind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commonhaven.processes.evaluation.scorecard import Scorecard
from commonhaven.reading import Problem, closest

DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    "A": ("held", "attendance"),
    "B": ("texts",),
    "C": ("grade",),
    "D": ("secretariat", "predictable", "tenure"),
    "E": ("observers", "civil-society", "processes"),
}
"""The figures of each dimension that count for an order: more is better in each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A process in its row; ``missing`` are the figures asked for that are not known."""

    row: int
    process: str
    year: int
    behind: tuple[str, ...]
    missing: tuple[str, ...]


def ranking(cards: Sequence[Scorecard], by: Sequence[str]) -> tuple[Ranked, ...]:
    """The processes in rows by the dimensions named.

    Problem where only the agenda is asked for: how often people met says nothing of what changed.
    """
    names = _figures(by)
    rows: list[Ranked] = []
    left = list(cards)
    while left:
        behind = {id(card): _ahead_of(card, left, names) for card in left}
        first = [card for card in left if not behind[id(card)]]
        rows += [_ranked(card, cards, names, len({r.row for r in rows}) + 1) for card in first]
        left = [card for card in left if behind[id(card)]]
    return tuple(rows)


def _figures(by: Sequence[str]) -> tuple[str, ...]:
    for each in by:
        if each not in DIMENSIONS:
            fix = closest(each, DIMENSIONS)
            raise Problem(f'there is no dimension "{each[:20]}"', where="--by", fix=fix)
    if set(by) <= {"A"}:
        raise Problem(
            "processes are not ranked by their agenda alone",
            where="--by",
            fix="Activity does not equal impact: add C, or another of B, D, E.",
        )
    return tuple(name for each in dict.fromkeys(by) for name in DIMENSIONS[each])


def _ranked(
    card: Scorecard, cards: Sequence[Scorecard], names: tuple[str, ...], row: int
) -> Ranked:  # fmt: skip
    return Ranked(
        row=row, process=card.process, year=card.year,
        behind=tuple(each.process for each in _ahead_of(card, cards, names)),
        missing=tuple(name for name in names if card.of(name).value is None),
    )  # fmt: skip


def _ahead_of(
    card: Scorecard, cards: Sequence[Scorecard], names: tuple[str, ...]
) -> list[Scorecard]:
    return [each for each in cards if each is not card and _before(each, card, names)]


def _before(one: Scorecard, other: Scorecard, names: tuple[str, ...]) -> bool:
    """Whether one is known to be at least as good in all, and better in one."""
    pairs = [(one.of(name).value, other.of(name).value) for name in names]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    if len(known) < len(pairs):
        return False
    return all(a >= b for a, b in known) and any(a > b for a, b in known)
