"""Tables in, a book of promises out; all that is wrong in any of them is told at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commonhaven.commitments import BookFile, check, check_need
from commonhaven.commitments.file import PoolTable
from commonhaven.exchange.mistakes import Report
from commonhaven.exchange.sheets import (
    POOLED,
    SHEETS,
    Sheet,
    required,
    value_of,
)
from commonhaven.reading import closest


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table as it was found: the name to tell it by, its header, its rows by number.

    A cell is None where what stands in it was reported already.
    """

    file: str
    header: tuple[str, ...]
    rows: Sequence[tuple[int, tuple[str | None, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One row that was read: where it stands, what it is a part of, its values."""

    file: str
    row: int
    key: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something of a book stands: file or sheet, row, column."""

    file: str
    row: int | None = None
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabled:
    """The book that tables hold, and the row of everything in it that has a name.

    ``rows``: sheet and name → file and row; of the parts of a thing, the first.
    """

    file: BookFile
    where: str
    rows: Mapping[tuple[str, str], tuple[str, int]]

    def place(self, sheet: str, name: str, field: str = "") -> Place:
        """Where a field of a thing stands; of its parts, in the first row of their own sheet."""
        parts = next((s.name for s in SHEETS if (s.within, s.part) == (sheet, field)), "")
        if found := self.rows.get((parts, name)):
            return Place(file=found[0], row=found[1])
        if found := self.rows.get((sheet, name)):
            return Place(file=found[0], row=found[1], column="" if parts else field)
        return Place(file=self.where, column=field)


def tabled(tables: Mapping[str, Table], report: Report) -> Tabled:
    """The book that tables hold, by the names of SHEETS; those without rows may be absent.

    Raises BadFile with every mistake in any of them.
    """
    found = {
        sheet.name: list(_read(sheet, tables[sheet.name], report)) if sheet.name in tables else []
        for sheet in SHEETS
    }
    made = {sheet.name: _made(sheet, found, report) for sheet in SHEETS if not sheet.within}
    file = _file(found, made, report)
    report.settle()
    assert file is not None  # noqa: S101 - what is missing was reported and settled above
    done = Tabled(file=file, where=report.where, rows=_rows(found))
    _check(done, report)
    report.settle()
    return done


def _rows(found: Mapping[str, list[Read]]) -> dict[tuple[str, str], tuple[str, int]]:
    rows: dict[tuple[str, str], tuple[str, int]] = {}
    for sheet, each in found.items():
        for one in each:
            name = one.key or one.values.get("id", "")
            rows.setdefault((sheet, name), (one.file, one.row))
    return rows


def _check(done: Tabled, report: Report) -> None:
    """Note what only whole things and the whole book show."""
    parts = [("commitments", one.id, check(one)) for one in done.file.commitments]
    parts += [("needs", one.id, check_need(one)) for one in done.file.needs]
    for sheet, name, findings in parts:
        for finding in findings:
            if finding.severity == "error":
                at = done.place(sheet, name, finding.where.rpartition(", ")[2])
                report.add(finding.what, file=at.file, row=at.row, column=at.column,
                           fix=finding.fix)  # fmt: skip
    for finding in done.file.whole():
        kind, _, name = finding.where.partition(" ")
        at = done.place({"bundle": "bundles"}.get(kind, kind), name)
        report.add(finding.what, file=at.file, row=at.row, fix=finding.fix)


def _read(sheet: Sheet, table: Table, report: Report) -> Iterator[Read]:
    columns = _columns(sheet, table, report) if table.header else []
    for number, cells in table.rows:
        if not _filled(cells):
            continue
        values: dict[str, Any] = {}
        if _filled(cells[len(columns) :]):
            report.add("there are more cells than columns", file=table.file, row=number,
                       fix="Put one cell under each column.")  # fmt: skip
        padded = (*cells, *[""] * (len(columns) - len(cells)))
        for column, cell in zip(columns, padded, strict=False):
            if column and cell is not None:
                with report.noting(file=table.file, row=number, column=column):
                    _cell(sheet, column, cell, values, (report, table.file, number))
        key = values.pop(sheet.key, "") if sheet.key else ""
        yield Read(file=table.file, row=number, key=key, values=values)


def _filled(cells: Iterable[str | None]) -> bool:
    return any(cell is None or cell.strip() for cell in cells)


def _columns(sheet: Sheet, table: Table, report: Report) -> list[str]:
    """The header's columns in order; "" for one that is unknown, which is reported."""
    found = [name.strip() for name in table.header]
    for n, name in enumerate(found):
        if name and name not in sheet.columns:
            report.add(f'there is no column "{name[:40]}"', file=table.file, row=1, column=name,
                       fix=closest(name, sheet.columns))  # fmt: skip
            found[n] = ""
        elif name and name in found[:n]:
            report.add("the column is there twice", file=table.file, row=1, column=name,
                       fix="Keep one.")  # fmt: skip
            found[n] = ""
    for name in sheet.columns:
        if required(sheet, name) and name not in [cell.strip() for cell in table.header]:
            report.add("the column is missing", file=table.file, row=1, column=name,
                       fix="Add it, with a value in every row.")  # fmt: skip
    return found


def _cell(
    sheet: Sheet, column: str, cell: str, values: dict[str, Any], at: tuple[Report, str, int]
) -> None:
    if cell.strip():
        values[column] = value_of(sheet, column, cell)
    elif required(sheet, column):
        report, file, row = at
        report.add("the cell is empty", file=file, row=row, column=column, fix="Fill it in.")


def _made(sheet: Sheet, found: Mapping[str, list[Read]], report: Report) -> list[Any]:
    """The things of a sheet, with their parts from the sheets within it."""
    parts = {part.part: part for part in SHEETS if part.within == sheet.name}
    own = found[sheet.name]
    if parts:
        _names_once(own, report)
    given = {
        name: _grouped(found[part.name], {one.values.get("id") for one in own}, part, report)
        for name, part in parts.items()
    }
    if report.mistakes or sheet.name in {"book", "pool"}:
        return []
    return [
        sheet.model(**one.values, **{
            name: tuple(parts[name].model(**part.values)
                        for part in grouped.get(one.values["id"], ()))
            for name, grouped in given.items()
        })
        for one in own
    ]  # fmt: skip


def _names_once(own: list[Read], report: Report) -> None:
    seen: dict[str, int] = {}
    for one in own:
        name = one.values.get("id")
        if name is None:
            continue
        if name in seen:
            report.add(f'"{name[:40]}" stands in row {seen[name]} too', file=one.file, row=one.row,
                       column="id", fix="Give one of them another name.")  # fmt: skip
        seen.setdefault(name, one.row)


def _grouped(
    rows: list[Read], known: set[str | None], part: Sheet, report: Report
) -> dict[str, list[Read]]:
    found: dict[str, list[Read]] = {}
    for one in rows:
        if one.key and one.key not in known:
            names = [name for name in known if name]
            report.add(f'there is no {part.key} "{one.key[:40]}"', file=one.file, row=one.row,
                       column=part.key, fix=closest(one.key, names))  # fmt: skip
        found.setdefault(one.key, []).append(one)
    return found


def _file(
    found: Mapping[str, list[Read]], made: Mapping[str, list[Any]], report: Report
) -> BookFile | None:
    head, pools = found["book"], found["pool"]
    for rows in (head, pools):
        for one in rows[1:]:
            report.add("there is more than one row", file=one.file, row=one.row,
                       fix="Keep one.")  # fmt: skip
    if not pools:
        for name in POOLED:
            for one in found[name][:1]:
                report.add("the book names no pool", file=one.file, row=one.row,
                           fix="Fill in the sheet pool, or take these rows out.")  # fmt: skip
    if report.mistakes:
        return None
    pool = None
    if pools:
        worth = {one.unit: one.quantity for one in made["worth"]}
        pool = PoolTable(**pools[0].values, worth=worth, shares=tuple(made["pool shares"]),
                         deductions=tuple(made["deductions"]))  # fmt: skip
    values: dict[str, Any] = dict(head[0].values) if head else {}
    values |= {name: tuple(made[name]) for name in ("commitments", "acts", "needs", "bundles")}
    return BookFile(**values, pool=pool)
