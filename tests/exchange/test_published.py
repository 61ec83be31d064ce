"""Real files, where they lie beside the project: what goes out comes back, to the dollar."""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from exchange_world import MADE
from lxml import etree

from commonhaven.exchange.activity import by_activity
from commonhaven.exchange.codes import KIND_CODES
from commonhaven.exchange.flat import read_flat, write_flat
from commonhaven.exchange.fts import Flow, read_fts, write_fts
from commonhaven.exchange.iati_read import read_iati
from commonhaven.exchange.iati_write import write_iati
from commonhaven.exchange.rows import write_rows
from commonhaven.exchange.totals import totals
from commonhaven.exchange.transaction import Organisation, Transaction

HOME = Path(__file__).resolve()
UNHCR = Organisation("UNHCR", "XM-DAC-41121", "multilateral", "")
AID_TYPES = {
    "Core contributions to multilateral institutions": "B02",
    "Contributions to specific-purpose programmes and funds managed by implementing partners":
        "B03",
    "Project-type interventions": "C01", "": "",
}  # fmt: skip
Line = tuple[str, str, str]


def beside(name: str) -> Path:
    """A file of the folder shared/data beside the project; skips where there is none."""
    found = (folder / "shared" / "data" / name for folder in HOME.parents)
    path = next((path for path in found if path.is_file()), None)
    if path is None:
        pytest.skip(f"no {name} beside the project: not compared with what is published")
    return path


def rows(name: str) -> Iterator[dict[str, str]]:
    path = beside(name)
    opened: Any = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def as_transaction(row: dict[str, str]) -> Transaction:
    """A row of UNHCR's publication; in dollars where it states them."""
    comes_in = row["transaction_type"] == "Incoming Commitment"
    provider = Organisation(
        row["provider"], row["provider_ref"], row["provider_type"].replace(" NGO", "").lower()
        + (" NGO" if "NGO" in row["provider_type"] else ""), row["provider_iso3"],
    )  # fmt: skip
    earmarking: Any = row["earmarking"].lower() or None
    kind: Any = row["transaction_type"].lower()
    assert kind in KIND_CODES
    return Transaction(
        activity=row["iati_identifier"], kind=kind, on=date.fromisoformat(row["transaction_date"]),
        value=Decimal(row["value_usd"] or row["value_orig"]),
        currency="USD" if row["value_usd"] else row["currency"], ref=row["transaction_ref"],
        provider=provider if comes_in else UNHCR, receiver=UNHCR if comes_in else Organisation(),
        about=" ".join(row["description"].split()), aid_type=AID_TYPES[row["aid_type"]],
        earmarking=earmarking, year=int(row["year"]),
    )  # fmt: skip


@pytest.fixture(scope="module")
def published() -> list[Transaction]:
    found = [as_transaction(row) for row in rows("unhcr_iati_transactions.csv.gz")]
    return sorted(found, key=lambda one: one.activity)


@pytest.fixture(scope="module")
def reread(
    published: list[Transaction], schema: etree.XMLSchema, tmp_path_factory: pytest.TempPathFactory
) -> list[Transaction]:
    text = "".join(write_iati(by_activity(published, UNHCR), MADE))
    schema.assertValid(etree.parse(BytesIO(text.encode())))
    path = tmp_path_factory.mktemp("published") / "unhcr.xml"
    path.write_text(text, encoding="utf-8")
    return list(read_iati(path))


def test_unhcrs_transactions_come_back_one_by_one(
    published: list[Transaction], reread: list[Transaction]
) -> None:
    assert len(reread) == 40_782
    assert reread == published


def contributions(reread: list[Transaction]) -> dict[Line, Fraction]:
    """Year, donor and earmarking → dollars committed to UNHCR."""
    money = (one for one in reread if one.kind == "incoming commitment")
    found: dict[Line, Fraction] = defaultdict(Fraction)
    for key, sums in totals(money, by=("year", "provider", "earmarking")).items():
        found[key[:3]] += Fraction(sums.stages["committed"])
    return found


def test_contributions_by_donor_are_those_published_to_the_dollar(
    reread: list[Transaction],
) -> None:
    expected: dict[Line, int] = defaultdict(int)
    parts: dict[Line, int] = defaultdict(int)
    for row in rows("unhcr_contributions_by_donor.csv"):
        line = row["year"], row["provider"], row["earmarking"].lower()
        expected[line] += int(row["value_usd"])
        parts[line] += 1
    found = contributions(reread)
    assert set(found) == set(expected)
    alone = [line for line in expected if parts[line] == 1]
    assert len(alone) > 1700
    assert {line: round(found[line]) for line in alone} == {line: expected[line] for line in alone}
    assert all(abs(found[line] - expected[line]) <= parts[line] for line in expected)


