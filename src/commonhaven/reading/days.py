"""Steps in the calendar."""

from calendar import monthrange
from datetime import date

from commonhaven.reading.problem import Problem

YEARS = range(1000, 9000)
"""Years of instants: every zone, and every period from one, ends within the calendar."""


def days_after(day: date, days: int) -> date:
    """So many days later, or before; the last day of the calendar, or the first, where it ends.

    >>> days_after(date(2026, 1, 31), 1), days_after(date.max, 1) == date.max
    (datetime.date(2026, 2, 1), True)
    """
    ordinal = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(ordinal)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day.

    Raises Problem where the calendar ends before.

    >>> months_after(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        said = f"{months} months after {day} is no date"
        raise Problem(said, where="months", fix="Give an earlier day.")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
