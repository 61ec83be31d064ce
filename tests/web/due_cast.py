"""Promises and funds for tests of what falls due: given, taken step by step."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from commonhaven.commitments import Commitment as Value
from commonhaven.commitments import Evidence, Instalment, Share
from commonhaven.web.commitments.actions import promise, step
from commonhaven.web.commitments.models import Commitment
from commonhaven.web.funds.actions import act_on, open_fund
from commonhaven.web.funds.models import Fund
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.record.actions import Placing

Seats = Callable[[str], Seat]
MEMBERS = Placing(audience="members")
PAPER = (Evidence(what="signed agreement"),)


def instalments(*days: date) -> tuple[Instalment, ...]:
    """One of 300 on each day."""
    return tuple(
        Instalment(id=f"{number}", due=day, quantity=Fraction(300))
        for number, day in enumerate(days, 1)
    )


class Promises:
    """Makes promises of France to Ghana, and takes steps on them, a second apart."""

    def __init__(self, group: Group, seat: Seats, at: datetime) -> None:
        self.group, self.seat, self.at = group, seat, at

    def __call__(self, *days: date, placing: Placing = MEMBERS, **more: Any) -> Commitment:
        given = {
            "id": "new", "title": "Classrooms", "kind": "financial", "unit": "USD",
            "shares": (Share(giver="FRA", quantity=Fraction(300) * len(days)),), "to": ("GHA",),
            "instalments": instalments(*days), "ends": max(days),
        }  # fmt: skip
        return promise(
            group=self.group, value=Value(**{**given, **more}), by=self.seat("france"),
            at=self.at, placing=placing,
        )  # fmt: skip

    def step(
        self, row: Commitment, who: str, kind: str, quantity: object = None, **more: Any
    ) -> str:
        self.at += timedelta(seconds=1)
        if quantity is not None:
            more["quantity"] = Fraction(str(quantity))
        done = step(commitment=row, by=self.seat(who), at=self.at, kind=kind, **more)
        return f"c{row.pk}.{done.number}"

    def sign(self, row: Commitment, quantity: int = 300) -> None:
        self.step(row, "france", "committed", quantity, giver="FRA", evidence=PAPER)

    def deliver(self, row: Commitment, quantity: int = 300) -> str:
        """Sign and send; the name of the delivery."""
        self.sign(row, quantity)
        more = {"giver": "FRA", "to": "GHA", "evidence": PAPER}
        return self.step(row, "france", "delivered", quantity, **more)


class Acts:
    """Makes a fund and does acts on it, a second apart."""

    def __init__(self, group: Group, seat: Seats, at: datetime) -> None:
        self.group, self.seat, self.at = group, seat, at

    def open(self, title: str = "Standing fund", placing: Placing = MEMBERS) -> Fund:
        return open_fund(
            group=self.group, kind="standing", title=title, currency="USD",
            by=self.seat("treasurer"), at=self.at, placing=placing,
        )  # fmt: skip

    def __call__(self, row: Fund, who: str, kind: str, amount: object = None, **more: Any) -> str:
        self.at += timedelta(seconds=1)
        if amount is not None:
            more["amount"] = Fraction(str(amount))
        done = act_on(fund=row, kind=kind, by=self.seat(who), at=self.at, **more)
        return f"r{done.number}"

    def call(self, row: Fund, due: date, amount: int = 500) -> None:
        """Call upon France."""
        shares = {"FRA": Fraction(amount)}
        self(row, "treasurer", "called", year=due.year, due=due, shares=shares)


@pytest.fixture
def promises(group: Group, seat: Seats, now: datetime) -> Promises:
    return Promises(group, seat, now - timedelta(hours=5))


@pytest.fixture
def acts(group: Group, seat: Seats, now: datetime) -> Acts:
    return Acts(group, seat, now - timedelta(hours=5))
