"""Needs, their versions and reviews, and matches with promises."""

import json
from datetime import datetime
from typing import Any, Literal

from ninja import Router, Schema, Status
from pydantic import Field

from commonhaven.commitments import Need as Value
from commonhaven.reading import build
from commonhaven.web.api.asking import (
    LARGEST,
    Id,
    Limit,
    Note,
    Offset,
    Paged,
    Placed,
    SeatId,
    Slug,
    Text,
    Word,
    acting,
    group_of,
    one_of,
    paged,
    placing_of,
    read,
    seen,
    write,
)
from commonhaven.web.api.commitments import Number, Plain, commitment_in, number
from commonhaven.web.api.middleware import Asked
from commonhaven.web.commitments import matches, needs
from commonhaven.web.commitments.models import Match, Need, NeedVersion
from commonhaven.web.commitments.queries import matches_for, needs_for, suggested
from commonhaven.web.situations.models import Situation

router = Router(tags=["needs"])


class NeedShown(Schema):
    """What a party states that it lacks."""

    id: int
    title: str
    party: str
    kind: str
    unit: str
    quantity: str
    covered: str = Field(description="By matches that both sides agreed")
    status: str
    bundle: str = Field(description="The support platform that it is in")
    review: str
    audience: str
    release_at: datetime | None
    created_at: datetime


class VersionShown(Schema):
    """One version of a need."""

    number: int
    party: str
    note: str
    given_at: datetime
    value: Plain


class MatchShown(Schema):
    """So much of a promise for a need."""

    id: int
    commitment: int
    need: int
    party: str
    quantity: str
    covers: str = Field(description="What of it the promise still stands for")
    status: str
    why: str


class Suggested(Schema):
    """A match that would fit, and why."""

    need: int
    commitment: int
    quantity: str
    score: str
    why: list[str]


class Stated(Placed):
    """A need to state, as a draft; ``value`` without id, by and version."""

    value: Plain = Field(description="The need as docs/reference/commitments.md has it")
    situation: int | None = Field(default=None, ge=1, le=LARGEST)
    bundle: Word = ""


class Revised(Schema):
    """A later version; ``after`` is the one that it was made from."""

    value: Plain
    note: Note
    after: int = Field(ge=1, le=2**31 - 1)


class Reviewed(Schema):
    """What a review found."""

    accepted: bool
    found: Text


class Closing(Schema):
    """Why a need is closed."""

    because: Text


class Proposed(Schema):
    """A match to propose."""

    commitment: int = Field(ge=1, le=LARGEST)
    quantity: Number
    why: Text = ""


class Answered(Schema):
    """An answer to a match."""

    answer: Literal["accepted", "declined", "ended"]
    why: Text = ""


def _shown(row: Need) -> Plain:
    return {
        "id": row.pk, "title": row.title, "party": row.party, "kind": row.kind, "unit": row.unit,
        "quantity": number(row.quantity), "covered": number(row.covered), "status": row.status,
        "bundle": row.bundle, "review": row.review, "audience": row.audience,
        "release_at": row.release_at, "created_at": row.created_at,
    }  # fmt: skip


def _version(row: NeedVersion) -> Plain:
    return {
        "number": row.number, "party": row.party, "note": row.note, "given_at": row.given_at,
        "value": json.loads(row.value),
    }  # fmt: skip


def _match(row: Match) -> Plain:
    return {
        "id": row.pk, "commitment": row.commitment_id, "need": row.need_id, "party": row.party,
        "quantity": number(row.quantity), "covers": number(row.covers), "status": row.status,
        "why": row.why,
    }  # fmt: skip


def need_in(request: Asked, slug: str, pk: int) -> Need:
    """One need that the viewer may see."""
    return one_of(needs_for(request.viewer, group_of(request, slug)), pk)


def value_from(given: Plain, party: str) -> Value:
    """The need as it was given; its name, party and version are the platform's."""
    own = {k: v for k, v in given.items() if k not in {"id", "by", "version"}}
    return build(Value, {**own, "id": "new", "by": party}, "value")


