"""Any table of texts as a workbook of one sheet."""

from collections.abc import Iterable, Sequence
from importlib import import_module
from types import ModuleType
from typing import BinaryIO

from commonhaven.reading import Problem

LONGEST = 32_767
"""Characters that a cell of a workbook can hold."""


def spreadsheets(name: str) -> ModuleType:
    """A package that reads or writes workbooks. Problem where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        fix = 'Install it: pip install "commonhaven[spreadsheets]".'
        raise Problem(f"workbooks need the package {name}", where="XLSX", fix=fix) from None


def write_sheet(name: str, rows: Iterable[Sequence[str]], out: BinaryIO) -> None:
    """Write the rows, the first one as the head, every cell as text. No formula is ever written."""
    book = spreadsheets("xlsxwriter").Workbook(out, {"in_memory": True})
    head = book.add_format({"bold": True, "bg_color": "#E8E8E8", "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet(name)
    page.freeze_panes(1, 1)
    page.set_column(0, 60, 28)
    for at, row in enumerate(rows):
        for n, cell in enumerate(row):
            page.write_string(at, n, cell[:LONGEST], wrapped if at else head)
    book.close()
