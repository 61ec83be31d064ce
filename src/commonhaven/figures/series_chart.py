"""The chart of a measure year by year: points, lines between neighbours, bars for bounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor, log10
from typing import Any

from commonhaven.figures import palette
from commonhaven.figures.blank import blank
from commonhaven.figures.numbers import decimal
from commonhaven.figures.ticks import even_numbers
from commonhaven.figures.words import say
from commonhaven.indicators import Result

TOP, HIGH, BELOW, LEFT, RIGHT = 12, 220, 26, 62, 16
"""Pixels above the axis, of it, below it, and for its numbers."""
DIGITS = 3
"""Digits that a number below a thousand has, at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How the numbers of one series are written; those of a million and more in millions."""

    unit: str
    language: str
    most: Fraction

    @property
    def large(self) -> bool:
        return self.most >= 10**6

    @property
    def called(self) -> str:
        """What the drawing's numbers count."""
        return say("in-millions", self.language, unit=self.unit) if self.large else self.unit

    def drawn(self, value: Fraction) -> str:
        """As it stands in the drawing and in sentences."""
        return self.written(value / 10**6 if self.large else value)

    def full(self, value: Fraction) -> str:
        """As it stands in the table."""
        return self.written(value)

    def written(self, value: Fraction) -> str:
        """Whole numbers whole, others with three digits at least."""
        if value.denominator == 1 or abs(value) >= 10 ** (DIGITS - 1):
            return decimal(value, self.language, 0 if value.denominator == 1 else 1)
        return decimal(value, self.language, DIGITS - 1 - floor(log10(abs(value))))


def scale_of(each: Sequence[Result], unit: str, language: str) -> Scale:
    """The scale that fits all values and bounds."""
    return Scale(unit=unit, language=language, most=max(map(abs, reach(each)), default=Fraction(0)))


def reach(each: Sequence[Result]) -> list[Fraction]:
    """Every value and bound."""
    found = [one.value for one in each if one.value is not None]
    found += [end for one in each if one.bounds for end in (one.bounds.low, one.bounds.high)]
    return found


def spec(each: Sequence[Result], told: Scale) -> dict[str, Any]:
    """Places across are parts of the time, up of the axis from its lowest mark to its highest."""
    known = [(one, one.value) for one in each if one.value is not None]
    if not known:
        return blank(say("no-series", told.language))
    marks = marks_of(reach(each))
    low, span = marks[0], (marks[-1] - marks[0]) or Fraction(1)
    first, years = each[0].year, max(1, each[-1].year - each[0].year)

    def at(year: int) -> float:
        return round((year - first) / years, 5) if years and len(each) > 1 else 0.5

    def up(value: Fraction) -> float:
        return round(float((value - low) / span), 5)

    points = [{"at": at(one.year), "up": up(value)} for one, value in known]
    lines = [
        {"at": at(a.year), "up": up(v), "to": at(b.year), "end": up(w)}
        for (a, v), (b, w) in pairwise(known)
        if b.year - a.year == 1
    ]
    bars = [
        {"at": at(one.year), "up": up(one.bounds.low), "end": up(one.bounds.high)}
        for one, _ in known
        if one.bounds
    ]
    levels = [{"up": up(n), "text": told.drawn(n), "zero": 0, "one": 1} for n in marks]
    return framed(
        [
            *level_layers(levels), *year_layers(each, at), *bar_layers(bars), *line_layers(lines),
            point_layer(points),
        ],
        TOP + HIGH + BELOW,
    )  # fmt: skip


def marks_of(values: Sequence[Fraction]) -> list[Fraction]:
    """Even marks that hold zero and every value, below zero too."""
    most, least = max(values), min(values)
    above = even_numbers(max(most, -least))
    if least >= 0:
        return above
    step = above[1] - above[0]
    found = [-n for n in reversed(above) if n and n - step < -least]
    return found + [n for n in above if n - step < most or not n]


def framed(layers: Sequence[Mapping[str, Any]], height: int) -> dict[str, Any]:
    """A spec of these layers, of one height at every width."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "usermeta": {"commonhaven": {"ratio": 0, "extra": [{"from": 0, "pixels": height}]}},
        "width": 720,
        "height": height,
        "autosize": "none",
        "padding": 0,
        "background": "transparent",
        "config": palette.look(),
        "params": [{"name": "rtl", "value": False}],
        "data": {"values": [{}]},
        "layer": list(layers),
    }


def across(field: str) -> dict[str, str]:
    """Pixels of a year: the numbers of the axis stand on the side where reading begins."""
    plain = f"{LEFT} + 10 + datum.{field} * (width - {LEFT + 10 + RIGHT})"
    return {"expr": f"rtl ? width - ({plain}) : {plain}"}


def up_at(field: str) -> dict[str, str]:
    return {"expr": f"{TOP + HIGH} - datum.{field} * {HIGH}"}


def level_layers(levels: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A fine line and a number for each mark."""
    data = {"data": {"values": list(levels)}}
    edge = f"rtl ? width - {LEFT} : {LEFT}"
    far = f"rtl ? {RIGHT - 8} : width - {RIGHT - 8}"
    place = {"x": {"value": {"expr": edge}}, "x2": {"value": {"expr": far}},
             "y": {"value": up_at("up")}}  # fmt: skip
    text = {
        "type": "text", "baseline": "middle", "fontSize": 10, "fill": palette.QUIET,
        "y": up_at("up"), "align": {"expr": "rtl ? 'left' : 'right'"},
        "x": {"expr": f"rtl ? width - {LEFT - 5} : {LEFT - 5}"},
    }  # fmt: skip
    return [
        {**data, "mark": {"type": "rule", "stroke": palette.GRID}, "encoding": place},
        {**data, "mark": text, "encoding": {"text": {"field": "text"}}},
    ]


def year_layers(each: Sequence[Result], at: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a function
    """Years below the axis, as many as find room."""
    ticks = [
        {"at": at(one.year), "text": str(one.year), "n": len(each) - 1 - n}
        for n, one in enumerate(each)
    ]
    every = f"datum.n % ceil({len(each)} * 40 / (width - {LEFT + RIGHT})) == 0"
    mark = {
        "type": "text", "x": across("at"), "y": TOP + HIGH + 15, "align": "center",
        "fontSize": 10, "fill": palette.QUIET,
    }  # fmt: skip
    return [{
        "data": {"values": ticks}, "transform": [{"filter": every}], "mark": mark,
        "encoding": {"text": {"field": "text"}},
    }]  # fmt: skip


def line_layers(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    mark = {"type": "rule", "stroke": palette.FIRST, "strokeWidth": 2, "strokeCap": "round"}
    return _rules(lines, mark, {"x2": {"value": across("to")}})


def bar_layers(bars: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    mark = {"type": "rule", "stroke": palette.SECOND, "strokeWidth": 5, "opacity": 0.45}
    return _rules(bars, mark, {})


def _rules(
    rows: Sequence[Mapping[str, Any]], mark: Mapping[str, Any], more: Mapping[str, Any]
) -> list[dict[str, Any]]:
    if not rows:
        return []
    place = {"x": {"value": across("at")}, "y": {"value": up_at("up")},
             "y2": {"value": up_at("end")}, **more}  # fmt: skip
    return [{"data": {"values": list(rows)}, "mark": mark, "encoding": place}]


def point_layer(points: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    mark = {
        "type": "point", "filled": True, "opacity": 1, "size": 40, "fill": palette.FIRST,
        "x": across("at"), "y": up_at("up"),
    }  # fmt: skip
    return {"data": {"values": list(points)}, "mark": mark}
