"""A document as plain values: what it says, where its numbers come from, how to make it again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal
from unicodedata import category

from commonhaven.reading import Problem, decimal_text, digest

Exact = int | Decimal | Fraction
LANGUAGES = ("en", "fr", "es", "ar")
"""Languages in which reports have words."""
DIRECTIONS: Mapping[str, Literal["ltr", "rtl"]] = {"ar": "rtl"}


def direction(language: str) -> Literal["ltr", "rtl"]:
    """The direction in which a language is written."""
    return DIRECTIONS.get(language.partition("-")[0], "ltr")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number in a sentence as the language writes it; its exact value, and its source's id."""

    text: str
    value: str = ""
    source: str = ""


Span = str | Figure
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; ``language`` where it is not in the document's."""

    spans: Spans
    kind: Literal["text", "lead", "warning", "note"] = "text"
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list of points, or of steps in their order."""

    items: tuple[Spans, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is called how, and what it is."""

    rows: tuple[tuple[str, Spans], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a person wrote; ``language`` is that of the text, ``warning`` says what it lacks."""

    text: str
    language: str
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A cell of a table with a source of its own."""

    value: "str | Exact | date | None"
    source: str


Cell = str | Exact | date | Cited | None


def bare(cell: Cell) -> "str | Exact | date | None":
    """What a cell holds, without its source."""
    return cell.value if isinstance(cell, Cited) else cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: what stands in it. ``places`` of a number: None for all that it has.

    ``total``: its known numbers are added up below. ``wide``: it takes what room is left.
    """

    title: str
    kind: Literal["text", "number", "day"] = "text"
    places: int | None = 0
    total: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose first column names its rows; None in a cell is a figure that nobody has."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                said = f"row {number} has {len(row)} cells for {len(self.columns)} columns"
                raise Problem(said, where=f'table "{self.caption}"', fix="Fill every column.")

    @property
    def totals(self) -> tuple[Exact | None, ...]:
        """The exact sum of each column that is added up; empty where none is, or no row stands."""
        if not self.rows or not any(column.total for column in self.columns):
            return ()
        return tuple(
            sum((Fraction(cell) for cell in self._numbers(place)), Fraction(0))
            if column.total
            else None
            for place, column in enumerate(self.columns)
        )

    @property
    def incomplete(self) -> bool:
        """Whether a number is missing in a column that is added up."""
        return any(
            bare(row[place]) is None
            for place, column in enumerate(self.columns)
            if column.total
            for row in self.rows
        )

    def _numbers(self, place: int) -> Iterator[Exact]:
        for row in self.rows:
            cell = bare(row[place])
            if isinstance(cell, int | Decimal | Fraction):
                yield cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture: SVG, what it says in words, and the data behind it."""

    title: str
    svg: str
    alternative: str
    data: Table
    note: str = ""

    def __post_init__(self) -> None:
        if not self.alternative.strip():
            fix = "Say in two sentences what it shows, with its leading numbers."
            raise Problem("it has no text alternative", where=f'picture "{self.title}"', fix=fix)


Block = Paragraph | Bullets | Facts | Written | Table | Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part under a heading; ``id`` is unique in the document."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()

    def within(self) -> Iterator["Section"]:
        """Itself and every section inside."""
        yield self
        for section in self.sections:
            yield from section.within()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where figures come from; numbers in the text lead to it."""

    id: str
    text: str
    address: str = ""
    read_on: date | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A report in one language. ``made``: its day, part of what it is made from.

    ``inputs``: what each hash of the manifest is of, and the hash. ``again``: commands that make
    the same numbers and the same document.
    """

    kind: str
    language: str
    title: str
    made: date
    subtitle: str = ""
    sections: tuple[Section, ...]
    sources: tuple[Source, ...] = ()
    inputs: tuple[tuple[str, str], ...] = ()
    again: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            fix = f"Choose one of: {', '.join(LANGUAGES)}."
            raise Problem(f'there are no reports in the language "{self.language[:40]}"', fix=fix)
        ids = [part.id for section in self.sections for part in section.within()]
        titles = [part.title for section in self.sections for part in section.within()]
        if not all(_readable(title) for title in (self.title, *titles)):
            fix = "Give every heading a title."
            raise Problem("a heading has no text", where=f"report of kind {self.kind}", fix=fix)
        self._once(ids, "section")
        self._once([source.id for source in self.sources], "source")
        for cited in _cited(self.sections):
            if cited not in self.numbers:
                fix = "Add it to the document's sources."
                raise Problem(f'no source "{cited}"', where=f'report "{self.title}"', fix=fix)

    def _once(self, ids: list[str], what: str) -> None:
        twice = next((one for one in ids if ids.count(one) > 1), None)
        if twice is not None:
            said = f'two {what}s have the id "{twice}"'
            raise Problem(said, where=f'report "{self.title}"', fix="Give each its own.")

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return direction(self.language)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Source → its number in the list of sources."""
        return {source.id: number for number, source in enumerate(self.sources, 1)}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON of all that the document says."""
        return digest(plain(self))


def _readable(title: str) -> bool:
    """Whether there is a letter, digit or sign to read, and not only space and control signs."""
    return any(category(sign)[0] not in "CZM" for sign in title)


def _cited(value: object) -> Iterator[str]:
    """Every source named anywhere inside."""
    if isinstance(value, Figure | Cited):
        yield from (value.source,) if value.source else ()
    elif isinstance(value, Table):
        yield from (*value.sources, *_cited(value.rows))
    elif isinstance(value, tuple):
        for part in value:
            yield from _cited(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from _cited(getattr(value, one.name))


def plain(value: object) -> object:
    """The document as tables, lists, text and whole numbers, each part with the name of its kind.

    A picture's drawing is left out: it follows from the data, and depends on the machine's fonts.
    """
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()  # half a sign has no place in a file
    if isinstance(value, Fraction):
        return decimal_text(value)
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if is_dataclass(value) and not isinstance(value, type):
        named = {one.name: plain(getattr(value, one.name)) for one in fields(value)
                 if one.name != "svg"}  # fmt: skip
        return {"is": type(value).__name__, **named}
    return value
