"""Records to check: chains of acts drawn at random, some of them sealed."""

from typing import Any

import pytest

from commonhaven.record import Content, Entry, chain

AT = "2026-01-31T09:00:00.000000Z"


def act(number: int, **changes: Any) -> Content:
    given: dict[str, Any] = {
        "number": number,
        "at": f"2026-01-31T09:00:00.{number:06}Z",
        "act": "meeting convened",
        "subject": "meeting/7",
        "party": "GHA",
        "capacity": "member",
        "audience": "members" if number % 2 else "public",
        "release": "",
        "body": {"about": "influx", "arrivals": 12_000 + number, "shares": ["1/3", None, True]},
        "salt": f"{number:032x}",
    }
    return Content(**{**given, **changes})


@pytest.fixture
def entries() -> tuple[Entry, ...]:
    return chain(act(number) for number in range(1, 7))
