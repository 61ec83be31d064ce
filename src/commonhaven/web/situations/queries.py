"""Situations as a viewer may see them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import OuterRef, QuerySet, Subquery

from commonhaven.situations import Capacity, CohortGroup, difference, read
from commonhaven.situations import Situation as Value
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


Cited = tuple[int | None, str]
"""A source's number in the list of sources and its title; no number where it is not listed."""


def cited(value: Value, *names: str) -> list[Cited]:
    """The sources that are named, by id and with commas between them, in order of the list."""
    listed = {each.id: (number, each.title) for number, each in enumerate(value.sources, 1)}
    wanted = dict.fromkeys(name.strip() for text in names for name in text.split(",") if name)
    found: list[Cited] = [listed.get(name, (None, name)) for name in wanted]
    return sorted(found, key=lambda each: each[0] or len(listed) + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A cohort of a situation with its sources, and those of what it was asked."""

    cohort: CohortGroup
    sources: list[Cited]
    asked: list[Cited]


def cohorts(value: Value) -> list[Told]:
    """The cohorts of a situation, each with its sources."""
    return [
        Told(
            cohort=each, sources=cited(value, each.source, each.ties_source),
            asked=cited(value, each.wishes.source) if each.wishes else [],
        )
        for each in value.cohorts
    ]  # fmt: skip


def capacities(value: Value) -> list[tuple[Capacity, list[Cited]]]:
    """What hosts declared they can receive, each with its source."""
    return [(each, cited(value, each.source)) for each in value.capacities]


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
