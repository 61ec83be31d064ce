"""The calendar: what a person may see at that moment, on the group's clock, as a standard file."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from commonhaven.web.accounts.models import Seat, User
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat as Place
from commonhaven.web.meetings import actions as meetings
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.notices.actions import make_feed
from commonhaven.web.notices.entry import Entry
from commonhaven.web.notices.ical import file_of
from commonhaven.web.record.actions import Placing

Cast = Callable[[str], User]
Places = Callable[[str], Place]
HOUR = timedelta(hours=1)


def events(body: bytes) -> dict[str, Any]:
    calendar = Calendar.from_ical(body)
    return {str(one["UID"]).partition("@")[0]: one for one in calendar.walk("VEVENT")}


@pytest.fixture
def feed(person: Cast, now: datetime) -> Callable[[str], str]:
    """The address of a person's calendar."""

    def made(who: str) -> str:
        return f"/notices/calendar/{make_feed(user=person(who), at=now)}.ics"

    return made


@pytest.fixture
def meeting(group: Group, seat: Places, now: datetime) -> Meeting:
    return meetings.convene(group=group, title="Arrivals", by=seat("ghana"), at=now)


def test_feed_holds_own_clocks_with_alarms(
    meeting: Meeting, feed: Callable[[str], str], now: datetime
) -> None:
    found = events(Client().get(feed("liberia")).content)
    own = found[f"clock-{meeting.pk}-reply-LBR"]
    due = own["DTSTART"].dt
    assert due.astimezone(UTC) == (now + 48 * HOUR).replace(microsecond=0)
    assert [alarm["TRIGGER"].dt for alarm in own.walk("VALARM")] == [-24 * HOUR, -HOUR]
    assert f"clock-{meeting.pk}-reply-GIN" not in found


def test_feed_is_empty_for_who_may_not_see(meeting: Meeting, feed: Callable[[str], str]) -> None:
    assert events(Client().get(feed("ngo")).content) == {}
    assert events(Client().get(feed("outsider")).content) == {}


def test_feed_follows_the_seat_at_every_fetch(
    meeting: Meeting, feed: Callable[[str], str], person: Cast, now: datetime
) -> None:
    address = feed("liberia")
    assert events(Client().get(address).content) != {}
    yesterday = now.date() - timedelta(days=1)
    Seat.objects.filter(user=person("liberia")).update(until=yesterday)
    assert events(Client().get(address).content) == {}


def test_feed_follows_the_clock(
    meeting: Meeting, feed: Callable[[str], str], seat: Places, forward: Callable[..., None],
    now: datetime,
) -> None:  # fmt: skip
    address = feed("liberia")
    assert f"meeting-{meeting.pk}" not in events(Client().get(address).content)
    forward(49 * HOUR)
    found = events(Client().get(address).content)
    sitting = found[f"meeting-{meeting.pk}"]
    begins = sitting["DTSTART"].dt.astimezone(UTC)
    assert sitting["DTEND"].dt - sitting["DTSTART"].dt == 24 * HOUR
    assert begins == (now + 96 * HOUR).replace(microsecond=0)
    meetings.act(meeting=meeting, kind="open-meeting", by=seat("secretariat"), at=now + 100 * HOUR)
    forward(52 * HOUR)
    opened = events(Client().get(address).content)[f"meeting-{meeting.pk}"]
    assert opened["DTSTART"].dt.astimezone(UTC) == (now + 100 * HOUR).replace(microsecond=0)
    assert (str(opened["SUMMARY"]), str(opened["TRANSP"])) == ("Arrivals", "OPAQUE")


def test_feed_holds_agenda_and_obligations_of_own_parties(
    meeting: Meeting, group: Group, feed: Callable[[str], str], seat: Places,
    forward: Callable[..., None], now: datetime,
) -> None:  # fmt: skip
    meetings.propose_item(meeting=meeting, title="Who hosts", by=seat("ghana"), at=now)
    decision = Decision.objects.create(
        group=group, number=1, title="D", mode="consensus", party="GHA", created_at=now
    )
    for party in ("LBR", "GIN"):
        Obligation.objects.create(
            group=group, decision=decision, code=party, party=party, kind="places",
            what=f"Places, {party}", measured="m", created_at=now, due=date(2027, 3, 1),
        )  # fmt: skip
    forward(49 * HOUR)
    found = events(Client().get(feed("liberia")).content)
    assert "Who hosts" in str(found[f"meeting-{meeting.pk}"]["DESCRIPTION"])
    owed = [one for uid, one in found.items() if uid.startswith("obligation")]
    assert [(str(one["SUMMARY"]), one["DTSTART"].dt) for one in owed] == [
        ("Due: Places, LBR", date(2027, 3, 1))
    ]


