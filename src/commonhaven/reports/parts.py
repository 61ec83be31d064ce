"""Parts that several reports share: pictures, sources, hashes, texts that people wrote."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from commonhaven import __version__
from commonhaven.charter import Charter
from commonhaven.figures import Picture, direction, svg
from commonhaven.parties.figures import Figure as Observed
from commonhaven.parties.figures import shipped_indicators
from commonhaven.reading import digest, dump
from commonhaven.regime import Plan
from commonhaven.reports.document import (
    Block,
    Column,
    Drawing,
    Paragraph,
    Section,
    Source,
    Table,
)
from commonhaven.reports.prose import Prose
from commonhaven.reports.words import Words
from commonhaven.situations import Situation

NUMERIC = re.compile(r"[-+−\d.,\s\u00a0\u202f\u200e\u061c%]*")
PLAN = "plan"
"""Id of the plan among the sources."""


def drawn(picture: Picture, words: Words, cache: Path | None = None) -> Drawing:
    """A picture with its data as a table, in the language of the report."""
    language = words.language
    rows = picture.rows
    columns = tuple(
        Column(title=title, kind="number" if place and all(NUMERIC.fullmatch(row[place])
                                                            for row in rows) else "text")
        for place, title in enumerate(picture.columns)
    )  # fmt: skip
    return Drawing(
        title=picture.title,
        svg=svg(picture, width=720, language=language, direction=direction(language), cache=cache),
        alternative=picture.alternative,
        note=picture.note,
        data=Table(caption=words.say("data-of", title=picture.title), columns=columns, rows=rows),
    )


def section(id_: str, title: str, blocks: Iterable[Block]) -> tuple[Section, ...]:
    """A section, or none where it has nothing to say."""
    found = tuple(blocks)
    return (Section(id=id_, title=title, blocks=found),) if found else ()


def written(id_: str, key: str, prose: Prose | None, words: Words) -> tuple[Section, ...]:
    """What people wrote, under a heading."""
    return section(id_, words.say(key), prose.in_document(words.language) if prose else ())


def situation_sources(situation: Situation) -> tuple[Source, ...]:
    """The sources that a situation names."""
    return tuple(
        Source(id=one.id, text=one.title, address=one.url, read_on=one.retrieved,
               note=" ".join(one.note.split()))
        for one in situation.sources
    )  # fmt: skip


def figure_sources(figures: Iterable[Observed]) -> Iterator[Source]:
    """One source for each publisher's table behind the figures."""
    known = {one.source: one for one in shipped_indicators()}
    for id_ in dict.fromkeys(figure.source for figure in figures):
        one = known.get(id_)
        if one is None:
            yield Source(id=source_id(id_), text=id_)
        else:
            text = f"{one.citation or one.publisher} ({one.licence})"
            yield Source(id=source_id(id_), text=text, address=one.url, read_on=one.retrieved)


def source_id(id_: str) -> str:
    """The id of a publisher's table among a document's sources."""
    return f"figures:{id_}"


def plan_source(plan: Plan, words: Words) -> Source:
    """The plan itself, as the source of its numbers."""
    text = words.say(
        "the-plan", hash=plan.manifest.plan[:16], group=group_name(plan.inputs.charter, words)
    )
    return Source(id=PLAN, text=text)


def plan_hashes(plan: Plan, words: Words) -> tuple[tuple[str, str], ...]:
    """The manifest of a plan."""
    made = plan.manifest
    return (
        (words.say("engine"), made.engine),
        *((words.say(f"{name}-hash"), getattr(made, name))
          for name in ("plan", "charter", "situation", "figures", "result")),
    )  # fmt: skip


def hashes(words: Words, named: Iterable[tuple[str, object]]) -> tuple[tuple[str, str], ...]:
    """The version of the program, and the hash of each value in canonical form."""
    return (
        (words.say("engine"), __version__),
        *((words.say(key), digest(dump(value))) for key, value in named),
    )


def group_name(charter: Charter, words: Words) -> str:
    return charter.group.called(words.language)


def warnings(charter: Charter | None, situation: Situation | None, words: Words) -> Iterator[Block]:
    """That a group is an example, or figures invented, is said first."""
    if charter is not None and charter.group.example:
        yield Paragraph(kind="warning", spans=(words.say("example"),))
    if situation is not None and situation.synthetic:
        yield Paragraph(kind="warning", spans=(words.say("synthetic"),))
