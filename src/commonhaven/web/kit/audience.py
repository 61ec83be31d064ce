"""Who sees what: the one module that decides, for every page, list, count, feed, export and error.

Every item carries an audience and, where wanted, a release date. Until the release date an item is
for its audience; from then on it is public. A caucus's item is for the parties of that caucus.
What one group addresses to another is for the same audience in both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

Model = TypeVar("Model", bound=models.Model)


class Audience(models.TextChoices):
    """For whom an item is, from the narrowest to the widest."""

    CAUCUS = "caucus", _("Caucus")
    MEMBERS = "members", _("Members")
    CONSULTATIVE = "consultative", _("Consultative")
    PUBLIC = "public", _("Public")


MEMBERS = frozenset({Audience.MEMBERS, Audience.CONSULTATIVE, Audience.PUBLIC})
CONSULTATIVE = frozenset({Audience.CONSULTATIVE, Audience.PUBLIC})
PUBLIC = frozenset({Audience.PUBLIC})

BY_STANDING: Mapping[str, frozenset[Audience]] = {
    "inner core": MEMBERS,
    "outer core": MEMBERS,
    "situation-specific contributor": MEMBERS,
    "secretariat": MEMBERS,
    "observer": CONSULTATIVE,
    "organisation with consultative status": CONSULTATIVE,
}
"""What a party's place in the charter in force lets its people see."""

BY_CAPACITY: Mapping[str, frozenset[Audience]] = {
    "ngo": CONSULTATIVE,
    "observer": CONSULTATIVE,
    "analyst": CONSULTATIVE,
    "administrator": PUBLIC,
}
"""Capacities that see less than their party does; the others see all that it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One person's place in one group: for which party, in which capacity, with what standing.

    ``standing``: the party's tier or role in the charter in force; "founding" while a group has no
    charter and the seat helps to write it; empty where the party has no part.
    """

    id: int
    user: int
    group: int
    party: str
    capacity: str
    standing: str
    may_convene: bool = False
    chair: bool = False
    accepted: bool = False

    @property
    def audiences(self) -> frozenset[Audience]:
        by_party = (
            MEMBERS if self.standing == "founding" else BY_STANDING.get(self.standing, PUBLIC)
        )
        return by_party & BY_CAPACITY.get(self.capacity, MEMBERS)

    @property
    def member(self) -> bool:
        """Whether it speaks for a member state."""
        return self.standing in {"inner core", "outer core", "situation-specific contributor"}

    @property
    def keeps(self) -> bool:
        """Whether it runs the group: in the chair, or for the secretariat the charter names."""
        named = self.standing in {"secretariat", "founding"}
        return self.chair or (self.capacity == "secretariat" and named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who looks, at which instant: nobody signed in, or a person with seats.

    ``caucuses``: group → ids of the caucuses whose items the person's seats open.
    """

    at: datetime
    user: int | None = None
    administrator: bool = False
    seats: tuple[Seat, ...] = ()
    caucuses: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def seats_in(self, group: int) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.seats if seat.group == group)

    def audiences(self, group: int) -> frozenset[Audience]:
        """The audiences to which the person belongs in a group."""
        return PUBLIC.union(*(seat.audiences for seat in self.seats_in(group)))

    @property
    def groups(self) -> tuple[int, ...]:
        return tuple(sorted({seat.group for seat in self.seats}))


def sees(viewer: Viewer, item: "Item") -> bool:
    """Whether one item is shown to a viewer: the same rule as ``visible``."""
    if item.release_at is not None and item.release_at <= viewer.at:
        return True
    if item.audience == Audience.CAUCUS:
        return item.caucus_id in viewer.caucuses.get(item.group_id, frozenset())
    addressed = isinstance(item, Addressed) and item.audience in viewer.audiences(item.to_id or 0)
    return addressed or item.audience in viewer.audiences(item.group_id)


def allowed(viewer: Viewer, path: str = "") -> Q:
    """The rule as a condition on rows; ``path`` leads from the row to its item ("meeting__").

    Of items that are addressed to a group it is one half; `addressed` is the other.
    """
    public = Q(**{f"{path}audience": Audience.PUBLIC}) | Q(**{f"{path}release_at__lte": viewer.at})
    for group in viewer.groups:
        own = viewer.audiences(group)
        wider = sorted(one for one in own if one != Audience.PUBLIC)
        if wider:
            public |= Q(**{f"{path}group_id": group, f"{path}audience__in": wider})
        caucuses = sorted(viewer.caucuses.get(group, ()))
        if caucuses:
            named = {f"{path}audience": Audience.CAUCUS, f"{path}caucus_id__in": caucuses}
            public |= Q(**{f"{path}group_id": group}, **named)
    return public


def addressed(viewer: Viewer) -> Q:
    """What is addressed to a viewer's groups: the same audience is meant there."""
    found = Q(pk__in=())
    for group in viewer.groups:
        wider = sorted(one for one in viewer.audiences(group) if one != Audience.PUBLIC)
        if wider:
            found |= Q(to_id=group, audience__in=wider)
    return found


def visible(rows: "QuerySet[Model]", viewer: Viewer, path: str = "") -> "QuerySet[Model]":
    """The rows that a viewer may see, none else: for pages, lists, counts, feeds, exports."""
    if not path and issubclass(rows.model, Addressed):
        return rows.filter(allowed(viewer) | addressed(viewer))
    return rows.filter(allowed(viewer, path))


class Item(models.Model):
    """Anything of a group that somebody reads: it has an audience and may have a release date."""

    group = models.ForeignKey("groups.Group", models.PROTECT, related_name="+")
    audience = models.CharField(
        _("audience"), max_length=12, choices=Audience.choices, default=Audience.MEMBERS
    )
    caucus = models.ForeignKey(
        "groups.Caucus", models.PROTECT, null=True, blank=True, related_name="+"
    )
    release_at = models.DateTimeField(_("released on"), null=True, blank=True)
    created_at = models.DateTimeField(editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(audience=Audience.CAUCUS, caucus__isnull=False)
                | (~Q(audience=Audience.CAUCUS) & Q(caucus__isnull=True)),
                name="%(app_label)s_%(class)s_caucus_named",
            )
        ]


class Addressed(Item):
    """An item that one group may address to another: it is for the same audience in both.

    A caucus has no counterpart elsewhere: what is for a caucus is addressed to nobody.
    """

    to = models.ForeignKey("groups.Group", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Item.Meta):
        abstract = True
