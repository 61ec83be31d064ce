"""A book of promises as one workbook: a sheet a table, with lists to choose from.

No formula is ever written, and none is read: a cell that holds one is a mistake to mend.
"""

import json
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat

from commonhaven.commitments import BookFile
from commonhaven.exchange.bounds import Bounds, unpacked
from commonhaven.exchange.from_tables import Table, Tabled, tabled
from commonhaven.exchange.mistakes import Report
from commonhaven.exchange.sheet_xlsx import LONGEST, spreadsheets
from commonhaven.exchange.sheets import BY_NAME, SHEETS, Sheet, choices, kind_of, required, rows
from commonhaven.reading import Problem, closest

README = "README"
HOW = (
    "Several values in one cell: A; B. Days: 2026-01-31. An apostrophe at the beginning of a text "
    "is not part of it. A formula is not read: paste its value."
)
ROOM = 5000
"""Rows for which lists to choose from are offered."""
WIDEST = 1000
"""Cells of a row: a row with more is no book's."""
BEGINNING = 1 << 16
"""Bytes of a part within which its first element must begin."""
RARE = re.compile(r"[\x00-\x08\x0b-\x1f]|_x[0-9A-Fa-f]{4}_|x005F_")
"""Signs that a workbook cannot hold, and spellings of them that its readers take apart."""
SPELT = "'\\"
"""How a cell with such signs begins; they are spelt as in JSON."""
DIGITS = 15
"""Digits that a number in a workbook keeps; longer ones are written as text."""


