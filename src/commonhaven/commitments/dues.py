"""What of a promise is due when, giver by giver, and what of it is missing."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from commonhaven.commitments.model import Commitment, Instalment
from commonhaven.commitments.quantity import Quantity, nothing
from commonhaven.commitments.running import Running
from commonhaven.commitments.value import Due, Promise
from commonhaven.costs.money import reconcile

ALL = "all"


def dues(commitment: Commitment, promise: Promise, run: Running) -> Iterator[Due]:
    """The instalments of one giver in order of the days on which they are due now.

    What was delivered meets the earliest first; what was withdrawn lessens the last first. A
    commitment without instalments is due whole on its last day, if it has one.
    """
    days = {one.id: run.postponed.get((commitment.id, one.id), one.due)
            for one in in_order(commitment)}  # fmt: skip
    reached = Fraction(0)
    for instalment, part in sorted(
        parts(commitment, promise.giver), key=lambda each: days[each[0].id]
    ):
        begin, reached = reached, reached + part
        asked = min(reached, promise.announced.value)
        missing = max(Fraction(0), asked - max(begin, promise.delivered.value))
        yield Due(
            commitment=commitment.id, instalment=instalment.id, giver=promise.giver,
            due=days[instalment.id], first_due=instalment.due,
            quantity=Quantity(value=part, unit=commitment.unit),
            missing=Quantity(value=missing, unit=commitment.unit),
        )  # fmt: skip


def in_order(commitment: Commitment) -> tuple[Instalment, ...]:
    """The instalments by their first days; one of all where none are named and it has a last day.

    >>> [one.id for one in in_order(Commitment(id="a", title="", kind="financial", unit="USD",
    ...     shares=(), ends=date(2026, 1, 1)))]
    ['all']
    """
    if commitment.instalments or commitment.ends is None:
        return tuple(sorted(commitment.instalments, key=_when))
    return (Instalment(id=ALL, due=commitment.ends, quantity=commitment.quantity.value),)


def parts(commitment: Commitment, giver: str) -> Iterator[tuple[Instalment, Fraction]]:
    """One giver's part of each instalment, whole in the smallest unit.

    Instalments of all are divided by the givers' shares, by largest remainder, the first named
    giver first at a tie, and so that over all instalments each gives exactly its share.
    """
    if not commitment.instalments:
        for one in in_order(commitment):
            yield one, commitment.share(giver).value
        return
    each = divided(commitment)
    for instalment in in_order(commitment):
        if part := each[instalment.id].get(giver, Fraction(0)):
            yield instalment, part


def divided(commitment: Commitment) -> dict[str, dict[str, Fraction]]:
    """Instalment → giver → its part."""
    smallest = nothing(commitment.unit).smallest
    left = {share.giver: share.quantity for share in commitment.shares}
    for instalment in commitment.instalments:
        if instalment.giver:
            left[instalment.giver] -= instalment.quantity
    found: dict[str, dict[str, Fraction]] = {}
    for instalment in in_order(commitment):
        if instalment.giver:
            found[instalment.id] = {instalment.giver: instalment.quantity}
            continue
        rest = sum(left.values(), Fraction(0))
        quotas = {
            giver: instalment.quantity * smallest * own / rest if rest else Fraction(0)
            for giver, own in left.items()
        }
        whole, _ = reconcile(quotas, commitment.givers)
        found[instalment.id] = {giver: Fraction(n, smallest) for giver, n in whole.items()}
        for giver, own in found[instalment.id].items():
            left[giver] -= own
    return found


def _when(instalment: Instalment) -> tuple[date, str]:
    return instalment.due, instalment.id
