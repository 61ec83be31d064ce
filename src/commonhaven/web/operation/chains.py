"""Whether every group's record stands in the database as it was written."""

from collections.abc import Iterable
from itertools import groupby

from commonhaven.record import GENESIS, entry
from commonhaven.web.record.models import Entry, Head
from commonhaven.web.record.queries import content_of


def broken_chains() -> tuple[dict[str, tuple[int, str]], tuple[str, ...]]:
    """Each group's last number and hash, and the groups whose record does not stand."""
    heads = {head.group.slug: head for head in Head.objects.select_related("group")}
    ends: dict[str, tuple[int, str]] = {}
    broken: list[str] = []
    rows = Entry.objects.select_related("group").order_by("group__slug", "number")
    for slug, entries in groupby(rows.iterator(chunk_size=500), key=lambda row: row.group.slug):
        ends[slug], stands = _walk(entries)
        head = heads.get(slug)
        if not stands or head is None or (head.number, head.hash) != ends[slug]:
            broken.append(slug)
    for slug, head in heads.items():
        if slug not in ends:
            ends[slug] = (head.number, head.hash)
            if head.number:
                broken.append(slug)
    return ends, tuple(broken)


def _walk(rows: Iterable[Entry]) -> tuple[tuple[int, str], bool]:
    number, previous, stands = 0, GENESIS, True
    for row in rows:
        again = entry(content_of(row), previous)
        number += 1
        stands = stands and row.number == number and row.previous == previous
        stands = stands and (row.seal, row.hash) == (again.seal, again.hash)
        previous = row.hash
    return (number, previous), stands
