"""A key over given figures, compared with published or hand-made shares.

``columns`` names the figures in ``[figures]``. ``expect`` holds one or more of: ``share`` (parts of
one), ``percent``, ``exact_people`` (before rounding), ``people`` (whole, by ``rounding``, always
exact), ``effects.NAME``. ``tolerance.each`` is the greatest distance allowed for each number,
``tolerance.wider`` the same for single states that need more, ``tolerance.mean_relative`` the
greatest mean of the relative errors; without any, equality.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from commonhaven.allocation import Key
from commonhaven.allocation.registry import rule
from commonhaven.allocation.rounding import apportion
from commonhaven.reading import exact

FIELDS = {"kind", "name", "cite", "note", "rule", "preset", "parameters", "total", "rounding"} | {
    "columns",
    "figures",
    "expect",
    "tolerance",
}


def run(case: dict[str, Any]) -> None:
    assert set(case) <= FIELDS
    key = computed(case)
    total = case.get("total", 1)
    expect = dict(case["expect"])
    assert expect
    if "people" in expect:
        found = apportion(key.shares, total, case.get("rounding", "largest-remainder")).people
        assert {state: found[state] for state in expect["people"]} == expect.pop("people")
    for name, column in expect.pop("effects", {}).items():
        compare({s: effects[name] for s, effects in key.effects.items()}, column, case)
    factors = {"share": 1, "percent": 100, "exact_people": total}
    for measure, column in expect.items():
        compare({s: k * factors[measure] for s, k in key.shares.items()}, column, case)


def computed(case: dict[str, Any]) -> Key:
    chosen = rule(case["rule"])
    given = dict(case.get("parameters", {}))
    if "preset" in case:
        given["preset"] = case["preset"]
    figures = {
        state: {name: exact(value) for name, value in zip(case["columns"], row, strict=True)}
        for state, row in case["figures"].items()
    }
    return chosen.key(figures, chosen.settings(given), case.get("total", 1))


def compare(
    found: Mapping[str, Fraction], column: Mapping[str, object], case: dict[str, Any]
) -> None:
    """Every number that the case expects, within its tolerance."""
    expected = {state: exact(value) for state, value in column.items()}
    assert set(expected) <= set(found)
    errors = {state: abs(found[state] - value) for state, value in expected.items()}
    tolerance = case.get("tolerance", {"each": 0})
    assert set(tolerance) <= {"each", "wider", "mean_relative"}
    if "each" in tolerance:
        each = exact(tolerance["each"])
        wider = {state: exact(limit) for state, limit in tolerance.get("wider", {}).items()}
        beyond = {s: float(error) for s, error in errors.items() if error > wider.get(s, each)}
        assert beyond == {}
        assert all(errors[state] > each for state in wider), "a wider tolerance that nobody needs"
    if "mean_relative" in tolerance:
        relative = [error / expected[state] for state, error in errors.items()]
        assert sum(relative) / len(relative) <= exact(tolerance["mean_relative"])
