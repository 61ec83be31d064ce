"""The promises of a group as files: what the viewer may see of its book, and nothing else."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from commonhaven.commitments import Book, BookFile
from commonhaven.exchange import (
    Organisation,
    activities,
    flows,
    write_book_xlsx,
    write_flat,
    write_fts,
    write_iati,
    write_rows,
)
from commonhaven.web.commitments.models import Commitment
from commonhaven.web.commitments.queries import commitments_for
from commonhaven.web.commitments.values import act_of, book_of, setting_of, value_of
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Viewer

FORMS = {"iati": ("xml", "application/xml"), "fts": ("csv", "text/csv"),
         "flows": ("csv", "text/csv"),
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
    return Held(
        book=book_of(rows, group, viewer.at),
        file=BookFile(
            title=group.called(), verifiers=tuple(sorted(setting.verifiers)),
            keepers=tuple(sorted(setting.keepers)), reply_days=setting.reply_days,
            commitments=tuple(value_of(row) for row in rows), acts=acts,
        ),
    )  # fmt: skip


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


def as_workbook(one: Held) -> bytes:
    """The whole book as a workbook."""
    out = io.BytesIO()
    write_book_xlsx(one.file, out)
    return out.getvalue()
