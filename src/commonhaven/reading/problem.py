"""The one kind of error that a person, not a programmer, has to mend."""

import difflib
import re
from collections.abc import Iterable, Sequence

ENDLESS = re.compile(r"(\d{60})\d+")
"""A number too long for a message: its beginning is enough."""


class Problem(Exception):
    """Something in the input that a person must put right.

    ``what`` happened, ``where`` (file, row, field) and what to do (``fix``). Rooms derive their
    own kinds from it; the command line prints any of them in one line and ends with exit code 2.
    """

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.fix = fix

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.fix}" if self.fix else ""
        end = "" if self.what.endswith((".", "?", "!")) else "."
        line = " ".join(f"{place}{self.what}{end}{advice}".split())
        line = ENDLESS.sub(r"\1...", line)
        return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in line)

    def within(self, where: str) -> "Problem":
        """The same problem, seen from further out: ``where`` goes in front."""
        self.where = f"{where}, {self.where}" if self.where else where
        return self


def closest(word: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known words, or lists a few; empty where none is known.

    >>> closest("populaton", ["population", "gdp"])
    'Did you mean population?'
    """
    names = sorted(set(known))
    by_fold = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(word.casefold(), by_fold, n=3, cutoff=0.6)
    if near:
        return f"Did you mean {' or '.join(by_fold[name] for name in near)}?"
    if not names:
        return ""
    return f"Known: {few(names)}."


def few(names: Sequence[str], most: int = 12) -> str:
    """The first names and how many more there are; a single one more is named.

    >>> few(["CIV", "GHA", "GIN"], 2), few(["CIV", "GHA", "GIN", "LBR"], 2)
    ('CIV, GHA, GIN', 'CIV, GHA and 2 more')
    """
    more = len(names) - most
    return ", ".join(names) if more <= 1 else f"{', '.join(names[:most])} and {more} more"
