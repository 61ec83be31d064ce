"""Where labels and legends stand at each width, so that no text covers another.

A picture is drawn at any width. Texts keep their size while the map grows, so their places are
worked out once for each of a few widths; the spec chooses among them by its own width.
"""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

WIDTHS = (320, 480, 640, 900)
"""Widths for which places are worked out; each serves until the next."""
LINE = 13
LARGEST = {False: 0.006, True: 0.0026}
"""Area of the largest symbol's box as a part of the width squared: on a map of a region, of the
world."""
SMALLEST = 24
"""Area in pixels of the smallest symbol's box."""

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A symbol on a map: its place in parts of the width, its size from 0 to 1 of the largest."""

    code: str
    x: float
    y: float
    size: float
    largest: float
    text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text of a mark; ``across`` and ``down`` tell on which side of the symbol it stands."""

    mark: Mark
    across: int
    down: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of a legend, with its symbol's kind or none for words alone; pixels from the edge."""

    kind: str
    text: str
    x: int = 0
    row: int = 0


def text_width(text: str) -> float:
    """About how many pixels a text of 11 pixels takes."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return 6.2 * (len(text) - wide) + 11.5 * wide


def radius(mark: Mark, width: int) -> float:
    return math.sqrt(max(SMALLEST, mark.size * mark.largest * width * width)) / 2


SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1))


def labels(marks: Sequence[Mark], width: int, ratio: float) -> list[Label]:
    """The labels that find room, the first marks first."""
    solid = [box(mark, width) for mark in marks if radius(mark, width) > 5]
    taken: list[Rect] = []
    found = []
    for mark in [mark for mark in marks if mark.text][: max(5, width // 50)]:
        own = box(mark, width)
        for across, down in SIDES:
            rect = beside(mark, width, across, down)
            inside = rect[0] >= 2 and rect[2] <= width - 2 and rect[1] >= 2
            inside = inside and rect[3] <= width * ratio - 2
            others = [*taken, *(one for one in solid if one != own)]
            if inside and not any(meet(rect, other) for other in others):
                taken.append(rect)
                found.append(Label(mark=mark, across=across, down=down))
                break
    return found


def box(mark: Mark, width: int) -> Rect:
    x, y, r = mark.x * width, mark.y * width, radius(mark, width)
    return (x - r, y - r, x + r, y + r)


def beside(mark: Mark, width: int, across: int, down: int) -> Rect:
    """The rectangle of a mark's text on one side of its symbol."""
    wide = max(text_width(line) for line in mark.text)
    high = LINE * len(mark.text)
    left, top, right, bottom = box(mark, width)
    x = {1: right + 3, -1: left - 3 - wide, 0: mark.x * width - wide / 2}[across]
    y = {1: bottom + 2, -1: top - 2 - high, 0: mark.y * width - high / 2}[down]
    return (x, y, x + wide, y + high)


def meet(one: Rect, other: Rect) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


SYMBOL = 18


def legend(entries: Sequence[Entry], width: int) -> list[Entry]:
    """The entries side by side where they fit, long ones over several lines."""
    found: list[Entry] = []
    x, row = 0, 0
    for entry in entries:
        indent = SYMBOL if entry.kind else 0
        lines = wrapped(entry.text, width - 16 - indent)
        needs = indent + math.ceil(max(text_width(line) for line in lines)) + 14
        if x and x + needs > width - 8:
            x, row = 0, row + 1
        for extra, line in enumerate(lines):
            kind = entry.kind if extra == 0 else ""
            at = 8 + x + (indent if not kind else 0)
            found.append(Entry(kind=kind, text=line, x=at, row=row + extra))
        x += needs
        if len(lines) > 1:
            x, row = width, row + len(lines) - 1
    return found


def wrapped(text: str, width: float) -> list[str]:
    """The text in lines no wider than this, broken at spaces or, in Chinese, at commas."""
    pieces = text.replace("、", "、\0").replace("，", "，\0").replace(" ", " \0").split("\0")
    lines = [""]
    for piece in pieces:
        if lines[-1] and text_width(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.strip() for line in lines]


def fitted(text: str, width: float, most: int) -> list[str]:
    """The text in at most so many lines; what is left out is marked."""
    lines = wrapped(text, width)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{lines[most - 1].rstrip(' ,')}…"]
