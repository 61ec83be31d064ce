"""The publishers' files at full size give what ships; what does not ship is worked from files."""

import csv
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from commonhaven.indicators import Basis, compute, from_folder, restated, scope, shipped

WORLD = scope("world")
ON = date(2026, 11, 20)
SINCE = 2012
Rows = Callable[[str, str], list[dict[str, str]]]
AS_UNHCR_NAMES_THEM = {
    "year": "Year",
    "origin_iso3": "Country of origin (ISO)",
    "asylum_iso3": "Country of asylum (ISO)",
    "refugees": "Refugees under UNHCR's mandate",
    "asylum_seekers": "Asylum-seekers",
    "oip": "Other people in need of international protection",
    "returned_refugees": "Returned refugees",
    "resettlement": "Resettlement arrivals",
    "naturalisation": "Naturalisation",
}
"""Columns of the copy beside the project → those of UNHCR's downloads; stocks hold returns too."""


def written(rows: list[dict[str, str]], path: Path) -> None:
    names = [name for name in AS_UNHCR_NAMES_THEM if name in rows[0]]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(AS_UNHCR_NAMES_THEM[name] for name in names)
        writer.writerows([row[name] for name in names] for row in rows)


@pytest.fixture(scope="module")
def unhcr(published: Rows, tmp_path_factory: pytest.TempPathFactory) -> Basis:
    """UNHCR's tables of stocks and solutions since 2012, every pair of origin and asylum."""
    folder = tmp_path_factory.mktemp("unhcr")
    for theirs, ours in (
        ("population_origin_asylum_year", "population"),
        ("solutions", "solutions"),
    ):
        rows = published("data", f"unhcr_{theirs}.csv")
        written([row for row in rows if int(row["year"]) >= SINCE], folder / f"{ours}.csv")
    return from_folder(folder, on=ON)


def test_unhcr_s_files_give_the_tables_that_ship_value_by_value(unhcr: Basis) -> None:
    found = restated(shipped(), unhcr, WORLD, [])
    assert found.revised == ()
    assert found.new == ()
    assert all(change.year < SINCE for change in found.withdrawn)


@pytest.mark.parametrize("name", ["hosted", "returns", "resettlement-arrivals", "top-ten-share",
                                  "gini-by-gdp", "return-rate"])  # fmt: skip
def test_measures_of_the_files_are_those_of_the_tables_that_ship(unhcr: Basis, name: str) -> None:
    for of in ("world", "igad", "LBN"):
        for year in (2016, 2024):
            ours, theirs = compute(name, scope(of), year), compute(name, scope(of), year, unhcr)
            assert (ours.value, ours.why_missing) == (theirs.value, theirs.why_missing)


def test_costs_within_donor_countries_are_near_what_the_oecd_published(
    published: Rows, tmp_path: Path
) -> None:
    """OECD 2021: 20.1 billion dollars in 2018 and 2019 together; the tables have been revised."""
    lines = ["state,indicator,period,value,unit,source,retrieved"]
    for row in published("data", "oecd_dac_in_donor_refugee_costs.csv"):
        if row["idrc_current_usd_m"]:
            usd = Fraction(row["idrc_current_usd_m"]) * 10**6
            lines.append(
                f"{row['iso3']},in_donor_refugee_costs,{row['year']},{round(usd)},US dollars,OECD,"
                "2026-11-20"
            )
    (tmp_path / "oecd.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    basis = from_folder(tmp_path, on=ON)
    both = [compute("in-donor-costs", WORLD, year, basis).value for year in (2018, 2019)]
    together = sum(value for value in both if value is not None)
    assert abs(together - 20_100_000_000) < 20_100_000_000 / 50
    (cited,) = compute("in-donor-costs", WORLD, 2018, basis).sources
    assert cited.publisher == "OECD"


def test_response_plans_are_covered_in_part(published: Rows, tmp_path: Path) -> None:
    asked: dict[str, Fraction] = {}
    came: dict[str, Fraction] = {}
    for row in published("data", "unhcr_refugee_response_plans.csv"):
        if row["year"] == "2019" and row["iso3"] and row["requested_usd"] and row["received_usd"]:
            asked[row["iso3"]] = asked.get(row["iso3"], Fraction(0)) + Fraction(
                row["requested_usd"]
            )
            came[row["iso3"]] = came.get(row["iso3"], Fraction(0)) + Fraction(row["received_usd"])
    lines = ["state,indicator,period,value,unit,source,retrieved"]
    for name, cells in (("plan_requested", asked), ("plan_received", came)):
        lines += [f"{s},{name},2019,{float(v):.0f},US dollars,UNHCR,2026-11-20"
                  for s, v in cells.items()]  # fmt: skip
    (tmp_path / "plans.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = compute("plan-coverage", WORLD, 2019, from_folder(tmp_path, on=ON))
    assert found.value is not None
    expected = sum(came.values()) / sum(asked.values()) * 100
    assert abs(found.value - expected) < Fraction(1, 1000)
    assert 0 < found.value < 100


def test_what_donors_gave_is_the_published_total_of_each_year(published: Rows) -> None:
    totals: dict[int, Fraction] = {}
    for row in published("data", "unhcr_contributions_by_donor.csv"):
        year = int(row["year"])
        totals[year] = totals.get(year, Fraction(0)) + Fraction(row["value_usd"])
    assert sorted(totals) == list(shipped().donors.years)
    for year, total in totals.items():
        ours = compute("unhcr-contributions", WORLD, year).value
        assert ours is not None
        assert abs(ours - total) < 200, "each row is rounded to a dollar"
