"""One thing that waits for a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from commonhaven.web.kit.audience import Seat

Seats = Mapping[int, tuple[Seat, ...]]
"""Group → the person's seats in it."""
Words = str | Promise
"""A text in the language of the code, told in the reader's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be done, about what, where, by when; ``count``: how many of it wait there."""

    what: Words
    about: str
    url: str
    due: datetime | None = None
    party: str = ""
    count: int = 0
