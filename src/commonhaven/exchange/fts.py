"""Flows as OCHA's Financial Tracking Service publishes them, as CSV.

A flow has one status: pledge, commitment or paid, and is counted in none of the others. FTS counts
a pledge as funding only when it has become a commitment or was paid (fts.unocha.org, "What is
FTS").
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, get_args

from commonhaven.commitments import Book, Commitment
from commonhaven.exchange.activity import Activity
from commonhaven.exchange.cells import (
    amount,
    bare,
    currency,
    day,
    guarded,
    organisation,
    plain,
    within,
)
from commonhaven.exchange.codes import GOVERNMENT
from commonhaven.exchange.from_book import decimal, party
from commonhaven.exchange.mistakes import Report
from commonhaven.exchange.rows import Bytes, records
from commonhaven.exchange.transaction import Kind, Organisation, Transaction
from commonhaven.exchange.when import day as day_of
from commonhaven.parties import states
from commonhaven.reading import Problem, closest

Status = Literal["pledge", "commitment", "paid"]
KIND: dict[str, Kind] = {
    "pledge": "outgoing pledge", "commitment": "outgoing commitment", "paid": "disbursement",
}  # fmt: skip
NEEDED = ("flow_id", "date", "amount_usd", "status", "source_org", "dest_org")
AMOUNTS = ("amount_usd", "orig_amount")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One row, its fields as FTS names them, the empty ones empty."""

    flow_id: str
    date: str
    decision_date: str = ""
    budget_year: str = ""
    amount_usd: Decimal | None = None
    orig_currency: str = ""
    orig_amount: Decimal | None = None
    flow_type: str = "Standard"
    status: str
    contribution_type: str = "financial"
    method: str = "Traditional aid"
    boundary: str = "incoming"
    new_money: str = "TRUE"
    source_org: str = ""
    source_location: str = ""
    dest_org: str = ""
    dest_location: str = ""
    dest_cluster: str = ""
    dest_plan: str = ""
    description: str = ""
    created_at: str = ""
    updated_at: str = ""
    source_location_iso3: str = ""
    dest_location_iso3: str = ""

    @property
    def internal(self) -> bool:
        """Whether it only moves on money that an earlier flow brought."""
        return self.boundary == "internal" or self.new_money.upper() == "FALSE"

    def transaction(self) -> Transaction:
        """The flow in the neutral form, in dollars where FTS states them."""
        value, unit = self.amount_usd, "USD"
        if value is None:
            value, unit = self.orig_amount, self.orig_currency
        if value is None:
            raise Problem("the flow has no amount", where="amount_usd", fix="Fill it in.")
        budget_year = self.budget_year.strip()
        return Transaction(
            activity=self.flow_id, kind=KIND[self.status], on=within("date", day, self.date),
            value=value, currency=within("orig_currency", currency, unit), ref=self.flow_id,
            provider=_org(self.source_org, self.source_location_iso3),
            receiver=_org(self.dest_org, ""), about=self.description,
            country=self.dest_location_iso3, humanitarian=True,
            year=int(budget_year) if budget_year.isdecimal() else None, passed_on=self.internal,
        )  # fmt: skip

    def steps(self) -> Iterator[Transaction]:
        """The flow and what it presupposes: what is paid was signed, what is signed announced."""
        last = self.transaction()
        if last.passed_on:
            yield last
            return
        for status in get_args(Status)[: get_args(Status).index(self.status)]:
            yield last._replace(kind=KIND[status])
        yield last


COLUMNS = tuple(field.name for field in fields(Flow))


def _org(name: str, country: str) -> Organisation:
    kind = GOVERNMENT if name.endswith(", Government of") else ""
    return organisation(name, "", kind, country)


def read_fts(
    path: Path, *, report: Report | None = None, progress: Bytes | None = None
) -> Iterator[Flow]:
    """The flows of a table, one after the other.

    What is wrong in a row is noted in the report, or raises BadFile where none is given.
    """
    own = report or Report(where=str(path))
    table = records(path, NEEDED, COLUMNS, progress)
    for line, cells in table.rows:
        try:
            flow = _flow(dict(zip(table.columns, cells, strict=True)))
            flow.transaction()
        except Problem as problem:
            own.add(problem.what, file=table.file, row=line, column=problem.where, fix=problem.fix)
            if report is None:
                own.settle()
            continue
        yield flow


def _flow(cells: dict[str, str]) -> Flow:
    status = cells["status"].strip().lower()
    if status not in KIND:
        fix = closest(status, KIND)
        raise Problem(f'"{status[:40]}" is no status', where="status", fix=fix)
    values: dict[str, Any] = {
        name: bare(text) for name, text in cells.items() if name not in AMOUNTS
    }
    values |= {name: within(name, amount, cells[name]) for name in AMOUNTS if cells.get(name)}
    return Flow(**values | {"status": status})


def write_fts(flows: Iterable[Flow]) -> Iterator[Sequence[str]]:
    """The rows of the table, its header first."""
    yield COLUMNS
    for flow in flows:
        yield tuple(_cell(value) for value in astuple(flow))


def _cell(value: str | Decimal | None) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    return guarded(value or "")


def flows(found: Book) -> Iterator[Flow]:
    """The money of a book as flows: what is only announced, what is only signed, and every payment.

    What receivers pass on is internal and no new money.
    """
    for commitment in found.commitments:
        if commitment.quantity.money:
            yield from _of(found, commitment)


def _of(found: Book, commitment: Commitment) -> Iterator[Flow]:
    to = commitment.to[0] if len(commitment.to) == 1 else ""
    for one in found.of(commitment.id):
        since = day_of(one.since or found.at).isoformat()
        between = one.giver, to
        if waiting := one.announced - one.committed:
            yield _row(commitment, "pledge", since, waiting.value, between)
        if owed := one.committed - one.delivered:
            yield _row(commitment, "commitment", since, owed.value, between)
    for sent in found.transfers:
        if sent.commitment == commitment.id and sent.delivered:
            on, between = day_of(sent.at).isoformat(), (sent.sender, sent.receiver)
            flow = _row(commitment, "paid", on, sent.delivered.value, between)
            yield flow if sent.first else _moved(flow)


def _row(
    of: Commitment, status: Status, on: str, value: Fraction, between: tuple[str, str]
) -> Flow:
    giver, receiver = between
    source = party(giver)
    place = of.places[0] if len(of.places) == 1 else ""
    dollars = of.unit == "USD"
    return Flow(
        flow_id=of.id, date=on, decision_date=on, status=status,
        budget_year=str(of.starts.year) if of.starts else "",
        amount_usd=decimal(value) if dollars else None,
        orig_currency="" if dollars else of.unit, orig_amount=None if dollars else decimal(value),
        source_org=f"{source.name}, Government of" if source.country else source.name,
        source_location=source.name if source.country else "", source_location_iso3=source.country,
        dest_org=party(receiver).name, dest_location=states()[place].name if place else "",
        dest_location_iso3=place, dest_plan=of.situation, description=of.title,
    )  # fmt: skip


def _moved(flow: Flow) -> Flow:
    return replace(flow, boundary="internal", new_money="FALSE")


def heads(known: Iterable[Flow]) -> dict[str, Activity]:
    """What the flows say of each flow as a whole: its title and the plan that it is for."""
    found: dict[str, Activity] = {}
    for flow in known:
        title = " ".join(flow.description.split()) or flow.dest_plan
        found.setdefault(flow.flow_id, Activity(id=flow.flow_id, title=title))
    return found
