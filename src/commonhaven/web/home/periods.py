"""Periods of promises, funds and scores that run for a person: to reply, to release at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from commonhaven.web.commitments.dated import Ongoing
from commonhaven.web.funds.dated import Kept
from commonhaven.web.funds.policy import keeps_books
from commonhaven.web.good_faith.policy import replies
from commonhaven.web.good_faith.replying import Awaited
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


def periods(
    promised: Iterable[Ongoing], kept: Iterable[Kept], scored: Iterable[Awaited], seats: Seats
) -> Iterator[Period]:
    """Those that run for one of these seats, which may act, and have not ended."""
    yield from _of_promises(promised, seats)
    yield from _of_funds(kept, seats)
    for one in scored:
        if any(replies(seat, one.state) for seat in seats[one.row.group_id]):
            yield Period(
                title=one.row.title, url=one.url, due=one.until, party=one.state,
                what=_("Reply to your good-faith score; later it stands without your words"),
            )  # fmt: skip


def _of_promises(promised: Iterable[Ongoing], seats: Seats) -> Iterator[Period]:
    for one in promised:
        own = {seat.party for seat in seats[one.row.group_id]}
        for dispute, party in one.unanswered:
            if party in own:
                yield Period(
                    title=one.row.title, url=one.row.get_absolute_url(), due=dispute.due,
                    what=_("Answer a dispute; without an answer it is upheld"), party=party,
                )  # fmt: skip


def _of_funds(kept: Iterable[Kept], seats: Seats) -> Iterator[Period]:
    for held in kept:
        if any(keeps_books(seat) for seat in seats[held.row.group_id]):
            for request, until in held.releasable:
                if held.state.at <= until:
                    yield Period(
                        title=held.row.title, url=held.row.get_absolute_url(), due=until,
                        what=_("Release money at once; later the meeting decides"),
                        party=request.by,
                    )  # fmt: skip
