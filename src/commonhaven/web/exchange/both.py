"""One act of exchange in the records of both groups that it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.record.actions import Placing, hold, write

OTHER = "other group: "
"""How an act begins in the record of the group that did not act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """The group that acts, and the one at the other end; None where it is addressed to nobody."""

    own: Group
    other: Group | None

    def hold(self) -> None:
        """Lock the ends of both chains, always in one order, so that nobody waits in a ring."""
        both = [self.own, *([self.other] if self.other else [])]
        for group in sorted(both, key=lambda each: each.pk):
            hold(group)

    def record(
        self,
        act: str,
        body: Mapping[str, object],
        *,
        by: Seat,
        at: datetime,
        subject: str,
        placing: Placing,
    ) -> None:
        """Write an act into both records.

        At the other end it is told of the group, not of a party that has no part there.
        """
        named = {"for": self.other.called()} if self.other else {}
        write(self.own, act, {**body, **named}, by=by, at=at, subject=subject, placing=placing)
        if self.other is not None:
            told = {**body, "for": self.own.called()}
            act = f"{OTHER}{act}"
            write(self.other, act, told, by=None, at=at, subject=subject, placing=placing)
