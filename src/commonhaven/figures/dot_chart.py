"""The chart of rules side by side: names, distances, dots, legend."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from commonhaven.figures import palette
from commonhaven.figures.blank import blank
from commonhaven.figures.maps import label_name
from commonhaven.figures.numbers import count
from commonhaven.figures.placing import WIDTHS, Entry, legend, wrapped
from commonhaven.figures.ticks import root_numbers
from commonhaven.figures.words import say
from commonhaven.regime import Comparison

ROW = 22
TOP = 20
APART = 6
"""Other rules that still can be told apart by colour and shape; more are all drawn alike."""

LOOKS = (
    (palette.SECOND, "square"), (palette.THIRD, "triangle-up"), (palette.FOURTH, "diamond"),
    (palette.FIFTH, "triangle-down"), (palette.INK, "cross"), (palette.QUIET, "triangle-right"),
)  # fmt: skip
OWN = (palette.FIRST, "circle")
PLAIN = (palette.REST, "circle")


def span(comparison: Comparison, state: str) -> tuple[int, int]:
    """The fewest and the most people whom the state protects under any of the rules."""
    people = [column.people.get(state, 0) for column in comparison.columns]
    return min(people), max(people)


def spec(comparison: Comparison, states: Sequence[str], language: str) -> dict[str, Any]:
    """Distances grow with the square root, so that small hosts can be told apart too."""
    if not states:
        return blank(say("nobody", language))
    most = max(span(comparison, state)[1] for state in states)
    most = max(most, *(comparison.present.get(state, 0) for state in states))
    marks = root_numbers(most)
    scale = sqrt(max(marks))
    looks = looks_of(comparison)
    entries = entries_of(comparison, language)
    placed = {width: legend(entries, width) for width in WIDTHS}
    extra = {w: 12 + 18 * (max(e.row for e in found) + 1) for w, found in placed.items()}
    bottom = TOP + ROW * len(states)
    axis = [
        {"at": round(sqrt(n) / scale, 5), "text": count(n, language), "n": i, "top": TOP,
         "bottom": bottom}
        for i, n in enumerate(marks)
    ]  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "usermeta": {"commonhaven": {
            "ratio": 0, "extra": [{"from": w, "pixels": bottom + 18 + h} for w, h in extra.items()],
        }},
        "width": 720,
        "height": bottom + 18 + extra[640],
        "autosize": "none",
        "padding": 0,
        "background": "transparent",
        "config": palette.look(),
        "params": [{"name": "rtl", "value": False}],
        "data": {"values": [row(comparison, s, i, scale, language) for i, s in enumerate(states)]},
        "layer": [
            *axis_layers(axis), *row_layers(), *dot_layers(dots(comparison, states, scale)),
            *legend_layers(placed, looks, bottom + 24),
        ],
    }  # fmt: skip


def dots(comparison: Comparison, states: Sequence[str], scale: float) -> list[dict[str, Any]]:
    """A dot for every state and rule; the charter's rule last, so that it lies on top."""
    looks = looks_of(comparison)
    return [
        {
            "row": i, "rule": column.rule, "people": column.people.get(state, 0),
            "at": round(sqrt(column.people.get(state, 0)) / scale, 5),
            "color": looks[column.rule][0], "shape": looks[column.rule][1],
            "own": number == 0,
        }
        for i, state in enumerate(states)
        for number, column in reversed(list(enumerate(comparison.columns)))
    ]  # fmt: skip


def row(
    comparison: Comparison, state: str, number: int, scale: float, language: str
) -> dict[str, Any]:
    low, high = span(comparison, state)
    label = label_name(state, language)
    return {
        "row": number,
        "state": state,
        "label": wrapped(label, 106),
        "wide": wrapped(label, 190),
        "low": round(sqrt(low) / scale, 5),
        "high": round(sqrt(high) / scale, 5),
        "present": round(sqrt(comparison.present.get(state, 0)) / scale, 5),
    }


def looks_of(comparison: Comparison) -> Mapping[str, tuple[str, str]]:
    """Rule → colour and shape."""
    others = [column.rule for column in comparison.columns[1:]]
    looks = {comparison.columns[0].rule: OWN}
    for i, rule in enumerate(others):
        looks[rule] = LOOKS[i] if len(others) <= APART else PLAIN
    return looks


def entries_of(comparison: Comparison, language: str) -> list[Entry]:
    """The legend: a kind is a rule's name, ``there-now`` or ``other-rules``."""
    own, *others = [column.rule for column in comparison.columns]
    found = [Entry(kind=own, text=say("charter-rule", language, rule=own))]
    if len(others) <= APART:
        found += [Entry(kind=rule, text=rule) for rule in others]
    else:
        found.append(Entry(kind="other-rules", text=say("other-rules", language)))
    return [*found, Entry(kind="there-now", text=say("there-now", language))]


LABEL = "(width < 480 ? 112 : width < 640 ? 150 : 200)"
Y = f"{TOP} + {ROW} * datum.row + {ROW} / 2"


def across(field: str) -> dict[str, str]:
    """Pixels of a number of people; names stand on the side where reading begins."""
    plain = f"{LABEL} + datum.{field} * (width - {LABEL} - 24)"
    return {"expr": f"rtl ? width - ({plain}) : {plain}"}


