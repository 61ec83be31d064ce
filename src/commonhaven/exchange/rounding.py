"""Amounts rounded to the minor unit of their currency, and an account of what that changed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from commonhaven.costs.money import minor_units
from commonhaven.reading import decimal_text

NONE = Fraction(0)
PLACES = 12
"""As many decimals as an amount in a file can have."""


@dataclass(slots=True, kw_only=True)
class Change:
    """What rounding did to the amounts of one currency."""

    number: int = 0
    most: Fraction = NONE
    apart: Fraction = NONE
    together: Fraction = NONE


@dataclass(slots=True)
class Rounding:
    """Rounds to the nearest minor unit, ties to the even one, and counts what it changes."""

    changes: dict[str, Change] = field(default_factory=dict)

    def nearest(self, value: Decimal, currency: str) -> Fraction:
        """The amount in whole minor units. Problem for a currency that is not in use."""
        exact, smallest = Fraction(value), minor_units(currency)
        found = Fraction(round(exact * smallest), smallest)
        if found != exact:
            change = self.changes.setdefault(currency, Change())
            change.number += 1
            change.most = max(change.most, abs(found - exact))
            change.apart += abs(found - exact)
            change.together += found - exact
        return found

    def told(self) -> Iterator[str]:
        """What was rounded and by how much, a sentence a currency."""
        if not self.changes:
            yield "No amount had to be rounded."
        for currency, change in sorted(self.changes.items()):
            sign = "more" if change.together >= 0 else "less"
            yield (
                f"Amounts in {currency} rounded to the minor unit: {change.number:,}, each by "
                f"at most {_digits(change.most)}, {_digits(change.apart)} in all; their sum is "
                f"{_digits(abs(change.together))} {sign}."
            )


def _digits(number: Fraction) -> str:
    return decimal_text(number, PLACES).rstrip("0").rstrip(".")
