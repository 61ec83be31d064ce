"""Funds: their state, books, requests, statements, and acts on them."""

import json
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Path, Router, Schema, Status
from pydantic import Field, StringConstraints

from commonhaven.commitments.fund import FundActKind, FundState, statement
from commonhaven.commitments.fund.file import ActTable
from commonhaven.costs.money import from_minor_units
from commonhaven.reading import build
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
    write,
)
from commonhaven.web.api.commitments import Plain
from commonhaven.web.api.middleware import Asked
from commonhaven.web.funds import actions
from commonhaven.web.funds.models import Fund, FundStep
from commonhaven.web.funds.naming import called_on
from commonhaven.web.funds.values import file_of, state_of
from commonhaven.web.kit.audience import visible
from commonhaven.web.kit.refused import Unknown

router = Router(tags=["funds"])
Number = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,18}(\.[0-9]{1,8})?$")]
Currency = Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")]
Year = Annotated[int, Path(ge=1950, le=2199)]
Party = Annotated[str, Path(max_length=120)]


class FundShown(Schema):
    """A fund in short."""

    id: int
    kind: str
    title: str
    currency: str
    audience: str
    release_at: datetime | None
    created_at: datetime


class RequestShown(Schema):
    """A request to a fund and how far it has come."""

    id: str
    by: str
    what: str
    stage: str
    asked: str
    released: str
    granted: str
    paid: str
    confirmed: str
    spent: str
    returned: str


class FundFull(FundShown):
    """A fund with what is there, what may be granted, and its requests."""

    cash: str
    target: str | None
    announced: str = Field(description="Part of no sum")
    signed: str
    owed_by_parties: str
    owed_to_requests: str
    authority: str = Field(description="What may still be granted")
    requests: list[RequestShown]


class EntryShown(Schema):
    """One line of the books: debits above nought, credits below."""

    act: str
    at: datetime
    what: str
    account: str
    amount: str


class StatementShown(Schema):
    """One party's account over a year."""

    party: str
    year: int
    opening: str
    called: str
    signed: str
    lifted: str
    received: str
    closing: str


class ActShown(Schema):
    """One act on a fund."""

    number: int
    kind: str
    party: str
    capacity: str
    at: datetime
    value: Plain


class Opened(Placed):
    """A fund to open."""

    kind: Literal["standing", "incentive", "budget"]
    title: Line
    currency: Currency


class Basis(Schema):
    """What target and budget rest on: a line each, year; what; amount."""

    claims: Text = ""
    last_year: int | None = Field(default=None, ge=1950, le=2199)
    budget: Text = ""


class RateGiven(Schema):
    """The rate by which a payment was converted."""

    value: Number
    on: date
    source: Line


class Acted(Schema):
    """An act; which fields it needs follows from its kind: docs/reference/fund.md."""

    kind: FundActKind
    amount: Number | None = None
    original: Number | None = None
    currency: Currency | None = None
    rate: RateGiven | None = None
    party: Word = ""
    new_party: bool = Field(
        default=False, description="The party may be one that nobody knows yet: its account begins"
    )
    shares: dict[Word, Number] = Field(default={}, max_length=250)
    request: Word = ""
    due: date | None = None
    year: int | None = Field(default=None, ge=1950, le=2199)
    meeting: int | None = Field(
        default=None, ge=1, le=LARGEST, description="The meeting that was called on what is asked"
    )
    decision: Word = ""
    says: Text = ""
    evidence: Word = ""


def _shown(row: Fund) -> Plain:
    return {
        "id": row.pk, "kind": row.kind, "title": row.title, "currency": row.currency,
        "audience": row.audience, "release_at": row.release_at, "created_at": row.created_at,
    }  # fmt: skip


SUMS = ("cash", "announced", "signed", "owed_by_parties", "owed_to_requests", "authority")
PARTS = ("asked", "released", "granted", "paid", "confirmed", "spent", "returned")


def _full(row: Fund, state: FundState) -> Plain:
    target = file_of(row).target()
    return {
        **_shown(row), **{name: f"{getattr(state, name).amount:f}" for name in SUMS},
        "target": f"{target.amount.amount:f}" if target else None,
        "requests": [
            {"id": r.id, "by": r.by, "what": r.what, "stage": r.stage,
             **{name: f"{getattr(r, name).amount:f}" for name in PARTS}}
            for r in state.requests
        ],
    }  # fmt: skip


def _act(row: FundStep) -> Plain:
    return {
        "number": row.number, "kind": row.kind, "party": row.party, "capacity": row.capacity,
        "at": row.at, "value": json.loads(row.value),
    }  # fmt: skip


