"""What the asking has brought before the annual review: what is overdue for long."""

from dataclasses import dataclass
from datetime import datetime

from commonhaven.commitments import Asking
from commonhaven.web.commitments.dated import Ongoing, ongoing, unsettled
from commonhaven.web.commitments.models import Commitment
from commonhaven.web.funds.dated import Kept, kept
from commonhaven.web.funds.models import Fund
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Viewer, visible

LAST = "before the review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One instalment or contribution on the list, and since when."""

    row: Commitment | Fund
    asking: Asking


def before_review(viewer: Viewer, group: Group, at: datetime | None = None) -> tuple[Listed, ...]:
    """The list as a viewer may see it, the longest overdue first; now, or at an earlier instant."""
    promises = visible(Commitment.objects.filter(group=group), viewer)
    if at is None:
        at, promises = viewer.at, unsettled(promises)
    funds = visible(Fund.objects.filter(group=group), viewer)
    held: list[Ongoing | Kept] = [*ongoing(promises, at), *kept(funds, at)]
    found = [
        Listed(row=one.row, asking=asking)
        for one in held
        for asking in one.askings
        if asking.step == LAST
    ]
    return tuple(sorted(found, key=lambda one: (one.asking.due.due, one.row.subject)))
