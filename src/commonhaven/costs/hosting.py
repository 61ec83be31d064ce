"""What protecting people costs a host: recurrent by year and capital once, kept apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from commonhaven.costs.money import Amount, Money, MoneyProblem, money, nearest
from commonhaven.instruments import entry
from commonhaven.reading import Problem

Basis = Literal["given", "estimated", "capped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HostCost:
    """What one person costs a host: ``recurrent`` a year, ``capital`` once for a new place.

    ``basis``: given in the situation, estimated from figures, or capped for an outer-core host.
    ``source`` says where it comes from, in words for the record.
    """

    recurrent: Money
    capital: Money
    basis: Basis = "given"
    source: str = ""

    @property
    def total(self) -> Money:
        """Recurrent and capital cost of one person in the first year."""
        return self.recurrent + self.capital


UnitCost = HostCost | Money | Amount
"""A unit cost as `assess` takes it; a bare number is in the currency of account, a year."""


def host_cost(given: UnitCost, currency: str, on: date | None = None) -> HostCost:
    """Any unit cost as a HostCost in ``currency``; Problem for another currency or below zero."""
    if isinstance(given, HostCost):
        found = given
    elif isinstance(given, Money):
        found = HostCost(recurrent=given, capital=money(0, given.currency, given.on))
    else:
        found = HostCost(recurrent=money(given, currency, on), capital=money(0, currency, on))
    for part in (found.recurrent, found.capital):
        if part.currency != currency:
            said = f"a unit cost in {part.currency} where the account is kept in {currency}"
            raise MoneyProblem(said, fix="Convert it with Rates first.")
        if part.amount < 0:
            raise MoneyProblem(f"a unit cost of {part} is below zero", fix="Give 0 or more.")
    return found


def estimated(
    gni_per_capita: Fraction, *, on: date | None = None, arrivals: Fraction = Fraction(0)
) -> HostCost:
    """A unit cost in USD where none was given: a base plus a part of the host's GNI per capita.

    ``gni_per_capita`` in USD; ``arrivals``: part of the people who need a new place, which alone
    costs capital. Our proposal (instrument cost-sharing: base_cost, income_part, capital_years).
    """
    if gni_per_capita < 0 or not 0 <= arrivals <= 1:
        raise Problem("a unit cost cannot be estimated from these figures", fix="Check them.")
    base, part, years = (
        entry("cost-sharing", name, on).number
        for name in ("base_cost", "income_part", "capital_years")
    )
    recurrent = base + part * gni_per_capita
    return HostCost(
        recurrent=nearest(recurrent, "USD", on),
        capital=nearest(recurrent * years * arrivals, "USD", on),
        basis="estimated",
        source="estimated from GNI per capita (instrument cost-sharing, our proposal)",
    )


def median_cost(costs: Mapping[str, HostCost]) -> Decimal:
    """The median recurrent unit cost: the middle one, or half-way between the two in the middle."""
    ranked = sorted(cost.recurrent.amount for cost in costs.values())
    if not ranked:
        raise Problem("there are no unit costs to take a median of", fix="Name the hosts.")
    middle = len(ranked) // 2
    if len(ranked) % 2:
        return ranked[middle]
    half = (Fraction(ranked[middle - 1]) + Fraction(ranked[middle])) / 2
    return money(half, "USD").amount


def credited(
    costs: Mapping[str, HostCost], outer_core: frozenset[str], on: date | None = None
) -> dict[str, HostCost]:
    """Unit costs as they count: an outer-core host's is capped at two medians of all hosts'.

    The recurrent cost is capped; capital is scaled alike. Our proposal (instrument cost-sharing:
    credited_cost_cap), so that expensive systems of deterrence earn no credit.
    """
    if len({cost.recurrent.currency for cost in costs.values()}) > 1:
        said = "unit costs in several currencies have no median"
        raise MoneyProblem(said, fix="Convert them with Rates first.")
    if not costs:
        return {}
    most = Fraction(median_cost(costs)) * entry("cost-sharing", "credited_cost_cap", on).number
    return {
        state: _capped(cost, most) if state in outer_core else cost
        for state, cost in sorted(costs.items())
    }


def _capped(cost: HostCost, most: Fraction) -> HostCost:
    if cost.recurrent.exact <= most:
        return cost
    currency, on = cost.recurrent.currency, cost.recurrent.on
    return HostCost(
        recurrent=nearest(most, currency, on),
        capital=nearest(cost.capital.exact * most / cost.recurrent.exact, currency, on),
        basis="capped",
        source=f"{cost.recurrent} a year, counted up to the cap of an outer-core host",
    )
