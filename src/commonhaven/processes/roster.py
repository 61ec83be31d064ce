"""Who takes part in a process on a day, and how far the answer can be trusted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from commonhaven.parties import groupings, states
from commonhaven.parties import members as grouping_members
from commonhaven.processes.model import Part, Process, Role
from commonhaven.processes.when import Known, begun, lasting, latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Who takes part in a process on a day.

    ``uncertain``: parties of which we cannot tell whether they do. ``open_to_all``: a forum open to
    all members of the United Nations, of which who came is not held. ``complete`` is False where we
    cannot say that nobody is missing on that day; ``warnings`` say why.
    """

    process: str
    day: date
    members: tuple[str, ...]
    observers: tuple[str, ...]
    partners: tuple[str, ...]
    suspended: tuple[str, ...]
    uncertain: tuple[str, ...]
    open_to_all: bool
    complete: bool
    warnings: tuple[str, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """The members that are states or territories."""
        return tuple(party for party in self.members if party in states())


def roster(process: Process, day: date) -> Roster:
    """Who takes part on the day; nobody before the process began.

    States come from the grouping, except those whose part the process tells itself.
    """
    if begun(process.founded, day) == "no":
        return _empty(process, day)
    if process.type == "global":
        warning = "Open to all members of the United Nations; who came is not held."
        return _made(process, day, [], open_to_all=True, complete=True, warnings=(warning,))
    parts = [*_of_grouping(process, day), *process.parts]
    complete, warnings = _trust(process, day)
    return _made(process, day, parts, open_to_all=False, complete=complete, warnings=warnings)


def stands(part: Part, day: date) -> Known:
    """Whether a part is held on the day; after a part that ended on an unknown day, not known.

    Of a part that ended at the latest in ``until``, nothing is known before that either.
    """
    if not part.ended:
        return lasting(part.since, part.until, day)
    gone = bool(part.until) and latest(part.until) <= day
    return "no" if gone or begun(part.since, day) == "no" else "not known"


def _of_grouping(process: Process, day: date) -> Iterable[Part]:
    if not process.grouping:
        return
    own = {part.party for part in process.parts}
    for each in groupings()[process.grouping].participations:
        if each.state not in own and each.on(day):
            yield Part(party=each.state, role=each.role, source=each.source)


def _trust(process: Process, day: date) -> tuple[bool, tuple[str, ...]]:
    if process.grouping:
        held = grouping_members(process.grouping, day)
        return held.complete, (f"{process.name}: {held.note}",) if held.note else ()
    warning = f"{process.name}: the list of members is not complete."
    return process.complete, () if process.complete else (warning,)


def _empty(process: Process, day: date) -> Roster:
    warning = f"{process.name} began in {process.founded}."
    return _made(process, day, [], open_to_all=False, complete=True, warnings=(warning,))


def _made(
    process: Process, day: date, parts: Iterable[Part], *, open_to_all: bool, complete: bool,
    warnings: tuple[str, ...],
) -> Roster:  # fmt: skip
    answers = [(part, stands(part, day)) for part in parts]

    def of(role: Role) -> tuple[str, ...]:
        return tuple(sorted({p.party for p, held in answers if p.role == role and held == "yes"}))

    sure = {part.party for part, held in answers if held == "yes"}
    doubtful = {part.party for part, held in answers if held == "not known"} - sure
    if doubtful:
        said = f"{process.name}: not known of {', '.join(sorted(doubtful))} on {day}."
        warnings = (*warnings, said)
    return Roster(
        process=process.id, day=day, members=of("member"), observers=of("observer"),
        partners=of("partner"), suspended=of("suspended"), uncertain=tuple(sorted(doubtful)),
        open_to_all=open_to_all, complete=complete and not doubtful, warnings=warnings,
    )  # fmt: skip


def chairs_on(process: Process, day: date) -> tuple[tuple[str, ...], Known]:
    """Who is in the chair on the day, and whether that is known; the newest that fits first.

    A chair of which neither beginning nor end is known is named, and marked as not known.
    """
    maybe: tuple[str, ...] = ()
    for chair in process.chairs:
        held = lasting(chair.since, chair.until, day)
        if held == "yes" and chair.since and not chair.ended:
            return chair.parties, "yes"
        if held != "no" and not chair.ended and not maybe:
            maybe = chair.parties
    return maybe, "not known"
