"""Results, cards, fair shares and curves as rows of a table, for CSV."""

from collections.abc import Iterable, Sequence

from commonhaven.indicators.card import CardLine
from commonhaven.indicators.fair_share import FairShares
from commonhaven.indicators.lorenz import Curve
from commonhaven.indicators.result import Result
from commonhaven.reading import Cell

Sheet = tuple[tuple[str, ...], list[Sequence[Cell]]]
"""The names of the columns, and the rows."""


def results_sheet(found: Iterable[Result]) -> Sheet:
    """A row for each result: value, bounds, what is in it, sources."""
    header = ("measure", "indicator", "relation", "scope", "year", "value", "unit", "low", "high",
              "states", "states_without", "left_out", "unattributed", "why_missing",
              "sources")  # fmt: skip
    return header, [
        (one.measure, one.indicator, one.relation, one.scope, one.year, one.value, one.unit,
         one.bounds.low if one.bounds else None, one.bounds.high if one.bounds else None,
         len(one.coverage.counted), len(one.coverage.missing), one.coverage.left_out,
         one.coverage.unattributed, one.why_missing,
         "; ".join(f"{cited.publisher}: {cited.figure} ({cited.edition})" for cited in one.sources))
        for one in found
    ]  # fmt: skip


def card_sheet(lines: Iterable[CardLine]) -> Sheet:
    """A row for each value of an indicator; one with the reason where there is none."""
    header = ("indicator", "standing", "measure", "year", "value", "unit", "why_missing")
    rows: list[Sequence[Cell]] = []
    for line in lines:
        rows += [(line.indicator, line.standing, one.measure, one.year, one.value, one.unit, "")
                 for one in line.results]  # fmt: skip
        if not line.results:
            rows.append((line.indicator, line.standing, None, None, None, line.unit, line.why))
    return header, rows


def fair_shares_sheet(found: FairShares) -> Sheet:
    """A row for each state."""
    return ("state", "part", "fair", "given", "score", "band"), [
        (one.state, one.part, one.fair, one.given, one.score, one.band)
        for one in found.shares.values()
    ]


def curve_sheet(found: Curve) -> Sheet:
    """A row for each state in order, with what it and those before it are and host."""
    return ("state", "part_of_key", "part_of_hosted"), [
        (state, across, up)
        for state, (across, up) in zip(found.states, found.points[1:], strict=True)
    ]
