"""Short lists that people type, a line each: parties, shares, instalments, conditions."""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from commonhaven.commitments import Condition, Instalment, Share
from commonhaven.parties import UnknownState, find_state
from commonhaven.reading import Problem, exact
from commonhaven.reading.model import DAY

APART = re.compile("[;,\n؛،；，、]")
PARTS = re.compile("[;؛；]")


def party(text: str) -> str:
    """A party as it is written: a state by its code, any other by its name."""
    told = " ".join(text.split())
    try:
        return find_state(told, "party").code
    except UnknownState:
        return told


def parties(text: str) -> tuple[str, ...]:
    """Parties, separated by commas, semicolons or lines; each once."""
    parts = APART.split("\n".join(text.splitlines()))
    return tuple(dict.fromkeys(party(part) for part in parts if part.strip()))


def _lines(text: str, what: str, example: str, least: int) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            parts = [part.strip() for part in PARTS.split(line)]
            if len(parts) < least or not all(parts[:least]):
                said = f'"{line[:60]}" is no {what}'
                raise Problem(said, where=f"line {number}", fix=f"Write: {example}")
            yield number, parts


def shares(text: str) -> tuple[Share, ...]:
    """Partners with how much each gives: ``France; 4000000`` a line."""
    example = "France; 4000000"
    return tuple(
        Share(giver=party(parts[0]), quantity=_number(parts[1], number))
        for number, parts in _lines(text, "share", example, 2)
    )


def instalments(text: str) -> tuple[Instalment, ...]:
    """Instalments with their days: ``2026-03-31; 5000000``, and the giver if only one gives it."""
    example = "2026-03-31; 5000000"
    return tuple(
        Instalment(
            id=f"{number}", due=_day(parts[0], number), quantity=_number(parts[1], number),
            giver=party(parts[2]) if len(parts) > 2 else "",
        )
        for number, parts in _lines(text, "instalment", example, 2)
    )  # fmt: skip


def conditions(text: str) -> tuple[Condition, ...]:
    """Conditions, one a line."""
    told = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple(Condition(id=f"{number}", what=what) for number, what in enumerate(told, 1))


def _number(text: str, line: int) -> Fraction:
    return exact(text.replace(" ", ""), f"line {line}")


def _day(text: str, line: int) -> date:
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Problem(f'"{text[:40]}" is no day', where=f"line {line}", fix="Write 2026-03-31.")
