"""How values are drawn on pages."""

from datetime import UTC, datetime

from commonhaven.web.kit.templatetags.kit import instant


def test_last_hours_of_the_calendar_are_told_in_utc() -> None:
    assert "UTC" in instant(datetime(9999, 12, 31, 23, 59, tzinfo=UTC), "Pacific/Auckland")
