"""Worked examples and published tables: every file of tests/cases, by its kind.

A kind is a module of tests/cases_kinds with a function ``run(case)``. Kinds that another test runs
are named in ELSEWHERE, and files without a kind in FILES_ELSEWHERE.
"""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commonhaven.reading import load_toml

TESTS = Path(__file__).parent
CASES = {path.stem: load_toml(path) for path in sorted((TESTS / "cases").glob("*.toml"))}
ELSEWHERE = {
    "scale": "costs/test_cases.py",
    "cost-sharing": "costs/test_cases.py",
    "money": "costs/test_cases.py",
}
FILES_ELSEWHERE = {
    "charter-changes": "charter/test_difference.py",
    "charter-slips": "charter/test_check.py",
}


def runner(path: Path) -> Callable[[dict[str, Any]], None]:
    """The function ``run`` of a module of tests/cases_kinds."""
    spec = importlib.util.spec_from_file_location(f"cases_kinds_{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    run: Callable[[dict[str, Any]], None] = module.run
    return run


KINDS = {
    path.stem.replace("_", "-"): runner(path)
    for path in sorted((TESTS / "cases_kinds").glob("*.py"))
}
HERE = {name: case for name, case in CASES.items() if case.get("kind") in KINDS}


@pytest.mark.parametrize("name", HERE)
def test_case(name: str) -> None:
    KINDS[HERE[name]["kind"]](HERE[name])


@pytest.mark.parametrize("name", HERE)
def test_case_says_what_it_is_and_where_it_comes_from(name: str) -> None:
    assert HERE[name]["name"].strip()
    assert HERE[name]["cite"].strip()


def test_every_kind_has_a_case() -> None:
    assert {case["kind"] for case in HERE.values()} == set(KINDS)


@pytest.mark.parametrize("name", [name for name in CASES if name not in HERE])
def test_case_is_run_by_somebody(name: str) -> None:
    kind = CASES[name].get("kind")
    owner = FILES_ELSEWHERE.get(name) if kind is None else ELSEWHERE.get(kind)
    assert owner, f"no module of tests/cases_kinds runs {name}.toml (kind {kind})"
    assert f"{name}.toml" in (text := (TESTS / owner).read_text("utf-8")) or f'"{kind}"' in text
