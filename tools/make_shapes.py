"""Make the shapes of our maps from the world atlas of Visionscarto (110m or 50m TopoJSON).

    python tools/make_shapes.py 50m.json src/commonhaven/figures/shapes

It renames to our codes, merges and leaves out as MERGED and LEFT_OUT say, drops points and islands
that no map of ours can show (Visvalingam and Whyatt 1993), and writes two files: one for maps of
the world, one for maps of a region. docs/decisions/0016-shapes-of-maps.md says why.
"""

import heapq
import json
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Ring = list[int]

MERGED = {"CYN": "CYP", "SOL": "SOM"}
"""Shapes that the source draws apart and the United Nations do not."""
LEFT_OUT = {"ATA", "ATC", "IOA", "ATF", "HMD", "SGS"}
"""Nobody lives there for good, or the source has one shape for several territories."""
RENAMED = {"KAS": "disputed"}
"""The Siachen Glacier: no state's."""
LEVELS = {"world": (0.05, 0.1, 0.5), "region": (0.02, 0.013, 0.06)}
"""File → grid in degrees, least area of a triangle kept, least area of an island kept (deg²)."""


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points)
    return arcs


def polygons(geometry: dict[str, Any]) -> list[list[Ring]]:
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return list(geometry["arcs"])


def triangle(a: Point, b: Point, c: Point) -> float:
    """Area in square degrees at the equator's scale."""
    k = math.cos(math.radians(b[1]))
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) * k / 2


def simplified(points: list[Point], least: float, *, closed: bool) -> list[Point]:
    """Without the points whose triangle is smaller than ``least``; ends stay, a ring keeps four."""
    before = list(range(-1, len(points) - 1))
    after = list(range(1, len(points) + 1))
    gone = [False] * len(points)
    queue = [(triangle(*points[i - 1 : i + 2]), i, i - 1, i + 1) for i in range(1, len(points) - 1)]
    heapq.heapify(queue)
    left = len(points)
    while queue:
        area, i, p, n = heapq.heappop(queue)
        if gone[i] or (before[i], after[i]) != (p, n):
            continue
        if area >= least or (closed and left <= 5):
            break
        gone[i] = True
        left -= 1
        after[p], before[n] = n, p
        for j in (p, n):
            if 0 < j < len(points) - 1:
                fresh = triangle(points[before[j]], points[j], points[after[j]])
                heapq.heappush(queue, (max(fresh, area), j, before[j], after[j]))
    return [point for point, out in zip(points, gone, strict=True) if not out]


