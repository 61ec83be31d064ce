"""Files of flows: taken in and out, their sums, the flows behind them; promises as files."""

from datetime import datetime
from io import BytesIO
from typing import Annotated, Any, Literal

from django.core.files.base import File
from django.http.response import HttpResponseBase
from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from commonhaven.exchange import BadFile, Transaction
from commonhaven.exchange.totals import named
from commonhaven.reading import Problem
from commonhaven.web.api.asking import (
    Id,
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
    one_of,
    paged,
    placing_of,
    read,
    write,
)
from commonhaven.web.api.documents import FILE, Handed, bytes_of
from commonhaven.web.api.errors import answers
from commonhaven.web.api.middleware import Asked
from commonhaven.web.flows import actions, policy, queries
from commonhaven.web.flows.giving import as_file, promises_as
from commonhaven.web.flows.models import FlowFile
from commonhaven.web.flows.queries import COLUMNS, SORTS, Wanted, column
from commonhaven.web.flows.staging import stage
from commonhaven.web.flows.views import lying
from commonhaven.web.kit import clock

router = Router(tags=["flows"])
AT = "/groups/{slug}/flow-files"
TOLD = 200
"""Mistakes of a file that an answer tells."""
By = Literal["year", "provider", "provider-type", "provider-country", "kind"]


class Narrowed(Schema):
    """Which flows of a file."""

    currency: str = Field(
        "", pattern="^([A-Z]{3})?$", description="Sums: the commonest one unless said"
    )
    year: int | None = Field(None, ge=1, le=9999)
    provider: str | None = Field(None, max_length=2000, description="A giver by its name")
    stage: Literal["", "announced", "committed", "delivered", "received", "passed_on", "other"] = ""

    def wanted(self, **more: Any) -> Wanted:
        return Wanted(**{**self.dict(include=set(Narrowed.model_fields)), **more})


class Summed(Narrowed):
    """Which sums of a file, in which order."""

    by: By = "year"
    sort: str = Field("", pattern=f"^(-?({'|'.join(SORTS)}))?$", description="-: largest first")
    limit: int = Field(50, ge=1, le=200, description="Items at most")
    offset: int = Field(0, ge=0, le=1_000_000, description="Items passed over")


class Continued(Narrowed):
    """Which flows of a file, from where on."""

    after: str = Field(
        "", pattern="^([0-9]{1,18}-[0-9]{1,18})?$", description="The `after` of the part before"
    )


class AsFile(Narrowed):
    """Which flows of a file, in which form."""

    form: Literal["csv", "iati", "xlsx"] = "csv"
    reporter: str = Field("", max_length=100, description="IATI: the identifier of who reports")


class PromisesAs(Schema):
    """Promises in which form."""

    form: Literal["flows", "fts", "iati", "csv", "xlsx"] = "flows"
    reporter: str = Field("", max_length=100, description="IATI: the identifier of who reports")
    seen_by: str = Field("", max_length=120, description="IATI: the party that reports")


class FlowFileShown(Schema):
    """A file of flows that the group took in."""

    id: int
    title: str
    about: str
    source: str
    name: str
    form: str
    sha256: str
    bytes: int
    flows: int
    party: str
    status: str
    why: str = Field(description="Why it was taken out")
    audience: str
    release_at: datetime | None
    created_at: datetime


class SumShown(Schema):
    """Sums of one currency, each stage by itself; what is passed on is in none of them."""

    key: str
    currency: str
    flows: int
    announced: str
    committed: str
    delivered: str = Field(description="Help given: delivered first hand")
    received: str
    passed_on: str
    other: str


class OneFlow(Schema):
    """A flow."""

    number: int = Field(description="Its place in the file")
    activity: str
    kind: str
    on: str
    value: str
    currency: str
    provider: str
    receiver: str
    about: str
    year: int
    passed_on: bool


class Flows(Schema):
    """A part of the flows behind a sum."""

    items: list[OneFlow]
    count: int
    after: str = Field(description="Where the next part begins; empty at the end")


class TakenIn(Placed):
    """A file of flows to take in: IATI (.xml), FTS or flows (.csv)."""

    title: Line
    source: Note = Field(min_length=1, description="Who published it, and where")
    about: Text = ""
    file: Handed


class TakenOut(Schema):
    """Why a file is taken out."""

    why: Annotated[str, StringConstraints(min_length=1, max_length=2000)]


def _shown(row: FlowFile) -> dict[str, Any]:
    same = (
        "title", "about", "source", "name", "form", "sha256", "flows", "party", "status", "why",
        "audience", "release_at", "created_at",
    )  # fmt: skip
    return {**{name: getattr(row, name) for name in same}, "id": row.pk, "bytes": row.size}


