"""Tables just read from files, each whole in the place of the one that ships; nothing is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from commonhaven.parties.figures.catalogue import find, unlisted
from commonhaven.parties.figures.figure import Figure, Indicator
from commonhaven.parties.figures.observed import Column, Haul
from commonhaven.parties.figures.shipped import Shipped, check_state
from commonhaven.parties.figures.store import Figures


def over_shipped(hauls: Iterable[Haul]) -> Figures:
    """What was read, over the shipped tables of everything else.

    A table that was read replaces the shipped one whole, so that a total is of one vintage.
    """
    return Figures(Overlay(hauls))


class Overlay:
    """The source behind `over_shipped`."""

    def __init__(self, hauls: Iterable[Haul]) -> None:
        self._shipped = Shipped()
        self._columns: dict[str, Column] = {}
        self._rows: dict[str, dict[str, dict[int, Figure]]] = {}
        for haul in hauls:
            for column in haul.columns:
                self._columns[column.indicator] = column
                self._rows[column.indicator] = _rows(column)

    def about(self, name: str) -> Indicator:
        if name not in self._columns:
            return self._shipped.about(name)
        column = self._columns[name]
        return replace(
            find(name) or unlisted(name), unit=column.unit, source=column.source,
            publisher=column.publisher, licence=column.licence, retrieved=column.retrieved,
            edition=_edition(column), years=_years(column),
        )  # fmt: skip

    def periods(self, state: str, name: str) -> Sequence[int]:
        if name not in self._columns:
            return self._shipped.periods(state, name)
        check_state(state)
        return sorted(self._rows[name].get(state, ()))

    def figure(self, state: str, name: str, period: int) -> Figure:
        if name not in self._columns:
            return self._shipped.figure(state, name, period)
        return self._rows[name][state][period]

    def indicators(self) -> tuple[Indicator, ...]:
        own = {about.id: about for about in self._shipped.indicators()}
        own.update({name: self.about(name) for name in self._columns})
        return tuple(own[name] for name in sorted(own))

    def states(self, name: str) -> tuple[str, ...]:
        if name not in self._columns:
            return self._shipped.states(name)
        return tuple(sorted(self._rows[name]))

    def stands_in(self, figure: Figure) -> bool:
        about = find(figure.indicator)
        return about is not None and about.slow


def _edition(column: Column) -> str:
    return f"files-{column.retrieved}"


def _years(column: Column) -> tuple[int, ...]:
    periods = {period for _, period in column.values}
    return (min(periods), max(periods)) if periods else ()


def _rows(column: Column) -> dict[str, dict[int, Figure]]:
    rows: dict[str, dict[int, Figure]] = {}
    for (state, period), value in sorted(column.values.items()):
        rows.setdefault(state, {})[period] = Figure(
            state=state, indicator=column.indicator, period=period, value=value,
            unit=column.unit, source=column.source, retrieved=column.retrieved,
            revision=_edition(column), note=column.note,
        )  # fmt: skip
    return rows
