"""A situation, a meeting that sits, a proposal before it: what the tests of talks start from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from commonhaven.situations import load
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.meetings.actions import act, arrive, convene
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.queries import setting_of
from commonhaven.web.plans.actions import compute_plan, give_opinion, table_plan
from commonhaven.web.plans.models import Plan
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.actions import open_situation
from commonhaven.web.situations.models import Situation

Seats = Callable[[str], Seat]
SITS_AFTER = timedelta(hours=98)
"""48 hours for answers, then a meeting between 48 and 72 hours after the notice."""
MEMBERS_IN_CAST = ("ghana", "liberia", "guinea", "france", "germany")


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A meeting that sits, and the instant at which all have arrived."""

    meeting: Meeting
    at: datetime


@pytest.fixture
def situation(group: Group, seat: Seats, now: datetime) -> Situation:
    return open_situation(
        group=group, value=load("liberia-1990"), by=seat("unhcr"), at=now - timedelta(days=6)
    )


@pytest.fixture
def plan(group: Group, situation: Situation, seat: Seats, now: datetime) -> Plan:
    """A plan that Ghana has computed, not tabled."""
    return compute_plan(
        group=group, situation=situation, by=seat("ghana"), at=now - timedelta(days=5)
    )


@pytest.fixture
def convened(group: Group, situation: Situation, seat: Seats, now: datetime) -> Meeting:
    return convene(
        group=group, situation=situation, title="Emergency meeting", reason="influx",
        by=seat("guinea"), at=now - timedelta(hours=100),
    )  # fmt: skip


def sit(meeting: Meeting, seat: Seats, parties: tuple[str, ...], at: datetime) -> Room:
    """Open a meeting in its time and let parties come in."""
    act(meeting=meeting, kind="open-meeting", by=seat("secretariat"), at=at)
    for number, party in enumerate(parties, 1):
        arrive(
            meeting=meeting, by=seat("secretariat"), at=at + timedelta(seconds=number), party=party
        )
    return Room(meeting=meeting, at=at + timedelta(minutes=5))


@pytest.fixture
def room(convened: Meeting, seat: Seats, now: datetime) -> Room:
    """All members are in the room; it sits since two hours ago."""
    at = now - timedelta(hours=2)
    return sit(convened, seat, setting_of(convened, at).members, at)


@pytest.fixture
def proposal(plan: Plan, convened: Meeting, seat: Seats, now: datetime) -> Plan:
    """The plan, tabled before the meeting."""
    return table_plan(plan=plan, meeting=convened, by=seat("ghana"), at=now - timedelta(hours=4))


@pytest.fixture
def seen(proposal: Plan, seat: Seats, now: datetime) -> Plan:
    """The proposal with UNHCR's opinion on it."""
    give_opinion(
        plan=proposal, finding="compatible", text="Nobody is sent into danger.",
        by=seat("unhcr"), at=now - timedelta(hours=3),
    )  # fmt: skip
    return proposal


PUBLIC = Placing(audience="public")
