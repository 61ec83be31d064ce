"""A book of promises as a folder of CSV tables, one a sheet."""

from collections.abc import Iterator
from pathlib import Path

from commonhaven.commitments import BookFile
from commonhaven.exchange.from_tables import Table, book_of
from commonhaven.exchange.mistakes import Report
from commonhaven.exchange.rows import loose, write_rows
from commonhaven.exchange.sheets import BY_NAME, SHEETS, rows
from commonhaven.reading import Problem, closest


def file_name(sheet: str) -> str:
    return f"{sheet.replace(' ', '-')}.csv"


FILES = {file_name(name): name for name in BY_NAME}


def book_as_csv(file: BookFile) -> Iterator[tuple[str, str]]:
    """File name and text of every table; those of the book without rows have their header."""
    for sheet in SHEETS:
        yield file_name(sheet.name), "".join(write_rows([sheet.columns, *rows(file, sheet)]))


def read_book_csv(folder: Path) -> BookFile:
    """The book in a folder of tables. Raises BadFile with all mistakes of all tables."""
    report = Report(where=str(folder))
    tables: dict[str, Table] = {}
    for path in sorted(folder.glob("*.csv")):
        if path.name not in FILES:
            report.add("no such table belongs to a book", file=str(path), row=None,
                       fix=closest(path.name, FILES))  # fmt: skip
            continue
        with report.noting(file=str(path), row=None):
            lines = list(loose(path))
            tables[FILES[path.name]] = Table(
                file=str(path), header=lines[0][1] if lines else (), rows=lines[1:]
            )
    if not tables and not report.mistakes:
        fix = f"Put {file_name('commitments')} and the others in it; export a template first."
        raise Problem("there is no table in the folder", where=str(folder), fix=fix)
    return book_of(tables, report)
