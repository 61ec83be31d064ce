"""Damaged and hostile files: a Problem that says where and what to do, never anything else."""

import contextlib
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from exchange_world import MADE, ONE, REPORTER
from hypothesis import given, settings
from hypothesis import strategies as st

from commonhaven.commitments import book, read_book
from commonhaven.exchange import (
    by_activity,
    flows,
    flows_of,
    read_book_file,
    taken,
    write_book_xlsx,
    write_flat,
    write_fts,
    write_iati,
    write_rows,
)
from commonhaven.reading import Problem

LATE = datetime(2100, 1, 1, tzinfo=UTC)


def xlsx() -> bytes:
    out = io.BytesIO()
    write_book_xlsx(read_book("school-places"), out)
    return out.getvalue()


def fts() -> bytes:
    file = read_book("school-places")
    found = book(file.commitments, file.acts, LATE, file.setting())
    return "".join(write_rows(write_fts(flows(found)))).encode()


WHOLE: dict[str, tuple[bytes, str, Callable[[str], object]]] = {
    "iati": ("".join(write_iati(by_activity([ONE] * 2, REPORTER), MADE)).encode(), "x.xml", taken),
    "flows": ("".join(write_rows(write_flat([ONE] * 2))).encode(), "x.csv", taken),
    "fts": (fts(), "x.csv", taken),
    "sums": (
        "".join(write_rows(write_flat([ONE] * 2))).encode(), "x.csv",
        lambda name: list(flows_of(name, LATE).flows),
    ),
    "xlsx": (xlsx(), "x.xlsx", read_book_file),
}  # fmt: skip
MARKS = (b"", b"<", b">", b'"', b"\x00", b"\xff", b"&a;", b"-", b"0", b",", b"\n", b"<narrative>",
         b"1e9", b"</transaction>", b'code="12"')  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
@settings(deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_refused_or_read(
    name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole, file, read = WHOLE[name]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(whole)))
        length = data.draw(st.sampled_from((0, 1, 5, 40, len(whole))))
        whole = whole[:at] + data.draw(st.sampled_from(MARKS)) + whole[at + length :]
    path = tmp_path_factory.getbasetemp() / file
    path.write_bytes(whole)
    with contextlib.suppress(Problem):
        read(str(path))


ODD = {
    "encoding": b'<?xml version="1.0" encoding="nonsense"?><iati-activities version="2.03"/>',
    "stray part": b'<iati-activities version="2.03"><participating-org role="1"/>x',
    "stray flow": b'<iati-activities version="2.03"><transaction/></iati-activities>',
    "stray country": b'<iati-activities version="2.03"><recipient-country code="GH"/>',
    "prefix": b'<iati-activities version="2.03"><x:a/></iati-activities>',
    "nothing": b"",
    "zeros": b"\x00" * 100,
}


@pytest.mark.parametrize("name", ODD)
def test_odd_files_are_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(ODD[name])
    with pytest.raises(Problem) as problem:
        taken(str(path))
    assert str(path) in str(problem.value)
    assert problem.value.fix


def test_deep_nesting_is_read_without_a_fall(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(b'<iati-activities version="2.03">' + b"<a>" * 200_000)
    with pytest.raises(Problem, match="not well-formed"):
        taken(str(path))
