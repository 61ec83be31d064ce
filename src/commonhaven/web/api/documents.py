"""Documents, with their files and versions; texts as adopted; what makes an item public."""

import base64
import binascii
import io
import json
from datetime import datetime
from typing import Annotated, Any

from django.db.models import Case, F, QuerySet, When
from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from commonhaven.reading import Problem
from commonhaven.web.api.asking import (
    Id,
    Instant,
    Limit,
    Line,
    Offset,
    Paged,
    Placed,
    SeatId,
    Slug,
    acting,
    group_of,
    one_of,
    paged,
    placing_of,
    read,
    write,
)
from commonhaven.web.api.errors import answers
from commonhaven.web.api.meetings import MeetingFull, full, meeting_in
from commonhaven.web.api.middleware import Asked
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import allowed, visible
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.files import LIMIT, kept
from commonhaven.web.meetings.models import AdoptedText, Document, Meeting

router = Router(tags=["documents"])
Language = Field(default="en", pattern="^[a-z]{2,3}(-[a-z]{2,8})?$")
AT = "/groups/{slug}/documents"
Pages = Annotated[str, StringConstraints(max_length=200_000)]
INLINE = 4 * -(-LIMIT // 3)
"""Letters that the largest file has in base64."""


class DocumentShown(Schema):
    """A document; a file handed in with it is read at its own address."""

    id: int
    meeting: int | None = Field(description="The meeting that it is for, where you may see it")
    symbol: str
    title: str
    language: str
    text: str
    version: int
    party: str
    file_name: str
    size: int
    file: str = Field(description="SHA-256 of the file")
    audience: str
    release_at: datetime | None
    created_at: datetime


class TextShown(Schema):
    """An outcome document or a summary record as adopted."""

    id: int
    meeting: int | None = Field(description="The meeting that adopted it, where you may see it")
    kind: str = Field(description="outcome or summary")
    hash: str = Field(description="SHA-256 of the value in canonical JSON")
    value: dict[str, Any]
    decision: int | None = Field(description="Number of the decision; null: by consensus")
    audience: str
    release_at: datetime | None
    created_at: datetime


class Handed(Schema):
    """A file to hand in."""

    name: Line
    base64: str = Field(max_length=INLINE, description=f"What is in it: at most {LIMIT} bytes")


class Version(Schema):
    """A new version of a document, in the same language or another: a text, a file, or both."""

    title: Line
    language: str = Language
    text: Pages = ""
    file: Handed | None = None


class Paper(Version, Placed):
    """A document to hand in; without a symbol the next one is given."""

    symbol: str = Field(default="", max_length=60)


class Release(Schema):
    """From when something is public; what is public stays so."""

    when: Instant | None = Field(default=None, description="Left out: now")


def _paper(body: Version, symbol: str = "") -> actions.Paper:
    file = body.file
    return actions.Paper(
        title=body.title, symbol=symbol, language=body.language, text=body.text,
        file=io.BytesIO(bytes_of(file.base64)) if file else None,
        file_name=file.name if file else "",
    )  # fmt: skip


def bytes_of(text: str) -> bytes:
    """What a text in base64 holds. Problem where it is none."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        fix = "Write it in the alphabet of RFC 4648, section 4, with padding and without breaks."
        raise Problem("the file is not in base64", where="file.base64", fix=fix) from None


def _documents(request: Asked, group: Group) -> QuerySet[Any]:
    return _with_meeting(visible(Document.objects.filter(group=group), request.viewer), request)


def _texts(request: Asked, group: Group) -> QuerySet[Any]:
    return _with_meeting(visible(AdoptedText.objects.filter(group=group), request.viewer), request)


def _with_meeting(rows: QuerySet[Any], request: Asked) -> QuerySet[Any]:
    """Each with the meeting that it is of; none where the viewer may not see that one."""
    known = When(allowed(request.viewer, "meeting__"), then=F("meeting_id"))
    rows = rows.select_related("group", "meeting", "caucus")
    found: QuerySet[Any] = rows.annotate(known=Case(known))
    return found


def document_in(request: Asked, slug: str, pk: int) -> Any:
    """One document that the viewer may see."""
    return one_of(_documents(request, group_of(request, slug)), pk)


def _shown(row: Any, meeting: int | None) -> dict[str, Any]:
    same = (
        "symbol", "title", "language", "text", "version", "party", "file_name", "size", "file",
        "audience", "release_at", "created_at",
    )  # fmt: skip
    return {**{name: getattr(row, name) for name in same}, "id": row.pk, "meeting": meeting}


def text_shown(row: AdoptedText, meeting: int | None) -> dict[str, Any]:
    """An adopted text as the API shows it."""
    same = ("kind", "decision", "audience", "release_at", "created_at")
    return {
        **{name: getattr(row, name) for name in same}, "id": row.pk, "meeting": meeting,
        "hash": row.digest, "value": json.loads(row.value),
    }  # fmt: skip


def _text(row: Any) -> dict[str, Any]:
    return text_shown(row, row.known)


def _submit(
    request: Asked, group: Group, meeting: Meeting | None, body: Paper, seat: int | None
) -> Any:
    by, placing = acting(request, group, seat), placing_of(body, request, group)
    made = actions.submit_document(
        group=group, meeting=meeting, paper=_paper(body, body.symbol), placing=placing, by=by,
        at=request.now,
    )  # fmt: skip
    return Status(201, _shown(made, made.meeting_id))


@read(router, AT, Paged[DocumentShown])
def list_all_documents(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """All documents of a group that you may see, every language and version."""
    rows = _documents(request, group_of(request, slug))
    return paged(rows, limit, offset, lambda row: _shown(row, row.known))


@write(router, AT, DocumentShown, made=True)
def submit_to_group(request: Asked, slug: Slug, body: Paper, seat: SeatId = None) -> Any:
    """Hand in a document that belongs to no meeting: a text, a file, or both."""
    return _submit(request, group_of(request, slug), None, body, seat)


@read(router, f"{AT}/{{pk}}", DocumentShown)
def show_document(request: Asked, slug: Slug, pk: Id) -> Any:
    """One document in one version."""
    row = document_in(request, slug, pk)
    return _shown(row, row.known)


FILE = {
    "responses": {
        200: {
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            }
        }
    }
}


@router.get(f"{AT}/{{pk}}/file", response=answers(None), openapi_extra=FILE)
def document_file(request: Asked, slug: Slug, pk: Id) -> HttpResponse:
    """The file of a document, byte for byte as it was handed in."""
    row = document_in(request, slug, pk)
    path = kept(row.file) if row.file else None
    if path is None or not path.exists():
        raise Unknown("there is no such file", fix="See the document.")
    found = HttpResponse(path.read_bytes(), content_type="application/octet-stream")
    found["Content-Disposition"] = content_disposition_header(True, row.file_name)  # noqa: FBT003
    return found


@write(router, f"{AT}/{{pk}}/versions", DocumentShown, made=True)
def submit_version(request: Asked, slug: Slug, pk: Id, body: Version, seat: SeatId = None) -> Any:
    """Hand in a new version; the earlier ones stay."""
    row = document_in(request, slug, pk)
    by = acting(request, row.group, seat)
    made = actions.new_version(document=row, paper=_paper(body), by=by, at=request.now)
    return Status(201, _shown(made, row.known))


@write(router, f"{AT}/{{pk}}/release", DocumentShown)
def release_document(request: Asked, slug: Slug, pk: Id, body: Release, seat: SeatId = None) -> Any:
    """Make a document public, now or from an instant on."""
    row = document_in(request, slug, pk)
    _release(request, row, body, seat)
    return _shown(row, row.known)


@read(router, "/groups/{slug}/meetings/{pk}/documents", Paged[DocumentShown])
def list_documents(
    request: Asked, slug: Slug, pk: Id, limit: Limit = 50, offset: Offset = 0
) -> Any:
    """The documents of a meeting that you may see, every language and version."""
    meeting = meeting_in(request, slug, pk)
    rows = _documents(request, meeting.group).filter(meeting=meeting)
    return paged(rows, limit, offset, lambda row: _shown(row, row.known))


@write(router, "/groups/{slug}/meetings/{pk}/documents", DocumentShown, made=True)
def submit_document(request: Asked, slug: Slug, pk: Id, body: Paper, seat: SeatId = None) -> Any:
    """Hand in a document for a meeting: a text, a file, or both."""
    meeting = meeting_in(request, slug, pk)
    return _submit(request, meeting.group, meeting, body, seat)


@write(router, "/groups/{slug}/meetings/{pk}/release", MeetingFull)
def release_meeting(request: Asked, slug: Slug, pk: Id, body: Release, seat: SeatId = None) -> Any:
    """Make a meeting and its agenda public, now or from an instant on."""
    _release(request, meeting_in(request, slug, pk), body, seat)
    return full(meeting_in(request, slug, pk), request)


@read(router, "/groups/{slug}/texts", Paged[TextShown])
def list_texts(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The outcome documents and summary records as adopted that you may see."""
    return paged(_texts(request, group_of(request, slug)), limit, offset, _text)


@read(router, "/groups/{slug}/texts/{pk}", TextShown)
def show_text(request: Asked, slug: Slug, pk: Id) -> Any:
    """One text as adopted, with its hash."""
    return _text(one_of(_texts(request, group_of(request, slug)), pk))


@write(router, "/groups/{slug}/texts/{pk}/release", TextShown)
def release_text(request: Asked, slug: Slug, pk: Id, body: Release, seat: SeatId = None) -> Any:
    """Make an adopted text public, now or from an instant on."""
    row = one_of(_texts(request, group_of(request, slug)), pk)
    _release(request, row, body, seat)
    return _text(row)


def _release(
    request: Asked, item: Document | AdoptedText | Meeting, body: Release, seat: int | None
) -> None:
    by = acting(request, item.group, seat)
    actions.release(item=item, when=body.when or request.now, by=by, at=request.now)
