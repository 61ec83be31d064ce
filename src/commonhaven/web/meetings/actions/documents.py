"""Documents: handed in, followed by new versions, released."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.text import slugify

from commonhaven.reading import Problem, digest
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Audience, Item, Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.kit.saying import instant_in_words
from commonhaven.web.meetings.actions.room import locked
from commonhaven.web.meetings.files import keep
from commonhaven.web.meetings.models import AdoptedText, AgendaItem, Document, Meeting
from commonhaven.web.meetings.policy import may_act, may_run, own, runs
from commonhaven.web.record.actions import Placing, hold, write
from commonhaven.web.record.models import Entry
from commonhaven.web.situations.policy import in_sight, within


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document as it is handed in; a text, a file with its name, or both."""

    title: str
    symbol: str = ""
    language: str = "en"
    text: str = ""
    file: BinaryIO | None = None
    file_name: str = ""


@transaction.atomic
def submit_document(
    *, group: Group, meeting: Meeting | None, paper: Paper, placing: Placing, by: Seat, at: datetime
) -> Document:  # fmt: skip
    """Hand in a document under its audience; every participant that acts may."""
    may_act(by)
    if meeting is not None:
        locked(meeting)
    hold(group)
    beside, stem = placed_as(group, placing), _stem(group, meeting, at)
    if in_sight(by, placing):
        symbol = paper.symbol.strip() or _next_symbol(f"{stem}{SERIES[placing.audience]}", beside)
    else:
        symbol = _submission(paper, stem, beside, by)
    same = beside.filter(symbol=symbol)
    if same.filter(language=paper.language).exists():
        fix = "Hand in a new version on the document's own page, or give another symbol."
        raise Conflict(f"{symbol[:60]} exists in this language", fix=fix)
    return _store(
        Document(
            group=group, meeting=meeting, symbol=symbol, language=paper.language,
            audience=placing.audience, caucus=placing.caucus, release_at=placing.release_at,
        ),
        paper, by, at,
    )  # fmt: skip


@transaction.atomic
def new_version(*, document: Document, paper: Paper, by: Seat, at: datetime) -> Document:
    """A new version of a document; the earlier ones stay and can be compared."""
    if not runs(by):
        own(by, document.party)
    hold(document.group)
    beside = placed_as(document.group, Placing.of(document))
    versions = beside.filter(symbol=document.symbol, language=paper.language)
    last = versions.aggregate(last=Max("version"))["last"] or 0
    row = Document(
        group=document.group, meeting=document.meeting, symbol=document.symbol,
        language=paper.language, version=last + 1, audience=document.audience,
        caucus=document.caucus, release_at=document.release_at,
    )  # fmt: skip
    return _store(row, paper, by, at)


def _store(row: Document, paper: Paper, by: Seat, at: datetime) -> Document:
    if not paper.title.strip():
        raise Problem("the document has no title", fix="Give one.")
    if not paper.text.strip() and paper.file is None:
        raise Problem("the document is empty", fix="Type the text or choose a file.")
    if paper.file is not None:
        row.file, row.file_name, row.size = keep(paper.file, paper.file_name)
    row.title, row.text = paper.title.strip()[:200], paper.text.strip()
    row.party, row.created_at = by.party, at
    row.save()
    placing = Placing.of(row)
    body = {
        "symbol": row.symbol, "title": row.title, "language": row.language,
        "version": row.version, "text": digest(row.text) if row.text else "", "file": row.file,
        "meeting": row.meeting.pk if row.meeting and within(placing, row.meeting) else 0,
    }  # fmt: skip
    write(row.group, "document submitted", body, by=by, at=at, subject=row.subject, placing=placing)
    return row


SERIES = {"public": "", "consultative": "L.", "members": "R.", "caucus": "CRP."}
"""Audience → series of symbols, as the United Nations mark what is general, limited, restricted,
or a conference room paper."""


def placed_as(group: Group, placing: Placing) -> QuerySet[Document]:
    """The documents for one audience, or one caucus: whoever sees one sees all of them."""
    return Document.objects.filter(group=group, audience=placing.audience, caucus=placing.caucus)


def _stem(group: Group, meeting: Meeting | None, at: datetime) -> str:
    """How a symbol begins: short name of the group, year, meeting."""
    of = f"/M{meeting.number}" if meeting else ""
    return f"{group.slug.upper()}/{at.year}{of}/"


def _submission(paper: Paper, stem: str, beside: QuerySet[Document], by: Seat) -> str:
    """The symbol of what a party hands in for others without seeing it: a series of its own.

    A number among all of them would tell how many there are, and a symbol of its choice, by being
    taken, that there is another.
    """
    if paper.symbol.strip():
        fix = "Leave the symbol out; one is given."
        raise Problem("you do not see what is for that audience", where="symbol", fix=fix)
    return _next_symbol(f"{stem[:40]}SUB.{slugify(by.party)[:14].upper()}.", beside)


def _next_symbol(stem: str, beside: QuerySet[Document]) -> str:
    """The next free symbol among the documents for the same audience; others do not count."""
    taken = set(beside.filter(symbol__startswith=stem).values_list("symbol", flat=True))
    number = 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


Releasable = Document | AdoptedText | Meeting


@transaction.atomic
def release(*, item: Releasable, when: datetime, by: Seat, at: datetime) -> Entry:
    """Make an item public from an instant on: its own party, the chair or the secretariat.

    What is public stays so. A release that lies ahead can be brought forward, not put off: the
    record opens what it tells of the item on the day first named. A meeting is released with its
    agenda; its texts are released one by one.
    """
    if not (isinstance(item, Document) and item.party == by.party):
        may_run(by)
    may_act(by)
    row = type(item).objects.select_for_update().get(pk=item.pk)
    if row.audience == Audience.PUBLIC or (row.release_at and row.release_at <= at):
        raise Conflict("it is public already", fix="What is public stays so.")
    if row.release_at and when > row.release_at:
        said = f"its release on {instant_in_words(row.release_at)} is on the record"
        raise Conflict(said, fix="Name an earlier instant: a release is not put off.")
    _set_release(row, max(when, at))
    if isinstance(row, Meeting):
        for each in AgendaItem.objects.filter(meeting=row):
            _set_release(each, max(when, at))
    item.release_at = row.release_at
    subject = row.subject if isinstance(row, Document | Meeting) else row.meeting.subject
    body = {"item": type(row).__name__, "id": row.pk, "public_from": max(when, at).isoformat()}
    return write(
        row.group, "released", body, by=by, at=at, subject=subject, placing=Placing.of(row)
    )


def _set_release(row: Item, when: datetime) -> None:
    row.release_at = when
    row.save(update_fields=["release_at"])
