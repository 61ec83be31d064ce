"""A flow as a row of the tables, and back: exact, field by field."""

import json
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from commonhaven.exchange import Organisation, Transaction
from commonhaven.exchange.cells import plain
from commonhaven.exchange.totals import named


class Alike(NamedTuple):
    """What the flows of one line have in common, in the order of its columns."""

    year: int
    provider: str
    provider_type: str
    provider_country: str
    kind: str
    currency: str
    passed_on: bool


class Kept(NamedTuple):
    """A line as it is read for sums: a file can have a hundred thousand of them."""

    pk: int
    year: int
    provider: str
    provider_type: str
    provider_country: str
    kind: str
    currency: str
    passed_on: bool
    flows: int
    total: str


def alike(one: Transaction) -> Alike:
    """The line that a flow belongs to."""
    giver = one.provider
    return Alike(
        one.reported, named(giver), giver.kind, giver.country, one.kind, one.currency, one.passed_on
    )


def cells(one: Transaction) -> tuple[str, str, str]:
    """Activity, value and the rest of a flow."""
    rest = (
        one.ref, one.on.isoformat(), one.value_on.isoformat() if one.value_on else None,
        one.provider, one.receiver, one.provider_activity, one.receiver_activity, one.about,
        one.aid_type, one.earmarking, one.humanitarian, one.country, one.year,
    )  # fmt: skip
    return one.activity, plain(one.value), _json(rest)


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def transaction(activity: str, value: str, rest: str, line: Kept) -> Transaction:
    """The flow of a row."""
    found: list[Any] = json.loads(rest)
    (ref, on, value_on, provider, receiver, provider_activity, receiver_activity, about, aid_type,
     earmarking, humanitarian, country, year) = found  # fmt: skip
    return Transaction(
        activity=activity, kind=line.kind, on=date.fromisoformat(on), value=Decimal(value),  # type: ignore[arg-type]
        currency=line.currency, ref=ref,
        value_on=date.fromisoformat(value_on) if value_on else None,
        provider=Organisation(*provider), receiver=Organisation(*receiver),
        provider_activity=provider_activity, receiver_activity=receiver_activity, about=about,
        aid_type=aid_type, earmarking=earmarking, humanitarian=humanitarian, country=country,
        year=year, passed_on=line.passed_on,
    )  # fmt: skip
