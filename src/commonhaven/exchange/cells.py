"""Cells of text to exact values, quickly: dates, amounts and words come again and again."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from commonhaven.exchange.transaction import Organisation
from commonhaven.reading import Problem

Read = TypeVar("Read")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
NUMBER = re.compile(r"[+-]?(\d{1,20}(\.\d{0,12})?|\.\d{1,12})([eE]\+?\d{1,2})?", re.ASCII)
CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
LARGEST = Decimal(10) ** 20
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
"""What makes a spreadsheet run a cell of CSV; the quotation mark is what we put before it."""


@lru_cache(maxsize=8192)
def day(text: str) -> date:
    """A day as 2026-01-31, with or without a time or zone after it."""
    bare = text.strip()
    try:
        if DAY.match(bare) and (len(bare) == 10 or bare[10] in "TZ+-"):
            return date.fromisoformat(bare[:10])
    except ValueError:
        pass
    raise Problem(f'"{text[:40]}" is not a date', fix="Write 2026-01-31.")


def amount(text: str) -> Decimal:
    """An amount, exactly as it is written; 1e6 is read as a million."""
    bare = text.strip()
    if not NUMBER.fullmatch(bare):
        if not bare:
            raise Problem("the amount is missing", fix="Write the figure.")
        fix = "Write digits and a decimal point, no thousands separators: 1234.50."
        raise Problem(f'"{text[:40]}" is not a number', fix=fix)
    found = Decimal(bare)
    if abs(found) >= LARGEST:
        raise Problem(f"{text[:40]} is too large", fix="Is there a digit too many?")
    return found


def plain(value: Decimal) -> str:
    """An amount in digits, without an exponent and without noughts that say nothing."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=1024)
def currency(text: str) -> str:
    """An ISO 4217 code by its form: files of the past name currencies that are no longer in use."""
    if CURRENCY.fullmatch(text.strip()):
        return text.strip()
    raise Problem(f'"{text[:40]}" is no currency', fix="Write an ISO 4217 code, such as USD.")


@lru_cache(maxsize=8192)
def organisation(name: str, ref: str, kind: str, country: str) -> Organisation:
    """One value for each organisation, however often it comes."""
    return Organisation(name, ref, kind, country)


def guarded(text: str) -> str:
    """A text that no spreadsheet runs as a formula; `bare` reads it back.

    >>> guarded("=1+1"), guarded("Ghana")
    ("'=1+1", 'Ghana')
    """
    spaced = text != text.strip()
    return f"'{text}" if spaced or text.startswith(FORMULA) else text


def bare(cell: str) -> str:
    """The text of a cell that `guarded` wrote."""
    return cell.removeprefix("'")


TRUTHS = {"": None, "yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}


@lru_cache(maxsize=64)
def truth(text: str) -> bool | None:
    """Yes or no, None where nothing is said."""
    word = text.strip().lower()
    if word in TRUTHS:
        return TRUTHS[word]
    raise Problem(f'"{text[:20]}" is neither yes nor no', fix="Write yes, no or nothing.")


def yes_no(said: bool | None) -> str:  # noqa: FBT001 - it is the cell itself
    """A cell that `truth` reads back."""
    return "" if said is None else "yes" if said else "no"


def within(column: str, read: Callable[[str], Read], text: str) -> Read:
    """What a cell holds; a Problem names its column or element."""
    try:
        return read(text)
    except Problem as problem:
        problem.where = column
        raise
