"""The clocks of a run: started by what happened, ended by acts, by time, or by another stage."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from commonhaven.procedures.entitled import holders
from commonhaven.procedures.model import Limit
from commonhaven.procedures.periods import Calendar, Period, after
from commonhaven.procedures.run import Run
from commonhaven.procedures.value import Deadline, Status
from commonhaven.saying import Party, say

STAGE = "stage:"
counted = lru_cache(maxsize=8192)(after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One run of a limit: for one party, or for one time of many."""

    id: str
    limit: Limit
    starts: datetime
    opens: datetime | None
    due: datetime
    party: str = ""
    again: bool = False


def clocks(run: Run, limit: Limit, until: datetime) -> Iterator[Clock]:
    """The clocks of a limit that has started; of one that comes again, those begun ``until``."""
    start = started(run, limit.after)
    if start is None:
        return
    calendar, due = run.counted(limit), _due(run, limit, start)
    opens = counted(start, run.periods(limit.opens), calendar) if limit.opens else None
    if limit.each:
        for party in holders(run, limit.by):
            name = f"{limit.id}:{party}"
            yield Clock(id=name, limit=limit, starts=start, opens=opens, due=due, party=party)
        return
    yield Clock(id=limit.id, limit=limit, starts=start, opens=opens, due=due)
    if limit.every:
        yield from _again(limit, due, run.period(limit.every), calendar, until)


def _due(run: Run, limit: Limit, start: datetime) -> datetime:
    """The first end of a limit that has started; every clock of it ends then or later."""
    return _moved(run, limit) or counted(start, run.periods(limit.due), run.counted(limit))


def _ended(run: Run, limit: Limit, before: datetime) -> bool:
    start = started(run, limit.after)
    return start is not None and _due(run, limit, start) < before


def _again(
    limit: Limit, first: datetime, step: Period, calendar: Calendar, until: datetime
) -> Iterator[Clock]:
    """The later times; each opens when the one before is due."""
    previous, number = first, 2
    while previous < until and step.number:
        times = Period(number=step.number * (number - 1), unit=step.unit)
        due = counted(first, (times,), calendar)
        yield Clock(
            id=f"{limit.id}:{number}", limit=limit, starts=previous, opens=previous, due=due,
            again=True,
        )  # fmt: skip
        previous, number = due, number + 1


def started(run: Run, after_what: tuple[str, ...]) -> datetime | None:
    """The latest of the acts, or first entries into stages, that start a clock."""
    found = [
        run.entered.get(token.removeprefix(STAGE))
        if token.startswith(STAGE)
        else max((step.at for step in run.acts([token])), default=None)
        for token in after_what
    ]
    return max((at for at in found if at is not None), default=None)


def _moved(run: Run, limit: Limit) -> datetime | None:
    """Another end, where an act has set one."""
    if not limit.moved_by:
        return None
    found = [step.data["until"] for step in run.acts([limit.moved_by])]
    return datetime.fromisoformat(found[-1]).astimezone(UTC) if found else None


def met(run: Run, clock: Clock) -> datetime | None:
    """When the clock's duty was fulfilled, in time or late; None where it was not.

    What comes again is fulfilled by an act between the end before and its own end; a later one
    counts for the next time.
    """
    kinds = [token for token in clock.limit.met_by if not token.startswith(STAGE)]
    found = [
        step.at
        for step in run.acts(kinds)
        if step.at >= clock.starts and clock.party in ("", step.party)
    ]
    found += [
        run.entered[token.removeprefix(STAGE)]
        for token in clock.limit.met_by
        if token.startswith(STAGE) and token.removeprefix(STAGE) in run.entered
    ]
    if clock.again:
        found = [at for at in found if clock.starts < at <= clock.due]
    elif clock.limit.every:
        found = [at for at in found if at <= clock.due]
    return min((at for at in found if at >= clock.starts), default=None)


def pending(run: Run, before: datetime) -> list[Clock]:
    """Clocks that ran out before an instant and have something to say then, earliest first."""
    found = [
        clock
        for limit in run.procedure.limits
        if run.stage in limit.stages and _ended(run, limit, before)
        for clock in clocks(run, limit, before)
        if clock.due < before and clock.id not in run.lapsed
    ]
    speak = [clock for clock in found if clock.limit.to_if_met or not in_time(run, clock)]
    return sorted(speak, key=lambda clock: clock.due)


def in_time(run: Run, clock: Clock) -> bool:
    """Whether the duty was fulfilled by its end, the end included."""
    at = met(run, clock)
    return at is not None and at <= clock.due


def window(run: Run, name: str, party: str, at: datetime) -> Clock | None:
    """The clock of a limit whose window an act has to keep."""
    found = list(clocks(run, run.procedure.limit(name), at))
    own = [clock for clock in found if clock.party in ("", party)]
    return next(iter(own or found), None)


def deadlines(run: Run, now: datetime) -> tuple[Deadline, ...]:
    """Every clock that runs, was kept or ran out, in order of its end."""
    found = [
        _deadline(run, clock, now)
        for limit in run.procedure.limits
        for clock in clocks(run, limit, now)
        if _shown(run, clock)
    ]
    return tuple(sorted(found, key=lambda deadline: deadline.due))


def _shown(run: Run, clock: Clock) -> bool:
    """Not a clock that stopped because the procedure went another way."""
    if clock.id in run.lapsed or run.stage in clock.limit.stages:
        return True
    return in_time(run, clock)


def _deadline(run: Run, clock: Clock, now: datetime) -> Deadline:
    at = met(run, clock)
    kept = at is not None and at <= clock.due
    status: Status = "open"
    if clock.id in run.lapsed and not (kept and clock.limit.to_if_met):
        status, at = "missed", None if kept else at
    elif kept:
        status = "met"
    elif clock.opens and now < clock.opens:
        status = "not yet open"
    by = (clock.party,) if clock.party else holders(run, clock.limit.by)
    party = Party(clock.party)
    return Deadline(
        id=clock.id, what=say(clock.limit.what, party=party), opens=clock.opens,
        due=clock.due, by=by, status=status, met_at=at,
        silence_means=say(clock.limit.silence, party=party), cite=clock.limit.cite,
    )  # fmt: skip
