"""Who opens and keeps a fund, and who asks, gives and reports."""

from commonhaven.web.commitments.policy import may_act
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Refused

KEEPERS = frozenset({"treasurer", "secretariat"})
"""Capacities in which the secretariat the charter names keeps the books."""
KEPT = frozenset({
    "called", "paid", "reviewed", "released", "granted", "paid out", "closed", "waived",
    "awarded",
})  # fmt: skip
"""Acts that only a keeper does; the others are each party's own."""


def keeps_books(seat: Seat) -> bool:
    """Whether the seat keeps the group's books."""
    return seat.standing == "secretariat" and seat.capacity in KEEPERS and seat.accepted


def may_keep(seat: Seat) -> None:
    """Refused to whoever does not keep the group's books."""
    may_act(seat)
    if not keeps_books(seat):
        raise Refused(
            "this seat does not keep the group's books",
            fix="The treasurer and the secretariat that the charter names do.",
        )


def may_do(seat: Seat, kind: str) -> None:
    """Refused where a seat may not do such an act at all; the books know the rest."""
    if kind in KEPT:
        may_keep(seat)
    else:
        may_act(seat)
