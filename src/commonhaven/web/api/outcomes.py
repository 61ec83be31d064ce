"""The outcome document of a meeting by paragraphs, and positions on it."""

from datetime import datetime
from typing import Any, Literal

from django.db.models import Q
from ninja import Router, Schema, Status
from pydantic import Field

from commonhaven.web.api.asking import LARGEST, Id, SeatId, Slug, Text, acting, one_of, read, write
from commonhaven.web.api.meetings import meeting_in
from commonhaven.web.api.middleware import Asked
from commonhaven.web.api.texts import Place
from commonhaven.web.kit.audience import Seat, visible
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.models import (
    Amendment,
    Meeting,
    OutcomeParagraph,
    Position,
)

router = Router(tags=["outcomes of meetings"])
AT = "/groups/{slug}/meetings/{pk}"
Standing = Literal["sponsor", "unsponsor", "withdraw"]


class AmendmentShown(Schema):
    """A change proposed to a paragraph; empty text deletes it."""

    id: int
    party: str
    text: str
    sponsors: list[str]
    status: str
    made_at: datetime


class PositionShown(Schema):
    """What a member holds of the outcome or of one paragraph."""

    id: int
    paragraph: int | None
    party: str
    kind: str
    text: str
    made_at: datetime
    withdrawn_at: datetime | None


class ParagraphShown(Schema):
    """A paragraph of the outcome document with its amendments."""

    id: int
    number: int
    text: str
    party: str
    sponsors: list[str]
    status: str
    amendments: list[AmendmentShown]


class OutcomeShown(Schema):
    """The outcome document, what is held of it, and its hash once adopted."""

    paragraphs: list[ParagraphShown]
    positions: list[PositionShown]
    hash: str | None


class Wording(Schema):
    """A text."""

    text: Text


class Settling(Schema):
    """Whether it is accepted."""

    accept: bool


class Stand(Schema):
    """A position on the outcome, or on one paragraph of it."""

    kind: Literal["objection", "reservation", "explanation"]
    text: Text
    paragraph: int | None = Field(default=None, ge=1, le=LARGEST)


class Adopting(Schema):
    """Number of the decision by which the outcome is adopted; none: by consensus in the room."""

    decision: int | None = Field(default=None, ge=1, le=2**31 - 1)


def _paragraphs(request: Asked, row: Meeting) -> Any:
    rows = visible(OutcomeParagraph.objects.filter(meeting=row), request.viewer)
    return rows.select_related("meeting", "group")


def _position(row: Position) -> dict[str, Any]:
    same = ("party", "kind", "text", "made_at", "withdrawn_at")
    named = {name: getattr(row, name) for name in same}
    return {**named, "id": row.pk, "paragraph": row.paragraph_id}


def _outcome(request: Asked, row: Meeting) -> dict[str, Any]:
    shown = list(_paragraphs(request, row).prefetch_related("amendments"))
    known = {one.pk for one in shown}
    adopted = visible(row.adopted_texts.filter(kind="outcome"), request.viewer).first()
    return {
        "paragraphs": [
            {"id": one.pk, "number": one.number, "text": one.text, "party": one.party,
             "sponsors": one.sponsors, "status": one.status,
             "amendments": list(one.amendments.all())}
            for one in shown
        ],
        "positions": [
            _position(one) for one in row.positions.all()
            if one.paragraph_id is None or one.paragraph_id in known
        ],
        "hash": adopted.digest if adopted else None,
    }  # fmt: skip


@read(router, f"{AT}/outcome", OutcomeShown)
def show_outcome(request: Asked, slug: Slug, pk: Id) -> Any:
    """The outcome document by paragraphs."""
    return _outcome(request, meeting_in(request, slug, pk))


@write(router, f"{AT}/outcome", OutcomeShown, made=True)
def propose_paragraph(
    request: Asked, slug: Slug, pk: Id, body: Wording, seat: SeatId = None
) -> Any:
    """Propose a paragraph."""
    row = meeting_in(request, slug, pk)
    by = acting(request, row.group, seat)
    actions.propose_paragraph(meeting=row, text=body.text, by=by, at=request.now)
    return Status(201, _outcome(request, row))


@write(router, f"{AT}/outcome/{{paragraph}}/amendments", AmendmentShown, made=True)
def amend(
    request: Asked, slug: Slug, pk: Id, paragraph: Id, body: Wording, seat: SeatId = None
) -> Any:
    """Propose a change to a paragraph; an empty text deletes it."""
    row = meeting_in(request, slug, pk)
    one, by = _paragraph(request, row, paragraph), acting(request, row.group, seat)
    return Status(201, actions.amend(paragraph=one, text=body.text, by=by, at=request.now))


