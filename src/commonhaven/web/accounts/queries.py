"""Who a person is in which group, at an instant."""

from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from commonhaven.web.accounts.models import Seat, User
from commonhaven.web.groups.models import Caucus, ChairTerm, Membership
from commonhaven.web.kit.audience import Seat as Place
from commonhaven.web.kit.audience import Viewer

ORDER = (
    "head of delegation", "delegate", "ministry focal point", "unhcr", "secretariat", "treasurer",
    "ngo", "observer", "analyst", "administrator",
)  # fmt: skip
"""Where a person has several seats in a group, the one that acts unless another is chosen."""


def on_day(day: date) -> Q:
    """Rows whose period ``since`` to ``until`` holds on a day."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def seats_on(day: date) -> QuerySet[Seat]:
    """The seats that hold on a day."""
    return Seat.objects.filter(on_day(day))


def viewer_of(user: User | AnonymousUser, at: datetime) -> Viewer:
    """The viewer that a person is at an instant; three queries whatever the number of seats."""
    if not isinstance(user, User) or not user.is_active:
        return Viewer(at=at)
    day = at.date()
    seats = list(seats_on(day).filter(user=user))
    groups = {seat.group_id for seat in seats}
    if not groups:
        return Viewer(at=at, user=user.pk, administrator=user.administrator)
    held = Membership.objects.filter(on_day(day), group__in=groups)
    standing = {(row.group_id, row.party): row for row in held}
    chairs = set(
        ChairTerm.objects.filter(on_day(day), group__in=groups).values_list("group_id", "party")
    )
    chartered = {row.group_id for row in held}
    places = [_place(seat, standing, chairs, chartered) for seat in seats]
    places.sort(key=lambda place: (place.group, ORDER.index(place.capacity), place.id))
    return Viewer(
        at=at, user=user.pk, administrator=user.administrator, seats=tuple(places),
        caucuses=_caucuses(places),
    )  # fmt: skip


def _place(
    seat: Seat,
    standing: dict[tuple[int, str], Membership],
    chairs: set[tuple[int, str]],
    chartered: set[int],
) -> Place:
    key = (seat.group_id, seat.party)
    held = standing.get(key)
    founding = seat.group_id not in chartered and seat.capacity == "secretariat"
    return Place(
        id=seat.pk, user=seat.user_id, group=seat.group_id, party=seat.party,
        capacity=seat.capacity,
        standing=held.standing if held else ("founding" if founding else ""),
        may_convene=held.may_convene if held else False,
        chair=key in chairs and seat.capacity in {"head of delegation", "delegate"},
        accepted=seat.accepted_at is not None,
    )  # fmt: skip


def _caucuses(places: list[Place]) -> dict[int, frozenset[int]]:
    """Group → caucuses of the parties for which the person sees what members see."""
    mine = {(p.group, p.party) for p in places if "members" in p.audiences}
    if not mine:
        return {}
    found: dict[int, set[int]] = {}
    for caucus in Caucus.objects.filter(group__in={group for group, _ in mine}):
        if any((caucus.group_id, party) in mine for party in caucus.parties):
            found.setdefault(caucus.group_id, set()).add(caucus.pk)
    return {group: frozenset(ids) for group, ids in found.items()}
