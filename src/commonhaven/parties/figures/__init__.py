"""Observed figures of states: value, unit, period, source and edition behind every one."""

from commonhaven.parties.figures.explain import Coverage, Described, coverage, describe, report
from commonhaven.parties.figures.figure import Figure, Indicator, cite
from commonhaven.parties.figures.reference import (
    indicator,
    languages,
    reference,
    shipped_indicators,
)
from commonhaven.parties.figures.store import Figures

__all__ = [
    "Coverage",
    "Described",
    "Figure",
    "Figures",
    "Indicator",
    "cite",
    "coverage",
    "describe",
    "indicator",
    "languages",
    "reference",
    "report",
    "shipped_indicators",
]
