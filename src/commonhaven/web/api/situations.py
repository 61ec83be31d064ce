"""Situations and the versions of their figures."""

import json
from datetime import date, datetime
from typing import Any

from ninja import Router, Schema, Status
from pydantic import Field

from commonhaven.web.api.asking import (
    LARGEST,
    Id,
    Limit,
    Note,
    Offset,
    Paged,
    Placed,
    SeatId,
    Slug,
    Toml,
    acting,
    group_of,
    one_of,
    paged,
    placing_of,
    read,
    write,
)
from commonhaven.web.api.middleware import Asked
from commonhaven.web.situations import actions
from commonhaven.web.situations.models import Situation, SituationVersion
from commonhaven.web.situations.queries import situations_for

router = Router(tags=["situations"])


class SituationShown(Schema):
    """A displacement that a group has opened."""

    id: int
    slug: str
    title: str
    party: str = Field(description="Who opened it")
    origin: str = Field(description="State that people flee from")
    people: int = Field(description="People in the last figures")
    day: date = Field(description="Day of the last figures")
    version: int = Field(description="Number of the last figures")
    audience: str
    release_at: datetime | None
    created_at: datetime
    closed_at: datetime | None


class VersionShown(Schema):
    """The figures as one party gave them at one time."""

    number: int
    day: date
    hash: str
    party: str
    note: str
    people: int
    given_at: datetime


class VersionFull(VersionShown):
    """The figures with their text and value."""

    toml: str
    value: dict[str, Any]


class Opened(Placed):
    """A situation to open."""

    toml: Toml


class Revised(Schema):
    """New figures; ``after`` is the version that they were made from."""

    toml: Toml
    note: Note = ""
    after: int | None = Field(default=None, ge=1, le=2**31 - 1)


class Closing(Schema):
    """Why it is closed."""

    because: Note = ""


def _shown(row: Any) -> dict[str, Any]:
    return {
        "id": row.pk, "slug": row.slug, "title": row.title, "party": row.party,
        "origin": row.origin, "people": row.people, "day": row.day, "version": row.number,
        "audience": row.audience, "release_at": row.release_at, "created_at": row.created_at,
        "closed_at": row.closed_at,
    }  # fmt: skip


def _version(row: SituationVersion) -> dict[str, Any]:
    return {
        "number": row.number, "day": row.day, "hash": row.digest, "party": row.party,
        "note": row.note, "people": row.people, "given_at": row.given_at,
    }  # fmt: skip


def _version_full(row: SituationVersion) -> dict[str, Any]:
    return {**_version(row), "toml": row.toml, "value": json.loads(row.value)}


def situation_in(request: Asked, slug: str, pk: int) -> Situation:
    """One situation that the viewer may see, with its last figures."""
    return one_of(situations_for(request.viewer, group_of(request, slug)), pk)


@read(router, "/groups/{slug}/situations", Paged[SituationShown])
def list_situations(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The situations that you may see, the open ones first."""
    rows = situations_for(request.viewer, group_of(request, slug))
    return paged(rows, limit, offset, _shown)


@read(router, "/groups/{slug}/situations/{pk}", SituationShown)
def show_situation(request: Asked, slug: Slug, pk: Id) -> Any:
    """One situation with its last figures in short."""
    return _shown(situation_in(request, slug, pk))


@read(router, "/groups/{slug}/situations/{pk}/versions", Paged[VersionShown])
def list_versions(request: Asked, slug: Slug, pk: Id, limit: Limit = 50, offset: Offset = 0) -> Any:
    """Every version of the figures, the newest first."""
    rows = situation_in(request, slug, pk).versions.order_by("-number")
    return paged(rows, limit, offset, _version)


@read(router, "/groups/{slug}/situations/{pk}/versions/{number}", VersionFull)
def show_version(request: Asked, slug: Slug, pk: Id, number: Id) -> Any:
    """One version of the figures with its text and value."""
    rows = SituationVersion.objects.filter(
        situation=situation_in(request, slug, pk), number=min(number, LARGEST)
    )
    found = rows.values_list("pk", flat=True).first()
    return _version_full(one_of(rows, found or 0))


@write(router, "/groups/{slug}/situations", SituationShown, made=True)
def open_situation(request: Asked, slug: Slug, body: Opened, seat: SeatId = None) -> Any:
    """Open a situation with its first figures, as TOML."""
    group = group_of(request, slug)
    by, placing = acting(request, group, seat), placing_of(body, request, group)
    made = actions.open_situation(
        group=group, toml=body.toml, by=by, at=request.now, placing=placing
    )
    return Status(201, _shown(situation_in(request, slug, made.pk)))


@write(router, "/groups/{slug}/situations/{pk}/versions", VersionFull, made=True)
def revise_situation(request: Asked, slug: Slug, pk: Id, body: Revised, seat: SeatId = None) -> Any:
    """Give new figures; the earlier ones stay."""
    row = situation_in(request, slug, pk)
    made = actions.revise_situation(
        situation=row, toml=body.toml, note=body.note, after=body.after,
        by=acting(request, row.group, seat), at=request.now,
    )  # fmt: skip
    return Status(201, _version_full(made))


@write(router, "/groups/{slug}/situations/{pk}/close", SituationShown)
def close_situation(request: Asked, slug: Slug, pk: Id, body: Closing, seat: SeatId = None) -> Any:
    """Close a situation."""
    row = situation_in(request, slug, pk)
    by = acting(request, row.group, seat)
    actions.close_situation(situation=row, because=body.because, by=by, at=request.now)
    return _shown(situation_in(request, slug, pk))
