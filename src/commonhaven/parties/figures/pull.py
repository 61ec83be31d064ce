"""New figures from the publishers, or from a folder of their files, into the user's store."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from commonhaven.parties.figures import tidy, unhcr, world_bank
from commonhaven.parties.figures.archive import Edition, editions, keep
from commonhaven.parties.figures.fetch import Connection
from commonhaven.parties.figures.layers import changes, open_store, revisions
from commonhaven.parties.figures.observed import Haul
from commonhaven.parties.figures.shipped import reference
from commonhaven.parties.figures.store import Figures
from commonhaven.parties.figures.world_bank import Heard, silent
from commonhaven.reading import Problem

__all__ = [
    "Pulled",
    "changes",
    "editions",
    "open_store",
    "pull_all",
    "pull_folder",
    "pull_unhcr",
    "pull_world_bank",
    "read_folder",
    "revisions",
]

STOCKS = "population.csv"
CLAIMS = "asylum-applications.csv"
SOLUTIONS = "solutions.csv"
UNHCR = (STOCKS, CLAIMS, SOLUTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """The edition that a pull left in the store, and whether it is new."""

    edition: Edition
    new: bool


def pull_world_bank(
    *,
    on: date,
    store: Path | None = None,
    indicators: Iterable[str] = (),
    base: str = world_bank.BASE,
    per_page: int = 20_000,
    connection: Connection | None = None,
    heard: Heard = silent,
) -> Pulled:
    """All that the World Bank publishes of our indicators (or those named), into the store.

    ``on`` is the day of the pull. Raises Problem where anything is incomplete; then nothing is
    written.
    """
    haul = world_bank.read_api(
        tuple(indicators) or tuple(world_bank.codes()),
        on=on, base=base, per_page=per_page, connection=connection, heard=heard,
    )  # fmt: skip
    return _kept(haul, on, store)


def pull_unhcr(
    *,
    on: date,
    store: Path | None = None,
    base: str = unhcr.BASE,
    limit: int = 1000,
    since: int = unhcr.FIRST_YEAR,
    connection: Connection | None = None,
    heard: Heard = silent,
) -> Pulled:
    """People hosted and asylum applications from UNHCR's Refugee Data Finder, into the store.

    Applications are divided by the population that the store knows. Raises Problem where anything
    is incomplete; then nothing is written.
    """
    haul = unhcr.read_api(
        on=on, population=_known(store), base=base, limit=limit, since=since,
        connection=connection, heard=heard,
    )  # fmt: skip
    return _kept(haul, on, store)


def pull_folder(folder: Path, *, on: date, store: Path | None = None) -> tuple[Pulled, ...]:
    """The publishers' downloaded files and tidy CSV files in a folder, an edition a publisher.

    Everything is read before anything is written; see `read_folder`.
    """
    return tuple(_kept(haul, on, store) for haul in read_folder(folder, on=on, store=store))


def read_folder(
    folder: Path, *, on: date, store: Path | None = None, leaving: Collection[str] = ()
) -> tuple[Haul, ...]:
    """What the files of a folder hold, a haul a publisher, without keeping anything.

    Understood: ``API_<code>_DS2_en_csv_v2_*.csv`` (World Bank), ``population.csv``,
    ``asylum-applications.csv`` and ``solutions.csv`` (UNHCR), and any CSV whose header starts with
    state, indicator. ``leaving`` names files that somebody else reads. Raises Problem for a file of
    another form.
    """
    files = [file for file in _files(folder) if file.name not in leaving]
    bulk = [file for file in files if world_bank.bulk_code(file)]
    own = [file for file in files if file not in bulk and file.name not in UNHCR]
    for file in own:
        _check_tidy(file)
    hauls: list[Haul] = [world_bank.read_bulk(bulk, on=on)] if bulk else []
    hauls += [tidy.read_files(own)] if own else []
    found = [next((f for f in files if f.name == name), None) for name in UNHCR]
    if any(found):
        hauls.append(unhcr.read_files(*found, on=on, population=_known(store)))
    return tuple(hauls)


def pull_all(*, on: date, store: Path | None = None, heard: Heard = silent) -> tuple[Pulled, ...]:
    """Both publishers over the network: the World Bank first, for the population."""
    first = pull_world_bank(on=on, store=store, heard=heard)
    return (first, pull_unhcr(on=on, store=store, heard=heard))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise Problem("there is no such folder", where=str(folder), fix="Check the path.")
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() == ".csv")
    skipped = [file for file in files if file.name.startswith("Metadata_")]
    files = [file for file in files if file not in skipped]
    if not files:
        fix = "Put the publishers' CSV files there, unpacked."
        raise Problem("there is no CSV file in the folder", where=str(folder), fix=fix)
    return files


def _check_tidy(file: Path) -> None:
    with file.open(encoding="utf-8", errors="replace") as text:
        lines = (line for line in text if line.strip() and not line.startswith("#"))
        first = next(lines, "")
    names = {cell.strip() for cell in first.split(",")}
    if not {"state", "indicator"} <= names:
        raise Problem(
            "this file has no form that is understood",
            where=str(file),
            fix=f"Name UNHCR's files {STOCKS}, {CLAIMS} and {SOLUTIONS}, keep the World Bank's own "
            f"file names, or write columns {', '.join(tidy.COLUMNS)}.",
        )


def _known(store: Path | None) -> Figures:
    return open_store(store) if editions(store) else reference()


def _kept(haul: Haul, on: date, store: Path | None) -> Pulled:
    edition, new = keep(haul, on=on, path=store)
    return Pulled(edition=edition, new=new)
