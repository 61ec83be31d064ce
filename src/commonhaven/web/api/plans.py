"""Plans: computed, tabled, moved by offers, with opinions."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import Field

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
    known,
    one_of,
    paged,
    placing_of,
    read,
    seen,
    write,
)
from commonhaven.web.api.errors import answers
from commonhaven.web.api.groups import charter_in
from commonhaven.web.api.middleware import Asked
from commonhaven.web.api.situations import situation_in
from commonhaven.web.kit.audience import visible
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.plans import actions
from commonhaven.web.plans.models import Opinion, Plan
from commonhaven.web.plans.moves import Wish, make_move
from commonhaven.web.plans.queries import plans_for, talks_of

router = Router(tags=["plans"])
Number = Field(default=None, ge=1, le=2**31 - 1)


class PlanShown(Schema):
    """A plan in short."""

    id: int
    number: int
    title: str
    purpose: str = Field(description="plan, draft or comparison; only the first can be tabled")
    situation: int
    meeting: int | None = Field(description="Before which it lies, where you may see it")
    party: str
    rule: str
    status: str
    hash: str = Field(description="Hash of its manifest")
    people: int
    placed: int
    unplaced: int
    total_cost: str
    currency: str
    after: int | None = Field(description="The plan that a move made this one from")
    tabled_by: str
    tabled_at: datetime | None
    audience: str
    release_at: datetime | None
    created_at: datetime


class OpinionShown(Schema):
    """What a participant holds of a plan."""

    id: int
    party: str
    finding: str
    text: str
    created_at: datetime


class MoveShown(Schema):
    """One move in the talks."""

    plan: int = Field(description="The plan that it led to")
    number: int
    state: str
    kind: str
    people: int | None
    money: str | None
    withdraws: int | None
    answers: int | None
    decision: int | None
    reason: str
    made_at: datetime


class PlanFull(PlanShown):
    """A plan with the moves that led to it and the opinions on it."""

    moves: list[MoveShown]
    opinions: list[OpinionShown]


class ComputeWish(Placed):
    """The plan to compute: of a situation's last figures, under the charter in force.

    ``charter``: a draft, for a dry look; ``rule``: another rule, for comparison.
    """

    situation: int = Field(ge=1, le=LARGEST)
    charter: int | None = Field(default=None, ge=1, le=LARGEST)
    rule: Word = ""
    title: str = Field(default="", max_length=200)


class Tabling(Schema):
    """The meeting before which a plan is laid."""

    meeting: int = Field(ge=1, le=LARGEST)


class MoveWish(Schema):
    """A state's move; it is always of the seat's own state."""

    kind: str = Field(
        max_length=20, description="offer people, offer money, opt out, deduction or withdraw"
    )
    people: int | None = Field(default=None, ge=0, le=10**9)
    money: Decimal | None = Field(
        default=None, ge=0, max_digits=16, decimal_places=2, description="A year, in the plan's"
        " currency",
    )  # fmt: skip
    withdraws: int | None = Number
    answers: int | None = Number
    decision: int | None = Number
    reason: Note = ""


class OpinionWish(Schema):
    """An opinion on a plan."""

    finding: Literal["compatible", "compatible with conditions", "objection"]
    text: Text


def _shown(row: Plan, request: Asked) -> dict[str, Any]:
    same = (
        "number", "title", "purpose", "party", "rule", "status", "people", "placed", "unplaced",
        "currency", "tabled_by", "tabled_at", "audience", "release_at", "created_at",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in same}, "id": row.pk, "hash": row.name,
        "situation": row.situation_id, "meeting": known(row.meeting, request),
        "after": row.after_id, "total_cost": str(row.total_cost),
    }  # fmt: skip


def _move(row: Plan) -> dict[str, Any]:
    move = row.move
    same = (
        "number", "state", "kind", "people", "withdraws", "answers", "decision", "reason",
        "made_at",
    )  # fmt: skip
    money = None if move.money is None else str(move.money)
    return {**{name: getattr(move, name) for name in same}, "plan": row.pk, "money": money}


def _full(row: Plan, request: Asked) -> dict[str, Any]:
    said = visible(Opinion.objects.filter(plan=row), request.viewer)
    steps = [each for each in talks_of(row) if each.after_id is not None]
    return {
        **_shown(row, request),
        "moves": [_move(each) for each in steps],
        "opinions": list(said),
    }


def plan_in(request: Asked, slug: str, pk: int) -> Plan:
    """One plan that the viewer may see."""
    return one_of(plans_for(request.viewer, group_of(request, slug)), pk)


@read(router, "/groups/{slug}/plans", Paged[PlanShown])
def list_plans(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The plans that you may see, the newest first."""
    rows = plans_for(request.viewer, group_of(request, slug))
    return paged(rows, limit, offset, lambda row: _shown(row, request))


