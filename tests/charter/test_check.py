"""Each slip of a drafter meets one line that says where it is and how to mend it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from commonhaven.charter import Charter, check, read
from commonhaven.reading import Problem, build

Table = dict[str, Any]
CASES = tomllib.loads((Path(__file__).parents[1] / "cases/charter-slips.toml").read_text())["case"]


def inner(table: Any, path: str) -> tuple[Any, Any]:
    """What holds the last step of a path such as members.1.since, and that step."""
    *way, last = path.split(".")
    for step in way:
        table = table[int(step) - 1] if isinstance(table, list) else table[step]
    return table, int(last) - 1 if isinstance(table, list) else last


def spoil(table: Table, case: Table) -> None:
    for path, value in case.get("set", {}).items():
        holder, last = inner(table, path)
        holder[last] = value
    for path, value in case.get("add", {}).items():
        holder, last = inner(table, path)
        holder[last].append(value)
    for path in case.get("drop", []):
        holder, last = inner(table, path)
        del holder[last]


def findings(table: Table, severity: str) -> list[str]:
    found = check(build(Charter, table, "draft.toml"))
    return [str(finding) for finding in found if finding.severity == severity]


def test_sound_charter_has_no_findings(table: Table) -> None:
    assert check(read(table, "draft.toml")) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_slip_is_told_in_one_line(table: Table, case: Table) -> None:
    spoil(table, case)
    with pytest.raises(Problem) as told:
        read(table, "draft.toml")
    assert str(told.value) == case["expect"]


def test_every_error_is_listed_and_the_first_is_raised(table: Table) -> None:
    table["members"][0]["until"] = table["members"][0]["since"].replace(year=2020)
    table["participants"].append({"party": "IOM", "role": "observer"})
    table["responsibility"]["rule"] = "hathaway-nave"
    table["costs"]["ceiling"] = "0.10"
    listed = findings(table, "error")
    assert [line.split(":")[0] for line in listed] == [
        "members 1, until",
        "participants 3, party",
        "responsibility, rule",
        "costs, ceiling",
    ]
    with pytest.raises(Problem) as told:
        read(table, "draft.toml")
    assert str(told.value) == f"draft.toml, {listed[0]}"
