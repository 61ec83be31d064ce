"""Strange input is refused with a sentence; nothing is kept that cannot be read back."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from commonhaven.web.commitments.models import Commitment, Need
from commonhaven.web.funds.actions import open_fund
from commonhaven.web.funds.models import Fund
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat

Seats = Callable[[str], Seat]
Clients = Callable[[str], Client]
BASE, API = "/groups/west-africa/promises/", "/api/v1/groups/west-africa/"
PROMISE = {
    "title": "t", "kind": "material", "unit": "tents", "to": ["GHA"],
    "shares": [{"giver": "FRA", "quantity": "5"}],
}  # fmt: skip
NEED = {"title": "t", "kind": "material", "unit": "tents", "quantity": "5", "places": ["GHA"]}


def sent(client: Client, path: str, body: Any) -> Any:
    return client.post(API + path, json.dumps(body), content_type="application/json")


@pytest.fixture
def fund(group: Group, seat: Seats, now: datetime) -> Fund:
    return open_fund(
        group=group, kind="standing", title="F", currency="USD", by=seat("treasurer"), at=now
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "}, {"unit": "u" * 41}, {"ends": "0001-01-01"}, {"starts": "9999-12-31"},
        {"to": ["p" * 121]},
        {"shares": [{"giver": "FRA", "quantity": "5"}, {"giver": "g" * 121, "quantity": "5"}]},
        {"instalments": [{"id": "1", "due": "0001-01-01", "quantity": "5"}]},
        {"shares": [{"giver": "FRA", "quantity": f"1{'0' * 30}"}]},
    ],
)  # fmt: skip
def test_a_promise_that_the_tables_do_not_hold(
    group: Group, signed_in: Clients, wrong: dict[str, Any]
) -> None:
    france = signed_in("france")
    assert sent(france, "commitments", {"value": PROMISE}).status_code == 201
    assert sent(france, "commitments", {"value": {**PROMISE, **wrong}}).status_code == 422
    assert Commitment.objects.count() == 1
    assert france.get(f"{BASE}due/").status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"unit": "u" * 41}, {"ends": "0001-01-01"}, {"quantity": "1e30"}]
)
def test_a_need_that_the_tables_do_not_hold(
    group: Group, signed_in: Clients, wrong: dict[str, Any]
) -> None:
    ghana = signed_in("ghana")
    assert sent(ghana, "needs", {"value": NEED}).status_code == 201
    assert sent(ghana, "needs", {"value": {**NEED, **wrong}}).status_code == 422
    assert Need.objects.count() == 1


def test_a_step_to_a_day_that_never_comes(group: Group, signed_in: Clients) -> None:
    france, ghana = signed_in("france"), signed_in("ghana")
    parts = [{"id": "1", "due": "2026-12-01", "quantity": "5"}]
    made = sent(france, "commitments", {"value": {**PROMISE, "instalments": parts}}).json()
    until = {"kind": "postponed", "instalment": "1", "until": "9999-12-31"}
    path = f"commitments/{made['id']}/steps"
    assert sent(ghana, path, until).status_code == 422
    assert sent(ghana, path, {**until, "until": "2027-12-31"}).status_code == 201


@pytest.mark.parametrize("number", ["²", "x", "9" * 40, "-1"])
def test_a_duty_that_is_no_number(group: Group, signed_in: Clients, number: str) -> None:
    page = signed_in("france").get(f"{BASE}promise/", {"obligation": number})
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("claims", "²²²²; floods; 5"), ("claims", f"2024; floods; 1{'0' * 60}"),
        ("claims", "2024; floods; -5"), ("claims", "0000; floods; 5"),
        ("budget", "2026; meetings; 1/3"), ("budget", f"2026; meetings; 1{'0' * 30}"),
    ],
)  # fmt: skip
def test_a_basis_that_is_none(fund: Fund, signed_in: Clients, field: str, wrong: str) -> None:
    treasurer, page = signed_in("treasurer"), f"/groups/west-africa/funds/{fund.pk}/"
    answer = treasurer.post(f"{page}basis/", {field: wrong, "last_year": "2025"})
    assert answer.status_code == 422
    assert treasurer.get(page).status_code == 200
    fund.refresh_from_db()
    assert (fund.claims, fund.budget) == ("", "")


def test_a_call_that_could_not_be_read_back(fund: Fund, signed_in: Clients) -> None:
    treasurer, page = signed_in("treasurer"), f"/groups/west-africa/funds/{fund.pk}/"
    call = {"year": "2026", "due": "2026-03-01", "shares": f"France; 1{'0' * 40}"}
    assert treasurer.post(f"{page}act/called/", call).status_code == 422
    assert treasurer.get(page).status_code == 200
    assert not fund.steps.exists()


def test_a_call_on_a_day_that_never_was(fund: Fund, signed_in: Clients) -> None:
    treasurer, path = signed_in("treasurer"), f"funds/{fund.pk}/acts"
    call = {"kind": "called", "year": 2026, "due": "0001-01-01", "shares": {"FRA": "5"}}
    assert sent(treasurer, path, call).status_code == 422
    assert sent(treasurer, path, {**call, "due": "2026-03-01"}).status_code == 201


def test_a_party_with_a_stroke_in_its_name_has_a_statement(
    fund: Fund, signed_in: Clients, seat: Seats
) -> None:
    treasurer, page = signed_in("treasurer"), f"/groups/west-africa/funds/{fund.pk}/"
    given = {"party": "Church / Relief", "new_party": "on", "amount": "5"}
    paid = treasurer.post(f"{page}act/paid/", given)
    assert paid.status_code == 302
    shown = treasurer.get(page)
    assert shown.status_code == 200
    year = fund.created_at.year
    statement = treasurer.get(f"{page}statement/{year}/Church%20/%20Relief/")
    assert statement.status_code == 200
    told = treasurer.get(f"{API}funds/{fund.pk}/statements/{year}/Church%20%2F%20Relief")
    assert (told.status_code, told.json()["party"]) == (200, "Church / Relief")
