"""``report`` on the command line."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
BRIEF = ("report", "brief", "liberia-1990")
WITHOUT = "import sys; sys.modules['typst'] = None; from commonhaven.cli import main; main()"
"""The command line where the compiler of PDF cannot be imported."""

TEXTS = """\
[introduction.versions.en]
text = "What we know."
revision = 2
on = 2026-11-20

[introduction.versions.fr]
text = "Ce que nous savons."
revision = 1
on = 2026-11-18
"""
PACK = """\
old_chair = "GHA"
made = 2026-11-25

[group]
en = "Example group"
"""
MEETING = """\
number = "3"
title = "Meeting on Liberia"
on = 1991-02-01
made = 1991-02-02
convened_by = "GHA"

[group]
en = "Example group"

[[attendees]]
party = "GHA"
role = "inner core"
present = true
"""


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_a_report_is_printed_as_html(run: Run, language: str) -> None:
    done = run(*BRIEF, "--language", language)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f'<!doctype html>\n<html lang="{language}"')


def test_a_report_is_written_and_replaced(run: Run, tmp_path: Path) -> None:
    for form, start in (("html", b"<!doctype html>"), ("pdf", b"%PDF")):
        for _ in range(2):
            done = run(*BRIEF, "--format", form, "--out", "brief")
            assert (done.returncode, done.stdout, done.stderr) == (0, "Written: brief\n", "")
            assert (tmp_path / "brief").read_bytes().startswith(start)
    assert [path.name for path in tmp_path.iterdir()] == ["brief"]


def test_another_file_is_left_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    done = run(*BRIEF, "--out", "notes.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is a file that is no report" in done.stderr
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*BRIEF, "--format", "pdf"), "no file is named for the PDF. Write --out report.pdf."),
        ((*BRIEF, "--language", "ru"), 'there are no reports in the language "ru"'),
        ((*BRIEF, "--out", " "), "no file is named"),
        ((*BRIEF, "--out", "none/brief.html"), "none/brief.html.part: cannot be"),
        ((*BRIEF, "--on", "2026-01-01"), "Add --under CHARTER, or leave them out."),
        (("report", "brief", "nothing"), 'there is no situation "nothing"'),
        (("report", "plan", "west-africa", "liberia-1990", "NZL"), "has no part in this plan"),
        (("report", "review", "eu", "2026", "--book", "none"), 'there is no book "none"'),
        (("report", "meeting", "none.toml"), "none.toml: "),
        ((*BRIEF, "--texts", "none.toml"), "none.toml: "),
    ],
)
def test_what_cannot_be_made_is_one_line(
    run: Run, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_texts_of_people_stand_in_the_report(run: Run, tmp_path: Path) -> None:
    (tmp_path / "texts.toml").write_text(TEXTS, encoding="utf-8")
    done = run(*BRIEF, "--texts", "texts.toml", "--language", "fr")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Ce que nous savons." in done.stdout
    assert "Le texte en anglais, du 20 novembre 2026, est plus récent" in done.stdout


def test_a_command_in_the_report_makes_it_again(run: Run, tmp_path: Path) -> None:
    words = ("report", "review", "eu", "2026", "--on", "2026-11-25", "--book", "eu-pool-2026")
    first = run(*words)
    assert (first.returncode, first.stderr) == (0, "")
    assert f'<code dir="ltr">commonhaven {" ".join(words)}</code>' in first.stdout
    assert run(*words).stdout == first.stdout


def test_a_plan_is_explained_with_duties_and_promises(run: Run, tmp_path: Path) -> None:
    done = run("report", "plan", "eu", "ukraine-2022", "Spain", "--decided", "2023-04-01",
               "--book", "eu-pool-2026", "2026-11-25")  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert 'id="section-obligations"' in done.stdout
    assert "benefits from the pool and is not obliged to implement" in done.stdout


def test_records_and_packs_are_read_from_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "meeting.toml").write_text(MEETING, encoding="utf-8")
    (tmp_path / "pack.toml").write_text(PACK, encoding="utf-8")
    record = run("report", "meeting", "meeting.toml", "--language", "es")
    pack = run("report", "handover", "pack.toml", "--format", "pdf", "--out", "pack.pdf")
    assert (record.returncode, record.stderr, pack.returncode, pack.stderr) == (0, "", 0, "")
    assert "Esta acta es un proyecto" in record.stdout
    assert (tmp_path / "pack.pdf").read_bytes().startswith(b"%PDF")


def test_without_the_compiler_one_line_says_what_to_install(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT, *BRIEF, "--format", "pdf", "--out", "brief.pdf"],
        capture_output=True, text=True, encoding="utf-8", check=False, timeout=60, cwd=tmp_path,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "commonhaven: printing needs the package typst, which is not installed. Install it: "
        'pip install "commonhaven[reports]". HTML (--format html) needs none of it.\n'
    )
    assert list(tmp_path.iterdir()) == []
