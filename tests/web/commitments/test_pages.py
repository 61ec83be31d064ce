"""Pages of promises, needs and funds: what was typed stays, clicks count once, seats are chosen."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from cast import START
from django.test import Client

from commonhaven.commitments import Commitment as Value
from commonhaven.commitments import Evidence, Share
from commonhaven.commitments import Need as NeedValue
from commonhaven.web.accounts.models import Seat as SeatRow
from commonhaven.web.accounts.models import User
from commonhaven.web.commitments.actions import promise, step
from commonhaven.web.commitments.models import Commitment, Match, Need
from commonhaven.web.commitments.needs import review_need, state_need, submit_need
from commonhaven.web.funds.actions import open_fund
from commonhaven.web.funds.models import Fund
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat

Seats = Callable[[str], Seat]
Clients = Callable[[str], Client]
BASE = "/groups/west-africa/promises/"


def value(title: str = "Schools", **more: Any) -> Value:
    fields: dict[str, Any] = {
        "id": "new", "title": title, "kind": "financial", "unit": "USD", "to": ("GHA",),
        "shares": (Share(giver="FRA", quantity=Fraction(100)),), "ends": date(2026, 12, 31),
    }  # fmt: skip
    return Value(**{**fields, **more})


@pytest.fixture
def then(now: datetime) -> datetime:
    return now - timedelta(hours=3)


@pytest.fixture
def made(group: Group, seat: Seats, then: datetime) -> Commitment:
    return promise(group=group, value=value(), by=seat("france"), at=then)


@pytest.fixture
def need(group: Group, seat: Seats, then: datetime) -> Need:
    lacks = NeedValue(
        id="new", title="Classrooms", by="GHA", kind="financial", unit="USD",
        quantity=Fraction(90), basis="ministry",
    )  # fmt: skip
    row = state_need(group=group, value=lacks, by=seat("ghana"), at=then)
    return submit_need(need=row, by=seat("ghana"), at=then)


@pytest.fixture
def fund(group: Group, seat: Seats, then: datetime) -> Fund:
    return open_fund(
        group=group, kind="standing", title="F", currency="USD", by=seat("treasurer"), at=then
    )


@pytest.fixture
def two_seats(
    group: Group, person: Callable[[str], User], now: datetime
) -> tuple[Client, SeatRow, SeatRow]:
    """Somebody who was first an analyst, speaks for Ghana, and lately for Germany."""
    user = person("analyst")
    rows = [
        SeatRow.objects.create(
            user=user, group=group, party=party, capacity="delegate", since=START, accepted_at=now
        )
        for party in ("GHA", "DEU")
    ]
    client = Client()
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client, rows[0], rows[1]


def test_a_filter_holds_on_the_next_page(
    group: Group, seat: Seats, then: datetime, signed_in: Clients
) -> None:
    odd = "Church & Relief"
    for number in range(52):
        shares = (Share(giver="FRA", quantity=Fraction(1)), Share(giver=odd, quantity=Fraction(1)))
        given = value(f"No {number}", shares=shares if number else shares[:1])
        promise(group=group, value=given, by=seat("france"), at=then)
    client = signed_in("ghana")
    first = client.get(BASE, {"giver": odd, "kind": "financial"}).content.decode()
    (after,) = re.findall(r'rel="next" href="([^"]*)"', first)
    second = client.get(BASE + after.replace("&amp;", "&")).content.decode()
    assert re.findall(r">(No \d+)<", second) == ["No 1"]


def test_a_stage_is_filtered_as_it_is_shown(
    made: Commitment, seat: Seats, then: datetime, signed_in: Clients,
    forward: Callable[[timedelta], None],
) -> None:  # fmt: skip
    paper = (Evidence(what="agreement"),)
    hundred = {"quantity": Fraction(100), "at": then}
    step(commitment=made, by=seat("france"), kind="committed", giver="FRA", evidence=paper,
         **hundred)  # fmt: skip
    sent = step(commitment=made, by=seat("france"), kind="delivered", giver="FRA", to="GHA",
                evidence=paper, **hundred)  # fmt: skip
    step(commitment=made, by=seat("ghana"), kind="disputed", says="nothing came",
         of=f"c{made.pk}.{sent.number}", **hundred)  # fmt: skip
    listed = {stage: "Schools" in signed_in("ghana").get(BASE, {"stage": stage}).text
              for stage in ("committed", "delivered")}  # fmt: skip
    forward(timedelta(days=31))
    later = {stage: "Schools" in signed_in("ghana").get(BASE, {"stage": stage}).text
             for stage in ("committed", "delivered")}  # fmt: skip
    assert listed == {"committed": False, "delivered": True}
    assert later == {"committed": True, "delivered": False}


def test_what_was_typed_about_a_need_stays(
    need: Need, made: Commitment, seat: Seats, then: datetime, signed_in: Clients
) -> None:
    own = f"{BASE}needs/{need.pk}/"
    review = signed_in("unhcr").post(f"{own}review/", {"found": "Counted twice, it is sound"})
    assert (review.status_code, "Counted twice, it is sound" in review.text) == (422, True)
    review_need(need=need, accepted=True, found="sound", by=seat("unhcr"), at=then)
    match = {"commitment": made.pk, "quantity": "many", "why": "both are in Ghana"}
    matched = signed_in("france").post(f"{own}match/", match)
    assert (matched.status_code, "both are in Ghana" in matched.text) == (422, True)
    closed = signed_in("ghana").post(f"{own}close/", {"why": ""})
    assert closed.status_code == 422
    assert Match.objects.count() == 0


def test_a_review_that_came_too_late_is_said(
    need: Need, seat: Seats, then: datetime, signed_in: Clients
) -> None:
    review_need(need=need, accepted=True, found="sound", by=seat("unhcr"), at=then)
    late = signed_in("secretariat").post(
        f"{BASE}needs/{need.pk}/review/", {"found": "sound", "accepted": "no"}
    )
    assert (late.status_code, "The need is open" in late.text) == (422, True)


def test_a_page_has_no_two_things_of_one_name(
    need: Need, made: Commitment, seat: Seats, then: datetime, signed_in: Clients
) -> None:
    review_need(need=need, accepted=True, found="sound", by=seat("unhcr"), at=then)
    names = re.findall(r' id="([^"]+)"', signed_in("ghana").get(f"{BASE}needs/{need.pk}/").text)
    assert sorted(names) == sorted(set(names))


def token(page: str) -> str:
    return re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[-1]


def test_two_clicks_are_one_step(
    made: Commitment, person: Callable[[str], User], signed_in: Clients
) -> None:
    client = signed_in("france")
    page = f"{BASE}{made.pk}/step/committed/"
    form = {"giver": "FRA", "quantity": "10", "evidence": "Agreement"}
    typed = {**form, "csrfmiddlewaretoken": token(client.get(page).text)}
    first, second = client.post(page, typed), client.post(page, typed)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    again = {**form, "csrfmiddlewaretoken": token(client.get(page).text)}
    assert client.post(page, again).status_code == 302
    assert made.shares.get().committed == 20


def test_a_form_that_was_refused_can_be_sent_again(made: Commitment, signed_in: Clients) -> None:
    client, page = signed_in("france"), f"{BASE}{made.pk}/step/committed/"
    over = {"giver": "FRA", "quantity": "101", "evidence": "Agreement",
            "csrfmiddlewaretoken": token(client.get(page).text)}  # fmt: skip
    assert [client.post(page, over).status_code for _ in range(2)] == [422, 422]
    assert client.post(page, {**over, "quantity": "100"}).status_code == 302


def test_the_seat_that_may_act_is_chosen_before_one_that_may_not(
    made: Commitment, need: Need, two_seats: tuple[Client, SeatRow, SeatRow]
) -> None:
    client, ghana, _ = two_seats
    page = client.get(f"{BASE}promise/").text
    assert f'<input type="hidden" name="seat" value="{ghana.pk}">' in page


def test_each_seat_is_offered_what_it_can_do(
    group: Group, seat: Seats, then: datetime, two_seats: tuple[Client, SeatRow, SeatRow]
) -> None:
    client, _, germany = two_seats
    shares = (Share(giver="FRA", quantity=Fraction(50)), Share(giver="DEU", quantity=Fraction(50)))
    row = promise(group=group, value=value(shares=shares), by=seat("france"), at=then)
    shown = client.get(row.get_absolute_url()).text
    link = f"{row.get_absolute_url()}step/committed/?seat={germany.pk}"
    assert link in shown
    assert "(Germany, " in shown
    asked = client.get(link).text
    assert f'<input type="hidden" name="seat" value="{germany.pk}">' in asked
    answer = client.post(link, {"seat": germany.pk, "giver": "DEU", "quantity": "5",
                                "evidence": "Agreement"})  # fmt: skip
    assert answer.status_code == 302
    assert list(row.steps.values_list("party", flat=True)) == ["FRA", "DEU"]


def test_nobody_acts_for_another_than_the_one_named(
    made: Commitment, two_seats: tuple[Client, SeatRow, SeatRow], seat: Seats
) -> None:
    client, _, _ = two_seats
    answer = client.post(f"{BASE}needs/state/", {"seat": seat("france").id})
    assert answer.status_code == 403


def test_a_need_is_closed_by_the_seat_whose_it_is(
    need: Need, seat: Seats, then: datetime, two_seats: tuple[Client, SeatRow, SeatRow]
) -> None:
    client, ghana, _ = two_seats
    review_need(need=need, accepted=True, found="sound", by=seat("unhcr"), at=then)
    shown = client.get(f"{BASE}needs/{need.pk}/").text
    assert "Close the need" in shown
    assert f'<option value="{ghana.pk}" selected>' in shown


def test_acts_of_a_fund_name_the_seat(
    fund: Fund, two_seats: tuple[Client, SeatRow, SeatRow]
) -> None:
    client, _, germany = two_seats
    shown = client.get(fund.get_absolute_url()).text
    link = f"{fund.get_absolute_url()}act/announced/?seat={germany.pk}"
    assert link in shown
    assert client.post(link, {"seat": germany.pk, "amount": "5"}).status_code == 302
    assert list(fund.steps.values_list("party", flat=True)) == ["DEU"]