@read(router, "/groups/{slug}/needs", Paged[NeedShown])
def list_needs(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The needs that you may see, drafts among them."""
    return paged(needs_for(request.viewer, group_of(request, slug)), limit, offset, _shown)


@read(router, "/groups/{slug}/needs/{pk}", NeedShown)
def show_need(request: Asked, slug: Slug, pk: Id) -> Any:
    """One need."""
    return _shown(need_in(request, slug, pk))


@read(router, "/groups/{slug}/needs/{pk}/versions", Paged[VersionShown])
def list_need_versions(
    request: Asked, slug: Slug, pk: Id, limit: Limit = 50, offset: Offset = 0
) -> Any:
    """Every version of a need, the newest first."""
    rows = need_in(request, slug, pk).versions.order_by("-number")
    return paged(rows, limit, offset, _version)


@read(router, "/groups/{slug}/needs/{pk}/matches", Paged[MatchShown])
def list_matches(request: Asked, slug: Slug, pk: Id, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The matches of a need that you may see."""
    row = need_in(request, slug, pk)
    return paged(matches_for(request.viewer, row.group).filter(need=row), limit, offset, _match)


@read(router, "/groups/{slug}/suggestions", list[Suggested])
def list_suggestions(request: Asked, slug: Slug) -> Any:
    """Which promise would meet which need, all at once, the best fits first."""
    found = suggested(request.viewer, group_of(request, slug))
    return [
        {
            "need": need.pk, "commitment": row.pk, "quantity": number(one.quantity.value),
            "score": number(one.score), "why": list(one.why),
        }
        for need, row, one in found
    ]  # fmt: skip


@write(router, "/groups/{slug}/needs", NeedShown, made=True)
def state_need(request: Asked, slug: Slug, body: Stated, seat: SeatId = None) -> Any:
    """State a need for your party, as a draft."""
    group = group_of(request, slug)
    by, placing = acting(request, group, seat), placing_of(body, request, group)
    situation = None
    if body.situation is not None:
        situation = seen(Situation, request, group, body.situation)
    made = needs.state_need(
        group=group, value=value_from(body.value, by.party), by=by, at=request.now,
        placing=placing, situation=situation, bundle=body.bundle,
    )  # fmt: skip
    return Status(201, _shown(made))


@write(router, "/groups/{slug}/needs/{pk}/versions", VersionShown, made=True)
def revise_need(request: Asked, slug: Slug, pk: Id, body: Revised, seat: SeatId = None) -> Any:
    """Change a need while it is a draft or was returned."""
    row = need_in(request, slug, pk)
    made = needs.revise_need(
        need=row, value=value_from(body.value, row.party), note=body.note, after=body.after,
        by=acting(request, row.group, seat), at=request.now,
    )  # fmt: skip
    return Status(201, _version(made))


@write(router, "/groups/{slug}/needs/{pk}/submit", NeedShown)
def submit_need(request: Asked, slug: Slug, pk: Id, seat: SeatId = None) -> Any:
    """Hand a need in for review; from then on it is locked."""
    row = need_in(request, slug, pk)
    by = acting(request, row.group, seat)
    return _shown(needs.submit_need(need=row, by=by, at=request.now))


@write(router, "/groups/{slug}/needs/{pk}/review", NeedShown)
def review_need(request: Asked, slug: Slug, pk: Id, body: Reviewed, seat: SeatId = None) -> Any:
    """Open a need to promises, or return it to be changed."""
    row = need_in(request, slug, pk)
    by = acting(request, row.group, seat)
    done = needs.review_need(
        need=row, accepted=body.accepted, found=body.found, by=by, at=request.now
    )
    return _shown(done)


@write(router, "/groups/{slug}/needs/{pk}/close", NeedShown)
def close_need(request: Asked, slug: Slug, pk: Id, body: Closing, seat: SeatId = None) -> Any:
    """Close a need that is met or no longer there."""
    row = need_in(request, slug, pk)
    by = acting(request, row.group, seat)
    return _shown(needs.close_need(need=row, because=body.because, by=by, at=request.now))


@write(router, "/groups/{slug}/needs/{pk}/matches", MatchShown, made=True)
def propose_match(request: Asked, slug: Slug, pk: Id, body: Proposed, seat: SeatId = None) -> Any:
    """Propose so much of a promise for a need."""
    row = need_in(request, slug, pk)
    made = matches.propose_match(
        commitment=commitment_in(request, slug, body.commitment), need=row,
        quantity=body.quantity, why=body.why, by=acting(request, row.group, seat),
        at=request.now,
    )  # fmt: skip
    return Status(201, _match(made))


@write(router, "/groups/{slug}/matches/{pk}/answer", MatchShown)
def answer_match(request: Asked, slug: Slug, pk: Id, body: Answered, seat: SeatId = None) -> Any:
    """Accept, decline or end a match."""
    group = group_of(request, slug)
    row = one_of(matches_for(request.viewer, group), pk)
    by = acting(request, group, seat)
    done = matches.answer_match(match=row, kind=body.answer, by=by, at=request.now, why=body.why)
    return _match(done)