def test_feed_says_when_nothing_changed(meeting: Meeting, feed: Callable[[str], str]) -> None:
    address = feed("liberia")
    first = Client().get(address)
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Cache-Control"] == "private, no-store"
    assert first["Content-Type"] == "text/calendar; charset=utf-8"


def test_address_can_be_renewed_and_withdrawn(
    meeting: Meeting, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("liberia")
    client.post("/notices/calendar/make/")
    page = client.get("/notices/calendar/")
    first = page.text.split("<code>http://127.0.0.1:8000")[1].split("</code>")[0]
    assert Client().get(first).status_code == 200
    assert "<code>http" not in client.get("/notices/calendar/").text
    client.post("/notices/calendar/make/")
    assert Client().get(first).status_code == 404
    second = client.get("/notices/calendar/").text.split("<code>http://127.0.0.1:8000")[1]
    second = second.split("</code>")[0]
    assert Client().get(second).status_code == 200
    client.post("/notices/calendar/withdraw/")
    assert Client().get(second).status_code == 404


def test_closed_account_has_no_feed(
    meeting: Meeting, feed: Callable[[str], str], person: Cast
) -> None:
    address = feed("liberia")
    User.objects.filter(pk=person("liberia").pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_public_calendar_holds_public_items_only(
    group: Group, seat: Places, signed_in: Callable[[str], Client], now: datetime
) -> None:
    shown = meetings.convene(
        group=group, title="Open", by=seat("ghana"), at=now, placing=Placing(audience="public")
    )
    hidden = meetings.convene(group=group, title="Closed", by=seat("guinea"), at=now)
    address = "/notices/calendar/public/west-africa.ics"
    nobody = Client().get(address).content
    assert nobody == signed_in("ghana").get(address).content
    keys = {uid.split("-")[1] for uid in events(nobody)}
    assert keys == {str(shown.pk)}
    assert str(hidden.pk) not in keys
    assert b"VALARM" not in nobody
    Group.objects.update(listed=False)
    assert signed_in("ghana").get(address).status_code == 404


@pytest.mark.parametrize(
    ("zone", "local", "utc"),
    [
        ("Europe/Brussels", (2026, 3, 28, 12, 0), (2026, 3, 28, 11, 0)),
        ("Europe/Brussels", (2026, 3, 29, 12, 0), (2026, 3, 29, 10, 0)),
        ("Europe/Brussels", (2026, 10, 25, 12, 0), (2026, 10, 25, 11, 0)),
        ("America/St_Johns", (2026, 7, 1, 9, 30), (2026, 7, 1, 12, 0)),
        ("Asia/Kathmandu", (2026, 7, 1, 12, 0), (2026, 7, 1, 6, 15)),
    ],
)
def test_zone_rules_in_the_file_give_the_same_instants(
    zone: str, local: tuple[int, ...], utc: tuple[int, ...]
) -> None:
    """A reader that knows no zones finds the offset in the file's own VTIMEZONE."""
    at = datetime(*local, tzinfo=ZoneInfo(zone))  # type: ignore[misc,arg-type]
    body = file_of("T", [Entry(uid="a", title="T", begins=at, zone=zone, stamp=at)])
    calendar = Calendar.from_ical(body)
    (event,) = calendar.walk("VEVENT")
    assert f"DTSTART;TZID={zone}:" in body.decode()
    assert event["DTSTART"].dt.astimezone(UTC) == datetime(*utc, tzinfo=UTC)  # type: ignore[misc,arg-type]
    (rules,) = calendar.walk("VTIMEZONE")
    told = rules.to_tz(lookup_tzid=False)
    naive = datetime(*local)  # type: ignore[misc,arg-type] # noqa: DTZ001 - a reader's own clock
    assert naive.replace(tzinfo=told).utcoffset() == at.utcoffset()
