"""How much of what: an exact number with its unit, of money, people, places or anything else."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from commonhaven.costs.money import currencies, minor_units
from commonhaven.reading import Problem, decimal_text, exact

WHOLE = frozenset({"people", "places", "households", "measures", "items"})
"""Units of which there is no half."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """So much of one unit: an ISO 4217 code for money, else a word such as people or tonnes.

    Raises Problem for a number below nought, half a person, or a part of a cent.
    """

    value: Fraction
    unit: str

    def __post_init__(self) -> None:
        if not self.unit.strip():
            raise Problem("a quantity has no unit", fix='Say of what: "people", "USD", "tonnes".')
        if self.value.numerator < 0:
            raise self._wrong("a quantity is below nought", "Give 0 or more.")
        if self.smallest % self.value.denominator:
            fix = "Give whole numbers, or for money at most the digits of its minor unit."
            raise self._wrong(f"{self.unit} cannot be divided so far", fix)

    def _wrong(self, what: str, fix: str) -> Problem:
        return Problem(what, where=f"{decimal_text(self.value, 6)} {self.unit}", fix=fix)

    @property
    def money(self) -> bool:
        """Whether the unit is a currency in use."""
        return self.unit in currencies()

    @property
    def smallest(self) -> int:
        """Smallest parts in one unit: 100 for USD, 1 for people, 1,000 for what is measured."""
        if self.money:
            return minor_units(self.unit)
        return 1 if self.unit in WHOLE else 1000

    def __add__(self, other: "Quantity") -> "Quantity":
        return Quantity(value=self.value + self._same(other).value, unit=self.unit)

    def __sub__(self, other: "Quantity") -> "Quantity":
        return Quantity(value=self.value - self._same(other).value, unit=self.unit)

    def __bool__(self) -> bool:
        return bool(self.value)

    def __le__(self, other: "Quantity") -> bool:
        return self.value <= self._same(other).value

    def __lt__(self, other: "Quantity") -> bool:
        return self.value < self._same(other).value

    def __str__(self) -> str:
        digits = len(str(self.smallest)) - 1
        whole, _, part = decimal_text(self.value, digits).partition(".")
        part = part if self.money else part.rstrip("0")
        return f"{int(whole):,}{'.' + part if part else ''} {self.unit}"

    def _same(self, other: "Quantity") -> "Quantity":
        if self.unit != other.unit:
            raise Problem(
                f"{self.unit} and {other.unit} do not add up",
                fix="Convert one of them first, at a dated rate.",
            )
        return other


def quantity(value: object, unit: str) -> Quantity:
    """A quantity from an exact number: ``quantity("12.50", "USD")``.

    >>> str(quantity(21000, "people"))
    '21,000 people'
    """
    return Quantity(value=exact(value, unit), unit=unit)


def nothing(unit: str) -> Quantity:
    """None of a unit."""
    return Quantity(value=Fraction(0), unit=unit)


def total(quantities: Iterable[Quantity], unit: str) -> Quantity:
    """The sum of quantities of one unit; Problem where one is of another."""
    return sum(quantities, nothing(unit))
