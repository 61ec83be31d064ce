"""Decisions, votes, and what each party owes."""

import json
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import QuerySet
from ninja import Router, Schema, Status
from pydantic import Field

from commonhaven.web.api.asking import (
    LARGEST,
    Id,
    Instant,
    Limit,
    Line,
    Note,
    Offset,
    Paged,
    Placed,
    SeatId,
    Slug,
    Text,
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
from commonhaven.web.api.middleware import Asked
from commonhaven.web.api.plans import plan_in
from commonhaven.web.decisions import actions
from commonhaven.web.decisions.models import Decision, Obligation, Vote
from commonhaven.web.decisions.queries import decisions_for, filtered, obligations_of
from commonhaven.web.groups.models import Group
from commonhaven.web.meetings.models import Meeting

router = Router(tags=["decisions"])
Choice = Literal["yes", "no", "abstain", "objection", "not participating"]


class DecisionShown(Schema):
    """A question put to the group."""

    id: int
    number: int
    kind: str
    title: str
    text: str
    meeting: int | None = Field(description="In which it is decided, where you may see it")
    plan: int | None = Field(description="The plan decided on, where you may see it")
    state: str = Field(description="The state that a deduction is for")
    people: int | None
    mode: str
    party: str
    status: str
    closes_at: datetime | None
    decided_at: datetime | None
    audience: str
    release_at: datetime | None
    created_at: datetime


class VoteShown(Schema):
    """One party's vote."""

    party: str
    choice: str
    explanation: str
    cast_at: datetime


class DecisionFull(DecisionShown):
    """A question with its votes and, once closed, the count with its working."""

    votes: list[VoteShown]
    tally: dict[str, Any]


class ObligationShown(Schema):
    """What one party owes because of a decision."""

    id: int
    code: str
    decision: int
    party: str
    kind: str
    what: str
    quantity: str | None
    unit: str
    due: date | None
    counterpart: str
    measured: str
    cite: str
    done_at: datetime | None = Field(description="When the party reported it; no verification")
    done_note: str


class Put(Placed):
    """A question to put."""

    kind: Literal["plan", "charter", "deduction", "other"]
    title: Line
    text: Text = ""
    plan: int | None = Field(default=None, ge=1, le=LARGEST)
    meeting: int | None = Field(default=None, ge=1, le=LARGEST)
    state: str = Field(default="", pattern="^([A-Z]{3})?$")
    people: int | None = Field(default=None, ge=1, le=10**9)
    closes_at: Instant | None = None


class Ballot(Schema):
    """A party's vote."""

    choice: Choice
    explanation: Text = ""


class Done(Schema):
    """What was done, where and when."""

    note: Note


def _shown(row: Decision, request: Asked) -> dict[str, Any]:
    same = (
        "number", "kind", "title", "text", "state", "people", "mode", "party", "status",
        "closes_at", "decided_at", "audience", "release_at", "created_at",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in same}, "id": row.pk,
        "meeting": known(row.meeting, request), "plan": known(row.plan, request),
    }  # fmt: skip


def _full(row: Decision, request: Asked) -> dict[str, Any]:
    votes = list(Vote.objects.filter(decision=row))
    return {**_shown(row, request), "votes": votes, "tally": json.loads(row.tally)}


def _owed(row: Obligation) -> dict[str, Any]:
    same = (
        "code", "party", "kind", "what", "unit", "due", "counterpart", "measured", "cite",
        "done_at", "done_note",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in same}, "id": row.pk, "decision": row.decision_id,
        "quantity": None if row.quantity is None else str(row.quantity),
    }  # fmt: skip


def _rows(request: Asked, group: Group) -> QuerySet[Decision]:
    rows = decisions_for(request.viewer, group).select_related("plan")
    return rows.defer("plan__text", "plan__talks")


def decision_in(request: Asked, slug: str, pk: int) -> Decision:
    """One decision that the viewer may see."""
    return one_of(_rows(request, group_of(request, slug)), pk)


