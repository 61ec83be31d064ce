"""``picture`` on the command line."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from commonhaven.figures.sanitise import parsed

Run = Callable[..., subprocess.CompletedProcess[str]]
BOTH = ("west-africa", "liberia-1990")
WITHOUT = "import sys; sys.modules['vl_convert'] = None; from commonhaven.cli import main; main()"
"""The command line where the renderer cannot be imported."""


def without_renderer(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *words], capture_output=True, text=True, encoding="utf-8",
        check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["hosts", "payers", "people", "money", "rules"])
def test_every_kind_is_drawn(run: Run, kind: str) -> None:
    done = run("picture", kind, *BOTH, "--width", "400")
    assert (done.returncode, done.stderr) == (0, "")
    assert float(parsed(done.stdout).get("width", "0")) == 424


def test_a_spec_needs_no_renderer() -> None:
    done = without_renderer("picture", "people", *BOTH, "--spec")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["$schema"] == "https://vega.github.io/schema/vega/v5.json"


def test_without_the_renderer_one_line_says_what_to_install() -> None:
    done = without_renderer("picture", "people", *BOTH)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "commonhaven: drawing needs vl-convert, which is not installed. Install it: "
        'pip install "commonhaven[web]". A spec (--spec) needs no drawing.\n'
    )


def test_written_to_a_file_and_replaced(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "hosts.svg"
    for language in ("ar", "fr"):
        done = run("picture", "hosts", *BOTH, "--out", "hosts.svg", "--language", language)
        assert (done.returncode, done.stdout) == (0, "Written: hosts.svg\n")
        assert f'lang="{language}"' in file.read_text(encoding="utf-8")


def test_another_file_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    done = run("picture", "hosts", *BOTH, "--out", "notes.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is a file that is no picture" in done.stderr
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("host", *BOTH), "no picture host. Did you mean hosts?"),
        (("hosts", *BOTH, "--rules", "equal"), "--rules: the picture hosts shows one rule."),
        (("hosts", *BOTH, "--language", "de"), 'there are no pictures in the language "de".'),
        (("hosts", *BOTH, "--width", "9"), "width: a picture cannot be 9 pixels wide."),
        (("hosts", *BOTH, "--theme", "x"), 'no theme "x".'),
        (("rules", *BOTH, "--rules", "none-such"), "--rules: no rule none-such."),
        (("hosts", *BOTH, "--out", " "), "--out: no file is named."),
    ],
)
def test_bad_input_is_one_line(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run("picture", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"commonhaven: {said}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ("commitments", "picture", "eu-pool-2026", "--kind", "staircase"),
        ("commitments", "picture", "school-places", "--kind", "gifts", "--unit", "people"),
        ("commitments", "picture", "school-places", "--kind", "dues", "--language", "ar"),
        ("fund", "picture", "host-region"),
    ],
)
def test_promises_and_funds_are_drawn(run: Run, words: tuple[str, ...]) -> None:
    done = run(*words, "--on", "2026-09-30", "--width", "400")
    assert (done.returncode, done.stderr) == (0, "")
    assert float(parsed(done.stdout).get("width", "0")) == 424


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kind", "bars"), "no picture bars"),
        (("--kind", "staircase"), "the book names no pool"),
        (("--kind", "dues", "--unit", "USD"), "the picture dues shows one unit or all"),
        (("--kind", "gifts", "--unit", "EUR"), "nothing is promised in EUR"),
    ],
)
def test_a_picture_of_promises_that_cannot_be_is_refused(
    run: Run, words: tuple[str, ...], said: str
) -> None:
    done = run("commitments", "picture", "school-places", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
