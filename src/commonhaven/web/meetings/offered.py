"""What a person can do at a meeting: the act that is due first, then the rest in its order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from commonhaven.procedures import Deadline, Permission, procedure
from commonhaven.web.kit.audience import Seat
from commonhaven.web.meetings.forms import ActForm
from commonhaven.web.meetings.policy import PRESENCE
from commonhaven.web.meetings.queries import Standing, has_room, permitted

BALLOT = frozenset({"vote", "close-vote"})
"""Acts that are done on the page of a decision, where the vote is one."""
DECIDES = BALLOT | {"put"}
"""Acts that go by the pages of plans and decisions, where plans are before the meeting."""
DUE, VOTE, COUNT, OTHER, DONE = range(5)
"""How pressing an act is: a clock waits for it, a vote is open, and so on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An act that a seat may do now or later, with the form in which it is done.

    ``due``: when the clock ends that waits for it; None where none does.
    """

    seat: Seat
    permission: Permission
    form: ActForm
    now: bool
    rank: int
    due: datetime | None

    @property
    def pressing(self) -> bool:
        """Whether something waits for this act by this party."""
        return self.rank <= COUNT


def choices(
    standing: Standing, seats: Sequence[Seat], at: datetime, *, decided_apart: bool
) -> list[Choice]:
    """Everything that the seats may do by the procedure, the most pressing first.

    What has a page of its own is left out: coming and going in a room, and votes that are
    decisions on plans.
    """
    elsewhere = PRESENCE if has_room(standing.meeting) else frozenset[str]()
    elsewhere |= DECIDES if decided_apart else frozenset()
    found = [
        choice(standing, seat, one, f"{one.act}-{seat.id}-{number}", at)
        for seat in seats
        for number, one in enumerate(permitted(standing, seat))
        if one.act not in elsewhere
    ]
    return sorted(found, key=lambda one: (one.rank, one.due or at))


def choice(standing: Standing, seat: Seat, one: Permission, name: str, at: datetime) -> Choice:
    """One act as it is offered to a seat."""
    clock = min(waiting(standing, seat.party, one.act), key=lambda each: each.due, default=None)
    return Choice(
        seat=seat, permission=one,
        form=ActForm(
            permission=one, setting=standing.setting, prefix="", auto_id=f"{name}-%s"
        ),
        now=one.opens is None or one.opens <= at, due=clock.due if clock else None,
        rank=DUE if clock else rank(standing, seat.party, one.act),
    )  # fmt: skip


def waiting(standing: Standing, party: str, act: str) -> Iterator[Deadline]:
    """The open clocks that wait for this act by this party."""
    way = procedure(standing.meeting.procedure)
    for one in standing.state.deadlines:
        met_by = way.limit(one.id.partition(":")[0]).met_by
        if one.status == "open" and party in one.by and act in met_by:
            yield one


def rank(standing: Standing, party: str, act: str) -> int:
    """How pressing an act is for which no clock waits."""
    here = [one for one in procedure(standing.meeting.procedure).acts if one.kind == act]
    stage = standing.state.stage
    here = [one for one in here if stage in one.stages]
    since = standing.state.since
    done = any(
        step.kind == act and step.party == party and (since is None or step.at >= since)
        for step in standing.state.log
    )
    if done:
        return DONE
    if any(one.role == "vote" for one in here):
        return VOTE
    return COUNT if any(one.adopted for one in here) else OTHER
