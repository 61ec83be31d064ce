"""Promises and the steps that they take."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from commonhaven.commitments import Act, ActKind, Book, askings
from commonhaven.commitments import Commitment as Value
from commonhaven.reading import build, decimal_text, dump
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
from commonhaven.web.api.middleware import Asked
from commonhaven.web.commitments import actions
from commonhaven.web.commitments.models import Commitment, Step
from commonhaven.web.commitments.queries import commitments_for, stairs, told_anew
from commonhaven.web.commitments.values import book_of, value_of
from commonhaven.web.decisions.models import Obligation
from commonhaven.web.kit.audience import visible
from commonhaven.web.situations.models import Situation

router = Router(tags=["promises"])
Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,20}(\.[0-9]{1,3})?$")]
Plain = dict[str, Any]


class ShareShown(Schema):
    """One giver's part of a promise, and how far each part of it has come."""

    giver: str
    stage: str
    promised: str
    announced: str = Field(description="Part of no total of help given")
    committed: str
    delivered: str
    received: str
    verified: str
    withdrawn: str
    released: str
    disputed: str


class CommitmentShown(Schema):
    """A promise with its shares."""

    id: int
    title: str
    kind: str
    unit: str
    party: str = Field(description="Who entered it")
    ends: date | None
    situation: int | None
    obligation: int | None
    audience: str
    release_at: datetime | None
    created_at: datetime
    shares: list[ShareShown]


class TransferShown(Schema):
    """One delivery from hand to hand."""

    id: str
    giver: str
    sender: str
    receiver: str
    at: datetime
    first: bool
    delivered: str
    received: str
    verified: str
    passed_on: str
    disputed: str


class DisputeShown(Schema):
    """A doubt, and how it ended."""

    id: str
    transfer: str
    level: str
    quantity: str
    by: str
    at: datetime
    due: datetime
    replied_at: datetime | None
    ended: str
    ended_at: datetime | None


class DueShown(Schema):
    """What is missing of an instalment."""

    instalment: str
    giver: str
    due: date
    first_due: date
    missing: str
    step: str


class CommitmentFull(CommitmentShown):
    """A promise with its terms, deliveries, disputes and what is missing."""

    value: Plain = Field(description="The promise as docs/reference/commitments.md has it")
    transfers: list[TransferShown]
    disputes: list[DisputeShown]
    missing: list[DueShown]


class StepShown(Schema):
    """One step that was taken."""

    number: int
    kind: str
    party: str
    capacity: str
    at: datetime
    value: Plain


class Promised(Placed):
    """A promise to enter; your party announces its own share with it."""

    value: Plain = Field(description="The promise as docs/reference/commitments.md has it")
    situation: int | None = Field(default=None, ge=1, le=LARGEST)
    obligation: int | None = Field(default=None, ge=1, le=LARGEST)


class EvidenceGiven(Schema):
    """What a step rests on: a document, never a person."""

    what: Line
    where: Word = ""


class DrawGiven(Schema):
    """From which delivery something is passed on."""

    transfer: Word
    quantity: Number


class Taken(Schema):
    """A step; which fields it needs follows from its kind: docs/reference/commitments.md."""

    kind: ActKind
    giver: Word = ""
    quantity: Number | None = None
    of: Word = ""
    to: Word = ""
    draws: list[DrawGiven] = Field(default=[], max_length=50)
    evidence: list[EvidenceGiven] = Field(default=[], max_length=20)
    says: Text = ""
    decision: Word = ""
    outcome: Literal["upheld", "dropped"] | None = None
    condition: Word = ""
    instalment: Word = ""
    until: date | None = None


class StepOfStairs(Schema):
    """What lies between two of the four numbers."""

    reason: str
    change: str
    decision: str


class StairsShown(Schema):
    """One party's four numbers under a decision's duties of a kind."""

    decision: int
    kind: str
    unit: str
    party: str
    fair_share: str
    pledged: str
    after_deductions: str
    delivered: str
    received: str
    verified: str
    steps: list[StepOfStairs]


AMOUNTS = ("promised", "announced", "committed", "delivered", "received", "verified", "withdrawn",
           "released", "disputed")  # fmt: skip


def _shown(row: Commitment) -> Plain:
    return {
        "id": row.pk, "title": row.title, "kind": row.kind, "unit": row.unit, "party": row.party,
        "ends": row.ends, "situation": row.situation_id, "obligation": row.obligation_id,
        "audience": row.audience, "release_at": row.release_at, "created_at": row.created_at,
        "shares": [
            {"giver": s.giver, "stage": s.stage, **{n: number(getattr(s, n)) for n in AMOUNTS}}
            for s in row.shares.all()
        ],
    }  # fmt: skip


def number(value: Any) -> str:
    """An exact number as text, with no digits that say nothing."""
    text = decimal_text(value, 4) if hasattr(value, "numerator") else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


NONE = 0
"""A number that no row has: an empty list would ask no question."""


def known(rows: Sequence[Commitment], request: Asked) -> list[Plain]:
    """Promises without the numbers of what the reader may not see; as many queries for any."""
    shown = [_shown(row) for row in rows]
    for name, table in (("situation", Situation.objects), ("obligation", Obligation.objects)):
        named = table.filter(pk__in={NONE, *(one[name] for one in shown if one[name])})
        seen = {row.pk for row in visible(named.only("pk"), request.viewer)}
        for one in shown:
            one[name] = one[name] if one[name] in seen else None
    return shown


