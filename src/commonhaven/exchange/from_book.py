"""A book of promises as IATI activities: one a commitment of money, and one for what moves on.

Amounts are what stands in the book, stage by stage: what was withdrawn, released or struck by an
upheld dispute is not in them, and lessens the latest act first. What IATI has no place for, `lost`
says in words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from commonhaven.commitments import Act, Book, Commitment, Promise, Transfer
from commonhaven.exchange.activity import Activity, Part, Reported
from commonhaven.exchange.codes import GOVERNMENT, IN_DONOR, IN_DONOR_SECTOR
from commonhaven.exchange.transaction import (
    INCOMING,
    NOBODY,
    OUTGOING,
    Organisation,
    Stage,
    Transaction,
)
from commonhaven.exchange.when import Days, day, days, standing
from commonhaven.parties import states

ONWARD = "-onward"
"""What the activity of money that moves on is called, after that of the commitment."""


def party(name: str) -> Organisation:
    """A party of the book as an organisation: a state by its name, others as they are called."""
    if name in states():
        return Organisation(states()[name].name, "", GOVERNMENT, name)
    return Organisation(name)


def activities(
    found: Book, acts: Iterable[Act], reporter: Organisation, seen_by: str = ""
) -> Iterator[Reported]:
    """The commitments of money of a book, as they stand at its instant.

    ``acts`` tell the days of what stands. ``seen_by``: the party that reports; where it receives
    a commitment, pledges and commitments come in (13, 11), else they go out (12, 2). The caller
    passes only what its reader may see.
    """
    told = days(acts, found)
    for commitment in found.commitments:
        if commitment.quantity.money:
            yield from _Writer(found, told, commitment, reporter, seen_by).activities()


def lost(found: Book) -> tuple[str, ...]:
    """What of a book a file of money cannot hold, a sentence each."""
    money = {c.id for c in found.commitments if c.quantity.money}
    promises = [p for p in found.promises if p.commitment in money]
    said = (
        (len(found.commitments) - len(money),
         "of places, goods, expertise, policy or law, which is no money"),
        (sum(bool(p.verified) for p in promises), "verified: the file says received"),
        (sum(d.open and d.commitment in money for d in found.disputes),
         "in dispute: the file says nothing of it, and what is doubted counts"),
        (sum(bool(p.withdrawn or p.released) for p in promises),
         "withdrawn or released: the file has only what stands"),
    )  # fmt: skip
    return tuple(f"Not told in the file: {number} {what}." for number, what in said if number)


class _Writer:
    """One commitment on its way into activities."""

    def __init__(
        self, found: Book, told: Days, commitment: Commitment, reporter: Organisation, seen_by: str
    ) -> None:
        self.of, self.told, self.reporter, self.seen_by = commitment, told, reporter, seen_by
        self.kinds = INCOMING if seen_by in commitment.to else OUTGOING
        self.promises = found.of(commitment.id)
        self.transfers = [one for one in found.transfers if one.commitment == commitment.id]
        self.asked = day(found.at)
        self.id = f"{reporter.ref}-{commitment.id}"
        self.home = commitment.spent == "giving country"

    def activities(self) -> Iterator[Reported]:
        first = list(self.first_hand())
        head = self.head([one.on for one in first])
        yield head, first
        if onward := list(self.onward()):
            senders = sorted({one.provider for one in onward})
            parts = tuple(Part(role="extending", organisation=org) for org in senders)
            title = f"{head.title}: what receivers pass on"
            yield replace(
                head, id=self.id + ONWARD, title=title, own_id="", parts=parts, parent=self.id
            ), onward  # fmt: skip

    def head(self, known: list[date]) -> Activity:
        """The head, its first day that of the commitment, or of the first that was done."""
        of = self.of
        starts = of.starts or min([*known, of.ends or self.asked])
        givers = (
            Part(role="funding", organisation=party(share.giver), share=decimal(share.quantity))
            for share in of.shares
        )
        return Activity(
            id=self.id, title=of.title, about=of.about or of.title, reporter=self.reporter,
            secondary=self.seen_by not in {*of.givers, *of.to}, own_id=of.id,
            parts=(*givers, *(Part(role="implementing", organisation=party(n)) for n in of.to)),
            ended=of.ends is not None and of.ends < self.asked, starts=starts, ends=of.ends,
            countries=tuple(dict.fromkeys(of.places)), currency=of.unit,
            sector=IN_DONOR_SECTOR if self.home else "",
        )  # fmt: skip

    def first_hand(self) -> Iterator[Transaction]:
        """What was announced, committed, delivered and received from the givers' own hands."""
        receiver = party(self.of.to[0]) if len(self.of.to) == 1 else NOBODY
        for promise in self.promises:
            yield from self._promised(promise, receiver)
        for transfer in self.transfers:
            if transfer.first:
                yield from self._moved(transfer, "", "")

    def onward(self) -> Iterator[Transaction]:
        """What receivers passed on, in the order in which they did."""
        for transfer in self.transfers:
            if not transfer.first:
                yield from self._moved(transfer, self.id, self.id + ONWARD)

    def _promised(self, promise: Promise, receiver: Organisation) -> Iterator[Transaction]:
        line, giver = (promise.commitment, promise.giver), party(promise.giver)
        since = day(promise.since) if promise.since else self.asked
        for stage, total, steps in (
            ("announced", promise.announced, self.told.announced.get(line, [])),
            ("committed", promise.committed, self.told.committed.get(line, [])),
        ):
            for on, part in standing(total.value, steps, since):
                yield self._flow(stage, on, part, giver, receiver)  # type: ignore[arg-type]

    def _moved(self, one: Transfer, source: str, own: str) -> Iterator[Transaction]:
        """A delivery and its receipts; ``source`` and ``own``: the activities of what moves on."""
        on, sides = day(one.at), (party(one.sender), party(one.receiver))
        if one.delivered:
            sent = self._flow("delivered", on, one.delivered.value, *sides)
            yield _within(sent._replace(ref=one.id), own or self.id, source)
        steps = self.told.received.get(one.id, [])
        for day_of, part in standing(one.received.value, steps, on):
            came = self._flow("received", day_of, part, *sides)
            yield _within(came, own or self.id, own)

    def _flow(
        self, stage: Stage, on: date, value: Fraction, giver: Organisation, receiver: Organisation
    ) -> Transaction:
        ends, starts = self.of.ends, self.of.starts
        return Transaction(
            activity=self.id, kind=self.kinds[stage], on=on, value=decimal(value),
            currency=self.of.unit, provider=giver, receiver=receiver,
            aid_type=IN_DONOR[0] if self.home else "", earmarking=self.of.earmarking,
            country=self.of.places[0] if len(self.of.places) == 1 else "",
            year=starts.year if starts and ends and starts.year == ends.year else None,
        )  # fmt: skip


def _within(one: Transaction, own: str, source: str) -> Transaction:
    """A flow in its activity; one that has a source moves on what came by it."""
    return one._replace(activity=own, provider_activity=source, passed_on=bool(source))


def decimal(value: Fraction) -> Decimal:
    """An amount of money as a decimal: quantities of money are whole in their minor unit."""
    return Decimal(value.numerator) / Decimal(value.denominator)
