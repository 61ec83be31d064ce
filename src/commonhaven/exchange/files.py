"""Which format a file has, what it holds, and how files come to be: whole, or not at all."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from commonhaven.commitments import BookFile, Refusal, book, read_book, shipped
from commonhaven.exchange.activity import Activity
from commonhaven.exchange.book_csv import read_book_csv, read_book_zip
from commonhaven.exchange.book_xlsx import read_book_xlsx, read_workbook
from commonhaven.exchange.bounds import Bounds
from commonhaven.exchange.flat import NEEDED, read_flat
from commonhaven.exchange.from_book import activities
from commonhaven.exchange.from_tables import Tabled
from commonhaven.exchange.fts import heads as fts_heads
from commonhaven.exchange.fts import read_fts
from commonhaven.exchange.iati_read import read_iati
from commonhaven.exchange.mistakes import Report
from commonhaven.exchange.rounding import Rounding
from commonhaven.exchange.rows import loose
from commonhaven.exchange.to_book import Taken, as_book
from commonhaven.exchange.transaction import Organisation, Transaction
from commonhaven.reading import Problem

Form = Literal["book", "tables", "zip", "workbook", "iati", "fts", "flows"]
FORMS = (
    "a book (.toml), a folder or a zip of tables, a workbook (.xlsx), IATI (.xml), or flows (.csv)"
)
BOOKS = frozenset({"book", "tables", "zip", "workbook"})
Progress = Callable[[int], None]


def form_of(name: str) -> Form:
    """What a path, or the name of a book that ships, leads to. Problem for anything else."""
    path = Path(name)
    if name in shipped() or path.suffix.lower() == ".toml":
        return "book"
    if path.is_dir():
        return "tables"
    if not path.exists():
        raise Problem("no such file", where=name, fix="Check the path.")
    by_suffix: dict[str, Form] = {".xlsx": "workbook", ".zip": "zip", ".xml": "iati"}
    form = by_suffix.get(path.suffix.lower())
    if form is None and path.suffix.lower() == ".csv":
        form = _csv_form(path)
    if form is None:
        raise Problem("this is no file of money that is known", where=name, fix=f"Give {FORMS}.")
    return form


def _csv_form(path: Path) -> Form:
    _, header = next(loose(path), (1, ()))
    columns = {cell.strip() for cell in header}
    if "flow_id" in columns:
        return "fts"
    if columns & set(NEEDED):
        return "flows"
    fix = "Give flows as FTS has them, with flow_id, or as `commitments export --to flows` writes."
    raise Problem("the columns are of no known table", where=f"{path}, row 1", fix=fix)


def read_book_file(name: str) -> BookFile:
    """A book from TOML, from a folder or a zip of tables, or from a workbook."""
    form = form_of(name)
    if form == "tables":
        return read_book_csv(Path(name))
    if form == "zip":
        return read_book_zip(Path(name), name, Bounds()).file
    if form == "workbook":
        return read_book_xlsx(Path(name))
    if form == "book":
        return read_book(name)
    fix = "Make a book of it first: commonhaven commitments import FILE --out BOOK.toml."
    raise Problem("these are flows of money, no book of promises", where=name, fix=fix)


def read_handed_in(path: Path, bounds: Bounds) -> Tabled:
    """The book in a zip of tables or a workbook that somebody hands in, with its rows.

    Mistakes name its tables or sheets, not the file. Problem for any other file.
    """
    readers = {".zip": read_book_zip, ".xlsx": read_workbook}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        fix = "Fill in the template: a workbook (.xlsx), or CSV tables in one .zip."
        raise Problem("this is neither a workbook nor a zip of tables", fix=fix)
    return reader(path, "", bounds)


def taken(name: str, progress: Progress | None = None, rounding: Rounding | None = None) -> Taken:
    """The book that any file gives. Raises BadFile with all its mistakes.

    ``rounding``: brings the amounts of flows to the minor unit; a book's are never rounded.
    """
    form, path, report = form_of(name), Path(name), Report(where=name)
    if form in BOOKS:
        if rounding is not None:
            said = "the amounts of a book are not rounded"
            raise Problem(said, where=name, fix="Leave --round out, and mend them in the book.")
        return Taken(file=read_book_file(name), left_out=())
    if form == "fts":
        flows = list(read_fts(path, report=report, progress=progress))
        steps = (step for flow in flows for step in flow.steps())
        return as_book(steps, fts_heads(flows), report, rounding)
    if form == "flows":
        return as_book(read_flat(path, report=report, progress=progress), {}, report, rounding)
    known: dict[str, Activity] = {}

    def keep(head: Activity) -> None:
        known[head.id] = head

    flows_in = read_iati(path, report=report, heads=keep, progress=progress)
    return as_book(flows_in, known, report, rounding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The flows of a file, one after the other; and of a book the acts that it refuses."""

    flows: Iterator[Transaction]
    refused: tuple[Refusal, ...] = ()


def flows_of(name: str, now: datetime, progress: Progress | None = None) -> Source:
    """The flows of any file; those of a book as it stands at ``now``."""
    form, path = form_of(name), Path(name)
    if form == "iati":
        return Source(flows=read_iati(path, progress=progress))
    if form == "flows":
        return Source(flows=read_flat(path, progress=progress))
    if form == "fts":
        return Source(flows=(flow.transaction() for flow in read_fts(path, progress=progress)))
    file = read_book_file(name)
    found = book(file.commitments, file.acts, now, file.setting())
    each = activities(found, file.acts, Organisation(ref="book"))
    return Source(flows=(one for _, flows in each for one in flows), refused=found.refused)


def write_file(path: Path, fill: Callable[[Any], object]) -> None:
    """Make a file whole or not at all; ``fill`` writes into it in binary.

    Problem where something is there already, or it cannot be written.
    """
    _free(path)
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as held:
            made = Path(held.name)
        try:
            with made.open("wb") as out:
                fill(out)
            made.chmod(0o666 & ~_mask())
            made.rename(path)
        finally:
            made.unlink(missing_ok=True)
    except OSError as error:
        said = f"cannot be written ({error.strerror})"
        raise Problem(said, where=str(path), fix="Check the path.") from None


def write_text(path: Path, pieces: Iterable[str]) -> None:
    """Make a file of text whole or not at all."""
    write_file(path, lambda out: out.writelines(piece.encode() for piece in pieces))


def write_folder(path: Path, files: Iterable[tuple[str, str]]) -> None:
    """Make a folder with all its files or not at all."""
    _free(path)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".part-") as held:
            fresh = Path(held) / "tables"
            fresh.mkdir()
            for name, text in files:
                (fresh / name).write_text(text, encoding="utf-8", newline="")
            fresh.rename(path)
    except OSError as error:
        said = f"cannot be written ({error.strerror})"
        raise Problem(said, where=str(path), fix="Check the path.") from None


def _free(path: Path) -> None:
    if os.path.lexists(path):
        said = "there is something of this name already"
        raise Problem(said, where=str(path), fix="Name another, or take it away first.")


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
