"""Who takes files of flows in and out."""

from commonhaven.web.funds.policy import keeps_books
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.policy import accredited, in_sight


def takes(seat: Seat) -> bool:
    """Whether the seat is the treasurer's, the secretariat's that the charter names, or UNHCR's."""
    return keeps_books(seat) or (seat.capacity == "unhcr" and bool(seat.standing) and seat.accepted)


def may_take(seat: Seat) -> None:
    """Refused to whoever takes no files of flows in or out."""
    accredited(seat)
    if not takes(seat):
        raise Refused(
            "this seat takes no files of flows in or out",
            fix="The treasurer, the secretariat that the charter names, and UNHCR do.",
        )


def may_place(seat: Seat, placing: Placing) -> None:
    """Conflict where the seat would not see the file that it takes in."""
    if not in_sight(seat, placing):
        raise Conflict(
            "this seat would not see the file itself", fix="Choose an audience that it belongs to."
        )
