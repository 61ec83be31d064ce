"""A sentence in English that remembers its template and its values.

It is the English text, wherever text is wanted; who speaks another language (the platform) takes
the template and the values and says the same there. See docs/decisions/0029.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Self

from commonhaven.reading import decimal_text


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the way in which it is written; see `reading.decimal_text`."""

    value: int | Decimal | Fraction
    places: int | None = None
    grouped: bool = False

    def __str__(self) -> str:
        text = decimal_text(Fraction(self.value), self.places)
        if not self.grouped or "/" in text:
            return text
        whole, point, rest = text.partition(".")
        sign = "-" if whole.startswith("-") else ""
        return f"{sign}{int(whole.lstrip('-')):,}{point}{rest}"


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money: USD 1,234.50; whole amounts without cents."""

    value: Decimal | Fraction
    currency: str

    def __str__(self) -> str:
        return f"{self.currency} {self.digits}"

    @property
    def digits(self) -> str:
        value = self.value
        if isinstance(value, Fraction):
            value = Decimal(value.numerator) / Decimal(value.denominator)
        return f"{value:,.2f}".removesuffix(".00")


@dataclass(frozen=True, slots=True)
class Party:
    """A state by its code, or any other party; ``english`` is how the English text calls it."""

    code: str
    english: str = ""

    def __str__(self) -> str:
        return self.english or self.code


@dataclass(frozen=True, slots=True)
class Parts:
    """Several texts, one after the other; in a list with commas, or sentences with spaces."""

    parts: "tuple[Value, ...]"
    between: str = ", "

    def __str__(self) -> str:
        return self.between.join(str(part) for part in self.parts)


PLACE = re.compile(r"\{(\w+)\}")
Value = str | int | date | Number | Amount | Party | Parts
"""What a template is filled with; a text may be a ``Said`` itself."""
NONE: Mapping[str, Value] = MappingProxyType({})


def filled(template: str, values: Mapping[str, object]) -> str:
    """The template with a text for each {name}; of a name that is not known nothing is left."""
    return PLACE.sub(lambda found: str(values.get(found[1], "")), template)


class Said(str):
    """An English text with the template and values that it was made of.

    ``many``: the template for any number but one, with ``number`` deciding; empty where the
    sentence does not depend on a number.

    >>> people = several("{number} person", "{number} people", number=Number(1200, grouped=True))
    >>> text = say("{state} protects {people}.", state=Party("GHA", "Ghana"), people=people)
    >>> text, text.template
    ('Ghana protects 1,200 people.', '{state} protects {people}.')
    """

    __slots__ = ("many", "template", "values")
    template: str
    many: str
    values: Mapping[str, Value]

    def __new__(cls, template: str, values: Mapping[str, Value] = NONE, many: str = "") -> Self:
        chosen = many if many and _count(values["number"]) != 1 else template
        new = super().__new__(cls, filled(chosen, values) if values else chosen)
        new.template, new.many, new.values = template, many, values
        return new

    def __reduce__(self) -> tuple[type["Said"], tuple[object, ...]]:
        return (Said, (self.template, dict(self.values), self.many))

    @property
    def number(self) -> int:
        """The number that decides between one and many."""
        return _count(self.values["number"])


def _count(number: Value) -> int:
    return int(number.value) if isinstance(number, Number) else int(str(number))


def say(template: str, /, **values: Value) -> Said:
    """The template filled in; templates written as literals are collected for translation."""
    return Said(template, MappingProxyType(values))


def several(one: str, many: str, /, **values: Value) -> Said:
    """One of two templates, by the value ``number``."""
    return Said(one, MappingProxyType(values), many)


def parties(codes: Iterable[str]) -> Parts:
    """States by their codes, in a list; in another language by their names."""
    return Parts(tuple(Party(code) for code in codes))


def renamed(value: Value, code: str, text: str) -> Value:
    """The same with ``text`` in the place of a party."""
    if isinstance(value, Party):
        return text if value.code == code else value
    if isinstance(value, Parts):
        return Parts(tuple(renamed(part, code, text) for part in value.parts), value.between)
    if isinstance(value, Said) and value.values:
        changed = {key: renamed(each, code, text) for key, each in value.values.items()}
        return Said(value.template, changed, value.many)
    return value


def together(parts: Iterable[Value], between: str = " ") -> Said:
    """Texts one after the other; each is told for itself in another language."""
    return Said("{parts}", MappingProxyType({"parts": Parts(tuple(parts), between)}))
