"""A fund on the platform: who keeps its books, from call to report, and statements that add up."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from commonhaven.reading import Problem
from commonhaven.web.decisions.models import Decision
from commonhaven.web.funds.actions import act_on, open_fund, set_basis
from commonhaven.web.funds.models import Fund
from commonhaven.web.funds.values import state_of
from commonhaven.web.groups.models import Caucus, Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.meetings.actions import convene
from commonhaven.web.record.actions import Placing
from commonhaven.web.record.models import Entry

Seats = Callable[[str], Seat]
Clients = Callable[[str], Client]


@pytest.fixture
def fund(group: Group, seat: Seats, now: datetime) -> Fund:
    return open_fund(
        group=group, kind="standing", title="Standing fund", currency="USD", by=seat("treasurer"),
        at=now - timedelta(hours=3),
    )  # fmt: skip


class Acts:
    def __init__(self, fund: Fund, seat: Seats, at: datetime) -> None:
        self.fund, self.seat, self.at = fund, seat, at

    def __call__(self, who: str, kind: str, amount: object = None, **more: Any) -> str:
        self.at += timedelta(minutes=1)
        if amount is not None:
            more["amount"] = Fraction(str(amount))
        step = act_on(fund=self.fund, kind=kind, by=self.seat(who), at=self.at, **more)
        return f"r{step.number}"


@pytest.fixture
def do(fund: Fund, seat: Seats, now: datetime) -> Acts:
    return Acts(fund, seat, now - timedelta(hours=2))


@pytest.fixture
def decision(group: Group, now: datetime) -> Decision:
    return Decision.objects.create(
        group=group, number=1, kind="other", title="Money for the border", mode="consensus",
        party="UNHCR", status="adopted", decided_at=now, created_at=now,
    )  # fmt: skip


def filled(do: Acts, amount: int = 1000) -> None:
    do("treasurer", "called", year=2026, due=date(2026, 3, 1), shares={"FRA": Fraction(amount)})
    do("treasurer", "paid", amount, party="FRA")


def test_from_call_to_report(fund: Fund, do: Acts, decision: Decision, now: datetime) -> None:
    filled(do)
    asked = do("ghana", "asked", 600, says="reception")
    do("treasurer", "reviewed", request=asked, says="sound")
    do("treasurer", "granted", 600, request=asked, decision=decision.subject)
    do("treasurer", "paid out", 600, request=asked)
    do("ghana", "confirmed", 600, request=asked)
    do("ghana", "reported", 550, request=asked, evidence="accounts")
    do("treasurer", "closed", request=asked)
    state = state_of(fund, now)
    assert (state.cash.amount, state.requests[0].stage) == (450, "closed")
    acts = list(Entry.objects.filter(subject=fund.subject).order_by("number").values_list(
        "act", flat=True))  # fmt: skip
    assert acts[0] == "fund opened"
    assert acts[-1] == "request closed"


@pytest.mark.parametrize("who", ["france", "unhcr", "observer", "analyst", "administrator", "ngo"])
def test_who_does_not_keep_the_books(do: Acts, who: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused):
        do(who, "paid", 10, party="FRA")
    assert Entry.objects.count() == before


def test_only_a_decision_of_the_group_grants(do: Acts, decision: Decision) -> None:
    filled(do)
    asked = do("ghana", "asked", 100, says="reception")
    do("treasurer", "reviewed", request=asked, says="sound")
    with pytest.raises(Conflict, match="names no decision"):
        do("treasurer", "granted", 100, request=asked)
    with pytest.raises(Conflict, match="no such decision"):
        do("treasurer", "granted", 100, request=asked, decision="decision/999999")
    decision.status = "open"
    decision.save()
    with pytest.raises(Conflict, match="no such decision"):
        do("treasurer", "granted", 100, request=asked, decision=decision.subject)


def test_what_is_refused_writes_nothing(fund: Fund, do: Acts) -> None:
    before = (Entry.objects.count(), fund.steps.count())
    with pytest.raises(Conflict, match="no request"):
        do("treasurer", "paid out", 5, request="r1")
    assert (Entry.objects.count(), fund.steps.count()) == before


def test_the_release_within_hours_of_a_convening(do: Acts, now: datetime) -> None:
    filled(do)
    late = do("ghana", "asked", 500, says="reception", convened=now - timedelta(hours=60))
    with pytest.raises(Conflict, match="the release was open until"):
        do("treasurer", "released", 10, request=late)
    asked = do("ghana", "asked", 500, says="reception", convened=now - timedelta(hours=3))
    with pytest.raises(Conflict, match="may go out on this convening"):
        do("treasurer", "released", 201, request=asked)
    do("treasurer", "released", 200, request=asked)


def test_a_convening_is_a_meeting_that_every_reader_sees(
    fund: Fund, group: Group, seat: Seats, signed_in: Clients, now: datetime
) -> None:
    hosts = Caucus.objects.create(group=group, name="Hosts", parties=["GHA", "LBR"])
    places = (Placing(), Placing(audience="caucus", caucus=hosts))
    known, hidden = (
        convene(group=group, title=title, reason="The influx exceeds what we can bear.",
                situation=None, by=seat("ghana"), at=now, placing=placing)
        for title, placing in zip(("For all", "For hosts"), places, strict=True)
    )  # fmt: skip
    ghana, page = signed_in("ghana"), f"/groups/west-africa/funds/{fund.pk}/act/asked/"
    offered = ghana.get(page).text
    assert ("For all" in offered, "For hosts" in offered) == (True, False)
    answers = {
        meeting.title: ghana.post(
            f"/api/v1/groups/west-africa/funds/{fund.pk}/acts",
            {"kind": "asked", "amount": "5", "says": "reception", "meeting": meeting.pk},
            content_type="application/json",
        ).status_code
        for meeting in (known, hidden)
    }
    assert answers == {"For all": 201, "For hosts": 404}
    value = json.loads(fund.steps.get().value)
    assert datetime.fromisoformat(value["convened"]) == known.created_at


def test_the_target_rests_on_ten_years(fund: Fund, seat: Seats, now: datetime) -> None:
    claims = "2017; border; 4000000\n2021; floods; 9 000 000\n2024; north; 12500000"
    set_basis(fund=fund, claims=claims, last_year=2025, budget="", by=seat("treasurer"), at=now)
    with pytest.raises(Problem, match="line 1"):
        set_basis(fund=fund, claims="last year", last_year=None, budget="", by=seat("treasurer"),
                  at=now)  # fmt: skip
    fund.refresh_from_db()
    assert fund.claims == claims


def test_a_fund_in_the_browser(signed_in: Clients, group: Group, seat: Seats) -> None:
    treasurer, ghana, france = signed_in("treasurer"), signed_in("ghana"), signed_in("france")
    base = "/groups/west-africa/funds/"
    assert france.post(f"{base}open/", {"kind": "standing", "title": "F", "currency": "USD",
                                        "audience": "members"}).status_code == 403  # fmt: skip
    bad = treasurer.post(f"{base}open/", {"kind": "standing", "title": "F", "currency": "USX",
                                          "audience": "members"})  # fmt: skip
    assert bad.status_code == 422
    treasurer.post(f"{base}open/", {"kind": "standing", "title": "F", "currency": "usd",
                                    "audience": "members"})  # fmt: skip
    row = Fund.objects.get()
    own = f"{base}{row.pk}/"
    divided = treasurer.get(f"{own}act/called/?total=12000000").content.decode()
    assert "France; " in divided
    treasurer.post(f"{own}act/called/", {"year": "2026", "due": "2026-03-01",
                                         "shares": "France; 1000\nGermany; 500.50"})  # fmt: skip
    treasurer.post(f"{own}act/paid/", {"party": "France", "amount": "1100", "original": "1000",
                                       "currency": "EUR", "rate": "1.1", "rate_on": "2026-01-01",
                                       "rate_source": "ECB"})  # fmt: skip
    half = treasurer.post(f"{own}act/paid/", {"party": "France", "amount": "11", "original": "10"})
    assert half.status_code == 422
    shown = ghana.get(own).content.decode()
    assert "1,100" in shown
    assert '<figure class="picture" id="fund_level">' in shown
    assert "Record a payment received" not in shown
    assert "Germany" in shown
    assert ghana.get(f"{own}ledger/").status_code == 200
    told = ghana.get(f"{own}ledger/?format=csv").content.decode().splitlines()
    assert sum(Decimal(line.rsplit(",", 1)[1]) for line in told[1:]) == 0
    statement = ghana.get(f"{own}statement/{datetime.now().year}/FRA/")  # noqa: DTZ005
    assert "-100" in statement.content.decode()
    assert signed_in("ngo").get(own).status_code == 404
    assert signed_in("nobody").get(own).status_code == 404
    assert ghana.get(f"{own}statement/2026/XYZ/").status_code == 404
    assert treasurer.get(f"{own}act/steal/").status_code == 404
