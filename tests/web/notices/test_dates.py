"""Promises and funds in calendars: days, replies, releases, for whom they are."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from due_cast import Acts, Promises
from icalendar import Calendar

from commonhaven.web.accounts.models import User
from commonhaven.web.commitments.models import Commitment
from commonhaven.web.funds.models import Fund
from commonhaven.web.groups.models import Caucus, Group
from commonhaven.web.notices.actions import make_feed, tick
from commonhaven.web.record.actions import PUBLIC, Placing

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PUBLIC_FEED = "/notices/calendar/public/west-africa.ics"
Found = dict[str, Any]


@pytest.fixture
def feed(person: Callable[[str], User], now: datetime) -> Callable[[str], Found]:
    """What stands in somebody's calendar, by the beginning of its name."""

    def found(who: str) -> Found:
        token = make_feed(user=person(who), at=now)
        return events(Client().get(f"/notices/calendar/{token}.ics").content)

    return found


def events(body: bytes) -> Found:
    calendar = Calendar.from_ical(body)
    return {str(one["UID"]).partition("@")[0]: one for one in calendar.walk("VEVENT")}


def titles(found: Found) -> list[str]:
    return [str(one["SUMMARY"]) for one in found.values()]


@pytest.fixture
def day(now: datetime) -> date:
    return now.date() + timedelta(days=40)


def test_instalment_stands_on_its_day_for_giver_and_receiver(
    promises: Promises, feed: Callable[[str], Found], day: date
) -> None:
    row = promises(day)
    (uid,) = own = feed("france")
    assert uid == f"commitment-{row.pk}-1-FRA-{day:%Y%m%d}"
    event = own[uid]
    assert (str(event["SUMMARY"]), event["DTSTART"].dt) == (
        "Due: Classrooms, 300 USD of France", day,
    )  # fmt: skip
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [-7 * DAY, -DAY]
    assert str(event["URL"]).endswith(row.get_absolute_url())
    received = feed("ghana")[uid]
    assert received.walk("VALARM") == []
    for who in ("germany", "liberia", "analyst", "secretariat", "ngo", "observer", "outsider"):
        assert feed(who) == {}


def test_day_follows_what_is_given_and_more_time(
    promises: Promises, feed: Callable[[str], Found], day: date
) -> None:
    row = promises(day)
    later = day + timedelta(days=9)
    promises.step(row, "ghana", "postponed", instalment="1", until=later, says="rain")
    (event,) = feed("france").values()
    assert event["DTSTART"].dt == later
    promises.deliver(row, 100)
    assert titles(feed("france")) == ["Due: Classrooms, 200 USD of France"]
    promises.deliver(row, 200)
    assert feed("france") == {}


def test_reply_to_a_dispute_stands_at_its_second_on_the_group_s_clock(
    promises: Promises, feed: Callable[[str], Found], day: date
) -> None:
    Group.objects.update(zone="Asia/Kathmandu")
    row = promises(day)
    promises.step(row, "ghana", "disputed", 50, of=promises.deliver(row), says="less came")
    due = (promises.at + 30 * DAY).replace(microsecond=0)
    name = f"reply-c{row.pk}.4"
    event = feed("france")[name]
    assert event["DTSTART"].dt.astimezone(UTC) == due
    assert event["DTSTART"].dt.utcoffset() == timedelta(hours=5, minutes=45)
    assert str(event["SUMMARY"]) == "By now: France answers a dispute (Classrooms)"
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [-24 * HOUR, -HOUR]
    assert feed("ghana")[name].walk("VALARM") == []
    assert name not in feed("germany")
    promises.step(row, "france", "replied", of=f"c{row.pk}.4", says="it went by ship")
    assert name not in feed("france")


def test_contribution_and_release_stand_for_those_whose_they_are(
    acts: Acts, feed: Callable[[str], Found], day: date, now: datetime,
    forward: Callable[[timedelta], None],
) -> None:  # fmt: skip
    row, convened = acts.open(), now - timedelta(hours=6)
    acts.call(row, day)
    acts(row, "treasurer", "paid", 200, party="FRA")
    acts(row, "ghana", "asked", 90, says="reception", convened=convened)
    (event,) = feed("france").values()
    assert (str(event["SUMMARY"]), event["DTSTART"].dt) == (
        "Due: Standing fund, 300 USD of France", day,
    )  # fmt: skip
    (release,) = feed("treasurer").values()
    until = (convened + timedelta(hours=48)).replace(microsecond=0)
    assert release["DTSTART"].dt.astimezone(UTC) == until
    assert len(release.walk("VALARM")) == 2
    assert [one.walk("VALARM") for one in feed("ghana").values()] == [[]]
    for who in ("germany", "unhcr", "analyst", "ngo"):
        assert feed(who) == {} or who == "unhcr"
    forward(timedelta(hours=43))
    assert feed("treasurer") == feed("ghana") == {}


def test_public_calendar_holds_what_is_public_only(
    group: Group, promises: Promises, acts: Acts, feed: Callable[[str], Found], day: date
) -> None:
    donors = Caucus.objects.create(group=group, name="donors", parties=["FRA"])
    hidden = Placing(audience="caucus", caucus=donors)
    for title, placing in (("Open", PUBLIC), ("Closed", Placing()), ("Hidden", hidden)):
        promises(day, title=title, placing=placing)
        acts.call(acts.open(f"{title} fund", placing), day)
    shown = titles(events(Client().get(PUBLIC_FEED).content))
    assert shown == ["Due: Open, 300 USD of France", "Due: Open fund, 500 USD of France"]
    assert len(feed("france")) == 6
    assert sorted(titles(feed("ghana"))) == [
        "Due: Closed, 300 USD of France", "Due: Open, 300 USD of France",
    ]  # fmt: skip
    assert Commitment.objects.count() == Fund.objects.count() == 3


def test_feed_asks_as_often_for_30_promises_and_funds_as_for_3(
    person: Callable[[str], User], promises: Promises, acts: Acts, day: date, now: datetime
) -> None:
    address = f"/notices/calendar/{make_feed(user=person('france'), at=now)}.ics"
    counts = []
    for more in (3, 27):
        for _ in range(more):
            row = promises(day)
            promises.step(row, "ghana", "disputed", 50, of=promises.deliver(row, 100), says="no")
            acts.call(acts.open(), day)
        with CaptureQueriesContext(connection) as seen:
            assert len(events(Client().get(address).content)) >= 3 * more
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_days_far_away_are_in_no_calendar_and_break_nothing(
    group: Group, promises: Promises, acts: Acts, feed: Callable[[str], Found],
    signed_in: Callable[[str], Client], now: datetime,
) -> None:  # fmt: skip
    for zone in ("America/Bogota", "Asia/Kathmandu"):
        Group.objects.update(zone=zone)
        for far in (date(1950, 1, 1), date(2199, 12, 31)):
            promises(far)
            acts.call(acts.open(), far)
        assert feed("france") == {}
        tick(now)
        for url in ("/", "/groups/west-africa/promises/due/", "/api/v1/groups/west-africa/review"):
            assert signed_in("france").get(url).status_code == 200
