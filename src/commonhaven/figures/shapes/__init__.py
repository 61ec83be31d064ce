"""Shapes of states by code, for maps of the world and of a region.

From the 50m world atlas of Visionscarto 1.0.0 (BSD-3-Clause; NOTICE.txt), a modification of
Natural Earth (public domain), thinned and merged by tools/make_shapes.py. Which borders they draw,
and which not: docs/explanation/maps-and-borders.md.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from commonhaven.reading import read_table

HOME = files("commonhaven.figures.shapes")

DISPUTED = "disputed"
"""The id of the shape that is no state's."""

UNSETTLED = frozenset({DISPUTED, "ESH", "XKX", "AB9", "PSE"})
"""Drawn with a dashed outline: status or frontiers not settled; see the page named above."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a state lies: a point for its circle and the box of its largest part.

    ``area`` in square degrees of the equator's size; 0 where there is no shape.
    """

    longitude: float
    latitude: float
    box: tuple[float, float, float, float]
    area: float


@cache
def topology(level: str) -> Mapping[str, Any]:
    """The TopoJSON of "world" or "region"."""
    found: dict[str, Any] = json.loads((HOME / f"{level}.json").read_text(encoding="utf-8"))
    return MappingProxyType(found)


@cache
def places() -> Mapping[str, Place]:
    """Code → place, for every state and territory that can be drawn."""
    found = {}
    for shape in topology("world")["objects"]["states"]["geometries"]:
        said = shape["properties"]
        if shape["id"] != DISPUTED:
            found[shape["id"]] = Place(
                longitude=said["centre"][0],
                latitude=said["centre"][1],
                box=tuple(said["box"]),
                area=said["area"],
            )
    table = read_table(
        HOME / "places.csv", name="places.csv", required=("code", "longitude", "latitude")
    )
    for row in table:
        x, y = float(row.text("longitude")), float(row.text("latitude"))
        box = (x - 0.5, y - 0.5, x + 0.5, y + 0.5)
        found[row.text("code")] = Place(longitude=x, latitude=y, box=box, area=0.0)
    return MappingProxyType(found)


@cache
def lines(level: str) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Every arc as points in degrees."""
    kx, ky = topology(level)["transform"]["scale"]
    found = []
    for arc in topology(level)["arcs"]:
        x = y = 0
        points = []
        for east, north in arc:
            x, y = x + east, y + north
            points.append((x * kx, y * ky))
        found.append(tuple(points))
    return tuple(found)


def arcs_of(shape: Mapping[str, Any]) -> Iterator[int]:
    """The arcs of a shape, each by its place in the file."""
    for polygon in shape["arcs"]:
        for ring in polygon:
            for arc in ring:
                yield arc if arc >= 0 else ~arc


def extract(level: str, codes: Iterable[str]) -> dict[str, Any]:
    """A topology with these shapes only, and only the arcs that they use."""
    wanted = set(codes)
    chosen = [s for s in topology(level)["objects"]["states"]["geometries"] if s["id"] in wanted]
    used = sorted({arc for shape in chosen for arc in arcs_of(shape)})
    number = {old: new for new, old in enumerate(used)}
    arcs = topology(level)["arcs"]
    shapes = [
        {
            "type": "MultiPolygon",
            "id": shape["id"],
            "arcs": [
                [[number[a] if a >= 0 else ~number[~a] for a in ring] for ring in polygon]
                for polygon in shape["arcs"]
            ],
        }
        for shape in chosen
    ]
    return {
        "type": "Topology",
        "transform": topology(level)["transform"],
        "objects": {"states": {"type": "GeometryCollection", "geometries": shapes}},
        "arcs": [arcs[old] for old in used],
    }
