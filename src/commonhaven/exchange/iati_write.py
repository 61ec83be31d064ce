"""IATI 2.03 out, element by element in the order of the schema, in constant memory."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from xml.sax.saxutils import escape, quoteattr

from commonhaven.exchange.activity import Activity, Part, Reported
from commonhaven.exchange.cells import plain
from commonhaven.exchange.codes import (
    EARMARKING_CODES,
    IN_DONOR,
    IN_DONOR_SECTOR,
    KIND_CODES,
    ORGANISATION_CODES,
    alpha2,
)
from commonhaven.exchange.iati_values import OURS, ROLES
from commonhaven.exchange.transaction import NOBODY, Organisation, Transaction
from commonhaven.reading import Problem

ROLE_CODES = {word: code for code, word in ROLES.items()}
UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that no XML file can hold."""
RETURN = {"\r": "&#13;"}


def write_iati(activities: Iterable[Reported], made: datetime) -> Iterator[str]:
    """The text of an IATI file, in pieces; ``made`` is when, with its zone.

    Raises Problem for what the schema demands and is not there, before that activity is begun.
    """
    stamp = made.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<iati-activities version="2.03" generated-datetime="{stamp}" xmlns:h="{OURS}">\n'
    empty = True
    for activity, transactions in activities:
        empty = False
        yield "".join(_head(activity))
        for transaction in transactions:
            yield "".join(_transaction(transaction, activity))
        yield "".join(_foot(activity))
    if empty:
        fix = "Export a book with money in it."
        raise Problem("there is no activity to write", where="IATI", fix=fix)
    yield "</iati-activities>\n"


def _attribute(name: str, value: str) -> str:
    return f" {name}={quoteattr(_fit(value))}" if value else ""


def _fit(text: str) -> str:
    if UNFIT.search(text):
        said = "a text holds a sign that XML has no room for"
        raise Problem(said, where=UNFIT.sub("?", text)[:40], fix="Take the sign out.")
    return text


def _narrative(text: str) -> str:
    return f"<narrative>{escape(_fit(text), RETURN)}</narrative>"


def _org(element: str, org: Organisation, more: str = "") -> str:
    code = ORGANISATION_CODES.get(org.kind, org.kind)
    attributes = _attribute("ref", org.ref) + _attribute("type", code) + more
    attributes += _attribute("h:party", org.country)
    inside = _narrative(org.name) if org.name else ""
    return f"<{element}{attributes}>{inside}</{element}>\n"


def _head(one: Activity) -> Iterator[str]:
    starts = one.starts
    if not one.id or starts is None or not one.reporter.ref or not one.reporter.kind:
        said = "an activity needs an identifier, a first day, and a reporter with its type"
        fix = "Give the reporter's IATI identifier, such as XM-DAC-41121, and its type."
        raise Problem(said, where=one.id or "IATI", fix=fix)
    money = _attribute("default-currency", one.currency)
    yield f"<iati-activity{money}><iati-identifier>{escape(_fit(one.id))}</iati-identifier>\n"
    yield _org("reporting-org", one.reporter, _attribute("secondary-reporter", "01"[one.secondary]))
    yield f"<title>{_narrative(one.title or one.id)}</title>\n"
    yield f"<description>{_narrative(one.about or one.title or one.id)}</description>\n"
    for part in one.parts:
        yield _part(part)
    if one.own_id:
        yield f'<other-identifier{_attribute("ref", one.own_id)} type="A1"/>\n'
    yield f'<activity-status code="{"4" if one.ended else "2"}"/>\n'
    yield f'<activity-date type="2" iso-date="{_day(starts)}"/>\n'
    if one.ends:
        yield f'<activity-date type="{"4" if one.ended else "3"}" iso-date="{_day(one.ends)}"/>\n'
    codes = [alpha2(code) for code in one.countries if alpha2(code)]
    for code, percent in zip(codes, _hundredths(len(codes)), strict=True):
        yield f'<recipient-country code="{code}" percentage="{percent}"/>\n'
    if one.sector:
        yield f'<sector vocabulary="1"{_attribute("code", one.sector)}/>\n'


def _hundredths(number: int) -> list[str]:
    """Equal percentages that add up to 100, as the standard asks of recipient countries."""
    return [str(100 // number + (n < 100 % number)) for n in range(number)]


def _part(part: Part) -> str:
    share = "" if part.share is None else _attribute("h:share", plain(part.share))
    return _org("participating-org", part.organisation,
                f' role="{ROLE_CODES[part.role]}"{share}')  # fmt: skip


def _foot(one: Activity) -> Iterator[str]:
    if one.parent:
        yield f'<related-activity{_attribute("ref", one.parent)} type="1"/>\n'
    yield "</iati-activity>\n"


def _day(day: date) -> str:
    return day.isoformat()


def _transaction(one: Transaction, at: Activity) -> Iterator[str]:
    humanitarian = "" if one.humanitarian is None else "01"[one.humanitarian]
    yield (
        f"<transaction{_attribute('ref', one.ref)}{_attribute('humanitarian', humanitarian)}>"
        f'<transaction-type code="{KIND_CODES[one.kind]}"/>'
        f'<transaction-date iso-date="{_day(one.on)}"/>'
        f'<value{_attribute("currency", one.currency)} value-date="{_day(one.value_on or one.on)}">'
        f"{plain(one.value)}</value>\n"
    )
    if one.about:
        yield f"<description>{_narrative(one.about)}</description>\n"
    if one.provider != NOBODY or one.provider_activity:
        more = _attribute("provider-activity-id", one.provider_activity)
        yield _org("provider-org", one.provider, more)
    if one.receiver != NOBODY or one.receiver_activity:
        more = _attribute("receiver-activity-id", one.receiver_activity)
        yield _org("receiver-org", one.receiver, more)
    if one.aid_type in IN_DONOR and not at.sector:
        yield f'<sector vocabulary="1" code="{IN_DONOR_SECTOR}"/>\n'
    if one.country and not at.countries and alpha2(one.country):
        yield f'<recipient-country code="{alpha2(one.country)}"/>\n'
    if one.aid_type:
        yield f'<aid-type{_attribute("code", one.aid_type)} vocabulary="1"/>\n'
    if one.earmarking:
        yield f'<aid-type code="{EARMARKING_CODES[one.earmarking]}" vocabulary="2"/>\n'
    yield "</transaction>\n"
