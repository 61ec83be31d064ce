"""A book of promises as tables: which sheets it has, and what stands in their columns."""

import csv
import io
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, Literal, get_args, get_origin

from commonhaven.commitments import (
    Act,
    BookFile,
    Bundle,
    Commitment,
    Condition,
    Draw,
    Evidence,
    Instalment,
    Need,
    Share,
)
from commonhaven.commitments.file import Lifted, PoolShare, PoolTable
from commonhaven.exchange.cells import bare, guarded
from commonhaven.reading import Problem, decimal_text, described, exact, read_field, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What one of a unit counts for in the pool."""

    unit: str = described("Unit of a commitment")
    quantity: Fraction = described("How many of the pool's units one of it is worth", low=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table: its model, and for parts of something else the sheet and column that name it."""

    name: str
    model: type
    about: str
    within: str = ""
    key: str = ""
    part: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        own = tuple(field.name for field in self.fields)
        return (self.key, *own) if self.key else own

    @property
    def fields(self) -> tuple["Field[Any]", ...]:
        """The fields that are cells; tables within it have sheets of their own."""
        return _cells(self.model)


SHEETS = (
    Sheet(name="book", model=BookFile, about="One row: the title, and who verifies and keeps it."),
    Sheet(name="commitments", model=Commitment, about="One row a promise, alone or joint."),
    Sheet(name="shares", model=Share, about="Who gives how much of a promise.",
          within="commitments", key="commitment", part="shares"),
    Sheet(name="instalments", model=Instalment, about="The parts of a promise by day.",
          within="commitments", key="commitment", part="instalments"),
    Sheet(name="conditions", model=Condition, about="What has to be met before delivery.",
          within="commitments", key="commitment", part="conditions"),
    Sheet(name="acts", model=Act, about="What happened, one row an act, in order of time."),
    Sheet(name="evidence", model=Evidence, about="What an act rests on.",
          within="acts", key="act", part="evidence"),
    Sheet(name="draws", model=Draw, about="From which deliveries something is passed on.",
          within="acts", key="act", part="draws"),
    Sheet(name="needs", model=Need, about="What hosts and partners state that they lack."),
    Sheet(name="bundles", model=Bundle, about="Support platforms: needs followed together."),
    Sheet(name="pool", model=PoolTable, about="At most one row: the pool that promises count for."),
    Sheet(name="worth", model=Worth, about="What units count for in the pool."),
    Sheet(name="pool shares", model=PoolShare, about="Every state's fair share of the pool."),
    Sheet(name="deductions", model=Lifted, about="What decisions have lifted of fair shares."),
)  # fmt: skip
BY_NAME: Mapping[str, Sheet] = {sheet.name: sheet for sheet in SHEETS}
MARK = "'"
POOLED = ("worth", "pool shares", "deductions")


@cache
def _hints(model: type) -> dict[str, Any]:
    return typing.get_type_hints(model)


@cache
def _cells(model: type) -> tuple["Field[Any]", ...]:
    found = []
    for field in fields(model):
        hint = inner(_hints(model)[field.name])
        nested = is_dataclass(hint) or get_origin(hint) is Mapping
        if not nested and not (get_origin(hint) is tuple and is_dataclass(get_args(hint)[0])):
            found.append(field)
    return tuple(found)


def inner(hint: Any) -> Any:
    """The type of a field that may be absent."""
    kinds = [kind for kind in get_args(hint) if kind is not type(None)]
    return kinds[0] if type(None) in get_args(hint) else hint


def kind_of(sheet: Sheet, column: str) -> Any:
    """What a column holds: str, int, Fraction, date, datetime, tuple[...] or Literal[...]."""
    return str if column == sheet.key else inner(_hints(sheet.model)[column])


def choices(sheet: Sheet, column: str) -> tuple[str, ...]:
    """The words that may stand in a column; empty where any may."""
    kind = kind_of(sheet, column)
    return get_args(kind) if get_origin(kind) is Literal else ()


def required(sheet: Sheet, column: str) -> bool:
    """Whether a cell must be filled in every row."""
    if column == sheet.key:
        return True
    (field,) = (field for field in sheet.fields if field.name == column)
    return field.default is MISSING and field.default_factory is MISSING


def written(sheet: Sheet, column: str, value: object) -> str:
    """A value as the text of its cell; `value_of` reads it back.

    A blank cell stands for the default, so that a nothing that is no default has a mark.
    """
    text = _text(value)
    return MARK if not text and _means_more(sheet, column, value) else text


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return decimal_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return guarded(_joined(value) if isinstance(value, tuple) else str(value))


def _means_more(sheet: Sheet, column: str, value: object) -> bool:
    """Whether a blank cell would be read as something else than this value."""
    if column == sheet.key:
        return True
    (field,) = (field for field in sheet.fields if field.name == column)
    return field.default is MISSING or field.default != value


def value_of(sheet: Sheet, column: str, cell: str) -> Any:
    """The value of a cell that is not blank. Problem, without a place, where it is none."""
    kind = kind_of(sheet, column)
    if column == sheet.key:
        return bare(cell)
    value: object = cell.strip()
    if kind is str:
        value = bare(cell)
    elif kind is int:
        value = whole(value)
    elif kind is Fraction:
        value = exact(value)
    elif get_origin(kind) is tuple:
        parts = _parted(bare(cell))
        value = [whole(part) for part in parts] if get_args(kind)[0] is int else parts
    return read_field(sheet.model, column, value, "")


def _joined(parts: tuple[object, ...]) -> str:
    """Several words in one cell, with semicolons between them."""
    if not parts:
        return ""
    texts = [str(part) for part in parts]
    plain = all(text == " ".join(text.splitlines()).strip() != "" for text in texts)
    out = io.StringIO(newline="")
    if plain:
        csv.writer(out, delimiter=";", lineterminator="").writerow(texts)
    else:
        csv.writer(out, delimiter=";", lineterminator="", quoting=csv.QUOTE_ALL).writerow(texts)
    return out.getvalue()


def _parted(cell: str) -> list[str]:
    if not cell:
        return []
    try:
        (parts,) = csv.reader([cell], delimiter=";", skipinitialspace=True, strict=True)
    except (csv.Error, ValueError):
        fix = 'Write A; B; and put what has a semicolon in it in quotation marks: "A; B".'
        raise Problem("the list cannot be read", fix=fix) from None
    return [part.strip() for part in parts] if '"' not in cell else parts


def rows(file: BookFile, sheet: Sheet) -> Iterator[tuple[str, ...]]:
    """The rows of one sheet of a book."""
    if sheet.within:
        for whole_ in getattr(file, sheet.within):
            for part in getattr(whole_, sheet.part):
                yield written(sheet, sheet.key, whole_.id), *_row(sheet, part)
        return
    for item in _items(file, sheet.name):
        yield tuple(_row(sheet, item))


def _row(sheet: Sheet, item: object) -> Iterator[str]:
    for field in sheet.fields:
        yield written(sheet, field.name, getattr(item, field.name))


def _items(file: BookFile, name: str) -> tuple[object, ...]:
    """What the rows of a sheet are made from."""
    if name == "book":
        return (file,)
    if name in {"commitments", "acts", "needs", "bundles"}:
        return tuple(getattr(file, name))
    pool = file.pool
    if pool is None:
        return ()
    return {
        "pool": (pool,),
        "worth": tuple(Worth(unit=unit, quantity=n) for unit, n in pool.worth.items()),
        "pool shares": pool.shares,
        "deductions": pool.deductions,
    }[name]
