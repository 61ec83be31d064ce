"""Clocks and obligations: told when they open, before they end, when they are missed, each once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonhaven.web.accounts.models import User
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat as Place
from commonhaven.web.meetings import actions as meetings
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.notices.models import Notice
from commonhaven.web.notices.rounds import tick
from commonhaven.web.record.actions import Placing

Cast = Callable[[str], User]
Places = Callable[[str], Place]
HOUR = timedelta(hours=1)


@pytest.fixture
def meeting(group: Group, seat: Places, person: Cast, now: datetime) -> Meeting:
    """Ghana has asked for a meeting: 24 hours to acknowledge, 48 to answer."""
    for who in ("liberia", "guinea", "secretariat", "ngo"):
        person(who)
    return meetings.convene(
        group=group, title="Arrivals", by=seat("ghana"), at=now,
        placing=Placing(audience="consultative"),
    )  # fmt: skip


def clocks(who: str) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(user__email=f"{who}@example.org", kind__startswith="clock")
    return [(row.kind, row.facts["what"]) for row in rows.order_by("created_at", "pk")]


def test_clock_is_told_when_it_opens_to_who_has_to_act(meeting: Meeting, now: datetime) -> None:
    tick(now)
    assert ("clock opened", "LBR answers the request") in clocks("liberia")
    assert [what for kind, what in clocks("secretariat") if kind == "clock opened"] == [
        "Acknowledge the request with the data sheet"
    ]
    assert ("clock opened", "GIN answers the request") not in clocks("liberia")
    assert clocks("ngo") == []


def test_each_clock_is_told_once_at_each_stage(meeting: Meeting, now: datetime) -> None:
    for minutes in range(0, 49 * 60, 30):
        tick(now + timedelta(minutes=minutes))
    own = [kind for kind, what in clocks("liberia") if what == "LBR answers the request"]
    assert own == ["clock opened", "clock runs out", "clock runs out", "clock missed"]


def test_round_after_a_week_off_tells_what_still_matters(meeting: Meeting, now: datetime) -> None:
    tick(now + timedelta(days=7))
    own = [kind for kind, what in clocks("liberia") if what == "LBR answers the request"]
    assert own == ["clock missed"]


def test_clock_that_was_met_is_not_told(meeting: Meeting, seat: Places, now: datetime) -> None:
    meetings.act(meeting=meeting, kind="reply", by=seat("liberia"), at=now + HOUR)
    tick(now + 47.5 * HOUR)
    own = [kind for kind, what in clocks("liberia") if what == "LBR answers the request"]
    assert own == []


def test_who_may_not_see_the_meeting_is_not_told_of_its_clocks(
    meeting: Meeting, now: datetime
) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(audience="members")
    Notice.objects.all().delete()
    tick(now)
    users = {row.user.email for row in Notice.objects.filter(kind__startswith="clock")}
    assert "ngo@example.org" not in users
    assert "liberia@example.org" in users


@pytest.fixture
def owed(group: Group, person: Cast, now: datetime) -> Obligation:
    """Liberia owes places in forty days."""
    person("liberia")
    person("guinea")
    decision = Decision.objects.create(
        group=group, number=1, title="D", mode="consensus", party="GHA", created_at=now
    )
    return Obligation.objects.create(
        group=group, decision=decision, code="LBR:places", party="LBR", kind="places",
        what="Places for 100 people", measured="Arrivals registered", created_at=now,
        due=now.date() + timedelta(days=40),
    )  # fmt: skip


def reminders() -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind__startswith="obligation").order_by("created_at", "pk")
    return [(row.user.email, row.kind) for row in rows]


def test_obligation_is_told_before_it_is_due_and_after(owed: Obligation, now: datetime) -> None:
    for day in range(44):
        tick(now + timedelta(days=day))
    assert reminders() == [
        ("liberia@example.org", "obligation due"),
        ("liberia@example.org", "obligation due"),
        ("liberia@example.org", "obligation due"),
        ("liberia@example.org", "obligation overdue"),
    ]


def test_obligation_reported_as_done_is_not_told(owed: Obligation, now: datetime) -> None:
    Obligation.objects.update(done_at=now)
    tick(now + timedelta(days=39))
    assert reminders() == []


def test_round_asks_as_often_for_thirty_obligations_as_for_three(
    owed: Obligation, now: datetime
) -> None:
    counts = []
    for more in (2, 27):
        for number in range(more):
            Obligation.objects.create(
                group=owed.group, decision=owed.decision, code=f"{more}-{number}", party="LBR",
                kind="places", what=f"{more} {number}", measured="m", created_at=now,
                due=now.date() + timedelta(days=20),
            )  # fmt: skip
        with CaptureQueriesContext(connection) as seen:
            tick(now)
        counts.append(len(seen))
        Notice.objects.update(mailed_at=now)
    assert counts[1] <= counts[0]
