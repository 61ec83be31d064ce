"""One question: which measure, of whom, in which year, from which vintage of figures."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from commonhaven.indicators.basis import Basis
from commonhaven.indicators.catalogue import Measure
from commonhaven.indicators.result import Cited, Coverage, Result
from commonhaven.indicators.scope import Scope, labels
from commonhaven.parties.figures import Figure
from commonhaven.reading import Problem
from commonhaven.saying import say

OLDEST = 3
"""Years by which a figure to divide by may be older than the year asked for: our proposal."""
COUNTED_SINCE = {"other_protection_hosted": 2018}
"""Before, there was no such category: nothing is missing."""
NO_ROW = say(
    "A state without a row reported nobody, or did not report: UNHCR's tables do not tell which."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """The question, and the figures that answer it."""

    basis: Basis
    scope: Scope
    year: int
    measure: Measure

    def of_year(self, name: str, year: int | None = None) -> dict[str, Figure]:
        """The figures of exactly the year (or another), of those who belong to the scope now."""
        cells = self.basis.figures.of_year(name, self.year if year is None else year)
        if self.scope.kind == "world":
            return cells
        inside = frozenset(self.scope.states(self.year))
        return {state: figure for state, figure in cells.items() if state in inside}

    def latest(self, name: str, states: Iterable[str]) -> dict[str, Figure]:
        """The latest figures known at the end of the year, none older than three years."""
        end, found = date(self.year, 12, 31), {}
        for state in sorted(set(states).intersection(self.basis.figures.states(name))):
            figure = self.basis.figures.at(state, name, end)
            if figure is not None and (figure.stand_in or figure.age(end) <= OLDEST):
                found[state] = figure
        return found

    def lacking(self, names: Iterable[str] = ()) -> str:
        """Why nothing can be worked out, where a figure is not held at all; else empty."""
        for name in names or self.measure.figures:
            try:
                self.basis.figures.about(name)
            except Problem:
                return say(
                    "No table of {name} ships. Give one: a CSV file with state, indicator, "
                    "period, value, unit, source, retrieved.", name=name,
                )  # fmt: skip
        return ""

    def unknown_year(self, names: Iterable[str], year: int | None = None) -> str:
        """Why nothing can be worked out, where a table has no row of the year; else empty."""
        wanted = self.year if year is None else year
        for name in names:
            if wanted < COUNTED_SINCE.get(name, wanted):
                continue
            if not self.basis.figures.of_year(name, wanted):
                years = self.basis.figures.years(name)
                if not years:
                    return say("The table of {name} has no figure.", name=name)
                return say(
                    "The table of {name} has no figure of {year}. It runs from {first} to {last}.",
                    name=name, year=str(wanted), first=str(years[0]), last=str(years[-1]),
                )  # fmt: skip
        return ""

    @property
    def blank(self) -> Result:
        """The result without a value yet."""
        return Result(
            measure=self.measure.id, indicator=self.measure.indicator,
            relation=self.measure.relation, scope=self.scope.id, scope_title=self.scope.title,
            year=self.year, unit=self.measure.unit, method=self.measure.method,
            is_not=self.measure.is_not, notes=self.scope.notes(self.year),
        )  # fmt: skip

    def missing(self, why: str) -> Result:
        """No value, with the reason."""
        return replace(self.blank, why_missing=why)

    def found(
        self,
        value: Fraction | int,
        figures: Iterable[Figure],
        *,
        missing: Iterable[str] = (),
        left_out: Fraction | None = None,
        unattributed: Fraction | None = None,
    ) -> Result:
        """A value with the figures that went in; ``missing`` are states of the scope without one.

        ``left_out``: people in states without a figure to divide by. ``unattributed``: what the
        source gives to no state.
        """
        used = tuple(figures)
        without = tuple(sorted(missing))
        coverage = Coverage(
            counted=tuple(sorted({figure.state for figure in used} - labels())),
            missing=without,
            years=tuple(sorted({figure.period for figure in used if figure.period})),
            unattributed=unattributed,
            left_out=left_out,
        )
        blank = self.blank
        notes = (*blank.notes, NO_ROW) if without and left_out is None else blank.notes
        return replace(
            blank, value=Fraction(value), coverage=coverage, sources=self.cited(used), notes=notes
        )

    def cited(self, figures: Iterable[Figure]) -> tuple[Cited, ...]:
        """The sources of figures, each once."""
        found: dict[tuple[str, str], Cited] = {}
        for figure in figures:
            key = (figure.indicator, figure.revision)
            if key not in found:
                about = self.basis.figures.about(figure.indicator)
                found[key] = Cited(
                    figure=figure.indicator, publisher=about.publisher or figure.source,
                    licence=about.licence, edition=figure.revision, retrieved=figure.retrieved,
                    caveat=about.caveat,
                )  # fmt: skip
        return tuple(found[key] for key in sorted(found))
