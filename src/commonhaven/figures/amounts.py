"""Quantities as pictures tell them: money in millions where it is large, all else in full."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from commonhaven.commitments import Quantity
from commonhaven.figures.maps import label_name
from commonhaven.figures.numbers import decimal, millions
from commonhaven.figures.words import say
from commonhaven.parties import name, states

COUNTED = frozenset({"people", "places", "households", "measures", "items"})
"""Units that words.toml names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How numbers of one unit are written in one picture."""

    unit: str
    language: str
    large: bool

    @property
    def called(self) -> str:
        """What the drawing's numbers count: people, USD, million USD."""
        plain = unit_name(self.unit, self.language)
        return say("in-millions", self.language, unit=plain) if self.large else plain

    def drawn(self, amount: Fraction) -> str:
        """As it stands in the drawing and in sentences."""
        return millions(amount, self.language) if self.large else self.full(amount)

    def full(self, amount: Fraction) -> str:
        """As it stands in the table: whole numbers without a part, others with all of it."""
        if Fraction(amount).denominator == 1:
            return decimal(amount, self.language, 0)
        smallest = Quantity(value=Fraction(0), unit=self.unit).smallest
        return decimal(amount, self.language, max(1, len(str(smallest)) - 1))


def measure(unit: str, amounts: Iterable[Fraction], language: str) -> Measure:
    """Money is told in millions where the largest of the amounts has one."""
    most = max(amounts, default=Fraction(0))
    large = most >= 10**6 and Quantity(value=Fraction(0), unit=unit).money
    return Measure(unit=unit, language=language, large=large)


def unit_name(unit: str, language: str) -> str:
    """People, places and the like in words; a currency by its code; any other as it is named."""
    return say(f"unit-{unit}", language) if unit in COUNTED else unit


def party_name(party: str, language: str) -> str:
    """A state's name in the language; any other party as it calls itself."""
    return name(party, language) if party in states() else party


def short_party(party: str, language: str) -> str:
    """The same, short where a state has a shorter name."""
    return label_name(party, language) if party in states() else party
