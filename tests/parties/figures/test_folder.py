"""Figures from a folder: the publishers' downloads and files of one's own."""

import os
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from commonhaven.parties.figures import (
    changes,
    describe,
    editions,
    open_store,
    reference,
    report,
    revisions,
)
from commonhaven.parties.figures.pull import pull_folder
from commonhaven.reading import Problem

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
BULK = "API_SP.POP.TOTL_DS2_en_csv_v2_31753.csv"
PREAMBLE = (
    '\ufeff"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-04-10",\n\n'
)
HEADER = '"Country Name","Country Code","Indicator Name","Indicator Code","2023","2024",\n'
LIBERIA = '"Liberia","LBR","Population, total","SP.POP.TOTL","5493031","",\n'
AFRICA = '"Africa Western and Central","AFW","Population, total","SP.POP.TOTL","1","2",\n'
TIDY = "state,indicator,period,value,unit,source,retrieved\n"
TAXES = (
    TIDY
    + "LBR,tax_revenue,2022,1200000.5,US dollars,ministry of finance,2026-03-01\n"
    + "LBR,tax_revenue,2023,1300000,US dollars,ministry of finance,2026-03-01\n"
    + "GHA,tax_revenue,2023,,US dollars,ministry of finance,2026-03-01\n"
)
HOSTED = (
    "Year,Country of origin,Country of origin (ISO),Country of asylum,Country of asylum (ISO),"
    "Refugees under UNHCR's mandate,Asylum-seekers,Other people in need of international protection"
    "\n2023,Liberia,LBR,Ghana,GHA,5000,10,0\n2023,Togo,TGO,Ghana,GHA,3000,-,-\n"
)
CLAIMS = (
    "Year,Country of origin,Country of origin (ISO),Country of asylum,Country of asylum (ISO),"
    "Authority,Application type,Stage of procedure,Cases / Persons,applied\n"
    + "".join(f"{y},Togo,TGO,Ghana,GHA,G,N,FI,P,{y - 1000}\n" for y in range(2019, 2024))
    + "2023,Togo,TGO,Ghana,GHA,G,A,AR,P,77777\n"
)


def folder(tmp_path: Path, **files: str) -> Path:
    found = tmp_path / "from"
    found.mkdir(exist_ok=True)
    for name, text in files.items():
        (found / f"{name}.csv").write_text(text, encoding="utf-8")
    return found


def test_a_world_bank_download_is_read_below_its_preamble(tmp_path: Path) -> None:
    given = folder(tmp_path, Metadata_Country_API="ignored")
    (given / BULK).write_text(PREAMBLE + HEADER + LIBERIA + AFRICA, encoding="utf-8")
    (pulled,) = pull_folder(given, on=MAY, store=tmp_path / "store")
    assert pulled.edition.indicators["population"].values == 1
    assert pulled.edition.skipped == {"AFW": "not a state: an aggregate of the publisher"}
    assert set(pulled.edition.read) == {BULK}
    series = open_store(tmp_path / "store").series("LBR", "population")
    assert (series[2023].value, series[2023].revision) == (5493031, pulled.edition.id)
    assert series[2024] == reference().series("LBR", "population")[2024]


def test_a_world_bank_download_without_header_is_a_problem(tmp_path: Path) -> None:
    given = folder(tmp_path)
    (given / BULK).write_text(PREAMBLE + LIBERIA, encoding="utf-8")
    with pytest.raises(Problem, match="no row has the columns Country Name, Country Code"):
        pull_folder(given, on=MAY, store=tmp_path / "store")
    (given / BULK).write_text(PREAMBLE + HEADER + '"Liberia","LBR"\n', encoding="utf-8")
    with pytest.raises(Problem) as caught:
        pull_folder(given, on=MAY, store=tmp_path / "store")
    assert caught.value.where == f"{BULK}, row 6"
    assert not (tmp_path / "store").exists()


def test_unhcr_downloads_are_summed_over_origins(tmp_path: Path) -> None:
    given = folder(tmp_path, population=HOSTED)
    (given / "asylum-applications.csv").write_text(CLAIMS, encoding="utf-8")
    pull_folder(given, on=MAY, store=tmp_path / "store")
    store = open_store(tmp_path / "store")
    assert store.series("GHA", "refugees_hosted")[2023].value == 8000
    assert store.series("GHA", "asylum_seekers_hosted")[2023].value == 10
    people = reference().series("GHA", "population")[2023].value
    total = sum(y - 1000 for y in range(2019, 2024))
    rate = store.series("GHA", "applications_per_million")[2023]
    assert rate.value == Fraction(round(Fraction(total * 200_000) / people * 10_000), 10_000)
    assert rate.source == "unhcr"


SOLVED = (
    "Year,Country of origin,Country of origin (ISO),Country of asylum,Country of asylum (ISO),"
    "Returned refugees,Resettlement arrivals,Naturalisation,Returned IDPs\n"
    "2024,Liberia,LBR,Ghana,GHA,100,0,0,0\n2024,Liberia,LBR,Guinea,GIN,20,-,-,-\n"
    "2024,Stateless,XXA,Canada,CAN,-,15,-,-\n2024,Various,-,Canada,CAN,9,-,-,-\n"
)


