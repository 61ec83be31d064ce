"""What became of a process's recommendations: a register of steps that only grows.

Discussions without follow-up are among the causes of failure named in 2005 (para. 27); national
focal points follow up on recommendations (para. 16).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from commonhaven.processes.model import ID, ID_FORM
from commonhaven.reading import Problem, closest, described

Status = Literal["accepted", "in progress", "done", "not taken up"]
State = Literal["no answer", "accepted", "in progress", "done", "not taken up"]
CLOSED: frozenset[State] = frozenset(("done", "not taken up"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What a meeting recommended to whom."""

    id: str = described("Short name", pattern=ID, form=ID_FORM)
    process: str = described("The process, by id", pattern=ID)
    meeting: str = described("The meeting that made it")
    on: date = described("Day on which it was made")
    text: str = described("What is recommended")
    addressed: tuple[str, ...] = described("To whom: states by code, or organisations")
    due: date | None = described("Day by which, if any", default=None)
    theme: str = described("Theme, if any", default="")
    source: str = described("Where it can be read", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one addressee did; a later step corrects an earlier one."""

    recommendation: str = described("The recommendation, by id", pattern=ID)
    party: str = described("The addressee")
    on: date = described("Day")
    status: Status = described("Where it stands with this addressee")
    what: str = described("What was done, or why not")
    evidence: str = described("Where it can be read; needed for done", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A recommendation on a day: where it stands with every addressee."""

    recommendation: Recommendation
    standing: Mapping[str, State]
    last: date | None
    open_days: int
    overdue: bool

    @property
    def closed(self) -> bool:
        """Whether nothing is awaited from anybody."""
        return all(state in CLOSED for state in self.standing.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All recommendations on a day, the open ones first, the longest overdue before the others."""

    day: date
    lines: tuple[Line, ...]

    @property
    def open(self) -> tuple[Line, ...]:
        """What a chair hands over to the next."""
        return tuple(line for line in self.lines if not line.closed)

    def count(self, state: State) -> int:
        """In how many cases, of an addressee and a recommendation, that is the standing."""
        return sum(each == state for line in self.lines for each in line.standing.values())


def follow_up(
    made: Sequence[Recommendation], steps: Iterable[Step], day: date
) -> Register:  # fmt: skip
    """The register as it stood at the end of the day.

    Problem for a step that is not possible: of somebody who was not addressed, before the
    recommendation was made, or done without evidence.
    """
    known = {each.id: each for each in made}
    if len(known) < len(made):
        fix = "Give each recommendation its own id."
        raise Problem("two recommendations have the same id", where="recommendations", fix=fix)
    taken = list(steps)
    for number, step in enumerate(taken, 1):
        _check(step, known, f"steps {number}")
    lines = [_line(each, taken, day) for each in made if each.on <= day]
    return Register(day=day, lines=tuple(sorted(lines, key=_order)))


def _check(step: Step, known: Mapping[str, Recommendation], where: str) -> None:
    if step.recommendation not in known:
        said = f'there is no recommendation "{step.recommendation[:40]}"'
        raise Problem(said, where=where, fix=closest(step.recommendation, known))
    about = known[step.recommendation]
    if step.party not in about.addressed:
        said = f"{about.id} is not addressed to {step.party[:40]}"
        raise Problem(said, where=where, fix=closest(step.party, about.addressed))
    if step.on < about.on:
        said = f"{step.on} is before {about.id} was made"
        raise Problem(said, where=where, fix=f"It was made on {about.on}.")
    if step.status == "done" and not step.evidence.strip():
        fix = "Say where it can be read, or write in progress."
        raise Problem(f"{step.party}: done without evidence", where=where, fix=fix)


def _line(about: Recommendation, steps: Iterable[Step], day: date) -> Line:
    mine = [step for step in steps if step.recommendation == about.id and step.on <= day]
    standing: dict[str, State] = dict.fromkeys(about.addressed, "no answer")
    for step in sorted(mine, key=lambda step: step.on):
        standing[step.party] = step.status
    last = max((step.on for step in mine), default=None)
    open_ = any(state not in CLOSED for state in standing.values())
    until = day if open_ or last is None else last
    return Line(
        recommendation=about, standing=standing, last=last, open_days=(until - about.on).days,
        overdue=open_ and about.due is not None and about.due < day,
    )  # fmt: skip


def _order(line: Line) -> tuple[bool, bool, date, str]:
    about = line.recommendation
    return (line.closed, not line.overdue, about.due or about.on, about.id)
