"""``share``, ``explain``, ``compare``, ``verify``: the main job as a person meets it."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
PAIRS = (
    ("west-africa", "liberia-1990"),
    ("eu", "ukraine-2022"),
    ("bali-region", "rohingya-2017"),
    ("latin-america", "venezuela-2018"),
    ("middle-east", "syria-2013"),
    ("great-lakes-horn", "sudan-2023"),
)


@pytest.mark.parametrize("pair", PAIRS, ids="/".join)
def test_share_prints_a_plan_within_80_columns(pair: tuple[str, str], run: Run) -> None:
    done = run("share", *pair)
    assert (done.returncode, done.stderr) == (0, "")
    for heading in ("Who protects whom", "Who pays what (million USD a year)", "Plan "):
        assert heading in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 80


@pytest.mark.parametrize("pair", PAIRS, ids="/".join)
def test_share_csv_has_a_row_a_state_and_nobody_is_lost(pair: tuple[str, str], run: Run) -> None:
    done = run("share", *pair, "--format", "csv")
    people = json.loads(run("share", *pair, "--format", "json").stdout)["result"]["people"]
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(rows) == len({row["state"] for row in rows})
    for columns in (("placed", "unplaced", "outside"), ("present", "outside")):
        assert sum(int(row[column] or 0) for row in rows for column in columns) == people


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("", "--out: no folder is named"),
        ("states.csv", "states.csv: this is a file, not a folder"),
        ("states.csv/sub", "states.csv: this is a file, not a folder"),
        ("own", "own/costs.csv: there is a file of this name that belongs to no plan"),
    ],
)
def test_share_out_that_cannot_be_is_one_line(
    folder: str, said: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "states.csv").write_text("mine", encoding="utf-8")
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "costs.csv").write_text("mine", encoding="utf-8")
    done = run("share", "west-africa", "togo-1993", "--out", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"commonhaven: {said}")
    assert done.stderr.count("\n") == 1
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["costs.csv", "own", "states.csv"]


def test_share_json_is_the_plan_that_out_writes(run: Run, tmp_path: Path) -> None:
    printed = run("share", "west-africa", "togo-1993", "--format", "json").stdout
    run("share", "west-africa", "togo-1993", "--out", "plan")
    assert (tmp_path / "plan" / "plan.json").read_text(encoding="utf-8") == printed


def test_share_out_then_verify(run: Run, tmp_path: Path) -> None:
    assert run("share", "west-africa", "togo-1993", "--out", "deep/plan").returncode == 0
    done = run("verify", "deep/plan/plan.json")
    assert done.returncode == 0
    assert "stands" in done.stdout
    path = tmp_path / "deep" / "plan" / "plan.json"
    held = json.loads(path.read_text(encoding="utf-8"))
    held["result"]["placed"] += 1
    path.write_text(json.dumps(held), encoding="utf-8")
    done = run("verify", "deep/plan/plan.json")
    assert done.returncode == 1
    assert "First difference: result.placed is" in done.stdout


def test_share_own_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "charter.toml").write_text(CHARTER, encoding="utf-8")
    (tmp_path / "situation.toml").write_text(SITUATION, encoding="utf-8")
    done = run("share", "charter.toml", "situation.toml", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    placed = {row["state"]: int(row["placed"]) for row in csv.DictReader(io.StringIO(done.stdout))}
    assert sum(placed.values()) == 1000


CHARTER = """
[group]
id = "two-neighbours"
name = { en = "Two neighbours and a friend" }
version = "1"
in_force = 2020-01-01

[[members]]
state = "GHA"
tier = "inner core"
since = 2020-01-01

[[members]]
state = "BEN"
tier = "inner core"
since = 2020-01-01

[[members]]
state = "CAN"
tier = "outer core"
since = 2020-01-01

[costs]
ceiling = "0.90"
"""
SITUATION = """
id = "made-up"
name = { en = "A made-up situation" }
origin = "TGO"
on = 2021-06-30
about = "Made up to show the form."
synthetic = true

[[sources]]
id = "invented"
title = "Invented for a test"

