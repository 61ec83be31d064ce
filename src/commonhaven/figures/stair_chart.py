"""The chart of the staircase: names, nested bars, numbers at their ends, legend."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol

from commonhaven.figures import palette
from commonhaven.figures.amounts import Measure, short_party
from commonhaven.figures.blank import blank
from commonhaven.figures.placing import WIDTHS, Entry, fitted, legend
from commonhaven.figures.ticks import even_numbers
from commonhaven.figures.words import say

LEVELS = ("fair_share", "pledged", "after_deductions", "delivered", "received")
ROW = 24
TOP = 30
"""Pixels for the heads of the columns of numbers."""
APART = 10
"""Pixels between the row of all together and the others: it has its own scale."""

LOOKS: Mapping[str, tuple[str, str, int]] = {
    "pledged": (palette.MEMBER, "", 14),
    "after_deductions": (palette.EDGE, "", 10),
    "fair_share": ("transparent", palette.INK, 16),
    "delivered": (palette.FIRST, "", 7),
    "received": (palette.INK, "", 2),
}
"""Level → fill, outline and pixels of height, from the lowest layer to the highest."""


class Numbers(Protocol):
    """What the chart shows of a party; values as ``Stair`` and ``Staircase`` hold them."""

    @property
    def state(self) -> str: ...
    @property
    def fair_share(self) -> Fraction: ...
    @property
    def delivered(self) -> Fraction: ...


def spec(each: Sequence[Numbers], whole: Numbers, told: Measure) -> dict[str, Any]:
    """Bars of parties lie on one axis; all together have their own, over the same room."""
    if not each:
        return blank(say("no-stairs", told.language))
    marks = even_numbers(max(getattr(one, level) for one in each for level in LEVELS))
    most = marks[-1] or Fraction(1)
    top = TOP + ROW + APART
    bottom = top + ROW * len(each)
    values = [row(whole, TOP, max(getattr(whole, level) for level in LEVELS), told)]
    values += [row(one, top + ROW * i, most, told) for i, one in enumerate(each)]
    axis = [
        {"at": part(n, most), "text": told.drawn(n), "n": i, "top": top, "bottom": bottom}
        for i, n in enumerate(marks)
    ]
    entries = [Entry(kind=level, text=say(level, told.language)) for level in LEVELS]
    entries.append(Entry(kind="", text=say("stairs-in", told.language, unit=told.called)))
    placed = {width: legend(entries, width) for width in WIDTHS}
    extra = {w: 12 + 18 * (max(e.row for e in found) + 1) for w, found in placed.items()}
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
        "data": {"values": values},
        "layer": [
            *axis_layers(axis), *head_layers(told.language), *bar_layers(), *text_layers(),
            *legend_layers(placed, bottom + 22),
        ],
    }  # fmt: skip


def part(amount: Fraction, most: Fraction) -> float:
    return round(float(amount / most), 5) if most else 0.0


def row(one: Numbers, top: int, most: Fraction, told: Measure) -> dict[str, Any]:
    """A party's row; of all together, where it names none."""
    language = told.language
    label = short_party(one.state, language) if one.state else say("all-together", language)
    return {
        "state": one.state,
        "y": top + ROW // 2,
        "label": fitted(label, 98, 2),
        "wide": fitted(label, 184, 2),
        "weight": "normal" if one.state else "bold",
        **{level: part(getattr(one, level), most) for level in LEVELS},
        **{f"n_{level}": told.drawn(getattr(one, level)) for level in LEVELS},
    }


LABEL = "(width < 480 ? 112 : width < 640 ? 150 : 200)"
NUMBERS = "(width < 320 ? 56 : width < 640 ? 112 : 234)"
"""Pixels for the columns of numbers at the ends of the bars."""


def across(field: str) -> dict[str, str]:
    """Pixels of an amount; names stand on the side where reading begins."""
    plain = f"{LABEL} + datum.{field} * (width - {LABEL} - {NUMBERS} - 8)"
    return {"expr": f"rtl ? width - ({plain}) : {plain}"}


