"""Periods of time, counted where the group lives.

Every clock is an instant in UTC. Hours are elapsed hours. Days, months and years are calendar
steps in the group's zone: the same hour of another day, or the end of that day.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from commonhaven.reading import Problem, months_after

Counting = Literal["same hour", "end of day", "end of working day"]
UNITS = (
    "hours", "days", "weeks", "working days", "sitting days", "months", "years",
    "day of the year",
)  # fmt: skip
LONGEST: Mapping[str, int] = {
    "hours": 876_000, "days": 36_500, "weeks": 5_200, "working days": 26_000, "sitting days": 366,
    "months": 1_200, "years": 100,
}  # fmt: skip
"""About a hundred years in every unit: more is a slip of the pen."""
MAY_BE_NONE = ("hours", "days", "weeks", "working days")
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years in which things can happen; outside them a date is a slip of the pen."""
SATURDAY = 5
LAST_MOMENT = time.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """So many units of time; for a day of the year, month and day as 1015."""

    number: int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Where and how days are counted."""

    zone: ZoneInfo
    holidays: frozenset[date] = field(default_factory=frozenset)
    counting: Counting = "same hour"

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone(self.zone)

    def instant(self, day: date, hour: time) -> datetime:
        """The instant of a local hour.

        An hour that comes twice, when the clocks go back, means the later one: nobody loses an
        hour. An hour that does not exist, when they go forward, means as long after the change.
        """
        twice = datetime.combine(day, hour, self.zone).replace(fold=1)
        later = twice.astimezone(UTC)
        first = twice.replace(fold=0).astimezone(UTC)
        return max(later, first)

    def works(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.holidays


def zone(name: str, where: str = "zone") -> ZoneInfo:
    """The zone of that IANA name; Problem where there is none."""
    fix = "Write an IANA name such as Africa/Accra, Asia/Kathmandu or UTC."
    if not re.fullmatch(r"[A-Za-z0-9_+\-]+(/[A-Za-z0-9_+\-]+)*", name):
        raise Problem(f'no time zone is called "{name[:60]}"', where=where, fix=fix)
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        raise Problem(f'no time zone is called "{name[:60]}"', where=where, fix=fix) from None


def after(start: datetime, periods: Sequence[Period], calendar: Calendar) -> datetime:
    """The instant that lies the periods after ``start``.

    Steps of the calendar are added up and taken once from the first day, months before days, so
    that the 31st does not become the 28th on its way through February. The end of a month stands
    for a day that the month does not have.
    """
    units = {period.unit for period in periods}
    hours = timedelta(hours=_sum(periods, "hours"))
    if units <= {"hours"}:
        return start.astimezone(UTC) + hours
    local = calendar.local(start)
    if "day of the year" in units:
        day = _in_year(local.year, _sum(periods, "day of the year"))
        return _ends(months_after(day, 12 * _sum(periods, "years")), calendar)
    if "sitting days" in units:
        sat = local.date() + timedelta(days=_sum(periods, "sitting days") - 1)
        return _ends(sat, calendar)
    if "working days" in units:
        return _ends(_working(local.date(), _sum(periods, "working days"), calendar), calendar)
    day = months_after(local.date(), _sum(periods, "months") + 12 * _sum(periods, "years"))
    day += timedelta(days=_sum(periods, "days") + 7 * _sum(periods, "weeks"))
    return _counted(day, local.time(), calendar) + hours


def _sum(periods: Sequence[Period], unit: str) -> int:
    return sum(period.number for period in periods if period.unit == unit)


def _counted(day: date, hour: time, calendar: Calendar) -> datetime:
    if calendar.counting == "same hour":
        return calendar.instant(day, hour)
    while calendar.counting == "end of working day" and not calendar.works(day):
        day += timedelta(days=1)
    return _ends(day, calendar)


def _ends(day: date, calendar: Calendar) -> datetime:
    return calendar.instant(day, LAST_MOMENT)


def _working(day: date, number: int, calendar: Calendar) -> date:
    """The day after so many working days; the day of the event itself does not count."""
    left = number
    while left:
        day += timedelta(days=1)
        left -= calendar.works(day)
    return day


def _in_year(year: int, month_day: int) -> date:
    """The day of the year in which the clock starts, also where it has passed by then."""
    month, of_month = divmod(month_day, 100)
    return date(year, month, of_month)
