from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from commonhaven.instruments import Entry, Instrument, entry, instrument, instruments
from commonhaven.reading import Problem

AMENDED = Instrument(
    id="example",
    title="Example",
    kind="law",
    source="A journal",
    entries=(
        Entry(id="cap", value="0.30", what="Cap", standing="sourced", since=date(2015, 9, 9)),
        Entry(id="cap", value="0.40", what="Cap", standing="sourced", since=date(2020, 1, 1)),
        Entry(id="way", value="sum", what="Way", standing="our proposal"),
    ),
)


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2015, 9, 9), Fraction(3, 10)),
        (date(2019, 12, 31), Fraction(3, 10)),
        (date(2020, 1, 1), Fraction(2, 5)),
        (None, Fraction(2, 5)),
    ],
)
def test_number_is_the_one_in_force_on_the_day(day: date | None, value: Fraction) -> None:
    assert AMENDED.on("cap", day).number == value


def test_entry_without_a_date_always_applies() -> None:
    assert AMENDED.on("way", date(1951, 7, 28)).value == "sum"


@pytest.mark.parametrize(
    ("name", "day", "message"),
    [
        ("cup", None, "example has no number cup. Did you mean cap?"),
        (
            "cap",
            date(2015, 9, 8),
            "example had no number cap on 2015-09-08. The first applies from 2015-09-09.",
        ),
    ],
)
def test_number_that_is_not_there_is_a_problem(name: str, day: date | None, message: str) -> None:
    with pytest.raises(Problem) as raised:
        AMENDED.on(name, day)
    assert str(raised.value) == message


def test_choice_is_not_a_number() -> None:
    with pytest.raises(Problem) as raised:
        _ = AMENDED.on("way").number
    assert str(raised.value) == 'way: "sum" is not a number. Write digits, such as 1234.5 or 3/5.'


def test_every_instrument_is_named_like_its_file() -> None:
    found = instruments()
    assert {name: text.id for name, text in found.items()} == {name: name for name in found}
    assert found["capacity"] is instrument("capacity")


def test_shipped_default_capacity_is_20_in_1000() -> None:
    assert entry("capacity", "per_1000").number == 20
    assert entry("capacity", "per_1000").standing == "our proposal"


def test_unknown_instrument_is_a_problem_with_the_nearest_name() -> None:
    with pytest.raises(Problem) as raised:
        instrument("capacty")
    assert str(raised.value) == "no instrument capacty. Did you mean capacity?"


OTHERS = """\
id = "habit"
title = "Habit of a house"
kind = "practice"
source = "Its own minutes"

[[entries]]
id = "places"
value = "12"
what = "Places at the table"
standing = "reported"
"""


def test_another_package_brings_its_own_instrument(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "house_of_others"
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "habit.toml").write_text(OTHERS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert entry("house_of_others:habit", "places").number == 12
    assert "habit" not in instruments()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "nowhere_at_all:habit",
            "no package nowhere_at_all with the instrument habit. Install it, or check the rule's "
            "parameters.",
        ),
        ("commonhaven.reading:habit", "no instrument commonhaven.reading:habit. It holds none."),
    ],
)
def test_instrument_of_no_package_is_a_problem(name: str, message: str) -> None:
    with pytest.raises(Problem) as raised:
        instrument(name)
    assert str(raised.value) == message
