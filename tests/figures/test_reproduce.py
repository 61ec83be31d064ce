"""The lines that tell how to get a picture again do so."""

import json
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import forked
import pytest

from commonhaven.charter import load as load_charter
from commonhaven.figures import (
    Clock,
    Picture,
    clocks,
    hosts_map,
    money_flow,
    payers_map,
    people_flow,
    rule_dots,
    svg,
)
from commonhaven.parties.figures import reference
from commonhaven.regime import Plan, WithFacts, compare, compute
from commonhaven.situations import load as load_situation

Make = Callable[..., Picture]


def follow(words: list[str], folder: Path) -> str:
    if words[:2] == ["-m", "commonhaven"]:
        done = forked.call(tuple(words[2:]), folder)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, capture_output=True, text=True, encoding="utf-8",
        check=False, timeout=120,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def command(line: str) -> list[str]:
    name, *words = shlex.split(line)
    assert name == "commonhaven"
    return ["-m", "commonhaven", *words]


@pytest.mark.parametrize("make", [hosts_map, payers_map, people_flow, money_flow])
def test_command_lines_and_program_give_the_picture(
    make: Make, liberia: Plan, tmp_path: Path
) -> None:
    picture = make(liberia)
    (_, numbers), (_, drawn), (how, program) = picture.reproduce
    told = json.loads(follow(command(numbers), tmp_path))
    assert told["manifest"]["result"] == liberia.manifest.result
    follow(command(drawn), tmp_path)
    file = tmp_path / f"{picture.id}.svg"
    assert file.read_text(encoding="utf-8").rstrip("\n") == svg(picture, caption=True)
    file.unlink()
    assert how == "Python"
    follow(["-c", program], tmp_path)
    assert file.read_text(encoding="utf-8") == svg(picture)


def test_another_rule_and_day_are_told(tmp_path: Path) -> None:
    agreed, crisis = load_charter("west-africa"), load_situation("liberia-1990")
    other = compute(agreed, crisis, WithFacts(reference()), on=date(2026, 3, 1), rule="equal")
    picture = hosts_map(other)
    (_, numbers), (_, program) = picture.reproduce
    told = json.loads(follow(command(numbers), tmp_path))
    (column,) = [one for one in told["columns"] if one["rule"] == "equal"]
    assert column["people"] == {part.state: part.placed for part in other.result.states}
    follow(["-c", program], tmp_path)
    assert (tmp_path / "hosts.svg").read_text(encoding="utf-8") == svg(picture)


def test_a_comparison_is_told(tmp_path: Path) -> None:
    agreed, crisis = load_charter("west-africa"), load_situation("liberia-1990")
    found = compare(agreed, crisis, WithFacts(reference()), names=("equal",))
    names = ("west-africa", "liberia-1990")
    picture = rule_dots(found, names=names, situation=crisis.called())
    (_, numbers), (_, drawn), (_, program) = picture.reproduce
    told = json.loads(follow(command(numbers), tmp_path))
    assert [one["rule"] for one in told["columns"]] == [one.rule for one in found.columns]
    follow(command(drawn), tmp_path)
    file = tmp_path / "rules.svg"
    assert file.read_text(encoding="utf-8").rstrip("\n") == svg(picture, caption=True)
    follow(["-c", program], tmp_path)
    assert file.read_text(encoding="utf-8") == svg(picture)


def test_clocks_are_told(tmp_path: Path) -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    rows = (Clock(label="It's due", opens=now, due=now.replace(day=30), status="open", done=None),)
    picture = clocks(rows, now=now, zone="UTC", language="es")
    ((_, program),) = picture.reproduce
    follow(["-c", program], tmp_path)
    assert (tmp_path / "clocks.svg").read_text(encoding="utf-8") == svg(picture)


def test_a_file_s_name_with_spaces_is_quoted(liberia: Plan) -> None:
    picture = hosts_map(liberia, names=("my charter.toml", "liberia-1990"))
    assert picture.reproduce[0][1] == (
        "commonhaven share 'my charter.toml' liberia-1990 --format json"
    )
    assert replace(picture).reproduce == picture.reproduce


def test_the_program_of_the_page_draws(tmp_path: Path) -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "pictures.md"
    text = page.read_text(encoding="utf-8")
    program = text.split("```python draw.py\n")[1].split("```")[0]
    follow(["-c", program], tmp_path)
    drawn = (tmp_path / "hosts.svg").read_text(encoding="utf-8")
    assert "Qui protège qui" in drawn
