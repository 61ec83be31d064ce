"""Funds: contributions to pay; requests to review, release, pay, confirm and report."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from commonhaven.web.commitments.dated import end_of
from commonhaven.web.commitments.policy import may_act
from commonhaven.web.funds.dated import Kept
from commonhaven.web.funds.forms import requests_for
from commonhaven.web.funds.policy import may_do
from commonhaven.web.home.waiting.task import Seats, Task, Words
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import may
from commonhaven.web.situations.policy import runs_group

KEEPING: Mapping[str, Words] = {
    "reviewed": _("Review a request to the fund"), "paid out": _("Pay what the fund granted"),
}  # fmt: skip
RECEIVING: Mapping[str, Words] = {
    "confirmed": _("Confirm money of the fund"),
    "reported": _("Report what money of the fund was spent on"),
}


def tasks(seats: Seats, held: Iterable[Kept], at: datetime) -> Iterator[tuple[int, Task]]:
    """What waits because of the funds that the person sees."""
    for one in held:
        own = [seat for seat in seats[one.row.group_id] if may(may_act, seat)]
        for task in (*_contributions(one, own), *_kept(one, own, at), *_received(one, own)):
            yield one.row.group_id, task


def _task(one: Kept, what: Words, **more: Any) -> Task:  # noqa: ANN401 - fields of Task
    return Task(what=what, about=str(one.row), url=one.row.get_absolute_url(), **more)


def _contributions(one: Kept, own: Sequence[Seat]) -> Iterator[Task]:
    parties = {seat.party for seat in own}
    for asked in one.askings:
        if asked.due.giver in parties and asked.step != "not yet":
            due = end_of(asked.due.due, one.row.group.zone)
            yield _task(one, _("Pay your contribution"), due=due, party=asked.due.giver)
    number = sum(each.step == "asked by the chair" for each in one.askings)
    if number and any(runs_group(seat) for seat in own):
        yield _task(one, _("Ask a member why its contribution is overdue"), count=number)


def _kept(one: Kept, own: Sequence[Seat], at: datetime) -> Iterator[Task]:
    """For those who keep the books; what can be released at once first."""
    releasing = [seat for seat in own if may(may_do, seat, "released")]
    for _request, until in one.releasable if releasing else ():
        if at <= until:
            yield _task(one, _("Release money at once, or leave it to the meeting"), due=until)
    for kind, what in KEEPING.items():
        seat = next((seat for seat in own if may(may_do, seat, kind)), None)
        asked = requests_for(kind, one.state, seat) if seat else []
        if asked:
            ends = [one.release_until(name) for name, _said in asked]
            due = min((end for end in ends if end and end >= at), default=None)
            yield _task(one, what, count=len(asked), due=due if kind == "reviewed" else None)


def _received(one: Kept, own: Sequence[Seat]) -> Iterator[Task]:
    """For whoever asked: what came, and what became of it."""
    for party, seat in {seat.party: seat for seat in own}.items():
        for kind, what in RECEIVING.items():
            if asked := requests_for(kind, one.state, seat):
                yield _task(one, what, party=party, count=len(asked))
