"""One run of a procedure while its record is read: the engine's own notebook.

It is made, filled and thrown away inside `state`; nothing outside keeps or changes it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from commonhaven.procedures.decisions import Tally, Vote, recused, tally
from commonhaven.procedures.model import Act, Limit, Procedure
from commonhaven.procedures.periods import LONGEST, MAY_BE_NONE, Calendar, Period
from commonhaven.procedures.value import Event, Refusal, Setting, Step
from commonhaven.reading import Problem
from commonhaven.saying import PLACE, Party, Said, Value, say, together

MEMBERS = "members"
ADDRESSED = "addressed"
AMOUNT = re.compile(r"\s*(\d{1,6})\s*([a-z ]*?)\s*", re.ASCII)


@dataclass(slots=True, kw_only=True)
class Run:
    """Where the reading of the record has got to."""

    procedure: Procedure
    setting: Setting
    calendar: Calendar
    stage: str
    day: date
    """The day whose numbers apply: that of the first act."""
    since: datetime | None = None
    entered: dict[str, datetime] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    """What each step means for a decision, in parallel to ``steps``."""
    refused: list[Refusal] = field(default_factory=list)
    lapsed: set[str] = field(default_factory=set)
    ballot: int = 0
    """The step from which votes belong to the present ballot."""
    initiator: str = ""
    addressed: tuple[str, ...] = ()
    here: dict[str, None] = field(default_factory=dict)
    """Parties that have come and not left, in order of their coming."""

    @property
    def last(self) -> datetime | None:
        return self.steps[-1].at if self.steps else None

    def acts(self, kinds: Iterable[str]) -> Iterator[Step]:
        wanted = set(kinds)
        return (step for step in self.steps if not step.automatic and step.kind in wanted)

    @property
    def present(self) -> tuple[str, ...]:
        """Parties that have come and not left."""
        return tuple(self.here)

    @property
    def gone(self) -> tuple[str, ...]:
        """Parties that came and have left."""
        steps = zip(self.steps, self.roles, strict=True)
        came = dict.fromkeys(step.party for step, role in steps if role == "presence")
        return tuple(party for party in came if party not in self.here)

    @property
    def counted_present(self) -> tuple[str, ...] | None:
        """Who is present for the count; None where all are.

        A vote given in the room stands though its party leaves afterwards, so that nobody can
        undo a vote by walking out or by being noted as gone.
        """
        if not self.counts_presence:
            return None
        return tuple(dict.fromkeys([*self.present, *(vote.party for vote in self.votes())]))

    @property
    def counts_presence(self) -> bool:
        return any(act.role == "presence" for act in self.procedure.acts)

    @property
    def voters(self) -> tuple[str, ...]:
        """Members that may vote now."""
        out = recused(self.setting, self.setting.members)
        here = self.here if self.counts_presence else self.setting.members
        return tuple(p for p in self.setting.members if p in here and p not in out)

    def votes(self) -> tuple[Vote, ...]:
        """The votes of the present ballot; a party may change its own until it is counted."""
        pairs = list(zip(self.steps, self.roles, strict=True))[self.ballot :]
        last = {step.party: step.data.get("position", "") for step, role in pairs if role == "vote"}
        return tuple(Vote(party=party, position=position) for party, position in last.items())

    def period(self, name: str) -> Period:
        """An entry as a period; what the group has set for it counts instead."""
        return period_of(self.procedure, self.setting.options, name, self.day)

    def periods(self, names: Iterable[str]) -> tuple[Period, ...]:
        return tuple(self.period(name) for name in names)

    def number(self, name: str) -> int:
        """A threshold: a number of parties, or all the members or parties addressed."""
        groups = {MEMBERS: self.setting.members, ADDRESSED: self.addressed, "voters": self.voters}
        return len(groups[name]) if name in groups else self.period(name).number

    def counted(self, limit: Limit) -> Calendar:
        counting = limit.counting or self.procedure.counting
        return replace(self.calendar, counting=counting)

    def move(self, to: str, at: datetime) -> None:
        """Enter a stage; the first entry is the one that starts clocks."""
        self.stage, self.since, self.ballot = to, at, len(self.steps)
        self.entered.setdefault(to, at)

    def note(self, step: Step, role: str = "") -> None:
        self.steps.append(step)
        self.roles.append(role)
        if role == "presence":
            self.here[step.party] = None
        elif role == "departure":
            self.here.pop(step.party, None)

    def accept(self, event: Event, act: Act, *, late: bool) -> None:
        """Write an event into the log."""
        sentence = told(act, event)
        step = Step(
            at=event.at, kind=event.kind, automatic=False, party=event.party,
            sentence=together((sentence, say("Late."))) if late else sentence, cite=act.cite,
            stage=self.stage, late=late, data=dict(event.data),
        )  # fmt: skip
        self.note(step, act.role)

    def settle(self) -> None:
        """Put the stage reached into the last step."""
        self.steps[-1] = replace(self.steps[-1], stage=self.stage)

    def decide(self, at: datetime) -> bool:
        """Count the votes by each mode in turn until one adopts; the working goes into the log."""
        found = list(self._tallies())
        working = together(sentence for each in found for sentence in each.working)
        step = Step(
            at=at, kind="count", automatic=True, party="", sentence=working,
            cite="; ".join(dict.fromkeys(each.cite for each in found)), stage=self.stage,
        )  # fmt: skip
        self.note(step)
        return found[-1].adopted

    def _tallies(self) -> Iterator[Tally]:
        for name in modes_of(self.procedure, self.setting):
            found = tally(
                name,
                self.votes(),
                members=self.setting.members,
                present=self.counted_present,
                setting=self.setting,
            )
            yield found
            if found.adopted:
                return


def period_of(procedure: Procedure, options: Mapping[str, str], name: str, day: date) -> Period:
    """An entry as a period, or what a group has set in its place."""
    entry = procedure.entry(name, day)
    if entry.unit == "day of the year":
        return Period(number=int(entry.value.replace("-", "")), unit=entry.unit)
    if (text := options.get(name)) is None:
        return Period(number=int(entry.number), unit=entry.unit)
    return amount(text, entry.unit, f"option {name}")


def modes_of(procedure: Procedure, setting: Setting) -> tuple[str, ...]:
    """The modes of decision, in the order in which they are tried."""
    own = setting.options.get("mode")
    return (own,) if own else procedure.decides


def amount(text: str, unit: str, where: str) -> Period:
    """A number with its unit, such as "48 hours"; without one, in the unit that the text uses."""
    match = AMOUNT.fullmatch(text)
    named = match[2] if match else ""
    known = {unit: unit, "": unit} | {u: u for u in PLURALS} | {s: p for p, s in PLURALS.items()}
    if not match or named not in known or (unit not in PLURALS and known[named] != unit):
        said = f'"{text[:40]}" is no number of {unit}'
        raise Problem(said, where=where, fix=f"Write a whole number and its unit: 3 {unit}.")
    found = Period(number=int(match[1]), unit=known[named])
    least, most = int(found.unit not in MAY_BE_NONE), LONGEST.get(found.unit, 1_000)
    if not least <= found.number <= most:
        said, fix = f"{text.strip()} is out of range", f"Give {least} to {most:,} {found.unit}."
        raise Problem(said, where=where, fix=fix)
    return found


PLURALS: Mapping[str, str] = {
    "hours": "hour", "days": "day", "weeks": "week", "working days": "working day",
    "sitting days": "sitting day", "months": "month", "years": "year",
}  # fmt: skip


def told(act: Act, event: Event) -> Said:
    """The act as it is recorded, with the party and what it said filled in."""
    named = {datum.name for datum in act.data if datum.form in {"position", "choice"}}
    values: dict[str, Value] = {}
    for name in PLACE.findall(act.says):
        text = event.data.get(name, "").strip()[:300]
        values[name] = Said(text) if name in named else text
    values["party"] = Party(event.party) if event.party else say("A party")
    return say(act.says, **values)
