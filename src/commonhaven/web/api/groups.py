"""Groups, their members, charters and chairs."""

import json
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

from commonhaven.web.api.asking import (
    Id,
    Limit,
    Line,
    Offset,
    Paged,
    Placed,
    SeatId,
    Slug,
    Text,
    Toml,
    Word,
    acting,
    group_of,
    one_of,
    paged,
    placing_of,
    read,
    write,
)
from commonhaven.web.api.errors import answers
from commonhaven.web.api.middleware import Asked
from commonhaven.web.groups import actions
from commonhaven.web.groups.models import CharterVersion, Membership
from commonhaven.web.groups.queries import (
    chair_on,
    charters_for,
    drafting_shown,
    groups_for,
    members_on,
    version_on,
)
from commonhaven.web.kit.audience import Viewer

router = Router(tags=["groups"])


class GroupShown(Schema):
    """A group that one may know of."""

    slug: str
    name: dict[str, str] = Field(description="Language to name")
    kind: str
    zone: str = Field(description="IANA time zone of its clocks")
    listed: bool = Field(description="Whether the public knows of it")
    demonstration: bool
    created_at: datetime


class GroupFull(GroupShown):
    """A group with its chair and the charter in force today."""

    chair: str | None
    charter: str | None = Field(description="Version of the charter in force")
    charter_id: int | None
    seats: list[int] = Field(description="Your seats in it")


class Member(Schema):
    """A party's place in the group over a period."""

    party: str
    standing: str = Field(description="Tier or role")
    may_convene: bool
    situation: str
    since: date
    until: date | None


class CharterShown(Schema):
    """A version of a charter."""

    id: int
    version: str
    status: str = Field(description="draft, adopted or withdrawn")
    in_force: date
    hash: str
    party: str = Field(description="Who brought it in")
    revision: int
    audience: str
    release_at: datetime | None
    adopted_at: datetime | None


class Comment(Schema):
    """What a party says of a draft."""

    id: int
    party: str
    article: str
    text: str
    revision: int
    said_at: datetime


class Consent(Schema):
    """A party's position on one revision of a draft."""

    party: str
    choice: str
    reference: str = Field(description="The instrument deposited; empty: declared by the party")
    revision: int
    said_at: datetime


class CharterFull(CharterShown):
    """A version with its text, its value, what was said and who consents."""

    toml: str
    value: dict[str, Any]
    comments: list[Comment]
    consents: list[Consent]


class Draft(Placed):
    """A draft to bring in."""

    toml: Toml


class Revision(Schema):
    """A draft's new text; ``revision`` is the one that was read."""

    toml: Toml
    revision: int = Field(ge=1, le=2**31 - 1)


class Remark(Schema):
    """A comment on one article, or on the whole."""

    article: Word = ""
    text: Text


class Stance(Schema):
    """A position on the revision that was read."""

    choice: str = Field(description="yes, no, abstain or objection", max_length=12)
    revision: int = Field(ge=1, le=2**31 - 1)


class Deposit(Schema):
    """An instrument by which a state consents to the revision that was read."""

    party: Word
    reference: Line = Field(description="Reference of the note or instrument that is held")
    revision: int = Field(ge=1, le=2**31 - 1)


def _charter(row: CharterVersion) -> dict[str, Any]:
    return {
        "id": row.pk, "version": row.version, "status": row.status, "in_force": row.in_force,
        "hash": row.digest, "party": row.party, "revision": row.revision,
        "audience": row.audience, "release_at": row.release_at, "adopted_at": row.adopted_at,
    }  # fmt: skip


def _full(row: CharterVersion, viewer: Viewer) -> dict[str, Any]:
    shown = drafting_shown(row, viewer)
    return {
        **_charter(row), "toml": row.toml, "value": json.loads(row.value),
        "comments": list(row.comments.all()) if shown else [],
        "consents": list(row.consents.all()) if shown else [],
    }  # fmt: skip


def charter_in(request: Asked, slug: str, pk: int) -> CharterVersion:
    """One version that the viewer may see."""
    return one_of(charters_for(group_of(request, slug), request.viewer), pk)