def write_book_xlsx(file: BookFile, out: BinaryIO) -> None:
    """Write the workbook. Raises Problem for a text that is too long for a cell."""
    book = spreadsheets("xlsxwriter").Workbook(out, {"in_memory": True})
    bold = book.add_format({"bold": True, "bg_color": "#E8E8E8", "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    _readme(book.add_worksheet(README), bold, wrapped)
    for sheet in SHEETS:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        for n, column in enumerate(sheet.columns):
            page.write_string(0, n, column, bold)
            page.set_column(n, n, max(12, len(column) + 2))
            _offer(page, sheet, column, n)
        for at, row in enumerate(rows(file, sheet), 1):
            for n, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
                _put(page, (at, n), kind_of(sheet, column), cell)
    book.close()


def _readme(page: Any, bold: Any, wrapped: Any) -> None:
    page.set_column(0, 1, 18)
    page.set_column(2, 2, 12)
    page.set_column(3, 3, 90)
    page.write_row(0, 0, ("Sheet", "Column", "Needed", "What stands there"), bold)
    at = 1
    for sheet in SHEETS:
        page.write_row(at, 0, (sheet.name, "", "", sheet.about), bold)
        at += 1
        meanings = {field.name: str(field.metadata["meaning"]) for field in sheet.fields}
        for column in sheet.columns:
            needed = "yes" if required(sheet, column) else ""
            said = meanings.get(column, f"The {sheet.key} that it belongs to, by its id")
            if get := choices(sheet, column):
                said += f". One of: {', '.join(get)}"
            page.write_row(at, 0, (sheet.name, column, needed, said), wrapped)
            at += 1
    page.write_string(at + 1, 3, HOW, wrapped)


def _offer(page: Any, sheet: Sheet, column: str, n: int) -> None:
    """A list to choose from: the words of a column, or the ids that a part can belong to."""
    source: Any = list(choices(sheet, column))
    if column == sheet.key:
        source = f"='{sheet.within}'!$A$2:$A${ROOM}"
    if source:
        page.data_validation(1, n, ROOM, n, {
            "validate": "list", "source": source, "error_type": "stop",
            "error_title": column, "error_message": "Choose from the list.",
        })  # fmt: skip


def _spelt(cell: str) -> str:
    """A text as a workbook can hold it."""
    if RARE.search(cell) or cell.startswith(SPELT):
        return SPELT + json.dumps(cell).replace("x", "\\u0078")
    return cell


def _unspelt(cell: str) -> str:
    if not cell.startswith(SPELT):
        return cell
    try:
        return str(json.loads(cell.removeprefix(SPELT)))
    except ValueError:
        fix = "Take the first two signs away."
        raise Problem("the text begins as one that was spelt out and is none", fix=fix) from None


def _put(page: Any, at: tuple[int, int], kind: Any, cell: str) -> None:
    if not cell:
        return
    if len(cell) > LONGEST:
        said = f"a text of {len(cell):,} characters is too long for a workbook"
        raise Problem(said, where=cell[:20], fix="Export the book as CSV.")
    number = kind in {int, Fraction} and cell.replace(".", "").isdecimal()
    if number and len(cell.replace(".", "").lstrip("0")) <= DIGITS:
        page.write_number(*at, Decimal(cell))
    else:
        page.write_string(*at, _spelt(cell))


def read_book_xlsx(path: Path) -> BookFile:
    """The book in a workbook. Raises BadFile with all mistakes of all sheets."""
    return read_workbook(path, str(path), Bounds()).file


def read_workbook(path: Path, where: str, bounds: Bounds) -> Tabled:
    """The same with the rows of its things; mistakes call the file ``where``."""
    library = spreadsheets("openpyxl")
    report = Report(where=where)
    try:
        _harmless(path, where, bounds)
        book = library.load_workbook(path, read_only=True, data_only=False)
        try:
            tables = dict(_tables(book, where, report, bounds))
        finally:
            book.close()
    except Problem:
        raise
    except zipfile.BadZipFile:
        said, fix = "this is no XLSX workbook", "Save it as .xlsx, not as .xls or .ods."
        raise Problem(said, where=where, fix=fix) from None
    except Exception as error:  # noqa: BLE001 - the libraries raise what their parts raise
        said = f"the workbook cannot be read ({error})"
        raise Problem(said, where=where, fix="Check the path, or save it anew.") from None
    return tabled(tables, report)


def _harmless(path: Path, where: str, bounds: Bounds) -> None:
    """Problem for a workbook that is far too large when unpacked, or brings document types."""
    with zipfile.ZipFile(path) as parts:
        unpacked(parts, where, bounds)
        for part in parts.infolist():
            with parts.open(part) as file:
                _no_document_type(file.read(BEGINNING), where)


def _no_document_type(beginning: bytes, where: str) -> None:
    """Problem where a document type stands, or could stand, before the first element of XML."""
    elements: list[str] = []

    def refuse(*_: object) -> None:
        raise Problem("a part of the workbook brings its own document type", where=where,
                      fix="Save it anew from a spreadsheet program.")  # fmt: skip

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, _: elements.append(name)
    try:
        parser.Parse(beginning, False)  # noqa: FBT003 - expat takes it by place
    except (expat.ExpatError, LookupError):
        return  # no XML, or none that the library will read
    if not elements and len(beginning) == BEGINNING:
        refuse()


def _tables(book: Any, where: str, report: Report, bounds: Bounds) -> Iterator[tuple[str, Table]]:
    filled: list[int] = []
    for page in book.worksheets:
        name = page.title
        called = ", ".join(filter(None, (where, f"sheet {name}")))
        if name == README:
            continue
        if name not in BY_NAME:
            report.add("no such sheet belongs to a book", file=called, row=None,
                       fix=closest(name, BY_NAME))  # fmt: skip
            continue
        table = _table(page, called, report, bounds)
        filled.append(len(table.rows))
        bounds.hold(filled, called)
        yield name, table


def _table(page: Any, file: str, report: Report, bounds: Bounds) -> Table:
    header: tuple[str, ...] = ()
    found: list[tuple[int, tuple[str | None, ...]]] = []
    page.reset_dimensions()  # what a workbook says of its size need not be so
    for number, cells in enumerate(page.iter_rows(), 1):
        if len(cells) > WIDEST:
            said = f"row {number} has more than {WIDEST:,} cells"
            raise Problem(said, where=file, fix="Clear those beyond the table.")
        texts: list[str | None] = []
        for n, cell in enumerate(cells):
            with report.noting(file=file, row=number, column=header[n] if n < len(header) else ""):
                texts.append(_text(cell))
            texts += [None] * (n + 1 - len(texts))
        if number == 1:
            header = tuple(text or "" for text in texts)
            while header and not header[-1].strip():
                header = header[:-1]
        elif any(text != "" for text in texts):
            found.append((number, tuple(texts)))
            bounds.hold([len(found)], file)
    return Table(file=file, header=header, rows=found)


def _text(cell: Any) -> str:
    """The text of a cell, a number in the digits that a person sees."""
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if kind == "f":
        fix = "Put the value there, not the formula: copy the cell and paste its value."
        raise Problem("a formula is not worked out", fix=fix)
    if kind == "e":
        raise Problem(f"the cell holds the error {value}", fix="Write what belongs there.")
    if value is None:
        return ""
    if isinstance(value, str):
        return _unspelt(value)
    if isinstance(value, datetime):
        day = value.time() == time(0)
        return value.date().isoformat() if day else value.isoformat()
    text = repr(value)
    return format(Decimal(text), "f").removesuffix(".0") if isinstance(value, float) else text
