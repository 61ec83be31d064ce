"""The chart of a fund's cash: steps, a line for the target, signs for what was called and went."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, Protocol

from commonhaven.commitments.fund import Level
from commonhaven.costs import Money
from commonhaven.figures import palette
from commonhaven.figures.amounts import Measure
from commonhaven.figures.blank import blank
from commonhaven.figures.numbers import day, in_zone
from commonhaven.figures.placing import WIDTHS, Entry, legend
from commonhaven.figures.ticks import even_numbers, moments
from commonhaven.figures.words import say

TOP = 34
"""Pixels for the signs above the steps."""
SIGNS = 14
BELOW = 22
LEFT = 46
"""Pixels for the numbers of the axis."""
HIGH = 190

LOOKS: Mapping[str, tuple[str, str]] = {
    "called": (palette.FOURTH, "triangle-up"),
    "released": (palette.SECOND, "diamond"),
    "paid-out": (palette.THIRD, "triangle-down"),
}


class Moved(Protocol):
    """What the chart shows of a call or payment."""

    @property
    def at(self) -> datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def amount(self) -> Money: ...


def spec(
    days: Sequence[Level], moves: Sequence[Moved], now: datetime, target: Money | None,
    told: Measure,
) -> dict[str, Any]:  # fmt: skip
    """Places across are parts of the time from the first move to now; up, of the axis' top."""
    if not days:
        return blank(say("no-level", told.language))
    times = [*(one.at for one in days), *(move.at for move in moves)]
    first = min(in_zone(at, str(now.tzinfo)) for at in times)
    last = max(now, first + timedelta(days=1))
    aim = None if target is None else Fraction(target.amount)
    marks = even_numbers(max([*(Fraction(one.cash.amount) for one in days), aim or Fraction(0)]))
    most = marks[-1] or Fraction(1)

    def part(at: datetime) -> float:
        return round(min(1.0, max(0.0, (at - first) / (last - first))), 5)

    def high(amount: Fraction) -> float:
        return round(float(amount / most), 5)

    kinds = [kind for kind in LOOKS if any(move.kind == kind for move in moves)]
    entries = [Entry(kind=kind, text=say(kind, told.language)) for kind in kinds]
    entries.append(Entry(kind="", text=say("stairs-in", told.language, unit=told.called)))
    placed = {width: legend(entries, width) for width in WIDTHS}
    extra = {w: 12 + 18 * (max(e.row for e in found) + 1) for w, found in placed.items()}
    bottom = TOP + HIGH
    ticks = [
        {"at": part(at), "text": day(at, told.language, hours=hours)}
        for at, hours in moments(first, last)
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "usermeta": {"commonhaven": {
            "ratio": 0,
            "extra": [{"from": w, "pixels": bottom + BELOW + h} for w, h in extra.items()],
        }},
        "width": 720,
        "height": bottom + BELOW + extra[640],
        "autosize": "none",
        "padding": 0,
        "background": "transparent",
        "config": palette.look(),
        "params": [{"name": "rtl", "value": False}],
        "data": {"values": steps(days, part, high)},
        "layer": [
            *axis_layers([{"up": high(n), "text": told.drawn(n)} for n in marks], ticks),
            *step_layers(), *move_layers(signs(moves, part)),
            *target_layers(aim, high, told), *legend_layers(placed, bottom + BELOW + 4),
        ],
    }  # fmt: skip


def steps(
    days: Sequence[Level], part: Callable[[datetime], float], high: Callable[[Fraction], float]
) -> list[dict[str, Any]]:
    """From each change to the next, the last until now; and the rise or fall before it."""
    ends = [*(part(one.at) for one in days[1:]), 1.0]
    ups = [high(Fraction(one.cash.amount)) for one in days]
    return [
        {"from": part(one.at), "to": end, "up": up, "before": before}
        for one, end, up, before in zip(days, ends, ups, [0.0, *ups], strict=False)
    ]


def signs(moves: Sequence[Moved], part: Callable[[datetime], float]) -> list[dict[str, Any]]:
    return [
        {"at": part(move.at), "color": LOOKS[move.kind][0], "shape": LOOKS[move.kind][1]}
        for move in moves
    ]


def across(field: str) -> dict[str, str]:
    """Pixels of a moment: numbers of the axis stand on the side where reading begins."""
    plain = f"{LEFT} + datum.{field} * (width - {LEFT} - 12)"
    return {"expr": f"rtl ? width - ({plain}) : {plain}"}


def up(field: str) -> dict[str, str]:
    return {"expr": f"{TOP + HIGH} - datum.{field} * {HIGH}"}


