"""A book as tables: out and in exactly the same; what is wrong is told at once, row by row."""

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonhaven.commitments import (
    Act,
    BookFile,
    Bundle,
    Commitment,
    Condition,
    Draw,
    Evidence,
    Need,
    Share,
    read_book,
    shipped,
)
from commonhaven.commitments.file import Lifted, PoolShare, PoolTable
from commonhaven.exchange.book_csv import book_as_csv, read_book_csv, write_book_zip
from commonhaven.exchange.book_xlsx import read_book_xlsx, write_book_xlsx
from commonhaven.exchange.bounds import Bounds
from commonhaven.exchange.files import read_book_file, read_handed_in
from commonhaven.exchange.mistakes import BadFile
from commonhaven.exchange.sheets import SHEETS, choices
from commonhaven.reading import Problem

TRICKY = ("=1+1", "+2", "-3", "@x", "'q", "''", " a ", "\r", "a\r\nb", "a;b", '"',
          "_x0041_", "max005F_", "'\\", "\\u0078", "\x0b", "1", "2026-01-31")  # fmt: skip
TEXT = st.sampled_from(TRICKY) | st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=6
)
NAME = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,6}", fullmatch=True)
DAY = st.dates(date(1951, 1, 1), date(2100, 1, 1))
MUCH = st.fractions(0, 10**9, max_denominator=3000) | st.integers(1, 10**20).map(Fraction)
CENTS = st.integers(1, 10**18).map(lambda n: Fraction(n, 100))
WORDS = st.lists(TEXT, max_size=3).map(tuple)
STATES = st.lists(st.sampled_from(("GHA", "CIV", "LBR")), max_size=3, unique=True).map(tuple)
ZONES = st.integers(-12, 12).map(lambda hours: timezone(timedelta(hours=hours)))
AT = st.datetimes(datetime(1951, 1, 1), datetime(2100, 1, 1), timezones=ZONES)  # noqa: DTZ001 - zones are drawn


