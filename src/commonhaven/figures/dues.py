"""What of promises is overdue and what falls due in the next twelve months, giver by giver."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from commonhaven.commitments import Due
from commonhaven.figures.amounts import Measure, measure, party_name, unit_name
from commonhaven.figures.book_lines import From, Program, of_book, opened, rows
from commonhaven.figures.dues_chart import Cell, spec
from commonhaven.figures.numbers import full_day, month
from commonhaven.figures.picture import Picture
from commonhaven.figures.reproduce import PYTHON, Pairs
from commonhaven.figures.words import disclaimer, listed, say

MONTHS = 12
"""How far ahead the calendar looks, this month included; what is due later is said in words."""
OVERDUE, LATER = -1, MONTHS

Key = tuple[str, str, int]
"""Giver, unit, and months from this one; before today, or later than the calendar looks."""


def dues_calendar(
    dues: Sequence[Due], *, on: date, called: str, language: str = "en",
    source: From | None = None,
) -> Picture:  # fmt: skip
    """What is missing on a day, by giver and unit: overdue, then month by month."""
    sums = summed(dues, on)
    told = measures(sums, language)
    cells = [
        Cell(giver=giver, unit=unit, column=column, amount=amount)
        for (giver, unit, column), amount in sums.items()
        if column != LATER
    ]
    after = later(sums, told, language)
    return Picture(
        id="dues",
        title=say("dues-title", language, called=called),
        spec=spec(cells, months(on), told, language),
        alternative=f"{alternative(sums, dues, on, told, language)} {after}".strip(),
        columns=tuple(say(key, language) for key in ("when", "giver", "missing", "unit")),
        rows=tuple(
            (when(column, on, language), party_name(giver, language), told[unit].full(amount),
             unit_name(unit, language))
            for (giver, unit, column), amount in sorted(sums.items(), key=in_order)
        ),
        reproduce=again(dues, on, called, language, source),
        note=" ".join(filter(None, (say("dues-note", language), after, disclaimer(language)))),
    )  # fmt: skip


def summed(dues: Sequence[Due], on: date) -> dict[Key, Fraction]:
    """What is missing, added up by giver, unit and month."""
    sums: dict[Key, Fraction] = {}
    for due in dues:
        if due.missing:
            key = (due.giver, due.missing.unit, place(due.due, on))
            sums[key] = sums.get(key, Fraction(0)) + due.missing.value
    return sums


def place(due: date, on: date) -> int:
    """The column of a day; a day is overdue once it has passed."""
    if due < on:
        return OVERDUE
    return min(LATER, (due.year - on.year) * 12 + due.month - on.month)


def months(on: date) -> list[date]:
    """The first days of the months that the calendar shows."""
    first = on.year * 12 + on.month - 1
    return [date((first + n) // 12, (first + n) % 12 + 1, 1) for n in range(MONTHS)]


def when(column: int, on: date, language: str) -> str:
    if column in {OVERDUE, LATER}:
        return say("overdue" if column == OVERDUE else "later", language)
    return month(months(on)[column], language, year=True)


def in_order(item: tuple[Key, Fraction]) -> tuple[int, str, Fraction, str]:
    (giver, unit, column), amount = item
    return column, unit, -amount, giver


def measures(sums: dict[Key, Fraction], language: str) -> dict[str, Measure]:
    """How numbers of each unit are written."""
    units = {unit for _, unit, _ in sums}
    return {
        one: measure(one, (n for (_, unit, _), n in sums.items() if unit == one), language)
        for one in sorted(units)
    }


def of_units(
    sums: dict[Key, Fraction], columns: range, told: dict[str, Measure], language: str
) -> str:
    """What is missing in some columns, unit by unit: 3.5 million USD, 500 people."""

    def each() -> Iterator[str]:
        for unit, how in told.items():
            amount = sum((n for (_, u, c), n in sums.items() if u == unit and c in columns),
                         Fraction(0))  # fmt: skip
            if amount:
                yield f"{how.drawn(amount)} {how.called}"

    return listed(each(), language)


def later(sums: dict[Key, Fraction], told: dict[str, Measure], language: str) -> str:
    """A sentence on what is due after the months shown."""
    if not any(column == LATER for _, _, column in sums):
        return ""
    found = of_units(sums, range(LATER, LATER + 1), told, language)
    return say("dues-later", language, list=found)


def alternative(
    sums: dict[Key, Fraction], dues: Sequence[Due], on: date, told: dict[str, Measure],
    language: str,
) -> str:  # fmt: skip
    if not sums:
        return say("no-dues", language)
    coming = sorted((d for d in dues if d.missing and d.due >= on), key=lambda d: (d.due, d.giver))
    following = [
        f"{party_name(one.giver, language)} ({full_day(one.due, language)})" for one in coming[:1]
    ]
    return say(
        "dues-alt", language, day=full_day(on, language),
        overdue=of_units(sums, range(OVERDUE, 0), told, language),
        coming=of_units(sums, range(LATER), told, language),
        next=listed(following, language),
    )  # fmt: skip


def again(dues: Sequence[Due], on: date, called: str, language: str, source: From | None) -> Pairs:
    named = (f"called={called!r}",)
    if source is not None:
        program = Program(
            id="dues",
            imports=(
                "from datetime import UTC, datetime", "from pathlib import Path", "",
                "from commonhaven.commitments import book, read_book",
                "from commonhaven.figures import dues_calendar, svg",
            ),
            prepare=opened(source), call="dues_calendar(found.dues",
            named=("on=now.date()", *named),
        )  # fmt: skip
        return of_book(source, "due", program, language)
    lines = [
        (d.giver, d.due.isoformat(), str(d.missing.value), d.missing.unit)
        for d in dues if d.missing
    ]  # fmt: skip
    program = Program(
        id="dues",
        imports=(
            "from datetime import date", "from pathlib import Path", "",
            "from commonhaven.commitments import Due, quantity",
            "from commonhaven.figures import dues_calendar, svg",
        ),
        prepare=(
            *rows(lines),
            "dues = [",
            "    Due(commitment='', instalment='', giver=giver, due=date.fromisoformat(day),",
            "        first_due=date.fromisoformat(day), quantity=quantity(n, unit),",
            "        missing=quantity(n, unit))",
            "    for giver, day, n, unit in rows",
            "]",
        ),
        call="dues_calendar(dues", named=(f"on=date.fromisoformat({on.isoformat()!r})", *named),
    )  # fmt: skip
    return ((PYTHON, program.text(language)),)
