"""``--store``: the same figures for every command, or one line that says what is wrong."""

import csv
import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
PLAN = ("west-africa", "liberia-1990")
COMMANDS = {
    "share": ["share", *PLAN],
    "explain": ["explain", *PLAN, "GHA"],
    "compare": ["compare", *PLAN, "--rules", "equal"],
    "figures list": ["figures", "list"],
    "figures show": ["figures", "show", "GHA", "population"],
    "figures revisions": ["figures", "revisions", "GHA", "population", "1990"],
    "figures changes": ["figures", "changes", "0001-own-files-2026-01-01"],
}


@pytest.fixture
def store(run: Run, tmp_path: Path) -> str:
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.csv").write_text(
        "state,indicator,period,value,unit,source,retrieved\n"
        "GHA,population,1990,1000000,persons,census,2026-01-01\n",
        encoding="utf-8",
    )
    (tmp_path / "store").mkdir()
    assert run("figures", "pull", "--from", "own", "--store", "store").returncode == 0
    return "store"


def test_explain_uses_the_store(run: Run, store: str) -> None:
    assert "1,000,000" in run(*COMMANDS["explain"], "--store", store).stdout
    assert "1,000,000" not in run(*COMMANDS["explain"]).stdout


def test_compare_uses_the_store(run: Run, store: str) -> None:
    done = run(*COMMANDS["compare"], "--store", store, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    ghana = [row for row in rows if row["state"] == "GHA"]
    assert [row["rule"] for row in ghana] == ["hathaway-neve", "equal"]
    for row in ghana:
        assert float(row["per_1000"]) == pytest.approx(int(row["people"]) / 1000)


def test_share_ends_by_saying_to_use_the_same_store(run: Run, store: str) -> None:
    last = run(*COMMANDS["share"], "--store", store).stdout.splitlines()[-1]
    assert last == "Why: `explain` with the same charter, situation and --store, and a state."
    assert "--store" not in run(*COMMANDS["share"]).stdout


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("", "--store: no folder is named"),
        ("nowhere", "nowhere: there is no such folder of figures"),
        ("empty", "empty: this folder holds no edition of figures"),
    ],
)
def test_store_without_figures_is_one_line(
    name: str, folder: str, said: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    done = run(*COMMANDS[name], "--store", folder)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"commonhaven: {said}")
