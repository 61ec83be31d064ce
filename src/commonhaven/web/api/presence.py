"""Who is at a meeting, and by what right: credentials, arriving, leaving."""

from datetime import datetime
from typing import Any

from ninja import Router, Schema, Status

from commonhaven.web.api.asking import (
    Id,
    Line,
    Note,
    SeatId,
    Slug,
    Word,
    acting,
    one_of,
    read,
    write,
)
from commonhaven.web.api.meetings import MeetingFull, full, meeting_in
from commonhaven.web.api.middleware import Asked
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.models import Credential

router = Router(tags=["meetings"])


class CredentialShown(Schema):
    """Who represents a party at a meeting, and whether that was accepted."""

    id: int
    party: str
    reference: str
    presented_at: datetime
    accepted_at: datetime | None
    refused_at: datetime | None
    reason: str


class Reference(Schema):
    """The note or letter that accredits."""

    reference: Line


class Reason(Schema):
    """Why."""

    reason: Note


class Whom(Schema):
    """A party that comes or goes; empty: your own."""

    party: Word = ""


@read(router, "/groups/{slug}/meetings/{pk}/credentials", list[CredentialShown])
def list_credentials(request: Asked, slug: Slug, pk: Id) -> Any:
    """The credentials presented for a meeting."""
    rows: list[Credential] = list(meeting_in(request, slug, pk).credentials.all())
    return rows


@write(router, "/groups/{slug}/meetings/{pk}/credentials", CredentialShown, made=True)
def present_credentials(
    request: Asked, slug: Slug, pk: Id, body: Reference, seat: SeatId = None
) -> Any:
    """Present the note or letter by which you represent your party."""
    row = meeting_in(request, slug, pk)
    by = acting(request, row.group, seat)
    made = actions.present_credentials(meeting=row, reference=body.reference, by=by, at=request.now)
    return Status(201, made)


@write(router, "/groups/{slug}/meetings/{pk}/credentials/{credential}/accept", CredentialShown)
def accept_credential(
    request: Asked, slug: Slug, pk: Id, credential: Id, seat: SeatId = None
) -> Any:
    """Accept credentials, as secretariat or chair."""
    row = meeting_in(request, slug, pk)
    held = one_of(row.credentials.select_related("meeting", "meeting__group"), credential)
    by = acting(request, row.group, seat)
    return actions.accept_credential(credential=held, by=by, at=request.now)


@write(router, "/groups/{slug}/meetings/{pk}/credentials/{credential}/refuse", CredentialShown)
def refuse_credential(
    request: Asked, slug: Slug, pk: Id, credential: Id, body: Reason, seat: SeatId = None
) -> Any:
    """Refuse credentials with a reason, as secretariat or chair."""
    row = meeting_in(request, slug, pk)
    held = one_of(row.credentials.select_related("meeting", "meeting__group"), credential)
    by = acting(request, row.group, seat)
    return actions.refuse_credential(credential=held, reason=body.reason, by=by, at=request.now)


@write(router, "/groups/{slug}/meetings/{pk}/arrive", MeetingFull)
def arrive(request: Asked, slug: Slug, pk: Id, body: Whom, seat: SeatId = None) -> Any:
    """Come into the room, or record as secretariat or chair that a party did."""
    row = meeting_in(request, slug, pk)
    by = acting(request, row.group, seat)
    actions.arrive(meeting=row, party=body.party, by=by, at=request.now)
    return full(meeting_in(request, slug, pk), request)


@write(router, "/groups/{slug}/meetings/{pk}/arrive-all", MeetingFull)
def arrive_all(request: Asked, slug: Slug, pk: Id, seat: SeatId = None) -> Any:
    """Record, as secretariat or chair, that all who have presented credentials are here."""
    row = meeting_in(request, slug, pk)
    by = acting(request, row.group, seat)
    actions.arrive_all(meeting=row, by=by, at=request.now)
    return full(meeting_in(request, slug, pk), request)


@write(router, "/groups/{slug}/meetings/{pk}/leave", MeetingFull)
def leave(request: Asked, slug: Slug, pk: Id, body: Whom, seat: SeatId = None) -> Any:
    """Leave the room, or record as secretariat or chair that a party did."""
    row = meeting_in(request, slug, pk)
    by = acting(request, row.group, seat)
    actions.leave(meeting=row, party=body.party, by=by, at=request.now)
    return full(meeting_in(request, slug, pk), request)
