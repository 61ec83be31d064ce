"""Pages of a fund: a divided sum, what can be named, names in order, what an act is told by."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from html import unescape
from typing import Any

import pytest
from django.test import Client
from due_cast import Acts, acts

from commonhaven.parties import LANGUAGES, name, states
from commonhaven.web.commitments import lines
from commonhaven.web.decisions.models import Decision
from commonhaven.web.funds.models import Fund
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.saying import by_name
from commonhaven.web.meetings.actions import convene
from commonhaven.web.record.actions import PUBLIC, Placing

__all__ = ["acts"]
Clients = Callable[[str], Client]
Seats = Callable[[str], Seat]
DUE = date(2026, 3, 1)
MANY = ("DEU", "CIV", "BEN", "GBR", "CHE", "ESP", "USA")
BY_NAME = ["Benin", "Côte d'Ivoire", "Germany", "Spain", "Switzerland",
           "United Kingdom of Great Britain and Northern Ireland",
           "United States of America"]  # fmt: skip


@pytest.fixture
def fund(acts: Acts) -> Fund:
    return acts.open()


@pytest.fixture
def public(acts: Acts) -> Fund:
    return acts.open("Budget", PUBLIC)


@pytest.fixture
def taken(group: Group, now: datetime) -> Callable[..., Decision]:
    def decide(**more: Any) -> Decision:
        return Decision.objects.create(
            group=group, number=Decision.objects.count() + 1, kind="other", title="So it is",
            mode="consensus", party="UNHCR", status="adopted", decided_at=now, created_at=now,
            **more,
        )  # fmt: skip

    return decide


def page_of(fund: Fund, rest: str = "") -> str:
    return f"/groups/west-africa/funds/{fund.pk}/{rest}"


def shares_in(text: str) -> list[str]:
    found = re.search(r'<textarea name="shares"[^>]*>(.*?)</textarea>', text, re.DOTALL)
    assert found is not None
    return unescape(found[1]).strip().splitlines()


def test_a_divided_sum_stays_and_its_shares_are_named(signed_in: Clients, fund: Fund) -> None:
    treasurer, page = signed_in("treasurer"), page_of(fund, "act/called/?total=1 000 000")
    shown = treasurer.get(page).text
    assert re.search(r'name="total" value="1 000 000"', shown)
    told = [line.split("; ") for line in shares_in(shown)]
    assert told[:2] == [["Belgium", "13724.41"], ["Benin", "88.77"]]
    assert sum(Decimal(part) for _name, part in told) == 1_000_000
    folded = [by_name(lines.party(party)) for party, _part in told]
    assert (len(folded), folded) == (33, sorted(folded))
    wrong = treasurer.post(page, {"year": "2026", "shares": "France; 5"}).text
    assert 'name="total" value="1 000 000"' in wrong
    assert shares_in(wrong) == ["France; 5"]
    done = treasurer.post(page, {"year": "2026", "due": "2026-03-01", "shares": "\n".join(
        f"{party}; {part}" for party, part in told)})  # fmt: skip
    assert done.status_code == 302


def test_the_page_says_that_no_ceiling_cuts_a_call(signed_in: Clients, fund: Fund) -> None:
    shown = signed_in("treasurer").get(page_of(fund, "act/called/?total=1000000")).text
    told = " ".join(re.sub(r"<[^>]+>", "", shown).split())
    assert "The largest part is 39.1 % (United States of America)." in told
    assert "The ceiling of 22.0 % for one state holds for the costs of a plan" in told


@pytest.mark.parametrize("total", ["", "much", "-5", "0", "1.005", "9" * 30])
def test_a_sum_that_cannot_be_divided_is_told(signed_in: Clients, fund: Fund, total: str) -> None:
    shown = signed_in("treasurer").get(page_of(fund, f"act/called/?total={total}"))
    assert shown.status_code == 200
    assert "errorlist" in shown.text
    assert shares_in(shown.text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_that_is_shown_is_read_back(language: str) -> None:
    assert [code for code in states() if lines.party(name(code, language)) != code] == []


def test_a_member_named_twice_is_told(signed_in: Clients, fund: Fund) -> None:
    given = {"year": "2026", "due": "2026-03-01", "shares": "France; 5\nFRA; 7"}
    shown = signed_in("treasurer").post(page_of(fund, "act/called/"), given)
    assert shown.status_code == 422
    assert "Name each member once" in shown.text


def names_in(text: str, pattern: str) -> list[str]:
    return [unescape(found) for found in re.findall(pattern, text)]


def test_parties_stand_by_name(signed_in: Clients, acts: Acts, fund: Fund) -> None:
    shares = dict.fromkeys(MANY, Fraction(100))
    acts(fund, "treasurer", "called", year=2026, due=DUE, shares=shares)
    ghana = signed_in("ghana")
    shown = ghana.get(page_of(fund)).text
    assert names_in(shown, r'/statement/\d+/[A-Z]{3}/">([^<]+)<') == BY_NAME
    assert names_in(shown, r"<li>([^:<]+): <bdi>100</bdi>") == BY_NAME
    entries, balance = ghana.get(page_of(fund, "ledger/")).text.split('id="balance"')
    assert names_in(entries, r"<td>Called, unpaid: ([^<]+)</td>") == BY_NAME
    assert names_in(balance, r">Called, unpaid: ([^<]+)<") == BY_NAME
    assert names_in(balance, r">(Called, unpaid|Called for):")[::7] == [
        "Called, unpaid", "Called for",
    ]  # fmt: skip


def test_what_was_done_is_told(signed_in: Clients, fund: Fund) -> None:
    treasurer = signed_in("treasurer")
    given = {"party": "France", "amount": "1100"}
    shown = treasurer.post(page_of(fund, "act/paid/"), given, follow=True).text
    told = re.search(r'<li class="success">(.*?)</li>', shown)
    assert told is not None
    assert re.sub(r"<[^>]+>", "", told[1]) == (
        "It stands in the books: Payment received: 1,100 USD (France)."
    )
    basis = {"claims": "", "last_year": "", "budget": "2026; meetings; 5"}
    assert 'class="success"' in treasurer.post(page_of(fund, "basis/"), basis, follow=True).text


WIDE = "none in force is shown so widely"


def test_the_page_says_why_no_decision_can_be_named(
    signed_in: Clients, fund: Fund, public: Fund, acts: Acts, taken: Callable[..., Decision]
) -> None:
    treasurer = signed_in("treasurer")
    assert "You see none in force yet" in treasurer.get(page_of(fund)).text
    taken(audience="members")
    assert WIDE in treasurer.get(page_of(public)).text
    assert WIDE in treasurer.get(page_of(public, "act/awarded/")).text
    assert WIDE not in signed_in("ghana").get(page_of(public)).text
    inside = treasurer.get(page_of(fund)).text
    assert WIDE not in inside
    assert "Award money by decision" in inside
    offered = treasurer.get(page_of(fund, "act/awarded/")).text
    assert re.search(r'<option value="" selected>Choose</option>', offered)


def test_the_page_says_why_no_meeting_can_be_named(
    signed_in: Clients, fund: Fund, public: Fund, group: Group, seat: Seats, now: datetime
) -> None:
    why = "None of the group's meetings can be named"
    ghana = signed_in("ghana")
    assert why not in unescape(ghana.get(page_of(public, "act/asked/")).text)
    convene(
        group=group, title="For members", reason="The influx exceeds what we can bear.",
        situation=None, by=seat("ghana"), at=now, placing=Placing(),
    )  # fmt: skip
    assert why in unescape(ghana.get(page_of(public, "act/asked/")).text)
    assert why not in unescape(ghana.get(page_of(fund, "act/asked/")).text)


def test_more_is_granted_after_what_was_released_is_confirmed(
    signed_in: Clients, acts: Acts, fund: Fund, taken: Callable[..., Decision], now: datetime
) -> None:
    """What was asked beyond a release waits for the meeting, not for the books."""
    decision = taken(audience="members")
    acts(fund, "treasurer", "paid", 1000, party="FRA")
    asked = acts(fund, "ghana", "asked", 500, says="reception", convened=acts.at)
    acts(fund, "treasurer", "released", 200, request=asked)
    acts(fund, "ghana", "confirmed", 200, request=asked)
    treasurer = signed_in("treasurer")
    assert page_of(fund, "act/granted/") not in treasurer.get(page_of(fund)).text
    given = {"request": asked, "says": "sound"}
    assert treasurer.post(page_of(fund, "act/reviewed/"), given).status_code == 302
    assert page_of(fund, "act/granted/") in treasurer.get(page_of(fund)).text
    granted = {"request": asked, "amount": "300", "decision": decision.subject}
    assert treasurer.post(page_of(fund, "act/granted/"), granted).status_code == 302
