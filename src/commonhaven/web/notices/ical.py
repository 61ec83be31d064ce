"""A calendar as an iCalendar file (RFC 5545)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Alarm, Calendar, Event

from commonhaven import __version__
from commonhaven.web.notices.entry import Entry


def file_of(name: str, entries: Sequence[Entry]) -> bytes:
    """The file: each entry on its group's clock, with the rules of that clock beside it.

    It says the same for the same entries, so that a reader can ask whether anything changed.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Commonhaven//Commonhaven {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(minutes=15), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT15M")
    for entry in entries:
        calendar.add_component(_event(entry))
    if entries:
        first, last = _span(entries)
        calendar.add_missing_timezones(first_date=first, last_date=last)
    return bytes(calendar.to_ical())


def _span(entries: Sequence[Entry]) -> tuple[date, date]:
    """The days for which the rules of the clocks are told: a year round the entries."""
    days = [
        each.begins.date() if isinstance(each.begins, datetime) else each.begins for each in entries
    ]
    return min(days) - timedelta(days=366), max(days) + timedelta(days=366)


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@{urlsplit(settings.PLATFORM.address).hostname}")
    event.add("dtstamp", entry.stamp.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", entry.stamp.astimezone(UTC).replace(microsecond=0))
    event.add("summary", entry.title)
    if entry.text:
        event.add("description", entry.text)
    if entry.place:
        event.add("location", entry.place)
    if entry.path:
        event.add("url", settings.PLATFORM.address.rstrip("/") + entry.path)
    if isinstance(entry.begins, datetime):
        event.add("dtstart", _there(entry.begins, entry.zone))
        if isinstance(entry.ends, datetime) and entry.ends > entry.begins:
            event.add("dtend", _there(entry.ends, entry.zone))
    else:
        event.add("dtstart", entry.begins)
        event.add("dtend", (entry.ends or entry.begins) + timedelta(days=1))
    event.add("transp", "OPAQUE" if entry.busy else "TRANSPARENT")
    if entry.tentative:
        event.add("status", "TENTATIVE")
    for before in entry.alarms:
        event.add_component(_alarm(entry, before))
    return event


def _there(at: datetime, zone: str) -> datetime:
    """The instant on the group's clock, to the second."""
    return at.astimezone(ZoneInfo(zone or "UTC")).replace(microsecond=0)


def _alarm(entry: Entry, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", -before)
    return alarm