@write(router, f"{AT}/amendments/{{amendment}}/settle", AmendmentShown)
def settle_amendment(
    request: Asked, slug: Slug, pk: Id, amendment: Id, body: Settling, seat: SeatId = None
) -> Any:
    """Accept or reject an amendment, as chair or secretariat."""
    row = meeting_in(request, slug, pk)
    one, by = _amendment(request, row, amendment), acting(request, row.group, seat)
    return actions.settle_amendment(amendment=one, accept=body.accept, by=by, at=request.now)


def _paragraph(request: Asked, row: Meeting, pk: int) -> OutcomeParagraph:
    found: OutcomeParagraph = one_of(_paragraphs(request, row), pk)
    return found


def _amendment(request: Asked, row: Meeting, pk: int) -> Amendment:
    rows = Amendment.objects.filter(paragraph__in=_paragraphs(request, row))
    return one_of(rows.select_related("paragraph__meeting__group"), pk)


@write(router, f"{AT}/outcome/{{paragraph}}/place", OutcomeShown)
def place_paragraph(
    request: Asked, slug: Slug, pk: Id, paragraph: Id, body: Place, seat: SeatId = None
) -> Any:
    """Give a paragraph another place in the document, as chair or secretariat."""
    row = meeting_in(request, slug, pk)
    one, by = _paragraph(request, row, paragraph), acting(request, row.group, seat)
    actions.place_paragraph(paragraph=one, place=body.place, by=by, at=request.now)
    return _outcome(request, row)


@write(router, f"{AT}/outcome/{{paragraph}}/{{step}}", OutcomeShown)
def stand_by_paragraph(
    request: Asked, slug: Slug, pk: Id, paragraph: Id, step: Standing, seat: SeatId = None
) -> Any:
    """Sponsor a paragraph, sponsor it no more, or withdraw your own."""
    row = meeting_in(request, slug, pk)
    one, by = _paragraph(request, row, paragraph), acting(request, row.group, seat)
    _stand_by(request, one, step, by)
    return _outcome(request, row)


@write(router, f"{AT}/amendments/{{amendment}}/{{step}}", OutcomeShown)
def stand_by_amendment(
    request: Asked, slug: Slug, pk: Id, amendment: Id, step: Standing, seat: SeatId = None
) -> Any:
    """Sponsor an amendment, sponsor it no more, or withdraw your own."""
    row = meeting_in(request, slug, pk)
    one, by = _amendment(request, row, amendment), acting(request, row.group, seat)
    _stand_by(request, one, step, by)
    return _outcome(request, row)


def _stand_by(request: Asked, what: OutcomeParagraph | Amendment, step: str, by: Seat) -> None:
    if step == "withdraw":
        actions.withdraw_proposal(what=what, by=by, at=request.now)
    else:
        actions.sponsor(what=what, by=by, at=request.now, withdraw=step == "unsponsor")


@write(router, f"{AT}/outcome/adopt", OutcomeShown)
def adopt_outcome(request: Asked, slug: Slug, pk: Id, body: Adopting, seat: SeatId = None) -> Any:
    """Adopt the outcome document; from now on it is fixed."""
    row = meeting_in(request, slug, pk)
    by = acting(request, row.group, seat)
    actions.adopt_outcome(meeting=row, decision=body.decision, by=by, at=request.now)
    return _outcome(request, row)


@write(router, f"{AT}/positions", PositionShown, made=True)
def take_position(request: Asked, slug: Slug, pk: Id, body: Stand, seat: SeatId = None) -> Any:
    """Object, reserve, or explain your position."""
    row = meeting_in(request, slug, pk)
    paragraph = _paragraph(request, row, body.paragraph) if body.paragraph else None
    made = actions.take_position(
        meeting=row, kind=body.kind, text=body.text, paragraph=paragraph,
        by=acting(request, row.group, seat), at=request.now,
    )  # fmt: skip
    return Status(201, _position(made))


@write(router, f"{AT}/positions/{{position}}/withdraw", PositionShown)
def withdraw_position(request: Asked, slug: Slug, pk: Id, position: Id, seat: SeatId = None) -> Any:
    """Withdraw your own objection, reservation or explanation."""
    row = meeting_in(request, slug, pk)
    seen = Q(paragraph=None) | Q(paragraph__in=_paragraphs(request, row))
    one, by = one_of(row.positions.filter(seen), position), acting(request, row.group, seat)
    return _position(actions.withdraw_position(position=one, by=by, at=request.now))
