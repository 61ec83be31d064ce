"""The figures that ship: known values, the rule of the date, and what is missing."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from importlib.resources.abc import Traversable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.parties.figures import (
    Figure,
    cite,
    coverage,
    indicator,
    languages,
    reference,
    shipped_indicators,
    sources,
)
from commonhaven.parties.figures.explain import members
from commonhaven.reading import Problem, build, dump

TODAY = date(2026, 11, 21)
TABLES = files("commonhaven.parties.figures").joinpath("tables")


def value(state: str, name: str, on: date = TODAY) -> Fraction | None:
    figure = reference().at(state, name, on)
    return figure.value if figure else None


@pytest.mark.parametrize(
    ("state", "name", "on", "expected"),
    [
        ("DEU", "population", date(2021, 6, 1), "83160871"),
        ("USA", "gdp", date(2019, 12, 31), "21521395000000"),
        ("LBN", "gni_per_capita", date(2020, 1, 1), "8630"),
        ("UGA", "land_area_km2", date(2021, 1, 1), "200520"),
        ("ESP", "unemployment_percent", date(2014, 1, 1), "26.094"),
        ("ETH", "agriculture_employment_percent", date(2020, 1, 1), "65.053"),
        ("RWA", "conflict_intensity", date(1995, 1, 1), "2"),
        ("RWA", "conflict_intensity", date(1990, 1, 1), "0"),
        ("IRN", "refugees_hosted", date(2024, 1, 1), "3764517"),
        ("COL", "refugees_hosted", date(2024, 1, 1), "2852542"),
        ("DEU", "un_scale_percent", TODAY, "5.692"),
        ("CHN", "un_scale_percent", date(2023, 1, 1), "15.254"),
        ("SYR", "language/Arabic", TODAY, "1"),
        ("TUR", "language/Kurmanji", TODAY, "1/2"),
        ("SYR", "language/English", TODAY, "0"),
        ("NGA", "language/Yoruba", TODAY, "1"),
        ("SYR", "distance_km/TUR", TODAY, "780"),
        ("FRA", "distance_km/DZA", TODAY, "1340"),
        ("MLI", "religion/muslim", date(1990, 12, 31), "0.8783"),
    ],
)
def test_published_values_are_found(state: str, name: str, on: date, expected: str) -> None:
    assert value(state, name, on) == Fraction(expected)


def test_applications_per_million_is_the_mean_of_five_years() -> None:
    """Germany 2011-2015: 45,714 + 64,525 + 109,561 + 173,077 + 441,898 (UNHCR)."""
    total = 45714 + 64525 + 109561 + 173077 + 441898
    people = value("DEU", "population", date(2015, 12, 31))
    assert people is not None
    found = value("DEU", "applications_per_million", date(2015, 12, 31))
    assert found == Fraction(round(Fraction(total * 200_000) / people * 10_000), 10_000)


def test_gni_is_per_capita_times_population() -> None:
    year = date(2019, 12, 31)
    per_person, people = value("LBN", "gni_per_capita", year), value("LBN", "population", year)
    assert per_person is not None
    assert people is not None
    assert value("LBN", "gni", year) == per_person * people


def test_land_borders_of_liberia_and_its_like() -> None:
    assert neighbours("LBR") == {"CIV", "GIN", "SLE"}
    assert neighbours("SYR") == {"IRQ", "ISR", "JOR", "LBN", "TUR"}
    assert neighbours("SSD") == {"CAF", "COD", "ETH", "KEN", "SDN", "UGA"}
    assert neighbours("SDN") == {"CAF", "EGY", "ERI", "ETH", "LBY", "SSD", "TCD"}
    assert neighbours("SRB") == {"BGR", "BIH", "HRV", "HUN", "MKD", "MNE", "ROU", "XKX"}
    assert neighbours("ISL") == set()


def neighbours(state: str) -> set[str]:
    store = reference()
    return {
        other
        for other in store.states(f"land_border/{state}")
        if value(other, f"land_border/{state}") == 1
    }


def test_borders_and_distances_are_the_same_both_ways() -> None:
    states = sorted(members())[::6]
    for one in states:
        for other in states:
            for name in ("land_border", "distance_km"):
                assert value(one, f"{name}/{other}") == value(other, f"{name}/{one}")


def test_corrected_borders_and_own_distances_say_so() -> None:
    border = reference().at("UGA", "land_border/SSD", TODAY)
    assert border is not None
    assert border.note.startswith("Our own correction: South Sudan")
    distance = reference().at("KEN", "distance_km/SSD", TODAY)
    assert distance is not None
    assert (distance.value, distance.note[:24]) == (Fraction(897), "Computed by us from Juba")
    plain = reference().at("KEN", "distance_km/UGA", TODAY)
    assert plain is not None
    assert plain.note == ""


@pytest.mark.parametrize("year", range(2016, 2028))
def test_the_un_scale_sums_to_exactly_100(year: int) -> None:
    store = reference()
    rates = [store.series(state, "un_scale_percent").get(year) for state in scale_states()]
    assert sum(rate.value for rate in rates if rate) == 100
    assert sum(rate is not None for rate in rates) == 193


def scale_states() -> tuple[str, ...]:
    return reference().states("un_scale_percent")


def test_the_un_scale_covers_every_year_since_1946() -> None:
    assert list(reference().series("FRA", "un_scale_percent")) == list(range(1946, 2028))


def test_missing_is_none_and_never_zero() -> None:
    store = reference()
    assert store.at("PRK", "gdp", TODAY) is None
    assert store.series("PRK", "gdp") == {}
    assert store.at("DEU", "population", date(1959, 6, 1)) is None
    assert store.at("SSD", "language/Arabic", TODAY) is None
    assert store.at("DEU", "distance_km/DEU", TODAY) is None
    assert store.at("DEU", "land_border/DEU", TODAY) is None
    assert store.at("DEU", "land_border/QQQ", TODAY) is None
    assert store.at("QQQ", "population", TODAY) is None


@pytest.mark.parametrize(
    ("on", "period", "age"),
    [
        (date(2020, 12, 31), 2020, 0),
        (date(2020, 12, 30), 2019, 0),
        (date(2021, 6, 30), 2020, 0),
        (date(2030, 12, 30), 2024, 5),
        (date(2030, 12, 31), 2024, 6),
    ],
)
def test_the_latest_ended_year_counts(on: date, period: int, age: int) -> None:
    figure = reference().at("DEU", "population", on)
    assert figure is not None
    assert (figure.period, figure.age(on), figure.stand_in) == (period, age, False)


def test_a_later_period_stands_in_for_slow_indicators_only() -> None:
    on = date(1955, 6, 1)
    area = reference().at("UGA", "land_area_km2", on)
    assert area is not None
    assert (area.period, area.stand_in, area.age(on)) == (1961, True, -6)
    assert reference().at("UGA", "gdp", on) is None


def test_the_scale_adopted_in_advance_counts_from_its_first_day() -> None:
    first_day = reference().at("CHN", "un_scale_percent", date(2025, 1, 1))
    assert first_day is not None
    assert (first_day.period, first_day.value) == (2025, Fraction("20.004"))
    assert first_day.age(date(2025, 1, 1)) == 0
    late = reference().at("CHN", "un_scale_percent", date(2031, 1, 1))
    assert late is not None
    assert (late.period, late.age(date(2031, 1, 1))) == (2027, 3)


def test_a_static_fact_has_no_age() -> None:
    figure = reference().at("LBR", "distance_km/CIV", date(1990, 1, 1))
    assert figure is not None
    assert (figure.period, figure.age(date(1990, 1, 1)), figure.stand_in) == (0, 0, False)
    assert figure.cite == cite("LBR", "distance_km/CIV") == "figure:LBR/distance_km/CIV"


def test_a_language_named_nowhere_is_zero_and_says_so() -> None:
    figure = reference().at("SYR", "language/Arabik", TODAY)
    assert figure is not None
    assert figure.value == 0
    assert figure.note == "The source names this language for no state: check its spelling."
    assert {"Arabic", "Swahili", "Yoruba", "Kinyarwanda"} <= set(languages())


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("populaton", "Did you mean population?"),
        ("distance_km", "Name the counterpart, such as distance_km/LBR."),
        ("language", "Name the counterpart, such as language/Arabic."),
        ("gdp/LBR", "Write gdp alone."),
        ("religion/moslem", "religion/muslim"),
        ("land_border/", "Name the counterpart, such as land_border/LBR."),
    ],
)
def test_an_unknown_indicator_is_a_problem_with_advice(name: str, says: str) -> None:
    with pytest.raises(Problem) as caught:
        reference().at("LBR", name, TODAY)
    assert caught.value.what == f"there is no indicator {name}"
    assert says in caught.value.fix


def test_a_state_in_small_letters_is_a_problem() -> None:
    with pytest.raises(Problem, match='"lbr" is not a code of three capital letters'):
        reference().at("lbr", "gdp", TODAY)


def tables(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, str]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from tables(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name.removesuffix(".csv"), entry.read_text("utf-8")


def test_every_table_is_listed_and_stays_small() -> None:
    found = dict(tables(TABLES))
    assert set(found) == {about.id for about in shipped_indicators()}
    assert sum(len(text.encode()) for text in found.values()) < 3_000_000


def test_tables_are_sorted_plain_and_within_plausible_bounds() -> None:
    for name, text in tables(TABLES):
        lines = text.splitlines()
        assert '"' not in text, name
        states = [line.split(",")[0] for line in lines[1:]]
        assert states == sorted(set(states)), name
        assert {line.count(",") for line in lines} == {lines[0].count(",")}, name
        about = next(about for about in shipped_indicators() if about.id == name)
        if about.layout == "lists":
            continue
        cells = [Decimal(c) for line in lines[1:] for c in line.split(",")[1:] if c]
        assert about.low is not None
        assert about.high is not None
        assert about.low <= Fraction(min(cells)), name
        assert Fraction(max(cells)) <= about.high, name
        if about.layout != "pairs":
            header = lines[0].split(",")
            assert about.years == (int(header[1]), int(header[-1])), name


def test_every_indicator_names_its_source_and_terms() -> None:
    known = sources()
    for about in shipped_indicators():
        assert about.source in known
        assert "" not in (about.title, about.unit, about.publisher, about.licence, about.edition)
        assert not any(word in about.licence for word in ("NC", "ODbL", "GPL", "SA")), about.id


def test_there_are_193_members_and_no_indicator_covers_more() -> None:
    assert len(members()) == 193
    counts = {line.indicator.id: line.counts for line in coverage()}
    assert counts["population"] == (193, 193, 193)
    assert counts["political_stability"] == (0, 188, 0)
    assert all(0 <= count <= 193 for line in counts.values() for count in line)


def test_a_figure_can_be_written_and_read_back() -> None:
    figure = reference().at("UGA", "land_area_km2", date(1955, 6, 1))
    assert build(Figure, dump(figure), "plan") == figure


names = st.sampled_from([a.id for a in shipped_indicators() if a.layout in ("years", "members")])
dates = st.dates(date(1940, 1, 1), date(2032, 12, 31))


@given(st.sampled_from(sorted(members())), names, dates)
def test_the_figure_of_a_date_is_the_latest_that_had_ended(state: str, name: str, on: date) -> None:
    figure, series = reference().at(state, name, on), reference().series(state, name)
    about = indicator(name)
    ended = [
        year
        for year in series
        if date(year, 12, 31) <= on or (about.in_advance and year == on.year)
    ]
    if ended:
        assert figure == series[max(ended)]
    elif series and about.slow:
        assert figure is not None
        assert (figure.period, figure.stand_in) == (min(series), True)
    else:
        assert figure is None
