"""What a pull read before it becomes an edition: values with unit, source and day."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from commonhaven.parties.figures.catalogue import find
from commonhaven.parties.figures.shipped import covered
from commonhaven.reading import Problem, decimal_text

NAME = re.compile(r"[a-z][a-z0-9_]*(/[\w' -]+)?")
KNOWN = ("population", "un_scale_percent", "refugees_hosted", "distance_km")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One indicator as read: its values by state and period, with unit, source and day."""

    indicator: str
    unit: str
    source: str
    publisher: str = ""
    licence: str = "not stated"
    retrieved: date
    note: str = ""
    values: Mapping[tuple[str, int], Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Haul:
    """Everything one pull read: its columns, the hash of each answer or file, what was left out."""

    source: str
    columns: tuple[Column, ...]
    read: Mapping[str, str]
    """Address or file name → SHA-256 of the bytes."""
    skipped: Mapping[str, str] = field(default_factory=dict)
    """Code or state → why its values were left out."""


def sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def known_states() -> frozenset[str]:
    """The codes of states and territories; the publishers' aggregates are not among them."""
    return frozenset().union(*(covered(name) for name in KNOWN))


def kept(indicator: str, value: Fraction) -> Fraction:
    """The value to the decimal places that the indicator keeps, half to even."""
    about = find(indicator)
    if about is None or about.places is None:
        return value
    return Fraction(round(value * 10**about.places), 10**about.places)


def plausible(indicator: str, value: Fraction, where: str) -> Fraction:
    """The value itself; Problem where it lies outside the indicator's plausible bounds."""
    about = find(indicator)
    low, high = (about.low, about.high) if about else (None, None)
    if (low is not None and value < low) or (high is not None and value > high):
        raise Problem(
            f"{decimal_text(value, 6)} cannot be {indicator}: plausible is "
            f"{_shown(low)} to {_shown(high)}",
            where=where,
            fix="Check the unit and the column.",
        )
    return value


def _shown(bound: Fraction | None) -> str:
    return "any" if bound is None else decimal_text(bound)


def check_name(indicator: str, where: str) -> str:
    """The name itself; Problem where it cannot be an indicator's."""
    if NAME.fullmatch(indicator):
        return indicator
    raise Problem(
        f'"{indicator}" cannot be the name of an indicator',
        where=where,
        fix="Use small letters, digits and _, such as tax_revenue or distance_km/LBR.",
    )


def merged(columns: Iterable[Column]) -> tuple[Column, ...]:
    """The columns by indicator; Problem where two of them hold the same indicator."""
    held: dict[str, Column] = {}
    for column in columns:
        if column.indicator in held:
            raise Problem(
                f"two files hold {column.indicator}", fix="Leave one of them in the folder."
            )
        held[column.indicator] = column
    return tuple(held[name] for name in sorted(held))
