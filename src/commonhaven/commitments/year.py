"""What of each giver's money fell due within a year, and what of that was confirmed as received."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from commonhaven.commitments.value import Book, Due, Promise
from commonhaven.costs.money import Money, currencies, money


@dataclass(frozen=True, slots=True, kw_only=True)
class FellDue:
    """One giver's part of one promise over a period: what of it fell due, what of that came."""

    giver: str
    commitment: str
    due: Money
    received: Money


def fell_due(book: Book, since: date, until: date) -> tuple[FellDue, ...]:
    """What fell due from one day to another, both included, with what its receivers confirmed.

    Counted is what was announced, also what the giver withdrew since; not what the group released
    it from, what is spent in the giving country, or what is no money. What was received meets the
    earliest instalment first.
    """
    abroad = {
        each.id
        for each in book.commitments
        if each.kind == "financial" and each.unit in currencies()
        and each.spent == "receiving country"
    }  # fmt: skip
    dues: dict[tuple[str, str], list[Due]] = {}
    for due in book.dues:
        dues.setdefault((due.commitment, due.giver), []).append(due)
    return tuple(
        found
        for promise in book.promises
        if promise.commitment in abroad
        for found in _of(promise, dues.get((promise.commitment, promise.giver), []), since, until)
    )


def _of(promise: Promise, dues: list[Due], since: date, until: date) -> Iterator[FellDue]:
    stands = (promise.announced + promise.withdrawn).value
    asked = came = reached = Fraction(0)
    for due in dues:
        begin, reached = reached, reached + due.quantity.value
        if since <= due.due <= until:
            asked += max(Fraction(0), min(reached, stands) - begin)
            came += max(Fraction(0), min(reached, stands, promise.received.value) - begin)
    if asked:
        unit = promise.promised.unit
        yield FellDue(
            giver=promise.giver, commitment=promise.commitment, due=money(asked, unit),
            received=money(came, unit),
        )  # fmt: skip
