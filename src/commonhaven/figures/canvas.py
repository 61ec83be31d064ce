"""A map as a Vega-Lite spec: land, symbols, labels, legend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commonhaven.figures import palette
from commonhaven.figures.placing import (
    LARGEST,
    LINE,
    SMALLEST,
    WIDTHS,
    Entry,
    Mark,
    labels,
    legend,
)
from commonhaven.figures.projection import Frame
from commonhaven.figures.shapes import UNSETTLED, arcs_of, extract, lines, places, topology

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
WIDTH = 720
ROW = 18
INSIDE = 0.02
"""How far from the edge, in parts of the width, a symbol must stand to be on the map."""

KINDS: Mapping[str, Mapping[str, Any]] = {
    "placed": {"shape": "circle", "fill": palette.FIRST, "fillOpacity": 0.75,
               "stroke": palette.HALO, "strokeWidth": 0.8},
    "present": {"shape": "circle", "fill": "transparent", "stroke": palette.INK,
                "strokeWidth": 1.3},
    "unplaced": {"shape": "circle", "fill": palette.SECOND, "fillOpacity": 0.9,
                 "stroke": palette.HALO, "strokeWidth": 0.8},
    "pays": {"shape": "circle", "fill": palette.FIRST, "fillOpacity": 0.75,
             "stroke": palette.HALO, "strokeWidth": 0.8},
    "receives": {"shape": "square", "fill": palette.SECOND, "fillOpacity": 0.75,
                 "stroke": palette.HALO, "strokeWidth": 0.8},
    "member": {"shape": "square", "fill": palette.MEMBER, "stroke": palette.EDGE,
               "strokeWidth": 0.8},
    "fled": {"shape": "cross", "angle": 45, "fill": palette.FLED, "stroke": palette.INK,
             "strokeWidth": 0.9},
    "unsettled": {"shape": "stroke", "fill": "transparent", "stroke": palette.QUIET,
                  "strokeWidth": 1.2, "strokeDash": [3, 2]},
}  # fmt: skip
"""How each kind of symbol looks, on the map and in its legend."""

FROM_EDGE = "rtl ? width - datum.x : datum.x"
SIDE = "rtl ? 'right' : 'left'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Land:
    """What the ground of a map shows."""

    frame: Frame
    members: frozenset[str]
    fled: frozenset[str]


def canvas(
    land: Land, symbols: Mapping[str, Sequence[Mark]], named: Sequence[Mark], words: Sequence[Entry]
) -> dict[str, Any]:
    """The spec: symbols by kind over the land, labels of ``named``, the legend below."""
    frame = land.frame
    everything: list[dict[str, Any]] = [
        {"code": mark.code, "kind": kind, "size": mark.size, **_degrees(mark.code)}
        for kind, marks in symbols.items()
        for mark in marks
    ]
    everything.sort(key=lambda one: (-one["size"], one["kind"], one["code"]))
    rows = [max((entry.row for entry in legend(words, w)), default=-1) + 1 for w in WIDTHS]
    extra = [{"from": w, "pixels": 8 + ROW * n} for w, n in zip(WIDTHS, rows, strict=True)]
    low = "height - " + _by_width({one["from"]: one["pixels"] for one in extra})
    return {
        "$schema": SCHEMA,
        "usermeta": {"commonhaven": {"ratio": round(frame.ratio, 4), "extra": extra}},
        "width": WIDTH,
        "height": round(WIDTH * frame.ratio) + extra[2]["pixels"],
        "autosize": "none",
        "padding": 0,
        "background": "transparent",
        "config": palette.look(),
        "params": [{"name": "rtl", "value": False}],
        "projection": _projection(frame, low),
        "data": {"values": _ground(frame), "format": {"type": "topojson", "feature": "states"}},
        "layer": [
            *_land_layers(land),
            _tiny_layer(land),
            *(_symbol_layer(kind, everything, LARGEST[frame.world]) for kind in symbols),
            _fled_layer(land),
            *_label_layers(named, frame),
            *_legend_layers(words, low),
        ],
    }


def _by_width(values: Mapping[int, int]) -> str:
    """A Vega expression: the value of the widest width that the picture reaches."""
    first, *rest = sorted(values)
    text = str(values[first])
    for width in rest:
        text = f"(width >= {width} ? {values[width]} : {text})"
    return text


def _projection(frame: Frame, low: str) -> dict[str, Any]:
    return {
        "type": "equalEarth",
        "rotate": [-frame.meridian, 0, 0],
        "scale": {"expr": f"width * {frame.scale:.5f}"},
        "translate": {"expr": f"[width * {frame.left:.5f}, width * {frame.top:.5f}]"},
        "clipExtent": {"expr": f"[[0, 0], [width, {low}]]"},
    }


def _ground(frame: Frame) -> dict[str, Any]:
    """The shapes that the frame shows, coarser for the world."""
    level = "world" if frame.world else "region"
    shapes = topology(level)["objects"]["states"]["geometries"]
    if frame.world:
        return extract(level, [shape["id"] for shape in shapes])
    arcs = lines(level)
    seen = [any(frame.shows(x, y, 0.05) for x, y in arc[::3]) for arc in arcs]
    shown = [s["id"] for s in shapes if any(seen[arc] for arc in arcs_of(s))]
    return extract(level, shown)


def _land_layers(land: Land) -> list[dict[str, Any]]:
    fill = {
        "condition": [
            {"test": _among(land.fled), "value": palette.FLED},
            {"test": _among(land.members), "value": palette.MEMBER},
        ],
        "value": palette.LAND,
    }
    ground = {"type": "geoshape", "stroke": palette.BORDER, "strokeWidth": 0.6}
    edge = {"type": "geoshape", "fill": "transparent", "stroke": palette.EDGE, "strokeWidth": 0.7}
    taking_part = land.members | land.fled
    open_ = {
        "type": "geoshape", "fill": "transparent", "stroke": palette.QUIET, "strokeWidth": 0.7,
        "strokeDash": [3, 2],
    }  # fmt: skip
    return [
        {"mark": ground, "encoding": {"fill": fill}},
        {"mark": edge, "transform": [{"filter": _among(taking_part)}]},
        {"mark": open_, "transform": [{"filter": _among(UNSETTLED)}]},
    ]


def _among(codes: frozenset[str]) -> str:
    return f"indexof({sorted(codes)}, datum.id) >= 0"


def _degrees(code: str) -> dict[str, float]:
    place = places()[code]
    return {"longitude": place.longitude, "latitude": place.latitude}


ON_MAP = {
    "longitude": {"field": "longitude", "type": "quantitative"},
    "latitude": {"field": "latitude", "type": "quantitative"},
}


def _tiny_layer(land: Land) -> dict[str, Any]:
    """A dot for members too small for their shape to be seen."""
    least = 2.0 if land.frame.world else 0.1
    small = [
        {"code": code, **_degrees(code)}
        for code in sorted(land.members | land.fled)
        if code in places() and places()[code].area < least and visible(land.frame, code)
    ]
    dot = {
        "type": "point", "filled": True, "shape": "circle", "size": 14, "fill": palette.MEMBER,
        "stroke": palette.EDGE, "strokeWidth": 0.8, "opacity": 1,
    }  # fmt: skip
    return {"data": {"values": small}, "mark": dot, "encoding": ON_MAP}


def _fled_layer(land: Land) -> dict[str, Any]:
    """A cross on every country fled from, above circles that may cover its land."""
    seen = [
        {"code": code, **_degrees(code)} for code in sorted(land.fled) if visible(land.frame, code)
    ]
    cross = {"type": "point", "opacity": 1, **KINDS["fled"], "size": 70}
    return {"data": {"values": seen}, "mark": cross, "encoding": ON_MAP}


def visible(frame: Frame, code: str) -> bool:
    place = places().get(code)
    return place is not None and frame.shows(place.longitude, place.latitude, -INSIDE)


def _symbol_layer(
    kind: str, everything: Sequence[Mapping[str, Any]], largest: float
) -> dict[str, Any]:
    size = f"max({SMALLEST}, datum.size * width * width * {largest})"
    area = "0.785 * " if KINDS[kind]["shape"] == "square" else ""
    return {
        "data": {"values": [one for one in everything if one["kind"] == kind]},
        "mark": {"type": "point", "opacity": 1, **KINDS[kind], "size": {"expr": area + size}},
        "encoding": ON_MAP,
    }


def _label_layers(named: Sequence[Mark], frame: Frame) -> list[dict[str, Any]]:
    values = []
    for start, end in zip(WIDTHS, [*WIDTHS[1:], 10**6], strict=True):
        values += [
            {
                "text": list(label.mark.text), "size": label.mark.size, "across": label.across,
                "down": label.down, "lines": len(label.mark.text), "from": start, "to": end,
                **_degrees(label.mark.code),
            }
            for label in labels(named, start, frame.ratio)
        ]  # fmt: skip
    away = f"sqrt(max({SMALLEST}, datum.size * width * width * {LARGEST[frame.world]})) / 2"
    rise = f"(datum.lines - 1) * {LINE} / 2"
    mark = {
        "type": "text", "lineHeight": LINE, "baseline": "middle", "fontSize": 11,
        "align": {"expr": "datum.across > 0 ? 'left' : datum.across < 0 ? 'right' : 'center'"},
        "dx": {"expr": f"datum.across * ({away} + 3)"},
        "dy": {"expr": f"datum.down * ({away} + 8 + {rise}) - {rise}"},
    }  # fmt: skip
    shared = {
        "data": {"values": values},
        "transform": [{"filter": "width >= datum.from && width < datum.to"}],
        "encoding": {**ON_MAP, "text": {"field": "text"}},
    }
    halo = {"stroke": palette.HALO, "strokeWidth": 3, "strokeJoin": "round", "opacity": 0.85}
    return [{**shared, "mark": {**mark, **halo}}, {**shared, "mark": mark}]


def _legend_layers(words: Sequence[Entry], low: str) -> list[dict[str, Any]]:
    values = [
        {"kind": e.kind, "text": e.text, "x": e.x, "row": e.row, "from": start, "to": end}
        for start, end in zip(WIDTHS, [*WIDTHS[1:], 10**6], strict=True)
        for e in legend(words, start)
    ]
    shown = {"filter": "width >= datum.from && width < datum.to"}
    y = {"expr": f"{low} + 8 + {ROW / 2} + {ROW} * datum.row"}
    text = {
        "type": "text", "baseline": "middle", "fontSize": 11, "align": {"expr": SIDE}, "y": y,
        "x": {"expr": f"({FROM_EDGE}) + (datum.kind ? 18 : 0) * (rtl ? -1 : 1)"},
    }  # fmt: skip
    layers: list[dict[str, Any]] = [
        {"data": {"values": values}, "transform": [shown], "mark": text,
         "encoding": {"text": {"field": "text"}}},
    ]  # fmt: skip
    for kind in dict.fromkeys(entry.kind for entry in words if entry.kind):
        mark = {
            "type": "point", "size": 110, "opacity": 1, **KINDS[kind], "y": y,
            "x": {"expr": f"({FROM_EDGE}) + (rtl ? -6 : 6)"},
        }  # fmt: skip
        own = [one for one in values if one["kind"] == kind]
        layers.append({"data": {"values": own}, "transform": [shown], "mark": mark})
    return layers
