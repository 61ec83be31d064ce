"""Water-filling: shares of a number within each state's floor and ceiling, exactly."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from commonhaven.allocation.keys.column import column
from commonhaven.reading import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Exact numbers within the limits, and how many found no room (never silently dropped)."""

    targets: Mapping[str, Fraction]
    leftover: Fraction


def fill(
    shares: Mapping[str, Fraction],
    total: int | Fraction,
    at_most: Mapping[str, int] | None = None,
    at_least: Mapping[str, int] | None = None,
) -> Filled:
    """Divide ``total`` by the shares; who would pass a limit is held there, the rest go on.

    The shares need not add up to one: they count in proportion. A state without an entry in
    ``at_most`` has no ceiling. Problem where the floors exceed the total or a floor its ceiling.
    """
    most, least = at_most or {}, at_least or {}
    _check_limits(shares, total, most, least)
    weights = dict(zip(shares, column(shares.values()).values, strict=True))
    held: dict[str, Fraction] = {}
    free = dict(weights)
    while True:
        rest = total - sum(held.values(), Fraction(0))
        targets = _proportional(free, rest)
        high = {s: Fraction(most[s]) for s in free if s in most and targets[s] > most[s]}
        low = {s: Fraction(least[s]) for s in free if s in least and targets[s] < least[s]}
        over = sum((targets[s] - high[s] for s in high), Fraction(0))
        under = sum((low[s] - targets[s] for s in low), Fraction(0))
        now = (high if over >= under else {}) | (low if under >= over else {})
        if not now:
            break
        held |= now
        free = {s: weight for s, weight in free.items() if s not in now}
    found = held | targets
    ordered = {state: found[state] for state in shares}
    return Filled(targets=ordered, leftover=Fraction(0) if any(free.values()) else rest)


def _proportional(weights: Mapping[str, int], rest: Fraction) -> dict[str, Fraction]:
    whole = sum(weights.values())
    if whole == 0:
        return dict.fromkeys(weights, Fraction(0))
    part = rest / whole
    return {state: weight * part for state, weight in weights.items()}


def _check_limits(
    shares: Mapping[str, Fraction],
    total: int | Fraction,
    at_most: Mapping[str, int],
    at_least: Mapping[str, int],
) -> None:
    for state in shares:
        if shares[state] < 0:
            raise Problem("a share is below zero", where=state, fix="Give 0 or more.")
        if state in at_most and at_least.get(state, 0) > at_most[state]:
            raise Problem(
                f"the floor of {at_least[state]:,} people is above the ceiling of "
                f"{at_most[state]:,}",
                where=state,
                fix="Lower the floor or raise the ceiling.",
            )
    floors = sum(at_least.get(state, 0) for state in shares)
    if floors > total:
        raise Problem(
            f"the floors ask for {floors:,} people and there are {total}",
            where="floors",
            fix="Lower the floors.",
        )
