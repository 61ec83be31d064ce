"""What is found: only what the viewer may see, by one policy, however it is asked for.

What stands first is told by the item alone: words in its title, then its date. No count over all
texts goes into it, so that the order says nothing of what the viewer may not see.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import BooleanField, Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.utils.safestring import SafeString

from commonhaven.reading.fold import beginnings, words
from commonhaven.web.groups.models import Group
from commonhaven.web.groups.queries import groups_for
from commonhaven.web.kit.audience import Viewer, allowed
from commonhaven.web.search.excerpt import excerpt
from commonhaven.web.search.models import Entry

LITE = "search_entry.id IN (SELECT rowid FROM search_text WHERE search_text MATCH %s)"
POSTGRES = "search_entry.words @@ to_tsquery('simple', %s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question to the search: words, and where to look."""

    text: str
    group: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def begins(self) -> tuple[str, ...]:
        return beginnings(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result, as it is shown."""

    kind: str
    title: str
    url: str
    language: str
    excerpt: SafeString
    dated_at: datetime | None = None
    group: Group | None = None


def visible_entries(viewer: Viewer) -> QuerySet[Entry]:
    """The entries of items that a viewer may see, and whose parents as well."""
    above = Q(parent__isnull=True) | allowed(viewer, "parent__")
    known = groups_for(viewer).values("pk")
    return Entry.objects.filter(allowed(viewer), above, group__in=known)


def search(asked: Asked, viewer: Viewer) -> QuerySet[Entry]:
    """The entries with every word that is asked for, the best first; none where none is asked."""
    begins = asked.begins
    if not begins:
        return Entry.objects.none()
    rows = visible_entries(viewer).annotate(found=_matches(begins)).filter(found=True)
    rows = rows.filter(_where(asked)).annotate(
        rank=Case(
            When(Q(_matches(begins, title=True)), then=Value(0)),
            When(Q(_matches(begins, title=True, either=True)), then=Value(1)),
            default=Value(2), output_field=IntegerField(),
        )
    )  # fmt: skip
    return rows.select_related("group").order_by("rank", "-dated_at", "-pk")


def _where(asked: Asked) -> Q:
    limits = {
        "group__slug": asked.group, "kind": asked.kind,
        "dated_at__date__gte": asked.since, "dated_at__date__lte": asked.until,
    }  # fmt: skip
    return Q(**{name: value for name, value in limits.items() if value})


def _matches(begins: Sequence[str], *, title: bool = False, either: bool = False) -> RawSQL:
    """Whether an entry has words that begin so; in words the database's own language has."""
    if connection.vendor == "postgresql":
        mark = "*A" if title else "*"
        text = (" | " if either else " & ").join(f"'{word}':{mark}" for word in begins)
        return RawSQL(POSTGRES, [text], output_field=BooleanField())  # noqa: S611 - no user's SQL
    column = "folded_title : " if title else ""
    joined = (" OR " if either else " AND ").join(f'"{word}"*' for word in begins)
    return RawSQL(LITE, [f"{column}({joined})"], output_field=BooleanField())  # noqa: S611


def hit(entry: Entry, begins: Sequence[str]) -> Hit:
    """A found entry with the part of its text that is shown."""
    return Hit(
        kind=entry.kind, title=entry.title, url=entry.url, language=entry.language,
        excerpt=excerpt(entry.text, begins), dated_at=entry.dated_at, group=entry.group,
    )  # fmt: skip


def found_groups(asked: Asked, viewer: Viewer) -> list[Group]:
    """The groups whose name, in any language, has the words; only those the viewer may know of."""
    begins = asked.begins
    if not begins or asked.kind or asked.group:
        return []
    return [
        one for one in groups_for(viewer) if has(begins, " ".join([*one.name.values(), one.slug]))
    ]


def has(begins: Sequence[str], text: str) -> bool:
    """Whether a text has every word that is asked for."""
    there = words(text)
    return all(any(word.startswith(begin) for word in there) for begin in begins)
