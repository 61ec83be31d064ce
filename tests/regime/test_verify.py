"""A plan file verifies on its own; any change is found and named."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonhaven.charter import load as load_charter
from commonhaven.parties.figures import Figures, reference
from commonhaven.reading import Problem
from commonhaven.regime import Plan, WithFacts, compute, verify, write
from commonhaven.situations import load as load_situation

PlanOf = Callable[..., Plan]
Table = dict[str, Any]


@pytest.fixture
def folder(plan_of: PlanOf, tmp_path: Path) -> Path:
    write(plan_of("west-africa", "togo-1993"), tmp_path / "plan")
    return tmp_path / "plan"


def changed(folder: Path, change: Callable[[Table], None]) -> Path:
    held = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    change(held)
    other = folder / "changed.json"
    other.write_text(json.dumps(held), encoding="utf-8")
    return other


def test_every_shipped_plan_verifies(plan: Plan, tmp_path: Path) -> None:
    write(plan, tmp_path)
    found = verify(tmp_path / "plan.json")
    assert found.same, found.sentences
    assert found.plan == plan.manifest.plan


def test_write_gives_five_files(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [
        "costs.csv",
        "people.csv",
        "placements.csv",
        "plan.json",
        "trace.csv",
    ]


def test_write_twice_gives_the_same_bytes(folder: Path, plan_of: PlanOf, tmp_path: Path) -> None:
    write(plan_of("west-africa", "togo-1993"), tmp_path / "again")
    for path in folder.iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_write_into_a_file_is_refused(plan_of: PlanOf, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    with pytest.raises(Problem, match="this is a file"):
        write(plan_of("west-africa", "togo-1993"), tmp_path / "taken")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def set_placed(held: Table) -> None:
    held["result"]["states"][0]["placed"] += 1


def set_present(held: Table) -> None:
    held["inputs"]["situation"]["cohorts"][0]["present"]["BEN"] = 1


def set_figure(held: Table) -> None:
    figure = next(f for f in held["inputs"]["figures"] if f["indicator"] == "population")
    figure["value"] = "123456"


def set_term(held: Table) -> None:
    held["inputs"]["charter"]["costs"]["ceiling"] = "0.30"


def set_trace(held: Table) -> None:
    held["trace"][-1]["value"] = "1"


def set_hash(held: Table) -> None:
    held["manifest"]["plan"] = "0" * 64


def drop_note(held: Table) -> None:
    held["result"]["notes"].pop()


CHANGES = {
    "a result": (set_placed, "First difference: result.states[BEL].placed is"),
    "the situation": (set_present, "The plan's situation changed after it was computed"),
    "a figure": (set_figure, "The plan's figures changed after it was computed"),
    "the charter": (set_term, "The plan's charter changed after it was computed"),
    "the trace": (set_trace, "First difference: trace["),
    "a hash": (set_hash, "First difference: manifest.plan is"),
    "a note left out": (drop_note, "First difference: result.notes"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_found_and_named(name: str, folder: Path) -> None:
    change, said = CHANGES[name]
    found = verify(changed(folder, change))
    assert not found.same
    assert said in " ".join(found.sentences)


def test_a_changed_situation_is_told_against_the_one_that_ships(folder: Path) -> None:
    told = " ".join(verify(changed(folder, set_present)).sentences)
    assert "the togo-1993 that ships" in told
    assert "present.BEN" in told


def test_a_changed_figure_is_told_against_its_edition(folder: Path) -> None:
    told = " ".join(verify(changed(folder, set_figure)).sentences)
    assert "1 are not those that ship. The first: figure:" in told
    assert "/population is 123456 of " in told


def test_forged_figures_are_told_even_where_the_plan_stands(
    plan_of: PlanOf, tmp_path: Path
) -> None:
    plan = plan_of("west-africa", "togo-1993")
    figures = [
        replace(figure, value=figure.value * 2)
        if (figure.state, figure.indicator) == ("GHA", "population")
        else figure
        for figure in plan.inputs.figures
    ]
    missing = [tuple(name.split("/", 1)) for name in plan.inputs.missing]
    store = Figures.of(figures, missing=[(state, name) for state, name in missing])
    write(compute(plan.inputs.charter, plan.inputs.situation, store), tmp_path / "forged")
    found = verify(tmp_path / "forged" / "plan.json")
    assert found.same
    told = " ".join(found.sentences)
    assert "1 are not those that ship. The first: figure:GHA/population" in told


def test_another_rule_than_the_charter_s_is_told(plan_of: PlanOf, tmp_path: Path) -> None:
    write(plan_of("west-africa", "togo-1993", "equal"), tmp_path)
    found = verify(tmp_path / "plan.json")
    assert found.same
    assert "computed by equal, not by the charter's rule, hathaway-neve" in found.sentences[1]


def test_a_name_twice_is_refused(folder: Path) -> None:
    text = (folder / "plan.json").read_text(encoding="utf-8")
    (folder / "plan.json").write_text('{\n "result": {},' + text[1:], encoding="utf-8")
    with pytest.raises(Problem, match='the name "result" comes twice'):
        verify(folder / "plan.json")


def test_an_addition_or_another_spelling_does_not_stand(folder: Path) -> None:
    def add(held: Table) -> None:
        held["decision"] = "adopted by all"

    found = verify(changed(folder, add))
    assert not found.same
    assert "not the one that the program writes" in " ".join(found.sentences)


def test_a_figure_left_out_is_found(folder: Path) -> None:
    def drop(held: Table) -> None:
        held["inputs"]["figures"].pop(3)

    found = verify(changed(folder, drop))
    assert not found.same
    assert "The plan's figures changed after it was computed" in found.sentences[0]


def test_another_engine_is_named(folder: Path) -> None:
    def change(held: Table) -> None:
        held["manifest"]["engine"] = "9.9.9"

    told = " ".join(verify(changed(folder, change)).sentences)
    assert "computed by version 9.9.9" in told


NOT_PLANS = {
    "empty": "",
    "no JSON": "{",
    "a list": "[]",
    "another table": '{"format": "something"}',
    "no parts": '{"format": "commonhaven plan 1"}',
    "deep": "[" * 100000,
    "parts of the wrong kind": '{"format": "commonhaven plan 1", "manifest": 1, "inputs": [], '
    '"result": 1, "trace": 2}',
}


@pytest.mark.parametrize("name", NOT_PLANS)
def test_what_is_no_plan_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(NOT_PLANS[name], encoding="utf-8")
    with pytest.raises(Problem):
        verify(path)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_tampering_is_found_or_refused(data: st.DataObject, folder: Path) -> None:
    """Replace one value anywhere in the file: the plan never verifies, and nothing crashes."""

    def change(held: Table) -> None:
        spot: Any = held
        key: Any = None
        while isinstance(spot, dict | list) and spot:
            parent = spot
            keys = sorted(parent) if isinstance(parent, dict) else list(range(len(parent)))
            key = data.draw(st.sampled_from(keys))
            spot = parent[key]
        parent[key] = data.draw(
            st.sampled_from([None, "x", "1/7", -1, True, [], {}, "2001-01-01", 10**30]).filter(
                lambda value: value != spot or type(value) is not type(spot)
            )
        )

    path = changed(folder, change)
    try:
        found = verify(path)
    except Problem:
        return
    assert not found.same


PLUGIN = """
from dataclasses import replace
from commonhaven.allocation.keys.equal import EQUAL

RULE = replace(EQUAL, id="our-equal")
"""


def test_a_rule_of_another_package_is_named_with_its_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "our_rules-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: our-rules\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text("[commonhaven.rules]\nours = our_rules_of_test:RULE\n")
    (tmp_path / "our_rules_of_test.py").write_text(PLUGIN)
    monkeypatch.syspath_prepend(str(tmp_path))
    charter, situation = load_charter("west-africa"), load_situation("togo-1993")
    plan = compute(charter, situation, WithFacts(reference()), rule="our-equal")
    assert plan.manifest.plug_ins == ("our-rules 1.2",)
    write(plan, tmp_path / "plan")
    assert verify(tmp_path / "plan" / "plan.json").same
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: our-rules\nVersion: 1.3\n")
    told = " ".join(verify(tmp_path / "plan" / "plan.json").sentences)
    assert "manifest.plug_ins" in told
