"""Measures on a world small enough to work out by hand."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from commonhaven.indicators import Basis, compute, from_folder, measures, scope
from commonhaven.indicators.result import Result
from commonhaven.parties.figures import reference
from commonhaven.reading import Problem, build, dump

WORLD = scope("world")
Made = Callable[..., Basis]
DAY = date(2026, 11, 20)
FIVE = {
    "UGA": {"refugees_under_mandate": 600, "other_protection_hosted": 0, "population": 4000,
            "gdp": 2000, "land_area_km2": 200},
    "KEN": {"refugees_under_mandate": 300, "other_protection_hosted": 50, "population": 5000,
            "gdp": 8000, "land_area_km2": 500},
    "DEU": {"refugees_under_mandate": 50, "population": 8000, "gdp": 40000, "land_area_km2": 300},
    "UNK": {"refugees_under_mandate": 7},
}  # fmt: skip


def value(made: Made, name: str, of: str = "world") -> Fraction | None:
    return compute(name, scope(of), 2020, made(FIVE)).value


def test_a_sum_of_the_world_counts_every_row_and_tells_what_belongs_to_no_state(made: Made) -> None:
    found = compute("hosted", WORLD, 2020, made(FIVE))
    assert found.value == 1007
    assert found.coverage.unattributed == 7
    assert found.coverage.counted == ("DEU", "KEN", "UGA")
    assert "UNK" not in found.coverage.missing
    assert "FRA" in found.coverage.missing
    assert value(made, "hosted", "UGA+KEN") == 950
    assert value(made, "hosted-share", "UGA+KEN") == Fraction(95000, 1007)


def test_capacity_divides_sums_over_states_that_have_both(made: Made) -> None:
    assert value(made, "per-1000-inhabitants") == Fraction(1000, 17000) * 1000
    assert value(made, "per-1000-km2", "UGA") == 3000
    assert value(made, "per-gdp-per-head", "UGA") == 600 / Fraction(2000, 4000)
    assert value(made, "per-million-gdp", "KEN") == Fraction(350, 8000) * 1_000_000
    assert value(made, "hosted-to-gdp-share", "UGA") == Fraction(600, 1000) / Fraction(2000, 50000)


def test_people_in_states_without_a_figure_to_divide_by_are_told(made: Made) -> None:
    found = compute("per-1000-inhabitants", WORLD, 2020, made(FIVE))
    assert found.coverage.left_out == 7


def test_spread_over_states_in_order(made: Made) -> None:
    assert value(made, "top-ten-share") == Fraction(100000, 1007)
    found = compute("top-ten-share", WORLD, 2020, made(FIVE))
    assert list(found.parts) == ["UGA", "KEN", "DEU"]
    wanted = Fraction(2, 3) * (Fraction(600 - 50, 1000))
    assert value(made, "gini-of-hosting") == wanted
    assert value(made, "low-and-middle-share") == Fraction(95000, 1007)
    bounds = compute("low-and-middle-share", WORLD, 2020, made(FIVE)).bounds
    assert bounds is not None
    assert (bounds.low, bounds.high) == (Fraction(95000, 1007), Fraction(95700, 1007))
    assert value(made, "low-and-middle-to-high") == 19


def test_poor_states_that_host_more_than_their_part_make_it_negative(made: Made) -> None:
    found = value(made, "concentration-by-wealth")
    assert found is not None
    assert found < 0


def test_missing_is_missing_with_its_reason(made: Made) -> None:
    basis = made(FIVE)
    assert compute("hosted", WORLD, 2021, basis).value is None
    said = compute("hosted", WORLD, 2021, basis).why_missing
    assert (
        said
        == "The table of refugees_under_mandate has no figure of 2021. It runs from 2020 to 2020."
    )
    assert (
        "No state of the scope has a row"
        in compute("hosted", scope("FRA"), 2020, basis).why_missing
    )
    assert compute("per-1000-inhabitants", scope("FRA"), 2020, basis).value is None
    assert (
        "No table of first_permits ships"
        in compute("complementary-pathways", WORLD, 2022).why_missing
    )
    assert "held for 2016 to 2023" in compute("unhcr-donors", WORLD, 2024).why_missing
    assert "Nobody belonged" in compute("returns", scope("igad"), 1980).why_missing


def test_a_figure_to_divide_by_may_be_three_years_old_and_no_older(made: Made) -> None:
    shipped = compute("per-million-gdp", WORLD, 2025)
    assert shipped.value is not None
    assert 2023 in shipped.coverage.years
    old = [state for state in reference().states("gdp")
           if max(reference().series(state, "gdp")) < 2022]  # fmt: skip
    assert old
    assert not set(old) & set(shipped.coverage.counted)


def test_a_year_in_which_others_were_counted_and_are_missing_has_no_total(made: Made) -> None:
    alone = {"UGA": {"refugees_under_mandate": 5}}
    assert compute("hosted", WORLD, 2020, made(alone)).value is None
    assert compute("hosted", WORLD, 2016, made(alone, 2016)).value == 5


def test_a_rate_is_on_the_stock_of_the_year_before() -> None:
    flow = compute("returns", WORLD, 2024).value
    stock = compute("fled", WORLD, 2023).value
    assert flow is not None
    assert stock is not None
    assert compute("return-rate", WORLD, 2024).value == flow / stock * 1000


def test_donors_are_told_by_kind_and_a_state_counts_once() -> None:
    found = compute("unhcr-donors", WORLD, 2022)
    assert found.value == sum(found.parts.values())
    assert compute("unhcr-donors", scope("DEU"), 2022).value == 1
    given = compute("unhcr-contributions", WORLD, 2022).value
    assert given is not None
    assert round(given / 10**7) == 585
    germany = compute("unhcr-contributions", scope("DEU"), 2022).value
    assert germany is not None
    assert round(germany / 10**6) == 536


def test_files_of_a_folder_stand_in_for_the_shipped_tables_whole(tmp_path: Path) -> None:
    (tmp_path / "solutions.csv").write_text(
        "Year,Country of origin (ISO),Country of asylum (ISO),Returned refugees,"
        "Resettlement arrivals,Naturalisation\n2024,SSD,UGA,100,0,0\n2024,UNK,CAN,0,3,0\n",
        encoding="utf-8",
    )
    (tmp_path / "own.csv").write_text(
        "state,indicator,period,value,unit,source,retrieved\n"
        "DEU,first_permits,2024,50,persons,OECD and UNHCR,2026-01-01\n",
        encoding="utf-8",
    )
    (tmp_path / "donors.csv").write_text(
        "year,donor,kind,state,usd\n2024,FRA,government,FRA,10\n2024,A fund,private,,5\n",
        encoding="utf-8",
    )
    basis = from_folder(tmp_path, on=DAY)
    assert compute("returns", WORLD, 2024, basis).value == 100
    assert compute("resettlement-arrivals", WORLD, 2024, basis).value == 3
    assert compute("returns", WORLD, 2023, basis).value is None
    assert "runs from 2024 to 2024" in compute("returns", WORLD, 2023, basis).why_missing
    assert compute("hosted", WORLD, 2024, basis) == compute("hosted", WORLD, 2024)
    assert compute("complementary-pathways", WORLD, 2024, basis).value == 50
    assert compute("unhcr-contributions", WORLD, 2024, basis).value == 15
    (cited,) = compute("returns", WORLD, 2024, basis).sources
    assert (cited.edition, cited.retrieved) == ("files-2026-11-20", DAY)


def test_a_wrong_table_of_donors_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "donors.csv"
    head = "year,donor,kind,state,usd\n"
    file.write_text(head + "2024,France,government,Germany,10\n", encoding="utf-8")
    with pytest.raises(Problem, match="Write the ISO code: DEU"):
        from_folder(tmp_path, on=DAY)
    file.write_text(head + "2024,A,private,,1\n2024,A,private,,1\n", encoding="utf-8")
    with pytest.raises(Problem, match="A stands twice in 2024"):
        from_folder(tmp_path, on=DAY)
    with pytest.raises(Problem, match="no such folder"):
        from_folder(tmp_path / "none", on=DAY)


@pytest.mark.parametrize("name", measures())
def test_every_result_is_a_plain_value_with_sources_or_a_reason(name: str) -> None:
    found = compute(name, WORLD, 2021)
    assert build(Result, dump(found), "again") == found
    assert (found.value is None) == bool(found.why_missing)
    assert (found.value is None) == (found.sources == ())
    for cited in found.sources:
        assert cited.publisher
        assert cited.licence


@pytest.mark.parametrize("name", measures())
@pytest.mark.parametrize("of", ["igad", "UGA", "high-income", "ATA"])
def test_every_scope_has_a_value_with_sources_or_a_reason(of: str, name: str) -> None:
    found = compute(name, scope(of), 2021)
    assert (found.value is None) == bool(found.why_missing) == (found.sources == ())


def test_one_state_alone_has_no_spread() -> None:
    assert (
        compute("gini-by-gdp", scope("UGA"), 2021).why_missing == "One state alone has no spread."
    )
    told = compute("top-ten-share", scope("igad"), 2021)
    assert told.value == 100
    assert "no more than ten hosts" in told.notes[-1]
    assert all("ten hosts" not in note for note in compute("top-ten-share", WORLD, 2021).notes)


def test_states_with_arrivals_are_counted(made: Made) -> None:
    basis = made(
        {"DEU": {"resettlement_arrivals": 5}, "FRA": {"resettlement_arrivals": 0},
         "UNK": {"resettlement_arrivals": 3}}
    )  # fmt: skip
    assert compute("resettlement-countries", WORLD, 2020, basis).value == 1
    assert compute("resettlement-countries", scope("FRA"), 2020, basis).value == 0
    assert compute("resettlement-countries", scope("ITA"), 2020, basis).value is None


def test_a_year_beyond_all_tables_is_a_problem() -> None:
    with pytest.raises(Problem, match="no figures of 1800"):
        compute("hosted", WORLD, 1800)
