"""Exchange rates with their day and source; a conversion states the rate it used."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from commonhaven.costs.money import Money, MoneyProblem, minor_units, nearest
from commonhaven.working import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One unit of ``base`` was worth ``value`` units of ``quote`` on a day, says ``source``."""

    base: str
    quote: str
    value: Fraction
    on: date
    source: str

    def __post_init__(self) -> None:
        minor_units(self.base)
        minor_units(self.quote)
        where = f"rate {self.base} to {self.quote} of {self.on}"
        if not isinstance(self.value, Fraction) or self.value <= 0:
            said = f"{self.value!r} is no rate"
            raise MoneyProblem(said, where=where, fix="Give an exact number above zero.")
        if self.base == self.quote:
            raise MoneyProblem("a currency has no rate to itself", where=where)
        if not self.source:
            raise MoneyProblem("the rate has no source", where=where, fix="Say who published it.")

    @property
    def inverse(self) -> "Rate":
        """The same rate the other way round."""
        return Rate(
            base=self.quote, quote=self.base, value=1 / self.value, on=self.on, source=self.source
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """An amount in another currency and the rate used; None where it was in that currency."""

    before: Money
    after: Money
    rate: Rate | None

    @property
    def line(self) -> Line:
        """The working of the conversion."""
        if self.rate is None:
            said, cite = "no conversion", ""
        else:
            said = f"× {self.rate.value} {self.rate.quote} for 1 {self.rate.base}, rounded"
            cite = f"{self.rate.source}, {self.rate.on}"
        return Line(
            id=f"conversion.{self.before.currency}.{self.after.currency}",
            value=self.after.amount, unit=self.after.currency, formula=said, cite=cite,
            what=f"{self.before} in {self.after.currency}",
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Rates of several days; the latest on or before the day asked for is used.

    ``valid_days``: how old a rate may be on that day; None for no limit.
    """

    rates: tuple[Rate, ...]
    valid_days: int | None = None

    def find(self, base: str, quote: str, on: date) -> Rate:
        """The rate in force, in either direction; on one day the direct one goes first.

        Raises MoneyProblem where there is none, or it is too old, or two of a day differ.
        """
        both = [
            *(r for r in self.rates if (r.base, r.quote) == (base, quote)),
            *(r.inverse for r in self.rates if (r.base, r.quote) == (quote, base)),
        ]
        known = [rate for rate in both if rate.on <= on]
        where = f"{base} to {quote} on {on}"
        if not known:
            fix = "Give a rate of that day or before, with its source."
            raise MoneyProblem("there is no exchange rate", where=where, fix=fix)
        latest = max(known, key=lambda rate: rate.on)
        direct = [r for r in self.rates if (r.base, r.quote, r.on) == (base, quote, latest.on)]
        if len({rate.value for rate in direct}) > 1:
            said = f"two rates of {latest.on} differ"
            raise MoneyProblem(said, where=where, fix="Keep the one that was agreed.")
        if self.valid_days is not None and (on - latest.on).days > self.valid_days:
            said = f"the latest rate is of {latest.on}, more than {self.valid_days} days before"
            raise MoneyProblem(said, where=where, fix="Give a newer one.")
        return latest

    def convert(self, amount: Money, to: str, on: date) -> Conversion:
        """The amount in currency ``to`` at the rate of the day, to the nearest minor unit.

        An amount already in that currency stays as it is.
        """
        if amount.currency == to:
            return Conversion(before=amount, after=amount, rate=None)
        rate = self.find(amount.currency, to, on)
        return Conversion(
            before=amount, after=nearest(amount.exact * rate.value, to, on), rate=rate
        )