@read(router, "/groups/{slug}/decisions", Paged[DecisionShown])
def list_decisions(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The decisions that you may see, the open ones first."""
    rows = _rows(request, group_of(request, slug))
    return paged(rows, limit, offset, lambda row: _shown(row, request))


@read(router, "/groups/{slug}/decisions/{pk}", DecisionFull)
def show_decision(request: Asked, slug: Slug, pk: Id) -> Any:
    """One decision with its votes and count."""
    return _full(decision_in(request, slug, pk), request)


@write(router, "/groups/{slug}/decisions", DecisionFull, made=True)
def put_decision(request: Asked, slug: Slug, body: Put, seat: SeatId = None) -> Any:
    """Put a question: a plan, a change of the charter, a deduction, or another."""
    group = group_of(request, slug)
    by = acting(request, group, seat)
    question = actions.Question(
        kind=body.kind, title=body.title, text=body.text, state=body.state, people=body.people,
        plan=plan_in(request, slug, body.plan) if body.plan else None, closes_at=body.closes_at,
    )  # fmt: skip
    meeting = seen(Meeting, request, group, body.meeting) if body.meeting else None
    made = actions.put_decision(
        group=group, question=question, meeting=meeting, by=by, at=request.now,
        placing=placing_of(body, request, group),
    )  # fmt: skip
    return Status(201, _full(made, request))


@write(router, "/groups/{slug}/decisions/{pk}/votes", VoteShown)
def cast_vote(request: Asked, slug: Slug, pk: Id, body: Ballot, seat: SeatId = None) -> Any:
    """Vote for your party, or change its vote."""
    row = decision_in(request, slug, pk)
    return actions.cast_vote(
        decision=row, choice=body.choice, explanation=body.explanation,
        by=acting(request, row.group, seat), at=request.now,
    )  # fmt: skip


@write(router, "/groups/{slug}/decisions/{pk}/close", DecisionFull)
def close_decision(request: Asked, slug: Slug, pk: Id, seat: SeatId = None) -> Any:
    """Close the vote and count; an adopted plan becomes obligations."""
    row = decision_in(request, slug, pk)
    by = acting(request, row.group, seat)
    return _full(actions.close_decision(decision=row, by=by, at=request.now), request)


@write(router, "/groups/{slug}/decisions/{pk}/withdraw", DecisionFull)
def withdraw_decision(request: Asked, slug: Slug, pk: Id, seat: SeatId = None) -> Any:
    """Take a question back before it is closed."""
    row = decision_in(request, slug, pk)
    by = acting(request, row.group, seat)
    return _full(actions.withdraw_decision(decision=row, by=by, at=request.now), request)


@write(router, "/groups/{slug}/meetings/{pk}/default", DecisionFull, made=True)
def default_decision(request: Asked, slug: Slug, pk: Id, seat: SeatId = None) -> Any:
    """Record that the rules agreed beforehand apply, where a meeting ended in deadlock."""
    group = group_of(request, slug)
    meeting = seen(Meeting, request, group, pk)
    by = acting(request, group, seat)
    made = actions.default_decision(meeting=meeting, by=by, at=request.now)
    return Status(201, _full(made, request))


@read(router, "/groups/{slug}/obligations", Paged[ObligationShown])
def list_obligations(
    request: Asked,
    slug: Slug,
    party: str = "",
    when: Literal["", "overdue", "soon", "open", "done"] = "",
    limit: Limit = 50,
    offset: Offset = 0,
) -> Any:
    """What is owed, by due date: by one party or by all, overdue, soon due, open or done."""
    group = group_of(request, slug)
    rows = obligations_of(request.viewer, group, party[:120].replace("\0", ""))
    return paged(filtered(rows, when, group.day_of(request.now)), limit, offset, _owed)


@read(router, "/groups/{slug}/obligations/{pk}", ObligationShown)
def show_obligation(request: Asked, slug: Slug, pk: Id) -> Any:
    """One obligation."""
    return _owed(seen(Obligation, request, group_of(request, slug), pk))


@write(router, "/groups/{slug}/obligations/{pk}/done", ObligationShown)
def report_done(request: Asked, slug: Slug, pk: Id, body: Done, seat: SeatId = None) -> Any:
    """Report that something owed is done: your own word, not a verification."""
    row = seen(Obligation, request, group_of(request, slug), pk)
    by = acting(request, row.group, seat)
    return _owed(actions.report_done(obligation=row, note=body.note, by=by, at=request.now))
