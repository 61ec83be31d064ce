"""Steps and acts that carry out a decision name one that stands, and that all readers see."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from commonhaven.commitments import Commitment as Value
from commonhaven.commitments import Evidence, Share
from commonhaven.web.commitments.actions import promise, step
from commonhaven.web.commitments.models import Commitment
from commonhaven.web.commitments.queries import stairs
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.decisions.queries import carried_out
from commonhaven.web.funds.actions import act_on, open_fund
from commonhaven.web.funds.models import Fund
from commonhaven.web.groups.models import Caucus, Group
from commonhaven.web.kit.audience import Seat, Viewer
from commonhaven.web.kit.refused import Conflict

Seats = Callable[[str], Seat]


@pytest.fixture
def made(group: Group, seat: Seats, now: datetime) -> Commitment:
    value = Value(
        id="new", title="Schools", kind="financial", unit="USD", to=("GHA",),
        shares=(Share(giver="FRA", quantity=Fraction(100)),),
    )  # fmt: skip
    return promise(group=group, value=value, by=seat("france"), at=now - timedelta(hours=2))


@pytest.fixture
def fund(group: Group, seat: Seats, now: datetime) -> Fund:
    at = now - timedelta(hours=3)
    return open_fund(
        group=group, kind="standing", title="F", currency="USD", by=seat("treasurer"), at=at
    )


@pytest.fixture
def taken(group: Group, now: datetime) -> Callable[..., Decision]:
    def decide(**more: Any) -> Decision:
        number = Decision.objects.count() + 1
        fields = {"kind": "other", "title": "So it is", "mode": "consensus", "party": "UNHCR",
                  "status": "adopted", "decided_at": now, "created_at": now}  # fmt: skip
        return Decision.objects.create(group=group, number=number, **{**fields, **more})

    return decide


def released(made: Commitment, by: Seat, at: datetime, decision: str) -> object:
    return step(
        commitment=made, by=by, at=at, kind="withdrawn", giver="FRA", quantity=Fraction(10),
        says="drought", decision=decision, evidence=(Evidence(what="minutes"),),
    )  # fmt: skip


def waived(fund: Fund, by: Seat, at: datetime, decision: str) -> object:
    due = date(2026, 3, 1)
    act_on(fund=fund, kind="called", by=by, at=at, year=2026, due=due, shares={"FRA": Fraction(9)})
    return act_on(
        fund=fund, kind="waived", by=by, at=at, party="FRA", amount=Fraction(5), decision=decision
    )


def hidden(group: Group) -> Caucus:
    return Caucus.objects.create(group=group, name="Hosts", parties=["GHA"])


def test_a_promise_is_released_by_a_decision_that_stands(
    made: Commitment, seat: Seats, now: datetime, taken: Callable[..., Decision]
) -> None:
    released(made, seat("secretariat"), now, taken().subject)
    assert made.shares.get().released == 10


@pytest.mark.parametrize("named", ["decision/999", "decision/²", "plan/1", "open", "caucus"])
@pytest.mark.parametrize("act", [released, waived])
def test_no_act_carries_out_what_was_not_decided_for_its_readers(
    act: Callable[..., object], named: str, group: Group, made: Commitment, fund: Fund,
    seat: Seats, now: datetime, taken: Callable[..., Decision],
) -> None:  # fmt: skip
    if named == "open":
        named = taken(status="open").subject
    if named == "caucus":
        named = taken(audience="caucus", caucus=hidden(group)).subject
    item, by = (made, seat("secretariat")) if act is released else (fund, seat("treasurer"))
    with pytest.raises(Conflict, match="has taken no such decision"):
        act(item, by, now, named)


def test_only_what_every_reader_sees_can_be_chosen(
    group: Group, made: Commitment, now: datetime, taken: Callable[..., Decision]
) -> None:
    known = taken()
    taken(status="open")
    taken(audience="caucus", caucus=hidden(group))
    assert carried_out(made) == [(known.subject, "1: So it is")]


def test_deductions_lift_no_more_than_the_share(
    group: Group, now: datetime, taken: Callable[..., Decision], viewer: Callable[[str], Viewer]
) -> None:
    decided = taken(kind="plan")
    Obligation.objects.create(
        group=group, decision=decided, code="a", party="FRA", kind="receive", what="Receive people",
        quantity=100, unit="people", measured="arrivals", created_at=now,
    )  # fmt: skip
    for people in (70, 60, 5):
        taken(kind="deduction", state="FRA", people=people, decided_at=now + timedelta(hours=1))
    (found,) = stairs(viewer("ghana"), group, now.date())
    (france,) = found.each
    assert [one.change for one in france.to_pledged if one.decision] == [-70, -30]
