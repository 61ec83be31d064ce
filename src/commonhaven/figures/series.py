"""A measure year by year: a point for each value, its bounds, a gap where there is none."""

import shlex
from collections.abc import Sequence

from commonhaven.figures.book_lines import Program
from commonhaven.figures.picture import Picture
from commonhaven.figures.reproduce import COMMAND, PYTHON, Pairs
from commonhaven.figures.series_chart import Scale, scale_of, spec
from commonhaven.figures.words import listed, say
from commonhaven.indicators import Result


def series(
    results: Sequence[Result], *, called: str, unit: str = "", language: str = "en"
) -> Picture:
    """One measure of one scope, in order of years.

    ``called``: what is measured and of whom, for the title. ``unit``: its unit in the language;
    else as the results have it.
    """
    each = sorted(results, key=lambda one: one.year)
    told = scale_of(each, unit or (each[0].unit if each else ""), language)
    bounds = any(one.bounds for one in each)
    note = [say("series-note", language, unit=told.called)]
    note += [say("series-bounds", language)] if bounds else []
    return Picture(
        id="series",
        title=say("series-title", language, called=called),
        spec=spec(each, told),
        alternative=alternative(each, told),
        columns=(
            say("year", language), say("value", language, unit=told.unit),
            *((say("at-least", language), say("at-most", language)) if bounds else ()),
        ),
        rows=table(each, told, bounds=bounds),
        reproduce=again(each, called, unit, language),
        note=" ".join(note),
    )  # fmt: skip


def table(each: Sequence[Result], told: Scale, *, bounds: bool) -> tuple[tuple[str, ...], ...]:
    """Every year, those without a value as missing."""
    gone = say("missing", told.language)
    if all(one.value is None for one in each):
        return ()
    rows = []
    for one in each:
        row = [str(one.year), gone if one.value is None else told.full(one.value)]
        if bounds:
            ends = (one.bounds.low, one.bounds.high) if one.bounds else (one.value, one.value)
            row += [gone if end is None else told.full(end) for end in ends]
        rows.append(tuple(row))
    return tuple(rows)


def alternative(each: Sequence[Result], told: Scale) -> str:
    known = [(one.year, one.value) for one in each if one.value is not None]
    if not known:
        return say("no-series", told.language)
    (first, start), (last, end) = known[0], known[-1]
    top, most = max(known, key=lambda pair: pair[1])
    without = [str(one.year) for one in each if one.value is None]
    gaps = listed(without, told.language) if without else say("no-years", told.language)
    return say(
        "series-alt", told.language, first=first, last=last, unit=told.called,
        start=told.drawn(start), end=told.drawn(end), most=told.drawn(most), top=top,
        without=gaps,
    )  # fmt: skip


def again(each: Sequence[Result], called: str, unit: str, language: str) -> Pairs:
    """The command that prints the numbers, and a program that draws them."""
    if not each:
        return ()
    one, last = each[0], each[-1]
    years = str(one.year) if one.year == last.year else f"{one.year}-{last.year}"
    of = "" if one.scope == "world" else f" --of {shlex.quote(one.scope)}"
    named = [f"called={called!r}", *([f"unit={unit!r}"] if unit else [])]
    span = f"range({one.year}, {last.year + 1})"
    program = Program(
        id="series",
        imports=(
            "from pathlib import Path", "", "from commonhaven.figures import series, svg",
            "from commonhaven.indicators import compute, scope",
        ),
        prepare=(
            f"of = scope({one.scope!r})",
            f"results = [compute({one.measure!r}, of, year) for year in {span}]",
        ),
        call="series(results", named=tuple(named),
    )  # fmt: skip
    return (
        (COMMAND, f"commonhaven indicators compute {one.measure}{of} --year {years} --format csv"),
        (PYTHON, program.text(language)),
    )
