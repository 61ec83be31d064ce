"""Scales on the figures that ship, against what the United Nations published."""

from datetime import date
from fractions import Fraction
from functools import cache

import pytest

from commonhaven.allocation import Figures
from commonhaven.costs import scale
from commonhaven.parties import state
from commonhaven.parties.figures import reference

PERIODS = (2016, 2019, 2022, 2025)


@cache
def rates(first_year: int) -> dict[str, Fraction]:
    """The UN scale of a period, for the states that have a rate in it."""
    known = reference()
    found = {
        code: known.at(code, "un_scale_percent", date(first_year, 6, 30))
        for code in known.states("un_scale_percent")
    }
    return {
        code: figure.value
        for code, figure in found.items()
        if figure is not None and figure.period == first_year
    }


@pytest.mark.parametrize("first_year", PERIODS)
def test_un_scale_of_193_members_adds_up_to_one_hundred(first_year: int) -> None:
    found = rates(first_year)
    assert (len(found), sum(found.values())) == (193, 100)


@pytest.mark.parametrize("first_year", PERIODS)
def test_un_scale_keeps_floor_ceiling_and_the_ceiling_of_the_least_developed(
    first_year: int,
) -> None:
    found = rates(first_year)
    assert (min(found.values()), max(found.values())) == (Fraction(1, 1000), 22)
    assert max(rate for code, rate in found.items() if state(code).ldc) == Fraction(1, 100)


@pytest.mark.parametrize("first_year", PERIODS)
def test_regular_budget_of_all_members_is_the_published_scale(first_year: int) -> None:
    figures = {code: {"un_scale_percent": rate} for code, rate in rates(first_year).items()}
    shares = scale("un-regular-budget").key(figures, {}, 0).shares
    assert {code: share * 100 for code, share in shares.items()} == rates(first_year)


def peacekeeping_figures(first_year: int, base: range) -> Figures:
    """Means over the six years on which the levels of the period rest; states without are out."""
    known, found = reference(), {}
    for code, rate in rates(first_year).items():
        means = {}
        for indicator in ("gni_per_capita", "population"):
            values = [f.value for year, f in known.series(code, indicator).items() if year in base]
            if values:
                means[indicator] = sum(values, Fraction(0)) / len(values)
        if len(means) == 2:
            ldc = state(code).ldc
            assert ldc is not None
            found[code] = {"un_scale_percent": rate, "ldc": Fraction(ldc), **means}
    return found


@pytest.mark.parametrize(
    ("first_year", "base", "published"),
    [
        (2022, range(2014, 2020), Fraction("1.224968")),
        (2025, range(2017, 2023), Fraction("1.189018")),
    ],
)
def test_premium_told_from_income_comes_near_the_published_one(
    first_year: int, base: range, published: Fraction
) -> None:
    """Levels as they stand by income alone, today's least developed countries, no exceptions."""
    figures = peacekeeping_figures(first_year, base)
    assert len(figures) >= 188
    rule = scale("un-peacekeeping")
    key = rule.key(figures, rule.settings({}), 0)
    premium = key.working[0]
    assert premium.id == "key.un-peacekeeping.premium"
    assert isinstance(premium.value, Fraction)
    assert abs(premium.value - published) < Fraction(3, 1000)
