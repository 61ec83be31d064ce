"""What goes into a procedure and what comes out: events, setting, state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from commonhaven.procedures.model import Datum


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that somebody did, at an instant."""

    kind: str
    at: datetime
    party: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the group and the situation bring to a procedure.

    ``origin`` is the state that people flee from. ``convenors`` are parties that may call a
    meeting without being members. ``options`` are what the group has set for itself.
    """

    members: tuple[str, ...]
    zone: str = "UTC"
    origin: str = ""
    convenors: tuple[str, ...] = ()
    chair: str = ""
    secretariat: tuple[str, ...] = ()
    holidays: tuple[date, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, Fraction] = field(default_factory=dict)
    populations: Mapping[str, int] = field(default_factory=dict)


Status = Literal["open", "met", "missed", "not yet open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A clock that has started: what is due, from whom, when, and what silence means.

    The end is inclusive: an act at ``due`` is in time. A missed deadline stays missed, whatever
    came later.
    """

    id: str
    what: str
    opens: datetime | None
    due: datetime
    by: tuple[str, ...]
    status: Status
    met_at: datetime | None
    silence_means: str
    cite: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """What may be done now or later in this stage, by whom, from when to when (both included).

    An empty ``by`` means anyone. ``data`` is what the act has to say, or may.
    """

    act: str
    by: tuple[str, ...]
    opens: datetime | None
    closes: datetime | None
    what: str
    data: tuple[Datum, ...] = ()
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An event that was not applied, why, and what to do."""

    event: Event
    why: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A line of the log: an accepted event, or a passage that time brought about.

    ``kind`` is that of the event; of an automatic line the id of the clock, or ``count`` where
    votes were counted.
    """

    at: datetime
    kind: str
    automatic: bool
    party: str
    sentence: str
    cite: str
    stage: str
    """The stage after it."""
    late: bool = False
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a procedure stands at an instant, why, and what comes next."""

    procedure: str
    stage: str
    title: str
    since: datetime | None
    ended: bool
    outcome: str
    deadlines: tuple[Deadline, ...]
    may: tuple[Permission, ...]
    present: tuple[str, ...]
    """Parties that have come and not left, where the procedure counts who is there."""
    refused: tuple[Refusal, ...]
    log: tuple[Step, ...]
