"""Colours are told apart by everyone, and stand out from their ground."""

from itertools import combinations

import pytest

from commonhaven.figures import palette

SIGHT = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What is seen of linear red, green, blue: Machado, Oliveira and Fernandes 2009, severity 1."""
TOLD_APART = 20
"""Distance in CIELAB (1976); about 2 is just seen side by side."""
MEANING = ("FIRST", "SECOND", "THIRD", "FOURTH", "FIFTH", "REST", "EDGE")
PAIRS = (("FIRST", "SECOND"), ("FIRST", "REST"), ("SECOND", "REST"), ("SECOND", "THIRD"))
"""Colours that meet in one picture and differ in meaning."""
Triple = tuple[float, float, float]


def linear(color: str) -> Triple:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return r, g, b


def luminance(color: str) -> float:
    r, g, b = linear(color)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lab(color: Triple) -> Triple:
    r, g, b = (min(max(part, 0), 1) for part in color)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen(color: str, sight: str) -> Triple:
    light = linear(color)
    x, y, z = (sum(k * p for k, p in zip(row, light, strict=True)) for row in SIGHT[sight])
    return lab((x, y, z))


def in_theme(name: str, theme: str) -> str:
    color: str = getattr(palette, name)
    return color if theme == "light" else palette.DARK[color]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHT)
def test_colours_that_meet_are_told_apart(sight: str, theme: str) -> None:
    for names in PAIRS:
        one, other = (seen(in_theme(name, theme), sight) for name in names)
        distance = sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5
        assert (names, distance > TOLD_APART) == (names, True), distance


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_that_carry_meaning_stand_out_from_the_page(theme: str) -> None:
    """WCAG 2.2, 1.4.11: 3 to 1; text 4.5 to 1 (1.4.3)."""
    for name, least in [*((name, 3) for name in MEANING), ("INK", 4.5), ("QUIET", 4.5)]:
        found = contrast(in_theme(name, theme), palette.PAGE[theme])
        assert (name, found >= least) == (name, True)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_on_land(theme: str) -> None:
    for ground in ("LAND", "MEMBER", "FLED"):
        assert contrast(in_theme("INK", theme), in_theme(ground, theme)) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_symbols_stand_out_on_land(theme: str) -> None:
    for symbol, ground in [("FIRST", "MEMBER"), ("SECOND", "MEMBER"), ("INK", "MEMBER")]:
        assert contrast(in_theme(symbol, theme), in_theme(ground, theme)) >= 3


def test_every_colour_has_its_dark_one() -> None:
    light = {
        value for name, value in vars(palette).items()
        if name.isupper() and isinstance(value, str) and value.startswith("#")
    }  # fmt: skip
    assert light == set(palette.DARK)
    assert all(a != b for a, b in combinations(palette.DARK, 2))
