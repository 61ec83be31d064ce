"""What was asked for in vain: on the page of what is due, before the annual review, in the API."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from due_cast import Acts, Promises, acts, promises

from commonhaven.web.commitments.dated import end_of
from commonhaven.web.commitments.review import before_review
from commonhaven.web.groups.models import Caucus, Group
from commonhaven.web.kit.audience import Seat, Viewer
from commonhaven.web.meetings import actions as meetings
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.record.actions import Placing

__all__ = ["acts", "promises"]
Clients = Callable[[str], Client]
SECOND = timedelta(seconds=1)
DUE = "/groups/west-africa/promises/due/"
API = "/api/v1/groups/west-africa/review"


@pytest.fixture
def long_ago(now: datetime) -> date:
    return now.date() - timedelta(days=91)


@pytest.fixture
def review(group: Group, seat: Callable[[str], Seat], now: datetime) -> Meeting:
    return meetings.convene(
        group=group, title="Review", kind="annual review", by=seat("ghana"),
        at=now - timedelta(hours=1),
    )  # fmt: skip


def test_list_begins_with_the_first_second_of_the_day(
    promises: Promises, viewer: Callable[[str], Viewer], group: Group, now: datetime
) -> None:
    Group.objects.update(zone="Asia/Kathmandu")
    group.refresh_from_db()
    due = now.date() + timedelta(days=3)
    promises(due)
    begins = end_of(due, "Asia/Kathmandu") + SECOND + timedelta(days=90)
    who: Viewer = viewer("france")

    def listed(at: datetime) -> list[tuple[str, date]]:
        found = before_review(Viewer(at=at, user=who.user, seats=who.seats), group)
        return [(one.row.title, one.asking.since) for one in found]

    assert listed(begins - SECOND) == []
    assert listed(begins) == [("Classrooms", due + timedelta(days=91))]


def test_page_and_api_list_what_is_overdue_longest_first(
    promises: Promises, acts: Acts, signed_in: Clients, long_ago: date
) -> None:
    fund = acts.open()
    acts.call(fund, long_ago - timedelta(days=5))
    row = promises(long_ago, long_ago + timedelta(days=1))
    answer = signed_in("ghana").get(API).json()
    assert answer == [
        {"of": "fund", "id": fund.pk, "title": "Standing fund", "party": "FRA",
         "instalment": "contribution", "due": (long_ago - timedelta(days=5)).isoformat(),
         "missing": "500", "unit": "USD",
         "since": (long_ago + timedelta(days=86)).isoformat()},
        {"of": "commitment", "id": row.pk, "title": "Classrooms", "party": "FRA",
         "instalment": "1", "due": long_ago.isoformat(), "missing": "300", "unit": "USD",
         "since": (long_ago + timedelta(days=91)).isoformat()},
    ]  # fmt: skip
    text = signed_in("ghana").get(DUE).text.partition('id="review"')[2]
    assert text.index("Standing fund") < text.index("Classrooms")
    promises.deliver(row, 300)
    assert [one["of"] for one in signed_in("ghana").get(API).json()] == ["fund"]


def test_page_of_the_annual_review_lists_it_and_other_meetings_do_not(
    promises: Promises, review: Meeting, seat: Callable[[str], Seat], signed_in: Clients,
    group: Group, long_ago: date, now: datetime,
) -> None:  # fmt: skip
    promises(long_ago)
    other = meetings.convene(group=group, title="Arrivals", by=seat("ghana"), at=now)
    assert "Classrooms" in signed_in("ghana").get(review.get_absolute_url()).text
    text = signed_in("ghana").get(other.get_absolute_url()).text
    assert "For this review" not in text
    assert "Classrooms" not in text


def test_closed_review_lists_what_stood_when_it_was_closed(
    promises: Promises, review: Meeting, seat: Callable[[str], Seat], signed_in: Clients,
    long_ago: date, now: datetime,
) -> None:  # fmt: skip
    row = promises(long_ago)
    Meeting.objects.filter(pk=review.pk).update(closed_at=promises.at + SECOND)
    promises.at += 2 * SECOND
    promises.deliver(row)
    assert signed_in("ghana").get(API).json() == []
    assert "Classrooms" in signed_in("ghana").get(review.get_absolute_url()).text


@pytest.mark.parametrize(("who", "sees"), [("france", 2), ("ghana", 0), ("secretariat", 0)])
def test_what_is_hidden_is_on_nobody_else_s_list(
    group: Group, promises: Promises, acts: Acts, review: Meeting, signed_in: Clients,
    long_ago: date, who: str, sees: int,
) -> None:  # fmt: skip
    donors = Caucus.objects.create(group=group, name="donors", parties=["FRA"])
    placing = Placing(audience="caucus", caucus=donors)
    promises(long_ago, title="Hidden promise", placing=placing)
    acts.call(acts.open("Hidden fund", placing), long_ago)
    client = signed_in(who)
    assert len(client.get(API).json()) == sees
    for url in (DUE, review.get_absolute_url()):
        assert (client.get(url).text.count("Hidden") > 0) == (sees > 0)


def test_as_many_queries_for_30_as_for_3(
    promises: Promises, acts: Acts, review: Meeting, signed_in: Clients, long_ago: date
) -> None:
    client = signed_in("ghana")

    def more(number: int) -> None:
        for _ in range(number):
            promises(long_ago)
            acts.call(acts.open(), long_ago)

    def queries() -> list[int]:
        counts: list[Any] = []
        for url in (DUE, API, review.get_absolute_url()):
            with CaptureQueriesContext(connection) as seen:
                assert client.get(url).status_code == 200
            counts.append(len([q for q in seen.captured_queries if "api_window" not in q["sql"]]))
        return counts

    more(3)
    queries()
    few = queries()
    more(27)
    assert queries() == few
