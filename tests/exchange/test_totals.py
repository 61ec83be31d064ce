"""Sums in one pass, the stages apart, from any file; no announcement is help given."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from exchange_world import FRANCE, MADE, ONE, REPORTER, files
from hypothesis import given, settings

from commonhaven.exchange.activity import by_activity
from commonhaven.exchange.flat import COLUMNS, read_flat, write_flat
from commonhaven.exchange.iati_read import read_iati
from commonhaven.exchange.iati_write import write_iati
from commonhaven.exchange.mistakes import BadFile, Report
from commonhaven.exchange.rows import write_rows
from commonhaven.exchange.totals import Sums, totals
from commonhaven.exchange.transaction import STAGES, Transaction
from commonhaven.reading import Problem


def as_csv(transactions: list[Transaction], path: Path) -> Iterator[Transaction]:
    path.write_text("".join(write_rows(write_flat(transactions))), encoding="utf-8", newline="")
    return read_flat(path)


def as_xml(transactions: list[Transaction], path: Path) -> Iterator[Transaction]:
    path.write_text("".join(write_iati(by_activity(transactions, REPORTER), MADE)), "utf-8")
    return read_iati(path)


FORMATS = {"csv": as_csv, "xml": as_xml}


@settings(deadline=None)
@given(transactions=files())
def test_a_table_of_flows_reads_back_the_same(
    transactions: list[Transaction], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "flows.csv"
    assert list(as_csv(transactions, path)) == transactions


@pytest.mark.parametrize("form", FORMATS)
@settings(deadline=None)
@given(transactions=files())
def test_sums_are_those_of_fractions_added_one_by_one(
    form: str, transactions: list[Transaction], tmp_path_factory: pytest.TempPathFactory
) -> None:
    there: Callable[[list[Transaction], Path], Iterator[Transaction]] = FORMATS[form]
    found = totals(there(transactions, tmp_path_factory.getbasetemp() / "flows"), by=("year",))
    plain: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
    for one in transactions:
        stage = "passed on" if one.passed_on else one.stage
        plain[str(one.reported), one.currency, stage] += Fraction(one.value)
    for (year, currency), sums in found.items():
        for stage in STAGES:
            assert Fraction(sums.stages[stage]) == plain.pop((year, currency, stage), 0)
        assert Fraction(sums.passed_on) == plain.pop((year, currency, "passed on"), 0)
    assert plain == {}
    assert sum(sums.number for sums in found.values()) == len(transactions)


def flow(kind: str, value: int, **more: object) -> Transaction:
    return ONE._replace(kind=kind, value=Decimal(value), **more)  # type: ignore[arg-type]


def test_announced_enters_no_total_of_help_given() -> None:
    flows = [
        flow("outgoing pledge", 1000), flow("incoming pledge", 500),
        flow("outgoing commitment", 300), flow("disbursement", 20), flow("expenditure", 5),
        flow("disbursement", 20, passed_on=True), flow("loan repayment", 7),
    ]  # fmt: skip
    found = totals(flows)
    assert list(found) == [("2026", "France", "USD")]
    (sums,) = found.values()
    assert sums.given == 25
    assert sums.passed_on == 20
    assert sums.stages == {
        "announced": 1500, "committed": 300, "delivered": 25, "received": 0, "other": 7,
    }  # fmt: skip


def test_sums_are_told_apart_by_what_is_asked_and_by_currency() -> None:
    flows = [ONE, ONE._replace(currency="EUR"), ONE._replace(provider=FRANCE._replace(name=""))]
    assert list(totals(flows, by=("provider", "earmarking"))) == [
        ("FRA", "softly earmarked", "USD"),
        ("France", "softly earmarked", "EUR"),
        ("France", "softly earmarked", "USD"),
    ]
    with pytest.raises(Problem, match="Did you mean provider"):
        totals(flows, by=("provder",))


def test_sums_of_the_largest_and_the_smallest_amounts_are_exact() -> None:
    large, small = Decimal(10) ** 20 - 1, Decimal("0.000000000001")
    flows = [ONE._replace(value=value) for value in (large, small)] * 1000
    (sums,) = totals(flows).values()
    assert Fraction(sums.stages["committed"]) == 1000 * (Fraction(large) + Fraction(small))
    assert Sums().given == 0


BAD = {
    "kind": ("kind", "gift", '"gift" is no kind of flow.'),
    "date": ("date", "31.01.2026", '"31.01.2026" is not a date. Write 2026-01-31.'),
    "value": ("value", "1,5", '"1,5" is not a number.'),
    "no value": ("value", "", "the amount is missing. Write the figure."),
    "not a number": ("value", "NaN", '"NaN" is not a number.'),
    "too large": ("value", "1e30", "1e30 is too large. Is there a digit too many?"),
    "currency": ("currency", "usd", '"usd" is no currency.'),
    "activity": ("activity", "", "the cell is empty. Fill it in."),
    "value_date": ("value_date", "later", '"later" is not a date.'),
    "earmarking": ("earmarking", "softly", '"softly" is no earmarking. Known: earmarked'),
    "humanitarian": ("humanitarian", "perhaps", '"perhaps" is neither yes nor no.'),
    "year": ("year", "26", '"26" is not a year. Write four digits.'),
    "passed_on": ("passed_on", "maybe", '"maybe" is neither yes nor no.'),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_cell_says_where_and_what_to_do(name: str, tmp_path: Path) -> None:
    column, cell, said = BAD[name]
    header, good = [list(row) for row in write_flat([ONE])]
    bad = [cell if each == column else old for each, old in zip(header, good, strict=True)]
    path = tmp_path / "flows.csv"
    path.write_text("".join(write_rows([header, good, bad])), encoding="utf-8")
    with pytest.raises(BadFile) as problem:
        list(read_flat(path))
    assert str(problem.value).startswith(f"{path}, row 3, column {column}: {said}")
    report = Report(where="flows.csv")
    assert list(read_flat(path, report=report)) == [ONE]
    assert [(one.row, one.column) for one in report.mistakes] == [(3, column)]


TABLES = {
    "empty": ("", "row 1: the file is empty."),
    "column": ("activity,kind,date,value\n", "row 1: the column currency is missing."),
    "unknown": ("activity,valu\n", 'row 1: there is no column "valu". Did you mean value'),
    "twice": ("activity,activity\n", "row 1: the column activity appears twice."),
    "short": (f"{','.join(COLUMNS)}\n\na,b\n", f"row 3: 2 cells under {len(COLUMNS)} columns."),
    "quotation": ('activity,kind,date,value,currency\n"a\n', "row 2: not valid CSV"),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_bad_table_says_where(name: str, tmp_path: Path) -> None:
    text, said = TABLES[name]
    path = tmp_path / "flows.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Problem) as problem:
        list(read_flat(path))
    assert str(problem.value).startswith(f"{path}, {said}")


def test_a_table_in_another_encoding_says_so(tmp_path: Path) -> None:
    path = tmp_path / "flows.csv"
    path.write_bytes(b"activity,kind,date,value,currency\ncaf\xe9")
    with pytest.raises(Problem, match=r"flows\.csv: not UTF-8 text\. Save it"):
        list(read_flat(path))


def test_bytes_read_are_told(tmp_path: Path) -> None:
    path = tmp_path / "flows.csv"
    told: list[int] = []
    path.write_text("".join(write_rows(write_flat([ONE] * 9000))), encoding="utf-8")
    assert len(list(read_flat(path, progress=told.append))) == 9000
    assert sum(told) == path.stat().st_size
    assert len(told) > 1
