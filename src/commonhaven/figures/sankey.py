"""A flow chart as a Vega spec: nodes in two or three columns, ribbons between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from commonhaven.figures import palette
from commonhaven.figures.streams import Stream

WIDTH = 720
HIGH = 300
"""Pixels for the column that carries most."""
STEP = 16
"""Least pixels from the middle of one node to the next, so that names do not cover each other."""
GAP, ABOVE = 3, 17
"""Pixels between two bars of an outer column, and of one whose names stand above them."""
BAR = 9
MARGIN = 18


COLORS = {
    "stays": palette.REST, "pays": palette.REST, "moves": palette.FIRST, "leaves": palette.FIRST,
    "arrives": palette.FIRST, "receives": palette.FIRST, "no place": palette.SECOND,
    "gives": palette.REST, "passes on": palette.FIRST, "on the way": palette.SECOND,
}  # fmt: skip
"""Colour of a stream by its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node in a column; ``narrow``: its label in a narrow picture; ``open``: it is a lack."""

    id: str
    column: int
    label: str
    narrow: str
    color: str
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A node's place in its column: pixels from the top."""

    node: Node
    top: float
    high: float


def sankey(nodes: Sequence[Node], streams: Sequence[tuple[str, str, Stream]]) -> dict[str, Any]:
    """The spec. Each stream comes with the ids of the nodes that it joins."""
    placed, per_unit, height = stack(nodes, streams)
    ribbons = joined(placed, per_unit, streams)
    last = max(node.column for node in nodes)
    bars = [bar(one, last) for one in placed.values()]
    return {
        "$schema": "https://vega.github.io/schema/vega/v5.json",
        "usermeta": {"commonhaven": {}},
        "width": WIDTH,
        "height": round(height),
        "padding": 0,
        "autosize": "none",
        "background": None,
        "config": {"aria": False},
        "signals": [{"name": "rtl", "value": False}],
        "data": [
            {"name": "ribbons", "values": ribbons, "transform": _paths()},
            {"name": "nodes", "values": bars, "transform": _sides()},
        ],
        "marks": _marks(),
    }


def stack(
    nodes: Sequence[Node], streams: Sequence[tuple[str, str, Stream]]
) -> tuple[dict[str, Placed], Fraction, float]:
    """Where every node stands, pixels for a unit of the amount, and the height of all."""
    sums = {node.id: through(node.id, streams) for node in nodes}
    columns: dict[int, list[Node]] = {}
    for node in nodes:
        columns.setdefault(node.column, []).append(node)
    most = max(sum(sums[n.id] for n in column) for column in columns.values())
    per_unit = Fraction(HIGH) / most
    outer = {0, max(columns)}
    rows = {
        c: _rows(column, sums, per_unit, GAP if c in outer else ABOVE)
        for c, column in columns.items()
    }
    height = max(row[-1][1] + row[-1][2] / 2 + STEP / 2 for row in rows.values()) + 2 * MARGIN
    placed = {
        node.id: Placed(node=node, top=middle - high / 2 + MARGIN, high=high)
        for row in rows.values()
        for node, middle, high in row
    }
    last = max(columns)
    for column, row in rows.items():
        if 0 < column < last:
            placed |= {one.node.id: one for one in centred(row, placed, streams, height)}
    return placed, per_unit, height


def centred(
    row: Sequence[tuple[Node, float, float]],
    placed: Mapping[str, Placed],
    streams: Sequence[tuple[str, str, Stream]],
    height: float,
) -> list[Placed]:
    """The nodes of a middle column, moved down to where what they join lies."""
    inside = {node.id for node, _, _ in row}
    ends = [
        (Fraction(s.amount), placed[other])
        for start, end, s in streams
        for one, other in ((start, end), (end, start))
        if one in inside
    ]
    weight = sum(amount for amount, _ in ends)
    middle = float(sum(amount * Fraction(p.top + p.high / 2) for amount, p in ends) / weight)
    used = row[-1][1] + row[-1][2] / 2
    down = min(max(middle - used / 2, MARGIN), height - MARGIN - used)
    return [Placed(node=node, top=at - high / 2 + down, high=high) for node, at, high in row]


def _rows(
    column: Sequence[Node], sums: Mapping[str, Fraction], per_unit: Fraction, gap: int
) -> list[tuple[Node, float, float]]:
    """Node, its middle and its height, from the top."""
    found: list[tuple[Node, float, float]] = []
    bottom = 0.0
    for node in column:
        high = float(sums[node.id] * per_unit)
        room = max(high, 1.0)
        middle = max(bottom + room / 2, found[-1][1] + STEP if found else STEP / 2)
        found.append((node, middle, high))
        bottom = middle + room / 2 + gap
    return found


def through(node: str, streams: Sequence[tuple[str, str, Stream]]) -> Fraction:
    """What enters a node or leaves it, whichever is more."""
    leaves = sum((Fraction(s.amount) for start, _, s in streams if start == node), Fraction(0))
    enters = sum((Fraction(s.amount) for _, end, s in streams if end == node), Fraction(0))
    return max(leaves, enters)


