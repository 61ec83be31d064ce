"""Groupings: who belonged to what on a day, held against published totals."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.parties import Grouping, Participation, grouping, groupings, members, states
from commonhaven.parties.blocs import UnknownGrouping

GROUPINGS = list(groupings().values())
ORGANIZATIONS = [
    "united-nations", "eu", "schengen", "ecowas", "sadc", "asean", "igad", "mercosur",
    "african-union", "oas",
]  # fmt: skip
PROCESSES = [
    "budapest", "prague", "eap-panel", "igc", "almaty", "marri", "arcp", "igad-rcp", "midsa",
    "midwa", "midcas", "midcom", "midna", "pafom", "rmfm", "rcm", "sacm", "quito", "cmc",
    "colombo", "add", "bali", "pidc", "apc", "rabat", "khartoum", "5plus5", "mtm", "acp-eu",
    "eu-celac", "fibemyd", "mirps", "ssar", "gfmd", "idm", "imrf",
]  # fmt: skip


def test_ten_organizations_and_thirty_six_processes_are_held() -> None:
    assert list(groupings()) == [*ORGANIZATIONS, *PROCESSES]
    assert len(PROCESSES) == 36


@pytest.mark.parametrize("group", GROUPINGS, ids=lambda group: group.id)
def test_list_has_its_total_on_its_day(group: Grouping) -> None:
    day = group.about.as_of or date(2025, 12, 31)
    found = members(group.id, day)
    if group.about.total is not None:
        assert len(found.states) == group.about.total
    assert group.complete == (group.about.total is not None or bool(group.about.open_to))
    assert list(found.states) == sorted(set(found.states))
    assert not set(found.states) & set(found.observers)
    assert set(found.states) | set(found.observers) <= set(states())


@pytest.mark.parametrize("group", GROUPINGS, ids=lambda group: group.id)
def test_participations_are_in_order_and_sourced(group: Grouping) -> None:
    by_state: dict[str, list[Participation]] = {}
    for part in group.participations:
        assert part.source
        by_state.setdefault(part.state, []).append(part)
    for parts in by_state.values():
        for part in parts:
            assert part.since is None or part.until is None or part.since <= part.until
            if part.since is not None:
                assert part.since.year >= group.about.founded
        for before, after in pairwise(parts):
            assert before.until is not None
            assert after.since is not None
            assert before.until < after.since


UN_GROWTH = {
    1945: 51, 1946: 55, 1947: 57, 1948: 58, 1949: 59, 1950: 60, 1955: 76, 1956: 80, 1957: 82,
    1958: 82, 1959: 82, 1960: 99, 1961: 104, 1962: 110, 1963: 113, 1964: 115, 1965: 117, 1966: 122,
    1967: 123, 1968: 126, 1970: 127, 1971: 132, 1973: 135, 1974: 138, 1975: 144, 1976: 147,
    1977: 149, 1978: 151, 1979: 152, 1980: 154, 1981: 157, 1983: 158, 1984: 159, 1990: 159,
    1991: 166, 1992: 179, 1993: 184, 1994: 185, 1999: 188, 2000: 189, 2002: 191, 2006: 192,
    2011: 193, 2025: 193,
}  # fmt: skip


@pytest.mark.parametrize(("year", "total"), UN_GROWTH.items())
def test_united_nations_grew_as_published(year: int, total: int) -> None:
    assert len(members("united-nations", date(year, 12, 31)).states) == total


def test_united_nations_and_states_agree() -> None:
    first: dict[str, date | None] = {}
    last: dict[str, date | None] = {}
    for part in grouping("united-nations").participations:
        if part.role == "member":
            first.setdefault(part.state, part.since)
            last[part.state] = part.until
    told = {one.code: one for one in states().values() if one.un_member_since}
    assert first == {code: one.un_member_since for code, one in told.items()}
    assert last == {code: one.un_member_until for code, one in told.items()}
    assert members("united-nations", date(2025, 1, 1)).observers == ("PSE", "VAT")


TOTALS = [
    ("eu", "1957-12-31", 0), ("eu", "1958-01-01", 6), ("eu", "1973-01-01", 9),
    ("eu", "1981-01-01", 10), ("eu", "1990-01-01", 12), ("eu", "2000-01-01", 15),
    ("eu", "2004-05-01", 25), ("eu", "2007-01-01", 27), ("eu", "2014-01-01", 28),
    ("eu", "2020-01-31", 28), ("eu", "2020-02-01", 27), ("eu", "2024-01-01", 27),
    ("schengen", "1995-03-26", 7), ("schengen", "2001-03-25", 15), ("schengen", "2007-12-21", 24),
    ("schengen", "2012-01-01", 26), ("schengen", "2023-01-01", 27), ("schengen", "2025-01-01", 29),
    ("ecowas", "1975-05-28", 15), ("ecowas", "1980-01-01", 16), ("ecowas", "2001-01-01", 15),
    ("ecowas", "2025-01-28", 15), ("ecowas", "2025-01-29", 12),
    ("sadc", "1992-08-17", 10), ("sadc", "1998-01-01", 14), ("sadc", "2005-01-01", 13),
    ("sadc", "2018-12-31", 16), ("asean", "1967-08-08", 5), ("asean", "1999-04-30", 10),
    ("asean", "2025-10-25", 10), ("asean", "2025-10-26", 11),
    ("igad", "1986-01-16", 6), ("igad", "1994-01-01", 7), ("igad", "2010-01-01", 6),
    ("igad", "2024-01-01", 8), ("igad", "2025-12-12", 7),
    ("mercosur", "1991-03-26", 4), ("mercosur", "2013-01-01", 5), ("mercosur", "2024-07-08", 6),
    ("african-union", "1963-05-25", 32), ("african-union", "2002-07-09", 53),
    ("african-union", "2012-01-01", 54), ("african-union", "2017-01-31", 55),
    ("oas", "1948-04-30", 21), ("oas", "1991-01-08", 35), ("oas", "2023-11-18", 35),
    ("oas", "2023-11-19", 34),
]  # fmt: skip


@pytest.mark.parametrize(("group", "day", "total"), TOTALS)
def test_organization_has_its_known_size(group: str, day: str, total: int) -> None:
    assert len(members(group, date.fromisoformat(day)).states) == total


def test_who_left_and_came_back() -> None:
    assert "MAR" not in members("african-union", date(2000, 1, 1)).states
    assert "MAR" in members("african-union", date(1980, 1, 1)).states
    assert "MAR" in members("african-union", date(2024, 1, 1)).states
    assert "IDN" not in members("united-nations", date(1965, 6, 1)).states
    assert "SYR" not in members("united-nations", date(1960, 1, 1)).states
    left = set(members("ecowas", date(2025, 1, 28)).states) - set(
        members("ecowas", date(2025, 1, 29)).states
    )
    assert left == {"BFA", "MLI", "NER"}
    assert "CUB" in members("oas", date(1980, 1, 1)).states
    assert "NIC" not in members("oas", date(2024, 1, 1)).states


def test_dated_membership_is_complete_up_to_its_day() -> None:
    assert members("eu", date(1990, 1, 1)).complete
    assert members("eu", date(2025, 12, 31)).complete
    later = members("eu", date(2026, 1, 1))
    assert not later.complete
    assert later.note.startswith("Changes after 2025-12-31 are not held.")
    assert later.states == members("eu", date(2025, 12, 31)).states


def test_list_without_dates_is_complete_only_in_its_year() -> None:
    assert members("budapest", date(2017, 3, 1)).complete
    before, after = members("budapest", date(2005, 1, 1)), members("budapest", date(2024, 1, 1))
    assert (before.complete, after.complete) == (False, False)
    assert before.note.startswith("The list describes 2017-12-31; who took part earlier")
    assert after.note.startswith("Changes after 2017-12-31 are not held.")
    assert not members("bali", date(2024, 1, 1)).complete
    assert members("bali", date(2024, 1, 1)).note.startswith("The list does not state its day.")


def test_list_with_gaps_is_never_complete() -> None:
    found = members("marri", date(2024, 1, 1))
    assert (found.complete, found.standing) == (False, "reported")
    assert found.note == "The list is not complete."
    assert members("apc", date(2024, 1, 1)).states == ()
    assert not members("apc", date(2024, 1, 1)).complete
    assert members("idm", date(2024, 1, 1)).note.startswith("No list of members is held.")


def test_before_it_began_nobody_belonged() -> None:
    found = members("quito", date(2017, 12, 31))
    assert (found.states, found.complete, found.note) == ((), True, "It began in 2018.")


def test_open_forum_has_the_members_of_the_wider_grouping() -> None:
    day = date(2024, 1, 1)
    found = members("gfmd", day)
    assert found.states == members("united-nations", day).states
    assert found.complete
    assert found.note == "Open to all members of United Nations; who came is not held."
    assert members("gfmd", date(2006, 12, 31)).states == ()


def test_standing_is_sourced_only_where_every_part_is() -> None:
    assert members("midsa", date(2024, 6, 1)).standing == "sourced"
    assert members("eu", date(2024, 1, 1)).standing == "reported"
    assert members("ecowas", date(2024, 1, 1)).standing == "reported"


def test_years_alone_are_marked() -> None:
    cape_verde = next(p for p in grouping("ecowas").participations if p.state == "CPV")
    assert (cape_verde.since, cape_verde.year_only) == (date(1976, 1, 1), True)
    mauritania = next(p for p in grouping("ecowas").participations if p.state == "MRT")
    assert (mauritania.until, mauritania.year_only) == (date(2000, 12, 31), True)
    togo = next(p for p in grouping("ecowas").participations if p.state == "TGO")
    assert not togo.year_only


@pytest.mark.parametrize("group", ["eu", "schengen", "ecowas", "african-union", "oas", "asean"])
def test_last_day_belongs_to_membership(group: str) -> None:
    for part in grouping(group).participations:
        if part.until is not None:
            assert part.state in members(group, part.until).states
            assert part.state not in members(group, part.until + timedelta(days=1)).states


@given(st.sampled_from(list(groupings())), st.dates(date(1940, 1, 1), date(2030, 1, 1)))
def test_membership_on_any_day_comes_from_the_list(group: str, day: date) -> None:
    found = members(group, day)
    listed = grouping(grouping(group).about.open_to or group).participations
    assert set(found.states) <= {part.state for part in listed if part.role == "member"}
    assert len(found.states) == len(set(found.states))
    if found.complete and found.states:
        assert grouping(group).complete


def test_unknown_grouping_offers_the_nearest() -> None:
    with pytest.raises(UnknownGrouping) as raised:
        members("ecowsa", date(2024, 1, 1))
    assert str(raised.value) == 'no grouping "ecowsa". Did you mean ecowas?'


def test_jaccard_of_two_processes_as_published() -> None:
    day = date(2024, 6, 29)
    colombo, add = (set(members(one, day).states) for one in ("colombo", "add"))
    assert (len(colombo & add), len(colombo | add)) == (12, 19)
    rabat, khartoum = (set(members(one, day).states) for one in ("rabat", "khartoum"))
    assert round(len(rabat & khartoum) / len(rabat | khartoum), 4) == 0.4545
