"""A group's record as a viewer may read it: open entries, and sealed ones by number and hash."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from commonhaven.record import GENESIS, Content, Header, Line, Sealed
from commonhaven.record import Entry as Linked
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Audience, Viewer, allowed, visible
from commonhaven.web.record.actions import instant
from commonhaven.web.record.models import Entry, Head

AT_ONCE = 500
"""Rows fetched at a time by an export."""
WIDEST = (Audience.MEMBERS, Audience.CONSULTATIVE, Audience.PUBLIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which entries a reader looks for; an empty one is all of them, sealed ones too."""

    act: str = ""
    subject: str = ""
    party: str = ""
    since: datetime | None = None
    before: datetime | None = None
    named: Mapping[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        return not (self.act or self.subject or self.party or self.since or self.before)


def head_of(group: Group) -> tuple[int, str]:
    """How many entries there are, and the last hash."""
    head = Head.objects.filter(group=group).first()
    return (head.number, head.hash) if head else (0, GENESIS)


def entries(group: Group, viewer: Viewer) -> QuerySet[Entry]:
    """Every entry with ``seen``: whether the viewer may read it."""
    yes, no = Value(value=True), Value(value=False)
    seen = Case(When(allowed(viewer), then=yes), default=no, output_field=BooleanField())
    return Entry.objects.filter(group=group).annotate(seen=seen)


def found(group: Group, viewer: Viewer, wanted: Filter) -> QuerySet[Entry]:
    """The entries that a reader looks for, the newest first.

    A filter looks into what entries say: it finds none that the viewer may not read.
    """
    rows = entries(group, viewer).order_by("-number")
    if wanted.empty:
        return rows
    rows = rows.filter(allowed(viewer))
    if wanted.act:
        rows = rows.filter(act=wanted.act)
    if wanted.subject:
        rows = rows.filter(Q(subject=wanted.subject) | Q(subject__startswith=f"{wanted.subject}/"))
    if wanted.party:
        rows = rows.filter(party=wanted.party)
    if wanted.since:
        rows = rows.filter(created_at__gte=wanted.since)
    if wanted.before:
        rows = rows.filter(created_at__lt=wanted.before)
    return rows


def choices(group: Group, viewer: Viewer) -> tuple[list[str], list[str]]:
    """The acts and the parties of the entries that the viewer may read."""
    rows = Entry.objects.filter(allowed(viewer), group=group).order_by()
    acts = rows.values_list("act", flat=True).distinct()
    parties = rows.exclude(party="").values_list("party", flat=True).distinct()
    return sorted(acts), sorted(parties)


def ways_of(group: Group, viewer: Viewer) -> list[str]:
    """The procedures of the meetings that the viewer may see."""
    meetings = apps.get_model("meetings", "Meeting").objects.filter(group=group)
    return sorted(set(visible(meetings, viewer).values_list("procedure", flat=True)))


def content_of(row: Entry) -> Content:
    """What was sealed of a row."""
    return Content(
        number=row.number, at=instant(row.created_at), act=row.act, subject=row.subject,
        party=row.party, capacity=row.capacity, audience=row.audience, release=row.released,
        body=json.loads(row.body), salt=row.salt,
    )  # fmt: skip


def line_of(row: Entry) -> Line:
    """A row as a line of the record: the entry, or its seal only where it may not be read."""
    if not row.seen:  # type: ignore[attr-defined]
        return Sealed(number=row.number, seal=row.seal, hash=row.hash)
    return Linked(content=content_of(row), seal=row.seal, previous=row.previous, hash=row.hash)


def export(group: Group, viewer: Viewer) -> tuple[Header, Iterator[Line]]:
    """The whole record up to now for a viewer, line by line; nobody's number is left out."""
    number, last = head_of(group)
    header = Header(
        group=group.slug, exported=instant(viewer.at), audience=audience_of(viewer, group),
        entries=number, head=last,
    )  # fmt: skip
    rows = entries(group, viewer).filter(number__lte=number).order_by("number")
    return header, (line_of(row) for row in rows.iterator(chunk_size=AT_ONCE))


def audience_of(viewer: Viewer, group: Group) -> str:
    """For whom an export is: the widest audience to which the viewer belongs."""
    own = viewer.audiences(group.pk)
    widest = next(one for one in WIDEST if one in own)
    return f"{widest} and own caucuses" if viewer.caucuses.get(group.pk) else str(widest)


def body_of(row: Entry) -> dict[str, Any]:
    """What an entry says beside who, what and when."""
    found: dict[str, Any] = json.loads(row.body)
    return found


def utc(day: str) -> datetime | None:
    """The first instant of a day written as 2026-01-31, None where it is none."""
    try:
        found = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    except ValueError:
        return None
    return None if found and found.date() == date.max else found
