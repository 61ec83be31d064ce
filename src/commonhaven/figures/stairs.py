"""From fair share to delivered: a row for each party, nested bars, all together on top."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from commonhaven.commitments import Staircase
from commonhaven.figures.amounts import Measure, measure, party_name
from commonhaven.figures.book_lines import From, Program, of_book, opened, rows
from commonhaven.figures.numbers import count
from commonhaven.figures.picture import Picture
from commonhaven.figures.reproduce import PYTHON, Pairs
from commonhaven.figures.stair_chart import LEVELS, spec
from commonhaven.figures.words import disclaimer, listed, say

LEADING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Stair:
    """One party's numbers, in the unit of all; a ``Staircase`` has them too, with its steps."""

    state: str
    fair_share: Fraction
    pledged: Fraction
    after_deductions: Fraction
    delivered: Fraction
    received: Fraction


Stairs = Sequence[Stair | Staircase]


def staircase_bars(
    stairs: Stairs, *, unit: str, called: str, language: str = "en", source: From | None = None
) -> Picture:
    """What each party owes, pledged, still owes after deductions, delivered; and was received.

    ``called``: the pool or decision, for the title. ``source``: the book that it was made from;
    without one, the program to reproduce it holds the numbers.
    """
    each = sorted(stairs, key=lambda one: (-one.fair_share, -one.pledged, one.state))
    whole = together(each)
    told = measure(unit, (getattr(one, level) for one in (*each, whole) for level in LEVELS),
                   language)  # fmt: skip
    scale = say("stairs-scale", language, unit=told.called)
    return Picture(
        id="staircase",
        title=say("stairs-title", language, called=called),
        spec=spec(each, whole, told),
        alternative=alternative(each, whole, told),
        columns=(
            say("party", language),
            *(f"{say(level, language)} ({unit_of(told)})" for level in LEVELS),
        ),
        rows=table(each, whole, told),
        reproduce=again(each, unit, called, language, source),
        note=f"{scale} {disclaimer(language)}",
    )


def unit_of(told: Measure) -> str:
    return Measure(unit=told.unit, language=told.language, large=False).called


def together(each: Stairs) -> Stair:
    """All parties' numbers added up."""
    sums = {level: sum((getattr(one, level) for one in each), Fraction(0)) for level in LEVELS}
    return Stair(state="", **sums)


def table(each: Stairs, whole: Stair, told: Measure) -> tuple[tuple[str, ...], ...]:
    """All together first, as in the drawing."""
    if not each:
        return ()
    return tuple(
        (
            party_name(one.state, told.language) if one.state else say("all-together",
                                                                       told.language),
            *(told.full(getattr(one, level)) for level in LEVELS),
        )
        for one in (whole, *each)
    )  # fmt: skip


def alternative(each: Stairs, whole: Stair, told: Measure) -> str:
    language = told.language
    if not each:
        return say("no-stairs", language)
    most = sorted(each, key=lambda one: (-one.delivered, one.state))[:LEADING]
    return say(
        "stairs-alt",
        language,
        n=count(len(each), language),
        unit=told.called,
        list=listed(
            [f"{party_name(s.state, language)} {told.drawn(s.delivered)}"
             for s in most if s.delivered], language,
        ),
        **{level: told.drawn(getattr(whole, level)) for level in LEVELS},
    )  # fmt: skip


def again(each: Stairs, unit: str, called: str, language: str, source: From | None) -> Pairs:
    named = (f"unit={unit!r}", f"called={called!r}")
    if source is None:
        numbers = [(one.state, *(str(getattr(one, level)) for level in LEVELS)) for one in each]
        given = ", ".join(f"{level}=Fraction({level[0]})" for level in LEVELS)
        letters = ", ".join(level[0] for level in LEVELS)
        program = Program(
            id="staircase",
            imports=(
                "from fractions import Fraction", "from pathlib import Path", "",
                "from commonhaven.figures import Stair, staircase_bars, svg",
            ),
            prepare=(
                *rows(numbers),
                "stairs = [",
                f"    Stair(state=state, {given})",
                f"    for state, {letters} in rows",
                "]",
            ),
            call="staircase_bars(stairs", named=named,
        )  # fmt: skip
        return ((PYTHON, program.text(language)),)
    program = Program(
        id="staircase",
        imports=(
            "from datetime import UTC, datetime", "from pathlib import Path", "",
            "from commonhaven.commitments import book, read_book, together",
            "from commonhaven.figures import staircase_bars, svg",
        ),
        prepare=(
            *opened(source), "stairs = together(file.pool.pool(), found, now.date())",
        ),
        call="staircase_bars(stairs", named=named,
    )  # fmt: skip
    return of_book(source, "staircase", program, language)
