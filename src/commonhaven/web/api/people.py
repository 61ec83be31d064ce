"""Who acts for whom: seats and their credentials, invitations."""

from datetime import date, datetime
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Router, Schema, Status
from pydantic import Field

from commonhaven.reading import Problem
from commonhaven.web.accounts import actions, policy
from commonhaven.web.accounts.mail import address_of, mailed
from commonhaven.web.accounts.models import Invitation, Seat
from commonhaven.web.accounts.queries import open_invitations, seats_shown
from commonhaven.web.api.asking import (
    Id,
    Limit,
    Note,
    Offset,
    Paged,
    SeatId,
    Slug,
    Word,
    acting,
    group_of,
    one_of,
    paged,
    read,
    write,
)
from commonhaven.web.api.middleware import Asked
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Audience
from commonhaven.web.kit.refused import Refused, Unknown

router = Router(tags=["people"])
AT = "/groups/{slug}/seats"
Capacity = Literal[
    "head of delegation", "delegate", "ministry focal point", "secretariat", "unhcr", "ngo",
    "observer", "analyst", "treasurer", "administrator",
]  # fmt: skip


class SeatOf(Schema):
    """Somebody's seat: for which party, in which capacity, over which period."""

    id: int
    party: str
    capacity: str
    label: str = Field(description="The function that others are shown")
    since: date
    until: date | None
    credentials: str = Field(description="Reference of the note or letter that accredits")
    accepted_at: datetime | None
    refused_at: datetime | None
    reason: str = Field(description="Why the credentials were refused")


class Offered(Schema):
    """An invitation that is open."""

    id: int
    email: str
    label: str
    party: str
    capacity: str
    since: date
    until: date | None
    credentials: str
    expires_at: datetime


class OfferedOnce(Offered):
    """An invitation just made, with its link."""

    link: str | None = Field(
        description="Whoever holds it can take the seat; told once and not kept. Null where the"
        " request carried an Idempotency-Key: that answer is kept, and the link is mailed"
    )


class OfferWish(Schema):
    """The seat to offer, and to whom; ``label``: a function, not a name."""

    email: str = Field(max_length=254)
    label: Word = Field(min_length=1)
    party: Word = Field(min_length=1)
    capacity: Capacity
    since: date
    until: date | None = None
    credentials: str = Field(default="", max_length=200)


class Because(Schema):
    """Why."""

    reason: Note


class LastDay(Schema):
    """The last day of a seat."""

    until: date


def for_members(request: Asked, group: Group) -> None:
    """Unknown for whoever does not see what members see."""
    if Audience.MEMBERS not in request.viewer.audiences(group.pk):
        raise Unknown("there is no such page", fix="See the group.")


def must_run_it(request: Asked, group: Group) -> None:
    """Refused where no seat of the reader's runs the group."""
    for_members(request, group)
    seats = request.viewer.seats_in(group.pk)
    if not any(policy.runs(seat) for seat in seats):
        raise Refused("only the secretariat and the chair read this", fix="Ask one of them.")


def no_kept_link(request: Asked) -> None:
    """Problem where nobody would learn of the link: with a key it is not told, only mailed."""
    if request.headers.get("Idempotency-Key") and not mailed():
        fix = "Send it without one; an invitation whose answer was lost is withdrawn."
        said = "the answer to a key is kept, a link is not, and this installation sends no mail"
        raise Problem(said, where="Idempotency-Key", fix=fix)


def told_once(request: Asked, made: Invitation, token: str) -> dict[str, Any]:
    """An invitation just made, with its link where the answer is not kept."""
    keyed = request.headers.get("Idempotency-Key")
    return {**_offered(made), "link": None if keyed else address_of(token)}


def checked_email(text: str) -> str:
    """An address to which mail can be sent."""
    try:
        validate_email(text.strip())
    except ValidationError:
        fix = "Write one, such as office@example.org."
        raise Problem("this is no e-mail address", where="email", fix=fix) from None
    return text.strip()


