"""Options of the commands of indicators, and the figures and years that they name."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commonhaven.cli.options import Command, read_store, stored
from commonhaven.reading import Problem

if TYPE_CHECKING:
    from commonhaven.indicators import Basis

SHIPPED = "shipped"
MOST_YEARS = 100


def of_whom(function: Command) -> Command:
    return click.option(
        "--of", "of", metavar="SCOPE", default="world", show_default=True,
        help="world, a region (Eastern Africa), an income group (low-and-middle-income), "
        "least-developed, a grouping (igad), states joined by + (UGA+ETH).",
    )(function)  # fmt: skip


def by_year(function: Command) -> Command:
    return click.option(
        "--year", metavar="YEAR", help="A year, or two joined by - (2016-2025); else the latest."
    )(function)


def based_on(function: Command) -> Command:
    given: Callable[..., object] = click.option(
        "--from",
        "folder",
        type=click.Path(path_type=Path),
        help="A folder of the publishers' files, in place of the tables that ship.",
    )(stored(function))
    return given


def basis_of(folder: Path | None, store: str | None) -> "Basis":
    """What ships, a folder of files, or the user's own store."""
    from commonhaven.indicators import from_figures, from_folder, shipped

    if folder is not None and store is not None:
        raise Problem("both --from and --store are given", where="--from", fix="Give one.")
    if folder is not None:
        return from_folder(folder, on=datetime.now(UTC).date())
    path = read_store(store)
    if path is None:
        return shipped()
    from commonhaven.parties.figures import open_store

    return from_figures(open_store(path), str(path))


def years_of(text: str | None, basis: "Basis") -> range:
    """The years asked for; the latest of UNHCR's stocks where none is named."""
    if text is None:
        latest = basis.figures.years("refugees_under_mandate")[-1]
        return range(latest, latest + 1)
    first, dash, last = text.strip().partition("-")
    if not (first.isdecimal() and (last.isdecimal() or not dash) and len(text) <= 9):
        raise Problem(f'"{text[:20]}" is no year', where="--year", fix="Write 2024 or 2016-2025.")
    found = range(int(first), int(last or first) + 1)
    if not 0 < len(found) <= MOST_YEARS:
        said = f"{text} are no years in order, or more than {MOST_YEARS}"
        raise Problem(said, where="--year", fix="Write the earlier one first: 2016-2025.")
    return found


def one_year(text: str | None, basis: "Basis") -> int:
    """The one year asked for."""
    years = years_of(text, basis)
    if len(years) > 1:
        raise Problem("this is of one year", where="--year", fix="Write one, such as 2022.")
    return years[0]


def vintage(name: str, store: str | None) -> "Basis":
    """The vintage that a name stands for."""
    from commonhaven.indicators import from_figures, from_folder, shipped

    if name == SHIPPED:
        return shipped()
    if Path(name).is_dir():
        return from_folder(Path(name), on=datetime.now(UTC).date())
    if store is None:
        said = f'"{name[:60]}" is no folder'
        fix = "Give a folder of files, shipped, or an edition with --store FOLDER."
        raise Problem(said, where="restated", fix=fix)
    from commonhaven.parties.figures import open_store

    return from_figures(open_store(read_store(store), edition=name), name)
