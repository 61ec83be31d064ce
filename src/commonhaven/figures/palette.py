"""The colours, light and dark, and the look that every picture shares.

Blue against vermilion is told apart with every common kind of colour blindness (Okabe and Ito,
Color Universal Design, 2008); whatever a colour says is also said by shape, place or words.
"""

from collections.abc import Mapping
from typing import Any, Literal

from commonhaven.reading import Problem, closest

Theme = Literal["light", "dark"]

INK = "#1f2328"
QUIET = "#57606a"
FIRST = "#0072b2"
SECOND = "#c4510a"
THIRD = "#00795a"
FOURTH = "#9a4f80"
FIFTH = "#7a6400"
REST = "#7d858e"
LAND = "#e9e7e2"
MEMBER = "#cdd9e1"
FLED = "#b9b2a6"
EDGE = "#6a8494"
BORDER = "#fffffe"
HALO = "#ffffff"
GRID = "#d8dce0"

PAGE: Mapping[str, str] = {"light": "#ffffff", "dark": "#14181d"}

DARK: Mapping[str, str] = {
    INK: "#e6e9ec",
    QUIET: "#a5aeb7",
    FIRST: "#56b4e9",
    SECOND: "#f0883e",
    THIRD: "#3fc59d",
    FOURTH: "#d99ac2",
    FIFTH: "#d9c04a",
    REST: "#8b949e",
    LAND: "#2b3138",
    MEMBER: "#3b4955",
    FLED: "#5a544a",
    EDGE: "#7f9aab",
    BORDER: "#14181c",
    HALO: PAGE["dark"],
    GRID: "#3a4149",
}
"""Light colour → its dark one; a spec holds the light."""

FONT = "sans-serif"


def themed(value: Any, theme: str) -> Any:  # noqa: ANN401 - any part of a spec
    """The same spec in the colours of a theme."""
    if theme not in PAGE:
        raise Problem(f'no theme "{theme[:20]}"', fix=closest(theme, PAGE))
    return value if theme == "light" else _dark(value)


def _dark(value: Any) -> Any:  # noqa: ANN401 - any part of a spec
    if isinstance(value, str):
        return DARK.get(value, value)
    if isinstance(value, Mapping):
        return {key: _dark(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_dark(part) for part in value]
    return value


def look() -> dict[str, Any]:
    """The configuration of every Vega-Lite picture."""
    text = {"font": FONT, "fill": INK}
    axis = {
        "labelFont": FONT, "labelFontSize": 11, "labelColor": INK, "titleFont": FONT,
        "titleFontSize": 11, "titleFontWeight": "normal", "titleColor": QUIET,
        "domainColor": QUIET, "tickColor": QUIET, "gridColor": GRID,
    }  # fmt: skip
    return {
        "aria": False,
        "font": FONT,
        "view": {"stroke": None},
        "text": {**text, "fontSize": 11},
        "axis": axis,
        "legend": {"labelFont": FONT, "titleFont": FONT, "labelColor": INK, "titleColor": QUIET},
    }
