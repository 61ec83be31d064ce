"""Setting up a group, its settings, its caucuses."""

from typing import Any, Literal

from ninja import Router, Schema, Status
from pydantic import Field

from commonhaven.web.api.asking import (
    SLUG,
    Line,
    SeatId,
    Slug,
    Word,
    acting,
    group_of,
    read,
    write,
)
from commonhaven.web.api.groups import GroupShown
from commonhaven.web.api.groups import router as groups
from commonhaven.web.api.middleware import Asked
from commonhaven.web.api.people import (
    OfferedOnce,
    checked_email,
    for_members,
    no_kept_link,
    told_once,
)
from commonhaven.web.groups import actions, policy
from commonhaven.web.groups.models import Caucus

router = Router(tags=["groups"])


class CaucusShown(Schema):
    """Parties that confer among themselves."""

    id: int
    name: str
    parties: list[str]


class CaucusWish(Schema):
    """A caucus to form."""

    name: str = Field(min_length=1, max_length=120)
    parties: list[Word] = Field(min_length=1, max_length=300)


class Settings(Schema):
    """How a group counts days, and whether the public knows of it."""

    zone: str = Field(max_length=60, description="IANA time zone of its clocks")
    listed: bool


class GroupWish(Schema):
    """A group to set up, and its first secretariat."""

    slug: str = Field(pattern=SLUG)
    name: Line
    kind: Literal["interest-convergence group", "regional consultative process", "forum"] = (
        "interest-convergence group"
    )
    zone: str = Field(default="UTC", max_length=60, description="IANA time zone of its clocks")
    listed: bool = True
    party: Word = Field(min_length=1, description="The party that runs the secretariat")
    email: str = Field(max_length=254, description="Whom its first seat is offered to")
    label: Word = Field(min_length=1, description="A function that others are shown; no name")


class GroupMade(Schema):
    """A group just set up, with the invitation of its first secretariat."""

    group: GroupShown
    invitation: OfferedOnce


@write(groups, "/groups", GroupMade, made=True)  # beside the list: an address has one router
def create_group(request: Asked, body: GroupWish) -> Any:
    """Set up a group and offer its first secretariat a seat, as administrator of the platform."""
    policy.must_administer(request.viewer)
    no_kept_link(request)
    frame = actions.Frame(
        slug=body.slug, name=body.name, kind=body.kind, zone=body.zone, listed=body.listed
    )
    group, offered, token = actions.create_group(
        frame=frame, email=checked_email(body.email), party=body.party.strip(), label=body.label,
        by=request.viewer, at=request.now,
    )  # fmt: skip
    return Status(201, {"group": group, "invitation": told_once(request, offered, token)})


@write(router, "/groups/{slug}/settings", GroupShown)
def change_settings(request: Asked, slug: Slug, body: Settings, seat: SeatId = None) -> Any:
    """Change the zone in which a group counts days, and whether the public knows of it."""
    group = group_of(request, slug)
    by = acting(request, group, seat)
    actions.set_frame(group=group, zone=body.zone, listed=body.listed, by=by, at=request.now)
    group.refresh_from_db()
    return group


@read(router, "/groups/{slug}/caucuses", list[CaucusShown])
def list_caucuses(request: Asked, slug: Slug) -> Any:
    """The caucuses of which your party is one."""
    group = group_of(request, slug)
    own = request.viewer.caucuses.get(group.pk, frozenset())
    return list(Caucus.objects.filter(group=group, pk__in=own).order_by("name"))


@write(router, "/groups/{slug}/caucuses", CaucusShown, made=True)
def form_caucus(request: Asked, slug: Slug, body: CaucusWish, seat: SeatId = None) -> Any:
    """Let parties confer among themselves; nobody else learns that they do."""
    group = group_of(request, slug)
    for_members(request, group)
    made = actions.make_caucus(
        group=group, name=body.name, parties=tuple(body.parties),
        by=acting(request, group, seat), at=request.now,
    )  # fmt: skip
    return Status(201, made)
