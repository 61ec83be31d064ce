"""What waits for a person: the acts of every slice that only somebody like the person can do."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from commonhaven.web.commitments.dated import Ongoing
from commonhaven.web.funds.dated import Kept
from commonhaven.web.home.waiting import (
    accounts,
    charters,
    decisions,
    funds,
    meetings,
    plans,
    promises,
)
from commonhaven.web.home.waiting.task import Task
from commonhaven.web.kit.audience import Seat, Viewer
from commonhaven.web.meetings.queries import Standing

__all__ = ["Task", "tasks"]


def tasks(
    seats: Mapping[int, tuple[Seat, ...]],
    standings: Iterable[Standing],
    promised: Iterable[Ongoing],
    kept: Iterable[Kept],
    viewer: Viewer,
) -> dict[int, list[Task]]:
    """Group → what waits for the person in it, what has a date first.

    ``seats``: group → the person's seats in it; ``standings``, ``promised``, ``kept``: of the
    meetings, promises and funds that the person sees. The number of queries depends on nothing.
    """
    stood = {one.meeting.pk: one for one in standings}
    found: dict[int, list[Task]] = {group: [] for group in seats}
    for each in (
        charters.tasks(seats, viewer),
        meetings.tasks(seats, stood, viewer),
        plans.tasks(seats, viewer),
        decisions.tasks(seats, stood, viewer),
        promises.tasks(seats, promised, viewer),
        funds.tasks(seats, kept, viewer.at),
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
