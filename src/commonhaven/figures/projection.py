"""The Equal Earth projection and the frame of a map.

Šavrič, Patterson and Jenny, "The Equal Earth map projection", International Journal of Geographical
Information Science 33 (2019): areas are true, so that no state looks larger than it is. Drawing is
left to the renderer; the frame is worked out here, so that the same plan has the same map.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = math.sqrt(3) / 2

Box = Sequence[float]
"""West, south, east, north in degrees; east may pass 180."""


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """X to the east and y to the north, in radii of the globe."""
    t = math.asin(M * math.sin(math.radians(latitude)))
    t2 = t * t
    t6 = t2**3
    x = (
        math.radians(longitude)
        * math.cos(t)
        / (M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)))
    )
    return x, t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a map shows; all lengths are parts of its width.

    ``meridian`` stands in the middle. A point (x, y) of the projection is drawn at
    (left + scale · x, top - scale · y).
    """

    meridian: float
    scale: float
    left: float
    top: float
    ratio: float
    world: bool

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point is drawn, in parts of the width."""
        turned = (longitude - self.meridian + 180) % 360 - 180
        x, y = equal_earth(turned, latitude)
        return self.left + self.scale * x, self.top - self.scale * y

    def shows(self, longitude: float, latitude: float, margin: float = 0.0) -> bool:
        x, y = self.place(longitude, latitude)
        return -margin <= x <= 1 + margin and -margin <= y <= self.ratio + margin


def world() -> Frame:
    """The whole world but Antarctica, cut at 169° west, in the Bering Strait."""
    edge, _ = equal_earth(180, 0)
    _, north = equal_earth(0, 84)
    _, south = equal_earth(0, -57)
    scale = 1 / (2 * edge)
    return Frame(
        meridian=11.0, scale=scale, left=0.5, top=scale * north,
        ratio=scale * (north - south), world=True,
    )  # fmt: skip


WIDEST = 150
"""Degrees of longitude beyond which a map of the region is no better than one of the world."""


def around(boxes: Iterable[Box]) -> Frame:
    """The frame that holds these boxes with a margin; the world where they lie too far apart."""
    given = list(boxes)
    if not given:
        return world()
    west, east = longitudes(given)
    if east - west > WIDEST:
        return world()
    middle = (west + east) / 2
    xs, ys = [], []
    for box in given:
        for longitude in (box[0], box[2]):
            for latitude in (box[1], (box[1] + box[3]) / 2, box[3]):
                x, y = equal_earth((longitude - middle + 180) % 360 - 180, latitude)
                xs.append(x)
                ys.append(y)
    return fitted(middle, (min(xs), min(ys), max(xs), max(ys)))


LEAST, FLAT, TALL = 0.12, 0.5, 0.85


def fitted(middle: float, extent: Box) -> Frame:
    """A frame with a margin, neither flatter nor taller than pleases the eye."""
    wide, high = max(extent[2] - extent[0], LEAST) * 1.16, max(extent[3] - extent[1], LEAST) * 1.16
    ratio = min(max(high / wide, FLAT), TALL)
    scale = min(1 / wide, ratio / high)
    return Frame(
        meridian=round(middle, 2),
        scale=scale,
        left=0.5 - scale * (extent[0] + extent[2]) / 2,
        top=ratio / 2 + scale * (extent[1] + extent[3]) / 2,
        ratio=ratio,
        world=False,
    )


def longitudes(boxes: Sequence[Box]) -> tuple[float, float]:
    """The shortest way round the globe that holds all boxes: from west to east."""
    found = []
    for start in {box[0] for box in boxes}:
        far = max((box[0] - start) % 360 + (box[2] - box[0]) for box in boxes)
        found.append((far, start))
    width, start = min(found)
    return start, start + width
