"""Pages for what went wrong say what to do, in the reader's language, whatever is broken."""

from django.http import HttpRequest
from django.test import Client
from django.utils import translation

from commonhaven.web.kit.errors import failed


def test_defect_is_told_without_the_database() -> None:
    with translation.override("ar"):
        page = failed(HttpRequest())
    assert page.status_code == 500
    assert '<html lang="ar" dir="rtl">' in page.text
    assert page.text.count("<h1>") == 1


def test_form_that_is_too_old_says_what_to_do(db: None) -> None:
    page = Client(enforce_csrf_checks=True).post("/account/login/", {})
    assert page.status_code == 403
    assert "load the page again" in page.text
    assert page.text.count("<h1>") == 1


def test_address_of_another_host_is_told_in_words(db: None) -> None:
    page = Client().get("/", headers={"host": "elsewhere.example"})
    assert page.status_code == 400
    assert "<h1>Not understood</h1>" in page.text


def test_refusal_leads_back(db: None) -> None:
    page = Client().post("/account/demonstration/", {"user": "0"})
    assert page.status_code == 404
    assert 'href="/"' in page.text
