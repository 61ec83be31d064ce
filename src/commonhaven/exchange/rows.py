"""A CSV of any length, row by row, each with the line it starts on."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from commonhaven.reading import Problem, closest
from commonhaven.reading.table import listed

Bytes = Callable[[int], None]
"""Told how many bytes were read since the last time."""
EVERY = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """The columns of a table, and its rows with the lines they start on."""

    file: str
    columns: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]


def records(
    path: Path, needed: Iterable[str], known: Sequence[str], progress: Bytes | None = None
) -> Records:
    """The rows of a CSV, which is not held in memory. Empty rows are passed over.

    Raises Problem with file, row and what to do: for columns that are missing, unknown or there
    twice, for a row of another length, for text that is not UTF-8 or not CSV.
    """
    where = str(path)
    lines = _records(path, where, progress)
    _, header = next(lines, (1, []))
    columns = tuple(cell.strip() for cell in header)
    _check(columns, needed, known, f"{where}, row 1")
    return Records(file=where, columns=columns, rows=_full(lines, len(columns), where))


def _check(columns: tuple[str, ...], needed: Iterable[str], known: Sequence[str], at: str) -> None:
    if not columns:
        raise Problem("the file is empty", where=at, fix="Give a header and a row each.")
    for column in columns:
        if columns.count(column) > 1:
            raise Problem(f"the column {column[:40]} appears twice", where=at, fix="Keep one.")
        if column not in known:
            said = f'there is no column "{column[:40]}"'
            raise Problem(said, where=at, fix=closest(column, known))
    for column in needed:
        if column not in columns:
            fix = f"The header has: {listed(columns)}."
            raise Problem(f"the column {column} is missing", where=at, fix=fix)


def _full(
    lines: Iterator[tuple[int, list[str]]], width: int, where: str
) -> Iterator[tuple[int, list[str]]]:
    for line, cells in lines:
        if len(cells) != width:
            raise Problem(
                f"{len(cells)} cells under {width} columns", where=f"{where}, row {line}",
                fix="Put one cell under each column; quote text that has commas.",
            )  # fmt: skip
        yield line, cells


def _records(path: Path, where: str, progress: Bytes | None) -> Iterator[tuple[int, list[str]]]:
    try:
        with path.open("rb") as file:
            yield from _lines(file, where, progress)
    except OSError as error:
        said = f"cannot be read ({error.strerror})"
        raise Problem(said, where=where, fix="Check the path.") from None


def _lines(file: IO[bytes], where: str, progress: Bytes | None) -> Iterator[tuple[int, list[str]]]:
    start = 1
    try:
        with io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, strict=True)
            done = 0
            for number, cells in enumerate(reader):
                if cells:
                    yield start, cells
                start = reader.line_num + 1
                if progress and number % EVERY == 0:
                    done = _told(progress, file.tell(), done)
            if progress:
                _told(progress, file.tell(), done)
    except csv.Error as error:
        fix = "Is a quotation mark missing or one too many?"
        said = f"not valid CSV ({error})"
        raise Problem(said, where=f"{where}, row {start}", fix=fix) from None
    except UnicodeDecodeError:
        raise Problem("not UTF-8 text", where=where, fix="Save it as UTF-8.") from None


def _told(progress: Bytes, at: int, before: int) -> int:
    progress(at - before)
    return at


def write_rows(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a CSV, row by row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    careful = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        returns = any("\r" in cell for cell in row)
        (careful if returns else writer).writerow(row)
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def loose(source: Path | IO[bytes], where: str = "") -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of a CSV as they stand, the header among them; empty rows are passed over.

    ``where``: what to call a source that is no path.
    """
    if isinstance(source, Path):
        found = _records(source, str(source), None)
    else:
        found = _lines(source, where, None)
    for line, cells in found:
        yield line, tuple(cells)
