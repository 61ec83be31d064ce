"""Whether an event may be applied: in turn, by whom, in time, once, with all that it must say."""

import re
from datetime import UTC, datetime

from commonhaven.procedures.clocks import clocks, window
from commonhaven.procedures.decisions import POSITIONS
from commonhaven.procedures.entitled import holders, why_not
from commonhaven.procedures.model import Act, Datum
from commonhaven.procedures.periods import FIRST_YEAR, LAST_YEAR
from commonhaven.procedures.run import Run
from commonhaven.procedures.value import Event
from commonhaven.reading import closest

Reason = tuple[str, str]
"""Why an event is refused, and what to do."""
FINE: Reason = ("", "")


def act_for(run: Run, event: Event) -> Act | Reason:
    """The act that the event is at this stage, or why it is none."""
    of_kind = [act for act in run.procedure.acts if act.kind == event.kind]
    if not of_kind:
        kinds = [act.kind for act in run.procedure.acts]
        said = f'"{event.kind[:60]}" is no act of this procedure'
        return said, closest(event.kind, kinds)
    here = [act for act in of_kind if run.stage in act.stages]
    if not here:
        return _out_of_turn(run, of_kind)
    reasons = [reason(run, act, event) for act in here]
    for act, found in zip(here, reasons, strict=True):
        if found == FINE:
            return act
    return reasons[0]


def _out_of_turn(run: Run, of_kind: list[Act]) -> Reason:
    title = run.procedure.stage(run.stage).title
    now = [act.kind for act in run.procedure.acts if run.stage in act.stages]
    possible = f"Now possible: {', '.join(dict.fromkeys(now))}." if now else "It has ended."
    stages = [run.procedure.stage(name).title for act in of_kind for name in act.stages]
    return (
        f'{of_kind[0].kind} cannot be done at the stage "{title}"',
        f"It belongs to: {', '.join(dict.fromkeys(stages))}. {possible}",
    )


def reason(run: Run, act: Act, event: Event) -> Reason:
    """Why the act is refused; two empty texts where it is not."""
    for check in (_entitled, _again, _in_time, _said, _later):
        found = check(run, act, event)
        if found != FINE:
            return found
    return FINE


def _entitled(run: Run, act: Act, event: Event) -> Reason:
    return why_not(run, event.party, act.by)


def _again(run: Run, act: Act, event: Event) -> Reason:
    if event.party not in already(run, act):
        return FINE
    if act.once == "at all":
        return "it has been done already", "The first counts."
    return f"{event.party or 'the party'} has already done this", "The first counts."


def already(run: Run, act: Act) -> tuple[str, ...]:
    """Parties that may not do it again; all of them where it is done once for all."""
    if not act.once:
        return ()
    if act.once == "at all":
        return holders(run, act.by) if any(run.acts([act.kind])) else ()
    if act.once == "each stage":
        return _in_stage(run, act)
    return tuple(step.party for step in run.acts([act.kind]))


def _in_stage(run: Run, act: Act) -> tuple[str, ...]:
    """Parties that did it in this stage and have not taken part since: joining takes it back."""
    done: dict[str, None] = {}
    for step, role in list(zip(run.steps, run.roles, strict=True))[run.ballot :]:
        if step.kind == act.kind and not step.automatic:
            done[step.party] = None
        elif role == "presence":
            done.pop(step.party, None)
    return tuple(done)


def opens_closes(
    run: Run, act: Act, party: str, at: datetime
) -> tuple[datetime | None, datetime | None]:
    """From when to when the act may be done, both included; None where there is no bound."""
    opens = closes = None
    if act.within and (clock := window(run, act.within, party, at)):
        opens, closes = clock.opens, clock.due
    if act.once_past:
        past = next(clocks(run, run.procedure.limit(act.once_past), at), None)
        opens = past.due if past else opens
    return opens, closes


def _in_time(run: Run, act: Act, event: Event) -> Reason:
    opens, closes = opens_closes(run, act, event.party, event.at)
    if opens and event.at < opens:
        return f"too early: it may be done from {told(run, opens)}", "Wait until then."
    if closes and event.at > closes and act.late == "refused":
        return (
            f"too late: the time ended at {told(run, closes)}",
            "What silence means has followed.",
        )
    return FINE


def told(run: Run, instant: datetime) -> str:
    """An instant in UTC, and in the group's zone where that is another."""
    text = f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    local = run.calendar.local(instant)
    if local.utcoffset() == instant.astimezone(UTC).utcoffset():
        return text
    return f"{text} ({local:%Y-%m-%d %H:%M:%S} {run.setting.zone})"


def _said(run: Run, act: Act, event: Event) -> Reason:
    for datum in act.data:
        text = event.data.get(datum.name, "").strip()
        if not text:
            if datum.required:
                return f"{datum.name} is not given", f"Give {datum.name}: {datum.what}."
            continue
        if wrong := _wrong(run, datum, text, event):
            return f'{datum.name} "{text[:40]}" cannot stand', wrong
    return FINE


def _later(run: Run, act: Act, event: Event) -> Reason:
    """Another end may lie after the present one, never before."""
    for limit in run.procedure.limits:
        clock = next(clocks(run, limit, event.at), None) if limit.moved_by == act.kind else None
        until = instant(event.data.get("until", "").strip())
        if clock and until and until <= clock.due:
            fix = f"Give a time after {told(run, clock.due)}."
            return "until is no later than the present end", fix
    return FINE


def _wrong(run: Run, datum: Datum, text: str, event: Event) -> str:
    """What to write instead; empty where the text can stand."""
    if datum.form == "position":
        return "" if text in POSITIONS else f"Write one of: {', '.join(POSITIONS)}."
    if datum.form == "choice":
        return "" if text in datum.choices else f"Write one of: {', '.join(datum.choices)}."
    if datum.form == "parties":
        strangers = [p for p in parties(text) if p not in run.setting.members]
        return f"Name members only; {strangers[0][:40]} is none." if strangers else ""
    if datum.form == "instant":
        until = instant(text)
        good = until is not None and event.at < until and until.year <= LAST_YEAR
        return "" if good else "Write a later time with its zone: 2026-01-31T12:00Z."
    return ""


def parties(text: str) -> tuple[str, ...]:
    """Parties listed with spaces, commas or semicolons between them."""
    return tuple(dict.fromkeys(name for name in re.split(r"[\s,;]+", text) if name))


def instant(text: str) -> datetime | None:
    """The time written, where it has a zone and lies in the years that we count."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if in_range(found) else None


def in_range(at: datetime) -> bool:
    """Whether the time has a zone and lies in the years in which things can happen."""
    return at.utcoffset() is not None and FIRST_YEAR <= at.year <= LAST_YEAR
