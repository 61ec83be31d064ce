"""A figure and the indicator that it measures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from commonhaven.reading import described

STATE = r"[A-Z]{3}"
STATIC = 0
"""The period of facts that are not counted by the year, such as distances."""

Layout = Literal["years", "members", "pairs", "lists"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One observed value of one state: what, when, from whom, in which edition."""

    state: str = described("The state, ISO alpha-3", pattern=STATE)
    indicator: str = described("What is measured, such as gdp or distance_km/LBR")
    period: int = described("The year to which it refers; 0 for a fact without a year", low=0)
    value: Fraction = described("The value, exact")
    unit: str = described("Its unit")
    source: str = described("Id of the source")
    retrieved: date = described("Day on which it was read at the source")
    revision: str = described("Id of the edition that holds it")
    note: str = described("What a careful reader should know", default="")
    stand_in: bool = described(
        "True where no earlier period is known and a later one stands in", default=False
    )

    def age(self, on: date) -> int:
        """Full years from the end of the period to ``on``; negative where the period is later.

        A fact without a year, and a figure of the year under way, have the age 0.
        """
        if self.period == STATIC:
            return 0
        if self.period >= on.year:
            return on.year - self.period
        return last_ended(on) - self.period

    @property
    def cite(self) -> str:
        """How a working cites it: ``figure:CIV/distance_km/LBR``."""
        return cite(self.state, self.indicator)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What is measured, in which unit, by whom, under which licence, for which years."""

    id: str = described("Short name, such as gdp")
    title: str = described("What it measures, in a few words")
    unit: str = described("Unit of the values")
    source: str = described("Id of the source")
    publisher: str = described("Who publishes it")
    licence: str = described("Under which terms it is published")
    url: str = described("Where it is published", default="")
    retrieved: date = described("Day on which it was read")
    edition: str = described("Id of the edition that was read")
    read_from: str = described("Exactly which file was read", default="")
    citation: str = described("How the publisher asks to be cited", default="")
    derived: str = described("The formula, where we computed it from published values", default="")
    caveat: str = described("What a careful reader should know", default="")
    slow: bool = described("A later period may stand in where none is earlier", default=False)
    in_advance: bool = described(
        "Fixed before the period begins: the year under way counts as known", default=False
    )
    layout: Layout = described("How its table is laid out", default="years")
    members: tuple[str, ...] = described("The parts, such as religion/muslim", default=())
    low: Fraction | None = described("Least plausible value", default=None)
    high: Fraction | None = described("Greatest plausible value", default=None)
    places: int | None = described("Decimal places kept; absent: as published", default=None)
    years: tuple[int, ...] = described("First and last year; empty where static", default=())
    notes: Mapping[str, str] = described("State → what differs there", default=dict)
    world_bank: str = described("Code in the World Bank's interface", default="")

    def note(self, *states: str) -> str:
        """What the notes say about any of these states."""
        return " ".join(self.notes[state] for state in states if state in self.notes)


def cite(state: str, indicator: str) -> str:
    """The reference by which a working cites a figure: ``figure:CIV/distance_km/LBR``."""
    return f"figure:{state}/{indicator}"


def last_ended(on: date) -> int:
    """The latest year that has ended on ``on``; year Y ends on 31 December Y."""
    return on.year if (on.month, on.day) == (12, 31) else on.year - 1
