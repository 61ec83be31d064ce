"""The one engine: the state of any procedure from its recorded events and an instant.

Nothing runs between two questions. The record is read in order of time; whatever a clock brought
about meanwhile takes effect at the clock's own instant, before the next event.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from commonhaven.procedures.admit import act_for, already, in_range, opens_closes, parties
from commonhaven.procedures.clocks import Clock, deadlines, in_time, pending
from commonhaven.procedures.entitled import ANYONE, holders
from commonhaven.procedures.model import Act, Enough, Procedure
from commonhaven.procedures.periods import Calendar, zone
from commonhaven.procedures.run import Run
from commonhaven.procedures.setting import checked
from commonhaven.procedures.value import Event, Permission, Refusal, Setting, State, Step
from commonhaven.reading import Problem
from commonhaven.saying import Party, Said, say, together


def state(procedure: Procedure, events: Iterable[Event], now: datetime, setting: Setting) -> State:
    """Where the procedure stands at ``now``, why, what is due, and what may be done.

    Events are taken in order of time, those at the same instant in the order given; events after
    ``now`` have not happened yet. What is out of turn, out of time or done by a party that is not
    entitled is refused with a reason and changes nothing. Raises Problem for a setting that is
    wrong or a ``now`` without a zone.
    """
    if not in_range(now):
        fix = "Give a time with its zone, from 1900 to 2199, such as 2026-01-31T12:00Z."
        raise Problem("the present time cannot be used", where="now", fix=fix)
    run = _begin(procedure, checked(procedure, setting), now)
    usable = []
    for event in events:
        if in_range(event.at):
            usable.append(event)
        else:
            run.refused.append(_without_time(event))
    for event in sorted(usable, key=lambda event: event.at):
        if event.at <= now:
            _lapse(run, event.at)
            _take(run, replace(event, at=event.at.astimezone(UTC)))
    _lapse(run, now)
    return _state(run, now)


def _begin(procedure: Procedure, setting: Setting, now: datetime) -> Run:
    calendar = Calendar(zone=zone(setting.zone), holidays=frozenset(setting.holidays))
    day = calendar.local(now).date()
    return Run(
        procedure=procedure, setting=setting, calendar=calendar, stage=procedure.first, day=day
    )


def _without_time(event: Event) -> Refusal:
    fix = "Give a time with its zone, from 1900 to 2199, such as 2026-01-31T12:00Z."
    return Refusal(event=event, why="the time has no zone, or no usable year", fix=fix)


def _take(run: Run, event: Event) -> None:
    """Apply one event, or refuse it."""
    if not run.steps:
        run.day = run.calendar.local(event.at).date()
    found = act_for(run, event)
    if not isinstance(found, Act):
        run.refused.append(Refusal(event=event, why=found[0], fix=found[1]))
        return
    _, closes = opens_closes(run, found, event.party, event.at)
    if run.stage == run.procedure.first:
        run.initiator = run.initiator or event.party
        run.addressed = _addressed(run, event)
    run.accept(event, found, late=closes is not None and event.at > closes)
    _follow(run, found, event.at)
    run.settle()


def _addressed(run: Run, event: Event) -> tuple[str, ...]:
    """The members that the first act names; all others where it names none."""
    named = parties(event.data.get("addressed", ""))
    others = tuple(party for party in run.setting.members if party != event.party)
    return named or run.addressed or others


def _follow(run: Run, act: Act, at: datetime) -> None:
    """What follows an accepted act: another stage, by itself, by numbers or by a vote."""
    if act.adopted:
        _decide(run, act.adopted, act.rejected, at)
        return
    if act.to and all(any(run.acts([kind])) for kind in act.all_of):
        run.move(act.to, at)
        return
    for enough in act.enough:
        if _reached(run, enough):
            if enough.adopted:
                _decide(run, enough.adopted, enough.to, at)
            else:
                run.move(enough.to, at)
            return


def _reached(run: Run, enough: Enough) -> bool:
    parties_that_acted = {step.party for step in run.acts(enough.acts)}
    if any(act.role == "presence" for act in run.procedure.acts if act.kind in enough.acts):
        parties_that_acted &= set(run.present)
    need = run.number(enough.number)
    return need > 0 and len(parties_that_acted) >= need


def _decide(run: Run, adopted: str, rejected: str, at: datetime) -> None:
    to = adopted if run.decide(at) else rejected
    if to:
        run.move(to, at)


def _lapse(run: Run, before: datetime) -> None:
    """Let every clock run out that ended before an instant, each at its own end."""
    while clocks := pending(run, before):
        for clock in clocks:
            stage = run.stage
            _run_out(run, clock)
            if run.stage != stage:
                break


def _run_out(run: Run, clock: Clock) -> None:
    limit = clock.limit
    at = max(clock.due.astimezone(UTC), run.last or clock.due)
    run.lapsed.add(clock.id)
    if limit.adopted and run.decide(at):
        run.move(limit.adopted, at)
        run.settle()
        return
    to, says = _passage(run, clock)
    sentence = say(says, party=Party(clock.party))
    if to:
        stage = Said(run.procedure.stage(to).title)
        sentence = together((sentence, say("The procedure passes to: {stage}.", stage=stage)))
    step = Step(
        at=at, kind=limit.id, automatic=True, party=clock.party, sentence=sentence,
        cite=limit.cite, stage=to or run.stage,
    )  # fmt: skip
    run.note(step)
    if to:
        run.move(to, at)


def _passage(run: Run, clock: Clock) -> tuple[str, str]:
    """The stage to which the end of a clock leads, if any, and what is recorded."""
    limit = clock.limit
    if limit.to_if_met and in_time(run, clock):
        return limit.to_if_met, limit.says_if_met
    switched = limit.to_if_yes and run.setting.options.get(limit.option) == "yes"
    return (limit.to_if_yes if switched else limit.to), limit.silence


def _state(run: Run, now: datetime) -> State:
    stage = run.procedure.stage(run.stage)
    return State(
        procedure=run.procedure.id,
        stage=stage.id,
        title=stage.title,
        since=run.since,
        ended=stage.ended,
        outcome=stage.outcome,
        deadlines=deadlines(run, now),
        may=tuple(
            permission
            for act in run.procedure.acts
            if run.stage in act.stages
            for permission in _permissions(run, act, now)
        ),
        present=run.present,
        refused=tuple(run.refused),
        log=tuple(run.steps),
    )


def _permissions(run: Run, act: Act, now: datetime) -> Iterable[Permission]:
    """What the act allows now or later; nothing where its time is over or everybody has acted."""
    done = already(run, act)
    by = tuple(party for party in holders(run, act.by) if party not in done)
    if not by and ANYONE not in act.by:
        return
    opens, closes = opens_closes(run, act, by[0] if by else "", now)
    if act.late == "recorded as late":
        closes = None
    if closes is None or now <= closes:
        yield Permission(
            act=act.kind, by=by, opens=opens, closes=closes, what=act.what, data=act.data,
            cite=act.cite,
        )  # fmt: skip
