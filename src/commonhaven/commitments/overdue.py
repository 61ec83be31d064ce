"""What is asked after and when: reminders before a day, and steps that end in the annual review.

The days are our proposal (instrument commitments). As everywhere, the answer follows from the book
and the day alone: nothing is missed where nobody looked for a week.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from commonhaven.commitments.quantity import Quantity
from commonhaven.commitments.value import Book, Due
from commonhaven.instruments import entry
from commonhaven.reading import days_after, whole

Step = Literal["not yet", "reminded", "due", "overdue", "asked by the chair", "before the review"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Days before and after the day on which an instalment is due; and for a reply."""

    reminder: int
    chair: int
    review: int
    reply: int


def days_on(day: date | None = None) -> Days:
    """The days in force on a day; today's where none is given."""

    def number(name: str) -> int:
        return whole(entry("commitments", f"{name}_days", day).number, f"commitments/{name}_days")

    return Days(
        reminder=number("reminder"),
        chair=number("chair"),
        review=number("review"),
        reply=number("reply"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Where the asking for one instalment stands, since when, and what comes next."""

    due: Due
    step: Step
    since: date
    next: date | None

    @property
    def missing(self) -> Quantity:
        return self.due.missing


def askings(book: Book, today: date, days: Days | None = None) -> Iterator[Asking]:
    """Every instalment of which something is missing, with its step on a day."""
    for due in book.dues:
        if due.missing:
            yield asking(due, today, days or days_on(today))


def asking(due: Due, today: date, days: Days) -> Asking:
    """The step of one instalment on a day; the day itself is in time."""
    starts: tuple[tuple[Step, date], ...] = (
        ("reminded", days_after(due.due, -days.reminder)),
        ("due", due.due),
        ("overdue", days_after(due.due, 1)),
        ("asked by the chair", days_after(due.due, days.chair + 1)),
        ("before the review", days_after(due.due, days.review + 1)),
    )
    reached = [(step, day) for step, day in starts if day <= today]
    coming = [day for _, day in starts if day > today]
    step, since = reached[-1] if reached else ("not yet", date.min)
    return Asking(due=due, step=step, since=since, next=coming[0] if coming else None)
