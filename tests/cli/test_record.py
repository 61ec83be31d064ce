"""``record``: verify and show, as a person meets them."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from commonhaven.charter import load as load_charter
from commonhaven.parties.figures import reference
from commonhaven.reading import dump
from commonhaven.record import Content, Line, chain, export_text, for_reader
from commonhaven.regime import WithFacts, compute
from commonhaven.situations import load as load_situation

Run = Callable[..., subprocess.CompletedProcess[str]]
ACTS = ("meeting convened", "offer made", "decision adopted")
REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "record.md"


def contents(**bodies: dict[str, object]) -> list[Content]:
    return [
        Content(
            number=number,
            at=f"2026-01-31T09:00:0{number}.000000Z",
            act=act,
            subject="meeting/7",
            party="GHA",
            capacity="member",
            audience="members" if act == "offer made" else "public",
            release="",
            body=bodies.get(act.split()[0], {"said": "é"}),  # type: ignore[arg-type]
            salt=f"{number:032x}",
        )
        for number, act in enumerate(ACTS, 1)
    ]


def export(lines: tuple[Line, ...]) -> str:
    return export_text(
        lines, group="example", exported="2026-02-01T00:00:00.000000Z", audience="public"
    )


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.jsonl"
    lines = for_reader(chain(contents()), lambda content: content.audience == "public")
    path.write_text(export(lines), encoding="utf-8", newline="\n")
    return path


def test_a_record_that_stands(run: Run, record: Path) -> None:
    done = run("record", "verify", "record.jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    said = "The record of example stands: 3 entries, 2 open and 1 sealed in this export for public"
    assert done.stdout.startswith(said)
    assert run("record", "verify", record.name, "--head", "0" * 64).returncode == 1
    assert run("record", "verify", record.name, "--extends", record.name).returncode == 0


def test_a_record_that_does_not_stand(run: Run, record: Path) -> None:
    text = record.read_text(encoding="utf-8").replace("GHA", "TGO", 1)
    record.write_text(text, encoding="utf-8", newline="\n")
    done = run("record", "verify", "record.jsonl")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("The record does not stand. Line 2: entry 1 was changed")
    shown = run("record", "show", "record.jsonl")
    assert shown.returncode == 1
    assert "line 2: entry 1 was changed" in shown.stdout


@pytest.mark.parametrize("words", [("verify",), ("show",)])
def test_what_is_no_record_ends_with_code_2(
    words: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    (tmp_path / "plan.json").write_text("{}\n", encoding="utf-8")
    for name in ("plan.json", "nowhere.jsonl"):
        done = run("record", *words, name)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"commonhaven: {name}")
        assert len(done.stderr.splitlines()) == 1


def test_show_prints_open_acts_and_counts_sealed_ones(run: Run, record: Path) -> None:
    done = run("record", "show", record.name)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1:] == [
        "1 2026-01-31T09:00:01Z meeting convened, meeting/7, by GHA (member) [public]",
        "3 2026-01-31T09:00:03Z decision adopted, meeting/7, by GHA (member) [public]",
        "1 entry is sealed in this export.",
    ]
    chosen = run("record", "show", record.name, "--act", "decision adopted", "--format", "json")
    (one,) = (json.loads(line) for line in chosen.stdout.splitlines())
    assert (one["number"], one["body"]) == (3, {"said": "é"})
    assert run("record", "show", record.name, "--subject", "x", "--format", "json").stdout == ""


def test_plans_in_a_record_are_computed_again(run: Run, tmp_path: Path) -> None:
    plan = dump(
        compute(load_charter("west-africa"), load_situation("togo-1993"), WithFacts(reference()))
    )
    assert isinstance(plan, dict)
    (tmp_path / "good.jsonl").write_text(
        export(chain(contents(decision={"plan": plan}))), encoding="utf-8", newline="\n"
    )
    done = run("record", "verify", "good.jsonl", "--plans")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Entry 3, decision adopted: The plan" in done.stdout
    plan = json.loads(json.dumps(plan))
    plan["result"]["states"][0]["placed"] += 1
    (tmp_path / "bad.jsonl").write_text(
        export(chain(contents(decision={"plan": plan}))), encoding="utf-8", newline="\n"
    )
    assert run("record", "verify", "bad.jsonl").returncode == 0
    done = run("record", "verify", "bad.jsonl", "--plans")
    assert done.returncode == 1
    assert "result.states" in done.stdout
    del plan["manifest"]
    (tmp_path / "broken.jsonl").write_text(
        export(chain(contents(decision={"plan": plan}))), encoding="utf-8", newline="\n"
    )
    done = run("record", "verify", "broken.jsonl", "--plans")
    assert (done.returncode, done.stderr) == (1, "")
    assert "there is no manifest as a plan has it" in done.stdout


def test_the_checker_of_the_reference_page_agrees(record: Path, tmp_path: Path) -> None:
    page = REFERENCE.read_text(encoding="utf-8")
    code = page.split("```python checker.py\n")[1].split("```")[0]
    (tmp_path / "checker.py").write_text(code, encoding="utf-8")

    def ends_with(text: str) -> int:
        record.write_text(text, encoding="utf-8", newline="\n")
        called = [sys.executable, "-X", "utf8", "checker.py", record.name]
        return subprocess.run(
            called, cwd=tmp_path, capture_output=True, check=False, timeout=60
        ).returncode

    text = record.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    assert ends_with(text) == 0
    for bad in (text.replace("GHA", "TGO", 1), text.replace('":"', '": "', 1),
                "".join(lines[:-1]), "".join([*lines[:2], lines[3]]), text[:-1]):  # fmt: skip
        assert ends_with(bad) == 1
