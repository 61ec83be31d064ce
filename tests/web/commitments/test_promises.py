"""A promise from announcement to verified delivery, by those whose step each is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonhaven.commitments import Commitment as Value
from commonhaven.commitments import Evidence, Instalment, Share
from commonhaven.reading import Problem
from commonhaven.web.commitments.actions import promise, step
from commonhaven.web.commitments.models import Commitment
from commonhaven.web.commitments.queries import totals
from commonhaven.web.commitments.steps import offers
from commonhaven.web.commitments.values import book_of, value_of
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.record.models import Entry

Seats = Callable[[str], Seat]
Clients = Callable[[str], Client]
PAPER = (Evidence(what="signed agreement"),)


def value(**more: Any) -> Value:
    fields: dict[str, Any] = {
        "id": "new", "title": "Classrooms", "kind": "financial", "unit": "USD",
        "shares": (Share(giver="FRA", quantity=Fraction(600)),
                   Share(giver="DEU", quantity=Fraction("400.50"))),
        "to": ("GHA",), "ends": date(2026, 12, 31), "beneficiaries": "Children of both communities",
        "indicator": "Children enrolled",
    }  # fmt: skip
    return Value(**{**fields, **more})


@pytest.fixture
def made(group: Group, seat: Seats, now: datetime) -> Commitment:
    return promise(group=group, value=value(), by=seat("france"), at=now - timedelta(hours=2))


class Steps:
    def __init__(self, row: Commitment, seat: Seats, now: datetime) -> None:
        self.row, self.seat, self.at = row, seat, now - timedelta(hours=1)

    def __call__(self, who: str, kind: str, quantity: object = None, **more: Any) -> str:
        self.at += timedelta(minutes=1)
        if quantity is not None:
            more["quantity"] = Fraction(str(quantity))
        done = step(commitment=self.row, by=self.seat(who), at=self.at, kind=kind, **more)
        return f"c{self.row.pk}.{done.number}"


@pytest.fixture
def take(made: Commitment, seat: Seats, now: datetime) -> Steps:
    return Steps(made, seat, now)


def share(row: Commitment, giver: str) -> Any:
    return row.shares.get(giver=giver)


def delivered(take: Steps, quantity: int = 300) -> str:
    take("france", "committed", quantity, giver="FRA", evidence=PAPER)
    return take("france", "delivered", quantity, giver="FRA", to="GHA", evidence=PAPER)


def test_entering_announces_ones_own_share_only(made: Commitment) -> None:
    assert (share(made, "FRA").announced, share(made, "DEU").announced) == (600, 0)
    acts = list(Entry.objects.filter(subject=made.subject).values_list("act", "party"))
    assert acts == [("promise entered", "FRA"), ("promise announced", "FRA")]


def test_from_announced_to_verified(made: Commitment, take: Steps) -> None:
    gift = delivered(take)
    take("ghana", "received", 300, of=gift)
    take("ngo", "verified", 250, of=gift, evidence=PAPER)
    found = share(made, "FRA")
    assert (found.committed, found.delivered, found.received, found.verified) == (
        300, 300, 300, 250,
    )  # fmt: skip
    assert Entry.objects.filter(act="delivery verified", party="Council of lead NGOs").exists()


@pytest.mark.parametrize(
    ("who", "kind", "kind_of", "why"),
    [
        ("france", "received", Conflict, "only Ghana can say"),
        ("germany", "received", Conflict, "only Ghana can say"),
        ("ghana", "verified", Refused, "does not verify"),
        ("secretariat", "verified", Refused, "does not verify"),
        ("observer", "received", Refused, "binds no party"),
        ("analyst", "received", Refused, "binds no party"),
        ("administrator", "received", Refused, "binds no party"),
    ],
)
def test_whose_key_it_is(
    take: Steps, who: str, kind: str, kind_of: type[Exception], why: str
) -> None:
    gift = delivered(take)
    if kind == "verified":
        take("ghana", "received", 300, of=gift)
    before = Entry.objects.count()
    with pytest.raises(kind_of, match=why):
        take(who, kind, 10, of=gift, evidence=PAPER)
    assert Entry.objects.count() == before


def test_what_is_refused_writes_nothing(made: Commitment, take: Steps) -> None:
    before = (Entry.objects.count(), made.steps.count())
    said = f'France would deliver more of "{made.title}" than it has signed'
    with pytest.raises(Conflict, match=said):
        take("france", "delivered", 1, giver="FRA", to="GHA", evidence=PAPER)
    assert (Entry.objects.count(), made.steps.count()) == before


def test_a_partner_speaks_for_itself(made: Commitment, take: Steps) -> None:
    take("germany", "announced", "400.50", giver="DEU")
    assert share(made, "DEU").announced == Fraction("400.50")
    with pytest.raises(Conflict, match="cannot say this for Germany"):
        take("france", "committed", 1, giver="DEU", evidence=PAPER)
    take("secretariat", "committed", 1, giver="DEU", evidence=PAPER)
    assert share(made, "DEU").committed == 1


def test_the_chair_speaks_for_no_other_state(made: Commitment, seat: Seats, now: datetime) -> None:
    chair = replace(seat("guinea"), chair=True)
    found = offers(value_of(made), book_of([made], made.group, now), {}, chair)
    assert not {"announced", "committed", "delivered", "withdrawn"} & {one.kind for one in found}
    with pytest.raises(Refused, match="GIN gives nothing in it"):
        promise(group=made.group, value=value_of(made), by=chair, at=now)


def test_a_decision_is_carried_out_by_whoever_runs_the_group(take: Steps) -> None:
    with pytest.raises(Refused, match="carries out a decision"):
        take("france", "withdrawn", 10, giver="FRA", says="drought", decision="decision/1")


def test_a_dispute_lapses_without_anybody_looking(
    made: Commitment, take: Steps, signed_in: Clients, forward: Callable[[timedelta], None]
) -> None:
    gift = delivered(take)
    take("ghana", "disputed", 120, of=gift, says="180 came")
    assert share(made, "FRA").disputed == 120
    url = f"/groups/west-africa/promises/{made.pk}/"
    assert "An answer is due" in signed_in("ghana").get(url).content.decode()
    forward(timedelta(days=31))
    shown = signed_in("ghana").get(url).content.decode()
    assert "upheld: no answer in time" in shown
    listed = signed_in("ghana").get("/groups/west-africa/promises/").content.decode()
    assert ">180</bdi>" in listed


def test_home_spending_is_no_help(group: Group, seat: Seats, now: datetime) -> None:
    one = value(spent="giving country", shares=(Share(giver="FRA", quantity=Fraction(50)),))
    row = promise(group=group, value=one, by=seat("france"), at=now - timedelta(hours=2))
    take = Steps(row, seat, now)
    take("france", "committed", 50, giver="FRA", evidence=PAPER)
    take("france", "delivered", 50, giver="FRA", to="GHA", evidence=PAPER)
    (found,) = totals([row])
    assert (found.delivered, found.at_home) == (0, 50)


@pytest.mark.parametrize("who", ["observer", "analyst", "administrator"])
def test_who_may_not_promise(group: Group, seat: Seats, now: datetime, who: str) -> None:
    with pytest.raises(Refused):
        promise(group=group, value=value(), by=seat(who), at=now)
    assert not Commitment.objects.exists()


def test_a_promise_in_the_browser(signed_in: Clients, group: Group) -> None:
    france, ghana, ngo = signed_in("france"), signed_in("ghana"), signed_in("ngo")
    base = "/groups/west-africa/promises/"
    form = {
        "title": "Clinics", "kind": "financial", "unit": "USD", "quantity": "1 000.50",
        "partners": "Germany; 500", "to": "Ghana, UNICEF", "additional": "new",
        "earmarking": "unearmarked", "spent": "receiving country", "audience": "members",
        "instalments": "2026-12-01; 1500.50",
    }  # fmt: skip
    half = france.post(f"{base}promise/", {**form, "unit": "people"})
    assert half.context["form"].errors["quantity"] == [
        "People cannot be divided so far. Give whole numbers, or for money at most the digits of "
        "its minor unit."
    ]
    wrong = france.post(
        f"{base}promise/",
        {**form, "unit": "people", "quantity": "1000", "instalments": "2026-12-01; 1500"},
    )
    assert wrong.status_code == 422
    assert wrong.context["form"].errors["unit"] == [
        'Money is counted in a currency, not in "people". Use an ISO 4217 code such as USD, the '
        "currency in which it was promised."
    ]
    assert "Nobody could tell" not in wrong.content.decode()
    warned = france.post(f"{base}promise/", form)
    assert warned.status_code == 422
    assert "Nobody could tell whether this was kept" in warned.content.decode()
    whole = {**form, "beneficiaries": "Border districts", "indicator": "Clinics open",
             "places": "Ghana"}  # fmt: skip
    entered = france.post(f"{base}promise/", whole)
    row = Commitment.objects.get()
    assert entered.status_code == 302
    assert [(s.giver, s.announced) for s in row.shares.all()] == [
        ("FRA", Fraction("1000.50")), ("DEU", 0),
    ]  # fmt: skip
    own = f"{base}{row.pk}/"
    assert "Record a signature" in france.get(own).content.decode()
    assert "Confirm a receipt" not in ghana.get(own).content.decode()
    france.post(f"{own}step/committed/", {"giver": "FRA", "quantity": "1000.50",
                                          "evidence": "Agreement"})  # fmt: skip
    france.post(f"{own}step/delivered/", {"giver": "FRA", "quantity": "700", "to": "ghana",
                                          "evidence": "Bank advice"})  # fmt: skip
    gift = f"c{row.pk}.3"
    assert "Confirm a receipt" in ghana.get(own).content.decode()
    offered = ghana.get(f"{own}step/received/").content.decode()
    assert "700 USD from France to Ghana" in offered
    over = ghana.post(f"{own}step/received/", {"of": gift, "quantity": "701"})
    assert over.status_code == 422
    ghana.post(f"{own}step/received/", {"of": gift, "quantity": "700"})
    ngo_sees = ngo.get(own)
    assert ngo_sees.status_code == 404
    assert share(row, "FRA").received == 700


def test_a_list_page_asks_as_much_for_many_as_for_few(
    group: Group, seat: Seats, now: datetime, signed_in: Clients
) -> None:
    client = signed_in("ghana")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/groups/west-africa/promises/").status_code == 200
            assert client.get("/groups/west-africa/promises/due/").status_code == 200
            assert client.get("/groups/west-africa/promises/pictures/").status_code == 200
        return len(seen)

    parts = (Instalment(id="1", due=date(2026, 3, 1), quantity=Fraction("1000.50")),)
    for _ in range(3):
        promise(group=group, value=value(instalments=parts), by=seat("france"), at=now)
    few = asked()
    for _ in range(12):
        promise(group=group, value=value(instalments=parts), by=seat("france"), at=now)
    assert asked() == few


def test_a_promise_is_given_under_a_duty_of_its_giver(
    group: Group, seat: Seats, now: datetime
) -> None:
    decided = Decision.objects.create(
        group=group, number=1, kind="plan", title="Places", mode="consensus", party="UNHCR",
        status="adopted", decided_at=now, created_at=now,
    )  # fmt: skip

    def duty(party: str) -> Obligation:
        return Obligation.objects.create(
            group=group, decision=decided, code=party, party=party, kind="pay", what="Pay",
            quantity=100, unit="USD", measured="payments", created_at=now,
        )  # fmt: skip

    with pytest.raises(Problem, match="the duty is GHA's"):
        promise(group=group, value=value(), by=seat("france"), at=now, obligation=duty("GHA"))
    assert promise(group=group, value=value(), by=seat("france"), at=now, obligation=duty("DEU"))


@pytest.mark.parametrize(
    ("owed_to", "shown"), [("GHA, GIN", "GHA, GIN"), ("the group's account", ""), ("", "")]
)
def test_a_promise_under_a_duty_names_receivers_that_can_confirm(
    signed_in: Clients, group: Group, now: datetime, owed_to: str, shown: str
) -> None:
    decided = Decision.objects.create(
        group=group, number=1, kind="plan", title="Places", mode="consensus", party="UNHCR",
        status="adopted", decided_at=now, created_at=now,
    )  # fmt: skip
    duty = Obligation.objects.create(
        group=group, decision=decided, code="FRA", party="FRA", kind="pay", what="Pay",
        quantity=100, unit="USD", measured="payments", counterpart=owed_to, created_at=now,
    )  # fmt: skip
    page = signed_in("france").get(f"/groups/west-africa/promises/promise/?obligation={duty.pk}")
    assert page.context["form"].initial["to"] == shown


def test_pictures_show_what_the_viewer_may_see(
    made: Commitment, take: Steps, signed_in: Clients
) -> None:
    page = "/groups/west-africa/promises/pictures/"
    assert "Nothing was sent yet" in signed_in("ghana").get(page).content.decode()
    take("france", "committed", 600, giver="FRA", evidence=PAPER)
    sent = take("france", "delivered", 500, giver="FRA", to="GHA", evidence=PAPER)
    take("ghana", "received", 300, of=sent)
    shown = signed_in("ghana").get(page).content.decode()
    assert '<th scope="row">France</th><td>Ghana</td><td>300</td>' in shown
    assert '<th scope="row">France</th><td>On its way</td><td>200</td>' in shown
    assert "gifts_flow(found" in shown
    outside = signed_in("ngo").get(page).content.decode()
    assert "Nothing was sent yet" in outside
    assert "France" not in outside.split("<main")[1]
    other = signed_in("ghana").get(f"{page}?unit=nothing").content.decode()
    assert "<td>Ghana</td><td>300</td>" in other


def test_the_page_of_what_is_due_has_a_calendar(
    group: Group, seat: Seats, now: datetime, signed_in: Clients
) -> None:
    late = (Instalment(id="1", due=date(2020, 3, 1), quantity=Fraction("1000.50")),)
    promise(group=group, value=value(instalments=late), by=seat("france"), at=now)
    shown = signed_in("ghana").get("/groups/west-africa/promises/due/").content.decode()
    assert '<figure class="picture" id="dues">' in shown
    assert f"What falls due, month by month: {group.called()}" in shown
    assert '<th scope="row">Overdue</th><td>France</td><td>600</td><td>USD</td>' in shown