@read(router, "/groups", Paged[GroupShown])
def list_groups(request: Asked, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The groups that you may know of: public ones and your own."""
    return paged(groups_for(request.viewer).order_by("slug"), limit, offset, lambda row: row)


@read(router, "/groups/{slug}", GroupFull)
def show_group(request: Asked, slug: Slug) -> Any:
    """One group, with its chair and the charter in force."""
    group = group_of(request, slug)
    version, chair = version_on(group, request.now.date()), chair_on(group, request.now.date())
    return {
        **{name: getattr(group, name) for name in GroupShown.model_fields},
        "chair": chair.party if chair else None, "charter": version.version if version else None,
        "charter_id": version.pk if version else None,
        "seats": [seat.id for seat in request.viewer.seats_in(group.pk)],
    }  # fmt: skip


@read(router, "/groups/{slug}/members", list[Member])
def list_members(request: Asked, slug: Slug, on: date | None = None) -> Any:
    """Who was member or participant on a day, by tier and role; today where none is named."""
    rows: list[Membership] = list(members_on(group_of(request, slug), on or request.now.date()))
    return rows


@read(router, "/groups/{slug}/charters", Paged[CharterShown])
def list_charters(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The versions of the charter that you may see, the newest first."""
    return paged(charters_for(group_of(request, slug), request.viewer), limit, offset, _charter)


@read(router, "/groups/{slug}/charters/{pk}", CharterFull)
def show_charter(request: Asked, slug: Slug, pk: Id) -> Any:
    """One version with its text and value."""
    return _full(charter_in(request, slug, pk), request.viewer)


TOML = {"responses": {200: {"content": {"application/toml": {"schema": {"type": "string"}}}}}}


@router.get("/groups/{slug}/charters/{pk}/charter.toml", response=answers(None), openapi_extra=TOML)
def charter_toml(request: Asked, slug: Slug, pk: Id) -> HttpResponse:
    """The text of one version, as a file."""
    row = charter_in(request, slug, pk)
    return HttpResponse(row.toml, content_type="application/toml; charset=utf-8")


@write(router, "/groups/{slug}/charters", CharterFull, made=True)
def draft_charter(request: Asked, slug: Slug, body: Draft, seat: SeatId = None) -> Any:
    """Bring in a draft charter."""
    group = group_of(request, slug)
    by, placing = acting(request, group, seat), placing_of(body, request, group)
    wide = actions.For(
        audience=placing.audience, caucus=placing.caucus, release_at=placing.release_at
    )
    made = actions.draft_charter(group=group, text=body.toml, by=by, at=request.now, placing=wide)
    return Status(201, _full(made, request.viewer))


@write(router, "/groups/{slug}/charters/{pk}/revise", CharterFull)
def revise_charter(request: Asked, slug: Slug, pk: Id, body: Revision, seat: SeatId = None) -> Any:
    """Change a draft; 409 where somebody else changed it meanwhile."""
    row = charter_in(request, slug, pk)
    by = acting(request, row.group, seat)
    revised = actions.revise_charter(
        charter=row, text=body.toml, revision=body.revision, by=by, at=request.now
    )
    return _full(revised, request.viewer)


@write(router, "/groups/{slug}/charters/{pk}/comments", Comment, made=True)
def comment_on_charter(
    request: Asked, slug: Slug, pk: Id, body: Remark, seat: SeatId = None
) -> Any:
    """Comment on a draft."""
    row = charter_in(request, slug, pk)
    by = acting(request, row.group, seat)
    made = actions.comment(charter=row, article=body.article, text=body.text, by=by, at=request.now)
    return Status(201, made)


@write(router, "/groups/{slug}/charters/{pk}/consents", Consent, made=True)
def consent_to_charter(
    request: Asked, slug: Slug, pk: Id, body: Stance, seat: SeatId = None
) -> Any:
    """Declare your party's position on a draft as it stands."""
    row = charter_in(request, slug, pk)
    by = acting(request, row.group, seat)
    made = actions.consent(
        charter=row, choice=body.choice, revision=body.revision, by=by, at=request.now
    )
    return Status(201, made)


@write(router, "/groups/{slug}/charters/{pk}/deposits", Consent, made=True)
def deposit_consent(request: Asked, slug: Slug, pk: Id, body: Deposit, seat: SeatId = None) -> Any:
    """Record a state's instrument of consent, as depositary: the secretariat or the chair."""
    row = charter_in(request, slug, pk)
    by = acting(request, row.group, seat)
    made = actions.deposit_consent(
        charter=row, party=body.party, reference=body.reference, revision=body.revision, by=by,
        at=request.now,
    )  # fmt: skip
    return Status(201, made)


@write(router, "/groups/{slug}/charters/{pk}/adopt", CharterFull)
def adopt_charter(request: Asked, slug: Slug, pk: Id, seat: SeatId = None) -> Any:
    """Adopt a draft to which all have consented who must."""
    row = charter_in(request, slug, pk)
    by = acting(request, row.group, seat)
    adopted = actions.adopt_charter(charter=row, by=by, at=request.now)
    return _full(adopted, request.viewer)


@write(router, "/groups/{slug}/charters/{pk}/withdraw", CharterShown)
def withdraw_charter(request: Asked, slug: Slug, pk: Id, seat: SeatId = None) -> Any:
    """Withdraw a draft."""
    row = charter_in(request, slug, pk)
    actions.withdraw_charter(charter=row, by=acting(request, row.group, seat), at=request.now)
    row.refresh_from_db()
    return _charter(row)
