"""A procedure as data: stages, acts, clocks, thresholds and what silence means.

The engine knows none of the procedures; everything that tells one from another stands in the
TOML files of ``catalogue``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from commonhaven.instruments import Entry
from commonhaven.procedures.periods import Counting
from commonhaven.reading import Problem, closest, described

ID = r"[a-z0-9][a-z0-9-]*"
Standing = Literal["sourced", "reported", "our proposal"]
Form = Literal["text", "parties", "instant", "position", "choice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where a run of the procedure can stand."""

    id: str = described("Short name", pattern=ID)
    title: str = described("In a few words")
    ended: bool = described("Whether the matter is settled; reviews may follow", default=False)
    outcome: str = described("For a stage that ends it: the outcome, in a sentence", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Datum:
    """Something that an act has to say, or may."""

    name: str = described("Name of the field", pattern=r"[a-z_]+")
    what: str = described("What to give")
    form: Form = described("Form of the text", default="text")
    required: bool = described("Whether the act is refused without it", default=True)
    choices: tuple[str, ...] = described("For a choice: the words allowed", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Enough:
    """A number of parties whose acts together move the procedure on."""

    acts: tuple[str, ...] = described("Acts that count; each party once")
    number: str = described(
        "Entry with the number; or 'members', 'addressed', 'voters': all of them"
    )
    to: str = described("Stage that follows", default="")
    adopted: str = described("Count the votes: stage that follows where adopted", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What somebody may do, in which stages, and what follows."""

    kind: str = described("Kind of event", pattern=ID)
    what: str = described("The act as an invitation, in a sentence")
    says: str = described("The act as it is recorded; {party} and {data} are filled in")
    stages: tuple[str, ...] = described("Stages in which it may be done")
    by: tuple[str, ...] = described("Roles that may do it; see `entitled`")
    cite: str = described("Article, page, or 'our proposal'")
    to: str = described("Stage that follows", default="")
    within: str = described("Limit whose window it must keep", default="")
    once_past: str = described("Limit whose end must have come first", default="")
    late: Literal["refused", "recorded as late"] = described(
        "What becomes of it after the limit", default="refused"
    )
    once: Literal["", "each party", "each stage", "at all"] = described(
        "How often it may be done", default=""
    )
    data: tuple[Datum, ...] = described("What it has to say", default=())
    enough: tuple[Enough, ...] = described("Numbers that move the procedure on", default=())
    all_of: tuple[str, ...] = described(
        "Acts that must all have been done for `to` to follow", default=()
    )
    role: Literal["", "presence", "departure", "vote"] = described(
        "What it means for a decision", default=""
    )
    adopted: str = described("Count the votes: stage that follows where adopted", default="")
    rejected: str = described("Count the votes: stage that follows where not", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A clock: where it starts, when it ends, who has to act, what silence means."""

    id: str = described("Short name", pattern=ID)
    what: str = described("What has to be done")
    after: tuple[str, ...] = described("Acts, or stages as 'stage:ID'; the latest starts it")
    due: tuple[str, ...] = described("Entries of the period until it ends; they add up")
    opens: tuple[str, ...] = described("Entries of the period until it may be done", default=())
    every: str = described("Entry of the period after which it comes again", default="")
    counting: Counting | None = described(
        "How its days are counted; the procedure's way where absent", default=None
    )
    stages: tuple[str, ...] = described("Stages in which it runs")
    met_by: tuple[str, ...] = described("Acts, or stages as 'stage:ID', that meet it")
    by: tuple[str, ...] = described("Roles that have to act")
    each: bool = described("Whether each of them has to, one by one", default=False)
    moved_by: str = described("Act whose field `until` sets another end", default="")
    silence: str = described("What it means that nobody acted; {party} is filled in")
    to: str = described("Stage that follows silence", default="")
    to_if_met: str = described("Stage that follows at its end where it was met", default="")
    says_if_met: str = described("What is recorded then", default="")
    option: str = described("Option that changes what follows silence", default="")
    to_if_yes: str = described("Stage that follows where that option says yes", default="")
    adopted: str = described("Count the votes cast: stage that follows where adopted", default="")
    cite: str = described("Article, page, or 'our proposal'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What a group may set for itself; of the name of an entry, it replaces the number."""

    id: str = described("Name of the option", pattern=r"[a-z_]+")
    what: str = described("What it changes")
    default: str = described("The value where the group sets none", default="")
    choices: tuple[str, ...] = described("Values allowed; empty: a number", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """Steps with clocks, actors, thresholds and the meaning of silence."""

    id: str = described("Short name, such as hathaway-neve", pattern=ID)
    title: str = described("Full title")
    principle: str = described("What it is for, in a sentence")
    starts: str = described("Who may start it, in a sentence")
    source: str = described("Text of law, practice or scholarship, with its articles")
    standing: Standing = described("How far the steps can be trusted")
    silence: str = described("What silence means, in a sentence")
    decides: tuple[str, ...] = described("Modes of decision, tried in this order")
    decides_cite: str = described("Where that stands")
    recuse_origin: bool = described(
        "Whether the state of origin takes no part in decisions, unless the group says otherwise",
        default=False,
    )
    quorum: str = described("Entry with the part of the members that must be present", default="")
    counting: Counting = described("How days and longer periods are counted", default="same hour")
    counting_cite: str = described("Where that stands, or that the text is silent")
    zone: str = described("IANA zone of its institutions; a group may have its own", default="UTC")
    entries: tuple[Entry, ...] = described("Its numbers, dated", default=())
    options: tuple[Option, ...] = described("What a group may set", default=())
    stages: tuple[Stage, ...] = described("Its stages; a run starts in the first")
    acts: tuple[Act, ...] = described("What may be done")
    limits: tuple[Limit, ...] = described("Its clocks", default=())
    weaknesses: tuple[str, ...] = described("What its critics say")
    note: str = described("What a careful reader should know", default="")

    @property
    def first(self) -> str:
        """The stage before anything has happened."""
        return self.stages[0].id

    def stage(self, name: str) -> Stage:
        return self._stages[name]

    @property
    def _stages(self) -> Mapping[str, Stage]:
        return {stage.id: stage for stage in self.stages}

    def limit(self, name: str) -> Limit:
        return next(limit for limit in self.limits if limit.id == name)

    def entry(self, name: str, day: date) -> Entry:
        """The number in force on that day; the first there was, before any was."""
        dated = [entry for entry in self.entries if entry.id == name]
        if not dated:
            known = {entry.id for entry in self.entries}
            raise Problem(f"{self.id} has no number {name}", fix=closest(name, known))
        in_force = [e for e in dated if e.since is None or e.since <= day]
        if not in_force:
            return min(dated, key=lambda e: e.since or date.min)
        return max(in_force, key=lambda e: e.since or date.min)