def commitment_in(request: Asked, slug: str, pk: int) -> Commitment:
    """One promise that the viewer may see."""
    row = one_of(commitments_for(request.viewer, group_of(request, slug)), pk)
    told_anew([row], row.group, request.now)
    return row


def _full(row: Commitment, request: Asked) -> Plain:
    found = book_of([row], row.group, request.now)
    return {
        **known([row], request)[0], "value": dump(value_of(row)), **_moves(found),
        "missing": [
            {
                "instalment": one.due.instalment, "giver": one.due.giver, "due": one.due.due,
                "first_due": one.due.first_due, "missing": number(one.missing.value),
                "step": one.step,
            }
            for one in askings(found, row.group.day_of(request.now))
        ],
    }  # fmt: skip


def _moves(found: Book) -> Plain:
    levels = ("delivered", "received", "verified", "passed_on", "disputed")
    return {
        "transfers": [
            {"id": t.id, "giver": t.giver, "sender": t.sender, "receiver": t.receiver, "at": t.at,
             "first": t.first, **{n: number(getattr(t, n).value) for n in levels}}
            for t in found.transfers
        ],
        "disputes": [
            {"id": d.id, "transfer": d.transfer, "level": d.level, "by": d.by, "at": d.at,
             "quantity": number(d.quantity.value), "due": d.due, "replied_at": d.replied_at,
             "ended": d.ended, "ended_at": d.ended_at}
            for d in found.disputes
        ],
    }  # fmt: skip


def _step(row: Step) -> Plain:
    return {
        "number": row.number, "kind": row.kind, "party": row.party, "capacity": row.capacity,
        "at": row.at, "value": json.loads(row.value),
    }  # fmt: skip


@read(router, "/groups/{slug}/commitments", Paged[CommitmentShown])
def list_commitments(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The promises that you may see, the newest first."""
    group = group_of(request, slug)
    rows = commitments_for(request.viewer, group)
    found = paged(rows, limit, offset, lambda row: row)
    told_anew(found["items"], group, request.now)
    return {**found, "items": known(found["items"], request)}


@read(router, "/groups/{slug}/commitments/{pk}", CommitmentFull)
def show_commitment(request: Asked, slug: Slug, pk: Id) -> Any:
    """One promise: its terms, from hand to hand, disputes, what is missing."""
    return _full(commitment_in(request, slug, pk), request)


@read(router, "/groups/{slug}/commitments/{pk}/steps", Paged[StepShown])
def list_steps(request: Asked, slug: Slug, pk: Id, limit: Limit = 50, offset: Offset = 0) -> Any:
    """Every step of a promise, the first first."""
    return paged(commitment_in(request, slug, pk).steps.all(), limit, offset, _step)


@read(router, "/groups/{slug}/staircase", list[StairsShown])
def show_staircase(request: Asked, slug: Slug) -> Any:
    """The four numbers of every party under every adopted decision that you may see."""
    found = stairs(request.viewer, group_of(request, slug), request.now.date())
    return [
        {
            "decision": one.decision.pk, "kind": one.kind, "unit": row.unit, "party": row.state,
            **{n: number(getattr(row, n)) for n in ("fair_share", "pledged", "after_deductions",
                                                    "delivered", "received", "verified")},
            "steps": [
                {"reason": s.reason, "change": number(s.change), "decision": s.decision}
                for s in (*row.to_pledged, *row.to_after, *row.to_delivered)
            ],
        }
        for one in found
        for row in one.each
    ]  # fmt: skip


@write(router, "/groups/{slug}/commitments", CommitmentFull, made=True)
def promise(request: Asked, slug: Slug, body: Promised, seat: SeatId = None) -> Any:
    """Enter a promise; your party announces its own share, partners announce theirs."""
    group = group_of(request, slug)
    by, placing = acting(request, group, seat), placing_of(body, request, group)
    value = build(Value, {"id": "new", **body.value}, "value")
    situation = obligation = None
    if body.situation is not None:
        situation = seen(Situation, request, group, body.situation)
    if body.obligation is not None:
        obligation = seen(Obligation, request, group, body.obligation)
    made = actions.promise(
        group=group, value=value, by=by, at=request.now, placing=placing, situation=situation,
        obligation=obligation,
    )  # fmt: skip
    return Status(201, _full(commitment_in(request, slug, made.pk), request))


@write(router, "/groups/{slug}/commitments/{pk}/steps", StepShown, made=True)
def take_step(request: Asked, slug: Slug, pk: Id, body: Taken, seat: SeatId = None) -> Any:
    """Take one step of a promise."""
    row = commitment_in(request, slug, pk)
    by = acting(request, row.group, seat)
    given = {k: v for k, v in body.dict().items() if v not in (None, "", [])}
    frame = {"id": "new", "commitment": "new", "at": request.now, "by": by.party}
    act = build(Act, {**given, **frame}, "body")
    fields = {name: getattr(act, name) for name in given if name != "kind"}
    made = actions.step(commitment=row, by=by, at=request.now, kind=act.kind, **fields)
    return Status(201, _step(made))
