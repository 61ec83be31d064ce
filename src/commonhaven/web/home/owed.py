"""What a person's parties owe, in order of time: duties, instalments, contributions to funds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise as Lazy

from commonhaven.commitments import Asking, Promise, Quantity, Staircase
from commonhaven.web.commitments.dated import LATE, Ongoing, end_of
from commonhaven.web.commitments.models import KINDS, Commitment
from commonhaven.web.commitments.queries import PAYS, RECEIVES, stairs_in
from commonhaven.web.decisions.models import Obligation
from commonhaven.web.funds.dated import Kept
from commonhaven.web.funds.models import Fund
from commonhaven.web.kit.audience import Seat, Viewer
from commonhaven.web.notices.reminders import end_of as end_of_duty


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One thing owed by one party, with its day.

    ``numbers``: the party's four numbers under the decision that it is owed by; ``share``: how far
    the promise has come that it is an instalment of. Either or none.
    """

    due: date | None
    ends: datetime | None
    late: bool
    party: str
    title: str
    url: str
    kind: str | Lazy = ""
    quantity: Quantity | None = None
    obligation: Obligation | None = None
    numbers: Staircase | None = None
    share: Promise | None = None


Numbers = Mapping[tuple[int, str, str, str], Staircase]
"""Decision, kind, unit, party → the party's four numbers."""


def numbers_for(viewer: Viewer, owed: Iterable[Obligation]) -> Numbers:
    """The four numbers for the duties of money and people among what is owed."""
    groups = {one.group_id for one in owed if one.kind in {PAYS, RECEIVES} and one.quantity}
    found = stairs_in(viewer, groups, viewer.at.date()) if groups else ()
    return {
        (one.decision.pk, one.kind, row.unit, row.state): row for one in found for row in one.each
    }


def of_duty(one: Obligation, numbers: Numbers, today: date) -> Owed:
    """A duty by a decision."""
    return Owed(
        due=one.due, ends=end_of_duty(one), late=one.due is not None and one.due < today,
        party=one.party, title=one.what, url=one.get_absolute_url(), obligation=one,
        numbers=numbers.get((one.decision_id, one.kind, one.unit, one.party)),
    )  # fmt: skip


def of_promises(held: Iterable[Ongoing], seats: Mapping[int, Sequence[Seat]]) -> Iterator[Owed]:
    """Instalments of which something is missing, of a person's own parties."""
    for one in held:
        own = {seat.party for seat in seats[one.row.group_id]}
        for asked in one.askings:
            if asked.due.giver in own:
                share = next(p for p in one.book.promises if p.giver == asked.due.giver)
                yield _of(one.row, asked, KINDS.get(one.row.kind, one.row.kind), share)


def of_funds(held: Iterable[Kept], seats: Mapping[int, Sequence[Seat]]) -> Iterator[Owed]:
    """Contributions that were called for or signed, of a person's own parties."""
    for one in held:
        own = {seat.party for seat in seats[one.row.group_id]}
        for asked in one.askings:
            if asked.due.giver in own:
                yield _of(one.row, asked, one.row.get_kind_display(), None)


def _of(row: Commitment | Fund, asked: Asking, kind: str | Lazy, share: Promise | None) -> Owed:
    return Owed(
        due=asked.due.due, ends=end_of(asked.due.due, row.group.zone), late=asked.step in LATE,
        party=asked.due.giver, title=row.title, url=row.get_absolute_url(), kind=kind,
        quantity=asked.missing, share=share,
    )  # fmt: skip


def in_order(one: Owed) -> tuple[date, str]:
    """What is due first comes first, what has no day last."""
    return one.due or date.max, one.title
