"""What a pull read before it becomes an edition: values with unit, source and day."""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

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


def records(
    path: Path, header: Sequence[str], read: dict[str, str]
) -> Iterator[tuple[dict[str, str], str]]:
    """The rows of a publisher's CSV file below the first row that holds all of ``header``.

    Yields the cells by column and the place; notes the hash of the file in ``read``. Raises Problem
    where there is no such header, a row is too short, or the file is not text.
    """
    raw = path.read_bytes()
    read[path.name] = sha256(raw)
    columns: list[str] = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(raw.decode("utf-8-sig"))), 1):
            where = f"{path.name}, row {number}"
            if not columns:
                columns = row if set(header) <= set(row) else []
            elif row and len(row) < len([name for name in columns if name]):
                raise Problem(f"{len(row)} cells under {len(columns)} columns", where=where)
            elif row:
                yield dict(zip(columns, row, strict=False)), where
    except (UnicodeDecodeError, csv.Error) as error:
        fix = "Download the file again and leave it as it is."
        raise Problem(f"the file cannot be read ({error})", where=path.name, fix=fix) from None
    if not columns:
        raise Problem(
            f"no row has the columns {', '.join(header)}",
            where=path.name,
            fix="Download the file again, with ISO codes shown, and leave it as it is.",
        )


def mappings(items: object, where: str) -> list[Mapping[str, Any]]:
    """The items of an answer; Problem where they are no list of tables."""
    if isinstance(items, list) and all(isinstance(item, Mapping) for item in items):
        return items
    raise Problem("the items of the answer have another form than expected", where=where)


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
