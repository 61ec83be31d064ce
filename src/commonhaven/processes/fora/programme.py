"""Whether a programme serves its priorities, and who gets to speak in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from commonhaven.processes.fora.model import Cycle, Session
from commonhaven.reading import closest
from commonhaven.reading.finding import Finding, advice, error


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One kind of stakeholder's part of the speaking time and of the seats.

    A part is None where no minutes, or no seats, are set for anybody.
    """

    kind: str
    minutes: int
    seats: int
    of_minutes: Fraction | None
    of_seats: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """Who speaks how long, and which sessions say nothing of it."""

    cycle: str
    minutes: int
    seats: int
    parts: tuple[Voice, ...]
    without_slots: tuple[str, ...]


def programme(cycle: Cycle) -> Programme:
    """The parts of every kind of stakeholder, the greatest first."""
    slots = [slot for session in cycle.sessions for slot in session.slots]
    minutes, seats = sum(slot.minutes for slot in slots), sum(slot.seats for slot in slots)
    parts = []
    for kind in sorted({slot.kind for slot in slots}):
        spoken = sum(slot.minutes for slot in slots if slot.kind == kind)
        seated = sum(slot.seats for slot in slots if slot.kind == kind)
        parts.append(
            Voice(
                kind=kind, minutes=spoken, seats=seated,
                of_minutes=Fraction(spoken, minutes) if minutes else None,
                of_seats=Fraction(seated, seats) if seats else None,
            )
        )  # fmt: skip
    return Programme(
        cycle=cycle.id, minutes=minutes, seats=seats,
        parts=tuple(sorted(parts, key=lambda part: (-part.minutes, -part.seats, part.kind))),
        without_slots=tuple(each.id for each in cycle.sessions if not each.slots),
    )  # fmt: skip


def check_programme(cycle: Cycle) -> Iterator[Finding]:
    """What is wrong in a programme: every panel serves one priority, every minute is there once."""
    phases = {each.id for each in cycle.phases}
    priorities = {each.id for each in cycle.priorities}
    for session in cycle.sessions:
        place = f"session {session.id}"
        if session.phase not in phases:
            fix = closest(session.phase, phases) or "Add the phase."
            yield error(f'there is no phase "{session.phase[:40]}"', place, fix)
        for name in session.priorities:
            if name not in priorities:
                fix = closest(name, priorities) or "Add the priority."
                yield error(f'there is no priority "{name[:40]}"', place, fix)
        yield from _panel(session, place)
        yield from _minutes(session, place)
    yield from _served(cycle)


def _panel(session: Session, place: str) -> Iterator[Finding]:
    number = len(session.priorities)
    if session.kind == "panel" and number != 1:
        fix = "Every panel serves exactly one priority."
        yield error(f"the panel serves {number} priorities", place, fix)


def _minutes(session: Session, place: str) -> Iterator[Finding]:
    spoken = sum(slot.minutes for slot in session.slots)
    if session.minutes is not None and spoken > session.minutes:
        said = f"{spoken} minutes are given out, and the session has {session.minutes}"
        yield error(said, place, "Shorten a slot, or lengthen the session.")


def _served(cycle: Cycle) -> Iterator[Finding]:
    panels = [each for each in cycle.sessions if each.kind == "panel"]
    served = {name for panel in panels for name in panel.priorities}
    for priority in cycle.priorities:
        if panels and priority.id not in served:
            yield advice("no panel serves it", f"priority {priority.id}", "Is one missing?")
    kinds = {slot.kind for session in cycle.sessions for slot in session.slots}
    if kinds and "refugee-led organization" not in kinds:
        fix = "The engagement of refugees was asked for in 2021."
        yield advice("no refugee-led organization speaks", "sessions", fix)
