"""A store of figures: the same questions to the shipped table, a user's store and a plan."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from commonhaven.parties.figures.catalogue import find, unlisted
from commonhaven.parties.figures.figure import Figure, Indicator, cite, last_ended
from commonhaven.reading import Problem, decimal_text


class Source(Protocol):
    """Where a store finds its figures."""

    def about(self, indicator: str) -> Indicator:
        """The indicator; Problem where there is none of that name."""

    def periods(self, state: str, indicator: str) -> Sequence[int]:
        """The years for which the state has a figure, ascending; (0,) for a static fact."""

    def figure(self, state: str, indicator: str, period: int) -> Figure:
        """The figure of a period that `periods` names."""

    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator held, by id."""

    def states(self, indicator: str) -> tuple[str, ...]:
        """Every state with at least one figure, sorted."""

    def stands_in(self, figure: Figure) -> bool:
        """Whether this figure may stand in for earlier dates."""


class Figures:
    """Figures of states, asked for by state, indicator and date."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @classmethod
    def of(
        cls, figures: Iterable[Figure], missing: Iterable[tuple[str, str]] | None = None
    ) -> "Figures":
        """A small store of the figures that a plan embeds.

        With ``missing`` (pairs of state and indicator known to have none) the store is closed:
        asking for anything that is neither embedded nor known to be missing is a Problem, so that
        a plan recomputed from it cannot silently differ. Without, all else is missing.
        """
        pairs = None if missing is None else frozenset(missing)
        return cls(Embedded(figures, pairs))

    def at(self, state: str, indicator: str, on: date) -> Figure | None:
        """The latest figure known for a date; None where it is missing.

        That is the latest period ended on or before ``on``. What is fixed in advance (the UN
        scale) counts from the first day of its year. For slow indicators a later period may stand
        in when none is earlier, marked so.
        """
        about = self._source.about(indicator)
        latest = on.year if about.in_advance else last_ended(on)
        periods = self._source.periods(state, indicator)
        earlier = [period for period in periods if period <= latest]
        if earlier:
            figure = self._source.figure(state, indicator, max(earlier))
            return replace(figure, stand_in=False) if figure.stand_in else figure
        for period in periods:
            figure = self._source.figure(state, indicator, period)
            if self._source.stands_in(figure):
                return replace(figure, stand_in=True)
        return None

    def series(self, state: str, indicator: str) -> dict[int, Figure]:
        """Every figure of the state by period, ascending; empty where it is missing."""
        self._source.about(indicator)
        return {
            period: self._source.figure(state, indicator, period)
            for period in self._source.periods(state, indicator)
        }

    def of_year(self, indicator: str, year: int) -> dict[str, Figure]:
        """Every figure of exactly this period, by state; labels for people of no state too."""
        return {
            state: self._source.figure(state, indicator, year)
            for state in self._source.states(indicator)
            if year in self._source.periods(state, indicator)
        }

    def years(self, indicator: str) -> tuple[int, ...]:
        """Every year of which any state has a figure, ascending."""
        source = self._source
        held = (source.periods(state, indicator) for state in source.states(indicator))
        return tuple(sorted({period for periods in held for period in periods if period}))

    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator held, by id."""
        return self._source.indicators()

    def about(self, indicator: str) -> Indicator:
        """One indicator by id, such as gdp or distance_km/LBR; Problem where there is none."""
        return self._source.about(indicator)

    def states(self, indicator: str) -> tuple[str, ...]:
        """Every state with at least one figure, sorted."""
        return self._source.states(indicator)


class Embedded:
    """The figures embedded in a plan, and the pairs known to be missing."""

    def __init__(
        self, figures: Iterable[Figure], missing: frozenset[tuple[str, str]] | None
    ) -> None:
        self._missing = missing
        self._held: dict[tuple[str, str], dict[int, Figure]] = {}
        for figure in figures:
            series = self._held.setdefault((figure.state, figure.indicator), {})
            series[figure.period] = _merged(series.get(figure.period), figure)

    def about(self, indicator: str) -> Indicator:
        nature = find(indicator) or unlisted(indicator)
        held = sorted(pair for pair in self._held if pair[1] == indicator)
        for figure in (self._held[pair][period] for pair in held for period in self._held[pair]):
            return replace(
                nature,
                unit=figure.unit,
                source=figure.source,
                retrieved=figure.retrieved,
                edition=figure.revision,
            )
        return nature

    def periods(self, state: str, indicator: str) -> Sequence[int]:
        pair = (state, indicator)
        if pair not in self._held and self._missing is not None and pair not in self._missing:
            raise Problem(
                f"these figures do not say what {cite(*pair)} is, nor that it is missing",
                fix="Another version of the program may have made them: compute the plan anew.",
            )
        return sorted(self._held.get(pair, ()))

    def figure(self, state: str, indicator: str, period: int) -> Figure:
        return self._held[state, indicator][period]

    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(self.about(name) for name in sorted({name for _, name in self._held}))

    def states(self, indicator: str) -> tuple[str, ...]:
        return tuple(sorted(state for state, name in self._held if name == indicator))

    def stands_in(self, figure: Figure) -> bool:
        return figure.stand_in


def _merged(known: Figure | None, figure: Figure) -> Figure:
    if known is None:
        return figure
    if replace(known, stand_in=figure.stand_in) == figure:
        return replace(figure, stand_in=known.stand_in or figure.stand_in)
    raise Problem(
        f"two figures for one period: {decimal_text(known.value)} ({known.revision}) and "
        f"{decimal_text(figure.value)} ({figure.revision})",
        where=f"{figure.cite}, {figure.period}",
        fix="Keep one of them.",
    )
