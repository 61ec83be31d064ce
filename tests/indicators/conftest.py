"""A small world of figures, and the published tables beside the project where there are some."""

import csv
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from commonhaven.indicators import Basis, from_figures
from commonhaven.parties.figures import Figure, Figures

HOME = Path(__file__).resolve()
DAY = date(2026, 11, 1)
Table = Mapping[str, Mapping[str, int]]


def small_world(table: Table, year: int = 2020) -> Basis:
    """State → figure → value of one year; denominators of the same year."""
    figures = [
        Figure(
            state=state, indicator=name, period=year, value=Fraction(value), unit="units",
            source="made", retrieved=DAY, revision="made-1",
        )
        for state, row in table.items()
        for name, value in row.items()
    ]  # fmt: skip
    return from_figures(Figures.of(figures), "made")


@pytest.fixture(scope="session")
def made() -> Callable[..., Basis]:
    return small_world


def published_rows(folder: str, name: str) -> list[dict[str, str]]:
    """The rows of a published table beside the project; skips where there is none."""
    found = (parent / "shared" / folder / name for parent in HOME.parents)
    path = next((path for path in found if path.is_file()), None)
    if path is None:
        pytest.skip(f"no {folder}/{name} beside the project: not compared")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@pytest.fixture(scope="session")
def published() -> Callable[[str, str], list[dict[str, str]]]:
    return published_rows
