"""Options that several commands share."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from commonhaven.reading import YEARS, Problem
from commonhaven.reading.model import DAY

Command = Callable[..., Any]


def output_format(function: Command) -> Command:
    return click.option(
        "--format", "form", type=click.Choice(["table", "json", "csv"]), default="table",
        show_default=True, help="How to print.",
    )(function)  # fmt: skip


def on_day(function: Command) -> Command:
    return click.option(
        "--on", "day", metavar="DATE",
        help="Day whose members and rules apply, such as 2026-01-31.",
    )(function)  # fmt: skip


def as_it_stood(what: str) -> Callable[[Command], Command]:
    """The option ``--on`` of what has a state on every day, such as a book or a fund."""
    return click.option(
        "--on", "day", metavar="DATE", help=f"{what} as it stood at the end of that day (UTC)."
    )


def end_of(day: str | None) -> datetime:
    """The end of a day (UTC), now where none is named; Problem where it is no day of use."""
    on = read_day(day)
    if on is None:
        return datetime.now(UTC)
    if on.year not in YEARS:
        said = f"{on} is beyond the calendar"
        raise Problem(said, where="--on", fix="Is there a digit too many, or too few?")
    return datetime(on.year, on.month, on.day, 23, 59, 59, 999999, tzinfo=UTC)


def as_file(function: Command) -> Command:
    return click.option(
        "--format", "form", type=click.Choice(["table", "toml"]), default="table",
        show_default=True, help="How to print: to read, or the file's own text.",
    )(function)  # fmt: skip


def stored(function: Command) -> Command:
    return click.option(
        "--store", metavar="FOLDER",
        help="Figures pulled into FOLDER (see `figures pull`), not those that ship.",
    )(function)  # fmt: skip


def read_store(text: str | None) -> Path | None:
    """The folder of the user's own figures; Problem where its name is empty."""
    if text is not None and not text.strip():
        raise Problem("no folder is named", where="--store", fix="Write --store figures.")
    return None if text is None else Path(text)


def read_day(text: str | None, option: str = "--on") -> date | None:
    """The date; Problem where it is not one."""
    if text is None:
        return None
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Problem(f'"{text}" is not a date', where=option, fix="Write 2026-01-31.")


def read_parameters(pairs: tuple[str, ...]) -> dict[str, str]:
    """NAME=VALUE pairs; Problem where one is not a pair or a name comes twice."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise Problem(f'"{pair}" is not NAME=VALUE', where="--param", fix="Write cap=0.30.")
        if name.strip() in found:
            raise Problem(f"{name.strip()} is given twice", where="--param", fix="Give it once.")
        found[name.strip()] = value.strip()
    return found
