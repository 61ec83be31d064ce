"""Observed figures of states: value, unit, period, source and edition behind every one."""

import importlib
from typing import TYPE_CHECKING

from commonhaven.parties.figures.catalogue import indicator, shipped_indicators, sources
from commonhaven.parties.figures.explain import (
    Coverage,
    Described,
    coverage,
    coverage_table,
    describe,
    nature,
    report,
)
from commonhaven.parties.figures.figure import Figure, Indicator, cite
from commonhaven.parties.figures.shipped import languages, reference
from commonhaven.parties.figures.store import Figures

if TYPE_CHECKING:
    from commonhaven.parties.figures.archive import Edition, editions
    from commonhaven.parties.figures.layers import changes, open_store, revisions
    from commonhaven.parties.figures.overlay import over_shipped
    from commonhaven.parties.figures.pull import read_folder

__all__ = [
    "Coverage",
    "Described",
    "Edition",
    "Figure",
    "Figures",
    "Indicator",
    "changes",
    "cite",
    "coverage",
    "coverage_table",
    "describe",
    "editions",
    "indicator",
    "languages",
    "nature",
    "open_store",
    "over_shipped",
    "read_folder",
    "reference",
    "report",
    "revisions",
    "shipped_indicators",
    "sources",
]

LATER = {
    "Edition": "archive",
    "changes": "layers",
    "editions": "archive",
    "open_store": "layers",
    "over_shipped": "overlay",
    "read_folder": "pull",
    "revisions": "layers",
}
"""What only a user's own store needs: imported when asked for, so that the shares start fast."""


def __getattr__(name: str) -> object:
    if name not in LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{LATER[name]}"), name)
