"""Consultative processes and global fora, for everyone to read."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from ninja import Path, Query, Router, Schema
from pydantic import Field

from commonhaven.processes import (
    LANGUAGES,
    Filter,
    Overlap,
    Process,
    Roster,
    Suggestion,
    called,
    processes,
    reasons,
    unknown,
    vocabulary,
)
from commonhaven.processes.fora import Cycle, Forum, calls_on, fora, upcoming
from commonhaven.reading import decimal_text, dump
from commonhaven.web.api.asking import read
from commonhaven.web.api.middleware import Asked
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.processes import queries

router = Router(tags=["processes"])
Name = Annotated[str, Path(pattern="^[a-z0-9-]{1,60}$", description="Id of the process or forum")]
Day = Annotated[date | None, Query(description="The day of which the answer is; left out: today")]
Id = Annotated[str, Query(max_length=60)]
Words = Annotated[str, Query(max_length=200, description="All of them are looked for")]


class InShort(Schema):
    """A process in short, on the day."""

    id: str
    name: str
    type: str
    regions: list[str]
    themes: list[str]
    status: str
    members: int = Field(description="Member states that we know of")
    complete: bool = Field(description="Whether nobody is missing on the day")


class RosterShown(Schema):
    """Who takes part in a process on a day, and how far that can be trusted."""

    day: date
    members: list[str]
    observers: list[str]
    partners: list[str]
    suspended: list[str]
    uncertain: list[str] = Field(description="Parties of whom it is not known")
    open_to_all: bool
    complete: bool
    as_of: date | None = Field(description="The day of the list")
    source: str
    standing: str
    warnings: list[str]


class ProcessShown(Schema):
    """All that is known of a process."""

    process: dict[str, Any] = Field(description="As the file holds it; what is not known is absent")
    not_known: list[str] = Field(description="Fields of which nothing is known")
    roster: RosterShown


class OverlapShown(Schema):
    """How far two processes have the same members."""

    a: str
    b: str
    common: list[str]
    only_a: list[str]
    only_b: list[str]
    overlap: str | None = Field(description="States in both of those in either, as a fraction")
    decimal: str | None = Field(description="The same to six places")
    warnings: list[str]


class SuggestionShown(Schema):
    """Two processes that could learn from each other, with the parts of the reason."""

    rank: int
    a: str
    b: str
    score: str = Field(description="likeness × (1 - overlap), to six places")
    likeness: str | None = Field(description="Cosine of the themes, to six places")
    themes: list[str] = Field(description="Themes in common, the rarest first")
    overlap: str | None = Field(description="To six places")
    observes: list[str] = Field(description="Which of the two sits in the other's meetings")
    channel: list[str] = Field(description="Who keeps the secretariat of both")
    reasons: list[str] = Field(description="In English")


class Called(Schema):
    """A word of the vocabulary in the six languages."""

    id: str
    names: dict[str, str] = Field(description="Language to name")


class VocabularyShown(Schema):
    """The themes and regions by which processes are described."""

    themes: list[Called]
    regions: list[Called]
    types: list[Called]


class CallShown(Schema):
    """A call for input as it stands on the day."""

    forum: str
    meeting: str
    call: str
    title: str
    state: str
    deadline: date | None
    days_left: int | None = Field(description="The last day counted in")
    questions: int


class ForumShort(Schema):
    """A forum in short, with what lies ahead."""

    id: str
    name: str
    convenor: str
    rhythm: str
    standing: str = Field(description="How far the rhythm can be trusted")
    ahead: list[dict[str, Any]] = Field(description="Meetings that may lie on the day or after")


class ForumShown(Schema):
    """All that is known of a forum."""

    forum: dict[str, Any] = Field(description="As the file holds it; what is not known is absent")
    calls: list[CallShown]


def _day(request: Asked, on: date | None) -> date:
    return on or request.now.date()


def _one(name: str) -> Process:
    if name not in processes():
        raise Unknown("there is no such process", fix="See the list.")
    return processes()[name]


def _short(row: queries.Row) -> dict[str, Any]:
    one, held = row.process, row.roster
    return {
        "id": one.id, "name": one.name, "type": one.type, "regions": list(one.regions),
        "themes": [each.theme for each in one.themes], "status": one.status,
        "members": len(held.states), "complete": held.complete,
    }  # fmt: skip


def _roster(held: Roster) -> dict[str, Any]:
    return {name: getattr(held, name) for name in RosterShown.model_fields}


def _places(value: Fraction | Decimal | None) -> str | None:
    return None if value is None else decimal_text(Fraction(value), 6)


def _overlap(each: Overlap) -> dict[str, Any]:
    same = ("a", "b", "common", "only_a", "only_b", "warnings")
    told = None if each.jaccard is None else str(each.jaccard)
    return {
        **{name: getattr(each, name) for name in same},
        "overlap": told, "decimal": _places(each.jaccard),
    }  # fmt: skip


def _suggestion(each: Suggestion) -> dict[str, Any]:
    return {
        "rank": each.rank, "a": each.a, "b": each.b, "score": _places(each.score),
        "likeness": _places(each.likeness.cosine), "themes": each.likeness.shared,
        "overlap": _places(each.overlap.jaccard), "observes": each.observes,
        "channel": each.channel, "reasons": [str(part) for part in reasons(each)],
    }  # fmt: skip


@read(router, "/processes", list[InShort])
def list_processes(
    request: Asked, q: Words = "", region: Id = "", type: Id = "",  # noqa: A002 - the field's name
    theme: Id = "", status: Id = "", state: Id = "", on: Day = None,
) -> Any:  # fmt: skip
    """The consultative processes, those that are asked for, in order of name."""
    only = Filter(type=type, region=region, theme=theme, state=state, status=status)
    return [_short(row) for row in queries.registry(q, only, _day(request, on))]


@read(router, "/processes/{name}", ProcessShown)
def show_process(request: Asked, name: Name, on: Day = None) -> Any:
    """All that is known of a process, what is not, and who takes part on the day."""
    one = _one(name)
    held = queries.rosters_on(_day(request, on))[name]
    return {"process": dump(one), "not_known": unknown(one), "roster": _roster(held)}


@read(router, "/processes/{name}/overlaps", list[OverlapShown])
def list_overlaps(request: Asked, name: Name, on: Day = None, other: Id = "") -> Any:
    """How far a process has the same members as others, the most alike first; or as one other."""
    _one(name)
    day = _day(request, on)
    if other:
        return [_overlap(queries.pair(name, _one(other).id, day).overlap)]
    return [_overlap(each) for each in queries.pairs_on(day) if name in (each.a, each.b)]


@read(router, "/processes/{name}/suggestions", list[SuggestionShown])
def list_learning_partners(request: Asked, name: Name, on: Day = None) -> Any:
    """Whom a process could learn from, the best first, with the parts of the reason."""
    return [_suggestion(each) for each in queries.suggested(_day(request, on), _one(name).id)]


@read(router, "/vocabulary", VocabularyShown)
def show_vocabulary(request: Asked) -> Any:  # noqa: ARG001
    """Themes, regions and types of processes in the six languages of the United Nations."""
    held = vocabulary()
    kinds = {"themes": held.themes, "regions": held.regions,
             "types": ("RCP", "IRF", "refugee framework", "global")}  # fmt: skip
    return {
        kind: [{"id": each, "names": {code: called(kind, each, code) for code in LANGUAGES}}
               for each in ids]
        for kind, ids in kinds.items()
    }  # fmt: skip


def _calls(known: list[Forum], day: date) -> list[dict[str, Any]]:
    return [
        {"forum": each.forum, "meeting": each.cycle, "call": each.call.id,
         "title": each.call.title, "state": each.state, "deadline": each.call.deadline,
         "days_left": each.days_left, "questions": len(each.call.questions)}
        for each in calls_on(known, day)
    ]  # fmt: skip


@read(router, "/fora", list[ForumShort])
def list_fora(request: Asked, on: Day = None) -> Any:
    """The global fora, each with the meetings that may lie ahead; uncertain ones say so."""
    ahead = upcoming(fora(), _day(request, on))
    return [
        {"id": each.id, "name": each.name, "convenor": each.convenor, "rhythm": each.rhythm,
         "standing": each.rhythm_standing,
         "ahead": [_meeting(cycle) for forum, cycle in ahead if forum.id == each.id]}
        for each in fora().values()
    ]  # fmt: skip


def _meeting(cycle: Cycle) -> dict[str, Any]:
    same = ("id", "title", "since", "until", "place", "certain", "source")
    return {name: getattr(cycle, name) for name in same}


@read(router, "/fora/{name}", ForumShown)
def show_forum(request: Asked, name: Name, on: Day = None) -> Any:
    """All that is known of a forum: meetings, roadmaps, programmes, and its calls on the day."""
    if name not in fora():
        raise Unknown("there is no such forum", fix="See the list.")
    one = fora()[name]
    return {"forum": dump(one), "calls": _calls([one], _day(request, on))}
