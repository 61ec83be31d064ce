"""Transactions as one CSV: a row a flow, all that the neutral form holds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from commonhaven.commitments.model import Earmarking
from commonhaven.exchange.cells import (
    amount,
    bare,
    currency,
    day,
    guarded,
    organisation,
    plain,
    truth,
    within,
    yes_no,
)
from commonhaven.exchange.codes import EARMARKING_CODES, KIND_CODES
from commonhaven.exchange.mistakes import Report
from commonhaven.exchange.rows import Bytes, Records, records
from commonhaven.exchange.transaction import Kind, Organisation, Transaction
from commonhaven.reading import Problem, closest

SIDES = ("provider", "receiver")
COLUMNS = (
    "activity", "ref", "kind", "date", "value", "currency", "value_date",
    *(f"{side}{part}" for side in SIDES for part in ("", "_ref", "_type", "_country", "_activity")),
    "description", "aid_type", "earmarking", "humanitarian", "country", "year", "passed_on",
)  # fmt: skip
NEEDED = ("activity", "kind", "date", "value", "currency")


def write_flat(transactions: Iterable[Transaction]) -> Iterator[Sequence[str]]:
    """The rows of the table, its header first."""
    yield COLUMNS
    for one in transactions:
        yield (
            guarded(one.activity), guarded(one.ref), one.kind, one.on.isoformat(),
            plain(one.value), one.currency, one.value_on.isoformat() if one.value_on else "",
            *_side(one.provider), guarded(one.provider_activity),
            *_side(one.receiver), guarded(one.receiver_activity),
            guarded(one.about), one.aid_type, one.earmarking or "", yes_no(one.humanitarian),
            one.country, "" if one.year is None else str(one.year), yes_no(one.passed_on or None),
        )  # fmt: skip


def _side(org: Organisation) -> tuple[str, ...]:
    return guarded(org.name), guarded(org.ref), guarded(org.kind), org.country


def read_flat(
    path: Path, *, report: Report | None = None, progress: Bytes | None = None
) -> Iterator[Transaction]:
    """The transactions of a table, one after the other.

    Columns beyond NEEDED may be missing. What is wrong in a row is noted in the report, or raises
    BadFile where none is given.
    """
    own = report or Report(where=str(path))
    table = records(path, NEEDED, COLUMNS, progress)
    reader = _Cells(table)
    for line, row in table.rows:
        try:
            found = reader.transaction(row)
        except Problem as problem:
            own.add(problem.what, file=table.file, row=line, column=problem.where, fix=problem.fix)
            if report is None:
                own.settle()
            continue
        yield found


class _Cells:
    """Where each column stands, and how its cells are read."""

    def __init__(self, table: Records) -> None:
        place = {name: n for n, name in enumerate(table.columns)}
        self.at = [place.get(name, len(table.columns)) for name in COLUMNS]

    def transaction(self, row: list[str]) -> Transaction:
        """The flow of a row. Raises Problem with the column at fault."""
        row.append("")
        cells = [row[n] for n in self.at]
        try:
            return self._read(cells)
        except Problem:
            self._blame(cells)
            raise

    @staticmethod
    def _read(cells: list[str]) -> Transaction:
        (activity, ref, kind, on, value, money, value_on, p_name, p_ref, p_type, p_country, p_act,
         r_name, r_ref, r_type, r_country, r_act, about, aid, earmarking, humanitarian, country,
         year, passed_on) = cells  # fmt: skip
        return Transaction(
            _named(activity), _kind(kind), day(on), amount(value), currency(money), bare(ref),
            day(value_on) if value_on else None,
            organisation(bare(p_name), bare(p_ref), bare(p_type), p_country),
            organisation(bare(r_name), bare(r_ref), bare(r_type), r_country),
            bare(p_act), bare(r_act), bare(about), aid,
            _earmarking(earmarking) if earmarking else None,
            truth(humanitarian) if humanitarian else None, country,
            _year(year) if year else None, passed_on != "" and truth(passed_on) is True,
        )  # fmt: skip

    @staticmethod
    def _blame(cells: list[str]) -> None:
        """Read the cells one by one, so that the Problem names its column."""
        for column, cell in zip(COLUMNS, cells, strict=True):
            if column in READ and (cell or column in NEEDED):
                within(column, READ[column], cell)


def _named(cell: str) -> str:
    if name := bare(cell):
        return name
    raise Problem("the cell is empty", where="activity", fix="Fill it in.")


@lru_cache(maxsize=64)
def _kind(text: str) -> Kind:
    for kind in KIND_CODES:
        if kind == text.strip():
            return kind
    raise Problem(f'"{text[:40]}" is no kind of flow', fix=closest(text, KIND_CODES))


@lru_cache(maxsize=64)
def _earmarking(text: str) -> Earmarking:
    for word in EARMARKING_CODES:
        if word == text.strip():
            return word
    raise Problem(f'"{text[:40]}" is no earmarking', fix=closest(text, EARMARKING_CODES))


@lru_cache(maxsize=512)
def _year(text: str) -> int:
    if text.strip().isdecimal() and len(text.strip()) == 4:
        return int(text)
    raise Problem(f'"{text[:40]}" is not a year', fix="Write four digits.")


READ: dict[str, Callable[[str], object]] = {
    "activity": _named, "kind": _kind, "date": day, "value": amount, "currency": currency,
    "value_date": day, "earmarking": _earmarking, "humanitarian": truth, "year": _year,
    "passed_on": truth,
}  # fmt: skip
"""Columns whose cells can be wrong, and how they are read."""
