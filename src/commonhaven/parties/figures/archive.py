"""A user's own store of figures: every pull is an edition, and none is ever overwritten."""

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from commonhaven.parties.figures.observed import Column, Haul
from commonhaven.parties.figures.wide import Table, written
from commonhaven.reading import Problem, build, closest, decimal_text, described, digest, dump

ABOUT = "edition.json"
DEFAULT = Path("~/.local/share/commonhaven/figures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One indicator of an edition: unit, source, day, and how many values."""

    unit: str = described("Unit of the values", default="")
    source: str = described("Id of the source")
    publisher: str = described("Who publishes it", default="")
    licence: str = described("Under which terms", default="not stated")
    retrieved: date = described("Day on which it was read at the source")
    note: str = described("What was read", default="")
    values: int = described("How many values", low=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What one pull brought: where from, when, the hash of what was read, what was left out."""

    id: str = described("Number in the store, source and day", pattern=r"\d{4}-[a-z0-9-]+")
    source: str = described("Publisher or own-files")
    retrieved: date = described("Day of the pull")
    sha256: str = described("SHA-256 over the hashes of all that was read")
    values_sha256: str = described("SHA-256 of the values")
    read: Mapping[str, str] = described("Address or file → SHA-256 of its bytes")
    skipped: Mapping[str, str] = described("Code → why it was left out", default=dict)
    indicators: Mapping[str, Held] = described("Indicator → what is held of it")


def home(path: Path | None = None) -> Path:
    """The folder of the store: the one given, or the user's own."""
    return (path or DEFAULT).expanduser()


def editions(path: Path | None = None) -> tuple[Edition, ...]:
    """Every edition in the store, oldest first; none where the folder does not exist."""
    folder = home(path)
    if not folder.is_dir():
        return ()
    names = sorted(entry.name for entry in folder.iterdir() if (entry / ABOUT).is_file())
    return tuple(_edition(folder / name / ABOUT) for name in names)


def _edition(file: Path) -> Edition:
    try:
        table = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        fix = "Remove the folder of this edition and pull again."
        raise Problem(f"the edition cannot be read ({error})", where=str(file), fix=fix) from None
    return build(Edition, table, str(file))


def edition(name: str, path: Path | None = None) -> Edition:
    """One edition by id; Problem where the store has none of that name."""
    held = {known.id: known for known in editions(path)}
    if name in held:
        return held[name]
    raise Problem(f"there is no edition {name}", where=str(home(path)), fix=closest(name, held))


def keep(haul: Haul, *, on: date, path: Path | None = None) -> tuple[Edition, bool]:
    """Keep what a pull read as a new edition; False where it says nothing new.

    Nothing new: the newest edition of the same source holds exactly these values. The edition is
    written aside and renamed into place, so it is there whole or not at all.
    """
    if not any(column.values for column in haul.columns):
        raise Problem("there is no value in what was read", fix="Check the folder or the address.")
    folder, known = home(path), editions(path)
    values = digest([[c.indicator, c.unit, c.source, _texts(c)] for c in haul.columns])
    before = [old for old in known if old.source == haul.source]
    if before and before[-1].values_sha256 == values:
        return before[-1], False
    number = int(known[-1].id[:4]) + 1 if known else 1
    new = Edition(
        id=f"{number:04}-{haul.source}-{on.isoformat()}",
        source=haul.source,
        retrieved=on,
        sha256=digest(dict(haul.read)),
        values_sha256=values,
        read=dict(sorted(haul.read.items())),
        skipped=dict(sorted(haul.skipped.items())),
        indicators={column.indicator: _held(column) for column in haul.columns},
    )
    _write(folder, new, haul)
    return new, True


def _held(column: Column) -> Held:
    return Held(
        unit=column.unit, source=column.source, publisher=column.publisher,
        licence=column.licence, retrieved=column.retrieved, note=column.note,
        values=len(column.values),
    )  # fmt: skip


def _texts(column: Column) -> dict[str, str]:
    return {
        f"{state} {period}": decimal_text(value)
        for (state, period), value in sorted(column.values.items())
    }


def _write(folder: Path, new: Edition, haul: Haul) -> None:
    aside: Path | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".pull-", dir=folder))
        for column in haul.columns:
            file = _file(aside, column.indicator)
            file.parent.mkdir(parents=True, exist_ok=True)
            cells = {key: decimal_text(value) for key, value in column.values.items()}
            file.write_text(written(cells), encoding="utf-8")
        text = json.dumps(dump(new), ensure_ascii=False, indent=1, sort_keys=True)
        (aside / ABOUT).write_text(text + "\n", encoding="utf-8")
        aside.chmod(0o755)
        os.rename(aside, folder / new.id)  # noqa: PTH104 - Path.rename would replace silently
    except OSError as error:
        if aside is not None:
            with contextlib.suppress(OSError):
                shutil.rmtree(aside)
        raise Problem(
            f"the edition cannot be written ({error.strerror or error})",
            where=str(folder / new.id),
            fix="Check the folder and its free space, or whether another pull is under way.",
        ) from None


def _file(folder: Path, indicator: str) -> Path:
    return folder.joinpath("tables", *f"{indicator}.csv".split("/"))


@cache
def _table(file: Path) -> Table:
    return Table(file.read_text("utf-8"))


def table(path: Path | None, name: str, indicator: str) -> Table:
    """The values of one indicator in one edition."""
    return _table(_file(home(path) / name, indicator))


def values(path: Path | None, held: Edition, indicator: str) -> dict[tuple[str, int], Fraction]:
    """Every value of one indicator in one edition; empty where it holds none of it."""
    if indicator not in held.indicators:
        return {}
    cells = table(path, held.id, indicator)
    return {
        (state, int(period)): Fraction(text)
        for state in cells.states
        for period, text in cells.row(state).items()
    }


def up_to(name: str | None, path: Path | None = None) -> Sequence[Edition]:
    """The editions that count, oldest first: all, or those up to the pinned one."""
    known = editions(path)
    if name is None:
        return known
    if name == "reference":
        return ()
    pinned = edition(name, path)
    return tuple(held for held in known if held.id <= pinned.id)
