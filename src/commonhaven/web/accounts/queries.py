"""Who a person is in which group, at an instant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commonhaven.web.accounts.models import Invitation, Seat, User
from commonhaven.web.accounts.policy import standings
from commonhaven.web.groups.models import Caucus, ChairTerm, CharterVersion, Group, Membership
from commonhaven.web.groups.queries import on_day, value_of, widest
from commonhaven.web.kit.audience import Seat as Place
from commonhaven.web.kit.audience import Viewer

ORDER = (
    "head of delegation", "delegate", "ministry focal point", "unhcr", "secretariat", "treasurer",
    "ngo", "observer", "analyst", "administrator",
)  # fmt: skip
"""Where a person has several seats in a group, the one that acts unless another is chosen."""
Held = dict[tuple[int, str], list[Membership]]
"""Group and party → its places in the charter in force: a party can have more than one."""
FOUNDERS = frozenset({"head of delegation", "delegate", "ministry focal point", "unhcr"})
"""Capacities in which parties write a group's first charter, before it gives anybody a tier."""


def seats_on(day: date) -> QuerySet[Seat]:
    """The seats that hold on a day; one whose credentials were refused never does."""
    return Seat.objects.filter(on_day(day), refused_at__isnull=True)


def viewer_of(user: User | AnonymousUser, at: datetime) -> Viewer:
    """The viewer that a person is at an instant; a few queries whatever the number of seats."""
    if not isinstance(user, User) or not user.is_active:
        return Viewer(at=at)
    return viewers_of([user], at)[user.pk]


def viewers_of(users: Sequence[User], at: datetime) -> dict[int, Viewer]:
    """People by their keys as the viewers that they are; no more queries for many than for one."""
    day = at.date()
    seats = list(seats_on(day).filter(user__in=users))
    groups = {seat.group_id for seat in seats}
    if not groups:
        return {each.pk: _viewer(each, at, [], []) for each in users}
    begun = list(Membership.objects.filter(group__in=groups, since__lte=day))
    held = [row for row in begun if row.until is None or row.until >= day]
    standing: Held = {}
    for row in held:
        standing.setdefault((row.group_id, row.party), []).append(row)
    chairs = set(
        ChairTerm.objects.filter(on_day(day), group__in=groups).values_list("group_id", "party")
    )
    phase = _Phase(
        chartered=frozenset(row.group_id for row in held),
        founded=frozenset(row.group_id for row in begun),
    )
    places = [_place(seat, standing, chairs, phase) for seat in seats]
    places.sort(key=lambda place: (place.group, ORDER.index(place.capacity), place.id))
    within = {place.group for place in places if "members" in place.audiences}
    caucuses = list(Caucus.objects.filter(group__in=within)) if within else []
    return {each.pk: _viewer(each, at, places, caucuses) for each in users}


def _viewer(
    user: User, at: datetime, places: Sequence[Place], caucuses: Sequence[Caucus]
) -> Viewer:
    own = tuple(place for place in places if place.user == user.pk)
    return Viewer(
        at=at, user=user.pk, administrator=user.administrator, seats=own,
        caucuses=_caucuses(own, caucuses),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phase:
    """Groups bound by a charter on the day, and groups that ever were."""

    chartered: frozenset[int]
    founded: frozenset[int]

    def founding(self, seat: Seat) -> bool:
        """Whether the party takes part in writing the first charter.

        The secretariat also does so where a charter has run out.
        """
        if seat.capacity == "secretariat":
            return seat.group_id not in self.chartered
        return seat.group_id not in self.founded and seat.capacity in FOUNDERS


def _place(
    seat: Seat,
    standing: Held,
    chairs: set[tuple[int, str]],
    phase: _Phase,
) -> Place:
    key = (seat.group_id, seat.party)
    places = standing.get(key, [])
    held = widest(places, seat.capacity)
    return Place(
        id=seat.pk, user=seat.user_id, group=seat.group_id, party=seat.party,
        capacity=seat.capacity,
        standing=held.standing if held else ("founding" if phase.founding(seat) else ""),
        may_convene=any(row.may_convene for row in places),
        chair=key in chairs and seat.capacity in {"head of delegation", "delegate"},
        accepted=seat.accepted_at is not None,
    )  # fmt: skip


def _caucuses(places: Sequence[Place], caucuses: Sequence[Caucus]) -> dict[int, frozenset[int]]:
    """Group → caucuses of the parties for which the person sees what members see."""
    mine = {(p.group, p.party) for p in places if "members" in p.audiences}
    found: dict[int, set[int]] = {}
    for caucus in caucuses:
        if any((caucus.group_id, party) in mine for party in caucus.parties):
            found.setdefault(caucus.group_id, set()).add(caucus.pk)
    return {group: frozenset(ids) for group, ids in found.items()}


def parties_to_invite(group: Group, day: date) -> dict[str, set[str]]:
    """Party → standings, from the charter in force and open drafts; empty: nobody is named yet."""
    rows = Membership.objects.filter(on_day(day), group=group).values_list("party", "standing")
    found: dict[str, set[str]] = {}
    for party, standing in rows:
        found.setdefault(party, set()).add(standing)
    if not found:
        return {}
    drafts = CharterVersion.objects.filter(group=group, status="draft")
    for party, named in standings([value_of(draft) for draft in drafts], day).items():
        found.setdefault(party, set()).update(named)
    return found


def seats_shown(group: Group, day: date) -> QuerySet[Seat]:
    """A group's seats that hold on a day or later, with their people, for a page."""
    rows = Seat.objects.filter(group=group, refused_at__isnull=True).exclude(until__lt=day)
    return rows.select_related("user")


def open_invitations(group: Group, at: datetime) -> QuerySet[Invitation]:
    """Invitations that can still be accepted."""
    waiting = Invitation.objects.filter(
        group=group, used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gte=at
    )
    return waiting.order_by("expires_at", "pk")
