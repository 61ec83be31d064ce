import re
from fractions import Fraction

import pytest

from commonhaven.indicators import catalogue, framework, measure, measures
from commonhaven.indicators.compute import WORKED_OUT
from commonhaven.indicators.framework import Framework
from commonhaven.reading import Problem, build, dump


def test_the_framework_of_2019_has_four_objectives_eight_outcomes_fifteen_indicators() -> None:
    held = framework()
    (first,) = (version for version in held.versions if version.id == "2019")
    assert (first.indicators, first.outcomes) == (15, 8)
    assert len(held.objectives) == 4
    assert len(held.outcomes) == first.outcomes
    assert len(held.under("2019")) == first.indicators


def test_every_indicator_hangs_on_an_outcome_and_this_on_an_objective() -> None:
    held = framework()
    outcomes = {each.id: each for each in held.outcomes}
    objectives = {each.id for each in held.objectives}
    for each in held.indicators:
        assert each.id.startswith(f"{each.outcome}.")
        assert outcomes[each.outcome].objective == each.objective
        assert each.objective in objectives
        assert bool(each.denominator) == (each.unit == "percent"), each.id


def test_what_could_not_be_established_is_named_and_not_guessed() -> None:
    held = framework()
    (second,) = (version for version in held.versions if version.id == "2022")
    assert second.indicators is None
    assert "number of indicators" in second.unknown
    (latest,) = (report for report in held.reports if report.year == 2025)
    assert latest.indicators == 16
    assert len(held.indicators) == 15
    assert "could not be established" in latest.note


def test_the_framework_is_a_plain_value() -> None:
    assert build(Framework, dump(framework()), "again") == framework()


def test_the_numbers_are_those_of_the_published_list(published: object) -> None:
    assert callable(published)
    rows = published("checks", "gcr_indicators.csv")
    units = {"USD": "US dollars", "%": "percent", "persons": "persons"}
    ours = {each.id: each for each in framework().indicators}
    assert [row["id"] for row in rows] == list(ours)
    for row in rows:
        unit = ours[row["id"]].unit
        assert unit == units.get(row["unit"], unit)
        assert (row["unit"] == "count") == (unit in ("donors", "partners", "states"))
        assert ours[row["id"]].objective == row["objective"]


def test_an_unknown_number_or_edition_is_a_problem() -> None:
    with pytest.raises(Problem, match=r'no indicator "1.1.3"'):
        framework().indicator("1.1.3")
    with pytest.raises(Problem, match='no edition "2020"'):
        framework().under("2020")


def test_every_measure_is_worked_out_and_stands_for_an_indicator_or_for_none() -> None:
    assert list(WORKED_OUT) == list(measures())
    numbers = {each.id for each in framework().indicators}
    for each in measures().values():
        assert each.indicator in {*numbers, ""}
        assert (each.indicator != "") >= (each.relation in ("measures", "approximates"))
        if each.relation == "approximates":
            assert each.is_not.startswith("Not "), each.id
        assert each.source
        assert each.method.endswith("."), each.id


def test_what_measures_an_indicator_has_its_unit() -> None:
    for each in measures().values():
        if each.indicator and each.relation != "context":
            assert each.unit == framework().indicator(each.indicator).unit, each.id


def test_an_index_that_is_not_worked_out_says_why() -> None:
    for left in catalogue().not_computed:
        with pytest.raises(Problem, match="is not worked out") as caught:
            measure(left.id)
        assert left.why in caught.value.what
    with pytest.raises(Problem, match="Did you mean returns"):
        measure("return")


def test_numbers_of_indicators_have_three_parts() -> None:
    for each in framework().indicators:
        assert re.fullmatch(r"[1-4]\.[12]\.[12]", each.id)
        assert Fraction(each.outcome) > 0
