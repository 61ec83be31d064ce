"""Who is told: the people of a group, each with what he or she may see and speaks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from commonhaven.web.accounts.models import User
from commonhaven.web.accounts.queries import seats_on, viewers_of
from commonhaven.web.funds.policy import keeps_books
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat, Viewer

SPEAKS = frozenset({"head of delegation", "delegate", "ministry focal point"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person with seats in a group at an instant."""

    user: User
    viewer: Viewer
    seats: tuple[Seat, ...]

    def belongs(self, to: frozenset[str], named: frozenset[str] = frozenset()) -> bool:
        """Whether one of the seats is among those meant; see the sets in `kinds`."""
        return any(_meant(seat, to, named) for seat in self.seats)


def _meant(seat: Seat, to: frozenset[str], named: frozenset[str]) -> bool:
    acting = seat.capacity not in {"analyst", "administrator"}
    return (
        "all" in to
        or ("members" in to and seat.member and seat.capacity in SPEAKS)
        or ("run" in to and (seat.capacity == "secretariat" or seat.chair))
        or ("keep" in to and keeps_books(seat))
        or ("unhcr" in to and seat.capacity == "unhcr")
        or ("named" in to and acting and seat.party in named)
    )


def people_of(group: Group, at: datetime) -> list[Person]:
    """Everyone with a seat in the group on that day; no more queries for many than for one."""
    users = User.objects.filter(
        is_active=True, pk__in=seats_on(at.date()).filter(group=group).values("user")
    )
    known = list(users.order_by("pk"))
    sight = viewers_of(known, at)
    return [
        Person(user=user, viewer=sight[user.pk], seats=sight[user.pk].seats_in(group.pk))
        for user in known
    ]


def parties(names: Iterable[str]) -> frozenset[str]:
    """Names of parties as a set, without the empty one."""
    return frozenset(name for name in names if name)