def axis_layers(
    marks: Sequence[Mapping[str, Any]], ticks: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    level = {"data": {"values": [{**one, "zero": 0, "one": 1} for one in marks]}}
    rule = {"type": "rule", "stroke": palette.GRID}
    place = {"x": {"value": across("zero")}, "x2": {"value": across("one")},
             "y": {"value": up("up")}}  # fmt: skip
    text = {
        "type": "text", "baseline": "middle", "fontSize": 10, "fill": palette.QUIET, "y": up("up"),
        "align": {"expr": "rtl ? 'left' : 'right'"},
        "x": {"expr": f"rtl ? width - {LEFT - 5} : {LEFT - 5}"},
    }  # fmt: skip
    below = {
        "type": "text", "x": across("at"), "y": TOP + HIGH + 13, "align": "center",
        "fontSize": 10, "fill": palette.QUIET,
    }  # fmt: skip
    every = [{"window": [{"op": "row_number", "as": "n"}]},
             {"filter": "width >= 480 || datum.n % 2 == 1"}]  # fmt: skip
    shown = {"encoding": {"text": {"field": "text"}}}
    return [
        {**level, "mark": rule, "encoding": place},
        {**level, "mark": text, **shown},
        {"data": {"values": list(ticks)}, "transform": every, "mark": below, **shown},
    ]


def step_layers() -> list[dict[str, Any]]:
    area = {"type": "rect", "fill": palette.FIRST, "opacity": 0.16}
    line = {"type": "rule", "stroke": palette.FIRST, "strokeWidth": 2, "strokeCap": "round"}
    flat = {"x": {"value": across("from")}, "x2": {"value": across("to")},
            "y": {"value": up("up")}}  # fmt: skip
    steep = {"x": {"value": across("from")}, "y": {"value": up("before")},
             "y2": {"value": up("up")}}  # fmt: skip
    return [
        {"mark": area, "encoding": {**flat, "y2": {"value": TOP + HIGH}}},
        {"mark": line, "encoding": flat},
        {"mark": line, "encoding": steep},
    ]


def move_layers(signs: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A sign above the steps and a fine line down to them."""
    data = {"data": {"values": list(signs)}}
    rule = {"type": "rule", "stroke": palette.REST, "strokeWidth": 0.8, "strokeDash": [2, 3]}
    place = {"x": {"value": across("at")}, "y": {"value": SIGNS + 6},
             "y2": {"value": TOP + HIGH}}  # fmt: skip
    point = {
        "type": "point", "filled": True, "opacity": 0.9, "size": 80, "x": across("at"), "y": SIGNS,
    }  # fmt: skip
    coded = {
        "color": {"field": "color", "type": "nominal", "scale": None},
        "shape": {"field": "shape", "type": "nominal", "scale": None},
    }
    return [{**data, "mark": rule, "encoding": place}, {**data, "mark": point, "encoding": coded}]


def target_layers(
    aim: Fraction | None, high: Callable[[Fraction], float], told: Measure
) -> list[dict[str, Any]]:
    """A dashed line with its number, where reading ends."""
    if aim is None:
        return []
    said = say("target-is", told.language, amount=told.drawn(aim))
    data = {"data": {"values": [{"up": high(aim), "text": said, "zero": 0, "one": 1}]}}
    rule = {"type": "rule", "stroke": palette.INK, "strokeWidth": 1.2, "strokeDash": [6, 4]}
    place = {"x": {"value": across("zero")}, "x2": {"value": across("one")},
             "y": {"value": up("up")}}  # fmt: skip
    text = {
        "type": "text", "x": across("one"), "y": up("up"), "dy": -7, "fontSize": 11,
        "fontWeight": "bold", "align": {"expr": "rtl ? 'left' : 'right'"},
    }  # fmt: skip
    halo = {"stroke": palette.HALO, "strokeWidth": 3, "strokeJoin": "round"}
    shown = {"encoding": {"text": {"field": "text"}}}
    return [
        {**data, "mark": rule, "encoding": place},
        {**data, "mark": {**text, **halo}, **shown},
        {**data, "mark": text, **shown},
    ]


def legend_layers(placed: Mapping[int, Sequence[Entry]], top: int) -> list[dict[str, Any]]:
    ends = [*list(placed)[1:], 10**6]
    values = [
        {
            "text": e.text, "x": e.x, "row": e.row, "from": start, "to": end, "kind": e.kind,
            "color": LOOKS.get(e.kind, ("", ""))[0], "shape": LOOKS.get(e.kind, ("", ""))[1],
        }
        for (start, entries), end in zip(placed.items(), ends, strict=True)
        for e in entries
    ]  # fmt: skip
    return legend_marks(values, top)


def legend_marks(values: Sequence[Mapping[str, Any]], top: int) -> list[dict[str, Any]]:
    """Signs with their names, at the widths for which each was placed."""
    edge = "(rtl ? width - datum.x : datum.x)"
    y = {"expr": f"{top} + 9 + 18 * datum.row"}
    text = {
        "type": "text", "baseline": "middle", "align": {"expr": "rtl ? 'right' : 'left'"}, "y": y,
        "x": {"expr": f"{edge} + (datum.kind ? 18 : 0) * (rtl ? -1 : 1)"},
    }  # fmt: skip
    point = {
        "type": "point", "filled": True, "size": 80, "opacity": 1, "y": y,
        "x": {"expr": f"{edge} + (rtl ? -6 : 6)"},
    }  # fmt: skip
    coded = {
        "color": {"field": "color", "type": "nominal", "scale": None},
        "shape": {"field": "shape", "type": "nominal", "scale": None},
    }
    shown = [{"filter": "width >= datum.from && width < datum.to"}]
    return [
        {"data": {"values": list(values)}, "transform": shown, "mark": text,
         "encoding": {"text": {"field": "text"}}},
        {"data": {"values": [one for one in values if one["kind"]]}, "transform": shown,
         "mark": point, "encoding": coded},
    ]  # fmt: skip
