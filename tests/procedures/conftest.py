"""A group of members and short ways to write a record."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from commonhaven.procedures import Event

T0 = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def after() -> Callable[..., datetime]:
    """The instant so long after the first event."""

    def instant(hours: int = 0, minutes: int = 0, seconds: int = 0) -> datetime:
        return T0 + timedelta(hours=hours, minutes=minutes, seconds=seconds)

    return instant


@pytest.fixture
def event() -> Callable[..., Event]:
    def make(kind: str, at: datetime, party: str = "", **data: str) -> Event:
        return Event(kind=kind, at=at, party=party, data=data)

    return make
