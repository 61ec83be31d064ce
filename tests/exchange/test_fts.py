"""Flows of the Financial Tracking Service: read, written, summed, and a book among them."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from commitments_world import Story, sent
from test_books import amounts, reread, story

from commonhaven.commitments import Book
from commonhaven.exchange.fts import COLUMNS, Flow, flows, heads, read_fts, write_fts
from commonhaven.exchange.mistakes import BadFile, Report
from commonhaven.exchange.rows import write_rows
from commonhaven.exchange.to_book import Taken, as_book
from commonhaven.exchange.totals import totals

LATE = datetime(2100, 1, 1, tzinfo=UTC)


def there(rows: list[Flow], path: Path) -> list[Flow]:
    path.write_text("".join(write_rows(write_fts(rows))), encoding="utf-8", newline="")
    return list(read_fts(path))


def there_and_back(found: Book, path: Path) -> Taken:
    rows = there(list(flows(found)), path)
    steps = [step for row in rows for step in row.steps()]
    return as_book(steps, heads(rows), Report(where="flows.csv"))


def test_flows_are_written_with_the_fields_of_fts_and_read_back(tmp_path: Path) -> None:
    rows = [
        Flow(flow_id="1", date="2000-01-01T00:00:00Z", status="paid", amount_usd=Decimal(-5),
             source_org="=cmd()", dest_org="-", description="two\nlines", new_money="FALSE"),
        Flow(flow_id="2", date="2000-01-02", status="pledge", orig_currency="FIM",
             orig_amount=Decimal("1.5"), source_org="'quoted", dest_org="@x"),
    ]  # fmt: skip
    path = tmp_path / "flows.csv"
    assert there(rows, path) == rows
    text = path.read_text(encoding="utf-8")
    assert text.splitlines()[0] == ",".join(COLUMNS)
    assert ",'=cmd()," in text
    assert ",-5,,," in text


def test_each_status_counts_once_and_a_pledge_is_no_help(tmp_path: Path) -> None:
    found = story().book()
    rows = there(list(flows(found)), tmp_path / "flows.csv")
    assert [(row.status, int(row.amount_usd or 0), row.boundary) for row in rows] == [
        ("pledge", 400, "incoming"), ("paid", 600, "incoming"), ("paid", 300, "internal"),
    ]  # fmt: skip
    sums = totals(row.transaction() for row in rows)
    assert {key[1]: (int(one.given), int(one.stages["announced"]), int(one.passed_on))
            for key, one in sums.items()} == {
        "France, Government of": (600, 0, 0),
        "Germany, Government of": (0, 400, 0),
        "UNICEF": (0, 0, 300),
    }  # fmt: skip


def test_a_book_comes_back_with_the_same_amounts(tmp_path: Path) -> None:
    told = Story()
    sent(told, 400)
    told.then("announced", by="FRA", giver="FRA", quantity=200)
    told.then("committed", by="FRA", giver="FRA", quantity=100)
    told.then("announced", by="DEU", giver="DEU", quantity=300)
    found = told.book()
    taken = there_and_back(found, tmp_path / "flows.csv")
    assert {line: steps[1:4] for line, steps in amounts(reread(taken)).items()} == {
        line: steps[1:4] for line, steps in amounts(found).items()
    }
    assert [one.title for one in taken.file.commitments] == ["School places"]


def test_what_only_moves_on_is_left_out_and_said(tmp_path: Path) -> None:
    taken = there_and_back(story().book(), tmp_path / "flows.csv")
    assert taken.left_out == (
        "1 flows that only move money on are left out, since the file does not say whose.",
    )


BAD = {
    "status": ("status", "promised", '"promised" is no status.'),
    "amount": ("amount_usd", "1,000", '"1,000" is not a number.'),
    "no amount": ("amount_usd", "", "the flow has no amount. Fill it in."),
    "date": ("date", "2000", '"2000" is not a date.'),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_cell_says_where_and_what_to_do(name: str, tmp_path: Path) -> None:
    column, cell, said = BAD[name]
    flow = Flow(flow_id="1", date="2000-01-01", status="paid", amount_usd=Decimal(5))
    header, good = [list(row) for row in write_fts([flow])]
    bad = [cell if each == column else old for each, old in zip(header, good, strict=True)]
    path = tmp_path / "flows.csv"
    path.write_text("".join(write_rows([header, bad])), encoding="utf-8")
    with pytest.raises(BadFile) as problem:
        list(read_fts(path))
    assert str(problem.value).startswith(f"{path}, row 2, column {column}: {said}")
