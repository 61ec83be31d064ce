"""Which steps the pages offer to whom: whatever a seat may do, and nothing that must fail."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction
from functools import partial
from typing import Any

import pytest
from django.test import Client

from commonhaven.commitments import Commitment as Value
from commonhaven.commitments import Draw, Evidence, Instalment, Share
from commonhaven.web.commitments.actions import promise, step
from commonhaven.web.commitments.models import Commitment
from commonhaven.web.commitments.values import book_of
from commonhaven.web.decisions.models import Decision
from commonhaven.web.groups.models import Group
from commonhaven.web.kit import clock
from commonhaven.web.kit.audience import Seat

Seats = Callable[[str], Seat]
Clients = Callable[[str], Client]
PAPER = (Evidence(what="agreement"),)


@pytest.fixture
def row(group: Group, seat: Seats, now: datetime) -> Commitment:
    """A promise of France and Germany to Ghana: 80 of France's sent and received, 50 verified."""
    at = now - timedelta(hours=3)
    shares = tuple(Share(giver=one, quantity=Fraction(100)) for one in ("FRA", "DEU"))
    value = Value(
        id="new", title="Schools", kind="financial", unit="USD", to=("GHA",), shares=shares
    )
    made = promise(
        group=group, value=value, by=seat("france"), at=at,
    )  # fmt: skip

    def take(who: str, kind: str, quantity: int, **more: Any) -> None:
        step(commitment=made, by=seat(who), at=at, kind=kind, quantity=Fraction(quantity), **more)

    take("france", "committed", 100, giver="FRA", evidence=PAPER)
    take("france", "delivered", 80, giver="FRA", to="GHA", evidence=PAPER)
    take("ghana", "received", 80, of=f"c{made.pk}.3")
    take("unhcr", "verified", 50, of=f"c{made.pk}.3", evidence=PAPER)
    return made


def sent(client: Client, row: Commitment, kind: str, **form: object) -> int:
    page = f"{row.get_absolute_url()}step/{kind}/"
    return client.post(page, {name: str(value) for name, value in form.items()}).status_code


def test_a_giver_doubts_a_receipt_and_a_verification(row: Commitment, signed_in: Clients) -> None:
    france, ghana, unhcr = signed_in("france"), signed_in("ghana"), signed_in("unhcr")
    name = f"c{row.pk}"
    offered = france.get(f"{row.get_absolute_url()}step/disputed/").text
    assert "Receipt confirmed: 80 USD, Ghana, " in offered
    assert "Verified: 50 USD, UNHCR, " in offered
    assert sent(france, row, "disputed", of=f"{name}.4", quantity=31, says="less came") == 422
    assert sent(france, row, "disputed", of=f"{name}.4", quantity=30, says="less came") == 302
    assert sent(france, row, "disputed", of=f"{name}.5", quantity=10, says="not there") == 302
    assert sent(unhcr, row, "replied", of=f"{name}.6", says="not mine") == 422
    assert sent(ghana, row, "replied", of=f"{name}.6", says="here is the list") == 302
    assert sent(unhcr, row, "replied", of=f"{name}.7", says="we were there") == 302
    assert sent(unhcr, row, "settled", of=f"{name}.7", outcome="upheld") == 302
    book = book_of([row], row.group, clock.now())
    assert [(d.level, d.ended, bool(d.replied_at)) for d in book.disputes] == [
        ("received", "", True), ("verified", "upheld", True),
    ]  # fmt: skip


def test_who_has_nothing_to_doubt_is_offered_nothing(row: Commitment, signed_in: Clients) -> None:
    shown = signed_in("germany").get(row.get_absolute_url()).text
    assert "Dispute a " not in shown
    assert "Announce a share" in shown


def test_a_doubt_is_called_after_what_can_be_doubted(
    row: Commitment, signed_in: Clients, seat: Seats
) -> None:
    page = row.get_absolute_url()
    assert "Dispute a receipt or a verification" in signed_in("france").get(page).text
    step(commitment=row, by=seat("france"), at=clock.now(), kind="delivered",
         quantity=Fraction(10), giver="FRA", to="GHA", evidence=PAPER)  # fmt: skip
    assert "Dispute a delivery" in signed_in("ghana").get(page).text


