"""An SVG that can stand in a page under a strict Content-Security-Policy."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from commonhaven.reading import Problem

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
ELEMENTS = frozenset(
    {"svg", "g", "path", "text", "tspan", "rect", "circle", "line", "defs", "clipPath", "title",
     "desc", "linearGradient", "radialGradient", "stop"}
)  # fmt: skip
"""All that a chart needs. What else the renderer may write (script, image, style, a link, foreign
content) is refused, not removed: it would be a sign that something else is wrong."""

STYLES = frozenset(
    {"fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray",
     "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "opacity", "font-family",
     "font-size", "font-style", "font-weight", "text-anchor", "pointer-events", "clip-path",
     "display", "visibility"}
)  # fmt: skip
"""Declarations that are also attributes of SVG, which no policy for styles refuses."""

OUTSIDE = re.compile(r"(?i)(?:[a-z][a-z0-9+.-]*:)?//|javascript:|data:")
UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FINE = re.compile(r"-?\d+\.\d+")
OWN_URL = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)['\"]?\s*\)")


def parsed(text: str) -> ET.Element:
    """The root of what the renderer wrote, made by us from our own data."""
    ET.register_namespace("", SVG)
    return ET.fromstring(text)  # noqa: S314 - the renderer's own output, no outside document


def clean(root: ET.Element, prefix: str) -> None:
    """No style attribute, no class, ids of its own; Problem for anything that is no drawing.

    The renderer counts its ids on from picture to picture: they are counted anew, so that the same
    picture is the same text, and begin with the prefix, so that pictures share a page.
    """
    found = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    own = {old: f"{prefix}-{number}" for number, old in enumerate(found, 1)}
    for element in root.iter():
        if local(element.tag) not in ELEMENTS:
            raise refused(f"the element {local(element.tag)}")
        unstyle(element)
        for name, value in element.attrib.items():
            check(local(name), value)
        renamed(element, own, prefix)
        slim(element)


def check(name: str, value: str) -> None:
    if name.lower().startswith("on") or name == "href":
        raise refused(f"the attribute {name}")
    if OUTSIDE.search(value):
        raise refused(f"an address in {name}")


def renamed(element: ET.Element, own: Mapping[str, str], prefix: str) -> None:
    """Ids and what refers to them, anew."""
    for name, value in element.attrib.items():
        element.set(name, OWN_URL.sub(lambda url: f"url(#{own.get(url[1], prefix)})", value))
    if "id" in element.attrib:
        element.set("id", own[element.attrib["id"]])


def slim(element: ET.Element) -> None:
    """What says nothing goes; coordinates to a tenth of a pixel."""
    if "d" in element.attrib:
        element.set("d", FINE.sub(tenth, element.attrib["d"]))
    if element.get("transform") == "translate(0,0)":
        del element.attrib["transform"]
    for name in ("class", "role", "aria-roledescription"):
        element.attrib.pop(name, None)


def tenth(number: re.Match[str]) -> str:
    """A coordinate to a tenth of a pixel."""
    return f"{round(float(number[0]), 1):g}"


def printable(value: Any) -> Any:  # noqa: ANN401 - any part of a spec
    """A copy without the signs that XML cannot hold, such as control characters."""
    if isinstance(value, str):
        return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, Mapping):
        return {key: printable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [printable(part) for part in value]
    return value


def refused(what: str) -> Problem:
    fix = "Please report it with the picture that it belongs to."
    return Problem(f"the renderer wrote {what}, which no picture needs", where="svg", fix=fix)


def unstyle(element: ET.Element) -> None:
    """Declarations become attributes; those that are none go."""
    for name, value in declarations(element.attrib.pop("style", "")):
        if name in STYLES:
            element.set(name, value)


def declarations(style: str) -> Iterator[tuple[str, str]]:
    for part in style.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            yield name.strip().lower(), value.strip()


def local(name: str) -> str:
    return name.rsplit("}", 1)[-1]


RIGHT_TO_LEFT, END = "\u2067", "\u2069"
"""Isolate what stands between as right-to-left text (Unicode Standard Annex 9)."""


def turned(root: ET.Element) -> None:
    """Every text reads from right to left and stays where it stands.

    The signs do it, not the attribute ``direction``: that also swaps the meaning of the anchor,
    in browsers and not in every other program.
    """
    for element in root.iter():
        if local(element.tag) in ("text", "tspan") and (element.text or "").strip():
            element.text = f"{RIGHT_TO_LEFT}{element.text}{END}"


def written(root: ET.Element) -> str:
    return ET.tostring(root, encoding="unicode")
