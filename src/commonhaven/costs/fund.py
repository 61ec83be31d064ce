"""The standing fund: how much it should hold, what is called for, what may be released at once.

Hathaway and Neve 1997, 209: a fund set up in non-crisis times, kept as close as possible to a
desired level of preparedness. The arithmetic is our proposal (instrument standing-fund).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import ceil, floor

from commonhaven.costs.money import (
    Money,
    Split,
    from_minor_units,
    minor_units,
    money,
    nearest,
    split,
)
from commonhaven.instruments import entry
from commonhaven.reading import Problem, decimal_text, months_after, whole

ID = "standing-fund"

Claims = Mapping[int, Mapping[str, Money]]
"""Year → claim → amount; a year without claims is there and empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """How much the fund should hold: ``aim`` by quantile or mean, never below ``floor``.

    ``yearly``: year → all claims of it. ``floor``: the largest single claim of those years.
    """

    amount: Money
    aim: Money
    floor: Money
    yearly: Mapping[int, Money]
    method: str


def quantile(values: Sequence[Fraction], part: Fraction) -> Fraction:
    """The least value that at least ``part`` of all values do not exceed; no interpolation.

    Of ten values and 0.9 it is the ninth from below.

    >>> quantile([Fraction(n) for n in range(1, 11)], Fraction(9, 10))
    Fraction(9, 1)
    """
    if not values or not 0 <= part <= 1:
        said = f"no quantile {decimal_text(part)} of {len(values)} values"
        raise Problem(said, fix="Give values, and a part from 0 to 1.")
    return sorted(values)[max(0, ceil(part * len(values)) - 1)]


def quantile_target(claims: Claims, *, last: int, currency: str, part: Fraction) -> Target:
    """The quantile ``part`` of the yearly claims of the ten years that end with ``last``."""
    yearly, least = _looked_back(claims, last, currency)
    aim = quantile([amount.exact for amount in yearly.values()], part)
    return _target(money(aim, currency), least, yearly, f"quantile {decimal_text(part)}")


def mean_target(claims: Claims, *, last: int, currency: str, multiple: Fraction) -> Target:
    """The mean of the yearly claims of the ten years that end with ``last``, times a multiple."""
    yearly, least = _looked_back(claims, last, currency)
    mean = sum((amount.exact for amount in yearly.values()), Fraction(0)) / len(yearly)
    aim = nearest(mean * multiple, currency)
    return _target(aim, least, yearly, f"{decimal_text(multiple)} × mean")


def _looked_back(claims: Claims, last: int, currency: str) -> tuple[dict[int, Money], Money]:
    years = whole(entry(ID, "years").value)
    wanted = range(last - years + 1, last + 1)
    if missing := [str(year) for year in wanted if year not in claims]:
        fix = "Give every year; one without claims is there and empty."
        raise Problem(f"no claims stated for {', '.join(missing)}", where="fund", fix=fix)
    none = money(0, currency)
    yearly = {year: sum(claims[year].values(), none) for year in wanted}
    single = [amount for year in wanted for amount in claims[year].values()]
    if any(amount.amount < 0 for amount in single):
        raise Problem("a claim is below zero", where="fund", fix="Give amounts of 0 or more.")
    return yearly, max((none, *single), key=lambda amount: amount.amount)


def _target(aim: Money, least: Money, yearly: Mapping[int, Money], method: str) -> Target:
    amount = max(aim, least, key=lambda money: money.amount)
    return Target(amount=amount, aim=aim, floor=least, yearly=yearly, method=method)


def replenishment(*, target: Money, forecast: Money, balance: Money, pledged: Money) -> Money:
    """What the period's contributions must bring: target + forecast outlay - balance - pledges.

    ``pledged``: pledges carried over and still due. Never below zero.
    """
    needed = target + forecast - balance - pledged
    return needed if needed.amount > 0 else money(0, target.currency)


def contributions(
    needed: Money, weights: Mapping[str, Fraction], order: Sequence[str] = ()
) -> Split:
    """Each state's contribution, by scale share × (1 - relief), to the cent.

    ``weights``: state → κ(1 - ρ), of any sum. Raises Problem where they are all zero.
    """
    total = sum(weights.values(), Fraction(0))
    if total <= 0 or any(weight < 0 for weight in weights.values()):
        said = "no state has any weight to contribute by"
        raise Problem(said, where="fund", fix="Give scale share × (1 - relief) for every member.")
    return split(needed, {state: weight / total for state, weight in weights.items()}, order)


def tranches(contribution: Money) -> tuple[Money, Money]:
    """The two calls for a contribution: 60 % to the nearest minor unit, then the rest."""
    part = entry(ID, "first_tranche").number
    first = nearest(contribution.exact * part, contribution.currency, contribution.on)
    return first, contribution - first


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call for money: how much, due when, and what of it was received."""

    due: date
    amount: Money
    received: Money

    @property
    def open(self) -> Money:
        """What is still to come; zero where it was paid in full or more."""
        left = self.amount - self.received
        return left if left.amount > 0 else money(0, left.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrears:
    """What a member owes past its due day, since when, and what it loses by it.

    ``suspended``: it may not convene on matters other than protection. The right to call a meeting
    on an influx is never suspended.
    """

    amount: Money
    since: date | None
    suspended: bool


def arrears(calls: Iterable[Call], *, on: date, currency: str) -> Arrears:
    """Open amounts past due on a day; twelve months after the oldest due day, suspension follows.

    An amount is past due from the day after its due day.
    """
    late = sorted((c for c in calls if c.due < on and c.open.amount), key=lambda call: call.due)
    owed = sum((call.open for call in late), money(0, currency))
    if not late:
        return Arrears(amount=owed, since=None, suspended=False)
    limit = months_after(late[0].due, whole(entry(ID, "arrears_months").value))
    return Arrears(amount=owed, since=late[0].due, suspended=on > limit)


def releasable(balance: Money, part: Fraction) -> Money:
    """The most that the secretariat may release alone: a part of the fund, rounded down."""
    if not 0 <= part <= 1 or balance.amount < 0:
        said = f"a part of {decimal_text(part)} of {balance} cannot be released"
        raise Problem(said, where="fund", fix="Give a part from 0 to 1 of what is there.")
    units = balance.exact * minor_units(balance.currency) * part
    return from_minor_units(floor(units), balance.currency, balance.on)


def release(*, asked: Money, balance: Money, part: Fraction) -> tuple[Money, Money]:
    """What goes to the host at once, and what of its request is left to the meeting."""
    most = releasable(balance, part)
    if asked.amount < 0:
        raise Problem(f"a request for {asked} is below zero", where="fund", fix="Ask for more.")
    beyond = asked - most
    if beyond.amount <= 0:
        return asked, money(0, asked.currency)
    return most, beyond


def release_due(convened: datetime) -> datetime:
    """The hour by which the emergency release is made: 48 hours after the convening."""
    return convened + timedelta(hours=whole(entry(ID, "release_hours").value))
