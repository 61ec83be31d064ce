"""From fair share to delivered: four numbers for every state, and the reason for each step.

The EU's solidarity pool of 2026 is the case in point: 21,000 as its reference number, 962 as the
real effort by one state's count (RULES A6). That deductions need a decision, and that the four
numbers reconcile to the unit, is our proposal (RULES A6, ledger).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from commonhaven.commitments.value import Book, Promise
from commonhaven.reading import Problem, decimal_text

NONE = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """A part of a state's fair share that the group has lifted, by a decision it can name."""

    state: str
    quantity: Fraction
    decision: str
    reason: str

    def __post_init__(self) -> None:
        where = f"deduction of {self.state}"
        if not self.decision.strip():
            raise Problem(
                "a deduction names no decision", where=where,
                fix="Name the decision by which the group granted it.",
            )  # fmt: skip
        if self.quantity <= 0:
            raise Problem("a deduction is not above nought", where=where, fix="Give how much.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """What a group is to give together, and each state's fair share of it.

    ``unit``: what the shares are counted in. ``reference``: the number that was announced for all,
    where the shares do not add up to it. ``remarks``: why a state pledged less. ``worth``: unit of
    a commitment → how many of the pool's units one of it is worth (EUR → 1/20,000 in the EU's pool
    of 2026). Commitments name the pool's ``id`` in their field ``under``.
    """

    id: str
    unit: str
    shares: Mapping[str, Fraction]
    deductions: tuple[Deduction, ...] = ()
    worth: Mapping[str, Fraction] | None = None
    reference: Fraction | None = None
    remarks: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for state in {one.state for one in self.deductions}:
            lifted = sum((d.quantity for d in self.deductions if d.state == state), NONE)
            if lifted > self.shares.get(state, NONE):
                share = decimal_text(self.shares.get(state, NONE), 2)
                raise Problem(
                    f"{state} would be relieved of {decimal_text(lifted, 2)}, its share is {share}",
                    where=f"pool {self.id}", fix="Deduct at most the fair share.",
                )  # fmt: skip

    def value(self, quantity: Fraction, unit: str) -> Fraction:
        """A quantity in the pool's unit. Problem for a unit that the pool does not weigh."""
        if unit == self.unit:
            return quantity
        worth = (self.worth or {}).get(unit)
        if worth is None:
            raise Problem(
                f"{unit} has no worth in {self.unit}", where=f"pool {self.id}",
                fix="Say how many of the pool's units one of it is worth.",
            )  # fmt: skip
        return quantity * worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step down or up; ``change`` is below nought where it goes down."""

    reason: str
    change: Fraction
    decision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staircase:
    """One state's four numbers, in the pool's unit, and what lies between each two.

    ``reference``: the number announced for all, in the staircase of all together. ``pledged`` is
    all that was ever announced; ``after_deductions`` what of it still binds;
    ``delivered`` what was sent, and of it ``received`` and ``verified``.
    """

    state: str
    unit: str
    reference: Fraction
    fair_share: Fraction
    pledged: Fraction
    after_deductions: Fraction
    delivered: Fraction
    received: Fraction
    verified: Fraction
    to_fair_share: tuple[Step, ...]
    to_pledged: tuple[Step, ...]
    to_after: tuple[Step, ...]
    to_delivered: tuple[Step, ...]

    def __post_init__(self) -> None:
        stairs = (
            (self.reference, self.to_fair_share, self.fair_share),
            (self.fair_share, self.to_pledged, self.pledged),
            (self.pledged, self.to_after, self.after_deductions),
            (self.after_deductions, self.to_delivered, self.delivered),
        )
        for before, steps, after in stairs:
            if before + sum((step.change for step in steps), NONE) != after:
                said = f"the steps of {self.state or 'all'} do not lead from {before} to {after}"
                raise ArithmeticError(said)


def staircase(pool: Pool, state: str, book: Book, today: date) -> Staircase:
    """The four numbers of one state under a pool, from the book at the instant that it shows."""
    named = {one.id: one for one in book.commitments if one.under == pool.id}
    own = [p for p in book.promises if p.commitment in named and p.giver == state]

    def added(name: str) -> Fraction:
        return sum((_worth(pool, one, name) for one in own), NONE)

    fair = pool.shares.get(state, NONE)
    gone, released = added("withdrawn"), added("released")
    pledged = added("announced") + gone + released
    delivered = added("delivered")
    steps = tuple(_undelivered(pool, own, book, today))
    return Staircase(
        state=state, unit=pool.unit, reference=fair, fair_share=fair, pledged=pledged,
        to_fair_share=(),
        after_deductions=pledged - released, delivered=delivered,
        received=added("received"), verified=added("verified"),
        to_pledged=tuple(_to_pledged(pool, state, fair, pledged)),
        to_after=_some(Step(reason="released by decision", change=-released)),
        to_delivered=(*_some(Step(reason="withdrawn by the giver", change=-gone)), *steps),
    )  # fmt: skip


def _worth(pool: Pool, promise: Promise, name: str) -> Fraction:
    quantity = getattr(promise, name)
    return pool.value(quantity.value, quantity.unit)


def _to_pledged(pool: Pool, state: str, fair: Fraction, pledged: Fraction) -> Iterator[Step]:
    left = fair
    for one in pool.deductions:
        if one.state == state:
            left -= one.quantity
            yield Step(reason=one.reason, change=-one.quantity, decision=one.decision)
    if pledged < left:
        remark = pool.remarks.get(state)
        reason = f"not pledged: {remark}" if remark else "not pledged"
        yield Step(reason=reason, change=pledged - left)
    elif pledged > left:
        reason = "pledged beyond what it owes" if fair else "pledged without a share"
        yield Step(reason=reason, change=pledged - left)


def _undelivered(
    pool: Pool, promises: Iterable[Promise], book: Book, today: date
) -> Iterator[Step]:
    """What still binds and has not come: unsigned, overdue, or not due yet."""
    overdue: dict[tuple[str, str], Fraction] = {}
    for due in book.dues:
        if due.due < today:
            key = due.commitment, due.giver
            overdue[key] = overdue.get(key, NONE) + due.missing.value
    unsigned = late = later = NONE
    for one in promises:
        unit = one.promised.unit
        missing = one.announced.value - one.delivered.value
        behind = min(missing, overdue.get((one.commitment, one.giver), NONE))
        open_ = min(missing - behind, one.announced.value - one.committed.value)
        late += pool.value(behind, unit)
        unsigned += pool.value(open_, unit)
        later += pool.value(missing - behind - open_, unit)
    yield from _some(Step(reason="overdue", change=-late))
    yield from _some(Step(reason="announced, not signed", change=-unsigned))
    yield from _some(Step(reason="signed, not due yet", change=-later))


def _some(step: Step) -> tuple[Step, ...]:
    return (step,) if step.change else ()


def together(pool: Pool, book: Book, today: date) -> tuple[Staircase, ...]:
    """The staircase of every state with a share of the pool or a promise under it."""
    named = {one.id for one in book.commitments if one.under == pool.id}
    givers = {p.giver for p in book.promises if p.commitment in named}
    return tuple(staircase(pool, state, book, today) for state in sorted({*pool.shares, *givers}))


def whole(pool: Pool, stairs: Iterable[Staircase]) -> Staircase:
    """The staircase of all states together: like steps added up, decisions first."""
    each = tuple(stairs)

    def added(name: str) -> Fraction:
        return sum((getattr(one, name) for one in each), NONE)

    shares = added("fair_share")
    reference = shares if pool.reference is None else pool.reference
    rounding = Step(reason="shares are rounded, or do not cover it", change=shares - reference)
    return Staircase(
        state="", unit=pool.unit, reference=reference, to_fair_share=_some(rounding),
        fair_share=shares, pledged=added("pledged"),
        after_deductions=added("after_deductions"), delivered=added("delivered"),
        received=added("received"), verified=added("verified"),
        to_pledged=_merged(step for one in each for step in one.to_pledged),
        to_after=_merged(step for one in each for step in one.to_after),
        to_delivered=_merged(step for one in each for step in one.to_delivered),
    )  # fmt: skip


def _merged(steps: Iterable[Step]) -> tuple[Step, ...]:
    sums: dict[tuple[str, str], Fraction] = {}
    for step in steps:
        key = step.reason, step.decision
        sums[key] = sums.get(key, NONE) + step.change
    found = [Step(reason=r, decision=d, change=n) for (r, d), n in sums.items() if n]
    return tuple(sorted(found, key=lambda step: (not step.decision, step.change > 0, step.change)))
