"""Who may invite, accept credentials and end seats."""

from datetime import date

from commonhaven.charter import Charter
from commonhaven.web.accounts.models import Capacity
from commonhaven.web.accounts.models import Seat as SeatRow
from commonhaven.web.kit.audience import Seat, Viewer
from commonhaven.web.kit.refused import Refused

TIERS = frozenset({"inner core", "outer core", "situation-specific contributor"})
FOR_STATES = frozenset(
    {Capacity.HEAD, Capacity.DELEGATE, Capacity.FOCAL_POINT, Capacity.TREASURER, Capacity.ANALYST}
)
CAPACITIES = {
    **dict.fromkeys(TIERS, FOR_STATES),
    "secretariat": frozenset(
        {Capacity.SECRETARIAT, Capacity.UNHCR, Capacity.TREASURER, Capacity.ANALYST,
         Capacity.ADMINISTRATOR}
    ),
    "observer": frozenset({Capacity.OBSERVER}),
    "organisation with consultative status": frozenset({Capacity.NGO}),
}  # fmt: skip
"""Standing in the charter → capacities in which a party's people may act."""


def runs(seat: Seat) -> bool:
    """Whether the seat runs the group: the secretariat, or the chair."""
    return seat.accepted and seat.keeps


def must_run(seat: Seat) -> None:
    """Refused unless the seat is the secretariat's or the chair's, with credentials accepted."""
    if not seat.accepted:
        fix = "The secretariat or the chair accepts them; until then you may read."
        raise Refused("your credentials have not been accepted yet", fix=fix)
    if not runs(seat):
        fix = "Ask one of them."
        raise Refused("only the secretariat and the chair do this", fix=fix)


def must_administer(viewer: Viewer) -> None:
    """Refused unless the person administers the platform."""
    if not viewer.administrator:
        fix = "Ask whoever runs it."
        raise Refused("only administrators of the platform do this", fix=fix)


def may_settle(seat: Seat, row: SeatRow) -> None:
    """Refused unless the seat may accept or refuse another person's credentials."""
    must_run(seat)
    if row.user_id == seat.user:
        fix = "Another person of the secretariat, or the chair, does."
        raise Refused("nobody accepts or refuses their own credentials", fix=fix)


def may_end(seat: Seat, row: SeatRow) -> None:
    """Refused unless the seat is the person's own, or the secretariat or the chair acts."""
    if row.user_id != seat.user:
        must_run(seat)


def standings(charters: list[Charter], day: date) -> dict[str, set[str]]:
    """Party → its standings in the charters: the one in force on the day, and open drafts."""
    found: dict[str, set[str]] = {}
    for charter in charters:
        for member in charter.members:
            if member.until is None or member.until >= day:
                found.setdefault(member.state, set()).add(member.tier)
        for participant in charter.participants:
            found.setdefault(participant.party, set()).add(participant.role)
    return found
