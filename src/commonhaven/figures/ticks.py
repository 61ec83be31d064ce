"""Round marks for an axis."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil


def root_numbers(most: int, apart: float = 0.1) -> list[int]:
    """0 and numbers of the kind 1, 2, 5 up to the first at or beyond ``most``.

    For an axis whose distances grow with the square root: two marks stand at least ``apart`` of its
    length from each other.
    """
    top = next(n for n in _one_two_five() if n >= most)
    found = [top]
    for number in sorted((n for n in _up_to(top)), reverse=True):
        here = (number / top) ** 0.5
        if here >= apart and (found[-1] / top) ** 0.5 - here >= apart:
            found.append(number)
    return [0, *reversed(found)]


def _one_two_five() -> Iterator[int]:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def _up_to(top: int) -> Iterator[int]:
    for number in _one_two_five():
        if number >= top:
            return
        yield number


STEPS = (
    timedelta(hours=1), timedelta(hours=3), timedelta(hours=6), timedelta(hours=12),
    timedelta(days=1), timedelta(days=2), timedelta(days=7), timedelta(days=14),
    timedelta(days=28), timedelta(days=91), timedelta(days=182), timedelta(days=365),
)  # fmt: skip


def moments(start: datetime, end: datetime, about: int = 4) -> Iterator[tuple[datetime, bool]]:
    """Round moments between two of one zone, and whether their hours matter.

    Steps count on the zone's own clock, so that marks stand at midnight also after a change of
    the hour.
    """
    span = end - start
    step = next((s for s in STEPS if s * about >= span), STEPS[-1] * ceil(span / STEPS[-1] / about))
    hours = step < timedelta(days=1)
    at = start.replace(hour=0, minute=0, second=0, microsecond=0)
    while at <= end:
        if at >= start:
            yield at, hours
        at += step
