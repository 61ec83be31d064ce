"""A picture as SVG: the only place that needs the renderer (vl-convert)."""

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from commonhaven.figures.caption import captioned
from commonhaven.figures.numbers import checked
from commonhaven.figures.palette import themed
from commonhaven.figures.picture import Picture
from commonhaven.figures.sanitise import SVG, clean, parsed, printable, turned, written
from commonhaven.reading import Problem
from commonhaven.reading.problem import closest

NARROWEST, WIDEST = 240, 2400
DIRECTIONS = ("ltr", "rtl")
LITE = "5.21"
"""The version of Vega-Lite that draws."""
ENGINE = "1"
"""Part of the name under which a result is kept; changes when the same spec looks different."""


def svg(
    picture: Picture,
    *,
    width: int = 720,
    theme: str = "light",
    language: str = "en",
    direction: str = "ltr",
    caption: bool = False,
    cache: Path | None = None,
) -> str:
    """The picture as an SVG of this width, safe to put inside a page.

    ``direction`` "rtl" mirrors what is read along a line and sets texts from right to left.
    ``caption`` draws title and note too, for a file that stands alone. ``cache``: a folder that
    keeps results by content between runs; within one, the last few hundred are kept anyway.
    """
    if not NARROWEST <= width <= WIDEST:
        fix = f"Choose from {NARROWEST} to {WIDEST} pixels."
        raise Problem(f"a picture cannot be {width} pixels wide", where="width", fix=fix)
    if direction not in DIRECTIONS:
        raise Problem(f'no direction "{direction[:20]}"', fix=closest(direction, DIRECTIONS))
    asked = {
        "spec": sized(themed(picture.spec, theme), width, rtl=direction == "rtl"),
        "title": printable(picture.title),
        "alternative": printable(picture.alternative),
        "note": printable(picture.note) if caption else None,
        "theme": theme,
        "language": checked(language),
        "direction": direction,
        "engine": ENGINE,
    }
    return kept(json.dumps(asked, ensure_ascii=False, sort_keys=True), cache)


def sized(spec: Mapping[str, Any], width: int, *, rtl: bool) -> dict[str, Any]:
    """The spec at this width and in this direction; what it asks for under usermeta decides."""
    found: dict[str, Any] = printable(spec)
    asked = found.get("usermeta", {}).get("commonhaven", {})
    found["width"] = width
    if "extra" in asked:
        rows = [row["pixels"] for row in asked["extra"] if row["from"] <= width]
        below = rows[-1] if rows else asked["extra"][0]["pixels"]
        found["height"] = round(width * asked["ratio"]) + below
    for signal in (*found.get("params", ()), *found.get("signals", ())):
        if signal["name"] == "rtl":
            signal["value"] = rtl
    return found


def kept(asked: str, cache: Path | None) -> str:
    """The result from the folder, else from memory, else made; the folder then has it too."""
    if cache is None:
        return drawn(asked)
    file = cache / f"{hashlib.sha256(asked.encode()).hexdigest()}.svg"
    if file.exists():
        return file.read_text(encoding="utf-8")
    made = drawn(asked)
    cache.mkdir(parents=True, exist_ok=True)
    half = file.with_suffix(".part")
    half.write_text(made, encoding="utf-8")
    half.replace(file)
    return made


@lru_cache(maxsize=256)
def drawn(asked: str) -> str:
    """Rendered, cleaned, and told in words to those who do not see it."""
    wish = json.loads(asked)
    root = parsed(rendered(wish["spec"]))
    clean(root, f"p{hashlib.sha256(asked.encode()).hexdigest()[:8]}")
    if wish["direction"] == "rtl":
        turned(root)
    if wish["note"] is not None:
        root = captioned(root, wish)
    root.set("role", "img")
    root.set("aria-label", wish["title"])
    root.set("lang", wish["language"])
    root.set("direction", "ltr")  # anchors keep their meaning in a page written from right to left
    described = ET.Element(f"{{{SVG}}}desc")
    described.text = wish["alternative"]
    root.insert(0, described)
    return written(root)


def rendered(spec: Mapping[str, Any]) -> str:
    """What vl-convert draws; it may fetch nothing."""
    try:
        import vl_convert  # noqa: PLC0415 - large, and needed only here
    except ImportError as error:
        fix = 'Install it: pip install "commonhaven[web]". A spec (--spec) needs no drawing.'
        raise Problem("drawing needs vl-convert, which is not installed", fix=fix) from error
    text = json.dumps(spec)
    lite = "vega-lite" in spec["$schema"]
    try:
        return (
            vl_convert.vegalite_to_svg(text, vl_version=LITE, allowed_base_urls=[])
            if lite
            else vl_convert.vega_to_svg(text, allowed_base_urls=[])
        )
    except ValueError as error:
        reason = str(error).strip().splitlines()[0]
        raise Problem(f"the picture cannot be drawn ({reason})", where="spec") from error
