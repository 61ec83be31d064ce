"""Who takes part in a process on a day, and how far the answer can be trusted."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from commonhaven.parties import groupings, states
from commonhaven.parties import members as grouping_members
from commonhaven.processes.model import Part, Process, Role, Standing
from commonhaven.processes.vocabulary import source_of
from commonhaven.processes.when import Known, begun, lasting, latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Who takes part in a process on a day.

    ``uncertain``: parties of which we cannot tell whether they do. ``open_to_all``: a forum open to
    all members of the United Nations, of which who came is not held. ``complete`` is False where we
    cannot say that nobody is missing on that day; ``warnings`` say why. ``whole``: whether the list
    names everyone on its own day, ``as_of``, which is None where it does not state it.
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
    whole: bool
    as_of: date | None
    source: str
    standing: Standing
    warnings: tuple[str, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """The members that are states or territories."""
        return tuple(party for party in self.members if party in states())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What can be said of the list itself."""

    complete: bool
    whole: bool
    as_of: date | None = None
    source: str = ""
    standing: Standing = "reported"
    warnings: tuple[str, ...] = ()
    open_to_all: bool = False


def roster(process: Process, day: date) -> Roster:
    """Who takes part on the day; nobody before the process began.

    States come from the grouping, except those whose part the process tells itself.
    """
    if begun(process.founded, day) == "no":
        warning = f"{process.name} began in {process.founded}."
        return _made(process, day, [], _Held(complete=True, whole=True, warnings=(warning,)))
    if process.type == "global":
        warning = "Open to all members of the United Nations; who came is not held."
        held = _Held(complete=True, whole=True, open_to_all=True, warnings=(warning,))
        return _made(process, day, [], held)
    parts = [*_of_grouping(process, day), *process.parts]
    held = _list(process, day)
    if begun(process.founded, day) == "not known":
        warning = f"{process.name} began in {process.founded}; whether before {day} is not known."
        held = replace(held, complete=False, warnings=(*held.warnings, warning))
    return _made(process, day, parts, held)


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


def _list(process: Process, day: date) -> _Held:
    if not process.grouping:
        warning = f"{process.name}: the list of members is not complete."
        told = () if process.complete else (warning,)
        read = [source_of(process, part.source) for part in process.parts]
        return _Held(
            complete=process.complete,
            whole=process.complete,
            as_of=day,
            source="; ".join(dict.fromkeys(each.title for each in read)),
            standing="sourced" if {each.standing for each in read} == {"sourced"} else "reported",
            warnings=told,
        )
    held = grouping_members(process.grouping, day)
    return _Held(
        complete=held.complete,
        whole=groupings()[process.grouping].complete,
        as_of=held.as_of,
        source=held.source,
        standing=held.standing,
        warnings=(f"{process.name}: {held.note}",) if held.note else (),
    )


def _made(process: Process, day: date, parts: Iterable[Part], held: _Held) -> Roster:
    answers = [(part, stands(part, day)) for part in parts]

    def of(role: Role) -> tuple[str, ...]:
        return tuple(sorted({p.party for p, so in answers if p.role == role and so == "yes"}))

    sure = {part.party for part, so in answers if so == "yes"}
    doubtful = {part.party for part, so in answers if so == "not known"} - sure
    warnings = held.warnings
    if doubtful:
        said = f"{process.name}: not known of {', '.join(sorted(doubtful))} on {day}."
        warnings = (*warnings, said)
    return Roster(
        process=process.id, day=day, members=of("member"), observers=of("observer"),
        partners=of("partner"), suspended=of("suspended"), uncertain=tuple(sorted(doubtful)),
        open_to_all=held.open_to_all, complete=held.complete and not doubtful, whole=held.whole,
        as_of=held.as_of, source=held.source, standing=held.standing, warnings=warnings,
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
