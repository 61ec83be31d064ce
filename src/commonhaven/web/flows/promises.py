"""The promises of a group as files: what the viewer may see of its book, and nothing else."""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from commonhaven.commitments import Book, BookFile, Bundle
from commonhaven.exchange import (
    Organisation,
    activities,
    flows,
    write_book_xlsx,
    write_book_zip,
    write_flat,
    write_fts,
    write_iati,
    write_rows,
)
from commonhaven.web.commitments.models import Commitment, Need, NeedVersion
from commonhaven.web.commitments.queries import commitments_for, needs_for
from commonhaven.web.commitments.values import (
    act_of,
    book_of,
    need_code,
    need_of,
    setting_of,
    value_of,
)
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Viewer

FORMS = {"iati": ("xml", "application/xml"), "fts": ("csv", "text/csv"),
         "flows": ("csv", "text/csv"), "csv": ("zip", "application/zip"),
         "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
         }  # fmt: skip
"""Form → the end of the file's name, and its type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A group's book as one viewer sees it: as a value, and as the file that makes it."""

    book: Book
    file: BookFile


def held(viewer: Viewer, group: Group) -> Held:
    """The book of the promises that a viewer may see, at the viewer's instant."""
    rows: list[Commitment] = list(commitments_for(viewer, group).prefetch_related("steps"))
    rows.reverse()
    acts = tuple(act_of(step) for row in rows for step in row.steps.all())
    setting = setting_of(group, acts, viewer.at)
    needs = list(needs_for(viewer, group).prefetch_related("versions"))
    needs.reverse()
    return Held(
        book=book_of(rows, group, viewer.at),
        file=BookFile(
            title=group.called(), verifiers=tuple(sorted(setting.verifiers)),
            keepers=tuple(sorted(setting.keepers)), reply_days=setting.reply_days,
            commitments=tuple(value_of(row) for row in rows), acts=acts,
            needs=tuple(need_of(max(row.versions.all(), key=_number)) for row in needs),
            bundles=tuple(_bundles(needs)),
        ),
    )  # fmt: skip


def _number(version: NeedVersion) -> int:
    return version.number


def _bundles(needs: Iterable[Need]) -> Iterator[Bundle]:
    """The support platforms, each with its needs."""
    found: dict[str, list[str]] = {}
    for row in needs:
        if row.bundle:
            found.setdefault(row.bundle, []).append(need_code(row.pk))
    for number, (title, names) in enumerate(found.items(), 1):
        yield Bundle(id=f"b{number}", title=title, needs=tuple(names))


def as_text(
    form: str, one: Held, reporter: Organisation, seen_by: str, at: datetime
) -> Iterator[str]:
    """The money of a book as IATI, FTS or flows. Problem where IATI has nothing to tell."""
    if form == "fts":
        return write_rows(write_fts(flows(one.book)))
    reported = activities(one.book, one.file.acts, reporter, seen_by)
    if form == "iati":
        return write_iati(reported, at)
    return write_rows(write_flat(_each(reported)))


def _each(reported: Iterable[tuple[object, Iterable[object]]]) -> Iterator:  # type: ignore[type-arg]
    for _, told in reported:
        yield from told


WHOLE: dict[str, Callable[[BookFile, BinaryIO], None]] = {
    "xlsx": write_book_xlsx, "csv": write_book_zip,
}  # fmt: skip
"""Forms that hold the whole book, and what writes them."""


def as_whole(form: str, one: Held) -> bytes:
    """The whole book as a workbook, or as tables in a zip."""
    out = io.BytesIO()
    WHOLE[form](one.file, out)
    return out.getvalue()
