"""Money: an exact decimal amount in one currency, split so that the parts reconcile to the cent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction
from functools import cache
from math import floor

from commonhaven.allocation.rounding import apportion
from commonhaven.instruments import instrument
from commonhaven.reading import Problem, closest, decimal_text, exact

EXACT = Context(prec=500, traps=[Inexact, InvalidOperation])
MINOR = "minor_units_"

Amount = int | Decimal | Fraction


class MoneyProblem(Problem):
    """An amount that is not exact, not of the right currency, or cannot be divided as asked."""


@cache
def currencies() -> dict[str, int]:
    """ISO 4217 code → digits of its minor unit (2: cents, 0: none, 3: thousandths)."""
    return {
        code: int(entry.id.removeprefix(MINOR))
        for entry in instrument("iso-4217").entries
        if entry.id.startswith(MINOR)
        for code in entry.value.split()
    }


def minor_units(currency: str) -> int:
    """Minor units in one unit of the currency: 100 for USD, 1 for JPY, 1000 for KWD.

    Raises MoneyProblem for a code that is not an active ISO 4217 currency.
    """
    if currency not in currencies():
        fix = closest(currency, currencies())
        raise MoneyProblem(f'"{currency}" is not an ISO 4217 currency in use', fix=fix)
    return int(10 ** currencies()[currency])


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount of one currency; ``on``: the day whose prices it is stated in, where one is known.

    Adding amounts of different days gives an amount without a day. Raises MoneyProblem for a
    float, an unknown currency, or two currencies in one sum.
    """

    amount: Decimal
    currency: str
    on: date | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            said = f"an amount of money is an exact decimal, not {self.amount!r}"
            raise MoneyProblem(said, fix='Write money("12.50", "USD").')
        minor_units(self.currency)

    @property
    def exact(self) -> Fraction:
        """The amount as a Fraction, in units of the currency."""
        return Fraction(self.amount)

    @property
    def in_minor_units(self) -> int:
        """The amount in whole minor units (cents); MoneyProblem where it is not whole."""
        units = self.exact * minor_units(self.currency)
        if units.denominator != 1:
            said = f"{self.amount} {self.currency} is not a whole number of minor units"
            raise MoneyProblem(said, fix="Round it first, with nearest.")
        return units.numerator

    def __add__(self, other: "Money") -> "Money":
        on = self._same(other).on if self.on == other.on else None
        return Money(amount=EXACT.add(self.amount, other.amount), currency=self.currency, on=on)

    def __neg__(self) -> "Money":
        return Money(amount=self.amount.copy_negate(), currency=self.currency, on=self.on)

    def __sub__(self, other: "Money") -> "Money":
        return self + -self._same(other)

    def __mul__(self, factor: int | Decimal) -> "Money":
        if isinstance(factor, bool) or not isinstance(factor, int | Decimal):
            fix = "Multiply by an int or a Decimal; share it with split."
            raise MoneyProblem(f"money times {factor!r} is not exact", fix=fix)
        product = EXACT.multiply(self.amount, Decimal(factor))
        return Money(amount=product, currency=self.currency, on=self.on)

    def __str__(self) -> str:
        return f"{self.amount:,f} {self.currency}"

    def _same(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            said = f"{self.currency} and {other.currency} do not add up"
            raise MoneyProblem(said, fix="Convert one of them with Rates first.")
        return other


def money(value: Amount | str, currency: str, on: date | None = None) -> Money:
    """An amount from an exact number: ``money("12.50", "USD")``.

    Raises MoneyProblem for a number without a finite decimal form, such as 1/3.
    """
    number = exact(value)
    try:
        amount = EXACT.divide(Decimal(number.numerator), Decimal(number.denominator))
    except Inexact:
        said = f"{number} has no finite decimal form"
        raise MoneyProblem(said, fix="Round it first, with nearest.") from None
    return Money(amount=amount, currency=currency, on=on)


def from_minor_units(units: int, currency: str, on: date | None = None) -> Money:
    """The amount of so many minor units, with all digits of the minor unit."""
    amount = Decimal(units).scaleb(-currencies()[currency], context=EXACT)
    return Money(amount=amount, currency=currency, on=on)


def nearest(value: Amount | str, currency: str, on: date | None = None) -> Money:
    """The amount rounded to the nearest minor unit, halves away from zero.

    >>> str(nearest(Fraction(1, 3), "USD")), str(nearest("0.5", "JPY"))
    ('0.33 USD', '1 JPY')
    """
    units = exact(value) * minor_units(currency)
    whole = floor(abs(units) + Fraction(1, 2))
    return from_minor_units(whole if units >= 0 else -whole, currency, on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Parties with an equal claim to the last minor units, and who got them by the order given."""

    parties: tuple[str, ...]
    units: int
    settled_for: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The parts of an amount, which add up to it exactly; a tie, where one was settled."""

    parts: Mapping[str, Money]
    tie: Tie | None = None


def reconcile(
    quotas: Mapping[str, Fraction], order: Sequence[str] = ()
) -> tuple[dict[str, int], Tie | None]:
    """Whole numbers with the same sum as the quotas, by largest remainder.

    Equal remainders are settled by ``order``, then by the alphabet, and reported. Raises
    MoneyProblem where the quotas do not add up to a whole number or one is negative.
    """
    total = sum(quotas.values(), Fraction(0))
    if total.denominator != 1 or any(quota < 0 for quota in quotas.values()):
        said = f"parts that add up to {decimal_text(total, 6)} cannot be made whole"
        raise MoneyProblem(said, fix="Give parts of nought or more with a whole sum.")
    if not total:
        return dict.fromkeys(sorted(quotas), 0), None
    shares = {party: quota / total for party, quota in sorted(quotas.items())}
    result = apportion(shares, total.numerator, order=order)
    ties = [
        Tie(parties=tuple(sorted(tie.states)), units=tie.places, settled_for=tie.settled_for)
        for tie in result.ties
    ]
    return dict(result.people), ties[0] if ties else None


def split(total: Money, shares: Mapping[str, Fraction], order: Sequence[str] = ()) -> Split:
    """Divide an amount by exact shares so that the parts add up to it to the last minor unit.

    Raises MoneyProblem where the shares do not add up to one, or the amount is not whole in
    minor units.
    """
    if sum(shares.values()) != 1:
        said = f"the shares add up to {decimal_text(sum(shares.values(), Fraction(0)), 6)}, not 1"
        raise MoneyProblem(said, fix="Divide each by their sum.")
    units = total.in_minor_units
    whole, tie = reconcile({p: share * abs(units) for p, share in shares.items()}, order)
    sign = 1 if units >= 0 else -1
    parts = {p: from_minor_units(sign * n, total.currency, total.on) for p, n in whole.items()}
    return Split(parts=parts, tie=tie)
