"""A forum as a value: cycles with phases, priorities, sessions and slots, and calls for input.

The model is our proposal, after the roadmap and programme of the High-Level Officials Meeting of
2021 (UNHCR, summary of the consultation of 28 April 2021).
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from commonhaven.processes.model import ID, ID_FORM, Standing
from commonhaven.processes.when import FORM, FORM_TO_WRITE
from commonhaven.reading import described

Stakeholder = Literal[
    "state", "international organization", "civil society", "refugee-led organization",
    "private sector", "local authority", "academia", "process", "other",
]  # fmt: skip
Kind = Literal[
    "plenary", "panel", "roundtable", "spotlight session", "advance day", "workshop", "side event",
]  # fmt: skip
CODE = r"(theme|gcr|gcm|fact|free):[a-z0-9][a-z0-9.-]*"
CODE_FORM = (
    "Write theme:skills, gcr:3.1.1 (indicator), gcm:6 (objective), fact:members or free:words."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A stage of the roadmap to a meeting."""

    id: str = described("Short name", pattern=ID, form=ID_FORM)
    title: str = described("In a few words")
    since: str = described("First day", default="", pattern=FORM, form=FORM_TO_WRITE)
    until: str = described("Last day", default="", pattern=FORM, form=FORM_TO_WRITE)
    what: str = described("What happens in it", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Priority:
    """What the meeting is to bring forward."""

    id: str = described("Short name", pattern=ID, form=ID_FORM)
    title: str = described("In a few words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Speaking time, or seats, for one kind of stakeholder."""

    kind: Stakeholder = described("Who speaks or sits")
    seats: int = described("How many of them", low=1, high=10_000)
    minutes: int = described("Speaking minutes of all of them together", low=0, high=10_000)
    party: str = described("Which party, where it is known", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a session brought: a recommendation, with the pledges and indicators it concerns."""

    text: str = described("In a sentence")
    recommendation: str = described("Id in a register of recommendations", default="")
    pledges: tuple[str, ...] = described("Ids of pledges", default=())
    indicators: tuple[str, ...] = described(
        "Indicators of the Compact on Refugees, such as gcr:3.1.1",
        default=(), pattern=r"gcr:[0-9]\.[0-9]\.[0-9]", form="Write gcr:3.1.1.",
    )  # fmt: skip
    source: str = described("Where it can be read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A part of the programme."""

    id: str = described("Short name", pattern=ID, form=ID_FORM)
    kind: Kind = described("What kind of session")
    title: str = described("In a few words")
    phase: str = described("Phase in which it is held", pattern=ID, form=ID_FORM)
    on: str = described("Day", default="", pattern=FORM, form=FORM_TO_WRITE)
    minutes: int | None = described("How long", default=None, low=1, high=10_000)
    priorities: tuple[str, ...] = described("Priorities that it serves", default=())
    slots: tuple[Slot, ...] = described("Who speaks and sits", default=())
    outcomes: tuple[Outcome, ...] = described("What it brought", default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a call, with what it asks for in codes that several fora share."""

    id: str = described("Short name", pattern=ID, form=ID_FORM)
    text: str = described("The question as it is put")
    asks: tuple[str, ...] = described(
        "theme:ID, gcr:INDICATOR, gcm:OBJECTIVE, fact:NAME or free:WORDS",
        pattern=CODE, form=CODE_FORM,
    )  # fmt: skip
    words: int | None = described("Longest answer in words", default=None, low=1, high=100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call for input: questions with a deadline."""

    id: str = described("Short name", pattern=ID, form=ID_FORM)
    title: str = described("In a few words")
    opens: str = described("Day it opens", default="", pattern=FORM, form=FORM_TO_WRITE)
    deadline: date | None = described("Last day for answers", default=None)
    addressed: tuple[Stakeholder, ...] = described("Who is asked", default=("process",))
    questions: tuple[Question, ...] = described("The questions")
    source: str = described("Where it was read, or who made it up")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """One meeting of a forum with all that leads to it."""

    id: str = described("Short name", pattern=ID, form=ID_FORM)
    title: str = described("In a few words")
    since: str = described("First day", default="", pattern=FORM, form=FORM_TO_WRITE)
    until: str = described("Last day", default="", pattern=FORM, form=FORM_TO_WRITE)
    place: str = described("Where", default="")
    certain: bool = described("False where the day or that it takes place is only reported")
    source: str = described("Where it was read")
    phases: tuple[Phase, ...] = described("The roadmap", default=())
    priorities: tuple[Priority, ...] = described("Priorities", default=())
    sessions: tuple[Session, ...] = described("The programme", default=())
    calls: tuple[Call, ...] = described("Calls for input", default=())
    note: str = described("What a careful reader should know", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forum:
    """A global process that asks others for contributions."""

    id: str = described("Short name", pattern=ID, form=ID_FORM)
    name: str = described("Name in English")
    convenor: str = described("Who convenes it")
    rhythm: str = described("How often it meets")
    rhythm_standing: Standing = described("How far that can be trusted")
    rhythm_source: str = described("Where it was read")
    role_of_processes: str = described("What it asks of consultative processes", default="")
    synthetic: bool = described("True where it is made up to try things out", default=False)
    cycles: tuple[Cycle, ...] = described("Its meetings, in order of time")
    note: str = described("What a careful reader should know", default="")

    def cycle(self, name: str) -> Cycle | None:
        """One meeting by id."""
        return next((each for each in self.cycles if each.id == name), None)
