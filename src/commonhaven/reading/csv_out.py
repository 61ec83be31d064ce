"""Rows as CSV text: bare numbers, missing is empty."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from commonhaven.reading.numbers import decimal_text

Cell = str | int | Fraction | Decimal | None


def as_csv(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """The table as CSV; a fraction without an end has ten decimals."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(["" if cell is None else _plain(cell) for cell in row])
    return out.getvalue()


def _plain(cell: Cell) -> str:
    if isinstance(cell, Fraction):
        return decimal_text(cell, 10) if cell.denominator != 1 else str(cell.numerator)
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)
