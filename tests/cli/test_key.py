"""``key``: figures in, shares and people out; bad input is one line and nothing else."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
COLUMNS = (
    "state,population,gdp,gni,land_area_km2,unemployment_percent,applications_per_million,"
    "tax_revenue\n"
)
STATES = (
    COLUMNS
    + """DEU,80767463,2938590,3000000,349390,5.0,1262.79,663.8
FRA,66165980,2149765,2190000,547557,10.3,924.24,612.0
MLT,429424,8506.7,8200,320,5.8,3683.17,2.3
POL,38017856,411163.2,396000,306190,9.0,249.46,82.0
"""
)
RULES = [
    "eu-2015",
    "ammr-2024",
    "koenigstein",
    "grahl-madsen",
    "chimni",
    "grech-2016",
    "equal",
    "population",
    "gdp",
    "area",
    "population-gdp-area",
    "svr-2013",
]


@pytest.fixture
def states(tmp_path: Path) -> str:
    (tmp_path / "states.csv").write_text(STATES, encoding="utf-8")
    return "states.csv"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("rule", RULES)
def test_key_prints_state_share_people(rule: str, states: str, run: Run) -> None:
    done = run("key", rule, states, "--total", "10000", "--rounding", "largest-remainder",
               "--format", "csv")  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "state,share,people"
    found = rows(done.stdout)
    assert [row["state"] for row in found] == ["DEU", "FRA", "MLT", "POL"]
    assert all(len(row["share"].split(".")[1]) >= 10 for row in found)
    assert sum(int(row["people"]) for row in found) == 10000


def test_key_population_shares_are_those_of_the_file(states: str, run: Run) -> None:
    done = run("key", "population", states, "--total", "185380723", "--format", "csv")
    assert [row["people"] for row in rows(done.stdout)] == [
        "80767463",
        "66165980",
        "429424",
        "38017856",
    ]


def test_key_json_carries_exact_fraction_effects_and_trace(states: str, run: Run) -> None:
    done = run("key", "eu-2015", states, "--total", "1000", "--format", "json")
    told = json.loads(done.stdout)
    exact = [Fraction(state["share_exact"]) for state in told["states"]]
    assert sum(exact) == 1
    assert all(state["effects"] for state in told["states"])
    ids = {line["id"] for line in told["trace"]}
    assert any("DEU" in name for name in ids)
    assert told["parameters"]["cap"] == "0.3"


def test_key_parameter_changes_the_result(states: str, run: Run) -> None:
    both = [
        run(
            "key", "eu-2015", states, "--total", "100000", "--format", "csv", "--param", each
        ).stdout
        for each in ("cap_base=sum", "cap_base=mean")
    ]
    assert both[0] != both[1]


def test_key_accepts_any_label_for_a_state(run: Run, tmp_path: Path) -> None:
    (tmp_path / "laender.csv").write_text(
        "state,population,tax_revenue\nBayern,1,2\nBremen,1,1\n", encoding="utf-8"
    )
    done = run("key", "koenigstein", "laender.csv", "--total", "18", "--format", "csv")
    # Bayern: 2/3 of 2/3 + 1/3 of 1/2 = 11/18
    assert done.stdout.splitlines()[1:] == ["Bayern,0.611111111111,11", "Bremen,0.388888888889,7"]


def test_key_reports_a_tie(run: Run, tmp_path: Path) -> None:
    (tmp_path / "two.csv").write_text("state,population\nA,5\nB,5\n", encoding="utf-8")
    done = run("key", "population", "two.csv", "--total", "3")
    assert "Tie:" in done.stdout
    assert done.returncode == 0


BAD = {
    "empty file": ("", "states.csv: the file is empty."),
    "header only": ("state,population\n", "states.csv: there is a header but no row."),
    "no state column": ("land,population\nA,1\n", "the column state is missing"),
    "missing column": ("state,gdp\nA,1\n", "the column population is missing"),
    "two rows for one state": ("state,population\nA,1\nA,2\n", "A has two rows"),
    "negative": ("state,population\nA,-1\n", "-1 is below the least allowed, 0"),
    "absurd": ("state,population\nA,99999999999999\n", "is above the most allowed"),
    "a word": ("state,population\nA,many\n", '"many" is not a number'),
    "decimal comma": ('state,population\nA,"1,5"\n', '"1,5" is not a number'),
    "a blank cell": ("state,population\nA,\n", "the cell is empty"),
    "ragged row": ("state,population\nA,1,2\n", "3 cells under 2 columns"),
    "semicolons": ("state;population\nA;1\n", "the columns are separated by semicolons"),
    "byte-order mark": ("\ufeffstate,population\nA,1\n", "byte-order mark"),
    "repeated column": ("state,population,population\nA,1,1\n", "appears twice"),
    "all zero": ("state,population\nA,0\nB,0\n", ""),
}


@pytest.mark.parametrize("name", BAD)
def test_key_bad_file_is_one_clear_line(name: str, run: Run, tmp_path: Path) -> None:
    text, said = BAD[name]
    (tmp_path / "states.csv").write_text(text, encoding="utf-8")
    done = run("key", "population", "states.csv", "--total", "10")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("commonhaven: states.csv")
    assert said in done.stderr


def test_key_undefined_for_zero_unemployment(run: Run, tmp_path: Path) -> None:
    (tmp_path / "states.csv").write_text(
        STATES.replace("349390,5.0", "349390,0"),
        encoding="utf-8",
    )
    done = run("key", "eu-2015", "states.csv", "--total", "10")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "DEU" in done.stderr
    assert "unemployment" in done.stderr


WRONG_CALLS = {
    "unknown rule": (["key", "eu-2051", "states.csv", "--total", "1"], "Did you mean eu-2015"),
    "a placement": (["key", "hathaway-neve", "states.csv", "--total", "1"], "not a key"),
    "no total": (["key", "equal", "states.csv"], "Missing option '--total'"),
    "a fraction of people": (["key", "equal", "states.csv", "--total", "1.5"], "whole number"),
    "fewer than nobody": (["key", "equal", "states.csv", "--total", "-5"], "cannot be shared"),
    "unknown parameter": (
        ["key", "eu-2015", "states.csv", "--total", "1", "--param", "capp=1"],
        "no parameter capp",
    ),
    "not a pair": (
        ["key", "eu-2015", "states.csv", "--total", "1", "--param", "cap"],
        "NAME=VALUE",
    ),
    "a pair twice": (
        ["key", "eu-2015", "states.csv", "--total", "1", "--param", "cap=1", "--param", "cap=2"],
        "given twice",
    ),
    "out of range": (
        ["key", "eu-2015", "states.csv", "--total", "1", "--param", "cap=-3"],
        "outside its range",
    ),
    "not a number": (
        ["key", "eu-2015", "states.csv", "--total", "1", "--param", "cap=x"],
        '--param cap: "x" is not a number',
    ),
    "too many people": (
        ["key", "equal", "states.csv", "--total", "1e30"],
        "people cannot be shared. Give from 0 to 10,000,000,000.",
    ),
    "a scenario": (
        ["key", "atherton", "states.csv", "--total", "1"],
        "atherton is a scenario: it may be compared, never used as a key. Use `compare CHARTER "
        "SITUATION --rules atherton`.",
    ),
    "no such file": (["key", "equal", "nowhere.csv", "--total", "1"], "no such file"),
    "a folder": (["key", "equal", ".", "--total", "1"], "this is a folder"),
    "unknown command": (["shre"], "Did you mean share"),
}


@pytest.mark.parametrize("name", WRONG_CALLS)
def test_key_wrong_call_is_one_clear_line(name: str, run: Run, states: str) -> None:
    arguments, said = WRONG_CALLS[name]
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


def test_key_weights_that_do_not_add_up(run: Run, states: str) -> None:
    done = run("key", "mixed", states, "--total", "10", "--param", "weight_population=0.7")
    assert (done.returncode, done.stdout) == (2, "")
    assert "add up" in done.stderr


@pytest.mark.parametrize(
    ("rows_of", "by"),
    [
        ("state,population\nA,50\nB,100\nC,70\n", "larger population, then the alphabet"),
        ("state\nA\nB\nC\n", "the alphabet"),
    ],
)
def test_key_tells_by_what_a_tie_was_settled(
    rows_of: str, by: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "states.csv").write_text(rows_of, encoding="utf-8")
    done = run("key", "equal", "states.csv", "--total", "10", "--format", "json")
    (tie,) = json.loads(done.stdout)["ties"]
    first = "B" if "population" in by else "A"
    assert (tie["settled_for"], tie["by"]) == ([first], by)
    shown = " ".join(run("key", "equal", "states.csv", "--total", "10").stdout.split())
    assert shown.endswith(f"For {first}, by {by}.")


@pytest.mark.parametrize(
    ("rule", "table", "said"),
    [
        ("population", "state,population\nA,0\nB,0\n", "row 2, column population: no state has"),
        ("ammr-2024", "state,population,gdp\nA,5,5\nB,5,0\n", "row 3, column gdp: no state has"),
        ("equal", "state,population\nA,0\n", "row 2, column population: no state has"),
        ("equal", "state\nA\x1b[31m\n", "row 2, column state: the label has signs that do not"),
        ("equal", 'state\n"A\nB"\n', "row 2, column state: the label has signs that do not"),
    ],
)
def test_key_refuses_what_no_state_has(
    rule: str, table: str, said: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "states.csv").write_text(table, encoding="utf-8")
    done = run("key", rule, "states.csv", "--total", "10")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"commonhaven: states.csv, {said}")


def test_rules_explains_presets(run: Run) -> None:
    assert "--param preset=NAME" in run("rules", "eu-2015").stdout
    assert "preset=NAME" not in run("rules", "equal").stdout


def test_key_with_a_ceiling_leaves_people_over_and_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "states.csv").write_text(
        "state,population,land_area_km2\nA,10,30000\nB,10,30000\n", encoding="utf-8"
    )
    done = run("key", "chimni", "states.csv", "--total", "100", "--param", "ceiling=30",
               "--format", "csv")  # fmt: skip
    assert [row["people"] for row in rows(done.stdout)] == ["30", "30"]
    told = run("key", "chimni", "states.csv", "--total", "100", "--param", "ceiling=30").stdout
    assert "The ceiling leaves 40 people without a place." in told


def test_key_keeps_the_order_of_the_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "states.csv").write_text("state,population\nZ,1\nA,1\nM,2\n", encoding="utf-8")
    done = run("key", "population", "states.csv", "--total", "4", "--format", "csv")
    assert [row["state"] for row in rows(done.stdout)] == ["Z", "A", "M"]
