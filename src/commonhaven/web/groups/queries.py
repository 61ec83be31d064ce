"""Groups and charters as a viewer may see them."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Q, QuerySet

from commonhaven.charter import Charter
from commonhaven.charter import read as read_charter
from commonhaven.parties import UnknownState, name
from commonhaven.reading import Problem
from commonhaven.web.groups.models import ChairTerm, CharterVersion, Group, Membership
from commonhaven.web.kit.audience import Viewer, allowed, visible
from commonhaven.web.record.models import Entry


def on_day(day: date) -> Q:
    """Rows whose period ``since`` to ``until`` holds on a day."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def groups_for(viewer: Viewer) -> QuerySet[Group]:
    """The groups whose existence a viewer may know: public ones, and those with a seat.

    Administrators of the platform know that every group exists; what is in it is another matter.
    """
    if viewer.administrator:
        return Group.objects.all()
    return Group.objects.filter(Q(listed=True) | Q(pk__in=viewer.groups))


def group_for(slug: str, viewer: Viewer) -> Group | None:
    """A group by its short name, None where the viewer may not know of it."""
    return groups_for(viewer).filter(slug=slug).first()


def version_on(group: Group, day: date) -> CharterVersion | None:
    """The adopted version in force on a day, None where there is none."""
    found = adopted(group).filter(in_force__lte=day).first()
    return None if found is None or ended(found, day) else found


def adopted(group: Group) -> QuerySet[CharterVersion]:
    """The adopted versions, the last to come into force first."""
    return in_force_first([group.pk])


def in_force_first(groups: Iterable[int]) -> QuerySet[CharterVersion]:
    """The adopted versions of several groups, the last to come into force first."""
    rows = CharterVersion.objects.filter(
        group__in=groups, status=CharterVersion.Status.ADOPTED
    )  # fmt: skip
    return rows.order_by("-in_force", "-pk")


def ended(version: CharterVersion, day: date) -> bool:
    """Whether a version's own last day has passed."""
    last = json.loads(version.value)["group"].get("ends")
    return last is not None and date.fromisoformat(last) < day


def binding_of(versions: Sequence[CharterVersion], day: date) -> CharterVersion | None:
    """Of a group's adopted versions, the last first, the one by which it decides on its next.

    In force, or adopted and yet to be; None before the first adoption, and after the last version
    has run out: whoever then makes a charter makes a first one.
    """
    begun = next((one for one in versions if one.in_force <= day), None)
    if begun is not None and not ended(begun, day):
        return begun
    last = versions[0] if versions else None
    return last if last is not None and last.in_force > day else None


def charter_on(group: Group, day: date) -> Charter:
    """The charter that binds a group on a day; Problem where none does."""
    version = version_on(group, day)
    if version is None:
        raise Problem(
            f"no charter of {group.slug} is in force on {day}",
            fix="Members adopt one first: see the group's charter page.",
        )
    return value_of(version)


def value_of(version: CharterVersion) -> Charter:
    """The charter as a value of the room `charter`."""
    return _charter(version.value, version.version)


@lru_cache(maxsize=64)
def _charter(value: str, version: str) -> Charter:
    """Read once: the value never changes, and a meeting's page asks for it many times."""
    return read_charter(json.loads(value), f"charter {version}")


def members_on(group: Group, day: date) -> QuerySet[Membership]:
    """Members and participants on a day, in the order of standing and party."""
    return Membership.objects.filter(on_day(day), group=group).select_related("charter")


ORDER = (
    "inner core", "outer core", "situation-specific contributor", "secretariat", "observer",
    "organisation with consultative status",
)  # fmt: skip
"""Tiers and roles from the widest to the narrowest, as pages show them."""


def widest(rows: Iterable[Membership], capacity: str = "") -> Membership | None:
    """By which of a party's places in a charter its people stand: the one that lets them do most.

    A person who sits for the secretariat stands by the party's place as secretariat, where it has
    one; everybody else by the first of ``ORDER``.
    """
    held = sorted(rows, key=lambda row: _place(row.standing))
    named = (row for row in held if capacity == "secretariat" == row.standing)
    return next(named, held[0] if held else None)


def in_order(rows: Iterable[Membership], language: str) -> list[Membership]:
    """Rows by tier, then by the party's name in a language."""
    return sorted(rows, key=lambda row: (_place(row.standing), named(row.party, language)))


def _place(standing: str) -> int:
    return ORDER.index(standing) if standing in ORDER else len(ORDER)


def named(party: str, language: str) -> str:
    """What a party is called in a language, as its place in a list is by."""
    try:
        return name(party, language.split("-", maxsplit=1)[0])
    except UnknownState:
        return party


def chair_on(group: Group, day: date) -> ChairTerm | None:
    """The party in the chair on a day, None where nobody is."""
    return ChairTerm.objects.filter(on_day(day), group=group).order_by("-since").first()


def charters_for(group: Group, viewer: Viewer) -> QuerySet[CharterVersion]:
    """The versions of a group's charter that a viewer may see, the newest first."""
    rows = CharterVersion.objects.filter(group=group).select_related("group")
    return visible(rows, viewer).order_by("-in_force", "-pk")


def charter_for(group: Group, pk: int, viewer: Viewer) -> CharterVersion | None:
    """One version, None where there is none that the viewer may see."""
    return charters_for(group, viewer).filter(pk=pk).first()


def drafting_shown(version: CharterVersion, viewer: Viewer) -> bool:
    """Whether a viewer sees what was said while a version was a draft.

    Adopted, its text is public; the comments and positions stay with those for whom the draft was.
    """
    if version.status != CharterVersion.Status.ADOPTED:
        return True
    drafted = Entry.objects.filter(
        allowed(viewer), group=version.group_id, subject=version.subject, act="charter drafted"
    )
    return drafted.exists()


def before(version: CharterVersion) -> CharterVersion | None:
    """What a version is compared with: the one it replaced; for a draft, the one in force."""
    if version.replaces_id is not None:
        return version.replaces
    return adopted(version.group).exclude(pk=version.pk).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What changed in the membership on one day: who came, who went."""

    day: date
    came: tuple[Membership, ...]
    went: tuple[Membership, ...]


def history(group: Group) -> tuple[Step, ...]:
    """Every day on which somebody joined, left or moved, the newest first; one query.

    ``went`` names the rows whose last day was the day before.
    """
    rows = list(Membership.objects.filter(group=group))
    came: dict[date, list[Membership]] = {}
    went: dict[date, list[Membership]] = {}
    for row in rows:
        came.setdefault(row.since, []).append(row)
        if row.until is not None and row.until < date.max:
            went.setdefault(row.until + timedelta(days=1), []).append(row)
    return tuple(
        Step(day=day, came=tuple(came.get(day, ())), went=tuple(went.get(day, ())))
        for day in sorted(came.keys() | went.keys(), reverse=True)
    )
