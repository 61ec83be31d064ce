"""Instruments from their TOML files; a number is asked for on a date."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Literal

from commonhaven.reading import (
    Problem,
    build,
    closest,
    described,
    exact,
    load_toml,
    package_files,
)

Standing = Literal["sourced", "reported", "our proposal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One number or choice laid down by an instrument, from a date on.

    Several entries may share an ``id`` with different ``since``: the text was amended.
    """

    id: str = described("Name of the number, such as cap", pattern=r"[a-z0-9_]+")
    value: str = described('The number as text ("0.30") or a choice ("sum")')
    what: str = described("What it is, in a sentence")
    unit: str = described("Its unit, such as percent or persons", default="")
    since: date | None = described("First day on which it applies; absent: always", default=None)
    article: str = described("Article, paragraph, page or equation", default="")
    source: str = described("Where it was read", default="")
    standing: Standing = described("Read in the text, reported by others, or our own proposal")
    note: str = described("What a careful reader should know", default="")

    @property
    def number(self) -> Fraction:
        """The value as an exact number; Problem where it is not one."""
        return exact(self.value, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A text of law or practice whose numbers we hold as dated data."""

    id: str = described("Short name, such as eu-2015", pattern=r"[a-z0-9-]+")
    title: str = described("Full title")
    kind: Literal["law", "proposal", "practice", "scholarship", "our proposal"] = described(
        "What kind of text it is"
    )
    adopted: date | None = described("Day of adoption or publication", default=None)
    source: str = described("Where the text is published")
    entries: tuple[Entry, ...] = described("Its numbers")
    note: str = described("What a careful reader should know", default="")

    def on(self, name: str, day: date | None = None) -> Entry:
        """The entry ``name`` in force on ``day`` (the latest where no day is given).

        Raises Problem where the instrument has no such number, or none yet on that day.
        """
        dated = [entry for entry in self.entries if entry.id == name]
        if not dated:
            names = {entry.id for entry in self.entries}
            raise Problem(f"{self.id} has no number {name}", fix=closest(name, names))
        in_force = [e for e in dated if day is None or e.since is None or e.since <= day]
        if not in_force:
            first = min(e.since for e in dated if e.since)
            fix = f"The first applies from {first}."
            raise Problem(f"{self.id} had no number {name} on {day}", fix=fix)
        return max(in_force, key=lambda e: e.since or date.min)


@cache
def instruments() -> dict[str, Instrument]:
    """Every instrument that ships, by id."""
    return {name: instrument(name) for name in package_files("commonhaven.instruments", ".toml")}


@cache
def instrument(name: str) -> Instrument:
    """One instrument by id, or ``package:id`` for one that another package brings as id.toml.

    Raises Problem where there is none of that name.
    """
    package, _, own = name.rpartition(":")
    try:
        shipped = package_files(package or "commonhaven.instruments", ".toml")
    except ModuleNotFoundError:
        fix = "Install it, or check the rule's parameters."
        raise Problem(f"no package {package} with the instrument {own}", fix=fix) from None
    if own not in shipped:
        raise Problem(f"no instrument {name}", fix=closest(own, shipped) or "It holds none.")
    table = load_toml(shipped[own], f"{own}.toml")
    return build(Instrument, table, f"{own}.toml")


def entry(name: str, number: str, day: date | None = None) -> Entry:
    """A number of an instrument on a day: ``entry("eu-2015", "cap")``."""
    return instrument(name).on(number, day)