def joined(
    placed: Mapping[str, Placed], per_unit: Fraction, streams: Sequence[tuple[str, str, Stream]]
) -> list[dict[str, Any]]:
    """Ribbons from node to node, in the order of the nodes at their other end."""
    last = max(one.node.column for one in placed.values())
    right: dict[str, float] = {}
    left: dict[str, float] = {}
    starts: dict[int, float] = {}
    ends: dict[int, float] = {}
    thick = [float(Fraction(stream.amount) * per_unit) for _, _, stream in streams]
    for i in sorted(range(len(streams)), key=lambda i: placed[streams[i][1]].top):
        start = streams[i][0]
        starts[i] = right.get(start, placed[start].top)
        right[start] = starts[i] + thick[i]
    for i in sorted(range(len(streams)), key=lambda i: placed[streams[i][0]].top):
        end = streams[i][1]
        ends[i] = left.get(end, placed[end].top)
        left[end] = ends[i] + thick[i]
    return [
        {
            "from": start, "to": end, "kind": stream.kind, "amount": str(stream.amount),
            "color": palette.SECOND if placed[start].node.open else COLORS[stream.kind],
            "a": round(placed[start].node.column / last, 3),
            "b": round(placed[end].node.column / last, 3),
            "y0": round(starts[i], 2), "y1": round(ends[i], 2),
            "thick": max(round(thick[i], 2), 0.6),
        }
        for i, (start, end, stream) in enumerate(streams)
    ]  # fmt: skip


def bar(one: Placed, last: int) -> dict[str, Any]:
    return {
        "id": one.node.id, "label": one.node.label, "narrow": one.node.narrow,
        "color": one.node.color,
        "open": one.node.open, "at": round(one.node.column / last, 3),
        "y": round(one.top, 2), "high": max(round(one.high, 2), 1.2),
    }  # fmt: skip


def _x(at: str, add: int) -> str:
    """A place across the picture, mirrored for languages written from right to left."""
    plain = f"({at} * (width - {BAR}) + {add})"
    return f"(rtl ? width - {plain} : {plain})"


def _paths() -> list[dict[str, Any]]:
    """The outline of a ribbon: out along its upper edge, back along the lower."""
    start, end = _x("datum.a", BAR), _x("datum.b", 0)
    middle = f"(({start} + {end}) / 2)"
    y0, y1 = "datum.y0", "datum.y1"
    low0, low1 = f"({y0} + datum.thick)", f"({y1} + datum.thick)"
    parts = (
        ("M", start, y0), ("C", middle, y0), (" ", middle, y1), (" ", end, y1),
        ("L", end, low1), ("C", middle, low1), (" ", middle, low0), (" ", start, low0),
    )  # fmt: skip
    path = " + ".join(f"'{sign}' + {x} + ',' + {y}" for sign, x, y in parts)
    return [{"type": "formula", "as": "path", "expr": f"{path} + 'Z'"}]


def _sides() -> list[dict[str, Any]]:
    """Where a node's bar begins and on which side of it the name stands: always inwards."""
    inward = "(datum.at == 1 ? -1 : 1)"
    edge = f"(datum.at == 1 ? {_x('datum.at', 0)} : {_x('datum.at', BAR)})"
    return [
        {"type": "formula", "as": "x", "expr": f"min({_x('datum.at', 0)}, {_x('datum.at', BAR)})"},
        {"type": "formula", "as": "side", "expr": f"{inward} * (rtl ? -1 : 1)"},
        {"type": "formula", "as": "label_x", "expr": f"{edge} + 4 * {inward} * (rtl ? -1 : 1)"},
    ]


def _marks() -> list[dict[str, Any]]:
    outer = "(datum.at == 0 || datum.at == 1)"
    label = {
        "x": {"signal": f"{outer} ? datum.label_x : datum.x + {BAR / 2}"},
        "y": {"signal": f"{outer} ? datum.y + datum.high / 2 : datum.y - 4"},
        "text": {"signal": "width < 520 ? datum.narrow : datum.label"},
        "align": {"signal": f"{outer} ? (datum.side > 0 ? 'left' : 'right') : 'center'"},
        "baseline": {"signal": f"{outer} ? 'middle' : 'bottom'"},
        "font": {"value": palette.FONT},
        "fontSize": {"value": 11},
        "limit": {"signal": "width * 0.49"},
    }
    halo = {
        "stroke": {"value": palette.HALO}, "strokeWidth": {"value": 3},
        "strokeJoin": {"value": "round"}, "opacity": {"value": 0.95},
    }  # fmt: skip
    ribbon = {
        "path": {"field": "path"}, "fill": {"field": "color"}, "fillOpacity": {"value": 0.36},
        "stroke": {"field": "color"}, "strokeWidth": {"value": 0.5},
    }  # fmt: skip
    box = {
        "x": {"field": "x"}, "width": {"value": BAR}, "y": {"field": "y"},
        "height": {"field": "high"},
        "fill": {"signal": "datum.open ? 'transparent' : datum.color"},
        "stroke": {"field": "color"}, "strokeWidth": {"signal": "datum.open ? 1.5 : 0"},
        "strokeDash": {"signal": "datum.open ? [3, 2] : []"},
    }  # fmt: skip
    nodes = {"data": "nodes"}
    return [
        {"type": "path", "from": {"data": "ribbons"}, "encode": {"enter": ribbon}},
        {"type": "rect", "from": nodes, "encode": {"enter": box}},
        {"type": "text", "from": nodes, "encode": {"enter": {**label, **halo}}},
        {"type": "text", "from": nodes,
         "encode": {"enter": {**label, "fill": {"value": palette.INK}}}},
    ]  # fmt: skip
