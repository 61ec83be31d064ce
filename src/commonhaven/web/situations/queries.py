"""Situations as a viewer may see them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import OuterRef, QuerySet, Subquery

from commonhaven.situations import Situation as Value
from commonhaven.situations import difference, read
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Viewer, visible
from commonhaven.web.situations.models import Situation, SituationVersion


def situations_for(viewer: Viewer, group: Group) -> QuerySet[Situation]:
    """The situations of a group that a viewer may see, the open ones first, with last figures."""
    newest = SituationVersion.objects.filter(situation=OuterRef("pk")).order_by("-number")
    return (
        visible(Situation.objects.filter(group=group), viewer)
        .select_related("group", "caucus")
        .annotate(
            people=Subquery(newest.values("people")[:1]),
            origin=Subquery(newest.values("origin")[:1]),
            day=Subquery(newest.values("day")[:1]),
            number=Subquery(newest.values("number")[:1]),
        )
        .order_by("closed_at", "-created_at", "-pk")
    )


def latest(situation: Situation) -> SituationVersion:
    """The version of the figures that stands."""
    return situation.versions.latest("number")


def value_of(version: SituationVersion) -> Value:
    """The figures as a value of the room `situations`."""
    return _read(version.value)


@lru_cache(maxsize=64)
def _read(text: str) -> Value:
    return read(json.loads(text), "situation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A version and what it changed against the one before."""

    version: SituationVersion
    changes: tuple[str, ...]


def history(situation: Situation) -> tuple[Followed, ...]:
    """All versions, the newest first, each with the difference in words."""
    rows = list(situation.versions.order_by("number"))
    before = [None, *rows[:-1]]
    made = [
        Followed(version=row, changes=difference(value_of(old), value_of(row)) if old else ())
        for old, row in zip(before, rows, strict=True)
    ]
    return tuple(reversed(made))


def places(value: Value) -> Mapping[str, int]:
    """State → people there now over all cohorts, the most first."""
    found: dict[str, int] = {}
    for cohort in value.cohorts:
        for state, people in cohort.present.items():
            found[state] = found.get(state, 0) + people
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