[[cohorts]]
id = "all"
name = "All who fled"
source = "invented"
languages = ["Ewe", "French"]
ties_source = "invented"
present = { GHA = 600, BEN = 400 }
"""

SLIPS = {
    "a misspelt country": (
        CHARTER.replace('"BEN"', '"BNE"'),
        SITUATION,
        "charter.toml, members 2",
    ),
    "a state as a name": (
        CHARTER.replace('"BEN"', '"Benin"'),
        SITUATION,
        'charter.toml, members 2, state: "Benin" cannot stand here. Write the ISO code: BEN.',
    ),
    "an origin as a name": (
        CHARTER,
        SITUATION.replace('"TGO"', '"Togo"'),
        'situation.toml, origin: "Togo" cannot stand here. Write the ISO code: TGO.',
    ),
    "an absurd cost": (
        CHARTER,
        SITUATION + '\n[[unit_costs]]\nstate = "*"\namount = 1e300\nsource = "invented"\n',
        "is above the most allowed",
    ),
    "a member in two tiers": (
        CHARTER + '\n[[members]]\nstate = "CAN"\ntier = "inner core"\nsince = 2021-01-01\n',
        SITUATION,
        "charter.toml",
    ),
    "an unknown rule": (
        CHARTER + '\n[responsibility]\nrule = "hathaway"\n',
        SITUATION,
        "Did you mean hathaway-neve",
    ),
    "an unknown field": (CHARTER.replace("[costs]", "[cost]"), SITUATION, 'unknown field "cost"'),
    "broken TOML": (CHARTER + "\n[[[", SITUATION, "not valid TOML"),
    "an empty charter": ("", SITUATION, "the field group is missing"),
    "an unknown place": (CHARTER, SITUATION.replace("GHA = 600", "GHB = 600"), "situation.toml"),
    "fewer than nobody": (CHARTER, SITUATION.replace("600", "-600"), "situation.toml"),
    "absurdly many": (CHARTER, SITUATION.replace("600", "600000000000"), "situation.toml"),
    "a source not declared": (
        CHARTER,
        SITUATION.replace('source = "invented"', 'source = "x"'),
        "x",
    ),
    "in the country fled from": (CHARTER, SITUATION.replace("GHA = 600", "TGO = 600"), "TGO"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_share_a_slip_is_one_line_and_nothing_is_written(
    name: str, run: Run, tmp_path: Path
) -> None:
    charter, situation, said = SLIPS[name]
    (tmp_path / "charter.toml").write_text(charter, encoding="utf-8")
    (tmp_path / "situation.toml").write_text(situation, encoding="utf-8")
    done = run("share", "charter.toml", "situation.toml", "--out", "plan")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("commonhaven: ")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr
    assert not (tmp_path / "plan").exists()


WRONG = {
    "unknown charter": (["share", "west-afrika", "liberia-1990"], "Did you mean west-africa"),
    "unknown situation": (["share", "eu", "ukrain"], "ukraine-2022"),
    "bad day": (["share", "eu", "ukraine-2022", "--on", "soon"], '"soon" is not a date'),
    "day without hyphens": (["share", "eu", "ukraine-2022", "--on", "20220630"], "is not a date"),
    "week": (["share", "eu", "ukraine-2022", "--on", "2022-W26-1"], "is not a date"),
    "too early": (["share", "eu", "ukraine-2022", "--on", "2000-01-01"], "in force from"),
    "unknown rule": (["compare", "eu", "ukraine-2022", "--rules", "eu-2051"], "Did you mean"),
    "empty rule": (["compare", "eu", "ukraine-2022", "--rules", "equal,"], "name is empty"),
    "unknown state": (["explain", "eu", "ukraine-2022", "Polnad"], "Poland"),
    "no part": (["explain", "eu", "ukraine-2022", "GHA"], "has no part in this plan"),
    "no plan": (["verify", "nothing.json"], "no such file"),
    "unknown rule to show": (["rules", "eu-201"], "Did you mean eu-2015"),
    "unknown indicator": (["figures", "show", "GHA", "populaton"], "population"),
    "unknown state's figure": (["figures", "show", "Gahna", "gdp"], "Ghana"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_call_is_one_clear_line(name: str, run: Run) -> None:
    arguments, said = WRONG[name]
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


def test_explain_tells_people_reasons_money_and_figures(run: Run) -> None:
    done = run("explain", "west-africa", "liberia-1990", "Côte d'Ivoire")
    assert done.returncode == 0
    for heading in ("Who protects whom", "Why", "Who pays what", "Figures used"):
        assert f"\n{heading}\n" in done.stdout
    assert "243,795 people" in done.stdout


def test_explain_trace_names_lines_and_what_they_use(run: Run) -> None:
    done = run("explain", "west-africa", "liberia-1990", "CIV", "--trace")
    assert "capacity.CIV = 243795 people" in done.stdout
    assert "figure:CIV/population" in done.stdout


def test_compare_lists_every_rule_or_why_it_did_not_run(run: Run) -> None:
    done = run("compare", "eu", "ukraine-2022")
    assert (done.returncode, done.stderr) == (0, "")
    for rule in ("ammr-2024", "eu-2015", "equal", "hathaway-neve", "koenigstein did not run"):
        assert rule in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) <= 80


def test_compare_csv_has_people_by_rule_and_state(run: Run) -> None:
    done = run("compare", "eu", "ukraine-2022", "--rules", "equal", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["rule"] for row in rows} == {"ammr-2024", "equal"}
    result = json.loads(run("share", "eu", "ukraine-2022", "--format", "json").stdout)["result"]
    for rule in ("ammr-2024", "equal"):
        found = sum(int(row["people"]) for row in rows if row["rule"] == rule)
        assert found == result["in_question"] - result["unplaced"]


def test_compare_takes_a_rule_named_twice_once(run: Run) -> None:
    twice = run("compare", "west-africa", "togo-1993", "--rules", "equal,equal", "--format", "csv")
    once = run("compare", "west-africa", "togo-1993", "--rules", "equal", "--format", "csv")
    assert twice.stdout == once.stdout


@pytest.mark.parametrize("kind", ["charter", "situation"])
def test_findings_of_a_check_go_to_standard_output_one_line_each(
    kind: str, run: Run, tmp_path: Path
) -> None:
    charter = CHARTER.replace(
        "2020-01-01\n\n[[members]]", "2020-01-01\nuntil = 2019-01-01\n\n[[members]]", 1
    )
    charter = charter.replace('tier = "inner core"', 'tier = "outer core"', 1)
    situation = SITUATION.replace('source = "invented"', 'source = "another"')
    (tmp_path / "draft.toml").write_text(charter if kind == "charter" else situation, "utf-8")
    done = run(kind, "check", "draft.toml")
    *lines, last = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (2, "")
    assert all(line.startswith(("error: draft.toml, ", "advice: draft.toml, ")) for line in lines)
    errors = sum(line.startswith("error: ") for line in lines)
    assert errors >= 1
    assert max(len(line) for line in lines) > 80
    assert last == f"draft.toml: {errors} to mend, {len(lines) - errors} to consider."


EXAMPLES = [
    ["rules"],
    ["rules", "eu-2015"],
    ["charter", "list"],
    ["charter", "show", "west-africa"],
    ["charter", "check", "west-africa"],
    ["charter", "schema"],
    ["charter", "diff", "hathaway-neve", "west-africa"],
    ["situation", "list"],
    ["situation", "show", "ukraine-2022"],
    ["situation", "check", "liberia-1990"],
    ["situation", "schema"],
    ["figures", "list"],
    ["figures", "show", "GHA", "population", "--on", "1990-12-31"],
    ["figures", "show", "CIV", "distance_km/LBR"],
]


@pytest.mark.parametrize("arguments", EXAMPLES, ids=" ".join)
def test_listing_commands_print_something_and_succeed(arguments: list[str], run: Run) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout) > 20


def test_figures_show_answers_which_value_and_how_old(run: Run) -> None:
    done = run("figures", "show", "Ghana", "population", "--on", "1990-12-31")
    assert "15394648" in done.stdout
    assert "1990" in done.stdout


def test_figures_pull_from_a_folder_then_share_with_it(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.csv").write_text(
        "state,indicator,period,value,unit,source,retrieved\n"
        "GHA,population,1990,1000000,persons,census,2026-01-01\n",
        encoding="utf-8",
    )
    done = run("figures", "pull", "--from", "own", "--store", "store")
    assert (done.returncode, done.stderr) == (0, "")
    told = run("figures", "revisions", "GHA", "population", "1990", "--store", "store").stdout
    assert "15394648" in told
    assert "1000000" in told
    done = run("share", "west-africa", "liberia-1990", "--store", "store", "--format", "csv")
    rows = {row["state"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert rows["GHA"]["capacity"] == "20000"


def test_output_into_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    program = [sys.executable, "-m", "commonhaven", "share", "west-africa", "liberia-1990"]
    writer = subprocess.Popen(
        program, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    writer.stdout.close()
    assert writer.stderr.read() == ""
    writer.stderr.close()
    writer.wait(timeout=60)
