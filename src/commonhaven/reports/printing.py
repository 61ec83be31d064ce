"""Texts as both forms of a document print them: without control signs, each in its direction."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from commonhaven.reports.document import Cell, Column, Table, bare, direction
from commonhaven.reports.words import Words
from commonhaven.telling import END, LATIN, START, day, number

UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Control signs, halves of signs, and orders to turn the direction that nothing ends."""
LINES = re.compile("\r\n?|\u2028|\u2029|\x85")
ISOLATES = re.compile(r"[\u2066-\u2069]")


def printable(text: str) -> str:
    r"""The text without signs that cannot be printed; what keeps a direction is ended in it.

    >>> printable("a\x00b\u202ec")
    'abc'
    """
    text = UNPRINTABLE.sub("", LINES.sub("\n", text))
    if not ISOLATES.search(text):
        return text
    found, open_ = [], 0
    for sign in text:
        if sign == END and not open_:
            continue
        open_ += {END: -1}.get(sign, 1 if ISOLATES.match(sign) else 0)
        found.append(sign)
    return "".join(found) + END * open_


def cell_text(cell: Cell, column: Column, language: str) -> str:
    """What a cell prints: numbers and days as the language writes them."""
    value = bare(cell)
    if value is None:
        return Words("common", language).say("missing")
    if isinstance(value, date):
        return day(value, language)
    if isinstance(value, int | Decimal | Fraction):
        return number(value, language, column.places)
    return printable(value)


def total_texts(table: Table, language: str) -> tuple[str, ...]:
    """The last row of a table with totals, its label first; empty without totals."""
    totals = table.totals
    if not totals:
        return ()
    label = "total-of-known" if table.incomplete else "total"
    return (
        Words("common", language).say(label),
        *("" if total is None else number(total, language, column.places)
          for total, column in zip(totals[1:], table.columns[1:], strict=True)),
    )  # fmt: skip


def leftward(text: str, column: Column, language: str) -> str:
    """The text kept in its own direction where the document runs from right to left."""
    if not text or direction(language) == "ltr":
        return text
    numeric = column.kind == "number" and any(sign.isdigit() for sign in text)
    return f"{LATIN if numeric else START}{text}{END}"
