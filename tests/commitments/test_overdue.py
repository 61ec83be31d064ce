"""Reminders and steps: to the day, and the same however late one looks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from commitments_world import PLACES, START, Story

from commonhaven.commitments import askings, days_on

DUE = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (-31, "not yet"), (-30, "reminded"), (-1, "reminded"), (0, "due"), (1, "overdue"),
        (30, "overdue"), (31, "asked by the chair"), (90, "asked by the chair"),
        (91, "before the review"), (4000, "before the review"),
    ],
)  # fmt: skip
def test_each_step_on_its_day(days: int, step: str) -> None:
    story = Story()
    story.then("announced", by="FRA", giver="FRA", quantity=600)
    today = DUE + timedelta(days=days)
    first = next(one for one in askings(story.book(), today) if one.due.instalment == "one")
    assert first.step == step
    assert first.next is None or first.next > today


def test_nothing_is_asked_for_that_came() -> None:
    story = Story()
    for kind in ("committed", "delivered"):
        story.then(kind, by="FRA", giver="FRA", quantity=600, to="GHA")
    late = START.date() + timedelta(days=400)
    assert not [one for one in askings(story.book(), late) if one.due.giver == "FRA"]


def test_a_later_day_moves_the_steps() -> None:
    story = Story()
    story.then("announced", by="FRA", giver="FRA", quantity=600)
    story.then("postponed", by="GHA", instalment="one", until=date(2026, 5, 1))
    found = {one.due.instalment: one for one in askings(story.book(), date(2026, 4, 20))}
    assert found["one"].step == "reminded"
    assert days_on(date(2026, 4, 20)).chair == 30


def test_a_day_at_the_end_of_the_calendar_has_no_steps_beyond_it() -> None:
    story = Story(replace(PLACES, ends=date.max))
    story.then("announced", commitment="places", by="CAN", giver="CAN", quantity=50)
    (one,) = askings(story.book(), date(2026, 2, 1))
    assert (one.step, one.due.due) == ("not yet", date.max)
