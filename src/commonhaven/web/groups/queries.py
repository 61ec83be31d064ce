"""Groups and charters as a viewer may see them."""

import json
from datetime import date

from django.db.models import Q, QuerySet

from commonhaven.charter import Charter
from commonhaven.charter import read as read_charter
from commonhaven.reading import Problem
from commonhaven.web.groups.models import CharterVersion, Group
from commonhaven.web.kit.audience import Viewer


def groups_for(viewer: Viewer) -> QuerySet[Group]:
    """The groups whose existence a viewer may know: public ones, and those with a seat."""
    return Group.objects.filter(Q(listed=True) | Q(pk__in=viewer.groups))


def group_for(slug: str, viewer: Viewer) -> Group | None:
    """A group by its short name, None where the viewer may not know of it."""
    return groups_for(viewer).filter(slug=slug).first()


def version_on(group: Group, day: date) -> CharterVersion | None:
    """The adopted version in force on a day, None where there is none."""
    adopted = CharterVersion.objects.filter(group=group, status="adopted", in_force__lte=day)
    return adopted.order_by("-in_force", "-pk").first()


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
    return read_charter(json.loads(version.value), f"charter {version.version}")
