"""``offers``, ``obligations``, ``charter dry-run`` as a person meets them."""

import csv
import json
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
PAIR = ("west-africa", "togo-1993")
MOVES = """\
move,state,kind,people,money,withdraws,decision,reason
1,Ghana,opt out,,,,,an election
2,DEU,offer money,,1000000.50,,,
3,BEN,deduction,1000,,,"Meeting 3, decision 2",
4,Ghana,withdraw,,,1,,
"""


@pytest.fixture
def moves(tmp_path: Path) -> Path:
    path = tmp_path / "moves.csv"
    path.write_text(MOVES, encoding="utf-8")
    return path


def test_offers_tell_every_round(run: Run, moves: Path) -> None:
    done = run("offers", *PAIR, moves.name)
    assert (done.returncode, done.stderr) == (0, "")
    heads = ["Without moves, under hathaway-neve", "Move 1: Ghana opts out", "Move 2: Germany"]
    heads += ["Move 3: Benin has 1,000 people deducted by decision", "Move 4: Ghana withdraws"]
    places = [done.stdout.index(head) for head in heads]
    assert places == sorted(places)
    assert "move nobody" in " ".join(done.stdout.split())


def test_offers_as_csv_and_json_are_the_same(run: Run, moves: Path) -> None:
    table = run("offers", *PAIR, moves.name, "--format", "csv")
    whole = run("offers", *PAIR, moves.name, "--format", "json")
    assert (table.returncode, whole.returncode) == (0, 0)
    rows = list(csv.DictReader(table.stdout.splitlines()))
    made = json.loads(whole.stdout)
    assert [one["round"] for one in made] == [0, 1, 2, 3, 4]
    assert [one["in_force"] for one in made][-1] == ["2", "3"]
    held = {
        (str(one["round"]), part["state"]): (str(part["people"]), part["pays"])
        for one in made
        for part in one["states"]
    }
    assert held == {(row["round"], row["state"]): (row["people"], row["pays"]) for row in rows}
    by_round = {
        number: sum(int(row["people"]) for row in rows if row["round"] == str(number))
        for number in range(5)
    }
    assert [one["placed"] for one in made] == list(by_round.values())


def test_the_last_round_s_plan_becomes_obligations(run: Run, moves: Path) -> None:
    done = run("offers", *PAIR, moves.name, "--out", "plan")
    assert done.returncode == 0
    assert run("verify", "plan/plan.json").returncode == 0
    asked = ("obligations", "plan/plan.json", "--decided", "2026-11-25")
    owed = run(*asked, "--offers", moves.name, "--format", "csv")
    assert (owed.returncode, owed.stderr) == (0, "")
    rows = list(csv.DictReader(owed.stdout.splitlines()))
    sums = {
        what: sum(Decimal(row["quantity"]) for row in rows if row["what"] == what)
        for what in ("pay", "be paid", "receive", "protect until departure")
    }
    assert sums["pay"] == sums["be paid"] > 0
    assert sums["receive"] == sums["protect until departure"] > 0
    shown = run(*asked)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "Germany" in shown.stdout
    german = json.loads(run(*asked, "--state", "Germany", "--format", "json").stdout)
    assert {one["state"] for one in german} == {"DEU"}
    assert run(*asked, "--state", "Brazil").returncode == 2


def test_obligations_refuse_what_does_not_stand(run: Run, tmp_path: Path) -> None:
    assert run("share", *PAIR, "--out", "plan").returncode == 0
    path = tmp_path / "plan" / "plan.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"placed": ', '"placed": 1', 1), encoding="utf-8", newline="\n")
    done = run("obligations", "plan/plan.json", "--decided", "2026-11-25")
    assert (done.returncode, done.stdout) == (2, "")
    assert "the plan does not stand" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    path.write_text(text, encoding="utf-8", newline="\n")
    for words, said in (
        (("--decided", "25.11.2026"), 'commonhaven: --decided: "25.11.2026" is not a date'),
        (("--decided", "1990-01-01"), "comes before the people were counted"),
        ((), "Missing option '--decided'"),
    ):
        done = run("obligations", "plan/plan.json", *words)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("move,state,kind\n1,FRA,opt out\n", "FRA opts out without a reason"),
        ("move,state,kind,reason\n1,BRA,opt out,x\n", "row 2: BRA takes no part"),
        ("move,state,kind,reason\n1,TGO,opt out,x\n", "TGO"),
    ],
)
def test_moves_that_cannot_be_played(text: str, said: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "moves.csv").write_text(text, encoding="utf-8")
    done = run("offers", *PAIR, "moves.csv", "--out", "plan")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert not (tmp_path / "plan").exists()


def test_dry_run_of_a_draft_against_the_charter_in_force(run: Run, tmp_path: Path) -> None:
    text = run("charter", "show", "west-africa", "--format", "toml").stdout
    assert 'version = "1"' in text
    (tmp_path / "draft.toml").write_text(text.replace('version = "1"', 'version = "2"', 1))
    asked = ("charter", "dry-run", "draft.toml", "--against", "west-africa", "--situation")
    done = run(*asked, "togo-1993", "--situation", "liberia-1990")
    assert (done.returncode, done.stderr) == (0, "")
    assert "What the draft changes" in done.stdout
    assert "In all 2 situations that could be computed" in done.stdout
    rows = list(csv.DictReader(run(*asked, "togo-1993", "--format", "csv").stdout.splitlines()))
    assert {row["situation"] for row in rows} == {"togo-1993"}
    assert {row["people_change"] for row in rows} == {"0"}
    assert all(row["people"] == row["people_now"] for row in rows)
    held = json.loads(run(*asked, "togo-1993", "--format", "json").stdout)
    assert held["situations"][0]["draft"]["placed"] == sum(int(row["people"]) for row in rows)


def test_dry_run_plays_the_situations_of_the_region(run: Run) -> None:
    done = run("charter", "dry-run", "latin-america", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    played = {row["situation"] for row in csv.DictReader(done.stdout.splitlines())}
    assert {"venezuela-2018", "nicaragua-2018"} <= played
    assert "liberia-1990" not in played
    assert run("charter", "dry-run", "latin-america", "--situation", "x").returncode == 2
