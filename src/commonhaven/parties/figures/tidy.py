"""Figures of one's own: CSV with state, indicator, period, value, unit, source, retrieved."""

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path

from commonhaven.parties.figures.catalogue import find
from commonhaven.parties.figures.observed import (
    Column,
    Haul,
    check_name,
    merged,
    plausible,
    sha256,
)
from commonhaven.reading import Problem, Row, read_table

COLUMNS = ("state", "indicator", "period", "value", "unit", "source", "retrieved")
SOURCE = "own-files"
STATE = re.compile(r"[A-Z]{3}")


def read_files(paths: Iterable[Path]) -> Haul:
    """Tidy CSV files, one value a row; a blank value is missing.

    Raises Problem, naming file, row and column, for an unknown form, a value outside the plausible
    bounds, and two values of one indicator that differ in unit, source or day.
    """
    columns: list[Column] = []
    read: dict[str, str] = {}
    for path in sorted(paths):
        columns += _columns(path)
        read[path.name] = sha256(path.read_bytes())
    return Haul(source=SOURCE, columns=merged(columns), read=read)


def _columns(path: Path) -> Iterable[Column]:
    held: dict[str, tuple[tuple[str, str, date], dict[tuple[str, int], Fraction]]] = {}
    for row in read_table(path, name=path.name, required=COLUMNS):
        name = check_name(row.text("indicator"), row.where("indicator"))
        about = (_unit(row, name), row.text("source"), _day(row))
        known, values = held.setdefault(name, (about, {}))
        if about != known:
            raise Problem(
                f"{name} has {_words(about)} here and {_words(known)} above",
                where=row.where("unit"),
                fix="Give one indicator one unit, source and day; put the rest in another file.",
            )
        if not row.blank("value"):
            _put(values, row, name)
    return [
        Column(indicator=name, unit=unit, source=source, retrieved=retrieved, values=values)
        for name, ((unit, source, retrieved), values) in sorted(held.items())
    ]


def _put(values: dict[tuple[str, int], Fraction], row: Row, name: str) -> None:
    state = row.text("state")
    if not STATE.fullmatch(state):
        fix = "Write the three letters of ISO 3166-1, such as LBR."
        raise Problem(f'"{state}" is not a code of a state', where=row.where("state"), fix=fix)
    key = (state, row.whole("period", low=0, high=2200))
    if key in values:
        raise Problem(f"a second value of {name} for {state} {key[1]}", where=row.where("value"))
    values[key] = plausible(name, row.exact("value"), row.where("value"))


def _unit(row: Row, name: str) -> str:
    unit, about = row.text("unit"), find(name)
    if about is not None and unit != about.unit:
        raise Problem(
            f'{name} is in "{about.unit}", not "{unit}"',
            where=row.where("unit"),
            fix="Convert the values, or give the indicator another name.",
        )
    return unit


def _day(row: Row) -> date:
    try:
        return date.fromisoformat(row.text("retrieved"))
    except ValueError:
        raise Problem(
            f'"{row.text("retrieved")}" is not a date',
            where=row.where("retrieved"),
            fix="Write 2026-01-31.",
        ) from None


def _words(about: tuple[str, str, date]) -> str:
    return f"{about[0]} from {about[1]}, {about[2]}"
