"""Every address of the frame answers, for people with a seat and for nobody."""

from collections.abc import Callable

import pytest
from django.test import Client

from commonhaven.web.groups.models import Group

PAGES = (
    "/", "/about/", "/library/", "/indicators/", "/try/", "/search/", "/groups/",
    "/groups/west-africa/",
    "/groups/west-africa/charters/", "/groups/west-africa/members/",
    "/groups/west-africa/situations/", "/groups/west-africa/meetings/",
    "/groups/west-africa/plans/", "/groups/west-africa/decisions/",
    "/groups/west-africa/decisions/obligations/", "/groups/west-africa/record/",
    "/account/login/",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["nobody", "ghana"])
def test_page_is_there(
    signed_in: Callable[[str], Client], group: Group, who: str, page: str
) -> None:
    response = signed_in(who).get(page, follow=True)
    assert response.status_code == 200
    assert "Commonhaven" in response.text


def test_unknown_group_is_not_found(db: None) -> None:
    response = Client().get("/groups/nowhere/")
    assert response.status_code == 404
    assert "No such page" in response.text


def test_health(db: None) -> None:
    assert Client().get("/healthz").json()["status"] == "ok"
