"""Options that several commands share."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from commonhaven.reading import Problem

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


def read_day(text: str | None) -> date | None:
    """The date; Problem where it is not one."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problem(f'"{text}" is not a date', where="--on", fix="Write 2026-01-31.") from None


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
