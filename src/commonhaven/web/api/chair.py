"""The chair: terms, handing over, the pack that goes with it."""

import json
from datetime import date, datetime
from typing import Any

from ninja import Router, Schema, Status
from pydantic import Field

from commonhaven.reading import canonical
from commonhaven.web.api.asking import Id, SeatId, Slug, Word, acting, group_of, one_of, read, write
from commonhaven.web.api.middleware import Asked
from commonhaven.web.api.people import for_members, must_run_it
from commonhaven.web.groups import actions
from commonhaven.web.groups.chairing import pack_of
from commonhaven.web.groups.models import ChairTerm
from commonhaven.web.groups.queries import chair_on

router = Router(tags=["chair"])
AT = "/groups/{slug}/chair"


class TermShown(Schema):
    """A party's term in the chair."""

    id: int
    party: str
    since: date
    until: date | None
    handed_over_at: datetime | None = Field(description="When it ended with a pack")


class ChairShown(Schema):
    """Who holds the chair today, and every term, the latest first."""

    chair: str | None
    terms: list[TermShown]


class TermWish(Schema):
    """A term to begin on a day."""

    party: Word
    since: date
    until: date | None = None


class Following(Schema):
    """Who takes over tomorrow."""

    party: Word
    until: date | None = None


@read(router, AT, ChairShown)
def show_chair(request: Asked, slug: Slug) -> Any:
    """Who holds the chair, who did, who will."""
    group = group_of(request, slug)
    now = chair_on(group, request.now.date())
    terms = list(ChairTerm.objects.filter(group=group))
    return {"chair": now.party if now else None, "terms": terms}


@write(router, AT, TermShown, made=True)
def seat_chair(request: Asked, slug: Slug, body: TermWish, seat: SeatId = None) -> Any:
    """Name the party that takes the chair over a period, as secretariat or chair."""
    group = group_of(request, slug)
    made = actions.seat_chair(
        group=group, party=body.party, since=body.since, until=body.until,
        by=acting(request, group, seat), at=request.now,
    )  # fmt: skip
    return Status(201, made)


@write(router, f"{AT}/hand-over", TermShown, made=True)
def hand_over_chair(request: Asked, slug: Slug, body: Following, seat: SeatId = None) -> Any:
    """Hand the chair over with the pack as it stands; the answer is the term that follows."""
    group = group_of(request, slug)
    for_members(request, group)
    by = acting(request, group, seat)
    made = actions.hand_over(group=group, party=body.party, until=body.until, by=by, at=request.now)
    return Status(201, made)


@read(router, f"{AT}/pack", dict[str, Any], own=True)
def chair_pack(request: Asked, slug: Slug) -> Any:
    """What the chair would pass on now, for the secretariat and the chair."""
    group = group_of(request, slug)
    must_run_it(request, group)
    pack = json.loads(canonical(pack_of(group, request.now)))
    del pack["at"]  # the instant of asking: with it, no answer would be the same twice
    return pack


@read(router, f"{AT}/{{term}}/pack", dict[str, Any], own=True)
def kept_chair_pack(request: Asked, slug: Slug, term: Id) -> Any:
    """The pack as it was handed over at the end of a term, for the secretariat and the chair."""
    group = group_of(request, slug)
    must_run_it(request, group)
    ended = ChairTerm.objects.filter(group=group, handed_over_at__isnull=False)
    return json.loads(one_of(ended, term).pack)
