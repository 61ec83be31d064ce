"""Differences of texts, and the log as it is read."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.procedures import Step
from commonhaven.web.meetings.log import lines
from commonhaven.web.meetings.words import changes


def step(party: str, kind: str = "attend", sentence: str = "{} attended.") -> Step:
    return Step(
        at=datetime(2026, 1, 1, tzinfo=UTC), kind=kind, automatic=False, party=party,
        sentence=sentence.format(party), cite="Our proposal", stage="meeting",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        ("", "", []),
        ("same", "same", [("same", "same")]),
        ("", "new", [("ins", "new")]),
        ("old", "", [("del", "old")]),
        (
            "We shall act.",
            "We should act.",
            [("same", "We "), ("del", "shall"), ("ins", "should"), ("same", " act.")],
        ),
    ],
)
def test_changes_of_texts(old: str, new: str, pieces: list[tuple[str, str]]) -> None:
    assert changes(old, new) == pieces


@given(st.text(max_size=200), st.text(max_size=200))
def test_both_texts_can_be_read_back_from_the_changes(old: str, new: str) -> None:
    found = changes(old, new)
    assert "".join(text for kind, text in found if kind != "ins") == old
    assert "".join(text for kind, text in found if kind != "del") == new


def test_long_passages_are_not_compared_word_by_word() -> None:
    old, new = "a b " * 3000, "b a " * 3000
    assert changes(old, new) == [("del", old), ("ins", new)]


def test_a_long_run_of_one_act_is_one_line() -> None:
    log = [step("GHA", "open"), *(step(party) for party in ("FRA", "DEU", "LBR", "GIN"))]
    found = lines(log)
    assert [line.sentence for line in found] == ["Ghana attended.", "4 parties attended."]
    assert found[1].parties == ("FRA", "DEU", "LBR", "GIN")


def test_acts_that_say_different_things_stay_apart() -> None:
    log = [step(party, "vote", f"{{}} voted {n}.") for n, party in enumerate(("FRA", "DEU", "GHA"))]
    log += [step("LBR", "vote", "{} voted 9."), step("GIN", "vote", "{} voted 9.")]
    assert len(lines(log)) == 5
