import time
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonhaven.reading import Problem, Row, Table, read_table


def written(folder: Path, content: bytes | str) -> Path:
    path = folder / "states.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def said(folder: Path, content: bytes | str, *, required: tuple[str, ...] = ()) -> str:
    with pytest.raises(Problem) as raised:
        read_table(written(folder, content), name="states.csv", required=required)
    return str(raised.value)


def test_table_gives_rows_with_their_lines(tmp_path: Path) -> None:
    content = '# a note\nstate, population\n\nDEU,"84,1"\n# another\n"Côte, d\'Ivoire",29\n'
    table = read_table(written(tmp_path, content), name="t.csv")
    assert table.columns == ("state", "population")
    assert table.header == 2
    assert tuple(table) == (
        Row("t.csv", 4, {"state": "DEU", "population": "84,1"}),
        Row("t.csv", 6, {"state": "Côte, d'Ivoire", "population": "29"}),
    )


def test_table_names_the_path_where_no_name_is_given(tmp_path: Path) -> None:
    path = written(tmp_path, "a\n1\n")
    assert read_table(path) == Table(str(path), ("a",), (Row(str(path), 2, {"a": "1"}),))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_table_takes_every_line_ending(tmp_path: Path, end: str) -> None:
    table = read_table(written(tmp_path, f"a,b{end}1,2{end}3,4"), name="t")
    assert [row.cells for row in table] == [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}]
    assert [row.line for row in table] == [2, 3]


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_table_does_not_break_rows_at_strange_signs(tmp_path: Path, sign: str) -> None:
    table = read_table(written(tmp_path, f"a,b\nx{sign}y,2\nz,3\n"), name="t")
    assert [(row.line, row.cells["a"]) for row in table] == [(2, f"x{sign}y"), (3, "z")]


def test_table_keeps_a_hash_inside_a_quoted_cell(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, 'a,b\n"one\n# two",2\nz,3\n'), name="t")
    assert [(row.line, row.cells["a"]) for row in table] == [(2, "one\n# two"), (4, "z")]


BAD = {
    "empty file": (b"", "states.csv: the file is empty. Give a header and a row per state."),
    "only notes": (
        b"# nothing yet\n\n",
        "states.csv: the file is empty. Give a header and a row per state.",
    ),
    "header only": (
        b"state,population\n",
        "states.csv: there is a header but no row. Add a row per state.",
    ),
    "missing column": (
        b"# note\nstate,gdp\nDEU,1\n",
        "states.csv, row 2: the column population is missing. The header has: state, gdp.",
    ),
    "repeated column": (
        b"state,population,state\nDEU,1,2\n",
        "states.csv, row 1: the column state appears twice. Keep one.",
    ),
    "unnamed column": (
        b"state,,population\nDEU,1,2\n",
        "states.csv, row 1: column 2 has no name. Name it.",
    ),
    "short row": (
        b"state,population\nDEU,1\nFRA\n",
        (
            "states.csv, row 3: 1 cells under 2 columns. Put one cell under each column; "
            "quote text "
            "that has commas."
        ),
    ),
    "long row": (
        b"state,population\nDEU,84,1\n",
        (
            "states.csv, row 2: 3 cells under 2 columns. Put one cell under each column; "
            "quote text "
            "that has commas."
        ),
    ),
    "byte-order mark": (
        b"\xef\xbb\xbfstate,population\nDEU,1\n",
        (
            "states.csv: the file starts with a byte-order mark. Save it as UTF-8 without a "
            "byte-order mark, for instance in a text editor."
        ),
    ),
    "semicolons": (
        b"state;population\nDEU;1,5\n",
        (
            "states.csv, row 1: the columns are separated by semicolons. Save it with commas "
            "between "
            "columns and points in decimals."
        ),
    ),
    "tabs": (
        b"state\tpopulation\nDEU\t1\n",
        (
            "states.csv, row 1: the columns are separated by tabs. Save it with commas between "
            "columns and points in decimals."
        ),
    ),
    "UTF-16": (
        "state,population\nDEU,1\n".encode("utf-16"),
        "states.csv: the file is UTF-16. Save it as UTF-8.",
    ),
    "Latin-1": (
        "state,population\nCôte,1\n".encode("latin-1"),
        "states.csv, line 2: not UTF-8 text. Save as UTF-8.",
    ),
    "NUL": (
        b"state,population\nD\0U,1\n",
        "states.csv: this is not a text file. Is it the right file?",
    ),
    "open quote": (
        b'state,population\n"DEU,1\n',
        (
            "states.csv, row 2: not valid CSV (unexpected end of data). Is a quotation mark "
            "missing "
            "or one too many?"
        ),
    ),
    "text after a quote": (
        b'state,population\n"DE"U,1\n',
        (
            "states.csv, row 2: not valid CSV (',' expected after '\"'). Is a quotation mark "
            "missing "
            "or one too many?"
        ),
    ),
    "giant cell": (
        b"state,population\n" + b"x" * 140_000 + b",1\n",
        (
            "states.csv, row 2: not valid CSV (field larger than field limit (131072)). Is a "
            "quotation mark missing or one too many?"
        ),
    ),
}


