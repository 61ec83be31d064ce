"""The cast of the talks, and what waits for whom of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from due_cast import acts, promises
from talks_cast import convened, plan, proposal, room, seen, situation

from commonhaven.web.accounts.models import User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.home.queries import desks

__all__ = ["acts", "convened", "plan", "promises", "proposal", "room", "seen", "situation"]
WHO = (
    "ghana", "liberia", "guinea", "france", "germany", "unhcr", "secretariat", "ngo", "observer",
    "analyst", "treasurer", "administrator",
)  # fmt: skip


@pytest.fixture
def waits_for(person: Callable[[str], User], now: datetime) -> Callable[..., set[str]]:
    """For whom of the cast, at an instant, something that begins with these words waits."""

    def found(what: str, *, after: timedelta = timedelta(0)) -> set[str]:
        return {
            who
            for who in WHO
            for desk in desks(viewer_of(person(who), now + after))
            if any(str(task.what).startswith(what) for task in desk.tasks)
        }

    return found
