"""The calendar of dues: a row for each giver and unit; columns for overdue and for months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import sqrt
from typing import Any

from commonhaven.figures import palette
from commonhaven.figures.amounts import Measure, short_party
from commonhaven.figures.blank import blank
from commonhaven.figures.level_chart import legend_marks
from commonhaven.figures.numbers import month
from commonhaven.figures.placing import WIDTHS, Entry, fitted, legend
from commonhaven.figures.words import say

ROW = 32
TOP = 36
LOOKS: Mapping[str, tuple[str, str]] = {
    "overdue": (palette.SECOND, "diamond"),
    "coming": (palette.FIRST, "circle"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one giver owes of one unit in one month from now; -1: overdue."""

    giver: str
    unit: str
    column: int
    amount: Fraction


def spec(
    cells: Sequence[Cell], months: Sequence[date], told: Mapping[str, Measure], language: str
) -> dict[str, Any]:
    """Areas grow with the amount, beside the largest of the same unit."""
    if not cells:
        return blank(say("no-dues", language))
    order = in_order(cells)
    bottom = TOP + ROW * len(order)
    entries = [
        Entry(kind=kind, text=say(kind, language))
        for kind, found in (("overdue", -1), ("coming", 0))
        if any((cell.column < 0) == (found < 0) for cell in cells)
    ]
    placed = {width: legend(entries, width) for width in WIDTHS}
    extra = {w: 10 + 18 * (max(e.row for e in found) + 1) for w, found in placed.items()}
    ends = [*list(placed)[1:], 10**6]
    values = [
        {
            "text": e.text, "x": e.x, "row": e.row, "from": start, "to": end, "kind": e.kind,
            "color": LOOKS.get(e.kind, ("", ""))[0], "shape": LOOKS.get(e.kind, ("", ""))[1],
        }
        for (start, found), end in zip(placed.items(), ends, strict=True)
        for e in found
    ]  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "usermeta": {"commonhaven": {
            "ratio": 0, "extra": [{"from": w, "pixels": bottom + h} for w, h in extra.items()],
        }},
        "width": 720,
        "height": bottom + extra[640],
        "autosize": "none",
        "padding": 0,
        "background": "transparent",
        "config": palette.look(),
        "params": [{"name": "rtl", "value": False}],
        "data": {"values": [row(giver, unit, i, told, language)
                            for i, (giver, unit) in enumerate(order)]},
        "layer": [
            *grid_layers(months, bottom, language), *name_layers(),
            *cell_layers([drawn(cell, order, cells, told) for cell in cells]),
            *legend_marks(values, bottom + 2),
        ],
    }  # fmt: skip


def in_order(cells: Sequence[Cell]) -> list[tuple[str, str]]:
    """Givers by unit, who is most behind first, then who owes most."""
    late: dict[tuple[str, str], Fraction] = {}
    owed: dict[tuple[str, str], Fraction] = {}
    for cell in cells:
        key = (cell.giver, cell.unit)
        late[key] = late.get(key, Fraction(0)) + (cell.amount if cell.column < 0 else 0)
        owed[key] = owed.get(key, Fraction(0)) + cell.amount
    return sorted(owed, key=lambda key: (key[1], -late[key], -owed[key], key[0]))


def row(
    giver: str, unit: str, number: int, told: Mapping[str, Measure], language: str
) -> dict[str, Any]:
    name, counted = short_party(giver, language), told[unit].called
    return {
        "row": number, "giver": giver,
        "label": [*fitted(name, 94, 1), *fitted(counted, 94, 1)],
        "wide": [*fitted(name, 184, 1), *fitted(counted, 184, 1)],
    }  # fmt: skip


def drawn(
    cell: Cell, order: Sequence[tuple[str, str]], cells: Sequence[Cell], told: Mapping[str, Measure]
) -> dict[str, Any]:
    largest = max(one.amount for one in cells if one.unit == cell.unit)
    color, shape = LOOKS["overdue" if cell.column < 0 else "coming"]
    return {
        "row": order.index((cell.giver, cell.unit)), "column": cell.column,
        "side": round(sqrt(cell.amount / largest), 4), "text": told[cell.unit].drawn(cell.amount),
        "color": color, "shape": shape,
    }  # fmt: skip


