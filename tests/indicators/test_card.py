from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from commonhaven.indicators import CardLine, Entry, Evidence, card, framework, read_entries, scope
from commonhaven.reading import build, dump

WORLD = scope("world")
MOVE = Entry(
    indicator="2.1.2", scope="igad", first_year=2024, last_year=2024, value=Fraction(55),
    unit="percent", part="by law", method="Survey of laws", role="secretariat",
    evidence=(Evidence(title="Survey of laws", kind="survey"),), entered=date(2026, 1, 10),
)  # fmt: skip


def standing(lines: tuple[CardLine, ...]) -> dict[str, str]:
    return {line.indicator: line.standing for line in lines}


@pytest.mark.parametrize("of", ["world", "igad", "UGA"])
def test_every_indicator_has_a_line_with_values_or_a_reason(of: str) -> None:
    lines = card(scope(of), 2021)
    assert [line.indicator for line in lines] == [each.id for each in framework().indicators]
    for line in lines:
        assert (line.standing == "missing") == bool(line.why) == (line.results == ())
        assert {one.unit for one in line.results} <= {line.unit}
    assert build(CardLine, dump(lines[0]), "again") == lines[0]


def test_what_comes_near_stands_behind_what_was_entered() -> None:
    (first, *_) = card(WORLD, 2019, read_entries("published").entries)
    assert first.standing == "entered"
    assert [one.relation for one in first.results] == ["measures", *["approximates"] * 2]
    (alone, *_) = card(WORLD, 2019)
    assert alone.standing == "approximated"
    assert alone.results == first.results[1:]


def test_an_entry_counts_for_its_scope_and_years_alone() -> None:
    igad = scope("igad")
    assert standing(card(igad, 2024, [MOVE]))["2.1.2"] == "entered"
    assert standing(card(igad, 2023, [MOVE]))["2.1.2"] == "missing"
    assert standing(card(WORLD, 2024, [MOVE]))["2.1.2"] == "missing"
    other = replace(MOVE, role="NGO", value=Fraction(20), entered=date(2026, 2, 1))
    (line,) = (one for one in card(igad, 2024, [MOVE, other]) if one.indicator == "2.1.2")
    assert [one.value for one in line.results] == [20, 55]


def test_why_nothing_is_known_is_told() -> None:
    lines = {line.indicator: line for line in card(WORLD, 2024)}
    assert lines["2.2.1"].why == "No public table measures it: enter it with its evidence."
    assert "No table of first_permits ships" in lines["3.2.1"].why
    assert lines["1.1.1"].standing == "missing"
    assert "held for 2016 to 2023" in lines["1.1.1"].why


def test_of_a_group_only_what_tells_of_its_part_counts() -> None:
    lines = {line.indicator: line for line in card(scope("high-income"), 2022)}
    assert [one.measure for one in lines["1.1.1"].results] == ["unhcr-spending"]
    assert lines["1.1.2"].standing == "approximated"
    assert lines["3.1.1"].standing == "missing"
    assert lines["3.1.1"].why == "resettlement-arrivals tells of the destination, not of the host."
    assert card(WORLD, 2022)[8].standing == "approximated"
