"""Periods across zones, changes of the clocks, leap years and ends of months."""

from datetime import UTC, date, datetime, timedelta

import pytest

from commonhaven.procedures.periods import Calendar, Counting, Period, after, zone
from commonhaven.reading import Problem, months_after


def count(start: str, number: int, unit: str, place: str, counting: Counting = "same hour") -> str:
    calendar = Calendar(zone=zone(place), counting=counting)
    found = after(datetime.fromisoformat(start), (Period(number=number, unit=unit),), calendar)
    return found.astimezone(UTC).isoformat()


@pytest.mark.parametrize(
    ("start", "number", "unit", "place", "expect"),
    [
        # Forward in Brussels on 29 March 2026: a local day of 23 hours, 48 elapsed hours.
        ("2026-03-28T12:00:00+01:00", 1, "days", "Europe/Brussels", "2026-03-29T10:00:00+00:00"),
        ("2026-03-28T12:00:00+01:00", 48, "hours", "Europe/Brussels", "2026-03-30T11:00:00+00:00"),
        # Back on 25 October 2026: a local day of 25 hours.
        ("2026-10-24T12:00:00+02:00", 1, "days", "Europe/Brussels", "2026-10-25T11:00:00+00:00"),
        # 02:30 does not exist on 29 March: as long after the change, 03:30.
        ("2026-03-28T02:30:00+01:00", 1, "days", "Europe/Brussels", "2026-03-29T01:30:00+00:00"),
        # 02:30 comes twice on 25 October: the later one.
        ("2026-10-24T02:30:00+02:00", 1, "days", "Europe/Brussels", "2026-10-25T01:30:00+00:00"),
        # New York: 8 March and 1 November 2026.
        ("2026-03-07T12:00:00-05:00", 1, "days", "America/New_York", "2026-03-08T16:00:00+00:00"),
        ("2026-10-31T12:00:00-04:00", 1, "days", "America/New_York", "2026-11-01T17:00:00+00:00"),
        ("2026-10-31T01:30:00-04:00", 1, "days", "America/New_York", "2026-11-01T06:30:00+00:00"),
        # Zones of three quarters and half an hour.
        ("2026-01-31T18:20:00+00:00", 1, "months", "Asia/Kathmandu", "2026-02-28T18:15:00+00:00"),
        ("2026-03-07T12:00:00-03:30", 1, "days", "America/St_Johns", "2026-03-08T14:30:00+00:00"),
        ("2026-01-01T00:00:00+00:00", 2, "weeks", "Asia/Kolkata", "2026-01-15T00:00:00+00:00"),
        # Leap years and ends of months.
        ("2028-02-29T10:00:00+00:00", 1, "years", "UTC", "2029-02-28T10:00:00+00:00"),
        ("2028-01-31T10:00:00+00:00", 1, "months", "UTC", "2028-02-29T10:00:00+00:00"),
        ("2026-08-31T10:00:00+00:00", 6, "months", "UTC", "2027-02-28T10:00:00+00:00"),
    ],
)
def test_period_in_a_zone(start: str, number: int, unit: str, place: str, expect: str) -> None:
    if place == "Asia/Kathmandu":  # 00:05 on 1 February there: the first of March, 00:05
        expect = "2026-02-28T18:20:00+00:00"
    assert count(start, number, unit, place) == expect


def test_end_of_day_is_that_of_the_groups_zone() -> None:
    found = count("2026-03-28T22:00:00+00:00", 1, "days", "Asia/Kolkata", "end of day")
    assert found == "2026-03-30T18:29:59.999999+00:00"


def test_end_of_day_that_comes_twice_is_the_later() -> None:
    # In Lord Howe's and most zones the change is at night; in Azores it is at 01:00 to 00:00.
    found = count("2026-10-24T12:00:00+00:00", 1, "days", "Atlantic/Azores", "end of day")
    assert found == "2026-10-26T00:59:59.999999+00:00"


def test_period_that_ends_on_a_saturday_ends_on_monday_where_working_days_are_kept() -> None:
    found = count("2026-10-16T08:00:00+00:00", 15, "days", "UTC", "end of working day")
    assert found == "2026-11-02T23:59:59.999999+00:00"


def test_working_days_leave_out_weekends_and_holidays() -> None:
    calendar = Calendar(zone=zone("UTC"), holidays=frozenset({date(2026, 4, 6)}))
    friday = datetime(2026, 4, 3, 9, tzinfo=UTC)
    found = after(friday, (Period(number=2, unit="working days"),), calendar)
    assert found == datetime(2026, 4, 8, 23, 59, 59, 999999, tzinfo=UTC)


def test_sitting_days_count_the_first() -> None:
    assert count("2026-04-03T09:00:00+00:00", 2, "sitting days", "UTC")[:10] == "2026-04-04"


def test_day_of_the_year_is_that_of_the_year_in_which_the_clock_starts() -> None:
    assert count("2026-10-15T09:00:00+00:00", 1015, "day of the year", "UTC")[:10] == "2026-10-15"
    assert count("2026-10-16T09:00:00+00:00", 1015, "day of the year", "UTC")[:10] == "2026-10-15"


def test_calendar_steps_add_up_before_they_are_taken() -> None:
    calendar = Calendar(zone=zone("UTC"))
    start = datetime(2026, 8, 31, tzinfo=UTC)
    half = Period(number=6, unit="months")
    assert after(start, (half, half), calendar) == datetime(2027, 8, 31, tzinfo=UTC)


def test_hours_are_elapsed_hours_in_every_zone() -> None:
    start = datetime(2026, 3, 28, 12, tzinfo=UTC)
    for place in ("Europe/Brussels", "America/St_Johns", "Asia/Kathmandu"):
        found = after(start, (Period(number=48, unit="hours"),), Calendar(zone=zone(place)))
        assert found - start == timedelta(hours=48)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "Europe", "/UTC", "a\0b"])
def test_unknown_zone_is_refused_with_advice(name: str) -> None:
    with pytest.raises(Problem, match="no time zone is called"):
        zone(name)


def test_months_go_back_and_forth() -> None:
    assert months_after(date(2026, 1, 31), 13) == date(2027, 2, 28)
    assert months_after(date(2026, 12, 31), 2) == date(2027, 2, 28)
    assert months_after(date(2026, 12, 1), 12) == date(2027, 12, 1)
