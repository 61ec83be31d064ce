"""A NUL in an address or a form is refused with a sentence, on every database."""

import pytest
from django.test import Client

PAGES = ("/search/?q=%00", "/groups/?page=%00", "/notices/?group=a%00b", "/groups/a%00b/")


@pytest.mark.parametrize("page", PAGES)
def test_nul_in_an_address(db: None, page: str) -> None:
    answer = Client().get(page)
    assert (answer.status_code, "NUL" in answer.text) == (400, True)


def test_nul_in_a_form(db: None) -> None:
    answer = Client().post("/account/login/", {"login": "a\0b", "password": "x"})
    assert answer.status_code == 400


def test_other_texts_pass(db: None) -> None:
    assert Client().get("/search/?q=%D9%84%D8%A7%D8%AC%D8%A6").status_code == 200