def _offered(row: Invitation) -> dict[str, Any]:
    same = ("email", "label", "party", "capacity", "since", "until", "credentials", "expires_at")
    return {**{name: getattr(row, name) for name in same}, "id": row.pk}


def _shown(row: Seat) -> dict[str, Any]:
    same = (
        "party", "capacity", "since", "until", "credentials", "accepted_at", "refused_at", "reason"
    )  # fmt: skip
    named = {name: getattr(row, name) for name in same}
    return {**named, "id": row.pk, "label": row.user.label}


def _seat(group: Group, pk: int) -> Seat:
    return one_of(Seat.objects.filter(group=group).select_related("user"), pk)


@read(router, AT, Paged[SeatOf])
def list_seats(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The seats that hold today or later, for whoever sees what members see."""
    group = group_of(request, slug)
    for_members(request, group)
    return paged(seats_shown(group, request.now.date()), limit, offset, _shown)


@write(router, f"{AT}/{{held}}/accept", SeatOf)
def accept_credentials(request: Asked, slug: Slug, held: Id, seat: SeatId = None) -> Any:
    """Accept the credentials of a seat, as secretariat or chair."""
    group = group_of(request, slug)
    for_members(request, group)
    by, row = acting(request, group, seat), _seat(group, held)
    actions.accept_credentials(seat=row, by=by, at=request.now)
    return _shown(_seat(group, held))


@write(router, f"{AT}/{{held}}/refuse", SeatOf)
def refuse_credentials(
    request: Asked, slug: Slug, held: Id, body: Because, seat: SeatId = None
) -> Any:
    """Refuse the credentials of a seat with a reason, as secretariat or chair."""
    group = group_of(request, slug)
    for_members(request, group)
    by, row = acting(request, group, seat), _seat(group, held)
    actions.refuse_credentials(seat=row, reason=body.reason, by=by, at=request.now)
    return _shown(_seat(group, held))


@write(router, f"{AT}/{{held}}/end", SeatOf)
def end_seat(request: Asked, slug: Slug, held: Id, body: LastDay, seat: SeatId = None) -> Any:
    """Name the last day of a seat: of your own, or as secretariat or chair of another's."""
    group = group_of(request, slug)
    own = any(one.id == held for one in request.viewer.seats_in(group.pk))
    if not own:
        for_members(request, group)
    by = acting(request, group, seat or (held if own else None))
    actions.end_seat(seat=_seat(group, held), until=body.until, by=by, at=request.now)
    return _shown(_seat(group, held))


@read(router, "/groups/{slug}/invitations", Paged[Offered], own=True)
def list_invitations(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The invitations that can still be accepted, for the secretariat and the chair."""
    group = group_of(request, slug)
    must_run_it(request, group)
    return paged(open_invitations(group, request.now), limit, offset, _offered)


@write(router, "/groups/{slug}/invitations", OfferedOnce, made=True)
def invite(request: Asked, slug: Slug, body: OfferWish, seat: SeatId = None) -> Any:
    """Offer a seat, as secretariat or chair; the link is mailed where mail is set up."""
    group = group_of(request, slug)
    for_members(request, group)
    by = acting(request, group, seat)
    no_kept_link(request)
    email = checked_email(body.email)
    offer = actions.Offer(**{**body.model_dump(), "email": email, "party": body.party.strip()})
    made, token = actions.invite(group=group, offer=offer, by=by, at=request.now)
    return Status(201, told_once(request, made, token))


@write(router, "/groups/{slug}/invitations/{offer}/withdraw", Offered)
def withdraw_invitation(request: Asked, slug: Slug, offer: Id, seat: SeatId = None) -> Any:
    """Take back an invitation that nobody has accepted."""
    group = group_of(request, slug)
    for_members(request, group)
    by = acting(request, group, seat)
    policy.must_run(by)
    row = one_of(Invitation.objects.filter(group=group), offer)
    actions.withdraw_invitation(invitation=row, by=by, at=request.now)
    return _offered(row)
