"""Title and note drawn into a picture that stands alone."""

from collections.abc import Mapping
from xml.etree import ElementTree as ET

from commonhaven.figures.palette import DARK, FONT, INK, PAGE, QUIET
from commonhaven.figures.placing import text_width, wrapped
from commonhaven.figures.sanitise import END, RIGHT_TO_LEFT, SVG

MARGIN = 12
TITLE, NOTE = 15, 10
LOOSE = 1.08
"""Running text is a little narrower than a label of the same length is taken to be."""


def captioned(root: ET.Element, wish: Mapping[str, str]) -> ET.Element:
    """The drawing between its title and its note, on a ground of the theme's colour."""
    wide, high = float(root.get("width", "0")), float(root.get("height", "0"))
    title = lines(wish["title"], wide, TITLE)
    note = lines(wish["note"], wide, NOTE) if wish["note"] else []
    top = MARGIN + (TITLE + 5) * len(title) + 6
    whole = top + high + (8 + (NOTE + 4) * len(note) if note else 0) + MARGIN
    full = wide + 2 * MARGIN
    outer = ET.Element(
        f"{{{SVG}}}svg", width=f"{full:g}", height=f"{whole:g}", viewBox=f"0 0 {full:g} {whole:g}"
    )
    ET.SubElement(
        outer, f"{{{SVG}}}rect", width=f"{full:g}", height=f"{whole:g}", fill=PAGE[wish["theme"]]
    )
    place = ET.SubElement(outer, f"{{{SVG}}}g", transform=f"translate({MARGIN},{top:g})")
    place.extend(list(root))
    for i, line in enumerate(title):
        write(outer, line, wish, (full, MARGIN + TITLE + (TITLE + 5) * i, TITLE))
    for i, line in enumerate(note):
        write(outer, line, wish, (full, top + high + 8 + (NOTE + 4) * (i + 1) - 4, NOTE))
    return outer


def lines(text: str, width: float, size: int) -> list[str]:
    """The text in lines that fit, judged by its width at 11 pixels."""
    room = width * 11 / size * LOOSE
    return [part for line in wrapped(text, room) for part in cut(line, room)]


def cut(line: str, width: float) -> list[str]:
    """A line without a space to break it, as in Chinese, is cut where it must be."""
    found = [""]
    for sign in line:
        if text_width(found[-1] + sign) > width:
            found.append("")
        found[-1] += sign
    return found


def write(
    outer: ET.Element, line: str, wish: Mapping[str, str], at: tuple[float, float, int]
) -> None:
    """One line, starting where reading begins."""
    full, y, size = at
    rtl = wish["direction"] == "rtl"
    color = INK if size == TITLE else QUIET
    text = ET.SubElement(
        outer,
        f"{{{SVG}}}text",
        {
            "x": f"{full - MARGIN if rtl else MARGIN:g}",
            "y": f"{y:g}",
            "font-family": FONT,
            "font-size": f"{size}px",
            "fill": DARK[color] if wish["theme"] == "dark" else color,
            **({"font-weight": "bold"} if size == TITLE else {}),
            **({"text-anchor": "end"} if rtl else {}),
        },
    )
    text.text = f"{RIGHT_TO_LEFT}{line}{END}" if rtl else line
