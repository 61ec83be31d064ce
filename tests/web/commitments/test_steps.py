"""Which steps the pages offer to whom: whatever a seat may do, and nothing that must fail."""

from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from commonhaven.commitments import Commitment as Value
from commonhaven.commitments import Evidence, Share
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
    assert "Dispute a delivery" not in shown
    assert "Announce a share" in shown


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
