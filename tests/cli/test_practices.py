"""``practices`` as a person meets it."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from commonhaven.processes.practices import practices

Run = Callable[..., subprocess.CompletedProcess[str]]
MINE = """\
id = "mine"
kind = "practice"
by = ["process:colombo"]
themes = ["skills"]
title = { en = "A test of skills before departure" }
summary = { en = "Skills are tested before people leave." }
evidence = [{ source = "own", sure = "reported" }]
sources = { own = { title = "Made up", standing = "our proposal" } }
"""


def good(run: Run, *words: str) -> str:
    done = run(*words)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def rows(run: Run, *words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(good(run, *words, "--format", "csv"))))


def test_list_names_all_and_filters(run: Run) -> None:
    assert [each["practice"] for each in rows(run, "practices", "list")] == list(practices())
    found = rows(run, "practices", "list", "--by", "bali", "--kind", "practice")
    assert [each["practice"] for each in found] == ["supply-chain-recruitment"]
    found = rows(run, "practices", "list", "--region", "africa", "--theme", "development")
    assert [each["practice"] for each in found] == ["icara-1", "icara-2"]
    told = good(run, "practices", "list", "--theme", "skills", "--language", "ru")
    assert "Обучение мигрантов" in told
    assert "No practice" in good(run, "practices", "list", "--theme", "statelessness")


def test_page_tells_result_evidence_and_who_took_it_over(run: Run) -> None:
    told = good(run, "practices", "show", "emergency-transit")
    assert "Niger, 2017: Evacuation of people held in Libya" in told
    assert "documented: High Commissioner's Dialogue" in told
    assert "Result\n  not known" in good(run, "practices", "show", "serbia-croatia")
    held = json.loads(good(run, "practices", "show", "serbia-croatia", "--format", "json"))
    assert held["result"] == ""


def test_search_in_several_languages(run: Run) -> None:
    for asked in ("移民资源中心", "centros de recursos", "مراكز موارد", "ресурсные центры"):
        (first, *_others) = rows(run, "practices", "search", asked)
        assert first["practice"] == "resource-centres"
    (hit,) = json.loads(
        good(run, "practices", "search", "Kosovo", "--top", "1", "--format", "json")
    )
    assert (hit["practice"]["id"], hit["matched"]) == ("kosovo-evacuation", ["kosovo"])
    assert "Nothing has these words" in good(run, "practices", "search", "zzzz")


def test_whom_to_ask_comes_with_the_reason(run: Run) -> None:
    told = good(run, "practices", "ask", "--theme", "skills", "--for", "colombo")
    assert told.startswith("prague: Prague Process\n  It has 1 practice on the theme.")
    found = rows(run, "practices", "ask", "--theme", "skills")
    assert [each["process"] for each in found] == ["prague", "add", "colombo"]


def test_own_file_is_checked_and_shown(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(MINE, encoding="utf-8")
    told = good(run, "practices", "check", "mine.toml")
    assert told.splitlines()[-1] == "mine.toml: 0 to mend, 4 to consider."
    assert "By\n  Colombo Process" in good(run, "practices", "show", "mine.toml")
    (tmp_path / "bad.toml").write_text(MINE.replace("colombo", "moon"), encoding="utf-8")
    done = run("practices", "check", "bad.toml")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (
        2,
        "bad.toml: 1 to mend, 4 to consider.",
    )


def test_recall_tells_what_was_missed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "q.toml").write_text(
        '[[en]]\nasks = "resource centres"\n'
        'practices = ["resource-centres", "tripartite-funding"]\n',
        "utf-8",
    )
    told = good(run, "practices", "recall", "q.toml")
    assert "50 %" in told
    assert told.endswith("Missed for resource centres (en): tripartite-funding\n")


def test_what_is_not_there_is_said(run: Run) -> None:
    for words in (
        ("practices", "show", "moon"), ("practices", "list", "--theme", "moon"),
        ("practices", "list", "--region", "moon"), ("practices", "ask", "--theme", "moon"),
        ("practices", "list", "--by", "moon"),
    ):  # fmt: skip
        done = run(*words)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "evidence" in json.loads(good(run, "practices", "schema"))["properties"]
