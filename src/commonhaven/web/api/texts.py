"""What is said at meetings and laid before them: agenda, documents, the floor."""

from datetime import datetime
from typing import Any, Literal

from ninja import Router, Schema, Status
from pydantic import Field

from commonhaven.web.api.asking import (
    LARGEST,
    Id,
    Limit,
    Line,
    Offset,
    Paged,
    Placed,
    SeatId,
    Slug,
    Text,
    acting,
    one_of,
    paged,
    placing_of,
    read,
    write,
)
from commonhaven.web.api.meetings import meeting_in
from commonhaven.web.api.middleware import Asked
from commonhaven.web.kit.audience import visible
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.models import (
    AgendaItem,
    Document,
    Intervention,
    Meeting,
)

router = Router(tags=["texts of meetings"])
Language = Field(default="en", pattern="^[a-z]{2,3}(-[a-z]{2,8})?$")
AT = "/groups/{slug}/meetings/{pk}"


class PointShown(Schema):
    """A point of the agenda."""

    id: int
    number: int
    title: str
    note: str
    minutes: int | None
    party: str
    status: str


class DocumentShown(Schema):
    """A document; a file handed in with it is read on its page."""

    id: int
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


class InterventionShown(Schema):
    """What a participant says, in the room or in writing."""

    id: int
    party: str
    kind: str
    form: str
    language: str
    text: str
    seconds: int
    started_at: datetime | None
    ended_at: datetime | None
    withdrawn_at: datetime | None
    created_at: datetime


class PointWish(Schema):
    """A point for the agenda."""

    title: Line
    note: Text = ""
    minutes: int | None = Field(default=None, ge=1, le=1440)


class Paper(Placed):
    """A document to hand in, as text; without a symbol the next one is given."""

    title: Line
    symbol: str = Field(default="", max_length=60)
    language: str = Language
    text: Text


class Written(Schema):
    """A written intervention, on a point of the agenda or on none."""

    text: Text
    language: str = Language
    point: int | None = Field(default=None, ge=1, le=LARGEST)


class Asking(Schema):
    """A point on which the floor is asked for."""

    point: int | None = Field(default=None, ge=1, le=LARGEST)


def _points(request: Asked, row: Meeting) -> Any:
    return visible(AgendaItem.objects.filter(meeting=row), request.viewer)


def _point(request: Asked, row: Meeting, pk: int | None) -> AgendaItem | None:
    return one_of(_points(request, row), pk) if pk else None


@read(router, f"{AT}/agenda", list[PointShown])
def list_agenda(request: Asked, slug: Slug, pk: Id) -> Any:
    """The agenda, in order."""
    return list(_points(request, meeting_in(request, slug, pk)))


@write(router, f"{AT}/agenda", PointShown, made=True)
def propose_point(request: Asked, slug: Slug, pk: Id, body: PointWish, seat: SeatId = None) -> Any:
    """Propose a point for the agenda."""
    row = meeting_in(request, slug, pk)
    made = actions.propose_item(
        meeting=row, title=body.title, note_text=body.note, minutes=body.minutes,
        by=acting(request, row.group, seat), at=request.now,
    )  # fmt: skip
    return Status(201, made)


@write(router, f"{AT}/agenda/adopt", list[PointShown])
def adopt_agenda(request: Asked, slug: Slug, pk: Id, seat: SeatId = None) -> Any:
    """Adopt the agenda."""
    row = meeting_in(request, slug, pk)
    actions.adopt_agenda(meeting=row, by=acting(request, row.group, seat), at=request.now)
    return list(_points(request, row))


@read(router, f"{AT}/documents", Paged[DocumentShown])
def list_documents(
    request: Asked, slug: Slug, pk: Id, limit: Limit = 50, offset: Offset = 0
) -> Any:
    """The documents of a meeting that you may see, every language and version."""
    rows = Document.objects.filter(meeting=meeting_in(request, slug, pk))
    return paged(visible(rows, request.viewer), limit, offset, lambda row: row)


@write(router, f"{AT}/documents", DocumentShown, made=True)
def submit_document(request: Asked, slug: Slug, pk: Id, body: Paper, seat: SeatId = None) -> Any:
    """Hand in a document as text."""
    row = meeting_in(request, slug, pk)
    paper = actions.Paper(
        title=body.title, symbol=body.symbol, language=body.language, text=body.text
    )
    made = actions.submit_document(
        group=row.group, meeting=row, paper=paper, placing=placing_of(body, request, row.group),
        by=acting(request, row.group, seat), at=request.now,
    )  # fmt: skip
    return Status(201, made)


@read(router, f"{AT}/interventions", Paged[InterventionShown])
def list_interventions(
    request: Asked, slug: Slug, pk: Id, limit: Limit = 50, offset: Offset = 0
) -> Any:
    """The speakers' list and what was said, in order."""
    rows = Intervention.objects.filter(meeting=meeting_in(request, slug, pk))
    return paged(visible(rows, request.viewer), limit, offset, lambda row: row)


@write(router, f"{AT}/interventions", InterventionShown, made=True)
def intervene(request: Asked, slug: Slug, pk: Id, body: Written, seat: SeatId = None) -> Any:
    """Say something in writing."""
    row = meeting_in(request, slug, pk)
    words = actions.Words(
        text=body.text, language=body.language, item=_point(request, row, body.point)
    )
    by = acting(request, row.group, seat)
    made = actions.intervene_in_writing(meeting=row, words=words, by=by, at=request.now)
    return Status(201, made)


@write(router, f"{AT}/floor", InterventionShown, made=True)
def ask_for_the_floor(request: Asked, slug: Slug, pk: Id, body: Asking, seat: SeatId = None) -> Any:
    """Ask for the floor."""
    row = meeting_in(request, slug, pk)
    by, item = acting(request, row.group, seat), _point(request, row, body.point)
    made = actions.ask_for_the_floor(meeting=row, item=item, by=by, at=request.now)
    return Status(201, made)


@write(router, f"{AT}/floor/{{speaker}}/{{step}}", InterventionShown)
def run_the_floor(
    request: Asked,
    slug: Slug,
    pk: Id,
    speaker: Id,
    step: Literal["give", "end", "withdraw"],
    seat: SeatId = None,
) -> Any:
    """Give a speaker the floor, end the speech, or withdraw the request."""
    row = meeting_in(request, slug, pk)
    rows = visible(Intervention.objects.filter(meeting=row), request.viewer)
    one, by = one_of(rows, speaker), acting(request, row.group, seat)
    steps = {
        "give": actions.give_floor, "end": actions.end_floor,
        "withdraw": actions.withdraw_request,
    }  # fmt: skip
    return steps[step](intervention=one, by=by, at=request.now)
