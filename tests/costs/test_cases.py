"""Worked examples of scales, cost sharing and money: tests/cases/*.toml."""

import tomllib
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from commonhaven.costs import assess, money, scale, split

FOLDER = Path(__file__).parents[1] / "cases"
Case = dict[str, Any]


def read(path: Path) -> Case:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def numbers(table: dict[str, Any]) -> dict[str, Fraction]:
    return {name: Fraction(value) for name, value in table.items()}


def rounded(values: dict[str, Fraction], case: Case) -> dict[str, Fraction]:
    times = 100 if case.get("percent") else 1
    return {name: round(value * times, case["places"]) for name, value in values.items()}


def check_scale(case: Case) -> None:
    rule = scale(case["rule"])
    settings = rule.settings(case.get("parameters", {}))
    figures = {state: numbers(values) for state, values in case["figures"].items()}
    key = rule.key(figures, settings, case.get("total", 0))
    assert rounded(dict(key.shares), case) == numbers(case["expect"]["shares"])
    for name, expected in case["expect"].get("effects", {}).items():
        found = {state: effects[name] for state, effects in key.effects.items()}
        assert rounded(found, case) == numbers(expected), name


def check_cost_sharing(case: Case) -> None:
    result = assess(
        people=numbers(case["people"]),
        unit_costs=numbers(case["unit_costs"]),
        common_costs=Fraction(case["common_costs"]),
        scale=numbers(case["scale"]),
        full_at=Fraction(case["full_at"]),
        ceiling=Fraction(case["ceiling"]),
        currency=case["currency"],
        order=case.get("order", ()),
    )
    expect = case["expect"]
    for name in ("gross", "cost", "net"):
        found = {state: getattr(part, name).exact for state, part in result.states.items()}
        assert found == numbers(expect[name]), name
    for name in ("hosting_ratio", "relief"):
        found = {s: round(getattr(part, name), 6) for s, part in result.states.items()}
        assert found == numbers(expect[name]), name
    assert result.total.exact == Fraction(expect["total"])
    assert result.shortfall.exact == Fraction(expect["shortfall"])


def check_money(case: Case) -> None:
    currency = case["currency"]
    result = split(money(case["total"], currency), numbers(case["shares"]), case.get("order", ()))
    parts = {party: money(part, currency) for party, part in case["expect"]["parts"].items()}
    assert result.parts == parts
    tie = result.tie and {
        "parties": list(result.tie.parties),
        "units": result.tie.units,
        "settled_for": list(result.tie.settled_for),
    }
    assert tie == case["expect"].get("tie")


CHECKS: dict[str, Callable[[Case], None]] = {
    "scale": check_scale,
    "cost-sharing": check_cost_sharing,
    "money": check_money,
}
CASES = {
    path.stem: case
    for path in sorted(FOLDER.glob("*.toml"))
    if (case := read(path)).get("kind") in CHECKS
}


def test_every_kind_has_cases() -> None:
    assert {case["kind"] for case in CASES.values()} == set(CHECKS)


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    CHECKS[CASES[name]["kind"]](CASES[name])


@pytest.mark.parametrize("name", CASES)
def test_case_says_what_it_is_and_where_it_comes_from(name: str) -> None:
    assert CASES[name]["name"].strip()
    assert CASES[name]["cite"].strip()
