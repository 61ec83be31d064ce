"""What waits for a person: the acts of every slice that only somebody like the person can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from commonhaven.web.commitments.dated import Ongoing
from commonhaven.web.funds.dated import Kept
from commonhaven.web.good_faith.replying import Awaited
from commonhaven.web.home.waiting import (
    accounts,
    charters,
    decisions,
    exchanges,
    funds,
    meetings,
    plans,
    promises,
    scores,
)
from commonhaven.web.home.waiting.task import Task
from commonhaven.web.kit.audience import Seat, Viewer
from commonhaven.web.meetings.queries import Standing

__all__ = ["Seen", "Task", "tasks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Where the meetings, promises, funds and scores stand that a person sees."""

    standings: Sequence[Standing]
    promised: Sequence[Ongoing]
    kept: Sequence[Kept]
    scored: Sequence[Awaited]


def tasks(
    seats: Mapping[int, tuple[Seat, ...]], seen: Seen, viewer: Viewer
) -> dict[int, list[Task]]:
    """Group → what waits for the person in it, what has a date first.

    ``seats``: group → the person's seats in it. The number of queries depends on nothing.
    """
    stood = {one.meeting.pk: one for one in seen.standings}
    found: dict[int, list[Task]] = {group: [] for group in seats}
    for each in (
        charters.tasks(seats, viewer),
        meetings.tasks(seats, stood, viewer),
        plans.tasks(seats, viewer),
        decisions.tasks(seats, stood, viewer),
        promises.tasks(seats, seen.promised, viewer),
        funds.tasks(seats, seen.kept, viewer.at),
        scores.tasks(seats, seen.scored),
        exchanges.tasks(seats, viewer),
        accounts.tasks(seats, viewer),
    ):
        for group, task in each:
            found[group].append(task)
    for held in found.values():
        held.sort(key=_in_order)
    return found


def _in_order(task: Task) -> tuple[bool, float]:
    """What has a date first; else in the order in which it was found."""
    due: datetime | None = task.due
    return (due is None, due.timestamp() if due else 0.0)
