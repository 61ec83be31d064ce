"""What a plan looks up, kept as it was found, so that the plan can be computed again from it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Protocol

from commonhaven.instruments import entry
from commonhaven.parties import provenance, treaty_status
from commonhaven.parties import state as party
from commonhaven.parties.figures import Figure, Figures
from commonhaven.reading import Problem
from commonhaven.working import Line

TREATIES = "treaty/"


class Source(Protocol):
    """Anything that answers which value was used for a state on a day."""

    def at(self, state: str, indicator: str, on: date) -> Figure | None: ...


YES_OR_NO = "1 yes, 0 no"
LATER_STANDS_IN = frozenset({"un_scale_percent"})
"""Indicators of which a later figure stands in, marked so, for a member that had none then."""


class WithFacts:
    """Figures, and facts of law told as figures, each 1 or 0; unknown is missing.

    ``treaty/NAME/ORIGIN``: whether the treaty binds the state towards people from ORIGIN (a state
    may have limited it to events in Europe). ``ldc``, ``permanent_member``. An indicator that
    nobody holds is missing.
    """

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._held = frozenset(family(each.id) for each in figures.indicators())

    def at(self, state: str, indicator: str, on: date) -> Figure | None:
        if indicator.startswith(TREATIES):
            return _treaty(state, indicator, on)
        if indicator == "ldc":
            source = provenance()["ldc"]
            return _fact(state, indicator, party(state).ldc, source.source, source.retrieved)
        if indicator == "permanent_member":
            named = entry("un-peacekeeping", "level_a", on)
            holds = state in named.value.split()
            return _fact(state, indicator, holds, named.article, on)
        if family(indicator) not in self._held:
            return None
        found = self._figures.at(state, indicator, on)
        if found is None and indicator in LATER_STANDS_IN:
            return self._later(state, indicator)
        return found

    def _later(self, state: str, indicator: str) -> Figure | None:
        series = self._figures.series(state, indicator)
        return replace(series[min(series)], stand_in=True) if series else None


def _treaty(state: str, indicator: str, on: date) -> Figure | None:
    _, treaty, origin = indicator.split("/")
    status = treaty_status(state, treaty, on)
    binds = status.party
    source = status.source
    if binds and status.limited_to and party(origin).region != status.limited_to:
        binds = False
        source = f"{source}; limited to events in {status.limited_to} (art. 1B(1)(a))"
    return _fact(state, indicator, binds, source, on)


def _fact(state: str, indicator: str, holds: bool | None, source: str, day: date) -> Figure | None:  # noqa: FBT001 - a fact holds or not
    if holds is None:
        return None
    return Figure(
        state=state, indicator=indicator, period=0, value=Fraction(1 if holds else 0),
        unit=YES_OR_NO, source=source, retrieved=day, revision="",
    )  # fmt: skip


def family(indicator: str) -> str:
    """What stands before the stroke: ``distance_km`` of ``distance_km/LBR``."""
    return indicator.partition("/")[0]


class Evidence:
    """A source that remembers every answer, found or missing, for one day."""

    def __init__(self, source: Source, day: date) -> None:
        self._source = source
        self.day = day
        self.used: dict[tuple[str, str], Figure] = {}
        self.missing: set[tuple[str, str]] = set()

    def figure(self, state: str, indicator: str) -> Figure | None:
        name = (state, indicator)
        if name in self.used:
            return self.used[name]
        if name in self.missing:
            return None
        found = self._source.at(state, indicator, self.day)
        if found is None:
            self.missing.add(name)
        else:
            self.used[name] = found
        return found

    def value(self, state: str, indicator: str) -> Fraction | None:
        found = self.figure(state, indicator)
        return None if found is None else found.value

    def values(self, state: str, indicators: Iterable[str]) -> dict[str, Fraction]:
        """The values that are there; the missing are absent."""
        found = {name: self.value(state, name) for name in indicators}
        return {name: value for name, value in found.items() if value is not None}

    def need(self, state: str, indicator: str, why: str) -> Fraction:
        """The value; Problem where it is missing."""
        value = self.value(state, indicator)
        if value is None:
            said = f"there is no {indicator} of {state} for {self.day}, which {why} needs"
            fix = (
                "Declare what needs it, choose another rule, or add the figure with `figures pull`."
            )
            raise Problem(said, where=f"figure {state}/{indicator}", fix=fix)
        return value

    def lines(self) -> tuple[Line, ...]:
        """A line of the trace for every figure used."""
        return tuple(_line(figure, self.day) for _, figure in sorted(self.used.items()))


def _line(figure: Figure, day: date) -> Line:
    age = figure.age(day) if figure.period else 0
    old = f", {age} years old" if age > 1 else ""
    later = ", a later figure standing in" if figure.stand_in else ""
    period = f" of {figure.period}" if figure.period else ""
    return Line(
        id=f"figure:{figure.state}/{figure.indicator}",
        value=figure.value,
        what=f"{figure.indicator} of {figure.state}{period}{old}{later}",
        unit=figure.unit,
        cite=figure.source,
    )
