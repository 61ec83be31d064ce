"""A scorecard of one process in one year, every figure linked with its evidence.

The dimensions are our proposal, after the three phases in which R. Hansen sees the work of
processes: agenda, convergence of positions, change (An Assessment of Principal Regional
Consultative Processes on Migration, IOM Migration Research Series 38, 2010). His warning stands
over all: activity does not equal impact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Literal

from commonhaven.processes.model import ID, ID_FORM
from commonhaven.reading import Problem, build, described, load_toml

Level = Literal["ministerial", "senior officials", "technical"]
Converged = Literal["joint declaration", "positions aligned", "model law", "guidelines"]
Changed = Literal["law amended", "policy changed", "bilateral agreement", "operational project"]

GRADES: Mapping[int, str] = {
    0: "It happened afterwards; nobody claims that the process brought it about.",
    1: "Participants name the process among its causes.",
    2: "The law, agreement or an official document of the state refers to the process.",
    3: "An independent evaluation weighed other causes and found that the process contributed.",
}
"""How strong the claim is that the process caused a change; our proposal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting that was planned for the year."""

    title: str = described("What was planned")
    level: Level = described("Level of those invited")
    held: date | None = described("Day on which it was held; absent: it was not", default=None)
    attended: int | None = described("Member states that came", default=None, low=0)
    source: str = described("Where it can be read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Convergence:
    """A text in which positions came together."""

    kind: Converged = described("What it is")
    on: date = described("Day")
    what: str = described("In a sentence")
    source: str = described("Where it can be read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change in law, policy or practice, with the strength of the claim on its cause."""

    kind: Changed = described("What changed")
    states: tuple[str, ...] = described("Where it changed")
    on: date = described("Day")
    what: str = described("In a sentence")
    grade: int = described("Grade of the causal claim, 0 to 3", low=0, high=3)
    claim: str = described("Why the process is thought to have caused it", default="")
    evaluator: str = described("For grade 3: who evaluated it, outside the process", default="")
    source: str = described("Where it can be read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Openness:
    """Who else was in the room that year; absent: not known."""

    observers: int | None = described("Observer states", default=None, low=0)
    civil_society: int | None = described("Organisations of civil society", default=None, low=0)
    processes: int | None = described("Other consultative processes", default=None, low=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What is known of one year of a process."""

    process: str = described("The process, by id", pattern=ID, form=ID_FORM)
    year: int = described("The year", low=1980, high=2200)
    members: int = described("Member states that year", low=1)
    meetings: tuple[Meeting, ...] = described("Meetings planned, held or not", default=())
    convergence: tuple[Convergence, ...] = described("Texts of the year", default=())
    changes: tuple[Change, ...] = described("Changes of the year", default=())
    secretariat: bool | None = described("Whether a secretariat is dedicated", default=None)
    predictable: Fraction | None = described(
        "Part of the year's cost that was assured beforehand", default=None, low=0, high=1
    )
    chair_months: int | None = described("Months that a chair serves", default=None, low=1)
    openness: Openness = described("Who else was there", default=Openness)
    searched: bool = described(
        "Whether texts and changes were searched for, so that none found means none", default=False
    )
    source: str = described("Where the figures of sustainability and openness come from")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure of a scorecard; ``value`` is None where it is not known."""

    dimension: str
    id: str
    what: str
    value: Fraction | None
    unit: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """The figures of a process in a year, by dimension."""

    process: str
    year: int
    measures: tuple[Measure, ...]

    def of(self, name: str) -> Measure:
        """One figure by its id."""
        return next(each for each in self.measures if each.id == name)


def read_review(path: str) -> Review:
    """A review from a TOML file; Problem naming file and field where it is wrong."""
    review = build(Review, load_toml(Path(path), path), path)
    check_review(review, path)
    return review


def check_review(review: Review, where: str) -> None:
    """Problem for the first thing that cannot be so."""
    for number, meeting in enumerate(review.meetings, 1):
        place = f"{where}, meetings {number}"
        if meeting.held is None and meeting.attended is not None:
            fix = "Give the day, or leave attended out."
            raise Problem("attended, and not held", where=place, fix=fix)
        if (meeting.attended or 0) > review.members:
            said = f"{meeting.attended} of {review.members} members attended"
            raise Problem(said, where=place, fix="Count member states only.")
    days = [(each.on, f"convergence {n}") for n, each in enumerate(review.convergence, 1)]
    days += [(each.on, f"changes {n}") for n, each in enumerate(review.changes, 1)]
    days += [(each.held, f"meetings {n}") for n, each in enumerate(review.meetings, 1) if each.held]
    for day, what in days:
        if day.year != review.year:
            fix = "Put it in the review of its year."
            raise Problem(f"{day} is not in {review.year}", where=f"{where}, {what}", fix=fix)
    for number, change in enumerate(review.changes, 1):
        _check_claim(change, f"{where}, changes {number}")


def _check_claim(change: Change, where: str) -> None:
    if change.grade and not change.claim.strip():
        fix = "Write claim = ..., or grade = 0."
        raise Problem(f"grade {change.grade} and no claim", where=where, fix=fix)
    if change.grade == 3 and not change.evaluator.strip():
        fix = "Name the evaluator, or write grade = 2."
        raise Problem("grade 3 and no independent evaluation", where=where, fix=fix)


def scorecard(review: Review) -> Scorecard:
    """The figures of the year, each with its evidence."""
    return Scorecard(
        process=review.process,
        year=review.year,
        measures=(
            *_agenda(review), *_convergence(review), *_change(review), *_sustainability(review),
            *_openness(review),
        ),
    )  # fmt: skip


def _measure(
    name: str, what: str, value: Fraction | int | None, unit: str, evidence: tuple[str, ...]
) -> Measure:
    dimension, _, own = name.partition("/")
    number = None if value is None else Fraction(value)
    return Measure(
        dimension=dimension, id=own, what=what, value=number, unit=unit, evidence=evidence
    )


def _agenda(review: Review) -> tuple[Measure, ...]:
    planned = review.meetings
    held = [each for each in planned if each.held]
    told = tuple(dict.fromkeys(each.source for each in planned))
    counted = [each.attended for each in held if each.attended is not None]
    came = Fraction(sum(counted), review.members * len(counted)) if counted else None
    high = sum(each.level == "ministerial" for each in held)
    return (
        _measure("A/held", "Meetings held of those planned",
                 Fraction(len(held), len(planned)) if planned else None, "part", told),
        _measure("A/attendance", "Members that came, on average", came, "part", told),
        _measure("A/ministerial", "Meetings of ministers", high if planned else None,
                 "meetings", told),
    )  # fmt: skip


def _convergence(review: Review) -> tuple[Measure, ...]:
    texts = review.convergence
    told = tuple(each.source for each in texts)
    count = len(texts) if texts or review.searched else None
    return (_measure("B/texts", "Texts in which positions came together", count, "texts", told),)


def _change(review: Review) -> tuple[Measure, ...]:
    changes = review.changes
    known = bool(changes) or review.searched
    caused = [each for each in changes if each.grade]
    return (
        _measure("C/changes", "Changes that the process is said to have caused",
                 len(caused) if known else None, "changes", tuple(e.source for e in caused)),
        _measure("C/grade", "Sum of the grades of these claims",
                 sum(each.grade for each in caused) if known else None, "grades",
                 tuple(each.source for each in caused)),
    )  # fmt: skip


def _sustainability(review: Review) -> tuple[Measure, ...]:
    told = (review.source,)
    seat = None if review.secretariat is None else int(review.secretariat)
    return (
        _measure("D/secretariat", "Dedicated secretariat", seat, "yes or no", told),
        _measure("D/predictable", "Cost assured beforehand", review.predictable, "part", told),
        _measure("D/tenure", "Months that a chair serves", review.chair_months, "months", told),
    )


def _openness(review: Review) -> tuple[Measure, ...]:
    told, held = (review.source,), review.openness
    return (
        _measure("E/observers", "Observer states", held.observers, "states", told),
        _measure("E/civil-society", "Organisations of civil society", held.civil_society,
                 "organisations", told),
        _measure("E/processes", "Other processes", held.processes, "processes", told),
    )  # fmt: skip
