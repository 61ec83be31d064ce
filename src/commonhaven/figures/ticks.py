"""Round marks for an axis."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
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


def even_numbers(most: Fraction, about: int = 4) -> list[Fraction]:
    """0 and even steps of the kind 1, 2, 5 up to the first at or beyond ``most``."""
    if most <= 0:
        return [Fraction(0)]
    power = Fraction(10) ** (len(str(ceil(most))) - 1 - len(str(about)))
    step = next(
        power * 10**zeros * digit
        for zeros in range(9)
        for digit in (1, 2, 5)
        if power * 10**zeros * digit * about >= most
    )
    return [step * n for n in range(ceil(most / step) + 1)]


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
