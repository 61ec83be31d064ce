"""Steps in the calendar."""

from calendar import monthrange
from datetime import date

from commonhaven.reading.problem import Problem


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
