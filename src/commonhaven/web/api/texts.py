"""What is said at meetings: agenda, the floor, written interventions."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Query, Router, Schema, Status
from pydantic import Field

from commonhaven.web.api.asking import (
    LARGEST,
    Id,
    Limit,
    Line,
    Offset,
    Paged,
    SeatId,
    Slug,
    Text,
    acting,
    one_of,
    paged,
    read,
    write,
)
from commonhaven.web.api.meetings import meeting_in
from commonhaven.web.api.middleware import Asked
from commonhaven.web.kit.audience import visible
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.models import (
    AgendaItem,
    Intervention,
    Meeting,
)

router = Router(tags=["texts of meetings"])
Language = Field(default="en", pattern="^[a-z]{2,3}(-[a-z]{2,8})?$")
AT = "/groups/{slug}/meetings/{pk}"
Seconds = Annotated[
    int | None,
    Query(ge=1, le=86_400, description="Time given; left out: what the charter gives the party"),
]


class PointShown(Schema):
    """A point of the agenda."""

    id: int
    number: int
    title: str
    note: str
    minutes: int | None
    party: str
    status: str


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


class Written(Schema):
    """A written intervention, on a point of the agenda or on none."""

    text: Text
    language: str = Language
    point: int | None = Field(default=None, ge=1, le=LARGEST)


class Order(Schema):
    """The points of the agenda in their new order."""

    points: list[Annotated[int, Field(ge=1, le=LARGEST)]] = Field(
        max_length=500, description="The id of every point that stands on the agenda"
    )


class Place(Schema):
    """A place in a list."""

    place: int = Field(ge=1, le=10_000, description="1: the first")


class Spoken(Schema):
    """The text of what was said."""

    text: Text
    language: str = Language


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


@write(router, f"{AT}/agenda/order", list[PointShown])
def order_agenda(request: Asked, slug: Slug, pk: Id, body: Order, seat: SeatId = None) -> Any:
    """Put the agenda into an order, as chair or secretariat; every point is named."""
    row = meeting_in(request, slug, pk)
    numbers = {point: place for place, point in enumerate(body.points, 1)}
    by = acting(request, row.group, seat)
    actions.order_items(meeting=row, numbers=numbers, by=by, at=request.now)
    return list(_points(request, row))


@write(router, f"{AT}/agenda/{{point}}/remove", PointShown)
def remove_point(request: Asked, slug: Slug, pk: Id, point: Id, seat: SeatId = None) -> Any:
    """Take a point off the agenda: your own, or any as chair or secretariat."""
    row = meeting_in(request, slug, pk)
    one, by = one_of(_points(request, row), point), acting(request, row.group, seat)
    return actions.remove_item(item=one, by=by, at=request.now)


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


def _one(request: Asked, row: Meeting, pk: int) -> Intervention:
    rows = visible(Intervention.objects.filter(meeting=row), request.viewer)
    return one_of(rows.select_related("meeting", "group"), pk)


@write(router, f"{AT}/interventions/{{speaker}}/text", InterventionShown)
def add_text(
    request: Asked, slug: Slug, pk: Id, speaker: Id, body: Spoken, seat: SeatId = None
) -> Any:
    """Hand in the text of what your party said, or another text in its place."""
    row = meeting_in(request, slug, pk)
    one, by = _one(request, row, speaker), acting(request, row.group, seat)
    return actions.add_text(
        intervention=one, text=body.text, language=body.language, by=by, at=request.now
    )


@write(router, f"{AT}/floor/{{speaker}}/place", InterventionShown)
def place_speaker(
    request: Asked, slug: Slug, pk: Id, speaker: Id, body: Place, seat: SeatId = None
) -> Any:
    """Give a speaker who waits another place on the list, as chair or secretariat."""
    row = meeting_in(request, slug, pk)
    one, by = _one(request, row, speaker), acting(request, row.group, seat)
    actions.place_speaker(intervention=one, place=body.place, by=by, at=request.now)
    return _one(request, row, speaker)


@write(router, f"{AT}/floor/{{speaker}}/{{step}}", InterventionShown)
def run_the_floor(
    request: Asked,
    slug: Slug,
    pk: Id,
    speaker: Id,
    step: Literal["give", "end", "withdraw"],
    seconds: Seconds = None,
    seat: SeatId = None,
) -> Any:
    """Give a speaker the floor, end the speech, or withdraw the request."""
    row = meeting_in(request, slug, pk)
    one, by = _one(request, row, speaker), acting(request, row.group, seat)
    if step == "give":
        return actions.give_floor(intervention=one, seconds=seconds, by=by, at=request.now)
    done = {"end": actions.end_floor, "withdraw": actions.withdraw_request}[step]
    return done(intervention=one, by=by, at=request.now)
