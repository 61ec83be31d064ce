import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonhaven.reading import Problem, load_toml, package_files, parse_toml


def written(folder: Path, content: bytes | str) -> Path:
    path = folder / "charter.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_toml_keeps_decimals_exact(tmp_path: Path) -> None:
    path = written(tmp_path, 'a = 0.10\nb = 2026-01-31\n[c]\nd = ["é", 7, true]\n')
    assert load_toml(path) == {
        "a": Decimal("0.10"),
        "b": date(2026, 1, 31),
        "c": {"d": ["é", 7, True]},
    }


BAD = {
    "no quotes": (
        b"name = Ghana\n",
        (
            "charter.toml, line 1, column 8: not valid TOML: Invalid value. Put texts in quotes: "
            'key = "text".'
        ),
    ),
    "repeated key": (
        b"a = 1\na = 2\n",
        (
            "charter.toml, line 2, column 6: not valid TOML: Cannot overwrite a value. Give "
            "each key "
            "and each table once."
        ),
    ),
    "repeated table": (
        b"[a]\n[b]\n[a]\n",
        (
            "charter.toml, line 3, column 3: not valid TOML: Cannot declare ('a',) twice. "
            "Give each "
            "key and each table once."
        ),
    ),
    "repeated inline key": (
        b"t = { a = 1, a = 2 }\n",
        (
            "charter.toml, line 1, column 19: not valid TOML: Duplicate inline table key 'a'. Give "
            "each key and each table once."
        ),
    ),
    "deep": (
        b"a = " + b"[" * 100_000,
        "charter.toml: nested too deeply. Is it the right file?",
    ),
    "deep tables": (
        b"a = " + b"{a=" * 100_000,
        "charter.toml: nested too deeply. Is it the right file?",
    ),
    "5,000 digits": (
        b"a = " + b"1" * 5000,
        (
            "charter.toml: a number is too long or a date does not exist. Is there a digit "
            "too many, "
            "or a day that no month has?"
        ),
    ),
    "endless exponent": (
        b"a = 1e99999999999999999999",
        (
            "charter.toml: a number is too long or a date does not exist. Is there a digit "
            "too many, "
            "or a day that no month has?"
        ),
    ),
    "no such day": (
        b"a = 2026-02-30\n",
        (
            "charter.toml, line 1, column 5: not valid TOML: Invalid date or datetime. Put "
            "texts in "
            'quotes: key = "text".'
        ),
    ),
    "UTF-16": (
        "a = 1\n".encode("utf-16"),
        "charter.toml: the file is UTF-16. Save it as UTF-8.",
    ),
    "byte-order mark": (
        b"\xef\xbb\xbfa = 1\n",
        (
            "charter.toml: the file starts with a byte-order mark. Save it as UTF-8 without a "
            "byte-order mark, for instance in a text editor."
        ),
    ),
    "NUL": (b"a = 1\0\n", "charter.toml: this is not a text file. Is it the right file?"),
    "Latin-1": (
        'a = 1\nb = "é"\n'.encode("latin-1"),
        "charter.toml, line 2: not UTF-8 text. Save as UTF-8.",
    ),
}


@pytest.mark.parametrize(("content", "message"), BAD.values(), ids=BAD)
def test_load_toml_refuses(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(Problem) as raised:
        load_toml(written(tmp_path, content), "charter.toml")
    assert str(raised.value) == message


def test_load_toml_of_a_folder_or_nothing_is_a_problem(tmp_path: Path) -> None:
    for path, message in (
        (tmp_path, "c: this is a folder. Name a file in it."),
        (tmp_path / "no.toml", "c: no such file. Check the path."),
    ):
        with pytest.raises(Problem) as raised:
            load_toml(path, "c")
        assert str(raised.value) == message


def test_file_of_30_megabytes_is_refused_quickly(tmp_path: Path) -> None:
    path = written(tmp_path, b"# note\n" * 4_300_000)
    start = time.perf_counter()
    with pytest.raises(Problem) as raised:
        load_toml(path, "big.toml")
    assert str(raised.value) == "big.toml: larger than 20,000,000 bytes. Is it the right file?"
    assert time.perf_counter() - start < 2


toml_like = st.text(st.sampled_from("ab01=.[]{}\"'\n#-:T eE+_,é"), max_size=60).map(str.encode)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=1000, max_examples=300
)
@given(content=st.binary(max_size=200) | toml_like)
def test_any_bytes_give_tables_or_a_problem(tmp_path: Path, content: bytes) -> None:
    problem = None
    try:
        assert isinstance(load_toml(written(tmp_path, content), "charter.toml"), dict)
    except Problem as raised:
        problem = raised
    assert problem is None or (problem.where.startswith("charter.toml") and problem.fix)


def test_package_files_are_found_by_name_in_order() -> None:
    found = package_files("commonhaven.instruments", ".toml")
    assert list(found) == sorted(found)
    assert "capacity" in found
    assert found["capacity"].read_text(encoding="utf-8").startswith('id = "capacity"')
    assert package_files("commonhaven.instruments", ".none") == {}


def test_text_is_read_like_a_file() -> None:
    assert parse_toml("share = 0.10\r\n", "typed") == {"share": Decimal("0.10")}
    with pytest.raises(Problem) as raised:
        parse_toml("share = \n", "typed")
    assert raised.value.where == "typed, line 1, column 9"
