"""An assessment as a value: what every state bears, and whether the cost is covered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from commonhaven.costs.hosting import Basis
from commonhaven.costs.money import Money, Tie
from commonhaven.working import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """What one state bears for a year.

    ``unit_cost``: for one person, recurrent and capital together. ``cost``: what hosting costs it,
    recurrent + capital. ``hosting_ratio``: None where it hosts without any share of the scale.
    ``gross``: its assessment; ``net``: gross less cost, below zero where it receives.
    """

    state: str
    people: Fraction
    unit_cost: Decimal
    basis: Basis
    recurrent: Money
    capital: Money
    cost: Money
    scale: Fraction
    hosting_ratio: Fraction | None
    relief: Fraction
    gross: Money
    net: Money
    at_ceiling: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Who pays what: net assessments and shortfall add up to the common costs exactly.

    ``total``: hosting and common costs. ``shortfall``: the part of the total that nobody may be
    asked for, since every payer is at the ceiling; zero otherwise. It is a call on the standing
    fund and on situation-specific contributors.
    """

    currency: str
    on: date | None
    full_at: Fraction
    ceiling: Fraction
    total: Money
    common_costs: Money
    shortfall: Money
    states: Mapping[str, Bearing]
    tie: Tie | None = None
    notes: tuple[str, ...] = ()
    working: tuple[Line, ...] = field(default=())
