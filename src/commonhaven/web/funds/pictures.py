"""The picture of a fund's cash, drawn once a day and kept."""

from datetime import datetime, time

from commonhaven.commitments.fund import FundState
from commonhaven.costs import Money
from commonhaven.figures import fund_cash, fund_level
from commonhaven.figures.numbers import in_zone
from commonhaven.web.funds.models import Fund
from commonhaven.web.plans.pictures import Drawn, drawn, language


def of_cash(row: Fund, state: FundState, target: Money | None, at: datetime) -> Drawn:
    """Its steps until the end of the day, so that the drawing stays the same until then."""
    here = in_zone(at, row.group.zone)
    made = fund_level(
        fund_cash(state, target), now=datetime.combine(here, time.max, here.tzinfo),
        called=row.title, zone=row.group.zone, language=language(),
    )  # fmt: skip
    return drawn(made)