def fund_in(request: Asked, slug: str, pk: int) -> Fund:
    """One fund that the viewer may see."""
    group = group_of(request, slug)
    rows = visible(Fund.objects.filter(group=group), request.viewer)
    return one_of(rows.select_related("group"), pk)


@read(router, "/groups/{slug}/funds", Paged[FundShown])
def list_funds(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The funds that you may see."""
    rows = visible(Fund.objects.filter(group=group_of(request, slug)), request.viewer)
    return paged(rows, limit, offset, _shown)


@read(router, "/groups/{slug}/funds/{pk}", FundFull)
def show_fund(request: Asked, slug: Slug, pk: Id) -> Any:
    """One fund: what is there, what may be granted, what is asked of it."""
    row = fund_in(request, slug, pk)
    return _full(row, state_of(row, request.now))


@read(router, "/groups/{slug}/funds/{pk}/entries", Paged[EntryShown])
def list_fund_entries(
    request: Asked, slug: Slug, pk: Id, limit: Limit = 50, offset: Offset = 0
) -> Any:
    """Every line of the books, the first first; their amounts add up to nought."""
    row = fund_in(request, slug, pk)
    lines = [
        {"act": e.act, "at": e.at, "what": e.what, "account": str(account),
         "amount": f"{from_minor_units(units, row.currency).amount:f}"}
        for e in state_of(row, request.now).entries
        for account, units in e.units.items()
    ]  # fmt: skip
    return paged(lines, limit, offset, lambda line: line)


@read(router, "/groups/{slug}/funds/{pk}/acts", Paged[ActShown])
def list_fund_acts(
    request: Asked, slug: Slug, pk: Id, limit: Limit = 50, offset: Offset = 0
) -> Any:
    """Every act on a fund, the first first."""
    return paged(fund_in(request, slug, pk).steps.all(), limit, offset, _act)


@read(router, "/groups/{slug}/funds/{pk}/statements/{year}/{path:party}", StatementShown)
def show_statement(request: Asked, slug: Slug, pk: Id, year: Year, party: Party) -> Any:
    """One party's account with a fund over a year."""
    state = state_of(fund_in(request, slug, pk), request.now)
    if party not in state.parties:
        raise Unknown("there is no such statement", fix="Name a party of the fund's entries.")
    one = statement(state, party, year)
    names = ("opening", "called", "signed", "lifted", "received", "closing")
    return {"party": party, "year": year, **{n: f"{getattr(one, n).amount:f}" for n in names}}


@write(router, "/groups/{slug}/funds", FundShown, made=True)
def open_fund(request: Asked, slug: Slug, body: Opened, seat: SeatId = None) -> Any:
    """Open a fund."""
    group = group_of(request, slug)
    by, placing = acting(request, group, seat), placing_of(body, request, group)
    made = actions.open_fund(
        group=group, kind=body.kind, title=body.title, currency=body.currency, by=by,
        at=request.now, placing=placing,
    )  # fmt: skip
    return Status(201, _shown(made))


@write(router, "/groups/{slug}/funds/{pk}/basis", FundShown)
def set_basis(request: Asked, slug: Slug, pk: Id, body: Basis, seat: SeatId = None) -> Any:
    """Say on which claims the target rests, and what the budget is."""
    row = fund_in(request, slug, pk)
    done = actions.set_basis(
        fund=row, claims=body.claims, last_year=body.last_year, budget=body.budget,
        by=acting(request, row.group, seat), at=request.now,
    )  # fmt: skip
    return _shown(done)


@write(router, "/groups/{slug}/funds/{pk}/acts", ActShown, made=True)
def act_on(request: Asked, slug: Slug, pk: Id, body: Acted, seat: SeatId = None) -> Any:
    """One act on a fund."""
    row = fund_in(request, slug, pk)
    by = acting(request, row.group, seat)
    given = {k: v for k, v in body.dict().items() if v not in (None, "", {})}
    frame = {"id": "new", "at": request.now, "by": by.party}
    new_party, called = given.pop("new_party"), given.pop("meeting", None)
    if called is not None:
        frame["convened"] = one_of(called_on(row, request.viewer), called).created_at
    table = build(ActTable, {**given, **frame}, "body")
    fields = {name: getattr(table, name) for name in (*given, "convened") if name != "kind"}
    made = actions.act_on(
        fund=row, kind=table.kind, by=by, at=request.now, new_party=new_party, **fields
    )
    return Status(201, _act(made))
