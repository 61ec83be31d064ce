"""The working of a plan, so that every number leads to its formula, figures and sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from commonhaven.regime import Plan as Value
from commonhaven.working import Line

SECTIONS: Mapping[str, str] = {
    "residual": "Permanent places",
    "costs": "Who pays what",
    "fund": "The standing fund",
    "capacity": "What each state can receive",
    "score": "Scores by the criteria",
    "parameter": "Parameters",
    "figure": "Figures",
}
"""First words of lines that come last, under these headings; those of the rule come first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Lines of working under one heading."""

    id: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One line, what went into it, and what rests on it."""

    line: Line
    uses: tuple[Line, ...]
    other: tuple[str, ...]
    used_by: tuple[Line, ...]


def sections(value: Value, word: str = "") -> tuple[Section, ...]:
    """The working by kind of line; ``word``: only lines whose name or text holds it."""
    wanted = word.casefold()
    lines = [
        line
        for line in value.trace
        if wanted in line.id.casefold() or wanted in line.what.casefold()
    ]
    ordered = sorted(lines, key=lambda line: (_place(line), _head(line)))
    return tuple(
        Section(id=head, title=SECTIONS.get(head, head.replace("-", " ")), lines=tuple(held))
        for head, held in groupby(ordered, key=_head)
    )


def _head(line: Line) -> str:
    return line.id.replace(":", ".").partition(".")[0]


def _place(line: Line) -> int:
    head = _head(line)
    return list(SECTIONS).index(head) if head in SECTIONS else -1


def story(value: Value, name: str) -> Story | None:
    """One line with its neighbours; None where the plan has no such line."""
    by_name = {line.id: line for line in value.trace}
    line = by_name.get(name)
    if line is None:
        return None
    return Story(
        line=line,
        uses=tuple(by_name[used] for used in line.uses if used in by_name),
        other=tuple(used for used in line.uses if used not in by_name),
        used_by=tuple(each for each in value.trace if name in each.uses),
    )
