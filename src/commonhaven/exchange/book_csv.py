"""A book of promises as CSV tables, one a sheet: in a folder, or in one zip."""

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from commonhaven.commitments import BookFile
from commonhaven.exchange.bounds import Bounds, unpacked
from commonhaven.exchange.from_tables import Table, Tabled, tabled
from commonhaven.exchange.mistakes import Report
from commonhaven.exchange.rows import loose, write_rows
from commonhaven.exchange.sheets import BY_NAME, SHEETS, rows
from commonhaven.reading import Problem, closest

Source = tuple[str, str, Path | IO[bytes]]
"""What a table is called in a mistake, its file name, and where it is read from."""
HIDDEN = ("__MACOSX", ".")
"""How names begin that programs put into a zip for themselves."""


def file_name(sheet: str) -> str:
    return f"{sheet.replace(' ', '-')}.csv"


FILES = {file_name(name): name for name in BY_NAME}


def book_as_csv(file: BookFile) -> Iterator[tuple[str, str]]:
    """File name and text of every table; those of the book without rows have their header."""
    for sheet in SHEETS:
        yield file_name(sheet.name), "".join(write_rows([sheet.columns, *rows(file, sheet)]))


def write_book_zip(file: BookFile, out: BinaryIO) -> None:
    """Write all tables into one zip; the same book always gives the same bytes."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in book_as_csv(file):
            packed.writestr(
                zipfile.ZipInfo(name), text.encode(), compress_type=zipfile.ZIP_DEFLATED
            )


def read_book_csv(folder: Path) -> BookFile:
    """The book in a folder of tables. Raises BadFile with all mistakes of all tables."""
    sources = ((str(path), path.name, path) for path in sorted(folder.glob("*.csv")))
    return _read(sources, str(folder), "folder", Bounds()).file


def read_book_zip(path: Path, where: str, bounds: Bounds) -> Tabled:
    """The book in a zip of tables, in whichever of its folders. Raises BadFile as above."""
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked(packed, where, bounds)
            return _read(_packed(packed, where), where, "zip", bounds)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        said = f"the zip cannot be read ({error})"
        raise Problem(said, where=where, fix="Pack the tables anew, without a password.") from None


def _packed(packed: zipfile.ZipFile, where: str) -> Iterator[Source]:
    for one in packed.infolist():
        path = PurePosixPath(one.filename)
        if one.is_dir() or any(part.startswith(HIDDEN) for part in path.parts):
            continue
        with packed.open(one) as source:
            yield ", ".join(filter(None, (where, path.name))), path.name, source


def _read(sources: Iterable[Source], where: str, kind: str, bounds: Bounds) -> Tabled:
    report = Report(where=where)
    tables: dict[str, Table] = {}
    for called, name, source in sources:
        if name not in FILES:
            report.add("no such table belongs to a book", file=called, row=None,
                       fix=closest(name, FILES))  # fmt: skip
            continue
        if FILES[name] in tables:
            report.add("the table is there twice", file=called, row=None, fix="Keep one.")
            continue
        with report.noting(file=called, row=None):
            lines = list(loose(source, called))
            tables[FILES[name]] = Table(
                file=called, header=lines[0][1] if lines else (), rows=lines[1:]
            )
        bounds.hold((len(one.rows) for one in tables.values()), called)
    if not tables and not report.mistakes:
        fix = f"Put {file_name('commitments')} and the others in it; export a template first."
        raise Problem(f"there is no table in the {kind}", where=where, fix=fix)
    return tabled(tables, report)