def test_solutions_are_summed_by_origin_and_by_asylum(tmp_path: Path) -> None:
    pull_folder(folder(tmp_path, solutions=SOLVED), on=MAY, store=tmp_path / "store")
    store = open_store(tmp_path / "store")
    assert store.series("LBR", "refugee_returns")[2024].value == 120
    assert store.series("GIN", "refugee_returns_from_host")[2024].value == 20
    assert store.series("CAN", "resettlement_arrivals")[2024].value == 15
    assert store.series("XXA", "resettlement_of_origin")[2024].value == 15
    given = folder(tmp_path, solutions="Year,Country of asylum (ISO)\n2024,GHA\n")
    with pytest.raises(Problem, match='there is no "coo_iso" or "Country of origin'):
        pull_folder(given, on=MAY, store=tmp_path / "store")


def test_stocks_are_told_apart_by_origin_too(tmp_path: Path) -> None:
    pull_folder(folder(tmp_path, population=HOSTED), on=MAY, store=tmp_path / "store")
    store = open_store(tmp_path / "store")
    assert store.series("GHA", "refugees_under_mandate")[2023].value == 8000
    assert store.series("GHA", "other_protection_hosted")[2023].value == 0
    assert store.series("TGO", "refugees_originating")[2023].value == 3000


def test_own_figures_may_add_an_indicator(tmp_path: Path) -> None:
    pull_folder(folder(tmp_path, taxes=TAXES), on=MAY, store=tmp_path / "store")
    store = open_store(tmp_path / "store")
    figure = store.at("LBR", "tax_revenue", date(2023, 6, 1))
    assert figure is not None
    assert (figure.period, figure.value) == (2022, Fraction("1200000.5"))
    assert (figure.source, figure.retrieved) == ("ministry of finance", date(2026, 3, 1))
    assert store.at("GHA", "tax_revenue", date(2026, 1, 1)) is None
    assert store.states("tax_revenue") == ("LBR",)
    assert store.about("tax_revenue").unit == "US dollars"
    assert [a.id for a in store.indicators() if a.source == "ministry of finance"] == [
        "tax_revenue"
    ]
    told = report(describe("LBR", "tax_revenue", date(2024, 1, 1), store))
    assert told[1] == "value: 1300000 US dollars (2023, less than a year old)"
    assert told[2] == (
        "source: ministry of finance, edition 0001-own-files-2026-05-01, retrieved 2026-03-01, "
        "not stated"
    )


def test_own_figures_stand_over_the_shipped_ones(tmp_path: Path) -> None:
    row = "LBR,land_border/GHA,0,1,on a scale of 0 or 1,a treaty,2026-04-01\n"
    (pulled,) = pull_folder(folder(tmp_path, own=TIDY + row), on=MAY, store=tmp_path / "store")
    figure = open_store(tmp_path / "store").at("LBR", "land_border/GHA", MAY)
    assert figure is not None
    assert (figure.value, figure.source) == (Fraction(1), "a treaty")
    (change,) = changes(pulled.edition.id, tmp_path / "store")
    assert (change.state, change.old, change.new) == ("LBR", Fraction(0), Fraction(1))
    history = revisions("LBR", "land_border/GHA", 0, tmp_path / "store")
    assert [revision.value for revision in history] == [0, 1]


def test_unchanged_files_make_no_new_edition(tmp_path: Path) -> None:
    given = folder(tmp_path, taxes=TAXES)
    (first,) = pull_folder(given, on=MAY, store=tmp_path / "store")
    (second,) = pull_folder(given, on=JUNE, store=tmp_path / "store")
    assert (first.new, second.new, second.edition) == (True, False, first.edition)
    folder(tmp_path, taxes=TAXES.replace("1300000", "1350000"))
    (third,) = pull_folder(given, on=JUNE, store=tmp_path / "store")
    assert third.new
    assert [held.id for held in editions(tmp_path / "store")] == [
        "0001-own-files-2026-05-01",
        "0002-own-files-2026-06-01",
    ]
    (change,) = changes(third.edition.id, tmp_path / "store")
    assert (change.period, change.old, change.new) == (2023, 1300000, 1350000)


SLIPS = [
    ("LBR,gdp,2023,4e9,euros,x,2026-03-01", "unit", 'gdp is in "US dollars", not "euros"'),
    ("LBR,gdp,2023,4,US dollars,x,2026-03-01", "value", "4.000000 cannot be gdp"),
    ("Liberia,gdp,2023,4e9,US dollars,x,2026-03-01", "state", '"Liberia" is not a code'),
    ("LBR,gdp,2023,abc,US dollars,x,2026-03-01", "value", '"abc" is not a number'),
    ("LBR,gdp,last year,4e9,US dollars,x,2026-03-01", "period", '"last year" is not a number'),
    ("LBR,gdp,2023,4e9,US dollars,x,March", "retrieved", '"March" is not a date'),
    ("LBR,../../gdp,2023,4e9,US dollars,x,2026-03-01", "indicator", "cannot be the name"),
    ("LBR,a/../b,2023,1,x,x,2026-03-01", "indicator", "cannot be the name"),
    ("LBR,gdp,2023,4e9,US dollars,,2026-03-01", "source", "the cell is empty"),
]


