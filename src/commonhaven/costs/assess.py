"""Who pays what: every state's part of the cost, less relief for hosting, less what hosting costs.

Hathaway and Neve 1997, 207-09: states that take on a substantial share of protection ought not
also to shoulder a major part of the fiscal burden. The formula is our proposal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from commonhaven.costs.assessment import Assessment, Bearing
from commonhaven.costs.hosting import HostCost, UnitCost, host_cost
from commonhaven.costs.money import (
    Amount,
    Money,
    MoneyProblem,
    from_minor_units,
    nearest,
    reconcile,
)
from commonhaven.costs.money import money as money_of
from commonhaven.costs.relief import hosting_ratio, relief, under_ceiling
from commonhaven.costs.statement import lines, notes
from commonhaven.reading import Problem, closest, decimal_text

WHERE = "assessment"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hosting:
    """What hosting costs one state, before anything is shared."""

    state: str
    people: Fraction
    each: HostCost
    recurrent: Money
    capital: Money

    @property
    def cost(self) -> Money:
        return self.recurrent + self.capital

    def bearing(
        self, scale: Fraction, ratio: Fraction | None, relieved: Fraction,
        *, gross: Money, at_ceiling: bool,
    ) -> Bearing:  # fmt: skip
        return Bearing(
            state=self.state, people=self.people, unit_cost=self.each.total.amount,
            basis=self.each.basis, recurrent=self.recurrent, capital=self.capital, cost=self.cost,
            scale=scale, hosting_ratio=ratio, relief=relieved, gross=gross,
            net=gross - self.cost, at_ceiling=at_ceiling,
        )  # fmt: skip


def assess(  # noqa: PLR0913 - the terms of an assessment, each named by the caller
    *,
    people: Mapping[str, int | Fraction],
    unit_costs: Mapping[str, UnitCost],
    common_costs: Money | Amount,
    scale: Mapping[str, Fraction],
    full_at: Fraction,
    ceiling: Fraction,
    currency: str,
    on: date | None = None,
    order: Sequence[str] = (),
) -> Assessment:
    """Assess every state of the scale for one year of protection.

    ``people``: state → people it protects, residual resettlement included. ``unit_costs``: per
    person and year, for every state that hosts. ``scale``: state → share, summing to 1; who is not
    in it has no place here. ``order`` settles equal claims to the last cent, then the alphabet.
    The net assessments and the shortfall add up to the common costs exactly.

    Raises Problem for people outside the scale, a missing unit cost, a scale that does not add up
    to one, or terms out of range; MoneyProblem for another currency.
    """
    _check_terms(scale, full_at, ceiling)
    _check_people(people, unit_costs, scale)
    common = _in_account(common_costs, currency, on)
    hosting = {
        state: _hosting(state, Fraction(people.get(state, 0)), unit_costs.get(state, 0), common)
        for state in sorted(scale)
    }
    total = sum((host.cost for host in hosting.values()), common)
    everyone = sum((host.people for host in hosting.values()), Fraction(0)) or Fraction(1)
    ratios = {s: hosting_ratio(host.people / everyone, scale[s]) for s, host in hosting.items()}
    reliefs = {state: relief(ratio, full_at) for state, ratio in ratios.items()}
    weights = {state: scale[state] * (1 - part) for state, part in reliefs.items()}
    quotas = under_ceiling(total.in_minor_units, weights, ceiling)
    units, tie = reconcile(quotas.parts, order)
    bearings = {
        state: host.bearing(
            scale[state], ratios[state], reliefs[state],
            gross=from_minor_units(units[state], currency, on),
            at_ceiling=state in quotas.at_ceiling,
        )
        for state, host in hosting.items()
    }  # fmt: skip
    bare = Assessment(
        currency=currency, on=on, full_at=full_at, ceiling=ceiling, total=total,
        common_costs=common, shortfall=from_minor_units(quotas.shortfall, currency, on),
        states=bearings, tie=tie,
    )  # fmt: skip
    return replace(bare, notes=notes(bare), working=lines(bare))


def _check_terms(scale: Mapping[str, Fraction], full_at: Fraction, ceiling: Fraction) -> None:
    if full_at <= 1:
        said = f"full relief at a hosting ratio of {decimal_text(full_at)} leaves no slope above 1"
        raise Problem(said, where=WHERE, fix="Give a ratio above 1, such as 5.")
    if not 0 < ceiling <= 1:
        said = f"a ceiling of {decimal_text(ceiling)} is not a part of the cost"
        raise Problem(said, where=WHERE, fix="Give a part above 0 and up to 1, such as 0.22.")
    total = sum(scale.values(), Fraction(0))
    if total != 1 or any(share < 0 for share in scale.values()):
        said = f"the shares of the scale add up to {decimal_text(total, 6)}"
        fix = "They must be nought or more and add up to 1 exactly: divide each by their sum."
        raise Problem(said, where=WHERE, fix=fix)


def _check_people(
    people: Mapping[str, int | Fraction],
    unit_costs: Mapping[str, UnitCost],
    scale: Mapping[str, Fraction],
) -> None:
    for state, number in sorted(people.items()):
        if not isinstance(number, int | Fraction) or number < 0:
            raise Problem(f"{number} is no number of people", where=f"{WHERE}, {state}")
        if state not in scale:
            fix = f"Only states of the scale are assessed. {closest(state, scale)}"
            raise Problem(f"{state} is not in the scale", where=WHERE, fix=fix)
        if number and state not in unit_costs:
            fix = f"Give it, or estimate it. {closest(state, unit_costs)}"
            raise Problem(f"no unit cost for {state}, which hosts", where=WHERE, fix=fix)


def _in_account(given: Money | Amount, currency: str, on: date | None) -> Money:
    common = given if isinstance(given, Money) else money_of(given, currency, on)
    if common.currency != currency:
        said = f"common costs in {common.currency} where the account is kept in {currency}"
        raise MoneyProblem(said, where=WHERE, fix="Convert them with Rates first.")
    if common.amount < 0:
        raise MoneyProblem(f"common costs of {common} are below zero", where=WHERE)
    return nearest(common.exact, currency, on)


def _hosting(state: str, people: Fraction, given: UnitCost, account: Money) -> _Hosting:
    """What hosting costs a state, in the currency and prices of the account."""
    currency, on = account.currency, account.on
    each = host_cost(given, currency, on)
    return _Hosting(
        state=state,
        people=people,
        each=each,
        recurrent=nearest(each.recurrent.exact * people, currency, on),
        capital=nearest(each.capital.exact * people, currency, on),
    )
