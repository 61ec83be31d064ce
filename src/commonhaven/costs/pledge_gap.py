"""The gap between what was pledged and what came: per donor and per conference.

Hathaway and Neve 1997, 208: at ICARA many donors did not follow through, and protection suffered.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from commonhaven.costs.money import Money, money
from commonhaven.reading import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """A donor's pledge at a conference; ``paid``: what the receiver confirmed."""

    donor: str
    conference: str
    pledged: Money
    paid: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What was pledged and paid in all, and the gap: 1 - paid / pledged.

    ``part`` is None where nothing was pledged, and below zero where more came than was pledged.
    ``open``: pledges short of payment, donor by donor; who pays more does not cover for others.
    """

    name: str
    pledged: Money
    paid: Money
    open: Money
    part: Fraction | None


def by_donor(pledges: Iterable[Pledge]) -> dict[str, Gap]:
    """The gap of each donor over all conferences; Problem where its currencies differ."""
    return _gaps(pledges, lambda pledge: pledge.donor)


def by_conference(pledges: Iterable[Pledge]) -> dict[str, Gap]:
    """The gap of each conference over all donors; Problem where its currencies differ."""
    return _gaps(pledges, lambda pledge: pledge.conference)


def _gaps(pledges: Iterable[Pledge], name: Callable[[Pledge], str]) -> dict[str, Gap]:
    grouped: dict[str, list[Pledge]] = {}
    for pledge in pledges:
        if pledge.pledged.amount < 0 or pledge.paid.amount < 0:
            where = f"{pledge.donor} at {pledge.conference}"
            raise Problem("a pledge or payment is below zero", where=where, fix="Give 0 or more.")
        grouped.setdefault(name(pledge), []).append(pledge)
    return {key: _gap(key, grouped[key]) for key in sorted(grouped)}


def _gap(name: str, pledges: list[Pledge]) -> Gap:
    none = money(0, pledges[0].pledged.currency)
    pledged = sum((pledge.pledged for pledge in pledges), none)
    paid = sum((pledge.paid for pledge in pledges), none)
    short = [left for pledge in pledges if (left := pledge.pledged - pledge.paid).amount > 0]
    part = 1 - paid.exact / pledged.exact if pledged.amount else None
    return Gap(name=name, pledged=pledged, paid=paid, open=sum(short, none), part=part)
