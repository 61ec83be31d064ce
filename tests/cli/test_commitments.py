"""A book of promises on the command line."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

BOOK = """
[[commitments]]
id = "money"
title = "School places"
kind = "financial"
unit = "USD"
shares = [{ giver = "FRA", quantity = "600.50" }]
to = ["GHA"]
ends = 2026-03-01

[[acts]]
id = "1"
kind = "received"
commitment = "money"
at = 2026-01-10T10:00:00Z
by = "GHA"
of = "0"
quantity = 5
"""
COPY = BOOK.partition("[[acts]]")[0]
BUNDLE = """
[[bundles]]
id = "b"
title = "Platform"
needs = ["absent"]
"""
POOL = """
[pool]
id = "p"
unit = "people"
shares = [{ state = "FRA", quantity = 1 }, { state = "FRA", quantity = 2 }]
"""


def test_the_four_numbers_of_the_pool(run: Run) -> None:
    done = run("commitments", "staircase", "eu-pool-2026", "--on", "2026-06-01")
    assert done.returncode == 0
    told = [line.split("  ")[0] for line in done.stdout.splitlines() if line and line[0] != " "]
    assert told[1:] == ["Reference number", "Fair share", "Pledged", "After deductions",
                        "Delivered"]  # fmt: skip
    assert "(EU) 2025/2642" in done.stdout


def test_one_state_as_json_adds_up(run: Run) -> None:
    done = run("commitments", "staircase", "eu-pool-2026", "--state", "deu", "--format", "json")
    table = json.loads(done.stdout)
    assert (table["fair_share"], table["pledged"]) == ("4555", "0")
    assert [step["change"] for step in table["to_pledged"]] == ["-4555"]


def test_a_day_in_the_past_shows_the_book_of_that_day(run: Run) -> None:
    def stage(day: str) -> str:
        done = run("commitments", "show", "school-places", "--on", day, "--format", "csv")
        rows = [line.split(",") for line in done.stdout.splitlines()]
        return next(row[2] for row in rows if row[:2] == ["schools", "FRA"])

    assert [stage(day) for day in ("2026-01-09", "2026-01-10", "2026-02-01")] == [
        "not announced", "announced", "committed",
    ]  # fmt: skip


def test_what_is_due_says_who_asks(run: Run) -> None:
    done = run("commitments", "due", "school-places", "--on", "2026-09-30")
    line = next(line for line in done.stdout.splitlines() if "first" in line)
    assert "DEU" in line
    assert "before the review" in line


def test_matches_show_the_gap(run: Run) -> None:
    done = run("commitments", "match", "school-places")
    assert "classrooms: 4,000,000.00 USD stay without an offer." in done.stdout


def test_a_refused_act_is_named_and_the_rest_shown(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "book.toml"
    file.write_text(BOOK, encoding="utf-8")
    done = run("commitments", "show", str(file))
    assert done.returncode == 1
    assert "Act 1 is refused: money has no delivery 0." in done.stderr
    assert "600.5" not in done.stdout.splitlines()[2].split()[0]


@pytest.mark.parametrize("command", ["match", "totals", "due"])
def test_whatever_is_shown_of_a_book_names_what_it_refuses(
    run: Run, tmp_path: Path, command: str
) -> None:
    file = tmp_path / "book.toml"
    file.write_text(BOOK, encoding="utf-8")
    done = run("commitments", command, str(file), "--format", "json")
    assert done.returncode == 1
    assert "Act 1 is refused: money has no delivery 0." in done.stderr


def test_a_day_beyond_the_calendar_is_no_day(run: Run) -> None:
    done = run("commitments", "picture", "school-places", "--kind", "dues", "--on", "9999-12-31")
    assert (done.returncode, "9999-12-31 is beyond the calendar" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"FRA"', '"FRA", of = 1', "unknown field"),
        ('"USD"', '"people"', "cannot be divided so far"),
        ('"600.50"', '"600.505"', "cannot be divided so far"),
        ("10:00:00Z", "10:00:00", "expected an instant"),
        ('"financial"', '"gold"', "is not a choice"),
        ("2026-01-10T", "0001-01-10T", "is beyond the calendar"),
        ("[[acts]]", f"{COPY}\n[[acts]]", "2 commitments are called money"),
        ("[[acts]]", f"{BUNDLE}\n[[acts]]", "there is no need absent"),
        ("[[acts]]", f"{POOL}\n[[acts]]", "FRA has two shares"),
    ],
)
def test_a_bad_book_says_where(run: Run, tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "book.toml"
    file.write_text(BOOK.replace(old, new), encoding="utf-8")
    done = run("commitments", "show", str(file))
    assert done.returncode == 2
    assert said in done.stderr
    assert "book.toml" in done.stderr
    assert done.stdout == ""


def test_a_book_without_a_pool_has_no_staircase(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "book.toml"
    file.write_text(BOOK, encoding="utf-8")
    done = run("commitments", "staircase", str(file))
    assert (done.returncode, "names no pool" in done.stderr) == (2, True)
