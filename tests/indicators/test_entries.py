from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven import indicators
from commonhaven.indicators import (
    Entry,
    Evidence,
    as_result,
    check_entries,
    entered,
    framework,
    read_entries,
    shipped_entries,
)
from commonhaven.indicators.result import Result
from commonhaven.reading import Problem, build, dump

SURVEY = Evidence(title="Survey of laws, 2024", kind="survey", dated=date(2025, 1, 31))
RIGHT = Entry(
    indicator="2.1.1", scope="igad", first_year=2024, last_year=2024, value=Fraction("62.5"),
    unit="percent", part="by law", method="Survey of laws, weighted by refugees",
    evidence=(SURVEY,), role="secretariat", entered=date(2026, 1, 10),
)  # fmt: skip


def errors(*entries: Entry) -> list[str]:
    return [each.what for each in check_entries(entries) if each.severity == "error"]


@pytest.mark.parametrize("name", shipped_entries())
def test_entries_that_ship_are_right_and_rest_on_evidence(name: str) -> None:
    file = read_entries(name)
    assert check_entries(file.entries) == ()
    assert all(entry.evidence for entry in file.entries)


def test_published_values_of_the_oecd_are_held(published: object) -> None:
    assert callable(published)
    rows = published("checks", "gcr_indicator_values.csv")
    held = {
        (e.indicator, f"{e.first_year}-{e.last_year}"): e.value
        for e in read_entries("published").entries
    }
    listed = {(row["indicator"], row["period"]): Fraction(row["value"]) for row in rows
              if row["indicator"] in ("1.1.1", "1.1.2")}  # fmt: skip
    assert held == listed


def test_a_right_entry_has_nothing_to_mend() -> None:
    assert check_entries([RIGHT]) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": Fraction(101)}, "101 percent is more than all"),
        ({"value": Fraction(-1)}, "-1 is below zero"),
        ({"evidence": ()}, "there is no evidence"),
        ({"unit": "persons"}, "2.1.1 is in percent, not persons"),
        ({"part": ""}, "2.1.1 tells apart by law and in practice"),
        ({"scope": "Atlantis"}, 'no scope "Atlantis"'),
        ({"role": "state"}, "no state is named"),
        ({"last_year": 2027}, "2027 had not come when the value was entered"),
        ({"low": Fraction(70)}, "the value lies outside its own bounds"),
    ],
)
def test_each_slip_is_told(change: dict[str, object], said: str) -> None:
    assert errors(replace(RIGHT, **change)) == [said]  # type: ignore[arg-type]


def test_the_same_role_enters_a_value_once() -> None:
    assert errors(RIGHT, RIGHT) == ["2.1.1 of igad is entered twice by the same role"]
    assert errors(RIGHT, replace(RIGHT, role="UNHCR")) == []


def test_values_that_differ_stand_side_by_side_newest_first() -> None:
    other = replace(RIGHT, value=Fraction(40), role="NGO", entered=date(2026, 3, 1))
    found = entered([RIGHT, other], "2.1.1", "igad", 2024)
    assert [entry.value for entry in found] == [40, Fraction("62.5")]
    assert entered([RIGHT, other], "2.1.1", "igad", 2023) == ()
    assert entered([RIGHT, other], "2.1.1", "world", 2024) == ()


def test_an_entry_reads_like_what_is_worked_out() -> None:
    found = as_result(replace(RIGHT, low=Fraction(60), high=Fraction(65)))
    assert (found.measure, found.indicator, found.value) == (
        "entered-2.1.1", "2.1.1", Fraction("62.5"),
    )  # fmt: skip
    assert found.bounds is not None
    assert (found.bounds.low, found.bounds.high) == (60, 65)
    assert [cited.publisher for cited in found.sources] == ["Survey of laws, 2024"]
    assert "Part: by law." in found.notes
    assert build(Result, dump(found), "again") == found


def test_a_file_with_an_error_is_refused_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        'title = "Mine"\n[[entries]]\nindicator = "1.2.1"\nscope = "UGA"\nfirst_year = 2024\n'
        'last_year = 2024\nvalue = "12"\nunit = "percent"\nmethod = "By channel"\n'
        'role = "analyst"\nentered = 2026-01-10\n',
        encoding="utf-8",
    )
    with pytest.raises(Problem, match="entries 1, evidence: there is no evidence"):
        read_entries(str(file))
    with pytest.raises(Problem, match='no file of entries "nothing"'):
        read_entries("nothing")


percentages = [each for each in framework().indicators if each.unit == "percent"]


@given(st.sampled_from(percentages), st.fractions(0, 1000))
def test_a_percentage_passes_a_hundred_only_where_it_may(about: object, value: Fraction) -> None:
    assert about in percentages
    (one,) = (each for each in percentages if each == about)
    entry = replace(RIGHT, indicator=one.id, part=one.parts[0] if one.parts else "", value=value)
    assert bool(errors(entry)) == (value > 100 and not one.may_pass_hundred)


def test_reading_the_files_that_ship_leaves_the_room_s_names_alone() -> None:
    read_entries("published")
    assert callable(indicators.entered)
