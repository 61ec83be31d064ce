"""CSV in, row by row, each cell knowing where it stands."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.resources.abc import Traversable
from pathlib import Path

from commonhaven.reading.numbers import brief, decimal_text, exact, whole
from commonhaven.reading.problem import Problem, closest, few
from commonhaven.reading.toml import read_text


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table and the line it starts on."""

    file: str
    line: int
    cells: dict[str, str]

    def where(self, column: str) -> str:
        return f"{self.file}, row {self.line}, column {column}"

    def text(self, column: str) -> str:
        """The cell without surrounding space; Problem where it is empty."""
        if cell := self._cell(column).strip():
            return cell
        raise Problem("the cell is empty", where=self.where(column), fix="Fill it in.")

    def exact(
        self, column: str, *, low: Fraction | int | None = None, high: Fraction | int | None = None
    ) -> Fraction:
        """The cell as an exact number, checked against the range (both ends allowed)."""
        return within(exact(self.text(column), self.where(column)), self.where(column), low, high)

    def whole(self, column: str, *, low: int | None = None, high: int | None = None) -> int:
        """The cell as a whole number, checked against the range (both ends allowed)."""
        number = whole(self.text(column), self.where(column))
        within(Fraction(number), self.where(column), low, high)
        return number

    def blank(self, column: str) -> bool:
        return not self._cell(column).strip()

    def _cell(self, column: str) -> str:
        if column in self.cells:
            return self.cells[column]
        fix = closest(column, self.cells)
        raise Problem(
            f"there is no column {column}", where=f"{self.file}, row {self.line}", fix=fix
        )


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file: its name, its columns in order, its rows, the line its header stands on."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    header: int = 1

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def require(self, columns: Iterable[str]) -> None:
        """Problem naming the first of ``columns`` that the header lacks."""
        for column in columns:
            if column not in self.columns:
                raise Problem(
                    f"the column {column} is missing",
                    where=f"{self.file}, row {self.header}",
                    fix=f"The header has: {listed(self.columns)}.",
                )


def listed(names: Sequence[str]) -> str:
    """Whole names as far as there is room for them, and how many more there are."""
    return few([brief(name) for name in names])


def within(
    number: Fraction, where: str, low: Fraction | int | None, high: Fraction | int | None
) -> Fraction:
    """The number itself; Problem where it lies outside the range."""
    if low is not None and number < low:
        said = f"{brief(decimal_text(number))} is below the least allowed, {low}"
        raise Problem(said, where=where, fix=f"Give {low} or more.")
    if high is not None and number > high:
        said = f"{brief(decimal_text(number))} is above the most allowed, {high}"
        raise Problem(said, where=where, fix=f"Give {high} or less.")
    return number


def read_table(path: Path | Traversable, *, name: str = "", required: Sequence[str] = ()) -> Table:
    """Read a comma-separated file with a header row. Lines that start with # are notes.

    Raises Problem, naming file, row and column, for an empty file, a semicolon file, a repeated or
    missing column, a row of another length, or text that is not UTF-8.
    """
    where = name or str(path)
    records = _records(read_text(path, where), where)
    first, header = next(records, (1, []))
    if not header:
        raise Problem("the file is empty", where=where, fix="Give a header and a row per state.")
    columns = tuple(cell.strip() for cell in header)
    _check_header(columns, f"{where}, row {first}")
    Table(where, columns, (), first).require(required)
    rows = tuple(_row(where, columns, line, cells) for line, cells in records)
    if not rows:
        raise Problem("there is a header but no row", where=where, fix="Add a row per state.")
    return Table(where, columns, rows, first)


def _records(text: str, where: str) -> Iterator[tuple[int, list[str]]]:
    between_records = True

    def lines() -> Iterator[str]:
        nonlocal between_records
        for line in io.StringIO(text, newline=""):
            note = between_records and line.startswith("#")
            between_records = False
            yield "\n" if note else line

    reader = csv.reader(lines(), strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, cells
            start, between_records = reader.line_num + 1, True
    except csv.Error as error:
        place, fix = f"{where}, row {start}", "Is a quotation mark missing or one too many?"
        raise Problem(f"not valid CSV ({error})", where=place, fix=fix) from None


def _check_header(columns: tuple[str, ...], where: str) -> None:
    if len(columns) == 1 and (";" in columns[0] or "\t" in columns[0]):
        mark = "semicolons" if ";" in columns[0] else "tabs"
        raise Problem(
            f"the columns are separated by {mark}",
            where=where,
            fix="Save it with commas between columns and points in decimals.",
        )
    seen = set()
    for position, column in enumerate(columns, 1):
        if not column:
            raise Problem(f"column {position} has no name", where=where, fix="Name it.")
        if column in seen:
            raise Problem(f"the column {brief(column)} appears twice", where=where, fix="Keep one.")
        seen.add(column)


def _row(where: str, columns: tuple[str, ...], line: int, cells: list[str]) -> Row:
    if len(cells) != len(columns):
        raise Problem(
            f"{len(cells)} cells under {len(columns)} columns",
            where=f"{where}, row {line}",
            fix="Put one cell under each column; quote text that has commas.",
        )
    return Row(where, line, dict(zip(columns, cells, strict=True)))
