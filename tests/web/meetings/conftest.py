"""Meetings for the tests: convened by Ghana, opened, with people in the room."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from commonhaven.reading import canonical, digest
from commonhaven.web.groups.models import Caucus, ChairTerm, Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.queries import setting_of
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.models import Situation, SituationVersion

Seats = Callable[[str], Seat]
HOUR = timedelta(hours=1)


@pytest.fixture
def situation(group: Group, now: datetime) -> Situation:
    """People who flee from Mali; its members' records name the state of origin."""
    made = Situation.objects.create(
        group=group, audience="consultative", created_at=now, slug="mali", title="People from Mali",
        party="GHA",
    )  # fmt: skip
    value = {"id": "mali", "origin": "MLI"}
    SituationVersion.objects.create(
        situation=made, number=1, toml="", value=canonical(value), digest=digest(value),
        day=now.date(), party="GHA", given_at=now,
    )  # fmt: skip
    return made


@pytest.fixture
def chair(group: Group) -> ChairTerm:
    """Liberia is in the chair; ask for it before the seats."""
    return ChairTerm.objects.create(group=group, party="LBR", since=date(2026, 1, 1))


@pytest.fixture
def caucus(group: Group) -> Caucus:
    return Caucus.objects.create(group=group, name="Coastal states", parties=["GHA", "LBR"])


@pytest.fixture
def convened(group: Group, seat: Seats, now: datetime) -> Meeting:
    """An emergency meeting that Ghana has asked for; organisations see it."""
    return actions.convene(
        group=group, title="Arrivals from Mali", reason="More than we can bear", by=seat("ghana"),
        at=now, placing=Placing(audience="consultative"),
    )  # fmt: skip


def run(meeting: Meeting, seat: Seats, now: datetime) -> datetime:
    """Bring a meeting to where it sits; the instant at which it was opened."""
    actions.act(meeting=meeting, kind="acknowledge", by=seat("secretariat"), at=now + HOUR)
    notice = now + 49 * HOUR
    actions.act(meeting=meeting, kind="notify", by=seat("secretariat"), at=notice)
    opened = now + 100 * HOUR
    actions.act(meeting=meeting, kind="open-meeting", by=seat("secretariat"), at=opened)
    return opened


@pytest.fixture
def sitting(convened: Meeting, seat: Seats, now: datetime) -> tuple[Meeting, datetime]:
    """A meeting that sits, and an instant a little after it was opened."""
    return convened, run(convened, seat, now) + timedelta(minutes=5)


@pytest.fixture
def full(sitting: tuple[Meeting, datetime], seat: Seats) -> tuple[Meeting, datetime]:
    """A meeting with a quorum in the room."""
    meeting, at = sitting
    for member in setting_of(meeting, at).members[:20]:
        actions.arrive(meeting=meeting, by=seat("secretariat"), at=at, party=member)
    return meeting, at + timedelta(minutes=1)
