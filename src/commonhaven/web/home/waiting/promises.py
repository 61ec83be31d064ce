"""Promises: to sign, to deliver, to confirm, to verify, to answer; matches and needs to answer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from commonhaven.commitments import Asking, Book
from commonhaven.web.commitments import policy, steps
from commonhaven.web.commitments.dated import Ongoing, end_of
from commonhaven.web.commitments.models import Match, Need
from commonhaven.web.commitments.values import value_of
from commonhaven.web.home.waiting.task import Seats, Task, Words
from commonhaven.web.kit.audience import Item, Seat, Viewer, visible
from commonhaven.web.kit.refused import may
from commonhaven.web.situations.policy import runs_group

Found = Iterator[tuple[int, Task]]
ANSWERED: Mapping[str, Words] = {
    "received": _("Confirm what you received"), "verified": _("Verify what was received"),
}  # fmt: skip
"""Step that answers a delivery → what is to be done."""


def tasks(seats: Seats, held: Iterable[Ongoing], viewer: Viewer) -> Found:
    """What waits because of promises, matches and needs that the person sees."""
    acting = {group: [s for s in own if may(policy.may_act, s)] for group, own in seats.items()}
    for one in held:
        own = acting[one.row.group_id]
        for task in (*_dues(one, own), *_deliveries(one, own), *_replies(one, own)):
            yield one.row.group_id, task
        number = sum(each.step == "asked by the chair" for each in one.askings)
        if number and any(runs_group(seat) for seat in own):
            what = _("Ask the giver why an instalment is overdue")
            yield one.row.group_id, _task(one.row, what, count=number)
    yield from _matches(acting, viewer)
    yield from _needs(acting, viewer)


def _task(row: Item, what: Words, **more: Any) -> Task:  # noqa: ANN401 - fields of Task
    return Task(what=what, about=str(row), url=row.get_absolute_url(), **more)  # type: ignore[attr-defined]


def _dues(one: Ongoing, own: Sequence[Seat]) -> Iterator[Task]:
    """What is due or overdue of one's parties: to deliver as far as it is signed, else to sign."""
    for giver in sorted({seat.party for seat in own} & {*one.value.givers}):
        share = next(p for p in one.book.promises if p.giver == giver)
        signed = share.committed.value - share.delivered.value
        for asked in one.askings:
            if asked.due.giver == giver and asked.step != "not yet":
                yield from _due(one, asked, signed)
                signed = max(Fraction(0), signed - asked.missing.value)


def _due(one: Ongoing, asked: Asking, signed: Fraction) -> Iterator[Task]:
    due = end_of(asked.due.due, one.row.group.zone)
    if signed:
        yield _task(one.row, _("Deliver an instalment"), due=due, party=asked.due.giver)
    if signed < asked.missing.value:
        yield _task(one.row, _("Sign for an instalment"), due=due, party=asked.due.giver)


def _deliveries(one: Ongoing, own: Sequence[Seat]) -> Iterator[Task]:
    """Deliveries to confirm or to verify, as far as no dispute stands in the way."""
    told: set[tuple[str, str]] = set()
    for seat in own:
        for offer in steps.offers(one.value, one.book, one.acts, seat):
            if offer.kind not in ANSWERED or (offer.kind, seat.party) in told:
                continue
            number = sum(_undisputed(one.book, offer.kind, name) for name, _said in offer.choices)
            if number:
                told.add((offer.kind, seat.party))
                yield _task(one.row, ANSWERED[offer.kind], party=seat.party, count=number)


def _undisputed(book: Book, kind: str, name: str) -> bool:
    """Whether anything of a delivery can be confirmed, or verified, that nobody disputes."""
    one = next(each for each in book.transfers if each.id == name)
    level = "delivered" if kind == "received" else "received"
    left = one.on_the_way if kind == "received" else one.received - one.verified
    doubted = sum(
        (d.quantity.value for d in book.disputes
         if d.open and (d.transfer, d.level) == (name, level)),
        Fraction(0),
    )  # fmt: skip
    return left.value > doubted


def _replies(one: Ongoing, own: Sequence[Seat]) -> Iterator[Task]:
    parties = {seat.party for seat in own}
    for dispute, party in one.unanswered:
        if party in parties:
            yield _task(one.row, _("Answer a dispute"), due=dispute.due, party=party)


def _matches(acting: Mapping[int, list[Seat]], viewer: Viewer) -> Found:
    """Matches that one's own side has not accepted yet."""
    rows = Match.objects.filter(group__in=acting, status=Match.Status.PROPOSED)
    rows = visible(rows, viewer).select_related("need__group", "commitment")
    for row in rows.prefetch_related("steps").order_by("pk"):
        value = value_of(row.commitment)
        accepted = {s.party for s in row.steps.all() if s.kind in {"proposed", "accepted"}}
        sides = ({*value.givers}, {row.need.party})
        open_ = {party for side in sides if not side & accepted for party in side}
        able = {s.party for s in acting[row.group_id] if may(policy.may_answer, s, value, row)}
        for party in sorted(open_ & able):
            yield row.group_id, _task(row.need, _("Answer a proposed match"), party=party)


def _needs(acting: Mapping[int, list[Seat]], viewer: Viewer) -> Found:
    """Needs to review, and one's own that a review has returned."""
    waiting = (Need.Status.SUBMITTED, Need.Status.RETURNED)
    rows = visible(Need.objects.filter(group__in=acting, status__in=waiting), viewer)
    for row in rows.select_related("group").order_by("pk"):
        own = acting[row.group_id]
        if row.status == Need.Status.SUBMITTED:
            if any(may(policy.may_review, seat, row) for seat in own):
                yield row.group_id, _task(row, _("Review a need"))
        elif any(may(policy.may_state, seat, row.party) for seat in own):
            yield row.group_id, _task(row, _("Change a need that was returned"), party=row.party)
