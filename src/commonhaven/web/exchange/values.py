"""Practices of groups as values of the room: checked, searched and set beside those that ship."""

from dataclasses import dataclass

from commonhaven.processes import Source
from commonhaven.processes.practices import (
    Evidence,
    Practice,
    check,
    in_language,
    practices,
)
from commonhaven.reading import Problem
from commonhaven.web.exchange.models import Practice as Row

OWN = "own"
LETTERS = {"zh-hans": "zh"}


def short(language: str) -> str:
    """A language of the pages as the room names it."""
    return LETTERS.get(language, language.split("-", maxsplit=1)[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a group tells of a practice."""

    title: str
    summary: str
    language: str
    themes: tuple[str, ...]
    source: str
    sure: str
    since: str = ""
    result: str = ""
    needs: str = ""


def value_of(told: Told | Row, name: str = "new") -> Practice:
    """The room's value; its id is the address of its page in short."""
    return Practice(
        id=name, kind="practice", title={told.language: told.title},
        summary={told.language: told.summary}, themes=tuple(told.themes), since=told.since,
        result=told.result, needs=tuple(line for line in told.needs.splitlines() if line.strip()),
        evidence=(Evidence(source=OWN, sure=told.sure),),  # type: ignore[arg-type]
        sources={OWN: Source(title=told.source, standing="reported")},
    )  # fmt: skip


def checked(told: Told) -> Told:
    """The same; Problem for the first thing that the room would not take."""
    for name in ("title", "summary", "source"):
        if not getattr(told, name).strip():
            raise Problem("it is left empty", where=name, fix=EMPTY[name])
    for finding in check(value_of(told)):
        if finding.severity == "error":
            raise finding.problem()
    return told


EMPTY = {
    "title": "Say what it is called.",
    "summary": "Say in a sentence what was done.",
    "source": "Say where it can be looked up; a practice without evidence is a wish.",
}


def shipped_title(name: str, language: str) -> str:
    """What a practice that ships is called in a language of the pages."""
    return in_language(practices()[name].title, short(language))
