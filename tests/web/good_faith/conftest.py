"""A year of the group: who is assessed, and an instant after its end."""

from collections.abc import Callable
from datetime import datetime
from fractions import Fraction

import pytest
from years import DAY, HOUR, opened

from commonhaven.web.decisions.models import Decision
from commonhaven.web.funds.actions import act_on, open_fund
from commonhaven.web.funds.models import Fund
from commonhaven.web.good_faith import actions
from commonhaven.web.good_faith.actions import Said
from commonhaven.web.good_faith.models import Assessment
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat

Seats = Callable[[str], Seat]


@pytest.fixture
def year(group: Group, seat: Seats, now: datetime) -> Assessment:
    return opened(group, seat, now)


@pytest.fixture
def reported(year: Assessment, seat: Seats, now: datetime) -> Assessment:
    """A year of which everything is known."""
    actions.find(
        assessment=year, states=year.states, kept=True, by=seat("unhcr"), at=now,
        said=Said(criterion="reported", text="Figures came for all quarters"),
    )  # fmt: skip
    return year


@pytest.fixture
def published(reported: Assessment, seat: Seats, now: datetime) -> Assessment:
    return actions.publish(assessment=reported, by=seat("unhcr"), at=now)


@pytest.fixture
def closed(published: Assessment, seat: Seats, now: datetime) -> Assessment:
    return actions.close(assessment=published, by=seat("unhcr"), at=now + 31 * DAY)


@pytest.fixture
def decision(group: Group, now: datetime) -> Decision:
    return Decision.objects.create(
        group=group, number=1, kind="other", title="Divide the incentive fund", mode="consensus",
        party="UNHCR", status="adopted", decided_at=now, created_at=now,
    )  # fmt: skip


@pytest.fixture
def fund(group: Group, seat: Seats, now: datetime) -> Fund:
    """An incentive fund with 1,000 dollars."""
    row = open_fund(
        group=group, kind="incentive", title="Incentive fund", currency="USD",
        by=seat("treasurer"), at=now - 3 * HOUR,
    )  # fmt: skip
    act_on(fund=row, kind="paid", party="FRA", amount=Fraction(1000), by=seat("treasurer"),
           at=now - 2 * HOUR)  # fmt: skip
    return row