def ranking(each: Mapping[tuple[str, str], int | Fraction], year: str) -> list[tuple[str, str]]:
    """The donors of a year, the largest first."""
    of_year = [line for line in each if line[0] == year]
    return sorted(of_year, key=lambda line: (-round(each[line]), line))


def test_the_years_and_the_ranking_of_donors_are_those_published(
    reread: list[Transaction],
) -> None:
    expected: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows("unhcr_contributions_by_donor.csv"):
        expected[row["year"], row["provider"]] += int(row["value_usd"])
    found: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for (year, donor, _), value in contributions(reread).items():
        found[year, donor] += value
    for year in range(2016, 2024):
        ranked = [ranking(each, str(year)) for each in (found, expected)]
        assert ranked[0][:50] == ranked[1][:50]
        whole = sum(value for line, value in found.items() if line[0] == str(year))
        published = sum(value for line, value in expected.items() if line[0] == str(year))
        assert abs(whole - published) < len(ranked[0])


def test_unhcrs_transactions_as_a_table_give_the_same_sums(
    published: list[Transaction], reread: list[Transaction], tmp_path: Path
) -> None:
    path = tmp_path / "flows.csv"
    path.write_text("".join(write_rows(write_flat(published))), encoding="utf-8")
    assert totals(read_flat(path)) == totals(reread)


def test_fts_flows_of_2000_come_back_field_by_field(tmp_path: Path) -> None:
    path = beside("ocha_fts_flows_2000_sample.csv")
    found = list(read_fts(path))
    assert len(found) == 2824
    again = tmp_path / "flows.csv"
    again.write_text("".join(write_rows(write_fts(found))), encoding="utf-8", newline="")
    assert list(read_fts(again)) == found
    with (
        path.open(encoding="utf-8", newline="") as first,
        again.open(encoding="utf-8", newline="") as second,
    ):
        for before, after in zip(csv.DictReader(first), csv.DictReader(second), strict=True):
            for name in ("amount_usd", "orig_amount"):
                assert Decimal(before.pop(name) or 0) == Decimal(after.pop(name) or 0)
            assert before == after


def test_fts_sums_tell_new_money_from_what_moves_on() -> None:
    money: dict[str, Fraction] = defaultdict(Fraction)
    for row in rows("ocha_fts_flows_2000_sample.csv"):
        internal = row["boundary"] == "internal" or row["new_money"] == "FALSE"
        money["moves on" if internal else row["status"]] += Fraction(row["amount_usd"])
    path = beside("ocha_fts_flows_2000_sample.csv")
    (sums,) = totals((flow.transaction() for flow in read_fts(path)), by=()).values()
    assert Fraction(sums.given) == money["paid"]
    assert Fraction(sums.stages["committed"]) == money["commitment"]
    assert Fraction(sums.passed_on) == money["moves on"]


def test_coverage_of_response_plans_is_the_one_published(tmp_path: Path) -> None:
    """Funding counts, pledges do not: 2022, plan by plan, to the tenth of a per cent."""
    plans = {row["appeal_id"]: row for row in rows("ocha_response_plans_2022.csv")}
    sent = [
        Flow(flow_id=plan, date="2022-12-31", status=status, amount_usd=Decimal(row[column]),
             budget_year="2022", dest_plan=row["plan_name"], source_org="All donors")
        for plan, row in plans.items()
        for status, column in (("paid", "funding_usd"), ("pledge", "pledges_usd"))
        if row[column]
    ]  # fmt: skip
    path = tmp_path / "plans.csv"
    path.write_text("".join(write_rows(write_fts(sent))), encoding="utf-8")
    sums = totals((flow.transaction() for flow in read_fts(path)), by=("activity",))
    stated = {plan: row for plan, row in plans.items() if row["coverage_pct"]}
    assert len(stated) > 40
    for plan, row in stated.items():
        covered = Fraction(sums[plan, "USD"].given) / Fraction(row["requirements_usd"]) * 100
        assert abs(covered - Fraction(row["coverage_pct"])) <= Fraction(5, 100), row["plan_name"]