def ring_points(ring: Ring, arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for index in ring:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc if not points else arc[1:]
    return unwrapped(points)


def unwrapped(points: Iterable[Point]) -> list[Point]:
    """Longitudes without a jump at 180°."""
    found: list[Point] = []
    for x, y in points:
        shift = 360 * round((found[-1][0] - x) / 360) if found else 0
        found.append((x + shift, y))
    return found


def area(points: list[Point]) -> float:
    """Square degrees at the equator's scale: longitude counts by the cosine of latitude."""
    flat = [(x * math.cos(math.radians(y)), y) for x, y in points]
    pairs = zip(flat, flat[1:] + flat[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def stitched(pieces: list[int], arcs: list[list[Point]]) -> list[Ring]:
    """Rings from arcs in any order; an arc that is there both ways is an inner border and goes."""
    left = [arc for arc in pieces if ~arc not in pieces]
    rings = []
    while left:
        ring = [left.pop(0)]
        while start(ring[0], arcs) != end(ring[-1], arcs):
            follows = next(a for a in left if start(a, arcs) == end(ring[-1], arcs))
            left.remove(follows)
            ring.append(follows)
        rings.append(ring)
    return rings


def start(arc: int, arcs: list[list[Point]]) -> Point:
    return arcs[arc][0] if arc >= 0 else arcs[~arc][-1]


def end(arc: int, arcs: list[list[Point]]) -> Point:
    return start(~arc, arcs)


def shapes(topology: dict[str, Any], arcs: list[list[Point]]) -> dict[str, list[list[Ring]]]:
    """Code → polygons, after renaming and merging."""
    found: dict[str, list[list[Ring]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = geometry["properties"]["a3"]
        if code not in LEFT_OUT:
            found.setdefault(RENAMED.get(code, code), []).extend(polygons(geometry))
    for part, whole in MERGED.items():
        pieces = [arc for poly in found.pop(part) + found[whole] for ring in poly for arc in ring]
        found[whole] = [[ring] for ring in stitched(pieces, arcs)]
    return dict(sorted(found.items()))


def centre(points: list[Point]) -> Point:
    """The centroid of a ring."""
    total = x = y = 0.0
    for a, b in zip(points, points[1:] + points[:1], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        total, x, y = total + cross, x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross
    return (x / (3 * total), y / (3 * total)) if total else points[0]


def kept(polys: list[list[Ring]], arcs: list[list[Point]], least: float) -> list[list[Ring]]:
    """The polygons large enough to see, and always the largest."""
    sized = sorted(((area(ring_points(p[0], arcs)), p) for p in polys), key=lambda s: -s[0])
    return [p for i, (size, p) in enumerate(sized) if i == 0 or size >= least]


def described(polys: list[list[Ring]], arcs: list[list[Point]]) -> dict[str, Any]:
    """Where the largest part lies, the middle of it, and the area of all."""
    largest = max((ring_points(p[0], arcs) for p in polys), key=area)
    xs, ys = [x for x, _ in largest], [y for _, y in largest]
    x, y = centre(largest)
    return {
        "box": [round(v, 1) for v in (min(xs), min(ys), max(xs), max(ys))],
        "centre": [round(x, 2), round(y, 2)],
        "area": float(f"{sum(area(ring_points(p[0], arcs)) for p in polys):.3g}"),
    }


def level(
    found: dict[str, list[list[Ring]]],
    arcs: list[list[Point]],
    grid: float,
    sizes: tuple[float, float],
) -> dict[str, Any]:
    """One file: only the arcs in use, simplified, on the grid."""
    chosen = {code: kept(polys, arcs, sizes[1]) for code, polys in found.items()}
    used = sorted({a if a >= 0 else ~a for p in chosen.values() for a in every_arc(p)})
    number = {old: new for new, old in enumerate(used)}
    lines = []
    for old in used:
        points = arcs[old]
        thin = simplified(points, sizes[0], closed=points[0] == points[-1])
        lines.append(steps([(round(x / grid), round(y / grid)) for x, y in thin]))
    return {
        "type": "Topology",
        "transform": {"scale": [grid, grid], "translate": [0, 0]},
        "objects": {"states": {"type": "GeometryCollection", "geometries": [
            {"type": "MultiPolygon", "id": code, "properties": described(found[code], arcs),
             "arcs": [[[number[a] if a >= 0 else ~number[~a] for a in ring] for ring in poly]
                      for poly in polys]}
            for code, polys in chosen.items()
        ]}},
        "arcs": lines,
    }  # fmt: skip


def every_arc(polys: list[list[Ring]]) -> Iterator[int]:
    for poly in polys:
        for ring in poly:
            yield from ring


def steps(points: list[tuple[int, int]]) -> list[list[int]]:
    """Each point as the way from the one before; points that fall together are one."""
    kept_points = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
    if len(kept_points) == 1:
        kept_points *= 2
    before = (0, 0)
    found = []
    for x, y in kept_points:
        found.append([x - before[0], y - before[1]])
        before = (x, y)
    return found


def main(source: Path, folder: Path) -> None:
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = decoded(topology)
    found = shapes(topology, arcs)
    for name, (grid, point, island) in LEVELS.items():
        made = level(found, arcs, grid, (point, island))
        text = json.dumps(made, separators=(",", ":"))
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
        points = sum(len(arc) for arc in made["arcs"])
        sys.stdout.write(f"{name}: {len(found)} shapes, {points} points, {len(text)} bytes\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
