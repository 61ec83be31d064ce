"""Yourself: who you are here, your notices; search and the record."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from ninja import Router, Schema
from pydantic import Field

from commonhaven.record import export_lines
from commonhaven.web.api.asking import (
    Id,
    Limit,
    Offset,
    Paged,
    Slug,
    group_of,
    paged,
    read,
    write,
)
from commonhaven.web.api.errors import answers
from commonhaven.web.api.middleware import Asked
from commonhaven.web.groups.models import Group
from commonhaven.web.notices.actions import mark_all_read, mark_read
from commonhaven.web.notices.queries import notices_for
from commonhaven.web.record.queries import export, head_of
from commonhaven.web.search.queries import Asked as Question
from commonhaven.web.search.queries import hit, search

router = Router(tags=["yourself"])


class SeatShown(Schema):
    """One of your seats."""

    id: int
    group: str
    party: str
    capacity: str
    standing: str
    chair: bool
    accepted: bool = Field(description="Whether your credentials are accepted, so that you may act")


class Me(Schema):
    """Who you are to the API."""

    seats: list[SeatShown]
    scopes: list[str] | None = Field(description="What your token opens; null in a session")
    administrator: bool
    now: datetime


class NoticeShown(Schema):
    """One thing that you were told."""

    id: int
    group: str
    kind: str
    subject: str
    text: str
    to_do: bool = Field(description="Whether it asks something of you")
    due_at: datetime | None
    read_at: datetime | None
    created_at: datetime


class WhichNotices(Schema):
    """The group whose notices are meant; empty: all."""

    group: str = Field(default="", max_length=60)


class MarkedRead(Schema):
    """How many notices were marked as read."""

    read: int


class Hit(Schema):
    """One thing found."""

    kind: str
    title: str
    url: str
    language: str
    excerpt: str = Field(description="The part with the words, marked up as HTML")
    group: str
    dated_at: datetime | None


class HeadShown(Schema):
    """Where a group's record ends: note it, to check later exports against it."""

    group: str
    entries: int
    hash: str


@read(router, "/me", Me, own=True)
def show_me(request: Asked) -> Any:
    """Your seats, and what your token opens."""
    slugs = dict(Group.objects.filter(pk__in=request.viewer.groups).values_list("pk", "slug"))
    seats = [
        {"id": one.id, "group": slugs[one.group], "party": one.party, "capacity": one.capacity,
         "standing": one.standing, "chair": one.chair, "accepted": one.accepted}
        for one in request.viewer.seats
    ]  # fmt: skip
    return {
        "seats": seats, "scopes": request.token.scopes if request.token else None,
        "administrator": request.viewer.administrator,
        "now": request.now.replace(second=0, microsecond=0),
    }  # fmt: skip


def _notice(row: Any) -> dict[str, Any]:
    same = ("kind", "subject", "text", "to_do", "due_at", "read_at", "created_at")
    return {**{name: getattr(row, name) for name in same}, "id": row.pk, "group": row.group.slug}


@read(router, "/notices", Paged[NoticeShown], own=True)
def list_notices(
    request: Asked,
    unread: bool = False,
    limit: Limit = 50,
    offset: Offset = 0,
) -> Any:
    """What you were told, unread first."""
    rows = notices_for(request.viewer)
    rows = rows.filter(read_at__isnull=True) if unread else rows
    return paged(rows, limit, offset, _notice)


@write(router, "/notices/{pk}/read", NoticeShown)
def read_notice(request: Asked, pk: Id) -> Any:
    """Mark a notice as read."""
    return _notice(mark_read(pk=pk, by=request.viewer, at=request.now))


@write(router, "/notices/read", MarkedRead)
def read_all_notices(request: Asked, body: WhichNotices) -> Any:
    """Mark all your notices as read, or those of one group."""
    return {"read": mark_all_read(by=request.viewer, at=request.now, group=body.group)}


@read(router, "/search", Paged[Hit])
def find(
    request: Asked,
    q: str,
    group: str = "",
    kind: str = "",
    since: date | None = None,
    until: date | None = None,
    limit: Limit = 20,
    offset: Offset = 0,
) -> Any:
    """Everything with all the words that you may see, in any language, the best first."""
    asked = Question(
        text=q.replace("\0", " ")[:200], group=group.replace("\0", "")[:60],
        kind=kind.replace("\0", "")[:40], since=since, until=until,
    )  # fmt: skip
    begins = asked.begins

    def shape(row: Any) -> dict[str, Any]:
        one = hit(row, begins)
        return {
            "kind": one.kind, "title": one.title, "url": one.url, "language": one.language,
            "excerpt": str(one.excerpt), "dated_at": one.dated_at,
            "group": one.group.slug if one.group else "",
        }  # fmt: skip

    return paged(search(asked, request.viewer), limit, offset, shape)


@read(router, "/groups/{slug}/record/head", HeadShown)
def record_head(request: Asked, slug: Slug) -> Any:
    """How many entries the record has, and the last hash."""
    group = group_of(request, slug)
    number, last = head_of(group)
    return {"group": group.slug, "entries": number, "hash": last}


LINES = {"responses": {200: {"content": {"application/jsonl": {"schema": {"type": "string"}}}}}}


@router.get("/groups/{slug}/record.jsonl", response=answers(None), openapi_extra=LINES)
def record_export(request: Asked, slug: Slug) -> HttpResponse | StreamingHttpResponse:
    """The record as `commonhaven record verify` checks it; what is not for you is sealed."""
    header, lines = export(group_of(request, slug), request.viewer)
    return StreamingHttpResponse(
        export_lines(header, lines), content_type="application/jsonl; charset=utf-8"
    )
