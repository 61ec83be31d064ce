"""Needs with review, locks and versions; matches that both sides accept, never beyond either."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction
from html import unescape
from typing import Any

import pytest
from django.test import Client

from commonhaven.commitments import Commitment as Value
from commonhaven.commitments import Need as NeedValue
from commonhaven.commitments import Share
from commonhaven.reading import Problem
from commonhaven.web.commitments.actions import promise, step
from commonhaven.web.commitments.matches import answer_match, propose_match
from commonhaven.web.commitments.models import Commitment, Match, Need
from commonhaven.web.commitments.needs import (
    close_need,
    review_need,
    revise_need,
    state_need,
    submit_need,
)
from commonhaven.web.commitments.queries import suggested, versions
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat, Viewer
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.record.models import Entry

Seats = Callable[[str], Seat]
Clients = Callable[[str], Client]


def value(quantity: int = 90, **more: Any) -> NeedValue:
    fields: dict[str, Any] = {
        "id": "new", "title": "Classrooms", "by": "GHA", "kind": "financial", "unit": "USD",
        "quantity": Fraction(quantity), "places": ("GHA",), "basis": "ministry",
    }  # fmt: skip
    return NeedValue(**{**fields, **more})


@pytest.fixture
def then(now: datetime) -> datetime:
    return now - timedelta(hours=3)


@pytest.fixture
def need(group: Group, seat: Seats, then: datetime) -> Need:
    return state_need(group=group, value=value(), by=seat("ghana"), at=then)


@pytest.fixture
def open_need(need: Need, seat: Seats, then: datetime) -> Need:
    submit_need(need=need, by=seat("ghana"), at=then)
    return review_need(need=need, accepted=True, found="sound", by=seat("unhcr"), at=then)


@pytest.fixture
def offer(group: Group, seat: Seats, then: datetime) -> Commitment:
    one = Value(
        id="new", title="Schools", kind="financial", unit="USD", places=("GHA",), to=("GHA",),
        shares=(Share(giver="FRA", quantity=Fraction(100)),),
    )  # fmt: skip
    return promise(group=group, value=one, by=seat("france"), at=then)


def test_who_sees_a_need(need: Need, signed_in: Clients) -> None:
    url = f"/groups/west-africa/promises/needs/{need.pk}/"
    seen = {who: signed_in(who).get(url).status_code for who in ("ghana", "france", "ngo")}
    assert seen == {"ghana": 200, "france": 200, "ngo": 404}
    assert "Submit for review" in signed_in("ghana").get(url).content.decode()
    assert "Submit for review" not in signed_in("france").get(url).content.decode()


def test_a_review_locks_it(need: Need, seat: Seats, then: datetime) -> None:
    submit_need(need=need, by=seat("ghana"), at=then)
    with pytest.raises(Conflict, match="in review"):
        revise_need(need=need, value=value(80), note="less", after=1, by=seat("ghana"), at=then)
    with pytest.raises(Refused, match="does not review"):
        review_need(need=need, accepted=True, found="ok", by=seat("france"), at=then)
    review_need(need=need, accepted=False, found="give the source", by=seat("unhcr"), at=then)
    revise_need(need=need, value=value(80), note="less", after=1, by=seat("ghana"), at=then)
    need.refresh_from_db()
    assert (need.status, need.quantity) == ("returned", 80)
    (last, first) = versions(need)
    assert [(c.field, c.before, c.after) for c in last.changes] == [("quantity", 90, 80)]
    assert first.changes == ()
    acts = Entry.objects.filter(subject=need.subject).order_by("number")
    assert list(acts.values_list("act", flat=True)) == [
        "need stated", "need submitted", "need returned", "need changed",
    ]  # fmt: skip


def test_two_who_change_it_at_once(need: Need, seat: Seats, then: datetime) -> None:
    revise_need(need=need, value=value(80), note="less", after=1, by=seat("ghana"), at=then)
    with pytest.raises(Conflict, match="version 2 came meanwhile"):
        revise_need(need=need, value=value(70), note="less", after=1, by=seat("ghana"), at=then)
    with pytest.raises(Conflict, match="nothing changed"):
        revise_need(need=need, value=value(80), note="same", after=2, by=seat("ghana"), at=then)


def test_nobody_states_another_s_need(group: Group, seat: Seats, then: datetime) -> None:
    with pytest.raises(Refused):
        state_need(group=group, value=value(), by=seat("france"), at=then)
    with pytest.raises(Problem, match="needs nothing"):
        state_need(group=group, value=value(0), by=seat("ghana"), at=then)
    assert not Need.objects.exists()


def test_both_sides_accept(open_need: Need, offer: Commitment, seat: Seats, then: datetime) -> None:
    made = propose_match(
        commitment=offer, need=open_need, quantity=60, why="both in Ghana", by=seat("secretariat"),
        at=then,
    )  # fmt: skip
    assert made.status == "proposed"
    with pytest.raises(Refused, match="neither side"):
        answer_match(match=made, kind="accepted", by=seat("germany"), at=then)
    answer_match(match=made, kind="accepted", by=seat("france"), at=then + timedelta(minutes=1))
    done = answer_match(match=made, kind="accepted", by=seat("ghana"),
                        at=then + timedelta(minutes=2))  # fmt: skip
    open_need.refresh_from_db()
    assert (done.status, open_need.covered) == ("agreed", 60)


def test_never_beyond_either_side(
    open_need: Need, offer: Commitment, seat: Seats, then: datetime
) -> None:
    def agree(quantity: int, minutes: int) -> Match:
        at = then + timedelta(minutes=minutes)
        made = propose_match(commitment=offer, need=open_need, quantity=quantity, why="",
                             by=seat("ghana"), at=at)  # fmt: skip
        return answer_match(match=made, kind="accepted", by=seat("france"),
                            at=at + timedelta(minutes=1))  # fmt: skip

    agree(60, 0)
    before = Entry.objects.count()
    made = propose_match(commitment=offer, need=open_need, quantity=31, why="", by=seat("ghana"),
                         at=then + timedelta(minutes=5))  # fmt: skip
    with pytest.raises(Conflict, match="of the need are open"):
        answer_match(match=made, kind="accepted", by=seat("france"), at=then + timedelta(minutes=6))
    assert Entry.objects.count() == before + 1
    open_need.refresh_from_db()
    assert open_need.covered == 60
    agree(30, 10)
    open_need.refresh_from_db()
    assert open_need.covered == 90


def test_what_is_withdrawn_opens_the_gap_again(
    open_need: Need, offer: Commitment, seat: Seats, then: datetime
) -> None:
    made = propose_match(commitment=offer, need=open_need, quantity=90, why="", by=seat("ghana"),
                         at=then)  # fmt: skip
    answer_match(match=made, kind="accepted", by=seat("france"), at=then + timedelta(minutes=1))
    step(commitment=offer, by=seat("france"), at=then + timedelta(minutes=2), kind="withdrawn",
         giver="FRA", quantity=Fraction(50), says="budget")  # fmt: skip
    open_need.refresh_from_db()
    made.refresh_from_db()
    assert (open_need.covered, made.covers, made.status) == (50, 50, "agreed")


def test_suggestions_are_for_what_is_open(
    open_need: Need, offer: Commitment, group: Group, viewer: Callable[[str], Viewer]
) -> None:
    ((need, row, one),) = suggested(viewer("ghana"), group)
    assert (need, row, one.quantity.value) == (open_need, offer, 90)
    assert suggested(viewer("ngo"), group) == ()


def test_close(open_need: Need, seat: Seats, then: datetime) -> None:
    with pytest.raises(Problem, match="no reason"):
        close_need(need=open_need, because=" ", by=seat("ghana"), at=then)
    assert close_need(need=open_need, because="met", by=seat("ghana"), at=then).status == "closed"


def test_a_closed_need_takes_no_more(
    open_need: Need, offer: Commitment, seat: Seats, then: datetime
) -> None:
    made = propose_match(commitment=offer, need=open_need, quantity=9, why="", by=seat("ghana"),
                         at=then)  # fmt: skip
    close_need(need=open_need, because="met", by=seat("ghana"), at=then)
    later = then + timedelta(minutes=1)
    with pytest.raises(Conflict, match="the need is closed"):
        answer_match(match=made, kind="accepted", by=seat("france"), at=later)
    assert answer_match(match=made, kind="declined", by=seat("france"), at=later).covers == 0


def test_a_need_in_the_browser(signed_in: Clients, group: Group, offer: Commitment) -> None:
    ghana, unhcr, france = signed_in("ghana"), signed_in("unhcr"), signed_in("france")
    base = "/groups/west-africa/promises/needs/"
    form = {
        "title": "Wells", "kind": "financial", "unit": "USD", "quantity": "80", "places": "Ghana",
        "starts": "2026-01-01", "ends": "2026-12-31", "basis": "ministry", "audience": "members",
    }  # fmt: skip
    assert ghana.post(f"{base}state/", {**form, "quantity": "many"}).status_code == 422
    assert ghana.post(f"{base}state/", form).status_code == 302
    row = Need.objects.get()
    own = f"{base}{row.pk}/"
    assert ghana.get(f"{own}revise/").status_code == 200
    revised = {**form, "quantity": "70", "note": "counted again", "after": "1"}
    assert ghana.post(f"{own}revise/", revised).status_code == 302
    ghana.post(f"{own}submit/")
    assert "Review it" in unhcr.get(own).content.decode()
    unhcr.post(f"{own}review/", {"found": "sound", "accepted": "yes"})
    assert "Schools" in ghana.get(f"{base}suggestions/").content.decode()
    france.post(f"{own}match/", {"commitment": offer.pk, "quantity": "30", "why": "both in Ghana"})
    match = Match.objects.get()
    assert "Accept" in ghana.get(own).content.decode()
    ghana.post(f"/groups/west-africa/promises/matches/{match.pk}/answer/", {"answer": "accepted"})
    row.refresh_from_db()
    assert (row.quantity, row.covered) == (70, 30)
    shown = ghana.get(own).content.decode()
    assert "counted again" in shown
    assert "<del>" in shown


def test_the_staircase_page_before_any_decision(signed_in: Clients, group: Group) -> None:
    shown = signed_in("ghana").get("/groups/west-africa/promises/staircase/").content.decode()
    assert "fair shares follow from an adopted plan" in shown


def test_the_staircase_page_draws_the_duties_of_a_decision(
    group: Group, signed_in: Clients, now: datetime
) -> None:
    decided = Decision.objects.create(
        group=group, number=1, kind="plan", title="Places for all", mode="consensus",
        party="UNHCR", status="adopted", decided_at=now, created_at=now,
    )  # fmt: skip
    for number, party in enumerate(("FRA", "DEU", "GHA"), 1):
        Obligation.objects.create(
            group=group, decision=decided, code=party, party=party, kind="receive",
            what="Receive people", quantity=100 * number, unit="people", measured="arrivals",
            created_at=now,
        )  # fmt: skip
    shown = signed_in("ghana").get("/groups/west-africa/promises/staircase/").content.decode()
    assert f'<figure class="picture" id="staircase-{decided.pk}-receive-people">' in shown
    bars = shown.split("<figure")[1].split("</figure>")[0]
    assert '<th scope="row">All together</th><td>600</td>' in bars
    assert '<th scope="row">Ghana</th><td>300</td>' in bars
    assert bars.index("Ghana") < bars.index("Germany") < bars.index("France")
    outside = signed_in("ngo").get("/groups/west-africa/promises/staircase/").content.decode()
    assert "<figure" not in outside


def test_parties_stand_by_name_in_the_table_of_the_staircase(
    group: Group, signed_in: Clients, now: datetime
) -> None:
    decided = Decision.objects.create(
        group=group, number=1, kind="plan", title="Places for all", mode="consensus",
        party="UNHCR", status="adopted", decided_at=now, created_at=now,
    )  # fmt: skip
    for party in ("ESP", "CIV", "DEU", "CHE", "DNK"):
        Obligation.objects.create(
            group=group, decision=decided, code=party, party=party, kind="receive",
            what="Receive people", quantity=10, unit="people", measured="arrivals", created_at=now,
        )  # fmt: skip
    shown = signed_in("ghana").get("/groups/west-africa/promises/staircase/").content.decode()
    table = shown.split("</figure>")[1]
    assert [unescape(one) for one in re.findall(r'<th scope="row">([^<]+)</th>', table)] == [
        "Côte d'Ivoire", "Denmark", "Germany", "Spain", "Switzerland", "All together",
    ]  # fmt: skip