def axis_layers(axis: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    data = {"data": {"values": list(axis)}}
    rule = {"type": "rule", "stroke": palette.GRID}
    place = {
        "x": {"value": across("at")}, "y": {"value": TOP - 2},
        "y2": {"value": {"expr": "datum.bottom"}},
    }  # fmt: skip
    text = {
        "type": "text", "x": across("at"), "align": "center", "fontSize": 10,
        "fill": palette.QUIET,
    }  # fmt: skip
    room = {"filter": f"width >= 480 || datum.n % 2 == 0 || datum.n == {len(axis) - 1}"}
    room = room if len(axis) % 2 else {"filter": "width >= 480 || datum.n % 2 == 1 || datum.n == 0"}
    shown = {**data, "transform": [room], "encoding": {"text": {"field": "text"}}}
    return [
        {**data, "mark": rule, "encoding": place},
        {**shown, "mark": {**text, "y": 9}},
        {**shown, "mark": {**text, "y": {"expr": "datum.bottom + 11"}}},
    ]


def row_layers() -> list[dict[str, Any]]:
    y = {"expr": Y}
    base = {
        "type": "text", "baseline": "middle", "fontSize": 11, "lineHeight": 11,
        "align": {"expr": "rtl ? 'right' : 'left'"}, "x": {"expr": "rtl ? width - 2 : 2"},
    }  # fmt: skip
    range_ = {"type": "rule", "stroke": palette.REST, "strokeWidth": 1.2, "opacity": 0.7}
    ends = {
        "x": {"value": across("low")}, "x2": {"value": across("high")}, "y": {"value": y},
    }  # fmt: skip
    tick = {
        "type": "point", "shape": "stroke", "angle": 90, "size": 170, "stroke": palette.INK,
        "strokeWidth": 2, "opacity": 1, "x": across("present"), "y": y,
    }  # fmt: skip
    middle = {"expr": f"{Y} - 5.5 * (length(datum.label) - 1)"}
    lower = {"expr": f"{Y} - 5.5 * (length(datum.wide) - 1)"}
    return [
        {"mark": {**base, "y": middle}, "transform": [{"filter": "width < 480"}],
         "encoding": {"text": {"field": "label"}}},
        {"mark": {**base, "y": lower, "limit": {"expr": f"{LABEL} - 8"}},
         "transform": [{"filter": "width >= 480"}], "encoding": {"text": {"field": "wide"}}},
        {"mark": range_, "encoding": ends},
        {"mark": tick, "encoding": {}},
    ]  # fmt: skip


def dot_layers(dots: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    point = {
        "type": "point", "filled": True, "opacity": 0.85, "x": across("at"), "y": {"expr": Y},
        "size": {"expr": "datum.own ? 95 : 50"},
    }  # fmt: skip
    coded = {
        "color": {"field": "color", "type": "nominal", "scale": None},
        "shape": {"field": "shape", "type": "nominal", "scale": None},
    }
    return [{"data": {"values": list(dots)}, "mark": point, "encoding": coded}]


def legend_layers(
    placed: Mapping[int, Sequence[Entry]], looks: Mapping[str, tuple[str, str]], top: int
) -> list[dict[str, Any]]:
    ends = [*list(placed)[1:], 10**6]
    known = {**looks, "other-rules": PLAIN, "there-now": (palette.INK, "stroke")}
    values = [
        {
            "text": e.text, "x": e.x, "row": e.row, "from": start, "to": end, "kind": e.kind,
            "color": known.get(e.kind, PLAIN)[0], "shape": known.get(e.kind, PLAIN)[1],
        }
        for (start, entries), end in zip(placed.items(), ends, strict=True)
        for e in entries
    ]  # fmt: skip
    edge = "rtl ? width - datum.x : datum.x"
    y = {"expr": f"{top} + 9 + 18 * datum.row"}
    text = {
        "type": "text", "baseline": "middle", "align": {"expr": "rtl ? 'right' : 'left'"}, "y": y,
        "x": {"expr": f"({edge}) + (datum.kind ? 18 : 0) * (rtl ? -1 : 1)"},
    }  # fmt: skip
    point = {
        "type": "point", "filled": True, "size": 80, "opacity": 1, "y": y,
        "x": {"expr": f"({edge}) + (rtl ? -6 : 6)"},
    }  # fmt: skip
    line = {**point, "filled": False, "shape": "stroke", "angle": 90, "stroke": palette.INK,
            "strokeWidth": 2, "size": 170}  # fmt: skip
    shown = "width >= datum.from && width < datum.to"
    coded = {
        "color": {"field": "color", "type": "nominal", "scale": None},
        "shape": {"field": "shape", "type": "nominal", "scale": None},
    }
    dots = [one for one in values if one["kind"] and one["kind"] != "there-now"]
    lines = [one for one in values if one["kind"] == "there-now"]
    step = [{"filter": shown}]
    return [
        {"data": {"values": values}, "transform": step, "mark": text,
         "encoding": {"text": {"field": "text"}}},
        {"data": {"values": dots}, "transform": step, "mark": point, "encoding": coded},
        {"data": {"values": lines}, "transform": step, "mark": line},
    ]  # fmt: skip
