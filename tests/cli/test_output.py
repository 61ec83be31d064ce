"""Output that cannot be written, and plug-ins that fail: one line, never a traceback."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
PROGRAM = f"{sys.executable} -m commonhaven"
TABLE = "state,population\nAAA,1000\nBBB,2000\n"
FAILING = """
from commonhaven.allocation import Rule

def shares(figures, settings, total):
    return {}["no such\\nstate"]

def place(question, settings):
    return 1 // 0

TEXTS = dict(title="Fails", principle="P.", value_judgement="V.", source="S",
             standing="our proposal")
KEY = Rule(id="failing-key", kind="key", shares=shares, **TEXTS)
PLACEMENT = Rule(id="failing-placement", kind="placement", place=place, **TEXTS)
"""


def shell(command: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False,
        timeout=60, env=os.environ | settings,
    )  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
@pytest.mark.parametrize("arguments", ["", "rules", "charter schema", "--help", "--version"])
def test_full_disk_is_one_line_and_code_2(arguments: str, tmp_path: Path) -> None:
    done = shell(f"{PROGRAM} {arguments} >/dev/full", tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("commonhaven: the output: cannot be read or written (No space")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", ["rules", "share west-africa togo-1993 --out plan"])
def test_closed_output_is_one_line_and_code_2(arguments: str, tmp_path: Path) -> None:
    done = shell(f"{PROGRAM} {arguments} >&-", tmp_path)
    assert done.returncode == 2
    assert done.stderr == "commonhaven: standard output is closed: there is nowhere to answer.\n"
    assert list(tmp_path.iterdir()) == []


def test_closed_output_and_errors_still_end_with_code_2(tmp_path: Path) -> None:
    done = shell(f"{PROGRAM} rules >&- 2>&-", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "")


def test_reader_who_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    done = shell(f'{PROGRAM} rules | head -1; echo "${{PIPESTATUS[0]}}"', tmp_path)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] in {"0", "141"}


def test_output_in_an_encoding_without_the_signs_is_one_line(tmp_path: Path) -> None:
    done = shell(f"{PROGRAM} figures list", tmp_path, PYTHONIOENCODING="latin-1")
    assert done.returncode == 2
    assert done.stderr == (
        "commonhaven: the output cannot be written in latin-1. Set PYTHONUTF8=1.\n"
    )


@pytest.fixture
def failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package with two rules that fail, installed for the processes that a test starts."""
    site = tmp_path / "site"
    info = site / "failing_rules-1.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: failing-rules\nVersion: 1\n")
    (info / "entry_points.txt").write_text(
        "[commonhaven.rules]\n"
        "failing-key = failing_rules:KEY\nfailing-placement = failing_rules:PLACEMENT\n"
    )
    (site / "failing_rules.py").write_text(FAILING)
    (tmp_path / "states.csv").write_text(TABLE)
    monkeypatch.setenv("PYTHONPATH", str(site))


@pytest.mark.usefixtures("failing")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("key failing-key states.csv --total 10", "KeyError: 'no such\\nstate'"),
        ("compare west-africa togo-1993 --rules failing-key", "KeyError: 'no such\\nstate'"),
        ("compare west-africa togo-1993 --rules failing-placement", "ZeroDivisionError: "),
    ],
)
def test_plug_in_that_fails_is_named_in_one_line(arguments: str, said: str, run: Run) -> None:
    done = run(*arguments.split())
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("commonhaven: package failing-rules: the plug-in fails (")
    assert said in done.stderr
    assert "Uninstall failing-rules, or ask its authors to mend it." in done.stderr


@pytest.mark.parametrize("arguments", [[], ["charter"], ["situation"], ["figures"]])
def test_bare_command_prints_its_help_over_several_lines(arguments: list[str], run: Run) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(" ".join(["Usage: commonhaven", *arguments, ""]))
    assert "\nCommands:\n" in done.stdout


def test_usage_line_names_the_program(run: Run) -> None:
    assert run("share", "--help").stdout.startswith("Usage: commonhaven share ")


@pytest.mark.parametrize("arguments", ["rules", "--help", "figures list"])
def test_reader_who_never_reads_is_no_error(arguments: str, tmp_path: Path) -> None:
    done = shell(f'(sleep 1; {PROGRAM} {arguments}; echo "$?" >&2) | true', tmp_path)
    assert done.stderr == "0\n"