LABEL = "(width < 480 ? 108 : width < 640 ? 150 : 200)"
COLUMN = f"((width - {LABEL} - 14) / 13)"
Y = f"{TOP} + {ROW} * datum.row + {ROW} / 2"


def across(column: str = "datum.column", add: str = "0") -> dict[str, str]:
    """The middle of a column; what is overdue stands a little apart, next to the names."""
    gap = f"({column} < 0 ? 0 : 8)"
    plain = f"{LABEL} + ({column} + 1.5) * {COLUMN} + {gap} + {add}"
    return {"expr": f"rtl ? width - ({plain}) : {plain}"}


def grid_layers(months: Sequence[date], bottom: int, language: str) -> list[dict[str, Any]]:
    """Heads of the columns and a line before each; the year stands where it begins."""
    heads = [{"column": -1, "text": say("overdue", language), "number": "!", "year": ""}]
    heads += [
        {
            "column": i, "text": month(one, language), "number": str(one.month),
            "year": str(one.year) if i == 0 or one.month == 1 else "",
        }
        for i, one in enumerate(months)
    ]  # fmt: skip
    data = {"data": {"values": heads}}
    rule = {"type": "rule", "stroke": palette.GRID}
    place = {"x": {"value": across(add=f"(-0.5 * {COLUMN})")}, "y": {"value": TOP - 6},
             "y2": {"value": bottom}}  # fmt: skip
    text = {
        "type": "text", "x": across(), "y": 22, "align": "center", "fontSize": 10,
        "fill": palette.QUIET, "limit": {"expr": f"{COLUMN} + (datum.column < 0 ? 24 : 2)"},
    }  # fmt: skip
    year = {**text, "y": 9, "fontWeight": "bold", "limit": 0}
    return [
        {**data, "mark": rule, "encoding": place},
        {**data, "transform": [{"filter": "width < 640"}], "mark": text,
         "encoding": {"text": {"field": "number"}}},
        {**data, "transform": [{"filter": "width >= 640"}], "mark": text,
         "encoding": {"text": {"field": "text"}}},
        {**data, "transform": [{"filter": "datum.year != ''"}], "mark": year,
         "encoding": {"text": {"field": "year"}}},
    ]  # fmt: skip


def name_layers() -> list[dict[str, Any]]:
    base = {
        "type": "text", "baseline": "middle", "fontSize": 11, "lineHeight": 12,
        "align": {"expr": "rtl ? 'right' : 'left'"}, "x": {"expr": "rtl ? width - 2 : 2"},
        "y": {"expr": f"{Y} - 6"}, "limit": {"expr": f"{LABEL} - 4"},
    }  # fmt: skip
    return [
        {"mark": base, "transform": [{"filter": when}], "encoding": {"text": {"field": field}}}
        for field, when in (("label", "width < 480"), ("wide", "width >= 480"))
    ]


def cell_layers(cells: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Signs; their numbers below them where there is room."""
    data = {"data": {"values": list(cells)}}
    roomy = "width >= 700"
    side = f"max(3, min({COLUMN} - 3, {roomy} ? {ROW - 13} : {ROW - 6}) * datum.side)"
    point = {
        "type": "point", "filled": True, "opacity": 0.9, "x": across(),
        "y": {"expr": f"{Y} - ({roomy} ? 5 : 0)"}, "size": {"expr": f"{side} * {side}"},
    }  # fmt: skip
    coded = {
        "color": {"field": "color", "type": "nominal", "scale": None},
        "shape": {"field": "shape", "type": "nominal", "scale": None},
    }
    text = {
        "type": "text", "x": across(), "y": {"expr": f"{Y} + 11"}, "align": "center",
        "baseline": "middle", "fontSize": 10,
    }  # fmt: skip
    return [
        {**data, "mark": point, "encoding": coded},
        {**data, "transform": [{"filter": roomy}], "mark": text,
         "encoding": {"text": {"field": "text"}}},
    ]  # fmt: skip
