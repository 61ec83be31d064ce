"""Every page of processes and fora opens for everybody, in every language."""

import pytest
from django.test import Client
from django.utils import translation

from commonhaven.processes import processes
from commonhaven.processes.fora import example_fora, fora

PAGES = (
    *(f"/processes/{page}" for page in (
        "", "compare/", "overlap/", "overlap/?a=bali&b=add", "suggestions/", "states/",
        "states/GHA/", "states/ATA/", "bridges/", "gaps/", "?q=skills", "?theme=skills&type=RCP",
        "compare/?region=asia&points=chairs&points=members", "bali/?on=2010-01-01",
        "prague/?on=1800-01-01",
    )),
    *(f"/processes/{name}/" for name in processes()),
    "/fora/", "/fora/?on=2019-10-16", *(f"/fora/{name}/" for name in (*fora(), *example_fora())),
)  # fmt: skip
SOME = ("/processes/", "/processes/prague/", "/processes/compare/?region=asia", "/processes/gaps/",
        "/processes/overlap/?a=bali&b=add", "/fora/", "/fora/hlom/")  # fmt: skip


def test_every_page_opens(db: None) -> None:
    client = Client()
    wrong = [(page, status) for page in PAGES if (status := client.get(page).status_code) != 200]
    assert wrong == []


@pytest.mark.parametrize("language", ["fr", "es", "ar", "ru", "zh-hans"])
def test_pages_open_in_every_language(db: None, language: str) -> None:
    client = Client(headers={"Accept-Language": language})
    for page in SOME:
        text = client.get(page).text
        assert f'<html lang="{language}"' in text, page
    with translation.override(language):
        assert "Regional process" not in client.get("/processes/prague/").text


@pytest.mark.parametrize(
    "page",
    ["/processes/nowhere/", "/processes/states/XXX/", "/processes/states/gha/", "/fora/nowhere/"],
)
def test_what_is_not_there_is_not_found(db: None, page: str) -> None:
    assert Client().get(page).status_code == 404


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("/processes/?theme=magic", "magic"),
        ("/processes/?region=moon", "moon"),
        ("/processes/bali/?on=yesterday", "date"),
        ("/processes/bridges/?on=2026-13-40", "date"),
        ("/processes/compare/?points=nothing", "nothing"),
        ("/processes/overlap/?a=bali", "required"),
        ("/processes/overlap/?a=bali&b=bali", "another process"),
        ("/fora/?on=0", "date"),
    ],
)
def test_what_is_not_understood_is_said_beside_the_field(db: None, page: str, said: str) -> None:
    response = Client().get(page)
    assert response.status_code == 422
    errors = response.text.partition('class="errorlist"')[2].partition("</ul>")[0]
    assert said in errors
