"""What was collected from the elements of IATI, made into activities and transactions."""

from collections.abc import Mapping
from typing import Any

from commonhaven.exchange.activity import Activity, Part, Role
from commonhaven.exchange.cells import amount, currency, day, organisation, truth, within
from commonhaven.exchange.codes import (
    ALPHA2,
    EARMARKINGS,
    IN_DONOR,
    IN_DONOR_SECTOR,
    KINDS,
    ORGANISATIONS,
)
from commonhaven.exchange.transaction import NOBODY, STAGE, Organisation, Transaction
from commonhaven.reading import Problem

OURS = "urn:commonhaven:iati"
"""Namespace of the two attributes that 2.03 has no place for; every reader may pass them over."""
PARTY, SHARE = f"{OURS} party", f"{OURS} share"
ROLES: dict[str, Role] = {
    "1": "funding", "2": "accountable", "3": "extending", "4": "implementing",
}  # fmt: skip
ENDED = ("3", "4", "5")
NONE: Mapping[str, str] = {}


def org(attributes: Mapping[str, str], name: str) -> Organisation:
    """An organisation from its attributes and the text of its narrative."""
    kind = attributes.get("type", "")
    return organisation(
        name, attributes.get("ref", ""), ORGANISATIONS.get(kind, kind), attributes.get(PARTY, "")
    )


def head(a: Mapping[str, Any]) -> Activity:
    """The head of an activity from what was collected of it. Raises Problem with the element."""
    reporter = a.get("reporter_org", NONE)
    dates = {kind: within("activity-date", day, text) for kind, text in a["dates"].items()}
    return Activity(
        id=a["id"], title=a.get("title", ""), about=a.get("about", ""),
        reporter=org(reporter, a.get("reporter", "")),
        secondary=reporter.get("secondary-reporter") in {"1", "true"},
        own_id=a.get("own_id", ""), parts=tuple(_part(part) for part in a["parts"]),
        ended=a.get("status") in ENDED,
        starts=dates.get("2") or dates.get("1"), ends=dates.get("4") or dates.get("3"),
        countries=tuple(code for code in a["countries"] if code), sector=a.get("sector", ""),
        currency=a["currency"],
    )  # fmt: skip


def _part(attributes: Mapping[str, str]) -> Part:
    share = attributes.get(SHARE)
    role = ROLES.get(attributes.get("role", ""))
    if role is None:
        raise Problem(
            f'"{attributes.get("role", "")[:20]}" is no role', where="participating-org",
            fix="Write 1 funding, 2 accountable, 3 extending or 4 implementing.",
        )  # fmt: skip
    return Part(
        role=role, organisation=org(attributes, attributes.get("name", "")),
        share=None if share is None else within("participating-org", amount, share),
    )  # fmt: skip


def transaction(t: Mapping[str, Any], a: Mapping[str, Any], at: Activity) -> Transaction:
    """A transaction from what was collected of it, its activity lending what it leaves out.

    Who is not named is the reporter: as provider of what goes out, as receiver of what comes in.
    Raises Problem with the element at fault.
    """
    kind = KINDS.get(t.get("type", ""))
    if kind is None:
        raise _no_kind(t.get("type", ""))
    on = within("transaction-date", day, t.get("date", ""))
    money = within("value", currency, t.get("currency") or a["currency"])
    comes_in = kind in {"incoming funds", "incoming commitment", "incoming pledge"}
    provider, receiver = _side(t, "provider"), _side(t, "receiver")
    provider_activity = t.get("provider_org", NONE).get("provider-activity-id", "")
    value_on = within("value", day, t["value_date"]) if t.get("value_date") else None
    return Transaction(
        activity=at.id, kind=kind, on=on, value=within("value", amount, t.get("value", "")),
        currency=money, ref=t["ref"], value_on=None if value_on == on else value_on,
        provider=provider if provider != NOBODY or comes_in else at.reporter,
        receiver=receiver if receiver != NOBODY or not comes_in else at.reporter,
        provider_activity=provider_activity,
        receiver_activity=t.get("receiver_org", NONE).get("receiver-activity-id", ""),
        about=t.get("about", ""), aid_type=_aid_type(t, a),
        earmarking=EARMARKINGS.get(t.get("earmarking") or a.get("earmarking", "")),
        humanitarian=within("@humanitarian", truth, t["humanitarian"] or a["humanitarian"]),
        country=ALPHA2.get(t["country"], "") if "country" in t else _only(at.countries),
        year=at.year, passed_on=_passed_on(STAGE.get(kind), provider_activity, at.id),
    )  # fmt: skip


def _no_kind(code: str) -> Problem:
    fix = "Write a code from 1 to 13, such as 2 for an outgoing commitment."
    return Problem(f'"{code[:20]}" is no type', where="transaction-type", fix=fix)


def _side(t: Mapping[str, Any], which: str) -> Organisation:
    attributes = t.get(f"{which}_org", NONE)
    name = t.get(which, "")
    return org(attributes, name) if attributes or name else NOBODY


def _aid_type(t: Mapping[str, Any], a: Mapping[str, Any]) -> str:
    code: str = t.get("aid") or a.get("aid", "")
    if not code and (t.get("sector") or a.get("sector")) == IN_DONOR_SECTOR:
        return IN_DONOR[0]
    return code


def _only(countries: tuple[str, ...]) -> str:
    return countries[0] if len(countries) == 1 else ""


def _passed_on(stage: str | None, provider_activity: str, own: str) -> bool:
    """Whether money moves on what came by another activity, or arrives from this one."""
    if not provider_activity or stage is None:
        return False
    if stage == "delivered":
        return provider_activity != own
    return stage == "received" and provider_activity == own
