"""The framework, part by part, for everybody."""

import pytest
from django.test import Client
from django.urls import reverse

from commonhaven.indicators import catalogue, framework, measures


def test_index_names_everything_and_links_to_it(visitor: Client) -> None:
    page = visitor.get("/indicators/").text
    held = framework()
    for each in held.indicators:
        assert reverse("indicators:indicator", args=[each.id]) in page
    for name in measures():
        assert f"/indicators/measures/{name}/" in page
    for left in catalogue().not_computed:
        assert left.why in page
        assert left.title in page
    for report in held.reports:
        assert report.note in page


def test_every_part_has_a_page_that_leads_up_and_down(visitor: Client) -> None:
    held = framework()
    for objective in held.objectives:
        page = visitor.get(f"/indicators/{objective.id}/").text
        inner = [each.id for each in held.outcomes if each.objective == objective.id]
        assert [number for number in inner if f"/indicators/{number}/" not in page] == []
        assert objective.title in page
    for outcome in held.outcomes:
        page = visitor.get(f"/indicators/{outcome.id}/").text
        inner = [each.id for each in held.indicators if each.outcome == outcome.id]
        others = [each.id for each in held.indicators if each.outcome != outcome.id]
        assert [number for number in inner if f"/indicators/{number}/" not in page] == []
        assert [number for number in others if f"/indicators/{number}/" in page] == []
        assert f"/indicators/{outcome.objective}/" in page


def test_every_indicator_says_what_it_counts_and_what_is_worked_out(visitor: Client) -> None:
    for each in framework().indicators:
        page = visitor.get(f"/indicators/{each.id}/").text
        for text in (each.title, each.numerator, each.method, each.measured_by):
            assert text.replace("'", "&#x27;") in page
        near = [one.id for one in measures().values() if one.indicator == each.id]
        assert [name for name in near if f"/indicators/measures/{name}/" not in page] == []
        assert ("no public table measures it" in page) == (near == [])


@pytest.mark.parametrize(
    "address", ["9/", "1.9/", "1.1.9/", "measures/none/", "measures/none.csv", "measures/x.y/"]
)
def test_what_is_not_there_is_not_found(visitor: Client, address: str) -> None:
    assert visitor.get(f"/indicators/{address}").status_code == 404


def test_search_finds_indicators_and_measures(visitor: Client) -> None:
    found = visitor.get("/search/", {"q": "gini inhabitants"}).text
    assert "/indicators/measures/gini-by-population/" in found
    assert "/indicators/4.2.1/" in visitor.get("/search/", {"q": "returning country origin"}).text


def test_library_navigation_and_a_state_lead_here(visitor: Client) -> None:
    assert visitor.get("/library/").text.count('href="/indicators/"') == 2
    assert "/indicators/card/?of=GHA" in visitor.get("/library/figures/GHA/").text
