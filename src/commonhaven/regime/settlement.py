"""Offers of money beyond a share: they lower what the others pay, and never move a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from commonhaven.costs import Tie, money, split
from commonhaven.costs.money import EXACT
from commonhaven.reading import Problem
from commonhaven.regime.moves import Move
from commonhaven.regime.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What one state pays a year, below zero where it receives.

    ``net``: by the plan; ``offered``: beyond it; ``relieved``: taken off by the offers of others;
    ``pays``: net + offered - relieved.
    """

    net: Decimal
    offered: Decimal
    relieved: Decimal
    pays: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Where the money offered goes: offered = gap + relieved + to_fund, to the cent.

    ``gap``: the part that covers costs which no state may be asked for. ``to_fund``: what is left
    when nobody else pays anything.
    """

    states: Mapping[str, Paid]
    offered: Decimal
    gap: Decimal
    relieved: Decimal
    to_fund: Decimal
    tie: Tie | None = None


def settle(plan: Plan, moves: Sequence[Move]) -> Settlement:
    """Let offers of money cover first what nobody pays, then lower what the others pay, pro rata.

    The others are the states that pay and have offered no money themselves. Nobody who receives
    gets less, and nobody's payment falls below zero: the rest goes to the standing fund. Our
    proposal (docs/explanation/offers.md). Raises Problem for an amount in parts of a cent.
    """
    currency = plan.result.currency
    nets = {part.state: part.money.net for part in plan.result.states if part.money is not None}
    given = offers(moves, currency)
    total = sum(given.values(), Decimal(0))
    gap = min(total, uncovered(plan))
    payers = {s: net for s, net in nets.items() if net > 0 and s not in given}
    due = sum(payers.values(), Decimal(0))
    lowered = min(EXACT.subtract(total, gap), due)
    shares = {state: Fraction(net) / Fraction(due) for state, net in payers.items()}
    parts = split(money(Fraction(lowered), currency), shares) if lowered else None
    less = {state: part.amount for state, part in parts.parts.items()} if parts else {}
    states = {
        state: paid(nets.get(state, Decimal(0)), given.get(state), less.get(state))
        for state in sorted({*nets, *given})
    }
    return Settlement(
        states=states,
        offered=total,
        gap=gap,
        relieved=lowered,
        to_fund=EXACT.subtract(EXACT.subtract(total, gap), lowered),
        tie=parts.tie if parts else None,
    )


def paid(net: Decimal, offered: Decimal | None, relieved: Decimal | None) -> Paid:
    more, less = offered or Decimal(0), relieved or Decimal(0)
    return Paid(
        net=net,
        offered=more,
        relieved=less,
        pays=EXACT.subtract(EXACT.add(net, more), less),
    )


def offers(moves: Sequence[Move], currency: str) -> dict[str, Decimal]:
    """State → money offered in all."""
    found: dict[str, Decimal] = {}
    for move in moves:
        if move.kind != "offer money":
            continue
        try:
            amount = money(move.money, currency)
            _ = amount.in_minor_units
        except Problem as problem:
            said = f"the offer is not a whole number of {currency}'s smallest units"
            raise Problem(said, where=move.place, fix=problem.fix) from None
        found[move.state] = EXACT.add(found.get(move.state, Decimal(0)), amount.amount)
    return dict(sorted(found.items()))


def uncovered(plan: Plan) -> Decimal:
    """The cost that no state may be asked for, all payers being at the ceiling."""
    called = next((line.value for line in plan.trace if line.id == "fund.call"), Decimal(0))
    assert isinstance(called, Decimal)  # noqa: S101 - the bill writes it so
    return called