def some(item: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(item, max_size=most).map(tuple)


def named(item: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(item, max_size=3, unique_by=lambda one: one.id).map(tuple)


COMMITMENT = st.builds(
    Commitment, id=NAME, title=TEXT, kind=st.just("financial"), unit=st.just("USD"),
    shares=st.lists(st.builds(Share, giver=st.sampled_from(("FRA", "IOM", "X; Y")), quantity=CENTS),
                    min_size=1, max_size=2, unique_by=lambda share: share.giver).map(tuple),
    about=TEXT, event=TEXT, to=WORDS, places=STATES, situation=TEXT,
    objectives=st.lists(st.integers(1, 4), max_size=4, unique=True).map(tuple),
    beneficiaries=TEXT, people=st.none() | st.integers(0, 10**9), indicator=TEXT,
    starts=st.none(), ends=st.none() | DAY,
    conditions=st.lists(st.builds(Condition, id=NAME, what=TEXT, by=TEXT), max_size=2,
                        unique_by=lambda one: one.id).map(tuple),
    additional=st.sampled_from(("new", "not said")), earmarking=st.just("earmarked"),
    spent=st.just("giving country"), need=TEXT, under=TEXT, consulted=TEXT, source=TEXT,
)  # fmt: skip
ACT = st.builds(
    Act, id=NAME, kind=st.sampled_from(("announced", "condition met", "settled")), commitment=TEXT,
    at=AT, by=TEXT, giver=TEXT, quantity=st.none() | MUCH, of=TEXT, to=TEXT,
    draws=some(st.builds(Draw, transfer=TEXT, quantity=MUCH)),
    evidence=some(st.builds(Evidence, what=TEXT, where=TEXT, digest=TEXT)), says=TEXT,
    decision=TEXT, outcome=st.none() | st.just("upheld"), condition=TEXT, instalment=TEXT,
    until=st.none() | DAY,
)  # fmt: skip
NEED = st.builds(
    Need, id=NAME, title=TEXT, by=TEXT, kind=st.just("technical"), unit=st.just("experts"),
    quantity=st.integers(1, 10**6).map(Fraction), places=STATES, about=TEXT, situation=TEXT,
    starts=st.none(), ends=st.none() | DAY, people=st.none() | st.integers(0, 9),
    cost=st.none(), basis=TEXT, version=st.integers(1, 9),
)  # fmt: skip
POOL = st.builds(
    PoolTable, id=NAME, title=TEXT, unit=TEXT, reference=st.none() | MUCH,
    worth=st.dictionaries(TEXT, MUCH, max_size=2),
    shares=st.lists(st.builds(PoolShare, state=TEXT, quantity=MUCH, source=TEXT, remark=TEXT),
                    max_size=3, unique_by=lambda share: share.state).map(tuple),
    deductions=some(st.builds(Lifted, state=TEXT, quantity=st.none() | MUCH, decision=TEXT,
                              reason=TEXT)), source=TEXT,
)  # fmt: skip


def whole(file: BookFile) -> BookFile:
    """The book with what a check of the whole asks for: needs that are there, lawful deductions."""
    names = tuple(need.id for need in file.needs)
    bundles = tuple(replace(one, needs=names[n:]) for n, one in enumerate(file.bundles))
    pool = file.pool
    if pool is not None:
        shares = {share.state: share.quantity for share in pool.shares}
        of_state = {one.state: one for one in pool.deductions if shares.get(one.state)}
        lifted = tuple(
            replace(one, quantity=one.quantity and min(one.quantity, shares[state]),
                    decision=f"D {one.decision}")
            for state, one in of_state.items()
            if one.quantity != 0
        )  # fmt: skip
        pool = replace(pool, deductions=lifted)
    return replace(file, bundles=bundles, pool=pool)


BOOK = st.builds(
    BookFile, title=TEXT, verifiers=WORDS, keepers=WORDS,
    reply_days=st.none() | st.integers(1, 366), commitments=named(COMMITMENT), acts=named(ACT),
    needs=named(NEED), bundles=named(st.builds(Bundle, id=NAME, title=TEXT, needs=st.just(()))),
    pool=st.none() | POOL,
).map(whole)  # fmt: skip


def through_csv(file: BookFile, folder: Path) -> BookFile:
    folder.mkdir(exist_ok=True)
    for name, text in book_as_csv(file):
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return read_book_csv(folder)


def through_xlsx(file: BookFile, folder: Path) -> BookFile:
    path = folder.with_suffix(".xlsx")
    with path.open("wb") as out:
        write_book_xlsx(file, out)
    return read_book_xlsx(path)


def through_zip(file: BookFile, folder: Path) -> BookFile:
    path = folder.with_suffix(".zip")
    with path.open("wb") as out:
        write_book_zip(file, out)
    return read_book_file(str(path))


WAYS: dict[str, Callable[[BookFile, Path], BookFile]] = {
    "csv": through_csv, "zip": through_zip, "xlsx": through_xlsx,
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@settings(deadline=None, max_examples=50)
@given(file=BOOK)
def test_any_book_comes_back_exactly_the_same(
    way: str, file: BookFile, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert WAYS[way](file, tmp_path_factory.getbasetemp() / "book") == file


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", shipped())
def test_the_books_that_ship_come_back_the_same(way: str, name: str, tmp_path: Path) -> None:
    file = read_book(name)
    assert WAYS[way](file, tmp_path / "book") == file


def test_no_cell_of_a_table_is_run_by_a_spreadsheet() -> None:
    file = BookFile(title="=HYPERLINK(1)", keepers=("+1",), verifiers=("@a", "-b"), commitments=())
    found = [cell for _, text in book_as_csv(file) for row in csv.reader(io.StringIO(text))
             for cell in row]  # fmt: skip
    assert "'=HYPERLINK(1)" in found
    assert [cell for cell in found if cell.startswith(("=", "+", "-", "@", "\t"))] == []


def spoilt(folder: Path, name: str, change: Callable[[str], str]) -> BadFile:
    """The mistakes of a book that ships, one of its tables changed."""
    file = read_book("school-places")
    folder.mkdir()
    for each, text in book_as_csv(file):
        (folder / each).write_text(change(text) if each == name else text, encoding="utf-8")
    with pytest.raises(BadFile) as found:
        read_book_csv(folder)
    return found.value


def test_all_mistakes_of_all_tables_are_told_with_row_and_column(tmp_path: Path) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    tables = {
        "commitments.csv": "id,title,kind,unit,people,starts,objectives\n"
        'a,,gift,USD,many,31.1.2026,"1; x"\na,b,legal,measures,1/2,,\n',
        "shares.csv": "commitment,giver,quantity\nb,FRA,-5\na,,1\n",
        "acts.csv": "id,kind,commitment,at,by,colour\n1,announced,a,2026-01-01,FRA,red\n",
        "worth.csv": "unit,quantity\nUSD,1\n",
        "other.csv": "x\n",
        "needs.csv": 'id,title\n"x\n',
    }
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(BadFile) as found:
        read_book_csv(folder)
    rows = list(csv.DictReader(io.StringIO(found.value.table())))
    assert [(Path(one["file"]).name, one["row"], one["column"]) for one in rows] == [
        ("needs.csv, row 2", "", ""),
        ("other.csv", "", ""),
        ("commitments.csv", "2", "title"),
        ("commitments.csv", "2", "kind"),
        ("commitments.csv", "2", "people"),
        ("commitments.csv", "2", "starts"),
        ("commitments.csv", "2", "objectives"),
        ("commitments.csv", "3", "people"),
        ("shares.csv", "2", "quantity"),
        ("shares.csv", "3", "giver"),
        ("acts.csv", "1", "colour"),
        ("acts.csv", "2", "at"),
        ("commitments.csv", "3", "id"),
        ("shares.csv", "2", "commitment"),
        ("worth.csv", "2", ""),
    ]
    assert all(one["what"] and one["fix"] for one in rows)
    assert str(found.value).endswith(f"And 14 more mistakes. Nothing was taken from {folder}.")
    assert len(found.value.lines().splitlines()) == 15


def test_a_missing_column_is_told(tmp_path: Path) -> None:
    found = spoilt(tmp_path / "book", "shares.csv", lambda text: text.replace("giver", "donor"))
    assert [(one.row, one.column, one.what) for one in found.mistakes[:2]] == [
        (1, "donor", 'there is no column "donor"'), (1, "giver", "the column is missing"),
    ]  # fmt: skip


def test_what_only_the_whole_shows_is_told_too(tmp_path: Path) -> None:
    found = spoilt(tmp_path / "book", "instalments.csv", lambda text: text.replace("5000000", "1"))
    assert [(Path(one.file).name, one.row, one.column) for one in found.mistakes] == [
        ("instalments.csv", 2, "")
    ]


def test_an_empty_folder_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="there is no table in the folder"):
        read_book_csv(tmp_path)


def workbook(path: Path, **cells: object) -> Path:
    """The workbook of a book that ships, with cells of the sheet of promises changed."""
    with path.open("wb") as out:
        write_book_xlsx(read_book("school-places"), out)
    book = openpyxl.load_workbook(path)
    for at, value in cells.items():
        book["commitments"][at] = value
    book.save(path)
    return path


def test_a_workbook_that_people_edit_is_read(tmp_path: Path) -> None:
    columns = ("id", *(field.name for field in SHEETS[1].fields))[1:]
    people, starts = (openpyxl.utils.get_column_letter(columns.index(name) + 1)
                      for name in ("people", "starts"))  # fmt: skip
    path = workbook(
        tmp_path / "book.xlsx", **{f"{people}2": 13000.0, f"{starts}2": date(2026, 2, 1)}
    )
    first = read_book_xlsx(path).commitments[0]
    assert (first.people, first.starts) == (13000, date(2026, 2, 1))


def test_a_formula_is_refused_not_worked_out(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", B2="=1+1", B3="#N/A")
    with pytest.raises(BadFile) as found:
        read_book_xlsx(path)
    assert [(one.file.rsplit(", ", 1)[1], one.row, one.column, one.what)
            for one in found.value.mistakes] == [
        ("sheet commitments", 2, "title", "a formula is not worked out"),
        ("sheet commitments", 3, "title", "the cell holds the error #N/A"),
    ]  # fmt: skip


def test_a_workbook_offers_what_can_be_chosen(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbook(tmp_path / "book.xlsx"))
    assert book.sheetnames == ["README", *(sheet.name for sheet in SHEETS)]
    for sheet in SHEETS:
        offered = {
            str(one.sqref).split(":")[0]: one.formula1
            for one in book[sheet.name].data_validations.dataValidation
        }
        for n, column in enumerate(sheet.columns, 1):
            words = choices(sheet, column)
            expected = f'"{",".join(words)}"' if words else None
            if column == sheet.key:
                expected = f"'{sheet.within}'!$A$2:$A$5000"
            assert offered.get(f"{openpyxl.utils.get_column_letter(n)}2") == expected
    said = " ".join(str(cell.value) for row in book["README"].iter_rows() for cell in row)
    assert all(f"{sheet.name} {column} " in said for sheet in SHEETS for column in sheet.columns)


def test_what_is_no_workbook_or_hides_something_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_text("id,title\n", encoding="utf-8")
    with pytest.raises(Problem, match="this is no XLSX workbook"):
        read_book_xlsx(path)
    with pytest.raises(Problem, match="cannot be read"):
        read_book_xlsx(tmp_path / "absent.xlsx")
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(workbook(path)) as old, zipfile.ZipFile(bomb, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            if part.filename == "xl/workbook.xml":
                text = b'<!DOCTYPE x [<!ENTITY a "ha">]>' + text[text.index(b"<workbook") :]
            new.writestr(part, text)
    with pytest.raises(Problem, match="brings its own document type"):
        read_book_xlsx(bomb)
    with zipfile.ZipFile(bomb, "w") as new:
        new.writestr("xl/hidden.bin", b"<!--" + b" " * 70_000 + b"--><!DOCTYPE x []><x/>")
    with pytest.raises(Problem, match="brings its own document type"):
        read_book_xlsx(bomb)
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        for n in range(3):
            new.writestr(f"{n}.xml", b" " * 70_000_000)
    with pytest.raises(Problem, match="unpacks to more than"):
        read_book_xlsx(bomb)


def packed(path: Path, tables: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in tables.items():
            out.writestr(name, text)
    return path


def test_a_file_that_is_handed_in_is_read_from_any_folder_of_its_zip(tmp_path: Path) -> None:
    file = read_book("school-places")
    tables = {f"My book/{name}": text for name, text in book_as_csv(file)}
    path = packed(tmp_path / "book.zip", {**tables, "__MACOSX/._acts.csv": "x", "My book/": ""})
    found = read_handed_in(path, Bounds())
    assert found.file == file
    place = found.place("commitments", "schools", "instalments")
    assert (place.file, place.row) == ("instalments.csv", 2)
    title = found.place("commitments", "schools", "title")
    assert (title.file, title.row, title.column) == ("commitments.csv", 2, "title")


def test_mistakes_of_a_file_that_is_handed_in_name_its_tables(tmp_path: Path) -> None:
    tables = {"commitments.csv": "id,title,kind,unit\na,b,gift,USD\n",
              "x/commitments.csv": "id\n", "y.csv": "", "needs.csv": 'id\n"x'}  # fmt: skip
    with pytest.raises(BadFile) as found:
        read_handed_in(packed(tmp_path / "book.zip", tables), Bounds())
    assert [(one.file, one.row, one.column) for one in found.value.mistakes] == [
        ("commitments.csv", None, ""), ("y.csv", None, ""), ("needs.csv, row 2", None, ""),
        ("commitments.csv", 2, "kind"),
    ]  # fmt: skip


def test_a_file_that_is_handed_in_is_bounded(tmp_path: Path) -> None:
    file = read_book("school-places")
    book, folder = workbook(tmp_path / "book.xlsx"), dict(book_as_csv(file))
    for path in (book, packed(tmp_path / "book.zip", folder)):
        with pytest.raises(Problem, match="more than 5 rows"):
            read_handed_in(path, Bounds(rows=5))
        with pytest.raises(Problem, match="unpacks to more than 100 bytes"):
            read_handed_in(path, Bounds(unpacked=100))
    with pytest.raises(Problem, match="neither a workbook nor a zip"):
        read_handed_in(tmp_path / "book.toml", Bounds())
    wide = workbook(tmp_path / "wide.xlsx", XFD7="x")
    with pytest.raises(Problem, match="row 7 has more than 1,000 cells"):
        read_handed_in(wide, Bounds())
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK")
    with pytest.raises(Problem, match="the zip cannot be read"):
        read_handed_in(broken, Bounds())


def test_a_text_too_long_for_a_workbook_says_so() -> None:
    with pytest.raises(Problem, match=r"40,000 characters is too long.* Export the book as CSV"):
        write_book_xlsx(BookFile(title="x" * 40_000, commitments=()), io.BytesIO())