def axis_layers(axis: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    data = {"data": {"values": list(axis)}}
    rule = {"type": "rule", "stroke": palette.GRID}
    place = {
        "x": {"value": across("at")}, "y": {"value": {"expr": "datum.top"}},
        "y2": {"value": {"expr": "datum.bottom"}},
    }  # fmt: skip
    text = {
        "type": "text", "x": across("at"), "align": "center", "fontSize": 10,
        "y": {"expr": "datum.bottom + 10"}, "fill": palette.QUIET,
    }  # fmt: skip
    ends = f"datum.n == 0 || datum.n == {len(axis) - 1}"
    room = {"filter": f"width >= 480 || {ends}"}
    return [
        {**data, "mark": rule, "encoding": place},
        {**data, "transform": [room], "mark": text, "encoding": {"text": {"field": "text"}}},
    ]


NARROW = ("width < 320", "width >= 320 && width < 640")
COLUMNS: Mapping[str, Sequence[tuple[str, int]]] = {
    NARROW[0]: (("delivered", 0),),
    NARROW[1]: (("fair_share", 56), ("delivered", 0)),
    "width >= 640": (("fair_share", 156), ("pledged", 78), ("delivered", 0)),
}
"""At which width which numbers stand at the ends of the bars, pixels from the far edge."""


def columns() -> list[tuple[str, str, int]]:
    """(when, level, pixels from the far edge) of every column of numbers."""
    return [(when, level, at) for when, found in COLUMNS.items() for level, at in found]


def far(pixels: int) -> dict[str, str]:
    """A place counted from the side where reading ends."""
    return {"expr": f"rtl ? {pixels} + 2 : width - {pixels} - 2"}


def head_layers(language: str) -> list[dict[str, Any]]:
    """What each column of numbers is."""
    found = []
    for when, level, at in columns():
        key = "share-short" if level == "fair_share" and when in NARROW else level
        text = fitted(say(key, language), 70, 2)
        mark = {
            "type": "text", "x": far(at), "y": 8, "fontSize": 10, "lineHeight": 11,
            "align": {"expr": "rtl ? 'left' : 'right'"}, "fill": palette.QUIET,
            "limit": {"expr": "width < 640 ? 53 : 76"},
        }  # fmt: skip
        found.append({
            "data": {"values": [{"text": text}]}, "transform": [{"filter": when}], "mark": mark,
            "encoding": {"text": {"field": "text"}},
        })  # fmt: skip
    return found


def bar_layers() -> list[dict[str, Any]]:
    """One bar inside the other; an outline for what is owed. Nothing is drawn for nought."""
    found = []
    for level, (fill, stroke, high) in LOOKS.items():
        mark: dict[str, Any] = {"type": "rect", "fill": fill, "opacity": 1}
        if stroke:
            mark |= {"stroke": stroke, "strokeWidth": 1.2}
        place = {
            "x": {"value": across("zero")}, "x2": {"value": across(level)},
            "y": {"value": {"expr": f"datum.y - {high / 2:g}"}},
            "y2": {"value": {"expr": f"datum.y + {high / 2:g}"}},
        }  # fmt: skip
        steps = [{"filter": f"datum.{level} > 0"}, {"calculate": "0", "as": "zero"}]
        found.append({"transform": steps, "mark": mark, "encoding": place})
    return found


def text_layers() -> list[dict[str, Any]]:
    """Names where reading begins, numbers where it ends."""
    base: dict[str, Any] = {
        "type": "text", "baseline": "middle", "lineHeight": 11,
        "align": {"expr": "rtl ? 'right' : 'left'"}, "x": {"expr": "rtl ? width - 2 : 2"},
        "fontWeight": {"expr": "datum.weight"}, "limit": {"expr": f"{LABEL} - 6"},
    }  # fmt: skip
    names: list[dict[str, Any]] = [
        {"mark": {**base, "fontSize": 11,
                  "y": {"expr": f"datum.y - 5.5 * (length(datum.{field}) - 1)"}},
         "transform": [{"filter": when}], "encoding": {"text": {"field": field}}}
        for field, when in (("label", "width < 480"), ("wide", "width >= 480"))
    ]  # fmt: skip
    numbers: list[dict[str, Any]] = [
        {"mark": {**base, "x": far(at), "y": {"expr": "datum.y"}, "limit": 0,
                  "align": {"expr": "rtl ? 'left' : 'right'"},
                  "fontSize": {"expr": "width < 640 ? 10 : 11"}},
         "transform": [{"filter": when}], "encoding": {"text": {"field": f"n_{level}"}}}
        for when, level, at in columns()
    ]  # fmt: skip
    return names + numbers


def legend_layers(placed: Mapping[int, Sequence[Entry]], top: int) -> list[dict[str, Any]]:
    """A short bar of each level as it is drawn, with its name."""
    ends = [*list(placed)[1:], 10**6]
    values = [
        {"text": e.text, "x": e.x, "row": e.row, "from": start, "to": end, "kind": e.kind}
        for (start, entries), end in zip(placed.items(), ends, strict=True)
        for e in entries
    ]
    edge = "(rtl ? width - datum.x : datum.x)"
    y = f"{top} + 9 + 18 * datum.row"
    shown = "width >= datum.from && width < datum.to"
    text = {
        "type": "text", "baseline": "middle", "align": {"expr": "rtl ? 'right' : 'left'"},
        "y": {"expr": y}, "x": {"expr": f"{edge} + (datum.kind ? 18 : 0) * (rtl ? -1 : 1)"},
    }  # fmt: skip
    found: list[dict[str, Any]] = [
        {"data": {"values": values}, "transform": [{"filter": shown}], "mark": text,
         "encoding": {"text": {"field": "text"}}},
    ]  # fmt: skip
    for level, (fill, stroke, high) in LOOKS.items():
        own = [one for one in values if one["kind"] == level]
        mark: dict[str, Any] = {"type": "rect", "fill": fill, "opacity": 1}
        if stroke:
            mark |= {"stroke": stroke, "strokeWidth": 1.2}
        half = min(high, 12) / 2
        place = {
            "x": {"value": {"expr": f"{edge}"}},
            "x2": {"value": {"expr": f"{edge} + (rtl ? -13 : 13)"}},
            "y": {"value": {"expr": f"{y} - {half:g}"}},
            "y2": {"value": {"expr": f"{y} + {half:g}"}},
        }  # fmt: skip
        found.append({"data": {"values": own}, "transform": [{"filter": shown}], "mark": mark,
                      "encoding": place})  # fmt: skip
    return found
