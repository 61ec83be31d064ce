"""Members in common, process by process: a heat table with a row and a column for each."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from commonhaven.figures import palette
from commonhaven.figures.blank import blank
from commonhaven.figures.numbers import count, decimal
from commonhaven.figures.picture import Picture
from commonhaven.figures.placing import fitted
from commonhaven.figures.reproduce import COMMAND, PYTHON, Pairs
from commonhaven.figures.words import listed, say
from commonhaven.processes import Overlap

ROW = 15
TOP = 18
LEADING = 3
STEPS = tuple(Fraction(n, 4) for n in range(5))
"""Overlaps that the legend shows."""
LABEL = "(width < 480 ? 124 : width < 640 ? 190 : 270)"
CELL = f"((width - {LABEL} - 6) / datum.of)"


def overlap_heat(
    found: Sequence[Overlap], names: Mapping[str, str], *, on: date, language: str = "en"
) -> Picture:
    """The overlap of every two processes as a shade; rows stand in the order of ``names``.

    ``found``: the overlaps of the day ``on``. A process without any overlap is left out.
    """
    held = [each for each in found if each.jaccard]
    meeting = {name for each in held for name in (each.a, each.b)}
    order = [name for name in names if name in meeting]
    return Picture(
        id="overlaps",
        title=say("overlap-title", language),
        spec=spec(held, order, names, language),
        alternative=alternative(held, order, names, language),
        columns=(
            say("overlap-one", language), say("overlap-other", language),
            say("overlap-both", language), say("overlap", language),
        ),
        rows=tuple(
            (names[each.a], names[each.b], count(len(each.common), language),
             decimal(each.jaccard or 0, language, 2))
            for each in held
        ),
        reproduce=again(on, language),
        note=say("overlap-note", language),
    )  # fmt: skip


def spec(
    held: Sequence[Overlap], order: Sequence[str], names: Mapping[str, str], language: str
) -> dict[str, Any]:
    if not held:
        return blank(say("no-overlap", language))
    place = {name: n for n, name in enumerate(order)}
    size = len(order)
    cells = [
        {"row": place[one], "column": place[other], "of": size, "at": round(float(part), 4)}
        for each in held
        for part in [each.jaccard or Fraction(0)]
        for one, other in ((each.a, each.b), (each.b, each.a))
    ]  # fmt: skip
    rows = [
        {"row": n, "of": size, "number": str(n + 1),
         "label": fitted(f"{n + 1} {names[name]}", 118, 1),
         "wide": fitted(f"{n + 1} {names[name]}", 262, 1)}
        for n, name in enumerate(order)
    ]  # fmt: skip
    bottom = TOP + ROW * size
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "usermeta": {"commonhaven": {"ratio": 0, "extra": [{"from": 0, "pixels": bottom + 34}]}},
        "width": 720,
        "height": bottom + 34,
        "autosize": "none",
        "padding": 0,
        "background": "transparent",
        "config": palette.look(),
        "params": [{"name": "rtl", "value": False}],
        "data": {"values": rows},
        "layer": [*head_layers(), *cell_layers(cells), *legend_layers(bottom + 12, language)],
    }


def across(edge: str) -> dict[str, str]:
    """Pixels of a cell's edge; names stand on the side where reading begins."""
    plain = f"{LABEL} + {edge} * {CELL}"
    return {"expr": f"rtl ? width - ({plain}) : {plain}"}


def down(part: str) -> dict[str, str]:
    return {"expr": f"{TOP} + {ROW} * ({part})"}


def head_layers() -> list[dict[str, Any]]:
    """Names with their numbers at the rows; every other number over a column where it is narrow."""
    name = {
        "type": "text", "baseline": "middle", "fontSize": 10, "y": down("datum.row + 0.5"),
        "align": {"expr": "rtl ? 'right' : 'left'"}, "x": {"expr": "rtl ? width - 2 : 2"},
    }  # fmt: skip
    over = {
        "type": "text", "align": "center", "fontSize": 9, "fill": palette.QUIET,
        "x": across("(datum.row + 0.5)"), "y": 9,
    }  # fmt: skip
    room = {"filter": "width >= 640 || datum.row % 4 == 0"}
    return [
        {"mark": name, "transform": [{"filter": "width < 640"}],
         "encoding": {"text": {"field": "label"}}},
        {"mark": name, "transform": [{"filter": "width >= 640"}],
         "encoding": {"text": {"field": "wide"}}},
        {"mark": over, "transform": [room], "encoding": {"text": {"field": "number"}}},
    ]  # fmt: skip


