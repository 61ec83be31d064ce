"""Days of which a source gives only the month or the year, and what can be said of a day then."""

from calendar import monthrange
from datetime import date
from typing import Literal

from commonhaven.reading import Problem

FORM = r"([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?"
FORM_TO_WRITE = "Write 2022, 2022-04 or 2022-04-30, as far as it is known."

Known = Literal["yes", "no", "not known"]
"""An answer that may be missing: what is not known is neither yes nor no."""


def earliest(text: str, where: str = "") -> date:
    """The first day that the text may mean; Problem where it names no day of the calendar.

    >>> earliest("2022"), earliest("2022-04-30")
    (datetime.date(2022, 1, 1), datetime.date(2022, 4, 30))
    """
    year, month, day = (*(text.split("-")), "01", "01")[:3]
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        said = f'"{text[:20]}" is no day of the calendar'
        raise Problem(said, where=where, fix=FORM_TO_WRITE) from None


def latest(text: str, where: str = "") -> date:
    """The last day that the text may mean.

    >>> latest("2022"), latest("2022-02")
    (datetime.date(2022, 12, 31), datetime.date(2022, 2, 28))
    """
    first = earliest(text, where)
    parts = text.count("-")
    if parts == 2:
        return first
    month = first.month if parts else 12
    return date(first.year, month, monthrange(first.year, month)[1])


def begun(since: str, day: date) -> Known:
    """Whether what began at ``since`` has begun on the day; what has no date has always been."""
    if not since or latest(since) <= day:
        return "yes"
    return "no" if day < earliest(since) else "not known"


def over(until: str, day: date) -> Known:
    """Whether what lasted until ``until`` (its last day) is over; what has no end is not."""
    if not until or day <= earliest(until):
        return "no"
    return "yes" if latest(until) < day else "not known"


def lasting(since: str, until: str, day: date) -> Known:
    """Whether something was so on the day.

    >>> lasting("2011", "2022", date(2022, 6, 1)), lasting("2011", "2022", date(2021, 6, 1))
    ('not known', 'yes')
    """
    start, end = begun(since, day), over(until, day)
    if start == "no" or end == "yes":
        return "no"
    return "yes" if start == "yes" and end == "no" else "not known"
