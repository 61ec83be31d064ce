"""What one chair passes on to the next: what is open, which clocks run, who acts for whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from commonhaven.reading import described
from commonhaven.reports.document import (
    Block,
    Cell,
    Column,
    Document,
    Facts,
    Paragraph,
    Section,
    Spans,
    Table,
)
from commonhaven.reports.parts import hashes, written
from commonhaven.reports.prose import Prose
from commonhaven.reports.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningClock:
    """A clock that runs in a meeting or a decision."""

    of: str = described("The meeting or decision")
    what: str = described("What is awaited")
    due: datetime = described("When it runs out, with its zone")
    by: str = described("Who is to act", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMatter:
    """A meeting, a decision or a draft that is not closed."""

    number: str = described("As the group numbers it")
    title: str = described("On what")
    stage: str = described("How far it has come", default="")
    closes: date | None = described("Day on which it closes, if one is set", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDuty:
    """An obligation that is not met."""

    party: str = described("Whose duty")
    what: str = described("What it owes")
    quantity: Fraction = described("How much", low=0)
    unit: str = described("In what", default="")
    due: date | None = described("By when", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Who acts for a party, by function; never by name or address."""

    party: str = described("The party")
    capacity: str = described("Delegate, Head of delegation, Secretariat, ...")
    accepted: bool = described("Whether its credentials were accepted", default=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPack:
    """What the pack is made from; a list that is empty is told as empty."""

    group: Mapping[str, str] = described("The group's name by language")
    old_chair: str = described("Who hands over")
    new_chair: str = described("Who takes over", default="")
    made: date = described("Day of handing over")
    charter_version: str = described("Version in force", default="")
    charter_hash: str = described("Its hash", default="")
    head: str = described("Hash of the last entry of the group's record", default="")
    meetings: tuple[OpenMatter, ...] = described("Open meetings", default=())
    decisions: tuple[OpenMatter, ...] = described("Open decisions", default=())
    drafts: tuple[OpenMatter, ...] = described("Draft charters", default=())
    clocks: tuple[RunningClock, ...] = described("Clocks that run", default=())
    duties: tuple[OpenDuty, ...] = described("Open obligations", default=())
    seats: tuple[Seat, ...] = described("Who acts for whom", default=())
    remarks: Prose = described("What the old chair tells the new one", default=Prose)

    def document(self, language: str) -> Document:
        """The pack in a language."""
        words = Words("handover", language)
        rest = (("charter-hash", self.charter_hash), ("record-head", self.head))
        return Document(
            kind="handover",
            language=language,
            title=words.say("title", group=words.called(self.group, "")),
            made=self.made,
            sections=tuple(self._sections(words)),
            inputs=(
                *hashes(words, (("inputs-hash", self),)),
                *((words.say(key), value) for key, value in rest if value),
            ),
        )

    def _sections(self, words: Words) -> Iterator[Section]:
        yield Section(id="chair", title=words.say("chair"), blocks=(self._chair(words),))
        yield from written("remarks", "remarks", self.remarks, words)
        lists = (
            ("clocks", self._clocks(words)),
            ("meetings", matters(self.meetings, "meetings-table", words)),
            ("decisions", matters(self.decisions, "decisions-table", words)),
            ("duties", self._duties(words)),
            ("drafts", matters(self.drafts, "drafts-table", words)),
            ("seats", self._seats(words)),
        )
        for id_, table in lists:
            none = Paragraph(spans=(words.say("none"),))
            block: Block = table if table.rows else none
            yield Section(id=id_, title=words.say(id_), blocks=(block,))

    def _chair(self, words: Words) -> Facts:
        rows: list[tuple[str, Spans]] = [(words.say("old-chair"), (words.party(self.old_chair),))]
        if self.new_chair:
            rows.append((words.say("new-chair"), (words.party(self.new_chair),)))
        if self.charter_version:
            rows.append((words.say("charter-version"), (self.charter_version,)))
        return Facts(rows=tuple(rows))

    def _clocks(self, words: Words) -> Table:
        order = sorted(self.clocks, key=lambda one: (one.due, one.of))
        return Table(
            caption=words.say("clocks-table"),
            columns=(
                Column(title=words.say("runs-out")),
                Column(title=words.say("awaited"), wide=True),
                Column(title=words.say("by")),
                Column(title=words.say("of")),
            ),
            rows=tuple(
                (words.instant(one.due), words.told(one.what),
                 words.party(one.by) if one.by else "", one.of)
                for one in order
            ),
        )  # fmt: skip

    def _duties(self, words: Words) -> Table:
        order = sorted(self.duties, key=lambda one: (one.due or date.max, one.party))
        return Table(
            caption=words.say("duties-table"),
            columns=(
                Column(title=words.say("due"), kind="day"),
                Column(title=words.say("party")),
                Column(title=words.say("what"), wide=True),
                Column(title=words.say("quantity"), kind="number", places=None),
                Column(title=words.say("unit")),
            ),
            rows=tuple(
                (one.due or words.say("no-day"), words.party(one.party), words.told(one.what),
                 one.quantity, words.told(one.unit))
                for one in order
            ),
        )  # fmt: skip

    def _seats(self, words: Words) -> Table:
        order = sorted(self.seats, key=lambda one: (one.party, one.capacity))
        return Table(
            caption=words.say("seats-table"),
            columns=(
                Column(title=words.say("party"), wide=True),
                Column(title=words.say("capacity")),
                Column(title=words.say("credentials")),
            ),
            rows=tuple(
                (words.party(one.party), words.told(one.capacity),
                 words.say("accepted" if one.accepted else "waiting"))
                for one in order
            ),
        )  # fmt: skip


def matters(found: tuple[OpenMatter, ...], caption: str, words: Words) -> Table:
    """Open matters with their stage and the day on which each closes."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.number, one.title, words.told(one.stage), one.closes or words.say("no-day"))
        for one in found
    )
    return Table(
        caption=words.say(caption),
        columns=(
            Column(title=words.say("number")),
            Column(title=words.say("title-of-matter"), wide=True),
            Column(title=words.say("stage")),
            Column(title=words.say("closes"), kind="day"),
        ),
        rows=rows,
    )
