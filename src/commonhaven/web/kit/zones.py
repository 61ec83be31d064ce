"""Time zones to choose from: by region, each with what its clock shows against UTC."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonhaven.web.kit import clock

REGIONS: dict[str, str | Promise] = {
    "Africa": _("Africa"), "America": _("America"), "Antarctica": _("Antarctica"),
    "Arctic": _("Arctic"), "Asia": _("Asia"), "Atlantic": _("Atlantic"),
    "Australia": _("Australia"), "Europe": _("Europe"), "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific"),
}  # fmt: skip
"""The first part of a zone's name → what the region is called."""
Choices = list[tuple[str | Promise, str | list[tuple[str, str]]]]


def zones() -> Choices:
    """UTC, then every zone under its region; names of no region stand at the end."""
    return [("UTC", "UTC"), *_regions(clock.now().date())]


def _regions(day: date) -> Iterator[tuple[str | Promise, list[tuple[str, str]]]]:
    named = _named(day)
    for region, called in REGIONS.items():
        yield called, [(zone, text) for zone, text in named if zone.startswith(f"{region}/")]
    yield (
        _("Other names"),
        [
            (zone, text)
            for zone, text in named
            if zone.partition("/")[0] not in REGIONS and zone != "UTC"
        ],
    )


@lru_cache(maxsize=2)
def _named(day: date) -> tuple[tuple[str, str], ...]:
    return tuple((zone, told(zone, day)) for zone in sorted(available_timezones()))


def told(zone: str, day: date) -> str:
    """A zone as a choice, with its offset at noon of a day.

    >>> told("Asia/Kathmandu", date(2026, 1, 1))
    'Kathmandu (UTC+05:45)'
    >>> told("America/Argentina/Buenos_Aires", date(2026, 1, 1))
    'Argentina, Buenos Aires (UTC-03:00)'
    """
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo(zone))
    ahead = noon.utcoffset() or timedelta(0)
    minutes = int(abs(ahead).total_seconds()) // 60
    sign = "-" if ahead < timedelta(0) else "+"
    region, _stroke, place = zone.partition("/")
    name = (place if region in REGIONS else zone).replace("/", ", ").replace("_", " ")
    return f"{name} (UTC{sign}{minutes // 60:02}:{minutes % 60:02})"