@read(router, "/groups/{slug}/plans/{pk}", PlanFull)
def show_plan(request: Asked, slug: Slug, pk: Id) -> Any:
    """One plan with its moves and opinions; its working is in plan.json."""
    return _full(plan_in(request, slug, pk), request)


JSON = {"responses": {200: {"content": {"application/json": {"schema": {"type": "object"}}}}}}


@router.get("/groups/{slug}/plans/{pk}/plan.json", response=answers(None), openapi_extra=JSON)
def plan_json(request: Asked, slug: Slug, pk: Id) -> HttpResponse:
    """The plan byte for byte as `commonhaven verify` computes it again."""
    text = plan_in(request, slug, pk).text
    return HttpResponse(text, content_type="application/json; charset=utf-8")


@write(router, "/groups/{slug}/plans", PlanShown, made=True)
def compute_plan(request: Asked, slug: Slug, body: ComputeWish, seat: SeatId = None) -> Any:
    """Compute a plan."""
    group = group_of(request, slug)
    made = actions.compute_plan(
        group=group, situation=situation_in(request, slug, body.situation),
        by=acting(request, group, seat), at=request.now, placing=placing_of(body, request, group),
        charter=charter_in(request, slug, body.charter) if body.charter else None,
        rule=body.rule, title=body.title,
    )  # fmt: skip
    return Status(201, _shown(made, request))


@write(router, "/groups/{slug}/plans/{pk}/table", PlanShown)
def table_plan(request: Asked, slug: Slug, pk: Id, body: Tabling, seat: SeatId = None) -> Any:
    """Lay a plan before a meeting."""
    row = plan_in(request, slug, pk)
    meeting = seen(Meeting, request, row.group, body.meeting)
    by = acting(request, row.group, seat)
    made = actions.table_plan(plan=row, meeting=meeting, by=by, at=request.now)
    return _shown(made, request)


@write(router, "/groups/{slug}/plans/{pk}/withdraw", PlanShown)
def withdraw_plan(request: Asked, slug: Slug, pk: Id, seat: SeatId = None) -> Any:
    """Take a tabled plan back."""
    row = plan_in(request, slug, pk)
    by = acting(request, row.group, seat)
    return _shown(actions.withdraw_plan(plan=row, by=by, at=request.now), request)


@write(router, "/groups/{slug}/plans/{pk}/moves", PlanFull, made=True)
def move_on_plan(request: Asked, slug: Slug, pk: Id, body: MoveWish, seat: SeatId = None) -> Any:
    """Offer, opt out, deduct or withdraw; the answer is the plan that follows."""
    row = plan_in(request, slug, pk)
    wish = Wish(**body.model_dump())
    made = make_move(plan=row, wish=wish, by=acting(request, row.group, seat), at=request.now)
    return Status(201, _full(made, request))


@write(router, "/groups/{slug}/plans/{pk}/ask-opinion", PlanShown)
def ask_opinion(request: Asked, slug: Slug, pk: Id, seat: SeatId = None) -> Any:
    """Ask UNHCR for its opinion on a tabled plan."""
    row = plan_in(request, slug, pk)
    actions.ask_opinion(plan=row, by=acting(request, row.group, seat), at=request.now)
    return _shown(row, request)


@write(router, "/groups/{slug}/plans/{pk}/note-no-opinion", PlanShown)
def note_no_opinion(request: Asked, slug: Slug, pk: Id, seat: SeatId = None) -> Any:
    """Put on record that UNHCR was asked and gave no opinion in time."""
    row = plan_in(request, slug, pk)
    actions.note_no_opinion(plan=row, by=acting(request, row.group, seat), at=request.now)
    return _shown(row, request)


@write(router, "/groups/{slug}/plans/{pk}/opinions", OpinionShown, made=True)
def give_opinion(request: Asked, slug: Slug, pk: Id, body: OpinionWish, seat: SeatId = None) -> Any:
    """Give an opinion on a plan."""
    row = plan_in(request, slug, pk)
    made = actions.give_opinion(
        plan=row, finding=body.finding, text=body.text, by=acting(request, row.group, seat),
        at=request.now,
    )  # fmt: skip
    return Status(201, made)
