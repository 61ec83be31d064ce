"""The situations that ship: numbers as published, sources declared and used, pages up to date."""

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from commonhaven.parties import states
from commonhaven.reading import build, dump, load_toml
from commonhaven.situations import Situation, check, json_schema, load, reference_page, shipped

HOME = Path(__file__).parents[2]
FILES = HOME / "src/commonhaven/situations/crises"
REFERENCE = HOME / "docs/reference"

# UNHCR, Refugee Data Finder, Global Trends 2025 edition: people from the country of origin at the
# end of the year. Refugees include people in refugee-like situations.
PUBLISHED = {
    "afghanistan-2021": 2_712_869,  # refugees
    "bosnia-1992": 618_428,  # refugees at the end of 1993
    "burundi-2015": 292_750,  # refugees
    "car-2013": 252_854,  # refugees
    "indochina-1979": 397_290 - 2_000 + 51_100 + 128_770,  # Viet Nam (known places), KHM, LAO
    "kosovo-1999": 363_100 + 135_200 + 32_500 + 18_487,  # UNHCR, 25 April 1999: ALB MKD BIH, by air
    "liberia-1990": 735_687,  # refugees
    "nicaragua-2018": 1_671 + 32_265,  # refugees, asylum-seekers
    "rohingya-2017": 932_204,  # refugees from Myanmar in Bangladesh
    "rwanda-1994": 2_257_570,  # refugees
    "south-sudan-2016": 1_436_707,  # refugees
    "sudan-2023": 1_496_923 + 253_902,  # refugees, asylum-seekers
    "syria-2013": 2_468_323,  # refugees
    "togo-1993": 291_055,  # refugees
    "ukraine-2022": 5_684_177,  # refugees
    "venezuela-2018": 21_047 + 464_223 + 2_592_947,  # refugees, asylum-seekers, others
}

LARGEST = {
    "afghanistan-2021": ("PAK", 1_490_562),
    "bosnia-1992": ("HRV", 287_000),
    "burundi-2015": ("TZA", 155_755),
    "car-2013": ("CMR", 103_892),
    "indochina-1979": ("CHN", 250_000),
    "kosovo-1999": ("ALB", 363_100),
    "liberia-1990": ("GIN", 325_000),
    "nicaragua-2018": ("CRI", 23_162),
    "rohingya-2017": ("BGD", 932_204),
    "rwanda-1994": ("COD", 1_252_837),
    "south-sudan-2016": ("UGA", 639_007),
    "sudan-2023": ("TCD", 925_313),
    "syria-2013": ("LBN", 851_284),
    "togo-1993": ("BEN", 155_908),
    "ukraine-2022": ("RUS", 1_275_315),
    "venezuela-2018": ("COL", 1_174_375),
}

COLUMNS = {
    "nicaragua-2018": ("refugees", "asylum_seekers"),
    "sudan-2023": ("refugees", "asylum_seekers"),
    "venezuela-2018": ("refugees", "asylum_seekers", "oip"),
}


def present(situation: Situation) -> dict[str, int]:
    totals: dict[str, int] = {}
    for cohort in situation.cohorts:
        for state, people in cohort.present.items():
            totals[state] = totals.get(state, 0) + people
    return totals


def test_every_situation_that_ships_is_compared_with_what_was_published() -> None:
    assert set(shipped()) == set(PUBLISHED) == set(LARGEST)


@pytest.mark.parametrize("name", PUBLISHED)
def test_people_add_up_to_the_published_total(name: str) -> None:
    assert load(name).people == PUBLISHED[name]


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_host_has_the_published_number(name: str) -> None:
    totals = present(load(name))
    state = max(totals, key=lambda code: totals[code])
    assert (state, totals[state]) == LARGEST[name]


@pytest.mark.parametrize("name", shipped())
def test_a_situation_that_ships_has_nothing_to_mend_or_to_weigh(name: str) -> None:
    assert check(load(name), today=date(2026, 1, 1)) == ()


@pytest.mark.parametrize("name", shipped())
def test_a_situation_that_ships_is_real_and_named_in_six_languages(name: str) -> None:
    situation = load(name)
    assert (situation.id, situation.synthetic) == (name, False)
    assert {"ar", "en", "es", "fr", "ru", "zh"} <= set(situation.name)


@pytest.mark.parametrize("name", shipped())
def test_every_state_is_one_that_can_be_placed_in(name: str) -> None:
    situation = load(name)
    codes = set(present(situation)) | {cohort.origin for cohort in situation.cohorts} - {""}
    standings = {states()[code].standing for code in codes | {situation.origin}}
    assert standings <= {"UN member", "UN observer", "other state or territory"}


@pytest.mark.parametrize("name", shipped())
def test_numbers_from_unhcr_name_edition_licence_and_day(name: str) -> None:
    for source in load(name).sources:
        if source.id.startswith("unhcr-") and "Refugee Data Finder" in source.title:
            assert "Global Trends 2025 edition, CC BY 4.0" in source.title
            assert source.retrieved == date(2026, 6, 25)


