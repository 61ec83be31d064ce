"""Payments in two instalments whose sums in and out are the same, each and together."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from commonhaven.costs import money, nearest, split
from commonhaven.costs.money import EXACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What comes into the account and what goes out of it, by whom; the two sums are equal."""

    incoming: Mapping[str, Decimal]
    outgoing: Mapping[str, Decimal]


def instalments(flow: Flow, first_part: Fraction, currency: str) -> tuple[Flow, Flow]:
    """The first and the second instalment of a flow.

    The first is ``first_part`` of the whole to the nearest minor unit, shared in proportion by
    largest remainder on either side; the second is what remains of each. So the account is level
    after each of them.
    """
    total = sum(flow.incoming.values(), Decimal(0))
    first = nearest(Fraction(total) * first_part, currency).amount
    early = Flow(
        incoming=parts(flow.incoming, first, currency),
        outgoing=parts(flow.outgoing, first, currency),
    )
    late = Flow(
        incoming=rest(flow.incoming, early.incoming), outgoing=rest(flow.outgoing, early.outgoing)
    )
    return early, late


def parts(amounts: Mapping[str, Decimal], part: Decimal, currency: str) -> dict[str, Decimal]:
    total = sum(amounts.values(), Decimal(0))
    if not total:
        return dict.fromkeys(amounts, Decimal(0))
    shares = {name: Fraction(amount) / Fraction(total) for name, amount in amounts.items()}
    made = split(money(Fraction(part), currency), shares).parts
    return {name: made[name].amount for name in amounts}


def rest(amounts: Mapping[str, Decimal], taken: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {name: EXACT.subtract(amount, taken[name]) for name, amount in amounts.items()}
