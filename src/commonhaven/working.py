"""The working behind a number: what was computed, from what, by which formula and article."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One number of a result and how it came about.

    ``id`` is a path of words joined by dots, such as ``key.eu-2015.DEU.population-effect``; ids are
    unique within one result. ``uses`` names what went in: ids of other lines, or
    ``figure:DEU/population``, or ``parameter:eu-2015/cap``. ``cite`` is the article or source of
    the formula.
    """

    id: str
    value: Fraction | Decimal | int | str
    what: str
    unit: str = ""
    formula: str = ""
    cite: str = ""
    uses: tuple[str, ...] = ()
