"""The Lorenz curve of hosting beside the line on which everybody hosts in proportion."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from commonhaven.figures import palette
from commonhaven.figures.amounts import party_name
from commonhaven.figures.blank import blank
from commonhaven.figures.book_lines import Program
from commonhaven.figures.numbers import count, decimal
from commonhaven.figures.picture import Picture
from commonhaven.figures.placing import fitted
from commonhaven.figures.reproduce import COMMAND, PYTHON, Pairs
from commonhaven.figures.series_chart import framed
from commonhaven.figures.words import disclaimer, say
from commonhaven.indicators import Curve

TOP, SIDE, BELOW, LEFT = 26, 300, 40, 44
"""Pixels above the square, of its height, below it, and for its numbers."""
MARKS = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which curve it is: the measure, the scope by its id, the year."""

    measure: str
    scope: str
    year: int


def lorenz_curve(
    curve: Curve | None, asked: Asked, *, called: str, across: str, language: str = "en"
) -> Picture:
    """The curve; ``called``: of whom and when, for the title; ``across``: what its axis counts."""
    return Picture(
        id="lorenz",
        title=say("lorenz-title", language, called=called),
        spec=spec(curve, across, language),
        alternative=alternative(curve, across, language),
        columns=(say("state", language), across, say("part-hosted", language)),
        rows=table(curve, language),
        reproduce=again(asked, called, across, language),
        note=f"{say('lorenz-note', language)} {disclaimer(language)}",
    )


def table(curve: Curve | None, language: str) -> tuple[tuple[str, ...], ...]:
    """States in order, with what they and those before them are and host, in percent."""
    if curve is None:
        return ()
    return tuple(
        (party_name(state, language), decimal(f * 100, language, 2), decimal(up * 100, language, 2))
        for state, (f, up) in zip(curve.states, curve.points[1:], strict=True)
    )


def alternative(curve: Curve | None, across: str, language: str) -> str:
    if curve is None:
        return say("no-lorenz", language)
    return say(
        "lorenz-alt", language, n=count(len(curve.states), language), across=across,
        coefficient=decimal(curve.coefficient, language, 3),
        half=decimal(height(curve, Fraction(1, 2)) * 100, language, 1),
    )  # fmt: skip


def height(curve: Curve, at: Fraction) -> Fraction:
    """The part of people hosted by the first ``at`` of the key, between two points in a line."""
    for (x, y), (to, up) in pairwise(curve.points):
        if x <= at <= to:
            return y + (up - y) * (at - x) / (to - x)
    return Fraction(1)


def again(asked: Asked, called: str, across: str, language: str) -> Pairs:
    of = "" if asked.scope == "world" else f" --of {shlex.quote(asked.scope)}"
    told = f"measure={asked.measure!r}, scope={asked.scope!r}, year={asked.year}"
    program = Program(
        id="lorenz",
        imports=(
            "from pathlib import Path", "",
            "from commonhaven.figures import LorenzAsked, lorenz_curve, svg",
            "from commonhaven.indicators import hosting_curve, scope",
        ),
        prepare=(
            f"asked = LorenzAsked({told})",
            "curve = hosting_curve(asked.measure, scope(asked.scope), asked.year)",
        ),
        call="lorenz_curve(curve, asked", named=(f"called={called!r}", f"across={across!r}"),
    )  # fmt: skip
    numbers = f"commonhaven indicators compute {asked.measure}{of} --year {asked.year}"
    return ((COMMAND, f"{numbers} --format json"), (PYTHON, program.text(language)))


WIDTH = f"min(width - {LEFT + 16}, 420)"


def place(field: str) -> dict[str, str]:
    """Pixels across: zero stands on the side where reading begins."""
    plain = f"{LEFT} + datum.{field} * {WIDTH}"
    return {"expr": f"rtl ? width - ({plain}) : {plain}"}


def up(field: str) -> dict[str, str]:
    return {"expr": f"{TOP + SIDE} - datum.{field} * {SIDE}"}


def spec(curve: Curve | None, across: str, language: str) -> dict[str, Any]:
    """The square of parts, the line of proportion, the curve and the marks of percent."""
    if curve is None:
        return blank(say("no-lorenz", language))
    parts = [
        {"x": round(float(a), 5), "y": round(float(b), 5), "x2": round(float(c), 5),
         "y2": round(float(d), 5)}
        for (a, b), (c, d) in pairwise(curve.points)
    ]  # fmt: skip
    line = {"type": "rule", "stroke": palette.FIRST, "strokeWidth": 2.5, "strokeCap": "round"}
    even = {"type": "rule", "stroke": palette.REST, "strokeWidth": 1.2, "strokeDash": [6, 4]}
    return framed(
        [
            *mark_layers(language), *name_layers(across, language),
            _rules([{"x": 0, "y": 0, "x2": 1, "y2": 1}], even), _rules(parts, line),
        ],
        TOP + SIDE + BELOW,
    )  # fmt: skip


def _rules(rows: Sequence[Mapping[str, Any]], mark: Mapping[str, Any]) -> dict[str, Any]:
    ends = {"x": {"value": place("x")}, "x2": {"value": place("x2")},
            "y": {"value": up("y")}, "y2": {"value": up("y2")}}  # fmt: skip
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": ends}


def mark_layers(language: str) -> list[dict[str, Any]]:
    """Fine lines at the quarters, with their percent on both axes."""
    at = [(n / 100, decimal(n, language, 0)) for n in MARKS]
    flat = [{"x": 0, "x2": 1, "y": n, "y2": n, "text": text} for n, text in at]
    steep = [{"x": n, "x2": n, "y": 0, "y2": 1, "text": text} for n, text in at]
    rule = {"type": "rule", "stroke": palette.GRID}
    base = {"type": "text", "fontSize": 10, "fill": palette.QUIET}
    beside = {
        **base, "baseline": "middle", "y": up("y"), "align": {"expr": "rtl ? 'left' : 'right'"},
        "x": {"expr": f"rtl ? width - {LEFT - 5} : {LEFT - 5}"},
    }  # fmt: skip
    below = {**base, "align": "center", "x": place("x"), "y": TOP + SIDE + 14}
    shown = {"encoding": {"text": {"field": "text"}}}
    return [
        _rules(flat, rule), _rules(steep, rule),
        {"data": {"values": flat}, "mark": beside, **shown},
        {"data": {"values": steep}, "mark": below, **shown},
    ]  # fmt: skip


def name_layers(across: str, language: str) -> list[dict[str, Any]]:
    """What the axes count."""
    base = {
        "type": "text", "fontSize": 11, "fill": palette.INK, "x": {"expr": "rtl ? width - 4 : 4"},
        "align": {"expr": "rtl ? 'right' : 'left'"},
    }  # fmt: skip
    shown = {"encoding": {"text": {"field": "text"}}}
    texts = ((fitted(say("part-hosted", language), 300, 1), 12),
             (fitted(across, 300, 1), TOP + SIDE + 32))  # fmt: skip
    return [
        {"data": {"values": [{"text": text}]}, "mark": {**base, "y": y}, **shown}
        for text, y in texts
    ]
