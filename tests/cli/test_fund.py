"""A fund on the command line."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

FUND = """
currency = "USD"
members = ["FRA"]
keepers = ["UNHCR"]

[[acts]]
id = "1"
kind = "granted"
at = 2026-01-10T10:00:00Z
by = "UNHCR"
request = "r"
amount = "5.00"
decision = "D/1"
"""


def test_the_state_of_a_fund_on_a_day(run: Run) -> None:
    done = run("fund", "show", "host-region", "--on", "2026-06-30", "--format", "csv")
    rows = {row["what"]: row["amount"] for row in csv.DictReader(io.StringIO(done.stdout))}
    assert rows["Target"] == "12500000"
    assert rows["Cash"] == "4020000.00"
    assert rows["Announced, in no sum"] == "2000000.00"


def test_arrears_suspend_after_a_year(run: Run) -> None:
    done = run("fund", "show", "host-region", "--on", "2027-04-01")
    told = [line for line in done.stdout.splitlines() if line.startswith("DEU owes")]
    assert told == [
        "DEU owes 2,400,000.00 since 2026-03-31; it may convene on protection only."
    ]  # fmt: skip


def test_the_ledger_balances(run: Run) -> None:
    done = run("fund", "ledger", "host-region", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(rows) > 20
    assert sum(Decimal(row["amount"]) for row in rows) == 0


def test_a_budget_is_covered_in_money_and_in_kind(run: Run) -> None:
    done = run("fund", "show", "secretariat-budget", "--on", "2026-12-31")
    assert "it came to 43.8 % of it, in money 115,000.00, in kind 60,000.00" in done.stdout


def test_a_statement_adds_up(run: Run) -> None:
    done = run("fund", "statement", "host-region", "FRA", "--year", "2026", "--format", "json")
    table = {
        name: Decimal(value["amount"])
        for name, value in json.loads(done.stdout).items()
        if isinstance(value, dict)
    }
    came = table["called"] + table["signed"] - table["lifted"] - table["received"]
    assert table["opening"] + came == table["closing"] == -420000


def test_requests_from_asking_to_report(run: Run) -> None:
    done = run("fund", "requests", "host-region", "--format", "csv")
    assert done.stdout.splitlines()[1].startswith("border-2026,LBR,closed,3000000")


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("", "", 1, "Act 1 is refused: there is no request r."),
        ('request = "r"\namount = "5.00"', 'amount = "5.001"', 1, "there is no request named"),
        ('kind = "granted"', 'kind = "waived"', 1, "owes less"),
        ('"5.00"', '"-5"', 2, "below the least allowed"),
        (
            'amount = "5.00"',
            'amount = "5.00"\ncurrency = "EUR"',
            2,
            "no amount that was paid in it",
        ),
        ('"USD"', '"USX"', 2, "is not an ISO 4217 currency"),
        ('"granted"', '"given"', 2, "is not a choice"),
    ],
)
def test_what_is_wrong_is_named(
    run: Run, tmp_path: Path, old: str, new: str, code: int, said: str
) -> None:
    file = tmp_path / "fund.toml"
    file.write_text(FUND.replace(old, new) if old else FUND, encoding="utf-8")
    done = run("fund", "show", str(file))
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr


def test_the_ledger_as_json_names_what_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "fund.toml"
    file.write_text(FUND, encoding="utf-8")
    done = run("fund", "ledger", str(file), "--format", "json")
    assert (done.returncode, "Act 1 is refused" in done.stderr) == (1, True)


def test_a_party_without_an_account(run: Run) -> None:
    done = run("fund", "statement", "host-region", "XYZ", "--year", "2026")
    assert (done.returncode, "has no account" in done.stderr) == (2, True)


YEAR = """
currency = "USD"
cost = 1000

[[states]]
state = "GHA"
people = 100
attended = true
answered = true
reported = true
verified_refoulement = false
"""


def test_a_year_of_good_faith_is_scored_and_divided(run: Run) -> None:
    done = run("fund", "incentive", "year-of-a-host-region", "--format", "csv")
    rows = {row["state"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    told = {state: (row["score"], row["payment"]) for state, row in rows.items()}
    assert told == {
        "DEU": ("1.00", "0.00"), "FRA": ("0.75", "160000.00"), "GHA": ("1.00", "1493333.33"),
        "GIN": ("0.75", "746666.67"), "LBR": ("0.00", "0.00"),
    }  # fmt: skip
    assert sum(Decimal(row["payment"]) for row in rows.values()) == 48_000_000 * Decimal("0.05")
    assert rows["LBR"]["evidence"] == "UNHCR, note to the members of 3 June 2026"


def test_a_year_tells_why_and_as_json_exactly(run: Run) -> None:
    shown = run("fund", "incentive", "year-of-a-host-region").stdout
    assert "FRA paid too small a part of its pledges." in shown
    assert "DEU leaves its payment to the others." in shown
    found = json.loads(run("fund", "incentive", "year-of-a-host-region", "--format", "json").stdout)
    assert (found["scores"]["GIN"]["value"], found["kept"]["amount"]) == ("0.75", "0")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("cost = 1000", "", "it gives no cost"),
        ("cost = 1000", "cost = 1000\npot = 5", "it gives both cost and pot"),
        ("verified_refoulement = false", "verified_refoulement = true", "no evidence is named"),
        ("attended = true", "", "the field attended is missing"),
        ("people = 100", "people = -1", "people"),
    ],
)
def test_a_year_that_cannot_be_divided_says_why(
    run: Run, tmp_path: Path, old: str, new: str, said: str
) -> None:
    file = tmp_path / "year.toml"
    file.write_text(YEAR.replace(old, new), encoding="utf-8")
    done = run("fund", "incentive", str(file))
    assert (done.returncode, said in done.stderr, done.stdout) == (2, True, "")
