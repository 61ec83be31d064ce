"""One draft, many questions: text written once answers several fora, and says so.

To lessen the burden on member states is the point (background note, 16 October 2019).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from importlib.resources.abc import Traversable

from commonhaven.processes.fora.model import CODE, CODE_FORM, Call, Forum, Question
from commonhaven.processes.library import process
from commonhaven.processes.matrix import POINTS, Point, compare
from commonhaven.processes.model import ID, ID_FORM
from commonhaven.reading import (
    Problem,
    build,
    closest,
    described,
    digest,
    dump,
    load_named,
    package_files,
)

EXAMPLES = "commonhaven.processes.fora.examples"
PLACE = re.compile(r"\{([a-z0-9][a-z0-9_-]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A figure or a name that texts quote, with its source."""

    id: str = described("Short name, quoted as {id}", pattern=ID, form=ID_FORM)
    value: str = described("As it is written")
    source: str = described("Where it was read")
    on: date | None = described("Day to which it refers", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A piece of text and what it answers."""

    id: str = described("Short name", pattern=ID, form=ID_FORM)
    covers: tuple[str, ...] = described("Codes that it answers", pattern=CODE, form=CODE_FORM)
    text: str = described("The text; {id} is filled with a fact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one process, or several together, say to the fora."""

    id: str = described("Short name", pattern=ID, form=ID_FORM)
    title: str = described("In a few words")
    processes: tuple[str, ...] = described("The processes in whose name it speaks")
    facts: tuple[Fact, ...] = described("Facts that the texts quote", default=())
    sections: tuple[Section, ...] = described("The texts")

    @property
    def digest(self) -> str:
        """What is signed off: the hash of processes, texts and facts."""
        return digest(dump(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A section in an answer, filled in; ``reused_from`` is the question that had it first."""

    section: str
    text: str
    facts: tuple[Fact, ...]
    reused_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The answer to one question; no pieces where the draft has none.

    ``missing`` are the codes that no section covers; ``too_long`` by how many words.
    """

    forum: str
    call: str
    question: str
    asked: str
    pieces: tuple[Piece, ...]
    missing: tuple[str, ...]
    too_long: int

    @property
    def whole(self) -> bool:
        """Whether everything that the question asks for is answered, at the length allowed."""
        return bool(self.pieces) and not self.missing and not self.too_long

    @property
    def without_new_writing(self) -> bool:
        """Whether the answer is whole and every piece was written for an earlier question."""
        return self.whole and all(piece.reused_from for piece in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The answers of one draft to several calls, in the order of their deadlines."""

    contribution: str
    digest: str
    answered: tuple[Answered, ...]

    @property
    def reuse(self) -> Fraction | None:
        """Of the questions answered whole, the part that needed no new writing."""
        whole = [each for each in self.answered if each.whole]
        saved = sum(each.without_new_writing for each in whole)
        return Fraction(saved, len(whole)) if whole else None

    @property
    def open(self) -> tuple[Answered, ...]:
        """Questions that are not answered whole."""
        return tuple(each for each in self.answered if not each.whole)


def shipped() -> Mapping[str, Traversable]:
    """The examples that ship: made-up fora, and a contribution to them."""
    return package_files(EXAMPLES, ".toml")


def read_contribution(name_or_path: str, day: date) -> Contribution:
    """A contribution from a TOML file, or an example that ships.

    Facts that its texts quote of its processes are taken from the registry as of the day. Raises
    Problem naming file, section and fact where it is wrong.
    """
    examples = {name: path for name, path in shipped().items() if "contribution" in name}
    table, where = load_named(name_or_path, examples, "contribution")
    draft = build(Contribution, table, where)
    for name in draft.processes:
        process(name, f"{where}, processes")
    found = with_registry(draft, day)
    check_contribution(found, where)
    return found


def with_registry(draft: Contribution, day: date) -> Contribution:
    """The draft with the facts that it quotes of its processes: {prague-members}, {add-founded}.

    A fact of the same name in the draft itself goes before. The day is not part of the fact, so
    that the text keeps its hash until what the registry says changes.
    """
    own = {each.id for each in draft.facts}
    quoted = {name for section in draft.sections for name in PLACE.findall(section.text)} - own
    known = {f"{name}-{each.id}": (name, each) for name in draft.processes for each in POINTS}
    found = [_registered(*known[name], day) for name in sorted(quoted) if name in known]
    return replace(draft, facts=(*draft.facts, *found))


def _registered(name: str, about: Point, day: date) -> Fact:
    (cell,) = compare([process(name)], day, points=[about]).cells[process(name).id]
    source = cell.source or "Registry of processes"
    return Fact(id=f"{name}-{about.id}", value=cell.shown, source=source)


def check_contribution(found: Contribution, where: str) -> None:
    """Problem where a text quotes a fact that is not there, or two have the same id."""
    if not found.processes:
        fix = "Name the processes in whose name it speaks."
        raise Problem("nobody speaks", where=f"{where}, processes", fix=fix)
    facts = [each.id for each in found.facts]
    for what, ids in (("facts", facts), ("sections", [each.id for each in found.sections])):
        if len(ids) != len(set(ids)):
            fix = "Give each its own id."
            raise Problem("two have the same id", where=f"{where}, {what}", fix=fix)
    for section in found.sections:
        for name in PLACE.findall(section.text):
            if name not in facts:
                said = f"the text quotes {{{name}}}, which is no fact"
                place = f"{where}, section {section.id}"
                raise Problem(said, where=place, fix=closest(name, facts) or "Add the fact.")


def answers(
    draft: Contribution, calls: Iterable[tuple[Forum, Call]]
) -> Answers:  # fmt: skip
    """Every question of the calls with what the draft says to it, earliest deadline first.

    A section is new for the first question that it answers, and re-used for all later ones.
    """
    ordered = sorted(calls, key=lambda pair: (pair[1].deadline or date.max, pair[0].id, pair[1].id))
    first: dict[str, str] = {}
    found = []
    for forum, call in ordered:
        place = f"{forum.id}/{call.id}"
        found += [_answer(draft, place, question, first) for question in call.questions]
    return Answers(contribution=draft.id, digest=draft.digest, answered=tuple(found))


def _answer(
    draft: Contribution, where: str, question: Question, first: dict[str, str]
) -> Answered:  # fmt: skip
    wanted = set(question.asks)
    used = [each for each in draft.sections if wanted & set(each.covers)]
    name = f"{where}/{question.id}"
    pieces = tuple(_piece(each, draft, first.get(each.id, "")) for each in used)
    for each in used:
        first.setdefault(each.id, name)
    covered = {code for each in used for code in each.covers}
    words = sum(len(piece.text.split()) for piece in pieces)
    forum, call = where.split("/")
    return Answered(
        forum=forum, call=call, question=question.id, asked=question.text, pieces=pieces,
        missing=tuple(code for code in question.asks if code not in covered),
        too_long=max(words - question.words, 0) if question.words is not None else 0,
    )  # fmt: skip


def _piece(section: Section, draft: Contribution, reused_from: str) -> Piece:
    facts: Mapping[str, Fact] = {each.id: each for each in draft.facts}
    quoted = tuple(dict.fromkeys(PLACE.findall(section.text)))
    return Piece(
        section=section.id,
        text=PLACE.sub(lambda found: facts[found[1]].value, section.text),
        facts=tuple(facts[name] for name in quoted),
        reused_from=reused_from,
    )


def calls_of(forum: Forum) -> Sequence[tuple[Forum, Call]]:
    """Every call of a forum."""
    return [(forum, call) for cycle in forum.cycles for call in cycle.calls]
