"""Pictures of indicators: what they say, gaps and bounds, and how to get them again."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.figures.test_render import check, texts
from tests.figures.test_reproduce import command, follow

from commonhaven.figures import LorenzAsked, direction, lorenz_curve, series, svg
from commonhaven.figures.lorenz import height
from commonhaven.figures.series_chart import marks_of
from commonhaven.indicators import Result, compute, hosting_curve, lorenz, scope
from commonhaven.parties import LANGUAGES

ASKED = LorenzAsked(measure="gini-by-gdp", scope="world", year=2024)


def results(measure: str, of: str, first: int, last: int) -> list[Result]:
    return [compute(measure, scope(of), year) for year in range(first, last + 1)]


def layers(spec: Any, kind: str) -> list[Any]:
    """The rows of every layer of one kind of mark that holds parts of the time."""
    return [
        row
        for layer in spec["layer"]
        if layer["mark"]["type"] == kind
        for row in layer["data"]["values"]
        if "at" in row
    ]


def test_series_has_a_point_for_each_value_and_gaps_stay_open() -> None:
    found = results("hosted", "world", 2016, 2021)
    found[2] = replace(found[2], value=None, why_missing="It was not read.")
    picture = series(found, called="Hosted, the world")
    assert len(layers(picture.spec, "point")) == 5
    assert [(row["at"], row["to"]) for row in layers(picture.spec, "rule")] == [
        (0.0, 0.2), (0.6, 0.8), (0.8, 1.0),
    ]  # fmt: skip
    assert picture.rows[2] == ("2018", "Missing")
    assert "Years without a value: 2018." in picture.alternative
    assert picture.title == "Hosted, the world, year by year"


def test_series_of_shares_shows_its_bounds() -> None:
    found = results("low-and-middle-share", "world", 2023, 2024)
    picture = series(found, called="Share")
    bounds = found[1].bounds
    assert bounds is not None
    assert picture.columns == ("Year", "Value (percent)", "At least", "At most")
    assert picture.rows[1][2:] == tuple(f"{float(end):.1f}" for end in (bounds.low, bounds.high))
    assert len([row for row in layers(picture.spec, "rule") if "to" not in row]) == 2


def test_large_numbers_are_drawn_in_millions_and_told_in_full() -> None:
    picture = series(results("hosted", "world", 2024, 2024), called="Hosted")
    assert picture.rows == (("2024", "36,833,559"),)
    assert "in million persons. 2024: 36.8" in picture.alternative


def test_marks_hold_every_value_above_and_below_zero() -> None:
    half = Fraction(1, 2)
    for values in ([half], [-half], [Fraction(-3), Fraction(40)], [Fraction(0)]):
        marks = marks_of(values)
        assert marks[0] <= min(values)
        assert marks[-1] >= max(values)
        assert 0 in marks


def test_pictures_of_nothing_are_sentences() -> None:
    for picture in (
        series(results("cost-of-inclusion", "world", 2023, 2024), called="Cost"),
        series((), called="Nothing"),
        lorenz_curve(None, ASKED, called="nobody", across="Part"),
    ):
        assert picture.rows == ()
        assert " ".join(picture.spec["data"]["values"][0]["text"]) == picture.alternative
        check(svg(picture))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_draws(language: str) -> None:
    way = direction(language)
    curve = hosting_curve("gini-by-gdp", scope("world"), 2024)
    found = results("returns", "igad", 2020, 2024)
    for picture in (
        series(found, called="x", language=language),
        lorenz_curve(curve, ASKED, called="x", across="y", language=language),
    ):
        drawn = svg(picture, language=language, direction=way, width=360)
        check(drawn)
        assert texts(drawn)
        assert (picture.title == series(found, called="x").title) == (
            language == "en" and picture.id == "series"
        )


def test_lorenz_tells_each_state_and_the_lower_half() -> None:
    curve = hosting_curve("gini-by-gdp", scope("world"), 2024)
    assert curve is not None
    assert curve.coefficient == compute("gini-by-gdp", scope("world"), 2024).value
    picture = lorenz_curve(curve, ASKED, called="the world", across="Part of GDP")
    assert len(picture.rows) == len(curve.states)
    assert picture.rows[-1][1:] == ("100.00", "100.00")
    even = lorenz({"A": Fraction(1), "B": Fraction(3)}, {"A": Fraction(1), "B": Fraction(1)})
    assert height(even, Fraction(1, 2)) == Fraction(1, 4)
    assert height(even, Fraction(3, 4)) == Fraction(5, 8)


def test_commands_and_programs_give_the_same(tmp_path: Path) -> None:
    found = results("returns", "UGA", 2020, 2022)
    curve = hosting_curve("gini-by-gdp", scope("world"), 2024)
    for picture, values in (
        (series(found, called="It's", unit="people"), [one.value for one in found]),
        (lorenz_curve(curve, ASKED, called="x", across="y"), None),
    ):
        (_, numbers), (how, program) = picture.reproduce
        told = follow(command(numbers), tmp_path)
        if values is not None:
            assert [line.split(",")[5] for line in told.splitlines()[1:]] == [
                "" if value is None else str(value) for value in values
            ]
        assert how == "Python"
        follow(["-c", program], tmp_path)
        file = tmp_path / f"{picture.id}.svg"
        assert file.read_text(encoding="utf-8") == svg(picture)
