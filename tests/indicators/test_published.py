"""Published values, reproduced from the tables that ship; what cannot be says why."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from commonhaven.indicators import compute, measures, scope

WORLD = scope("world")
Rows = Callable[[str, str], list[dict[str, str]]]
TOTALS = {
    "refugees": "refugees",
    "refugee_returns": "returns",
    "resettlement_arrivals": "resettlement-arrivals",
    "naturalisations": "naturalisations",
}
ROUNDED_TO = {"context.refugees_incl_unrwa": Fraction(100_000)}
"""A value printed as 26.4 million is met where ours rounds to the same."""
MEASURED_BY = {
    "4.2.1": "returns",
    "context.resettlement_arrivals": "resettlement-arrivals",
    "context.refugees_incl_unrwa": "refugees-with-unrwa",
}
NOT_COMPUTABLE = {
    "1.1.1": "the OECD's survey; measures of 1.1.1 only approximate it",
    "1.1.2": "the OECD's survey; measures of 1.1.2 only approximate it",
    "3.1.1": "UNHCR's departures; governments' arrivals only approximate them",
    "context.increase_since_2016": "published as first counted; see the test of the increase",
}


def test_global_totals_of_2016_to_2025_are_exact(published: Rows) -> None:
    rows = published("checks", "unhcr_global_totals_2016_2025.csv")
    assert [int(row["year"]) for row in rows] == list(range(2016, 2026))
    for row in rows:
        year = int(row["year"])
        for column, name in TOTALS.items():
            assert (column, year, compute(name, WORLD, year).value) == (
                column,
                year,
                int(row[column]),
            )
        hosted = int(row["refugees"]) + int(row["other_in_need_of_international_protection"])
        assert compute("hosted", WORLD, year).value == hosted
        assert compute("fled", WORLD, year).value == hosted


def test_part_of_the_ten_largest_hosts_is_the_published_one(published: Rows) -> None:
    for row in published("checks", "unhcr_global_totals_2016_2025.csv"):
        share = compute("top-ten-share", WORLD, int(row["year"])).value
        assert share is not None
        assert round(share / 100, 6) == Fraction(row["top10_host_share"])


def test_every_published_value_is_reproduced_or_says_why_not(published: Rows) -> None:
    done = []
    for row in published("checks", "gcr_indicator_values.csv"):
        if row["indicator"] in NOT_COMPUTABLE:
            continue
        value = compute(MEASURED_BY[row["indicator"]], WORLD, int(row["period"])).value
        assert value is not None
        step = ROUNDED_TO.get(row["indicator"], Fraction(1))
        assert (row["indicator"], round(value / step) * step) == (
            row["indicator"],
            Fraction(row["value"]),
        )
        done.append(row["indicator"])
    assert len(done) == 21


@pytest.mark.parametrize("number", ["1.1.1", "1.1.2", "3.1.1"])
def test_what_is_not_reproduced_has_only_measures_that_come_near(number: str) -> None:
    near = [each for each in measures().values() if each.indicator == number]
    assert near
    assert {each.relation for each in near} == {"approximates"}


def test_arrivals_are_more_than_the_departures_that_unhcr_counts(published: Rows) -> None:
    rows = published("checks", "gcr_indicator_values.csv")
    for row in (row for row in rows if row["indicator"] == "3.1.1"):
        value = compute("resettlement-arrivals", WORLD, int(row["period"])).value
        assert value is not None
        assert value > Fraction(row["value"])


def test_the_increase_from_2016_to_2020_is_the_published_one_to_half_a_million() -> None:
    """Published: 3.5 million more by the end of 2020; the tables of today give 3.8."""
    before, after = (compute("refugees-with-unrwa", WORLD, year).value for year in (2016, 2020))
    assert before is not None
    assert after is not None
    assert abs(after - before - 3_500_000) < 500_000


def test_ten_hosts_had_over_half_until_2024_and_under_half_in_2025() -> None:
    shares = {y: compute("top-ten-share", WORLD, y).value or 0 for y in range(2016, 2026)}
    assert all(shares[year] > 50 for year in range(2016, 2025))
    assert shares[2025] < 50


def test_poorer_countries_host_about_two_and_a_half_for_one() -> None:
    found = compute("low-and-middle-to-high", WORLD, 2024)
    assert found.value is not None
    assert found.bounds is not None
    assert found.bounds.low <= Fraction("2.5") <= found.bounds.high
    assert found.bounds.low <= found.value <= found.bounds.high


CAPACITY_2014 = {
    "Albania": ("0.03", "3.63"),
    "Algeria": ("2.36", "40.58"),
    "Angola": ("0.7", "12.36"),
    "Argentina": ("0.08", "1.26"),
    "Armenia": ("5.91", "595.87"),
    "Australia": ("1.51", "4.62"),
    "Austria": ("6.52", "664.26"),
    "Bangladesh": ("1.47", "1699.28"),
    "Belarus": ("0.1", "4.48"),
    "Belgium": ("2.62", "954.84"),
    "Benin": ("0.04", "3.58"),
    "Botswana": ("1.3", "4.56"),
    "Brazil": ("0.04", "0.88"),
    "Bulgaria": ("1.54", "99.64"),
    "Burkina Faso": ("1.83", "115.67"),
    "Burundi": ("5.05", "1955.67"),
}
"""UNHCR, indicators of host country capacity and contributions, end of 2014: per 1,000 inhabitants
and per 1,000 km²."""


@pytest.mark.parametrize("name", CAPACITY_2014)
def test_capacity_of_2014_is_within_a_fifth_of_the_published_table(name: str) -> None:
    """Inhabitants, area and the count of refugees are of other sources, or revised since.

    UNHCR divides by the UN's population (of its edition of 2012) and by the surface area, with
    inland water; ours are the World Bank's population of today and the land area.
    """
    for measure, printed in zip(
        ("per-1000-inhabitants", "per-1000-km2"), CAPACITY_2014[name], strict=True
    ):
        ours, theirs = compute(measure, scope(name), 2014).value, Fraction(printed)
        assert ours is not None
        assert (measure, abs(ours - theirs) <= max(theirs / 5, Fraction(11, 1000))) == (
            measure,
            True,
        )
