"""Situations from their files, checked before anyone computes with them."""

from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from commonhaven.reading import Problem, build, load_named, package_files, schema
from commonhaven.reading.canonical import Plain
from commonhaven.reading.finding import Finding, error
from commonhaven.situations.check import check, first_error
from commonhaven.situations.model import Situation


@cache
def _files() -> dict[str, Traversable]:
    return package_files("commonhaven.situations.crises", ".toml")


def shipped() -> dict[str, Traversable]:
    """The situations that ship: name → file, in alphabetical order."""
    return dict(_files())


def load(name_or_path: str | Path) -> Situation:
    """A situation by the name of one that ships, or from a TOML file.

    A name that ships goes before a file of the same name. Raises Problem, naming the nearest
    names, where there is neither, and for the first error in the file.
    """
    return read(*load_named(str(name_or_path), _files(), "situation"))


def read(table: object, where: str) -> Situation:
    """A situation from plain values as TOML or JSON give them; ``where`` names the file.

    Raises Problem for the first error, in the file's form or in what it says.
    """
    situation = build(Situation, table, where)
    if wrong := first_error(situation):
        raise wrong.problem().within(where)
    return situation


def findings(table: object, where: str, *, today: date | None = None) -> tuple[Finding, ...]:
    """Everything to mend or to weigh in plain values; ``where`` names the file.

    Where the form is wrong, that is the only finding: nothing else can be judged.
    """
    try:
        situation = build(Situation, table, where)
    except Problem as wrong:
        return (error(wrong.what, wrong.where, wrong.fix),)
    return tuple(
        replace(found, where=f"{where}, {found.where}") for found in check(situation, today=today)
    )


def json_schema() -> dict[str, Plain]:
    """The JSON Schema (2020-12) of a situation file, as values that TOML or JSON give."""
    return schema(Situation, title="Commonhaven situation")
