"""Plain tables that read well at 80 columns and in a pipe."""

import sys
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from commonhaven.reading import csv_out, decimal_text

Cell = csv_out.Cell
as_csv = csv_out.as_csv
WIDEST = 25


def grouped(number: int | Fraction | Decimal, places: int = 0) -> str:
    """With a comma between thousands: 1,234,567 or -1,234.50."""
    text = decimal_text(Fraction(number), places)
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, rest = digits.partition(".")
    return f"{sign}{int(whole):,}{point}{rest}"


def percent(share: Fraction, places: int = 2) -> str:
    return f"{decimal_text(share * 100, places)} %"


def width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) != 0 for c in text)


def table(header: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """Aligned columns: the first ``left`` to the left, the others to the right."""
    lines = [list(header), *[list(row) for row in rows]]
    lines = [[shorten(cell) if i < left else cell for i, cell in enumerate(row)] for row in lines]
    widths = [max(width(row[i]) for row in lines) for i in range(len(header))]
    done = [_line(row, widths, left) for row in lines]
    rule = "  ".join("-" * w for w in widths)
    return "\n".join([done[0], rule, *done[1:]])


def shorten(text: str) -> str:
    return text if width(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _line(row: Sequence[str], widths: Sequence[int], left: int) -> str:
    cells = []
    for i, (cell, size) in enumerate(zip(row, widths, strict=True)):
        space = " " * (size - width(cell))
        cells.append(cell + space if i < left else space + cell)
    return "  ".join(cells).rstrip()


def one_line(text: str) -> str:
    """Wrapped on a terminal; in a pipe or a file one line, so that each can be counted and read."""
    return paragraph(text) if sys.stdout.isatty() else " ".join(text.split())


def paragraph(text: str, indent: str = "") -> str:
    """Wrapped at 80 columns."""
    import textwrap

    return textwrap.fill(
        " ".join(text.split()), 80, initial_indent=indent, subsequent_indent=indent
    )
