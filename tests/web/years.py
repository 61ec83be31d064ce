"""What happens in a year of the group: a meeting, a promise, an assessment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from commonhaven.commitments import Commitment as Value
from commonhaven.commitments import Evidence, Share
from commonhaven.web.commitments.actions import promise, step
from commonhaven.web.commitments.models import Commitment
from commonhaven.web.good_faith import actions
from commonhaven.web.good_faith.models import Assessment
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.meetings import actions as meetings
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.record.actions import Placing

Seats = Callable[[str], Seat]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PAPER = (Evidence(what="agreement"),)


def opened(group: Group, seat: Seats, now: datetime, audience: str = "consultative") -> Assessment:
    return actions.open_assessment(
        group=group, title="Good faith of the year", ends=now.date() - DAY, by=seat("unhcr"),
        at=now, placing=Placing(audience=audience),
    )  # fmt: skip


def held(group: Group, seat: Seats, begun: datetime, audience: str = "consultative") -> Meeting:
    """A meeting that only Ghana attended, after only Liberia had answered; its time is over."""
    made = meetings.convene(
        group=group, title="Arrivals", reason="More than we can bear", by=seat("ghana"), at=begun,
        placing=Placing(audience=audience),
    )  # fmt: skip
    meetings.act(meeting=made, kind="acknowledge", by=seat("secretariat"), at=begun + HOUR)
    meetings.act(meeting=made, kind="reply", by=seat("liberia"), at=begun + 2 * HOUR)
    meetings.act(meeting=made, kind="notify", by=seat("secretariat"), at=begun + 49 * HOUR)
    sits = begun + 100 * HOUR
    meetings.act(meeting=made, kind="open-meeting", by=seat("secretariat"), at=sits)
    meetings.arrive(meeting=made, by=seat("ghana"), at=sits + HOUR)
    return made


def promised(
    group: Group, seat: Seats, now: datetime, *, due: int, came: int, audience: str = "consultative"
) -> Commitment:
    """So much of France fell due some days ago; so much of it Ghana confirmed."""
    value = Value(
        id="new", title="Classrooms", kind="financial", unit="USD", to=("GHA",),
        shares=(Share(giver="FRA", quantity=Fraction(due)),), ends=now.date() - 5 * DAY,
    )  # fmt: skip
    row = promise(
        group=group, value=value, by=seat("france"), at=now - 9 * DAY,
        placing=Placing(audience=audience),
    )  # fmt: skip
    own: dict[str, Any] = {"commitment": row, "giver": "FRA", "quantity": Fraction(came)}
    step(**{**own, "quantity": Fraction(due)}, kind="committed", by=seat("france"),
         at=now - 8 * DAY, evidence=PAPER)  # fmt: skip
    gift = step(**own, kind="delivered", to="GHA", by=seat("france"), at=now - 7 * DAY,
                evidence=PAPER)  # fmt: skip
    step(commitment=row, kind="received", of=f"c{row.pk}.{gift.number}", quantity=Fraction(came),
         by=seat("ghana"), at=now - 6 * DAY)  # fmt: skip
    return row
