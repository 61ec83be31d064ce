"""What another process has tried, with what result: a practice; a past arrangement: a precedent.

Both are one kind of value, because the question put to both is one: what was done, does it work,
who says so, and what would it take here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from commonhaven.processes.model import ID, ID_FORM, Source
from commonhaven.processes.when import FORM, FORM_TO_WRITE
from commonhaven.reading import described

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
OF_A_PROCESS = "process:"

Kind = Literal["practice", "precedent"]
Sure = Literal["measured", "documented", "reported", "not checked"]
"""Measured: figures that anybody can count again. Documented: an official or independent text says
so. Reported: those who took part told it. Not checked: from general knowledge."""
SURE: tuple[Sure, ...] = ("measured", "documented", "reported", "not checked")
"""From the most certain to the least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where it stands, and how sure it is."""

    source: str = described("Id of the source")
    at: str = described("Paragraph or page", default="")
    sure: Sure = described("How sure it is")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """Who took it over, when, and what came of it there."""

    by: str = described("State by its code, organisation, or process:ID")
    since: str = described("When", default="", pattern=FORM, form=FORM_TO_WRITE)
    result: str = described("What came of it; absent: not known", default="")
    source: str = described("Id of the source")
    sure: Sure = described("How sure it is")


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A practice or a precedent; what is left out is not known."""

    id: str = described("Short name", pattern=ID, form=ID_FORM)
    kind: Kind = described("Something that is done, or a past arrangement")
    title: Mapping[str, str] = described("Language → what it is called")
    summary: Mapping[str, str] = described("Language → what was done, in one sentence")
    by: tuple[str, ...] = described(
        "Who did it: states by code, organisations, process:ID; empty: the source names nobody",
        default=(),
    )
    since: str = described("When it began", default="", pattern=FORM, form=FORM_TO_WRITE)
    until: str = described("When it ended", default="", pattern=FORM, form=FORM_TO_WRITE)
    regions: tuple[str, ...] = described("Regions, in our vocabulary", default=())
    themes: tuple[str, ...] = described("Themes, in our vocabulary")
    result: str = described("What came of it; absent: not known", default="")
    evidence: tuple[Evidence, ...] = described("Where it stands and how sure it is")
    languages: tuple[str, ...] = described("Languages in which papers on it can be had", default=())
    needs: tuple[str, ...] = described("What it takes to do the same", default=())
    reuse: tuple[Reuse, ...] = described("Who took it over", default=())
    sources: Mapping[str, Source] = described(
        "Sources of its own, by id, beside those that ship", default=dict
    )
    note: str = described("What a careful reader should know", default="")

    @property
    def processes(self) -> tuple[str, ...]:
        """The processes that did it or took it over, by id."""
        named = (*self.by, *(each.by for each in self.reuse))
        return tuple(
            dict.fromkeys(
                one.removeprefix(OF_A_PROCESS) for one in named if one.startswith(OF_A_PROCESS)
            )
        )

    @property
    def sure(self) -> Sure:
        """How sure the surest piece of evidence is."""
        return min((each.sure for each in self.evidence), key=SURE.index)

    def called(self, language: str = "en") -> str:
        return in_language(self.title, language)

    def told(self, language: str = "en") -> str:
        return in_language(self.summary, language)


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in a language, else in English, else in the first that there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")
