"""Relief for hosts: who hosts much pays little, and no state pays more than the ceiling."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor


def hosting_ratio(part: Fraction, scale: Fraction) -> Fraction | None:
    """h: the state's part of the people over its part of the scale.

    None where it has no part of the scale and yet hosts: its ratio has no bound.
    """
    if scale:
        return part / scale
    return None if part else Fraction(0)


def relief(ratio: Fraction | None, full_at: Fraction) -> Fraction:
    """ρ: none up to a hosting ratio of 1, all from ``full_at`` on, a straight line between.

    >>> relief(Fraction(3), Fraction(5))
    Fraction(1, 2)
    """
    if ratio is None or ratio >= full_at:
        return Fraction(1)
    return max(Fraction(0), (ratio - 1) / (full_at - 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotas:
    """Exact parts of a total under a ceiling; ``shortfall``: what nobody may be asked for."""

    parts: Mapping[str, Fraction]
    at_ceiling: frozenset[str]
    shortfall: int


def under_ceiling(total: int, weights: Mapping[str, Fraction], ceiling: Fraction) -> Quotas:
    """Divide ``total`` minor units by weight; nobody bears more than ``ceiling`` of it.

    What exceeds the ceiling goes to the others by weight, again until nobody exceeds it. Where all
    who weigh anything are at the ceiling, the rest stays as a shortfall. The parts add up to
    total - shortfall exactly.
    """
    payers = {state: weight for state, weight in sorted(weights.items()) if weight}
    zero = dict.fromkeys(weights, Fraction(0))
    cap = ceiling * total
    if cap * len(payers) < total:
        most = floor(cap)
        parts = {**zero, **dict.fromkeys(payers, Fraction(most))}
        short = total - most * len(payers)
        return Quotas(parts=parts, at_ceiling=frozenset(payers), shortfall=short)
    fixed: dict[str, Fraction] = {}
    while True:
        free = {state: weight for state, weight in payers.items() if state not in fixed}
        rest, weighed = total - sum(fixed.values()), sum(free.values())
        quotas = {state: rest * weight / weighed for state, weight in free.items()}
        over = [state for state, quota in quotas.items() if quota > cap]
        if not over:
            return Quotas(
                parts={**zero, **fixed, **quotas}, at_ceiling=frozenset(fixed), shortfall=0
            )
        fixed.update(dict.fromkeys(over, cap))
