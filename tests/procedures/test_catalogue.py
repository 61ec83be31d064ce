"""The procedures that ship are whole, sourced, and as the reference page tells them."""

import copy
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from commonhaven.procedures import procedure, procedures, read, reference_page
from commonhaven.reading import Problem, load_toml

REFERENCE = Path(__file__).parents[2] / "docs/reference/procedures.md"
CLOCKS = Path(__file__).parents[2] / "docs/explanation/clocks.md"
ALL = sorted(procedures())


def test_the_ten_procedures_ship() -> None:
    assert ALL == [
        "ammr-annual-cycle", "berlin-1991", "eu-1995", "gcr-support-platform", "hathaway-neve",
        "oas-consultation", "pathfinder", "silence-procedure", "temporary-protection-directive",
        "written-procedure",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_every_step_clock_and_number_says_where_it_comes_from(name: str) -> None:
    each = procedure(name)
    assert all(part.cite for part in (*each.acts, *each.limits))
    bare = [
        entry.id for entry in each.entries
        if not (entry.article or entry.source) and entry.standing != "our proposal"
    ]  # fmt: skip
    assert bare == []
    assert each.weaknesses


@pytest.mark.parametrize("name", ALL)
def test_every_stage_is_reached_and_every_number_used(name: str) -> None:
    each = procedure(name)
    reached = {each.first}
    for act in each.acts:
        reached |= {act.to, act.adopted, act.rejected}
        reached |= {to for enough in act.enough for to in (enough.to, enough.adopted)}
    for limit in each.limits:
        reached |= {limit.to, limit.to_if_yes, limit.to_if_met, limit.adopted}
    assert {stage.id for stage in each.stages} <= reached
    used = {n for limit in each.limits for n in (*limit.due, *limit.opens, limit.every)}
    used |= {enough.number for act in each.acts for enough in act.enough} | {each.quorum}
    assert {entry.id for entry in each.entries} <= used


@pytest.mark.parametrize("name", ALL)
def test_every_stage_that_has_not_ended_leads_on(name: str) -> None:
    each = procedure(name)
    stuck = [
        stage.id for stage in each.stages
        if not stage.ended and not any(stage.id in act.stages for act in each.acts)
    ]  # fmt: skip
    assert stuck == []
    assert all(stage.outcome for stage in each.stages if stage.ended)


def test_published_page_is_that_of_the_procedures() -> None:
    assert REFERENCE.read_text(encoding="utf-8") == reference_page()


def test_page_on_clocks_tells_how_each_procedure_counts() -> None:
    rows = [line for line in CLOCKS.read_text(encoding="utf-8").splitlines() if line[:2] == "| "]
    for each in procedures().values():
        (row,) = [line for line in rows if f"`{each.id}`" in line]
        assert row.startswith(f"| {each.counting} |")


@pytest.mark.parametrize(
    ("table", "field", "value", "said"),
    [
        ("acts", "to", "nowhere", "the stage nowhere is not there"),
        ("acts", "by", ["king"], "the role king is not there"),
        ("limits", "due", ["some_time"], "the number some_time is not there"),
        ("limits", "after", ["knock"], "the mark knock is not there"),
        ("entries", "unit", "moons", "the unit moons is not there"),
    ],
)
def test_slip_in_a_procedure_is_told(table: str, field: str, value: Any, said: str) -> None:
    path = files("commonhaven.procedures.catalogue") / "silence-procedure.toml"
    spoilt = copy.deepcopy(load_toml(path))
    spoilt[table][0][field] = value
    with pytest.raises(Problem, match=said):
        read(spoilt, "silence-procedure.toml")
