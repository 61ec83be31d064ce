"""On which days what stands in a book came about: the acts, cut to what of them still stands."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction

from commonhaven.commitments import Act, Book

NONE = Fraction(0)
Dated = tuple[date, Fraction]
Line = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Day and amount of each step: announced and committed by share, received by transfer."""

    announced: Mapping[Line, list[Dated]]
    committed: Mapping[Line, list[Dated]]
    received: Mapping[str, list[Dated]]


def day(at: datetime) -> date:
    return at.astimezone(UTC).date()


def days(acts: Iterable[Act], found: Book) -> Days:
    """The steps of a book in order of time, before anything was withdrawn or struck.

    A signature announces what was not announced before, as it does in the book.
    """
    announced: dict[Line, list[Dated]] = defaultdict(list)
    committed: dict[Line, list[Dated]] = defaultdict(list)
    received: dict[str, list[Dated]] = defaultdict(list)
    high: dict[Line, Fraction] = defaultdict(Fraction)
    signed: dict[Line, Fraction] = defaultdict(Fraction)
    for act in _taken(acts, found):
        line, amount, on = (act.commitment, act.giver), act.quantity or NONE, day(act.at)
        if act.kind == "received":
            received[act.of].append((on, amount))
        elif act.kind == "announced":
            high[line] += amount
            announced[line].append((on, amount))
        elif act.kind == "committed":
            signed[line] += amount
            committed[line].append((on, amount))
            announced[line].append((on, max(NONE, signed[line] - high[line])))
            high[line] = max(high[line], signed[line])
    return Days(announced=announced, committed=committed, received=received)


def _taken(acts: Iterable[Act], found: Book) -> list[Act]:
    refused = {id(refusal.act) for refusal in found.refused}
    return sorted(
        (act for act in acts if id(act) not in refused and act.at <= found.at),
        key=lambda act: act.at,
    )


def standing(total: Fraction, steps: Iterable[Dated], otherwise: date) -> Iterator[Dated]:
    """A total divided among its steps, the earliest first.

    What none of them explains comes before them, dated ``otherwise``.

    >>> first, last = date(2026, 1, 1), date(2026, 5, 1)
    >>> [int(part) for _, part in standing(Fraction(50), [(first, Fraction(40)),
    ...     (last, Fraction(30))], first)]
    [40, 10]
    """
    known = list(steps)
    unexplained = total - sum((amount for _, amount in known), NONE)
    if unexplained > 0:
        known.insert(0, (otherwise, unexplained))
    for on, amount in known:
        part = min(amount, total)
        total -= part
        if part:
            yield on, part
