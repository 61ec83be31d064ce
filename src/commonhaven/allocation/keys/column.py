"""Exact numbers for many states at once: whole numbers over one common denominator.

A `Fraction` a state reduces to lowest terms at every step; a column does so once, at the end. That
makes a key for 200 states a matter of a millisecond and changes no digit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm


@dataclass(frozen=True, slots=True)
class Column:
    """Numbers in a fixed order of states: ``values[i] / over``."""

    values: tuple[int, ...]
    over: int = 1

    def __add__(self, other: "Column") -> "Column":
        over = lcm(self.over, other.over)
        mine, theirs = over // self.over, over // other.over
        pairs = zip(self.values, other.values, strict=True)
        return Column(tuple([a * mine + b * theirs for a, b in pairs]), over)

    def __mul__(self, other: "Column") -> "Column":
        pairs = zip(self.values, other.values, strict=True)
        return Column(tuple([a * b for a, b in pairs]), self.over * other.over)

    def __truediv__(self, other: "Column") -> "Column":
        """State by state; the other column holds no zero."""
        return self * other.inverse()

    def times(self, factor: Fraction) -> "Column":
        part = factor.numerator
        return Column(tuple([a * part for a in self.values]), self.over * factor.denominator)

    def plus(self, constant: Fraction) -> "Column":
        return self + Column((constant.numerator,) * len(self.values), constant.denominator)

    def inverse(self) -> "Column":
        """One divided by each number; the column holds no zero."""
        whole = lcm(*self.values)
        return Column(tuple([whole // a * self.over for a in self.values]), whole)

    def least(self, other: "Column") -> "Column":
        """State by state the smaller of the two."""
        over = lcm(self.over, other.over)
        mine, theirs = over // self.over, over // other.over
        pairs = zip(self.values, other.values, strict=True)
        return Column(tuple([min(a * mine, b * theirs) for a, b in pairs]), over)

    def clipped(self, low: Fraction, high: Fraction | None = None) -> "Column":
        """No number below ``low`` or above ``high``."""
        size = len(self.values)
        floor = Column((-low.numerator,) * size, low.denominator)
        raised = self.times(Fraction(-1)).least(floor).times(Fraction(-1))
        if high is None:
            return raised
        return raised.least(Column((high.numerator,) * size, high.denominator))

    def parts(self) -> "Column":
        """Each number as a part of their sum, which is not zero."""
        return Column(self.values, sum(self.values))

    def total(self) -> Fraction:
        return Fraction(sum(self.values), self.over)

    def fractions(self) -> tuple[Fraction, ...]:
        """The numbers one by one, in lowest terms."""
        common = gcd(self.over, *self.values)
        over = self.over // common
        return tuple([Fraction(a // common, over) for a in self.values])


def column(numbers: Iterable[Fraction]) -> Column:
    """The column of these numbers."""
    listed = tuple(numbers)
    over = lcm(*[number.denominator for number in listed])
    return Column(tuple([n.numerator * (over // n.denominator) for n in listed]), over)