@pytest.mark.parametrize(("content", "message"), BAD.values(), ids=BAD)
def test_read_table_refuses(tmp_path: Path, content: bytes, message: str) -> None:
    assert said(tmp_path, content, required=("state", "population")) == message


CELLS = {
    "decimal comma": (
        '"1,5"',
        (
            '"1,5" is not a number. Write it without thousands separators and with a decimal '
            "point, "
            "such as 1234.5."
        ),
    ),
    "thousands separators": (
        '"84,000,000"',
        (
            '"84,000,000" is not a number. Write it without thousands separators and with a '
            "decimal "
            "point, such as 1234.5."
        ),
    ),
    "spaces between thousands": (
        "84 000 000",
        '"84 000 000" is not a number. Write digits, such as 1234.5 or 3/5.',
    ),
    "negative": ("-5", "-5 is below the least allowed, 0. Give 0 or more."),
    "absurd": (
        "99999999999999999999",
        "99999999999999999999 is above the most allowed, 10000000000. Give 10000000000 or less.",
    ),
    "absurd and long": (
        "9" * 100,
        f"{'9' * 60}... is above the most allowed, 10000000000. Give 10000000000 or less.",
    ),
    "endless": ("9" * 5000, "the number is too long. Is there a digit too many?"),
    "empty": ("", "the cell is empty. Fill it in."),
    "blank": ("   ", "the cell is empty. Fill it in."),
    "word": ("n/a", '"n/a" is not a number. Write digits, such as 1234.5 or 3/5.'),
    "not a number": ("nan", '"nan" is not a number. Write digits, such as 1234.5 or 3/5.'),
    "a part": ("1.5", "1.5 is not a whole number. Write whole numbers."),
}


@pytest.mark.parametrize(("cell", "message"), CELLS.values(), ids=CELLS)
def test_cell_refuses(tmp_path: Path, cell: str, message: str) -> None:
    table = read_table(
        written(tmp_path, f"state,population\nFRA,1\nDEU,{cell}\n"), name="states.csv"
    )
    with pytest.raises(Problem) as raised:
        table.rows[1].whole("population", low=0, high=10**10)
    assert str(raised.value) == f"states.csv, row 3, column population: {message}"


def test_cell_gives_exact_numbers_within_the_range(tmp_path: Path) -> None:
    (row,) = read_table(written(tmp_path, "a,b,c\n 0.1 ,1/3,7\n"), name="t")
    assert row.exact("a", low=Fraction(1, 10), high=Fraction(1, 10)) == Fraction(1, 10)
    assert row.exact("b") == Fraction(1, 3)
    assert row.whole("c", low=7, high=7) == 7