def file_in(request: Asked, slug: str, pk: int) -> FlowFile:
    """One file that the viewer may see."""
    return one_of(queries.files_for(request.viewer, group_of(request, slug)), pk)


@read(router, AT, Paged[FlowFileShown])
def list_flow_files(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The files of flows that you may see."""
    rows = queries.files_for(request.viewer, group_of(request, slug))
    return paged(rows, limit, offset, _shown)


@read(router, f"{AT}/{{pk}}", FlowFileShown)
def show_flow_file(request: Asked, slug: Slug, pk: Id) -> Any:
    """One file of flows: what it is, its hash, who took it in."""
    return _shown(file_in(request, slug, pk))


@read(router, f"{AT}/{{pk}}/sums", Paged[SumShown])
def list_sums(request: Asked, slug: Slug, pk: Id, asked: Query[Summed]) -> Any:
    """The sums of a file in one currency, told apart by year, giver or kind of flow."""
    load = file_in(request, slug, pk).load
    if load is None:
        return paged([], asked.limit, asked.offset, dict)
    wanted = asked.wanted(currency=asked.currency or next(iter(queries.currencies(load))))
    found = queries.sums(wanted.lines(load), queries.BY[asked.by])
    return paged(
        queries.ordered(found, asked.sort, asked.by), asked.limit, asked.offset,
        lambda one: {
            "key": one[0], "currency": wanted.currency, "flows": one[1].number,
            **{name: f"{column(one[1], name):f}" for name in COLUMNS},
        },
    )  # fmt: skip


@read(router, f"{AT}/{{pk}}/flows", Flows)
def list_flows(request: Asked, slug: Slug, pk: Id, asked: Query[Continued]) -> Any:
    """The flows behind a sum, fifty at a time."""
    load = file_in(request, slug, pk).load
    if load is None:
        return {"items": [], "count": 0, "after": ""}
    found = queries.behind(load, asked.wanted(), asked.after)
    items = [{"number": number, **_flow(one)} for number, one in found.rows]
    return {"items": items, "count": found.count, "after": found.after}


def _flow(one: Transaction) -> dict[str, Any]:
    return {
        "activity": one.activity, "kind": one.kind, "on": one.on.isoformat(),
        "value": f"{one.value:f}", "currency": one.currency, "provider": named(one.provider),
        "receiver": named(one.receiver), "about": one.about, "year": one.reported,
        "passed_on": one.passed_on,
    }  # fmt: skip


@router.get(f"{AT}/{{pk}}/file", response=answers(None), openapi_extra=FILE)
def flow_file_as(request: Asked, slug: Slug, pk: Id, asked: Query[AsFile]) -> HttpResponseBase:
    """The flows of a file, or a part of them, as CSV, IATI or a workbook."""
    row = file_in(request, slug, pk)
    return as_file(request, row, asked.wanted(), asked.form, asked.reporter)


@write(router, AT, FlowFileShown, made=True)
def take_flows_in(request: Asked, slug: Slug, body: TakenIn, seat: SeatId = None) -> Any:
    """Take a file of flows in, all of it or nothing; larger ones on the server."""
    group = group_of(request, slug)
    by, placing = acting(request, group, seat), placing_of(body, request, group)
    policy.may_take(by)
    policy.may_place(by, placing)
    held = File(BytesIO(bytes_of(body.file.base64)), name=body.file.name)
    try:
        with lying(held) as (path, name):
            load = stage(path, name, group=group, person=by.user, anew=True,
                         among=queries.files_for(request.viewer, group))  # fmt: skip
    except BadFile as bad:
        told = "\n".join(str(one) for one in bad.mistakes[:TOLD])
        raise Problem(told, where="file", fix="Nothing was taken in: mend it all.") from None
    made = actions.take_in(
        load=load, title=body.title, source=body.source, about=body.about, by=by, at=clock.now(),
        placing=placing,
    )  # fmt: skip
    return Status(201, _shown(made))


@write(router, f"{AT}/{{pk}}/out", FlowFileShown)
def take_flows_out(request: Asked, slug: Slug, pk: Id, body: TakenOut, seat: SeatId = None) -> Any:
    """Take a file's flows off the platform; that they were there stays in the record."""
    row = file_in(request, slug, pk)
    by = acting(request, row.group, seat)
    return _shown(actions.take_out(file=row, why=body.why, by=by, at=request.now))


@router.get("/groups/{slug}/promises-file", response=answers(None), openapi_extra=FILE)
def promises_file(request: Asked, slug: Slug, asked: Query[PromisesAs]) -> HttpResponseBase:
    """The promises that you may see, as flows, FTS or IATI, or all as tables or a workbook."""
    group = group_of(request, slug)
    return promises_as(request, group, asked.form, asked.reporter, asked.seen_by)
