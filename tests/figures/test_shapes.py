"""Shapes: every member can be drawn, and the borders are those that the documentation tells."""

import math

import pytest

from commonhaven.charter import load, shipped
from commonhaven.figures.projection import around, equal_earth, world
from commonhaven.figures.shapes import DISPUTED, arcs_of, extract, lines, places, topology
from commonhaven.parties import states

LEVELS = ("world", "region")
Point = tuple[float, float]


def rings(level: str, code: str) -> list[list[Point]]:
    arcs = lines(level)
    (shape,) = [s for s in topology(level)["objects"]["states"]["geometries"] if s["id"] == code]
    found = []
    for polygon in shape["arcs"]:
        for ring in polygon:
            points: list[Point] = []
            for index in ring:
                points += (arcs[index] if index >= 0 else arcs[~index][::-1])[bool(points) :]
            found.append(points)
    return found


def inside(level: str, code: str, at: Point) -> bool:
    """Even-odd rule over all rings."""
    crossings = 0
    for ring in rings(level, code):
        for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y0 > at[1]) != (y1 > at[1]):
                crossings += at[0] < x0 + (at[1] - y0) * (x1 - x0) / (y1 - y0)
    return crossings % 2 == 1


def codes(level: str) -> list[str]:
    return [shape["id"] for shape in topology(level)["objects"]["states"]["geometries"]]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("code", "at", "where"),
    [
        ("UKR", (34.2, 45.3), "Crimea"),
        ("ESH", (-13.0, 24.0), "Western Sahara"),
        ("CYP", (33.5, 35.27), "the north of Cyprus"),
        ("CYP", (32.8, 34.9), "the south of Cyprus"),
        ("SOM", (45.5, 9.5), "the north-west of Somalia"),
        ("SOM", (45.0, 3.0), "the south of Somalia"),
        ("XKX", (21.0, 42.6), "Kosovo"),
        ("PSE", (35.2, 32.0), "the West Bank"),
        ("ISR", (35.79, 33.0), "the Golan, as the source has it"),
        ("IND", (75.5, 33.5), "Jammu and Kashmir, as the source has it"),
        ("SSD", (30.0, 8.0), "South Sudan"),
        ("FRA", (-53.2, 4.0), "French Guiana, as the source has it"),
    ],
)
def test_borders_are_those_that_the_documentation_tells(
    level: str, code: str, at: Point, where: str
) -> None:
    owners = [one for one in codes(level) if inside(level, one, at)]
    assert (where, owners) == (where, [code])


@pytest.mark.parametrize("level", LEVELS)
def test_rings_are_closed_and_arcs_exist(level: str) -> None:
    arcs = topology(level)["arcs"]
    for shape in topology(level)["objects"]["states"]["geometries"]:
        assert all(0 <= arc < len(arcs) for arc in arcs_of(shape))
        for ring in rings(level, shape["id"]):
            assert (shape["id"], ring[0]) == (shape["id"], ring[-1])


def test_every_shape_is_a_state_that_we_name() -> None:
    assert set(codes("world")) == set(codes("region"))
    assert set(codes("world")) - {DISPUTED} <= set(states())
    assert set(places()) <= set(states())


def test_every_member_of_a_shipped_charter_can_be_drawn() -> None:
    members = {member.state for name in shipped() for member in load(name).members}
    assert len(members) > 100
    assert members - set(places()) == set()


def test_every_state_of_today_can_be_drawn_but_where_nobody_lives() -> None:
    today = {s for s, one in states().items() if one.standing not in ("dissolved", "no state")}
    assert today - set(places()) == {"ATA", "ATF", "BVT", "HMD", "SGS", "UMI"}


def test_the_files_are_small() -> None:
    from commonhaven.figures.shapes import HOME  # noqa: PLC0415

    sizes = {level: len((HOME / f"{level}.json").read_bytes()) for level in LEVELS}
    assert sum(sizes.values()) < 260_000


def test_a_part_of_a_topology_is_the_same_shape() -> None:
    part = extract("region", ["GHA", "TGO"])
    assert [s["id"] for s in part["objects"]["states"]["geometries"]] == ["GHA", "TGO"]
    used = {arc for s in part["objects"]["states"]["geometries"] for arc in arcs_of(s)}
    assert used == set(range(len(part["arcs"])))
    points = sum(len(arc) for arc in part["arcs"])
    assert 20 < points < 1000


def test_equal_earth_gives_the_values_of_its_authors() -> None:
    edge, _ = equal_earth(180, 0)
    _, pole = equal_earth(0, 90)
    assert math.isclose(edge, 2.7066299836960748)
    assert math.isclose(pole, 1.3173627591574133)
    assert equal_earth(0, 0) == (0, 0)


def test_areas_are_true() -> None:
    """A cell of one degree has its area on the globe, by the shoelace formula."""
    for south in (-60, -10, 0, 35, 75):
        corners = [(10.0, south), (11.0, south), (11.0, south + 1), (10.0, south + 1)]
        flat = [equal_earth(x, y) for x, y in corners]
        pairs = zip(flat, flat[1:] + flat[:1], strict=True)
        area = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2
        true = math.radians(1) * (math.sin(math.radians(south + 1)) - math.sin(math.radians(south)))
        assert math.isclose(area, true, rel_tol=1e-3)


def test_a_frame_holds_what_it_was_made_for() -> None:
    shown = ["GIN", "CIV", "GHA", "LBR"]
    frame = around(places()[code].box for code in shown)
    assert not frame.world
    for code in shown:
        west, south, east, north = places()[code].box
        assert all(frame.shows(x, y) for x in (west, east) for y in (south, north))
    assert not frame.shows(139, 35)


def test_a_frame_across_the_date_line_is_narrow() -> None:
    frame = around(places()[code].box for code in ("FJI", "TON", "WSM"))
    assert not frame.world
    assert abs((frame.meridian + 180) % 360 - 180) > 150
    assert all(
        frame.shows(places()[code].longitude, places()[code].latitude)
        for code in ("FJI", "TON", "WSM")
    )


def test_what_lies_far_apart_is_shown_on_the_world() -> None:
    assert around(places()[code].box for code in ("CAN", "GHA", "JPN")) == world()
    assert around([]) == world()