def test_cell_of_an_unknown_column_is_a_problem_with_the_nearest_name(tmp_path: Path) -> None:
    (row,) = read_table(written(tmp_path, "state,population\nDEU,1\n"), name="t")
    for ask in (row.text, row.exact, row.whole, row.blank):
        with pytest.raises(Problem) as raised:
            ask("populaton")
        said = "t, row 2: there is no column populaton. Did you mean population?"
        assert str(raised.value) == said


def test_missing_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem) as raised:
        read_table(tmp_path / "no.csv", name="no.csv")
    assert str(raised.value) == "no.csv: no such file. Check the path."


def test_folder_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem) as raised:
        read_table(tmp_path, name="folder")
    assert str(raised.value) == "folder: this is a folder. Name a file in it."


def test_file_as_folder_is_a_problem(tmp_path: Path) -> None:
    path = written(tmp_path, "a\n1\n") / "inside.csv"
    with pytest.raises(Problem) as raised:
        read_table(path, name="inside.csv")
    message = "inside.csv: cannot be read (Not a directory). Check that you may read it."
    assert str(raised.value) == message


def test_file_of_30_megabytes_is_refused_quickly(tmp_path: Path) -> None:
    path = written(tmp_path, b"a,b\n" + b"1,2\n" * 7_500_000)
    start = time.perf_counter()
    with pytest.raises(Problem) as raised:
        read_table(path, name="big.csv")
    assert str(raised.value) == "big.csv: larger than 20,000,000 bytes. Is it the right file?"
    assert time.perf_counter() - start < 2


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no /dev/zero")
def test_endless_file_is_refused() -> None:
    with pytest.raises(Problem) as raised:
        read_table(Path("/dev/zero"), name="zero")
    assert str(raised.value) == "zero: larger than 20,000,000 bytes. Is it the right file?"


def test_header_of_many_columns_is_read_in_time(tmp_path: Path) -> None:
    header = ",".join(f"c{number}" for number in range(100_000))
    start = time.perf_counter()
    table = read_table(written(tmp_path, f"{header}\n{'1,' * 99_999}1\n"), name="wide.csv")
    assert len(table.columns) == 100_000
    assert time.perf_counter() - start < 5


once_a_folder = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=1000, max_examples=300
)
csv_like = st.text(st.sampled_from('ab1,;\t"\n\r#. \ufeff\0é\u2028'), max_size=60).map(str.encode)


@once_a_folder
@given(content=st.binary(max_size=200) | csv_like)
def test_any_bytes_give_a_table_or_a_problem(tmp_path: Path, content: bytes) -> None:
    table, problem = None, None
    try:
        table = read_table(written(tmp_path, content), name="states.csv")
    except Problem as raised:
        problem = raised
    if table is not None:
        assert all(set(row.cells) == set(table.columns) for row in table)
        assert table.rows
    assert problem is None or (problem.where.startswith("states.csv") and problem.fix)


@once_a_folder
@given(
    rows=st.lists(st.lists(st.text(st.sampled_from('ab",\n#'), max_size=5), min_size=2, max_size=2))
)
def test_quoted_cells_come_back_as_written(tmp_path: Path, rows: list[list[str]]) -> None:
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    lines = [
        "one,two",
        *('"' + '","'.join(c.replace('"', '""') for c in row) + '"' for row in kept),
    ]
    path = written(tmp_path, "\n".join([*lines, "end,end"]))
    found = [[row.cells["one"], row.cells["two"]] for row in read_table(path, name="t")]
    assert found == [*kept, ["end", "end"]]


def test_names_of_columns_are_told_whole(tmp_path: Path) -> None:
    columns = [f"indicator_with_a_long_name_{number}" for number in range(15)]
    (tmp_path / "states.csv").write_text(",".join(columns) + "\n", encoding="utf-8")
    with pytest.raises(Problem) as raised:
        read_table(tmp_path / "states.csv", name="states.csv", required=["state"])
    assert raised.value.fix == f"The header has: {', '.join(columns[:12])} and 3 more."
