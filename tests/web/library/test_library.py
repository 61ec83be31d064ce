"""Every page of the library opens for everyone and says where its numbers come from."""

import pytest
from django.test import Client

from commonhaven.charter import load as load_charter
from commonhaven.instruments import instruments
from commonhaven.procedures import procedures
from commonhaven.reading import decimal_text
from commonhaven.reading.fold import beginnings
from commonhaven.situations import load as load_situation
from commonhaven.web.library.queries import clocks, countries, figures_of
from commonhaven.web.library.shelf import on_shelf, volumes

SHELVES = {
    "state": "/library/figures", "process": "/processes", "forum": "/fora",
    "indicator": "/indicators", "measure": "/indicators/measures", "practice": "/practices",
    **{kind: f"/library/{kind}s" for kind in
       ("rule", "procedure", "charter", "situation", "instrument")},
}  # fmt: skip
PAGES = sorted(f"{SHELVES[each.kind]}/{each.id}/" for each in volumes())


def test_every_page_opens(db: None) -> None:
    client = Client()
    wrong = [(page, status) for page in PAGES if (status := client.get(page).status_code) != 200]
    assert wrong == []
    assert len(PAGES) > 300


def test_addresses_are_those_that_the_shelf_names(db: None) -> None:
    assert sorted(volume.url for volume in volumes()) == sorted(PAGES)


@pytest.mark.parametrize(
    "page",
    [
        "rules/none",
        "charters/none",
        "figures/XXX",
        "figures/UNK",
        "situations/none",
        "procedures/none",
        "instruments/none",
    ],
)
def test_what_is_not_there_is_not_found(db: None, page: str) -> None:
    assert Client().get(f"/library/{page}/").status_code == 404


def test_rule_shows_what_a_delegate_must_know(db: None) -> None:
    page = Client().get("/library/rules/hathaway-neve/").text
    for text in (
        "What protects people best decides",
        "wish_weight",
        "0.25",
        "our proposal",
        "A score just below the edge",
        "commonhaven rules hathaway-neve",
    ):
        assert text in page


def test_scale_of_the_name_of_a_rule_has_a_page_of_its_own(db: None) -> None:
    share, money = (Client().get(f"/library/rules/{n}/").text for n in ("gdp", "scale-gdp"))
    assert "Keys: a share of people" in share
    assert "Scales: a share of money" in money


def test_texts_are_downloaded_as_they_ship(db: None, tmp_path: object) -> None:
    for kind, name, load in (
        ("charters", "west-africa", load_charter),
        ("situations", "liberia-1990", load_situation),
    ):
        response = Client().get(f"/library/{kind}/{name}.toml")
        assert response["Content-Disposition"] == f'attachment; filename="{name}.toml"'
        path = tmp_path / f"copy-{name}.toml"  # type: ignore[operator]
        path.write_bytes(response.content)
        assert load(str(path)) == load(name)  # type: ignore[operator]


def test_instrument_shows_every_number_with_its_standing(db: None) -> None:
    page = Client().get("/library/instruments/eu-2015/").text
    for entry in instruments()["eu-2015"].entries:
        assert f"<code>{entry.id}</code>" in page
        assert entry.value in page


def test_state_shows_value_year_and_source_and_missing_as_missing(db: None) -> None:
    page = Client().get("/library/figures/GHA/").text
    shown = {each.about.id: each for each in figures_of("GHA")}
    population = shown["population"]
    assert population.used is not None
    assert f"{int(population.value or 0):,}" in page
    assert str(population.used.period) in page
    empty = [each for each in figures_of("VAT") if each.used is None]
    assert empty
    vatican = Client().get("/library/figures/VAT/").text
    assert vatican.count(">missing<") == len(empty)
    assert decimal_text(population.value or 0)


def test_shelf_is_found_in_every_language() -> None:
    for query in ("Rwanda", "Руанда", "رواندا", "卢旺达", "ruanda"):
        assert "rwanda-1994" in [f.url.split("/")[-2] for f in on_shelf(beginnings(query))]


def test_processes_and_fora_are_found_by_themes_and_members_in_every_language() -> None:
    for query in ("Bali trafficking", "trata Australie", "贩运 澳大利亚", "торговля Австралия"):
        assert "/processes/bali/" in [found.url for found in on_shelf(beginnings(query))], query
    assert "/fora/grf/" in [found.url for found in on_shelf(beginnings("refugee forum"))]


def test_arabic_page_is_written_from_the_right(db: None) -> None:
    page = Client(headers={"Accept-Language": "ar"}).get("/library/").text
    assert '<html lang="ar" dir="rtl">' in page
    assert "ليبيريا" in page


def test_states_stand_in_order_of_name() -> None:
    names = [name for _code, name in countries("en")]
    assert names[:4] == ["Abyei", "Afghanistan", "Åland Islands", "Albania"]
    french = [code for code, _name in countries("fr")]
    assert french.index("DEU") < french.index("BEL")


def test_clocks_call_organisations_by_name() -> None:
    by = {who for each in procedures().values() for clock in clocks(each) for who in clock.by}
    assert "Commission" in by
    assert not [who for who in by if who.startswith("=")]


def test_pages_name_rules_and_figures_instead_of_codes(db: None) -> None:
    charter = Client().get("/library/charters/west-africa/").text
    assert "Hathaway and Neve: four criteria in order</a>" in charter
    assert "Population at mid-year" in Client().get("/library/rules/dublin-iv/").text
    assert "600,000,000" in Client().get("/library/instruments/ammr-2024/").text
