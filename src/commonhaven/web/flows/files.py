"""The flows that one sees as files: CSV and IATI of any length, a workbook of a bounded one."""

import tempfile
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from typing import IO, Any

from commonhaven.exchange import (
    Organisation,
    Transaction,
    by_activity,
    write_flat,
    write_iati,
    write_rows,
)
from commonhaven.exchange.activity import Reported
from commonhaven.exchange.flat import COLUMNS
from commonhaven.reading import Problem
from commonhaven.web.flows.cells import transaction
from commonhaven.web.flows.models import Flow, Load
from commonhaven.web.flows.queries import Wanted, flows_of
from commonhaven.web.kit.refused import Conflict

AT_ONCE = 500
ROWS = 100_000
"""Flows of a workbook at most."""
DIGITS = 15
"""Digits that a number in a workbook keeps; a longer one is written as text."""
LONGEST = 32_767
"""Characters of a workbook's cell at most."""


def as_csv(load: Load, wanted: Wanted) -> Iterator[str]:
    """The flows as a table that any part of the program reads back."""
    return write_rows(write_flat(flows_of(load, wanted)))


def as_iati(load: Load, wanted: Wanted, reporter: str, made: datetime) -> Iterator[str]:
    """The flows as IATI, activity by activity, told by ``reporter`` at second hand.

    What is passed on from a source that is not named is left out: IATI could not tell it from
    help given.
    """
    org = Organisation(reporter, reporter, "other")
    flows = (held for one in _by_activity(load, wanted) if (held := _fit(one)) is not None)
    return write_iati(_second_hand(by_activity(flows, org)), made)


def _second_hand(activities: Iterator[Reported]) -> Iterator[Reported]:
    for head, flows in activities:
        yield replace(head, secondary=True), flows


def _fit(one: Transaction) -> Transaction | None:
    """A flow as IATI can hold it without saying something else; None where it cannot."""
    source = one.provider_activity
    told = {"delivered": bool(source) and source != one.activity,
            "received": bool(source) and source == one.activity}.get(one.stage, False)  # fmt: skip
    if told == one.passed_on:
        return one
    return None if one.passed_on else one._replace(provider_activity="")


def _by_activity(load: Load, wanted: Wanted) -> Iterator[Transaction]:
    """The flows with those of one activity together; only their numbers are held."""
    lines = {line.pk: line for line in wanted.lines(load)}
    rows = Flow.objects.filter(load=load)
    if wanted.narrowed:
        rows = rows.filter(line__in=wanted.rows(load).values("pk"))
    sorted_ = rows.order_by("activity", "number").values_list("pk", flat=True)
    numbers = array("q", sorted_.iterator(chunk_size=10_000))
    for start in range(0, len(numbers), AT_ONCE):
        part = numbers[start : start + AT_ONCE]
        held = Flow.objects.in_bulk(part.tolist())
        for pk in part:
            row = held[pk]
            yield transaction(row.activity, row.value, row.rest, lines[row.line_id])


def as_workbook(load: Load, wanted: Wanted) -> IO[bytes]:
    """The flows as a workbook of one sheet. Conflict where there are too many for one."""
    number = sum(line.flows for line in wanted.lines(load))
    if number > ROWS:
        raise Conflict(
            f"{number:,} flows are too many for a workbook",
            fix=f"Choose a year or a giver, so that it is {ROWS:,} at most, or take the CSV.",
        )
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it when it is sent
    book = _library().Workbook(out, {"constant_memory": True})
    page = book.add_worksheet("flows")
    page.freeze_panes(1, 0)
    for at, row in enumerate(write_flat(flows_of(load, wanted))):
        _put(page, at, row)
    book.close()
    out.seek(0)
    return out


def _library() -> Any:  # noqa: ANN401 - it has no types
    try:
        return import_module("xlsxwriter")
    except ImportError:
        fix = 'Whoever runs the platform installs it: pip install "commonhaven[spreadsheets]".'
        raise Problem("workbooks need the package xlsxwriter", where="XLSX", fix=fix) from None


VALUE = COLUMNS.index("value")


def _put(page: Any, at: int, row: Sequence[str]) -> None:  # noqa: ANN401
    """One row; an amount as a number where a workbook keeps all its digits. No formula ever."""
    for n, cell in enumerate(row):
        if n == VALUE and at and sum(sign.isdigit() for sign in cell) <= DIGITS:
            page.write_number(at, n, float(cell))
        elif cell:
            page.write_string(at, n, cell[:LONGEST])
