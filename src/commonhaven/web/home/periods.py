"""Periods of promises and funds that bind a person: replies to give, releases to make at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from commonhaven.web.commitments.dated import Ongoing
from commonhaven.web.funds.dated import Kept
from commonhaven.web.funds.policy import keeps_books
from commonhaven.web.home.waiting.task import Words
from commonhaven.web.kit.audience import Seat

Seats = Mapping[int, Sequence[Seat]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What is to be done by an instant, about what, by which party."""

    title: str
    url: str
    what: Words
    due: datetime
    party: str

    @property
    def order(self) -> tuple[bool, datetime]:
        """Beside clocks that run already."""
        return False, self.due


def periods(promised: Iterable[Ongoing], kept: Iterable[Kept], seats: Seats) -> Iterator[Period]:
    """Those that bind one of these seats, which may act, and have not ended."""
    for one in promised:
        own = {seat.party for seat in seats[one.row.group_id]}
        for dispute, party in one.unanswered:
            if party in own:
                yield Period(
                    title=one.row.title, url=one.row.get_absolute_url(), due=dispute.due,
                    what=_("Answer a dispute; without an answer it is upheld"), party=party,
                )  # fmt: skip
    for held in kept:
        if any(keeps_books(seat) for seat in seats[held.row.group_id]):
            for request, until in held.releasable:
                if held.state.at <= until:
                    yield Period(
                        title=held.row.title, url=held.row.get_absolute_url(), due=until,
                        what=_("Release money at once; later the meeting decides"),
                        party=request.by,
                    )  # fmt: skip
