"""Groupings of states, from the United Nations to consultative processes: who, on which day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from commonhaven.parties.register import states
from commonhaven.reading import Problem, Row, build, closest, described, load_toml, read_table

Role = Literal["member", "observer"]
Standing = Literal["sourced", "reported", "our proposal"]
Kind = Literal[
    "universal organization",
    "regional organization",
    "free movement area",
    "consultative process",
    "interregional forum",
    "refugee framework",
    "global process",
]


class UnknownGrouping(Problem):
    """An id for which we hold no grouping."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a list of members was read."""

    title: str = described("Publisher, title, edition")
    standing: Standing = described("Read there, or reported by others")


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """A state's part in a grouping, ``until`` being its last day.

    ``since`` is None where the list does not say when the state joined. ``year_only``: the source
    gives years, which are read as 1 January and 31 December.
    """

    state: str
    role: Role
    since: date | None
    until: date | None
    year_only: bool
    source: str
    standing: Standing

    def on(self, day: date) -> bool:
        joined = self.since is None or self.since <= day
        return joined and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A grouping as groupings.toml describes it."""

    id: str = described("Short name", pattern=r"[a-z0-9-]+")
    name: str = described("Name in English")
    kind: Kind = described("What kind of grouping it is")
    region: str = described("Where its members are")
    founded: int = described("Year in which it began", low=1900, high=2100)
    complete: bool = described("Whether the list names everyone who took part on the day as_of")
    as_of: date | None = described("Day that the list describes; absent: not stated", default=None)
    total: int | None = described("Members on that day, as published or counted", default=None)
    open_to: str = described("Grouping whose members may all take part", default="")
    note: str = described("What a careful reader should know", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The whole of groupings.toml."""

    sources: Mapping[str, Source] = described("Sources by short name")
    groupings: tuple[About, ...] = described("The groupings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """A grouping and everyone who takes or took part in it."""

    about: About
    participations: tuple[Participation, ...]

    @property
    def id(self) -> str:
        return self.about.id

    @property
    def name(self) -> str:
        return self.about.name

    @property
    def complete(self) -> bool:
        return self.about.complete

    @property
    def dated(self) -> bool:
        """Whether we know since when every member takes part."""
        return all(part.since for part in self.participations if part.role == "member")


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Who belongs to a grouping on a day, and how far the answer can be trusted.

    ``complete`` is False where we cannot say that nobody is missing on that day. ``standing`` is
    "sourced" only where every member's part was read in a source. ``note`` says what to mind.
    """

    states: tuple[str, ...]
    observers: tuple[str, ...]
    complete: bool
    as_of: date | None
    standing: Standing
    source: str
    note: str


@cache
def _catalogue() -> Catalogue:
    table = load_toml(files("commonhaven.parties") / "groupings.toml", "groupings.toml")
    return build(Catalogue, table, "groupings.toml")


@cache
def groupings() -> Mapping[str, Grouping]:
    """Every grouping we hold by id, in the order of groupings.toml."""
    catalogue = _catalogue()
    parts: dict[str, list[Participation]] = {about.id: [] for about in catalogue.groupings}
    table = read_table(
        files("commonhaven.parties") / "groupings.csv",
        name="groupings.csv",
        required=("grouping", "state", "role", "since", "until", "source"),
    )
    for row in table:
        parts[row.text("grouping")].append(_participation(row, catalogue.sources))
    return MappingProxyType(
        {
            about.id: Grouping(about=about, participations=tuple(parts[about.id]))
            for about in catalogue.groupings
        }
    )


def grouping(wanted: str) -> Grouping:
    """One grouping by id; Problem with the nearest ids otherwise."""
    found = groupings().get(wanted)
    if found is None:
        fix = closest(wanted[:40], groupings())
        raise UnknownGrouping(f'no grouping "{wanted[:40]}"', fix=fix)
    return found


def members(wanted: str, on: date) -> Membership:
    """Who belongs to a grouping on a day; Problem where the grouping is not known.

    A forum open to all members of another grouping has those as its members.
    """
    group = grouping(wanted)
    about = group.about
    if on.year < about.founded:
        return _nobody(about)
    if about.open_to:
        return _open(about, members(about.open_to, on))
    present = [part for part in group.participations if part.on(on)]
    core = [part for part in present if part.role == "member"]
    return Membership(
        states=_codes(core),
        observers=_codes([part for part in present if part.role == "observer"]),
        complete=about.complete and _described(group, on),
        as_of=about.as_of,
        standing="sourced" if {part.standing for part in core} == {"sourced"} else "reported",
        source="; ".join(dict.fromkeys(part.source for part in core)),
        note=_note(group, on),
    )


def _codes(parts: list[Participation]) -> tuple[str, ...]:
    return tuple(sorted({part.state for part in parts}))


def _nobody(about: About) -> Membership:
    return Membership(
        states=(),
        observers=(),
        complete=True,
        as_of=about.as_of,
        standing="reported",
        source="",
        note=f"It began in {about.founded}.",
    )


def _open(about: About, wider: Membership) -> Membership:
    opened = f"Open to all members of {grouping(about.open_to).name}; who came is not held."
    return Membership(
        states=wider.states,
        observers=wider.observers,
        complete=about.complete and wider.complete,
        as_of=wider.as_of,
        standing=wider.standing,
        source=wider.source,
        note=f"{opened} {about.note}".strip(),
    )


def _described(group: Grouping, on: date) -> bool:
    """Whether the list describes the day: up to as_of where it has dates, else in that year."""
    as_of = group.about.as_of
    if as_of is None:
        return False
    return on <= as_of if group.dated else on.year == as_of.year


def _note(group: Grouping, on: date) -> str:
    about, sentences = group.about, []
    if not group.participations:
        sentences.append("No list of members is held.")
    elif not about.complete:
        sentences.append("The list is not complete.")
    elif about.as_of is None:
        sentences.append("The list does not state its day.")
    elif not _described(group, on) and on > about.as_of:
        sentences.append(f"Changes after {about.as_of} are not held.")
    elif not _described(group, on):
        sentences.append(f"The list describes {about.as_of}; who took part earlier is not known.")
    return " ".join([*sentences, about.note]).strip()


YEAR = re.compile(r"\d{4}", re.ASCII)
ROLES: Mapping[str, Role] = {"member": "member", "observer": "observer"}


def _participation(row: Row, sources: Mapping[str, Source]) -> Participation:
    code, source = row.text("state"), sources[row.text("source")]
    if code not in states():
        raise Problem(f"no state {code}", where=row.where("state"), fix=closest(code, states()))
    since, until = row.cells["since"], row.cells["until"]
    return Participation(
        state=code,
        role=ROLES[row.text("role")],
        since=_day(since, "-01-01"),
        until=_day(until, "-12-31"),
        year_only=bool(YEAR.fullmatch(since) or YEAR.fullmatch(until)),
        source=source.title,
        standing=source.standing,
    )


def _day(text: str, rest_of_year: str) -> date | None:
    if not text:
        return None
    return date.fromisoformat(text + rest_of_year if YEAR.fullmatch(text) else text)