def test_more_time_is_offered_only_for_what_is_still_to_come(
    group: Group, seat: Seats, signed_in: Clients, now: datetime
) -> None:
    """By instalment: the first has come, the second is on its way, then nothing is left."""
    days = [now.date() + timedelta(days=30 * number) for number in (1, 2)]
    value = Value(
        id="new", title="Schools", kind="financial", unit="USD", to=("GHA",),
        shares=(Share(giver="FRA", quantity=Fraction(100)),),
        instalments=tuple(
            Instalment(id=str(number), due=day, quantity=Fraction(50))
            for number, day in enumerate(days, 1)
        ),
    )  # fmt: skip
    made = promise(group=group, value=value, by=seat("france"), at=now)
    take = partial(step, commitment=made, at=now, quantity=Fraction(50))
    page, ghana = made.get_absolute_url(), signed_in("ghana")

    def offered() -> list[str]:
        form = ghana.get(f"{page}step/postponed/").text.partition('name="instalment"')[2]
        return re.findall(r'<option value="(\d)"', form.partition("</select>")[0])

    assert offered() == ["1", "2"]
    take(by=seat("france"), kind="committed", giver="FRA", evidence=PAPER)
    take(by=seat("france"), kind="delivered", giver="FRA", to="GHA", evidence=PAPER)
    assert offered() == ["2"]
    take(by=seat("france"), kind="committed", giver="FRA", evidence=PAPER)
    take(by=seat("france"), kind="delivered", giver="FRA", to="GHA", evidence=PAPER)
    shown = ghana.get(page).text
    assert "Confirm a receipt" in shown
    assert "Grant more time" not in shown


def test_what_is_verified_further_on_is_told_beside_the_first_hand(
    row: Commitment, signed_in: Clients, seat: Seats
) -> None:
    page, first = row.get_absolute_url(), "These numbers are of the first hand"
    assert first not in signed_in("france").get(page).text
    take, name = partial(step, commitment=row, at=clock.now()), f"c{row.pk}"
    draws = (Draw(transfer=f"{name}.3", quantity=Fraction(25)),)
    take(by=seat("ghana"), kind="passed on", quantity=Fraction(25), to="UNHCR", draws=draws)
    take(by=seat("unhcr"), kind="received", quantity=Fraction(25), of=f"{name}.6")
    take(by=seat("ngo"), kind="verified", quantity=Fraction(20), of=f"{name}.6", evidence=PAPER)
    shown = signed_in("france").get(page).text
    assert first in shown
    assert "verified: <bdi>50</bdi>." in shown
    assert "Verified after it was passed on: <bdi>20</bdi> <bdi>USD</bdi>." in shown


def test_the_secretariat_announces_for_another_with_evidence(
    row: Commitment, signed_in: Clients
) -> None:
    client = signed_in("secretariat")
    assert sent(client, row, "announced", giver="DEU", quantity=5) == 422
    assert sent(client, row, "announced", giver="DEU", quantity=5, evidence="letter") == 302
    assert row.shares.get(giver="DEU").announced == 5


def test_a_part_is_withdrawn_by_its_giver_or_released_by_decision(
    row: Commitment, group: Group, signed_in: Clients, now: datetime
) -> None:
    decision = Decision.objects.create(
        group=group, number=1, kind="other", title="Drought", mode="consensus", party="UNHCR",
        status="adopted", decided_at=now, created_at=now,
    )  # fmt: skip
    assert "Withdraw a part" not in signed_in("ghana").get(row.get_absolute_url()).text
    form = {"giver": "FRA", "quantity": 5, "says": "drought"}
    assert sent(signed_in("france"), row, "withdrawn", **form) == 302
    released = {**form, "decision": decision.subject, "evidence": "minutes"}
    assert sent(signed_in("secretariat"), row, "withdrawn", **released) == 302
    share = row.shares.get(giver="FRA")
    assert (share.withdrawn, share.released) == (5, 5)
