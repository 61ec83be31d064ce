"""An act on a fund names a party that is known, or says that a new one is meant."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from due_cast import Acts, acts

from commonhaven.web.funds.models import Fund
from commonhaven.web.groups.models import Group, Membership
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.record.models import Entry

__all__ = ["acts"]
Clients = Callable[[str], Client]
DUE = date(2026, 3, 1)
KINDS: dict[str, dict[str, Any]] = {
    "paid": {}, "announced": {}, "given in kind": {"says": "rooms"},
    "signed": {"evidence": "agreement"}, "waived": {"decision": ""},
    "awarded": {"says": "payment", "evidence": "minutes"},
}  # fmt: skip
"""Acts that can name a party → what else they need."""


@pytest.fixture
def fund(acts: Acts) -> Fund:
    return acts.open()


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_party_is_refused(acts: Acts, fund: Fund, kind: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(Conflict, match='no state is called "Narnia"'):
        acts(fund, "treasurer", kind, 10, party="Narnia", **KINDS[kind])
    assert (fund.steps.count(), Entry.objects.count()) == (0, before)


@pytest.mark.parametrize(
    ("told", "meant"),
    [("Frnace", "Did you mean France"), ("Counsil of lead NGOs", "Did you mean Council of lead"),
     ("unhcr", "Did you mean UNHCR"), ("Congo", "Write the code")],
)  # fmt: skip
def test_the_refusal_names_the_closest(acts: Acts, fund: Fund, told: str, meant: str) -> None:
    with pytest.raises(Conflict) as refused:
        acts(fund, "treasurer", "paid", 10, party=told)
    assert meant in refused.value.fix
    assert 'tick "A new party"' in refused.value.fix


def test_a_call_names_known_parties_only(acts: Acts, fund: Fund) -> None:
    def call(**shares: int) -> None:
        parts = {party: Fraction(part) for party, part in shares.items()}
        acts(fund, "treasurer", "called", year=2026, due=DUE, shares=parts, new_party=True)

    with pytest.raises(Conflict, match="Narnia") as refused:
        call(France=5, Narnia=5)
    assert "new party" not in refused.value.fix
    with pytest.raises(Conflict, match="Brazil is no member"):
        call(Brazil=5)
    with pytest.raises(Conflict, match="FRA is named twice"):
        call(France=5, FRA=5)
    call(France=5)
    assert '"shares":{"FRA":"5"}' in fund.steps.get().value


def test_a_new_party_is_known_from_then_on(acts: Acts, fund: Fund) -> None:
    acts(fund, "treasurer", "announced", 10, party="Chamber of Commerce", new_party=True)
    acts(fund, "treasurer", "paid", 10, party="Chamber of Commerce")
    assert fund.steps.count() == 2


def test_whoever_had_a_part_in_the_group_is_known(acts: Acts, fund: Fund, group: Group) -> None:
    place = Membership.objects.get(group=group, party="IOM")
    place.until = acts.at.date() - timedelta(days=30)
    place.save()
    acts(fund, "treasurer", "paid", 10, party="IOM")
    acts(fund, "treasurer", "paid", 10, party="Japan")
    assert '"party":"JPN"' in fund.steps.get(number=2).value


def test_a_new_party_in_the_browser_and_by_the_api(signed_in: Clients, fund: Fund) -> None:
    treasurer, page = signed_in("treasurer"), f"/groups/west-africa/funds/{fund.pk}/act/paid/"
    refused = treasurer.post(page, {"party": "Narnia", "amount": "5"})
    assert refused.status_code == 422
    assert 'value="Narnia"' in refused.text
    assert "Did you mean Armenia" in refused.text
    assert (
        treasurer.post(page, {"party": "Narnia", "amount": "5", "new_party": "on"}).status_code
        == 302
    )
    acts = f"/api/v1/groups/west-africa/funds/{fund.pk}/acts"
    body = {"kind": "paid", "party": "Lilliput", "amount": "5"}
    answers = [
        treasurer.post(acts, given, content_type="application/json").status_code
        for given in (body, {**body, "new_party": True}, {**body, "party": "France"})
    ]
    assert answers == [409, 201, 201]
