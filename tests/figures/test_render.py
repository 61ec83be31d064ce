"""SVG: drawn, clean, the same every time, kept."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commonhaven.figures import (
    Clock,
    Picture,
    clocks,
    hosts_map,
    money_flow,
    payers_map,
    people_flow,
    render,
    svg,
)
from commonhaven.figures.sanitise import clean, parsed
from commonhaven.reading import Problem
from commonhaven.regime import Plan

Make = Callable[..., Picture]
OF_PLAN = (hosts_map, payers_map, people_flow, money_flow)
BARE = re.compile(r"\{http://www\.w3\.org/2000/svg\}")
NOW = datetime(2026, 11, 25, tzinfo=UTC)


def texts(drawn: str) -> list[str]:
    root = parsed(drawn)
    return [
        "".join(one.itertext()).strip("\u2067\u2069")
        for one in root.iter("{http://www.w3.org/2000/svg}text")
    ]


def check(drawn: str) -> None:
    root = parsed(drawn)
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert root.get("direction") == "ltr"
    (described,) = root.findall("{http://www.w3.org/2000/svg}desc")
    assert described.text
    tags = {BARE.sub("", one.tag) for one in root.iter()}
    assert tags <= {
        "svg",
        "g",
        "path",
        "text",
        "tspan",
        "rect",
        "circle",
        "line",
        "defs",
        "clipPath",
        "desc",
    }
    for one in root.iter():
        assert not {"style", "class", "href"} & set(one.attrib)
        assert not [name for name in one.attrib if name.startswith("on")]
    rest = drawn.replace("http://www.w3.org/2000/svg", "")
    assert "://" not in rest
    assert "NaN" not in rest
    assert "undefined" not in rest


@pytest.mark.parametrize("make", OF_PLAN)
@pytest.mark.parametrize(
    ("width", "language", "direction"), [(360, "en", "ltr"), (1000, "ar", "rtl")]
)
def test_drawn_clean_at_every_width(
    make: Make, width: int, language: str, direction: str, plan: Plan
) -> None:
    picture = make(plan, language=language)
    drawn = svg(picture, width=width, language=language, direction=direction)
    check(drawn)
    assert float(parsed(drawn).get("width", "0")) == width


def test_empty_and_crowded_are_drawn(empty: Plan, crowded: Plan) -> None:
    for make in OF_PLAN:
        check(svg(make(crowded)))
        found = texts(svg(make(empty), width=360))
        assert "nothing to show" in " ".join(found)


def test_labels_of_the_leading_hosts_are_drawn(liberia: Plan) -> None:
    found = " ".join(texts(svg(hosts_map(liberia), width=720)))
    assert "Ghana" in found
    assert "242,416" in found
    assert "Beyond this map: United\u00a0States\u00a013,434" in found


def test_every_node_of_a_flow_is_drawn_with_its_number(liberia: Plan) -> None:
    found = texts(svg(people_flow(liberia), width=720))
    for part in liberia.result.states:
        if part.placed:
            assert any(text.endswith(f" {part.placed:,}") for text in found)


def test_direction_mirrors_and_isolates(liberia: Plan) -> None:
    picture = people_flow(liberia, language="ar")
    left, right = (svg(picture, language="ar", direction=d) for d in ("ltr", "rtl"))
    assert left != right
    assert "\u2067" in right
    assert "\u2067" not in left


def test_dark_differs_in_colours_only(liberia: Plan) -> None:
    light, dark = (svg(hosts_map(liberia), theme=theme) for theme in ("light", "dark"))
    assert light != dark

    def shape(drawn: str) -> str:
        return re.sub(r"#[0-9a-f]{6}|rgb\([^)]*\)|p[0-9a-f]{8}-", "", drawn)

    assert shape(light) == shape(dark)


def test_ids_do_not_meet_in_one_page(liberia: Plan) -> None:
    drawn = [svg(make(liberia), width=width) for make in OF_PLAN for width in (360, 720)]
    ids = [set(re.findall(r' id="([^"]+)"', one)) for one in drawn]
    assert sum(len(one) for one in ids) == len(set().union(*ids))


def test_caption_adds_title_and_note(liberia: Plan) -> None:
    picture = hosts_map(liberia)
    plain, whole = svg(picture), svg(picture, caption=True)
    check(whole)
    assert picture.title in texts(whole)
    assert picture.title not in texts(plain)
    assert picture.note in " ".join(texts(whole))


def test_kept_in_a_folder_by_content(liberia: Plan, tmp_path: Path) -> None:
    picture = people_flow(liberia)
    first = svg(picture, cache=tmp_path)
    (file,) = tmp_path.iterdir()
    assert file.read_text(encoding="utf-8") == first == svg(picture)
    file.write_text("<svg/>", encoding="utf-8")
    assert svg(picture, cache=tmp_path) == "<svg/>"
    svg(picture, width=500, cache=tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def test_drawn_twice_is_the_same(liberia: Plan) -> None:
    first = svg(payers_map(liberia))
    render.drawn.cache_clear()
    assert svg(payers_map(liberia)) == first


def test_clocks_are_drawn() -> None:
    rows = (
        Clock(
            label="Duty to meet, at the call of any member or of UNHCR",
            opens=NOW,
            due=NOW.replace(day=28),
            status="open",
            done=None,
        ),
        Clock(label="Objections", opens=None, due=NOW.replace(day=24), status="<none>", done=None),
    )
    drawn = svg(clocks(rows, now=NOW, zone="UTC", language="en"), width=360)
    check(drawn)
    assert {"open", "<none>", "Objections"} <= set(texts(drawn))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"width": 10}, "cannot be 10 pixels wide"),
        ({"theme": "blue"}, 'no theme "blue"'),
        ({"direction": "up"}, 'no direction "up"'),
        ({"language": "de"}, "no pictures in the language"),
    ],
)
def test_what_cannot_be_drawn_says_why(wrong: dict[str, object], said: str, liberia: Plan) -> None:
    with pytest.raises(Problem, match=said):
        svg(hosts_map(liberia), **wrong)  # type: ignore[arg-type]


def test_a_spec_that_is_wrong_is_a_problem(liberia: Plan) -> None:
    picture = hosts_map(liberia)
    spec = {"$schema": picture.spec["$schema"], "mark": "nothing", "data": {"values": []}}
    with pytest.raises(Problem, match="cannot be drawn"):
        svg(replace(picture, spec=spec))


@pytest.mark.parametrize(
    "inner",
    [
        "<script>1</script>",
        "<image href='a.png'/>",
        "<foreignObject/>",
        "<style>a{}</style>",
        "<path onclick='1'/>",
        "<path fill='url(http://example.org/a)'/>",
        "<a href='#x'/>",
    ],
)
def test_what_is_no_drawing_is_refused(inner: str) -> None:
    root = parsed(f"<svg xmlns='http://www.w3.org/2000/svg'>{inner}</svg>")
    with pytest.raises(Problem, match="which no picture needs"):
        clean(root, "p")


def test_styles_become_attributes() -> None:
    root = parsed(
        "<svg xmlns='http://www.w3.org/2000/svg'><path id='c' clip-path='url(#c)' "
        "style='fill: red; cursor: pointer'/></svg>"
    )
    clean(root, "p")
    assert root[0].attrib == {"id": "p-1", "clip-path": "url(#p-1)", "fill": "red"}


def test_whatever_a_label_holds_the_drawing_is_sound() -> None:
    odd = "</text><script>alert(1)</script> \x00\x1b \ud800 https://example.org 'a' \"b\" & 한국"
    row = Clock(label=odd, opens=NOW, due=NOW.replace(day=28), status=odd, done=None)
    picture = clocks((row,), now=NOW, zone="UTC", language="en")
    drawn = svg(replace(picture, title=odd, note=odd), caption=True)
    root = parsed(drawn)
    assert {BARE.sub("", one.tag) for one in root.iter()} & {"script", "a"} == set()
    assert any("alert(1)" in text for text in texts(drawn))
    assert "\x00" not in drawn
