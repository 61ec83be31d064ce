"""The book of commitments: where every promise stands, from its acts and an instant.

Nothing runs between two questions, and nothing is edited: what was wrong is corrected by a later
act, and the book of any earlier day is the same acts up to that day.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from fractions import Fraction
from heapq import heappop

from commonhaven.commitments.acts import Act, Draw, Setting
from commonhaven.commitments.dues import dues
from commonhaven.commitments.model import Commitment
from commonhaven.commitments.quantity import Quantity
from commonhaven.commitments.running import Case, Hand, Line, Refused, Running
from commonhaven.commitments.take import end, take
from commonhaven.commitments.value import Book, Dispute, Promise, Refusal, Transfer
from commonhaven.reading import Problem


def book(
    commitments: Iterable[Commitment],
    acts: Iterable[Act],
    now: datetime,
    setting: Setting | None = None,
) -> Book:
    """Where all commitments stand at ``now``.

    Acts are taken in order of time, those at one instant in the order given; acts after ``now``
    have not happened yet. An act out of turn, or by a party that may not do it, is refused with a
    reason and changes nothing. A dispute without a reply in time is upheld at that instant. Raises
    Problem for two commitments of one name, or a ``now`` without a zone.
    """
    if now.tzinfo is None:
        raise Problem("the present time has no zone", where="now", fix="Write 2026-01-31T12:00Z.")
    run = _begin(commitments, setting or Setting())
    for act in sorted(acts, key=lambda act: _instant(act.at)):
        if _instant(act.at) > now:
            break
        _lapse(run, _instant(act.at))
        try:
            take(run, act)
        except Refused as refused:
            run.refused.append(Refusal(act=act, why=refused.what, fix=refused.fix))
    _lapse(run, now)
    return _book(run, now)


def _instant(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _begin(commitments: Iterable[Commitment], setting: Setting) -> Running:
    run = Running(setting=setting, commitments={}, lines={})
    for commitment in commitments:
        if commitment.id in run.commitments:
            said = f"there are two commitments {commitment.id}"
            raise Problem(said, where="commitments", fix="Give one of them another name.")
        run.commitments[commitment.id] = commitment
        for share in commitment.shares:
            run.lines[commitment.id, share.giver] = Line(promised=share.quantity)
    return run


def _lapse(run: Running, before: datetime) -> None:
    """Uphold every dispute whose time for a reply ended before an instant."""
    while run.clocks and run.clocks[0][0] < before:
        case = run.cases[heappop(run.clocks)[1]]
        if not case.ended and case.replied_at is None:
            end(run, case, "upheld by silence")


def _book(run: Running, now: datetime) -> Book:
    doubted: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for hand in run.hands.values():
        if hand.first:
            doubted[hand.act.commitment, hand.giver] += sum(hand.disputed.values())
    promises = tuple(
        _promise(run.commitments[name], giver, line, doubted[name, giver])
        for (name, giver), line in run.lines.items()
    )
    return Book(
        at=now,
        commitments=tuple(run.commitments.values()),
        promises=promises,
        transfers=tuple(_transfer(run, name, hand) for name, hand in run.hands.items()),
        disputes=tuple(_dispute(run, name, case) for name, case in run.cases.items()),
        dues=tuple(due for p in promises for due in dues(run.commitments[p.commitment], p, run)),
        conditions_met=frozenset(run.met),
        refused=tuple(run.refused),
    )


def _promise(commitment: Commitment, giver: str, line: Line, disputed: Fraction) -> Promise:
    return Promise(
        commitment=commitment.id, giver=giver, since=line.since,
        disputed=Quantity(value=disputed, unit=commitment.unit),
        **{
            name: Quantity(value=getattr(line, name), unit=commitment.unit)
            for name in ("promised", "announced", "committed", "delivered", "received",
                         "verified", "withdrawn", "released")
        },
    )  # fmt: skip


def _transfer(run: Running, name: str, hand: Hand) -> Transfer:
    unit = run.commitments[hand.act.commitment].unit
    return Transfer(
        id=name, commitment=hand.act.commitment, giver=hand.giver, sender=hand.sender,
        receiver=hand.act.to, at=hand.act.at, first=hand.first,
        drawn=tuple(Draw(transfer=of, quantity=out) for of, out in hand.drawn if out),
        disputed=Quantity(value=sum(hand.disputed.values()), unit=unit),  # type: ignore[arg-type]
        **{
            level: Quantity(value=getattr(hand, level), unit=unit)
            for level in ("delivered", "received", "verified", "passed_on")
        },
    )  # fmt: skip


def _dispute(run: Running, name: str, case: Case) -> Dispute:
    unit = run.commitments[case.act.commitment].unit
    return Dispute(
        id=name, commitment=case.act.commitment, transfer=case.hand, against=case.against.id,
        level=case.level, quantity=Quantity(value=case.quantity, unit=unit), by=case.act.by,
        at=case.act.at, due=case.due, replied_at=case.replied_at, ended=case.ended,
        ended_at=case.ended_at,
    )  # fmt: skip
