"""The 30 days for a reply to a score: on the first page, in calendars, in reminders."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from years import DAY

from commonhaven.web.accounts.models import User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.good_faith import actions
from commonhaven.web.good_faith.actions import Said
from commonhaven.web.good_faith.models import Assessment, Version
from commonhaven.web.home.queries import Desk, desks
from commonhaven.web.kit.audience import Seat
from commonhaven.web.notices.actions import make_feed
from commonhaven.web.notices.models import Notice
from commonhaven.web.notices.rounds import tick

Seats = Callable[[str], Seat]
Cast = Callable[[str], User]
SECOND = timedelta(seconds=1)
WHAT = "Reply to your good-faith score"
LATE = Said(criterion="reported", text="Nothing came for June", where="Register")


def desk(person: Cast, who: str, at: datetime) -> Desk:
    (found,) = desks(viewer_of(person(who), at))
    return found


def awaits(person: Cast, who: str, at: datetime) -> list[tuple[str, datetime | None]]:
    """The tasks to reply of somebody: for whom, until when."""
    tasks = desk(person, who, at).tasks
    return [(one.party, one.due) for one in tasks if str(one.what).startswith(WHAT)]


def answered(row: Assessment, seat: Seats, at: datetime) -> None:
    actions.reply(assessment=row, state="FRA", text="We came.", by=seat("france"), at=at)


def test_the_reply_waits_for_those_who_speak_for_the_state_until_its_last_second(
    published: Assessment, person: Cast, now: datetime
) -> None:
    until = now + 30 * DAY
    assert awaits(person, "france", until) == [("FRA", until)]
    assert awaits(person, "ghana", now) == [("GHA", until)]
    assert awaits(person, "france", until + SECOND) == []
    for who in ("analyst", "secretariat", "unhcr", "ngo", "observer", "treasurer"):
        assert awaits(person, who, now) == []
        assert desk(person, who, now).running == []
    (period,) = desk(person, "france", now).running
    assert (period.due, period.party) == (until, "FRA")
    assert desk(person, "france", now).due == until
    assert desk(person, "france", until + SECOND).running == []


def test_no_reply_waits_before_there_is_a_score(
    reported: Assessment, person: Cast, now: datetime
) -> None:
    assert awaits(person, "france", now) == []


def test_the_first_page_leads_to_where_one_replies(
    published: Assessment, signed_in: Callable[[str], Client]
) -> None:
    france = signed_in("france")
    page = france.get("/").text
    url = f"/groups/west-africa/good-faith/{published.pk}/state/FRA/"
    assert f'{WHAT}, if you wish: <a href="{url}" dir="auto">{published.title}</a>' in page
    assert "No deadline binds you." not in page
    assert f'href="{url}reply/"' in france.get(url).text


def test_who_replied_is_waited_for_again_only_when_the_time_begins_anew(
    published: Assessment, seat: Seats, person: Cast, now: datetime
) -> None:
    answered(published, seat, now + DAY)
    assert awaits(person, "france", now + DAY) == []
    actions.find(assessment=published, states=["FRA"], kept=False, said=LATE, by=seat("unhcr"),
                 at=now + 20 * DAY)  # fmt: skip
    assert awaits(person, "france", now + 40 * DAY) == [("FRA", now + 50 * DAY)]
    answered(published, seat, now + 41 * DAY)
    came = Said(criterion="reported", text="It came", where="Register")
    actions.find(assessment=published, states=["FRA"], kept=True, said=came, by=seat("unhcr"),
                 at=now + 42 * DAY)  # fmt: skip
    assert awaits(person, "france", now + 42 * DAY) == []
    assert awaits(person, "ghana", now + 40 * DAY) == []


@pytest.fixture
def events(person: Cast, now: datetime) -> Callable[[str], dict[str, object]]:
    """What stands in somebody's calendar."""

    def found(who: str) -> dict[str, object]:
        token = make_feed(user=person(who), at=now)
        calendar = Calendar.from_ical(Client().get(f"/notices/calendar/{token}.ics").content)
        return {str(one["UID"]).partition("@")[0]: one for one in calendar.walk("VEVENT")}

    return found


def test_the_end_of_the_time_stands_in_the_calendar_of_the_state_with_alarms(
    published: Assessment, seat: Seats, events: Callable[[str], dict[str, object]], now: datetime
) -> None:
    ((uid, event),) = events("france").items()
    assert uid == f"score-{published.pk}-FRA"
    assert event["SUMMARY"] == (  # type: ignore[index]
        f"By now: France replies to its score, if it wishes ({published.title})"
    )
    assert event["DTSTART"].dt == (now + 30 * DAY).replace(microsecond=0)  # type: ignore[index]
    assert str(event["URL"]).endswith(published.state_url("FRA"))  # type: ignore[index]
    alarms = [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]  # type: ignore[attr-defined]
    assert alarms == [-DAY, -timedelta(hours=1)]
    for who in ("analyst", "unhcr", "ngo", "observer"):
        assert events(who) == {}
    answered(published, seat, now)
    assert events("france") == {}


def test_the_state_is_reminded_a_week_and_a_day_before_the_end_once_each(
    published: Assessment, seat: Seats, person: Cast, now: datetime
) -> None:
    for who in ("france", "ghana", "analyst", "secretariat", "ngo"):
        person(who)
    answered(published, seat, now)
    until = now + 30 * DAY

    def told(at: datetime) -> list[tuple[str, str, bool]]:
        tick(at)
        rows = Notice.objects.filter(kind="score open").order_by("created_at")
        return [(one.user.email.partition("@")[0], one.text, one.to_do) for one in rows]

    assert told(until - 7 * DAY - SECOND) == []
    first = ("ghana", f"{published.title}: Ghana may still reply to its good-faith score.", True)
    assert told(until - 7 * DAY) == [first]
    assert told(until - 2 * DAY) == [first]
    assert told(until - DAY) == [first, first]
    assert told(until + SECOND) == [first, first]


def copied(row: Assessment, title: str) -> None:
    """Another published year with the same scores."""
    versions = list(row.versions.all())
    row.pk, row.title = None, title
    row.save(force_insert=True)
    for one in versions:
        one.pk, one.assessment = None, row
    Version.objects.bulk_create(versions)


def test_as_many_queries_for_4_years_as_for_1(
    published: Assessment, signed_in: Callable[[str], Client]
) -> None:
    france = signed_in("france")

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert france.get("/").status_code == 200
        return len(caught)

    queries()
    few = queries()
    for title in ("Year 2", "Year 3", "Year 4"):
        copied(Assessment.objects.get(pk=published.pk), title)
    assert queries() == few
    assert france.get("/").text.count(WHAT) == 2 * 4
