"""The summary record of a meeting: who came, what was said, what was decided and how."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from commonhaven.reading import described
from commonhaven.reports.document import (
    Block,
    Bullets,
    Column,
    Document,
    Facts,
    Paragraph,
    Section,
    Spans,
    Table,
    Written,
)
from commonhaven.reports.parts import hashes, section
from commonhaven.reports.prose import Prose
from commonhaven.reports.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    """A party that was entitled to come; never a person."""

    party: str = described("State by its code, or the organisation's name")
    role: str = described("Its standing: a tier, observer, secretariat")
    present: bool = described("Whether it came")
    represented_by: str = described("The party that held its proxy, if one did", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A reservation or an explanation of position on a decision."""

    party: str = described("Whose")
    kind: Literal["reservation", "explanation of position"] = described("Which of the two")
    text: str = described("What it said")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One decision: its text, how it was taken, with which numbers."""

    number: str = described("As the group numbers it")
    title: str = described("On what")
    text: str = described("What was decided")
    mode: str = described("How: consensus, silence procedure, two-thirds, ...")
    result: str = described("adopted, not adopted, no quorum")
    votes: Mapping[str, int] = described("yes, no, abstain → how many", default=dict, low=0)
    language: str = described("Language of its text, by code", default="en")
    positions: tuple[Position, ...] = described("Reservations and explanations", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A point of the agenda and what was said on it."""

    title: str = described("The point")
    summary: Prose = described("What was said, by language", default=Prose)
    decisions: tuple[Decided, ...] = described("What was decided on it", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRecord:
    """What the record is made from. ``head``: the end of the group's chained record by then."""

    group: Mapping[str, str] = described("The group's name by language")
    title: str = described("What the meeting was called")
    number: str = described("As the group numbers it")
    on: date = described("Its day")
    made: date = described("Day of this record")
    convened_by: str = described("The party that called it")
    why: str = described("The reason that it gave", default="")
    quorum: str = described("The quorum and whether it was there", default="")
    adopted_on: date | None = described("Day on which the record was adopted", default=None)
    attendees: tuple[Attendee, ...] = described("Who was entitled to come")
    items: tuple[Item, ...] = described("The agenda", default=())
    annexes: tuple[str, ...] = described("Documents before the meeting", default=())
    head: str = described("Hash of the last entry of the group's record", default="")

    def document(self, language: str) -> Document:
        """The record in a language."""
        words = Words("meeting", language)
        head = ((words.say("record-head"), self.head),) if self.head else ()
        return Document(
            kind="meeting",
            language=language,
            title=self.title,
            subtitle=words.called(self.group, ""),
            made=self.made,
            sections=tuple(self._sections(words)),
            inputs=(*hashes(words, (("inputs-hash", self),)), *head),
        )

    def _sections(self, words: Words) -> Iterator[Section]:
        yield Section(id="meeting", title=words.say("the-meeting"), blocks=self._opening(words))
        blocks = tuple(self._who_came(words))
        yield from section("attendance", words.say("attendance"), blocks)
        for place, item in enumerate(self.items, 1):
            yield agenda_item(place, item, words)
        annexes = tuple((annex,) for annex in self.annexes)
        documents = (Bullets(items=annexes),) if annexes else ()
        yield from section("annexes", words.say("annexes"), documents)

    def _opening(self, words: Words) -> tuple[Block, ...]:
        rows: list[tuple[str, Spans]] = [
            (words.say("number"), (self.number,)),
            (words.say("day"), (words.day(self.on),)),
            (words.say("convened-by"), (words.party(self.convened_by),)),
        ]
        rows += [(words.say("why"), (words.told(self.why),))] if self.why else []
        rows += [(words.say("quorum"), (words.told(self.quorum),))] if self.quorum else []
        key = "adopted" if self.adopted_on else "draft"
        day = {"day": self.adopted_on} if self.adopted_on else {}
        status = Paragraph(kind="note" if self.adopted_on else "warning",
                           spans=words.spans(key, **day))  # fmt: skip
        return (status, Facts(rows=tuple(rows)))

    def _who_came(self, words: Words) -> Iterator[Block]:
        came = sum(one.present for one in self.attendees)
        yield Paragraph(spans=words.spans("came", came=came, all=len(self.attendees)))
        yield Table(
            caption=words.say("attendance-table"),
            columns=(
                Column(title=words.say("party"), wide=True),
                Column(title=words.say("role")),
                Column(title=words.say("presence")),
            ),
            rows=tuple(
                (words.party(one.party), words.told(one.role), presence(one, words))
                for one in self.attendees
            ),
        )


def presence(one: Attendee, words: Words) -> str:
    """Whether a party came, or who spoke for it."""
    if one.present:
        return words.say("present")
    if one.represented_by:
        return words.say("represented", party=words.party(one.represented_by))
    return words.say("absent")


def agenda_item(place: int, item: Item, words: Words) -> Section:
    """A point of the agenda with what was said and decided."""
    title = words.say("item", number=str(place), title=item.title)
    decisions = tuple(
        decision(f"item-{place}-{number}", one, words)
        for number, one in enumerate(item.decisions, 1)
    )
    said = item.summary.in_document(words.language)
    return Section(id=f"item-{place}", title=title, blocks=said, sections=decisions)


def decision(id_: str, one: Decided, words: Words) -> Section:
    """A decision with its text, its votes and who took which position."""
    rows: list[tuple[str, Spans]] = [
        (words.say("mode"), (words.told(one.mode),)),
        (words.say("result"), (words.told(one.result),)),
    ]
    votes = [(key, one.votes[key]) for key in ("yes", "no", "abstain") if key in one.votes]
    rows += [(words.say(f"votes-{key}"), (words.figure(votes_),)) for key, votes_ in votes]
    blocks: list[Block] = [Written(text=one.text, language=one.language), Facts(rows=tuple(rows))]
    positions = tuple(position(each, words) for each in one.positions)
    blocks += [Bullets(items=positions)] if positions else []
    title = words.say("decision-on", number=one.number, title=one.title)
    return Section(id=id_, title=title, blocks=tuple(blocks))


def position(one: Position, words: Words) -> Spans:
    """Who reserved or explained its position, and what it said."""
    kind = words.say(one.kind.replace(" ", "-"))
    return words.spans("position", party=words.party(one.party), kind=kind, text=one.text)
