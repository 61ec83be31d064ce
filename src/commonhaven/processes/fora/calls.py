"""Which calls for input are open on a day, and how long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from commonhaven.processes.fora.model import Call, Forum
from commonhaven.processes.when import begun

State = Literal["open", "not open yet", "closed", "not known"]
ORDER: tuple[State, ...] = ("open", "not known", "not open yet", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCall:
    """A call on a day; ``days_left`` counts the last day in, and is None without a deadline."""

    forum: str
    cycle: str
    call: Call
    state: State
    days_left: int | None


def calls_on(known: Iterable[Forum], day: date) -> tuple[OpenCall, ...]:
    """Every call of the fora as it stands on the day, the most urgent of the open ones first."""
    found = [
        OpenCall(
            forum=forum.id, cycle=cycle.id, call=call, state=_state(call, day),
            days_left=_left(call.deadline, day),
        )
        for forum in known
        for cycle in forum.cycles
        for call in cycle.calls
    ]  # fmt: skip
    return tuple(sorted(found, key=_urgency))


def _left(deadline: date | None, day: date) -> int | None:
    return (deadline - day).days + 1 if deadline and deadline >= day else None


def _state(call: Call, day: date) -> State:
    if call.deadline and call.deadline < day:
        return "closed"
    opened = begun(call.opens, day) if call.opens else "not known"
    if opened == "no":
        return "not open yet"
    return "open" if opened == "yes" else "not known"


def _urgency(each: OpenCall) -> tuple[int, date, str, str]:
    return (ORDER.index(each.state), each.call.deadline or date.max, each.forum, each.call.id)
