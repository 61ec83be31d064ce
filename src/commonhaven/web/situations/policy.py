"""Who may open, revise and close situations; and what it takes to act for a party at all."""

from datetime import datetime

from commonhaven.web.kit.audience import Audience, Item, Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.models import Situation

SPEAKS = frozenset({"head of delegation", "delegate", "ministry focal point"})
"""Capacities in which a person speaks for a member state."""
WIDTH = (Audience.CAUCUS, Audience.MEMBERS, Audience.CONSULTATIVE, Audience.PUBLIC)
"""Audiences from the narrowest to the widest."""


def accredited(seat: Seat) -> None:
    """Refused where the seat's credentials are not accepted yet."""
    if not seat.accepted:
        fix = "The secretariat or the chair accepts credentials; until then the person may read."
        raise Refused("the credentials of this seat are not accepted yet", fix=fix)


def speaks_for_member(seat: Seat) -> bool:
    """Whether the seat speaks for a member state: delegates and focal points, no analysts."""
    return seat.member and seat.capacity in SPEAKS


def runs_group(seat: Seat) -> bool:
    """Whether the seat is the secretariat's or the chair's."""
    return seat.keeps


def may_open(seat: Seat) -> None:
    """Refused to whoever may not open, revise or close a situation."""
    accredited(seat)
    if not (speaks_for_member(seat) or runs_group(seat) or seat.capacity == "unhcr"):
        raise Refused(
            "this seat does not open situations or change their figures",
            fix="The secretariat, UNHCR and every member state may.",
        )


def open_still(situation: Situation) -> None:
    """Conflict where the situation is closed."""
    if situation.closed_at is not None:
        raise Conflict(
            "the situation is closed", where=situation.title,
            fix="Open it anew under another short name if people flee again.",
        )  # fmt: skip


def within(placing: Placing, item: Item) -> bool:
    """Whether everybody who sees what is so placed sees the item too, at every instant."""
    if item.audience == Audience.PUBLIC:
        return True
    narrow = WIDTH.index(Audience(placing.audience)) <= WIDTH.index(Audience(item.audience))
    same_caucus = item.caucus_id is None or (
        placing.caucus is not None and placing.caucus.pk == item.caucus_id
    )
    return narrow and same_caucus and not sooner(placing.release_at, item.release_at)


def no_wider(placing: Placing, *, than: Item, what: str) -> None:
    """Conflict where an item would show to more people, or sooner, what another one keeps."""
    if within(placing, than):
        return
    raise Conflict(
        f"it would show {what}, which is for fewer people or released later",
        fix=f"Choose the audience {Audience(than.audience).label} and no earlier release.",
    )


def in_sight(seat: Seat, placing: Placing) -> bool:
    """Whether the seat itself sees what is so placed: names and numbers in there tell of it."""
    if placing.caucus is None:
        return placing.audience in seat.audiences
    return Audience.MEMBERS in seat.audiences and seat.party in placing.caucus.parties


def sooner(one: datetime | None, other: datetime | None) -> bool:
    """Whether something is released before something else."""
    return one is not None and (other is None or one < other)


def narrower(one: Item, other: Item) -> Item:
    """Of two items the one for fewer people; of two alike the first."""
    first, second = WIDTH.index(Audience(one.audience)), WIDTH.index(Audience(other.audience))
    return other if second < first else one
