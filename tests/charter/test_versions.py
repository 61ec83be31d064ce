"""Versions are dated, never changed, and one at most binds on any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.charter import (
    Charter,
    Group,
    Member,
    last_day,
    succession,
    version_on,
    versions,
)
from commonhaven.reading import Problem

START = date(2026, 1, 1)


def version(
    number: str, day: date, ends: date | None = None, *, state: str = "GHA", group: str = "coast"
) -> Charter:
    return Charter(
        group=Group(id=group, name={"en": "Coast"}, version=number, in_force=day, ends=ends),
        members=(Member(state=state, tier="inner core", since=START),),
    )


def test_version_binds_until_the_day_before_the_next() -> None:
    first, second = version("1", START), version("2", date(2027, 3, 1))
    assert versions([second, first, first]) == (first, second)
    assert last_day(first, second) == date(2027, 2, 28)
    assert version_on([second, first], date(2027, 2, 28)) == first
    assert version_on([second, first], date(2027, 3, 1)) == second


def test_no_version_before_the_first_or_after_the_end() -> None:
    known = [version("1", START, date(2026, 12, 31)), version("2", date(2028, 1, 1))]
    assert version_on(known, date(2026, 12, 31)) == known[0]
    with pytest.raises(Problem) as told:
        version_on(known, date(2027, 6, 1))
    assert str(told.value) == (
        "no version of coast is in force on 2027-06-01. There are: version 1 from 2026-01-01 to "
        "2026-12-31, version 2 from 2028-01-01 to further notice."
    )
    with pytest.raises(Problem, match="no version of coast is in force on 2025-12-31"):
        version_on(known, date(2025, 12, 31))
    with pytest.raises(Problem, match="there is no version of the charter"):
        version_on([], START)


def test_overlap_is_refused() -> None:
    with pytest.raises(Problem) as told:
        versions([version("1", START, date(2027, 3, 1)), version("2", date(2027, 3, 1))])
    assert str(told.value) == (
        "group, in_force: version 1 from 2026-01-01 to 2027-03-01 and version 2 from 2027-03-01 to "
        "further notice of coast bind on the same days. Let version 1 end the day before the other "
        "begins."
    )
    with pytest.raises(Problem, match="bind on the same days"):
        versions([version("1", START), version("2", START)])


def test_one_number_for_two_contents_is_refused() -> None:
    with pytest.raises(Problem) as told:
        versions([version("1", START), version("1", date(2027, 1, 1))])
    assert str(told.value) == (
        "group, version: two charters of coast are called version 1. "
        "An adopted version never changes: give the other its own number."
    )


def test_versions_of_two_groups_are_refused() -> None:
    with pytest.raises(Problem, match="coast and shore are different groups"):
        versions([version("1", START), version("2", date(2027, 1, 1), group="shore")])


def test_succession_finds_what_is_wrong_with_an_amendment() -> None:
    first = version("1", START)
    assert succession(first, first) == ()
    assert succession(first, version("2", date(2027, 1, 1), state="TGO")) == ()
    found = succession(first, version("1", START, state="TGO", group="shore"))
    assert [(finding.severity, finding.where) for finding in found] == [
        ("error", "group, id"),
        ("error", "group, version"),
        ("advice", "group, in_force"),
    ]


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=8, unique=True), st.integers(0, 4000))
def test_one_version_binds_on_every_day_after_the_first(days: list[int], offset: int) -> None:
    known = [version(str(n), START + timedelta(days=d)) for n, d in enumerate(days)]
    day = START + timedelta(days=offset)
    begun = [charter for charter in known if charter.group.in_force <= day]
    if begun:
        assert version_on(known, day) == max(begun, key=lambda c: c.group.in_force)
    else:
        with pytest.raises(Problem):
            version_on(known, day)
