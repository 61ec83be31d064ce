"""One line of a calendar."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from commonhaven.web.kit.audience import Viewer

DAY_BEFORE = timedelta(days=1)
ALARMS = (timedelta(hours=24), timedelta(hours=1))
DAYS = (timedelta(days=7), DAY_BEFORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a calendar: over a time in a zone, or on a day or several.

    ``ends``: of days, the last one. ``tentative``: not certain to take place. ``alarms``: how long
    before it the reader is reminded; only where the reader has to act.
    """

    uid: str
    title: str
    begins: datetime | date
    ends: datetime | date | None = None
    zone: str = "UTC"
    text: str = ""
    place: str = ""
    path: str = ""
    stamp: datetime
    alarms: tuple[timedelta, ...] = ()
    busy: bool = False
    tentative: bool = False


def own_parties(viewer: Viewer, group: int) -> frozenset[str]:
    """The parties for which a person acts in a group."""
    return frozenset(seat.party for seat in viewer.seats_in(group) if seat.capacity != "analyst")
