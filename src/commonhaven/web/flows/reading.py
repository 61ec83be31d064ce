"""Flows of a file, one after the other, and what tells one file from another."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from commonhaven.exchange import (
    Mistake,
    Report,
    Transaction,
    form_of,
    read_flat,
    read_fts,
    read_iati,
)
from commonhaven.exchange.files import Progress
from commonhaven.reading import Problem
from commonhaven.web.flows.models import FORMS

PIECE = 1 << 20


def flow_form(path: Path) -> str:
    """Which form of flows a file has. Problem where it is none of them."""
    form = form_of(str(path))
    if form in FORMS:
        return form
    fix = "Give IATI (.xml), flows as FTS has them (.csv), or flows (.csv)."
    raise Problem("this is no file of flows", where=str(path), fix=fix)


def fingerprint(path: Path) -> tuple[str, int]:
    """The SHA-256 of a file and its size, read in pieces."""
    seen = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            seen.update(piece)
        return seen.hexdigest(), file.tell()


def flows_in(
    path: Path, form: str, report: Report, progress: Progress | None
) -> Iterator[Transaction]:
    """The flows of a file; what is wrong in one is noted in the report."""
    if form == "iati":
        yield from read_iati(path, report=report, progress=progress)
    elif form == "flows":
        yield from read_flat(path, report=report, progress=progress)
    else:
        flows = read_fts(path, report=report, progress=progress)
        yield from (flow.transaction() for flow in flows)


def unfit(one: Transaction) -> Problem | None:
    """What keeps a flow that its file may hold out of the tables."""
    if not 1 <= one.reported <= 9999:
        return Problem(f"{str(one.reported)[:20]} is not a year", fix="Write four digits.")
    if "\0" in one.activity or "\0" in "".join(one.provider):
        return Problem("a text holds the sign U+0000", fix="Take the sign out.")
    return None


def called(mistake: Mistake, path: Path, name: str) -> Mistake:
    """A mistake with the file by its own name, not by the place where it lay for a moment."""
    return Mistake(
        file=mistake.file.replace(str(path), name), row=mistake.row, column=mistake.column,
        what=mistake.what, fix=mistake.fix,
    )  # fmt: skip