def test_unit_costs_are_the_requirement_divided_by_the_people() -> None:
    costs = {unit.state: unit.amount for unit in load("south-sudan-2016").unit_costs}
    asked = {
        "CAF": Decimal(9_281_136) / 4_912,
        "COD": Decimal(14_750_559) / 66_672,
        "ETH": Decimal(276_379_510) / 338_774,
        "KEN": Decimal(49_543_634) / 87_141,
        "SDN": Decimal(158_448_491) / 297_168,
        "UGA": Decimal(251_162_974) / 639_007,
    }
    assert costs == {state: round(amount) for state, amount in asked.items()}


def test_people_evacuated_from_macedonia_stand_as_printed() -> None:
    (evacuated,) = (c for c in load("kosovo-1999").cohorts if c.id == "evacuated")
    printed = {
        "DEU": 9974, "TUR": 4425, "NOR": 1265, "FRA": 772, "BEL": 676, "AUT": 45, "POL": 635,
        "GBR": 161, "NLD": 152, "SWE": 132, "ISR": 106, "HRV": 88, "CHE": 33, "ISL": 23,
    }  # fmt: skip
    assert evacuated.present == printed


@pytest.mark.parametrize("name", shipped())
def test_a_situation_written_and_read_again_is_the_same(name: str) -> None:
    situation = load(name)
    assert build(Situation, dump(situation), name) == situation


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_json(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_json(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


@pytest.mark.parametrize("name", shipped())
def test_the_schema_accepts_the_file_as_it_stands_and_as_we_write_it(name: str) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    validator.validate(as_json(load_toml(FILES / f"{name}.toml")))
    validator.validate(dump(load(name)))


def test_the_schema_refuses_what_no_field_is_for() -> None:
    table = as_json(load_toml(FILES / "togo-1993.toml"))
    table["cohorts"][0]["date_of_birth"] = "1990-01-01"
    (error,) = jsonschema.Draft202012Validator(json_schema()).iter_errors(table)
    assert error.validator == "additionalProperties"


def test_the_published_schema_is_the_one_in_force() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    published = (REFERENCE / "situation.schema.json").read_text(encoding="utf-8")
    assert json.loads(published) == json_schema()


def test_the_reference_page_is_the_one_that_the_files_give() -> None:
    assert (REFERENCE / "situations.md").read_text(encoding="utf-8") == reference_page()


def unhcr_table() -> Path | None:
    """UNHCR's own table, where a folder shared/data lies beside the project."""
    name = "shared/data/unhcr_population_origin_asylum_year.csv"
    found = (folder / name for folder in HOME.parents)
    return next((path for path in found if path.is_file()), None)


@pytest.fixture(scope="module")
def unhcr() -> list[dict[str, str]]:
    path = unhcr_table()
    if path is None:
        pytest.skip("no folder shared/data beside the project: not compared with UNHCR's table")
    with path.open(encoding="utf-8", newline="") as file:
        origins = {cohort.origin or load(name).origin for name in shipped() for cohort in
                   load(name).cohorts}  # fmt: skip
        return [row for row in csv.DictReader(file) if row["origin_iso3"] in origins]


@pytest.mark.parametrize("name", sorted(set(shipped()) - {"kosovo-1999", "rohingya-2017"}))
def test_every_number_of_people_is_that_of_unhcrs_table(
    name: str, unhcr: list[dict[str, str]]
) -> None:
    situation = load(name)
    origins = {cohort.origin or situation.origin for cohort in situation.cohorts}
    columns = COLUMNS.get(name, ("refugees",))
    table: dict[tuple[str, str], int] = {}
    for row in unhcr:
        people = sum(int(float(row[column] or 0)) for column in columns)
        wanted = row["year"] == str(situation.on.year) and row["origin_iso3"] in origins
        if wanted and people and row["asylum_iso3"] != "UNK":
            table[row["origin_iso3"], row["asylum_iso3"]] = people
    ours: dict[tuple[str, str], int] = {}
    for cohort in situation.cohorts:
        for state, people in cohort.present.items():
            pair = (cohort.origin or situation.origin, state)
            assert pair not in ours
            ours[pair] = people
    assert ours == table


@pytest.mark.parametrize("name", shipped())
def test_every_diaspora_is_that_of_unhcrs_table(name: str, unhcr: list[dict[str, str]]) -> None:
    situation = load(name)
    years = {"syria-2013": 2011}
    year = str(years.get(name, situation.on.year - 1))
    columns = {"ukraine-2022": ("refugees", "asylum_seekers"),
               "venezuela-2018": ("refugees", "asylum_seekers", "ooc")}  # fmt: skip
    counted = columns.get(name, COLUMNS.get(name, ("refugees",)))
    table = {
        row["asylum_iso3"]: sum(int(float(row[column] or 0)) for column in counted)
        for row in unhcr
        if (row["year"], row["origin_iso3"]) == (year, situation.origin)
    }
    for cohort in situation.cohorts:
        assert cohort.diaspora == {state: table[state] for state in cohort.diaspora}
