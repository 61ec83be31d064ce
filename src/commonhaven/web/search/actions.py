"""Keep the index in step with the items, in the transaction that writes them."""

from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from commonhaven.reading.fold import fold
from commonhaven.web.kit.places import url_of
from commonhaven.web.search.catalogue import KINDS, Kind, by_child, by_table, dated, parent_kind
from commonhaven.web.search.models import Entry

LONGEST = 200_000
"""Characters of an item that are indexed; what follows is not found."""


@transaction.atomic
def index(item: Any, kind: Kind) -> Entry:  # noqa: ANN401 - a row of any slice
    """Write one item's entry, new or again, with its audience as it is now."""
    title, text = kind.title(item)[:400], kind.text(item)[:LONGEST]
    entry, _ = Entry.objects.update_or_create(
        kind=kind.id, item=item.pk,
        defaults={
            "group_id": item.group_id, "audience": item.audience, "caucus_id": item.caucus_id,
            "release_at": item.release_at, "created_at": item.created_at,
            "parent": _parent(item, kind), "title": title, "text": text,
            "folded_title": fold(title), "folded": fold(text),
            "language": getattr(item, kind.language) if kind.language else "",
            "url": address(item, kind), "dated_at": dated(item),
        },
    )  # fmt: skip
    return entry


def _parent(item: Any, kind: Kind) -> Entry | None:  # noqa: ANN401
    above = getattr(item, kind.within) if kind.within else None
    if above is None:
        return None
    of = parent_kind(kind)
    return Entry.objects.filter(kind=of.id, item=above.pk).first() or index(above, of)


def address(item: Any, kind: Kind) -> str:  # noqa: ANN401
    """Where the item is shown: its own page, else that of what it belongs to, else the group's."""
    own = getattr(item, "get_absolute_url", None)
    slug = item.group.slug
    values = {name: getattr(item, name, None) for name in ("pk", "meeting_id", "plan_id")}
    found = own() if own else url_of(kind.subject.format_map(values), slug)
    return found or f"/groups/{slug}/"


def saved(sender: type[Model], instance: Any, *, raw: bool = False, **_: object) -> None:  # noqa: ANN401
    """An item, or a part of one, was saved; rows of a backup are indexed when all are there."""
    if raw:
        return
    kind = by_table().get(sender)
    if kind is not None:
        index(instance, kind)
        return
    part = by_child().get(sender)
    if part is None:
        return
    above = getattr(instance, part[1])
    if above is not None:
        index(above, part[0])


def removed(sender: type[Model], instance: Any, **_: object) -> None:  # noqa: ANN401
    """An item was deleted."""
    kind = by_table().get(sender)
    if kind is not None:
        Entry.objects.filter(kind=kind.id, item=instance.pk).delete()


def reindex() -> int:
    """Write every entry again and drop those without an item; how many there are now.

    For operators, after a restore or an upgrade that searches more. Each item is a transaction of
    its own, so that the platform can be used meanwhile.
    """
    for kind in KINDS:
        rows: QuerySet[Any] = QuerySet(kind.table)
        for item in rows.select_related("group").iterator(500):
            index(item, kind)
        Entry.objects.filter(kind=kind.id).exclude(item__in=rows.values("pk")).delete()
    return Entry.objects.count()
