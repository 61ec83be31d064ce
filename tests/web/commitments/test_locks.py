"""Acts that meet: each takes the end of the group's chain first, so none waits for another."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commonhaven.commitments import Commitment as Value
from commonhaven.commitments import Need as NeedValue
from commonhaven.commitments import Share
from commonhaven.web.commitments.actions import promise, step
from commonhaven.web.commitments.matches import answer_match, propose_match
from commonhaven.web.commitments.needs import close_need, review_need, revise_need, submit_need
from commonhaven.web.commitments.needs import state_need as state
from commonhaven.web.funds.actions import act_on, open_fund, set_basis
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict

Seats = Callable[[str], Seat]
CHAIN = "record_head"
TABLE = re.compile(r'(?:FROM|INTO|^UPDATE) "(\w+)"')


def rows_touched(act: Callable[[], object]) -> list[str]:
    """The tables that an act reads or writes, in order, each once."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        act()
    told = [query["sql"] for query in seen.captured_queries]
    tables = [name for sql in told for name in TABLE.findall(sql)]
    return list(dict.fromkeys(tables))


def need_of(quantity: int) -> NeedValue:
    return NeedValue(
        id="new", title="Classrooms", by="GHA", kind="financial", unit="USD",
        quantity=Fraction(quantity), basis="ministry",
    )  # fmt: skip


@pytest.fixture
def acts(group: Group, seat: Seats, now: datetime) -> dict[str, Callable[[], object]]:
    at = now - timedelta(hours=3)
    value = Value(
        id="new", title="Schools", kind="financial", unit="USD", to=("GHA",),
        shares=(Share(giver="FRA", quantity=Fraction(100)),),
    )  # fmt: skip
    made = promise(group=group, value=value, by=seat("france"), at=at)
    need = state(group=group, value=need_of(90), by=seat("ghana"), at=at)
    fund = open_fund(
        group=group, kind="standing", title="F", currency="USD", by=seat("treasurer"), at=at
    )
    france, ghana, treasurer = seat("france"), seat("ghana"), seat("treasurer")
    unhcr = seat("unhcr")
    held: list[Any] = []

    def matched() -> None:
        held.append(propose_match(commitment=made, need=need, quantity=5, why="", by=ghana, at=at))

    return {
        "revise": lambda: revise_need(
            need=need, value=need_of(80), note="less", after=1, by=ghana, at=at
        ),
        "submit": lambda: submit_need(need=need, by=ghana, at=at),
        "review": lambda: review_need(
            need=need, accepted=True, found="sound", by=unhcr, at=at
        ),
        "match": matched,
        "answer": lambda: answer_match(match=held[0], kind="accepted", by=france, at=at),
        "close": lambda: close_need(need=need, because="met", by=ghana, at=at),
        "step": lambda: step(
            commitment=made, by=france, at=at, kind="withdrawn", giver="FRA",
            quantity=Fraction(5), says="budget",
        ),
        "basis": lambda: set_basis(
            fund=fund, claims="", last_year=None, budget="", by=treasurer, at=at
        ),
        "act": lambda: act_on(
            fund=fund, kind="called", by=treasurer, at=at, year=2026, due=date(2026, 3, 1),
            shares={"FRA": Fraction(5)},
        ),
    }  # fmt: skip


def test_every_act_takes_the_chain_first(acts: dict[str, Callable[[], object]]) -> None:
    first = {name: rows_touched(act)[0] for name, act in acts.items()}
    assert first == dict.fromkeys(acts, CHAIN)


def test_a_fund_keeps_its_acts_in_the_order_of_time(
    group: Group, seat: Seats, now: datetime
) -> None:
    fund = open_fund(
        group=group, kind="standing", title="F", currency="USD", by=seat("treasurer"), at=now
    )

    def call(at: datetime) -> object:
        return act_on(
            fund=fund, kind="called", by=seat("treasurer"), at=at, year=2026,
            due=date(2026, 3, 1), shares={"FRA": Fraction(5)},
        )  # fmt: skip

    call(now + timedelta(seconds=1))
    with pytest.raises(Conflict, match="another act was done meanwhile"):
        call(now)
    assert fund.steps.count() == 1