@pytest.mark.parametrize(("row", "column", "says"), SLIPS)
def test_a_slip_in_own_figures_names_row_and_column(
    tmp_path: Path, row: str, column: str, says: str
) -> None:
    good = "GHA,gdp,2023,76000000000,US dollars,x,2026-03-01\n"
    given = folder(tmp_path, own=TIDY + good + row + "\n")
    with pytest.raises(Problem) as caught:
        pull_folder(given, on=MAY, store=tmp_path / "store")
    assert caught.value.where == f"own.csv, row 3, column {column}"
    assert says in caught.value.what
    assert not (tmp_path / "store").exists()


def test_two_values_or_two_sources_for_one_indicator_are_problems(tmp_path: Path) -> None:
    row = "GHA,gdp,2023,76000000000,US dollars,x,2026-03-01\n"
    with pytest.raises(Problem, match="a second value of gdp for GHA 2023"):
        pull_folder(folder(tmp_path, own=TIDY + row + row), on=MAY, store=tmp_path / "store")
    other = row.replace("GHA", "LBR").replace(",x,", ",y,")
    with pytest.raises(Problem, match="gdp has US dollars from y"):
        pull_folder(folder(tmp_path, own=TIDY + row + other), on=MAY, store=tmp_path / "store")
    folder(tmp_path, own=TIDY + row, more=TIDY + row)
    with pytest.raises(Problem, match="two files hold gdp"):
        pull_folder(tmp_path / "from", on=MAY, store=tmp_path / "store")


def test_one_bad_file_keeps_the_good_ones_out(tmp_path: Path) -> None:
    given = folder(tmp_path, taxes=TAXES, notes="name,remark\nx,y\n")
    with pytest.raises(Problem, match="this file has no form that is understood"):
        pull_folder(given, on=MAY, store=tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_an_empty_or_absent_folder_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="there is no CSV file in the folder"):
        pull_folder(folder(tmp_path), on=MAY, store=tmp_path / "store")
    with pytest.raises(Problem, match="there is no such folder"):
        pull_folder(tmp_path / "nowhere", on=MAY)
    with pytest.raises(Problem, match="there is no value in what was read"):
        pull_folder(
            folder(tmp_path, own=TIDY + "GHA,gdp,2023,,US dollars,x,2026-03-01\n"),
            on=MAY, store=tmp_path / "store",
        )  # fmt: skip


def test_a_store_that_cannot_be_written_is_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = folder(tmp_path, taxes=TAXES)
    pull_folder(given, on=MAY, store=tmp_path / "store")
    folder(tmp_path, taxes=TAXES.replace("1300000", "1350000"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "rename", full)
    with pytest.raises(Problem, match="No space left on device"):
        pull_folder(given, on=JUNE, store=tmp_path / "store")
    held = sorted(entry.name for entry in (tmp_path / "store").iterdir())
    assert held == ["0001-own-files-2026-05-01"]


def test_a_damaged_edition_says_what_to_do(tmp_path: Path) -> None:
    pull_folder(folder(tmp_path, taxes=TAXES), on=MAY, store=tmp_path / "store")
    about = tmp_path / "store" / "0001-own-files-2026-05-01" / "edition.json"
    about.write_text("{")
    with pytest.raises(Problem) as caught:
        open_store(tmp_path / "store")
    assert caught.value.where == str(about)
    assert caught.value.fix == "Remove the folder of this edition and pull again."


def test_a_store_that_is_named_and_absent_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="there is no such folder of figures"):
        open_store(tmp_path / "nowhere")
    assert editions(tmp_path / "nowhere") == ()


def test_revisions_of_an_unknown_indicator_are_a_problem() -> None:
    with pytest.raises(Problem, match="there is no indicator populaton"):
        revisions("LBR", "populaton", 2020)


def test_a_file_that_is_not_text_is_a_problem(tmp_path: Path) -> None:
    given = folder(tmp_path)
    (given / BULK).write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(Problem, match="the file cannot be read") as caught:
        pull_folder(given, on=MAY, store=tmp_path / "store")
    assert caught.value.where == BULK


def test_a_download_without_iso_codes_is_a_problem(tmp_path: Path) -> None:
    given = folder(tmp_path, population="Year,Country of asylum\n2023,Ghana\n")
    with pytest.raises(Problem, match=r"no row has the columns Year, Country of asylum \(ISO\)"):
        pull_folder(given, on=MAY, store=tmp_path / "store")
    folder(tmp_path, population="Year,Country of asylum (ISO),Refugees\n2023,GHA,5\n")
    with pytest.raises(Problem) as caught:
        pull_folder(given, on=MAY, store=tmp_path / "store")
    assert caught.value.where == "population.csv, row 2"
    assert 'there is no "refugees" or "Refugees under UNHCR\'s mandate"' in caught.value.what
