"""The timeline of a meeting's clocks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from commonhaven.figures import Clock, clocks
from commonhaven.figures.ticks import moments, root_numbers
from commonhaven.figures.timeline import state_of
from commonhaven.reading import Problem

NOW = datetime(2026, 11, 25, 13, tzinfo=UTC)


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


ROWS = (
    Clock(label="Duty to meet", opens=at(20), due=at(23), status="met", done=at(22, 9)),
    Clock(label="Replies", opens=at(22, 9), due=at(24), status="two silent", done=None),
    Clock(label="Decision", opens=at(22, 9), due=at(29), status="open", done=None),
    Clock(label="Objections", opens=None, due=at(30), status="not started", done=None),
)


def test_state_is_a_function_of_the_clock_and_now() -> None:
    assert [state_of(clock, NOW) for clock in ROWS] == ["done", "late", "running", "running"]
    assert state_of(ROWS[0], at(21)) == "running"
    assert state_of(ROWS[1], at(24)) == "running"


def test_table_and_alternative_say_the_times_of_the_zone() -> None:
    picture = clocks(ROWS, now=NOW, zone="Asia/Dhaka", language="en")
    assert picture.rows[0] == (
        "Duty to meet", "20 Nov 2026 06:00", "23 Nov 2026 06:00", "22 Nov 2026 15:00", "met",
    )  # fmt: skip
    assert picture.alternative == (
        "Timeline of 4 clocks at 25 Nov 2026 19:00. Done: 1. Running: 2. Past due: 1. "
        "Next due: Decision (29 Nov 2026 06:00)."
    )
    assert picture.note == "Times in Asia/Dhaka."


def test_bars_keep_the_proportions_of_time() -> None:
    bars = clocks(ROWS, now=NOW, zone="UTC", language="en").spec["data"]["values"]
    day = (bars[0]["to"] - bars[0]["from"]) / 3
    assert bars[2]["to"] - bars[1]["to"] == pytest.approx(5 * day, abs=1e-4)
    assert bars[0]["end"] - bars[0]["from"] == pytest.approx(day * (2 + 9 / 24), abs=1e-4)
    assert all(0 < bar["from"] <= bar["end"] < 1 for bar in bars)


def test_no_clock_is_a_sentence() -> None:
    picture = clocks((), now=NOW, zone="UTC", language="en")
    assert (picture.rows, picture.alternative) == ((), "No clock is running.")


def test_a_moment_without_zone_is_refused() -> None:
    bare = Clock(label="a", opens=None, due=datetime(2026, 1, 1), status="", done=None)  # noqa: DTZ001
    with pytest.raises(Problem, match="no time zone"):
        clocks((bare,), now=NOW, zone="UTC", language="en")


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(Problem, match="no time zone"):
        clocks(ROWS, now=NOW, zone="Africa/Nowhere", language="en")


def test_a_single_clock_due_now_can_be_drawn() -> None:
    one = Clock(label="a", opens=NOW, due=NOW, status="", done=None)
    (bar,) = clocks((one,), now=NOW, zone="UTC", language="en").spec["data"]["values"]
    assert bar["from"] == bar["to"] == 0.5


@pytest.mark.parametrize("days", [0.1, 1, 3, 20, 200, 4000])
def test_an_axis_has_a_few_marks(days: float) -> None:
    marks = list(moments(NOW, NOW + timedelta(days=days)))
    assert 1 <= len(marks) <= 6


@pytest.mark.parametrize("most", [1, 7, 99, 1234, 2_000_000, 99_999_999])
def test_marks_of_an_axis_rise_and_reach_the_most(most: int) -> None:
    marks = root_numbers(most)
    assert marks == sorted(set(marks))
    assert marks[0] == 0
    assert marks[-1] >= most
    assert len(marks) <= 9


YEAR = Clock(label="Annual review", opens=NOW, due=at(25).replace(year=2027), status="", done=None)


def test_a_clock_far_off_is_said_in_words_and_leaves_the_others_their_room() -> None:
    alone = clocks(ROWS, now=NOW, zone="UTC").spec["data"]["values"]
    picture = clocks((*ROWS, YEAR), now=NOW, zone="UTC")
    assert picture.spec["data"]["values"] == alone
    said = "Not in the drawing, since they lie far off: Annual review (25 Nov 2027 00:00)."
    assert picture.note == f"Times in UTC. {said}"
    assert picture.alternative.endswith(said)
    assert picture.rows[-1][0] == "Annual review"


def test_a_clock_far_off_is_drawn_where_it_is_the_only_one() -> None:
    picture = clocks((YEAR,), now=NOW, zone="UTC")
    assert [bar["label"] for bar in picture.spec["data"]["values"]] == [["Annual review"]]
    assert picture.note == "Times in UTC."


def test_a_clock_that_opened_long_ago_is_cut_where_the_days_shown_begin() -> None:
    long = Clock(label="a", opens=at(1).replace(year=2025), due=at(27), status="", done=None)
    (bar,) = clocks((long,), now=NOW, zone="UTC").spec["data"]["values"]
    (same,) = clocks((replace(long, opens=NOW - timedelta(days=60)),), now=NOW, zone="UTC").spec[
        "data"
    ]["values"]
    assert bar == same


@pytest.mark.parametrize(
    ("meeting", "drawn"),
    [
        (5, ["Decide", "Report"]),
        (40, ["Decide", "Review", "Report"]),
        (70, ["Review", "Report"]),
    ],
)
def test_the_future_gets_as_much_room_as_the_past_that_is_drawn(
    meeting: int, drawn: list[str]
) -> None:
    begun, review = NOW - timedelta(days=meeting), NOW + timedelta(days=30)
    told = (
        Clock(label="Decide", opens=begun, due=begun + timedelta(days=3), status="", done=None),
        Clock(label="Review", opens=NOW, due=review, status="", done=None),
        Clock(label="Report", opens=NOW, due=NOW + timedelta(days=2), status="", done=None),
    )
    values = clocks(told, now=NOW, zone="UTC").spec["data"]["values"]
    assert [bar["label"][0] for bar in values] == drawn