def cell_layers(cells: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    mark = {"type": "rect", "fill": palette.FIRST, "stroke": palette.HALO, "strokeWidth": 0.5}
    shown = {
        "x": {"value": across("datum.column")}, "x2": {"value": across("(datum.column + 1)")},
        "y": {"value": down("datum.row")}, "y2": {"value": down("datum.row + 1")},
        "fillOpacity": {"field": "at", "type": "quantitative", "scale": None},
    }  # fmt: skip
    own = {**mark, "fill": palette.GRID}
    diagonal = {
        "x": {"value": across("datum.row")}, "x2": {"value": across("(datum.row + 1)")},
        "y": {"value": down("datum.row")}, "y2": {"value": down("datum.row + 1")},
    }  # fmt: skip
    return [
        {"data": {"values": list(cells)}, "mark": mark, "encoding": shown},
        {"mark": own, "encoding": diagonal},
    ]


def legend_layers(top: int, language: str) -> list[dict[str, Any]]:
    values = [
        {"x": 6 + 56 * n, "at": float(part), "text": decimal(part, language, 2)}
        for n, part in enumerate(STEPS)
    ]
    edge, far = "datum.x", "datum.x + 14"
    box = {
        "x": {"value": {"expr": f"rtl ? width - ({edge}) : {edge}"}},
        "x2": {"value": {"expr": f"rtl ? width - ({far}) : {far}"}},
        "y": {"value": top}, "y2": {"value": top + 14},
        "fillOpacity": {"field": "at", "type": "quantitative", "scale": None},
    }  # fmt: skip
    text = {
        "type": "text", "baseline": "middle", "fontSize": 10, "y": top + 7,
        "align": {"expr": "rtl ? 'right' : 'left'"},
        "x": {"expr": "rtl ? width - datum.x - 19 : datum.x + 19"},
    }  # fmt: skip
    mark = {"type": "rect", "fill": palette.FIRST, "stroke": palette.QUIET, "strokeWidth": 0.6}
    return [
        {"data": {"values": values}, "mark": mark, "encoding": box},
        {"data": {"values": values}, "mark": text, "encoding": {"text": {"field": "text"}}},
    ]


def alternative(
    held: Sequence[Overlap], order: Sequence[str], names: Mapping[str, str], language: str
) -> str:
    if not held:
        return say("no-overlap", language)
    leading = [
        f"{names[each.a]} – {names[each.b]} {decimal(each.jaccard or 0, language, 2)}"
        for each in held[:LEADING]
    ]
    return say(
        "overlap-alt", language, n=count(len(order), language), pairs=count(len(held), language),
        list=listed(leading, language),
    )  # fmt: skip


def again(on: date, language: str) -> Pairs:
    spoken = "" if language == "en" else f", language={language!r}"
    program = "\n".join(
        (
            "from datetime import date",
            "from pathlib import Path",
            "",
            "from commonhaven.figures import overlap_heat, svg",
            "from commonhaven.processes import overlaps, processes, roster",
            "",
            f"day = date({on.year}, {on.month}, {on.day})",
            "known = sorted(processes().values(), key=lambda each: (each.regions, each.name))",
            "found = overlaps([roster(each, day) for each in processes().values()])",
            "names = {each.id: each.name for each in known}",
            f"picture = overlap_heat(found, names, on=day{spoken})",
            "Path('overlaps.svg').write_text(svg(picture), encoding='utf-8')",
        )
    )
    return (
        (COMMAND, f"commonhaven processes overlap --on {on.isoformat()} --format csv"),
        (PYTHON, program),
    )
