"""A small store of embedded figures answers as the store they came from."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.parties.figures import Figure, Figures, describe, reference, report
from commonhaven.parties.figures.explain import members
from commonhaven.reading import Problem

ON = date(1990, 6, 30)
NAMES = (
    "population", "gdp", "land_area_km2", "un_scale_percent", "hdi", "urban_percent",
    "distance_km/LBR", "land_border/LBR", "language/English", "religion/muslim",
)  # fmt: skip

pairs = st.lists(
    st.tuples(st.sampled_from(sorted(members())), st.sampled_from(NAMES)), min_size=1, unique=True
)


@given(pairs, st.dates(date(1946, 1, 1), date(2027, 12, 31)))
def test_embedded_figures_give_the_same_answers(asked: list[tuple[str, str]], on: date) -> None:
    answers = {pair: reference().at(*pair, on) for pair in asked}
    used = [figure for figure in answers.values() if figure]
    missing = [pair for pair, figure in answers.items() if figure is None]
    store = Figures.of(used, missing=missing)
    assert {pair: store.at(*pair, on) for pair in asked} == answers
    again = Figures.of(reversed(used), missing=missing)
    assert {pair: again.at(*pair, on) for pair in asked} == answers


def test_a_closed_store_refuses_what_it_does_not_hold() -> None:
    gdp = reference().at("LBR", "gdp", ON)
    assert gdp is not None
    closed = Figures.of([gdp], missing=[("PRK", "gdp")])
    assert closed.at("LBR", "gdp", ON) == gdp
    assert closed.at("PRK", "gdp", ON) is None
    with pytest.raises(Problem, match="do not say what figure:CIV/gdp is, nor that it is missing"):
        closed.at("CIV", "gdp", ON)
    with pytest.raises(Problem, match="figure:LBR/population"):
        Figures.of([gdp], missing=()).at("LBR", "population", ON)


def test_an_open_store_takes_all_else_for_missing() -> None:
    gdp = reference().at("LBR", "gdp", ON)
    assert gdp is not None
    assert Figures.of([gdp]).at("CIV", "gdp", ON) is None


def test_a_stand_in_stays_one_and_only_where_marked() -> None:
    early = date(1950, 1, 1)
    area = reference().at("UGA", "land_area_km2", early)
    assert area is not None
    assert area.stand_in
    assert Figures.of([area]).at("UGA", "land_area_km2", early) == area
    plain = replace(area, stand_in=False)
    assert Figures.of([plain]).at("UGA", "land_area_km2", early) is None
    assert Figures.of([area]).at("UGA", "land_area_km2", ON) == plain


def test_two_values_for_one_period_are_a_problem() -> None:
    gdp = reference().at("LBR", "gdp", ON)
    assert gdp is not None
    with pytest.raises(Problem) as caught:
        Figures.of([gdp, replace(gdp, value=Fraction(1))])
    assert caught.value.where == f"figure:LBR/gdp, {gdp.period}"
    assert Figures.of([gdp, gdp]).series("LBR", "gdp") == {gdp.period: gdp}


def test_a_small_store_says_what_it_holds() -> None:
    own = Figure(
        state="LBR", indicator="tax_revenue", period=2020, value=Fraction(5), unit="US dollars",
        source="ministry", retrieved=date(2021, 3, 1), revision="budget-2021",
    )  # fmt: skip
    store = Figures.of([own])
    (about,) = store.indicators()
    assert (about.id, about.unit, about.source) == ("tax_revenue", "US dollars", "ministry")
    assert (about.edition, about.licence) == ("budget-2021", "not stated")
    assert store.states("tax_revenue") == ("LBR",)
    assert store.at("LBR", "tax_revenue", date(2022, 1, 1)) == own


def test_describe_says_which_value_how_old_and_from_whom() -> None:
    told = describe("LBR", "population", date(1990, 6, 30))
    assert told.used == reference().at("LBR", "population", date(1990, 6, 30))
    assert told.age == 0
    assert [figure.period for figure in told.around] == list(range(1984, 1995))
    assert report(told) == (
        "figure:LBR/population on 1990-06-30: Population at mid-year",
        "value: 2517858 persons (1989, less than a year old)",
        "source: World Bank, wdi-population, edition wdi-population-425fc447, "
        "retrieved 2026-11-21, CC BY 4.0",
        *(
            f"  {year}  {figure.value}{'  <- used' if year == 1989 else ''}"
            for year, figure in reference().series("LBR", "population").items()
            if 1984 <= year <= 1994
        ),
    )


def test_describe_shows_stand_ins_notes_and_what_is_missing() -> None:
    early = report(describe("UGA", "land_area_km2", date(1950, 1, 1)))
    assert early[1] == "value: 199810 km² (1961, 11 years later than the date)"
    assert early[2] == "stand-in: no earlier period is known, so a later one stands in"
    none = report(describe("GEO", "gdp", date(1980, 1, 1)))
    assert none[1] == "missing: no value for this date; known from 1990 to 2023"
    assert report(describe("PRK", "gdp", ON))[1] == "missing: no value for this date"
    distance = report(describe("KEN", "distance_km/SSD", ON))
    assert distance[1] == "value: 897 km (no year, does not age)"
    assert distance[3].startswith("note: Computed by us from Juba (4.85, 31.60)")
    old = report(describe("USA", "political_stability", date(2026, 1, 1)))
    assert old[1].endswith("(2019, 6 years old)")


def test_all_figures_of_a_year_are_those_of_each_state() -> None:
    store = reference()
    years = store.years("resettlement_arrivals")
    assert (years[0], years[-1]) == (1959, 2025)
    for year in (1959, 2016):
        found = store.of_year("resettlement_arrivals", year)
        assert found == {
            state: store.series(state, "resettlement_arrivals")[year]
            for state in store.states("resettlement_arrivals")
            if year in store.series(state, "resettlement_arrivals")
        }
    assert store.of_year("resettlement_arrivals", 1958) == {}
    assert 0 not in store.years("distance_km/LBR")
