"""Shares made whole: people, residue and ties, all exact."""

from typing import Any

from commonhaven.allocation.rounding import apportion
from commonhaven.reading import exact

FIELDS = {"kind", "name", "cite", "note", "shares", "total", "method", "order"} | {
    "at_most",
    "at_least",
    "expect",
}


def run(case: dict[str, Any]) -> None:
    assert set(case) <= FIELDS
    found = apportion(
        {state: exact(share) for state, share in case["shares"].items()},
        case["total"],
        case["method"],
        tuple(case.get("order", ())),
        at_most=case.get("at_most"),
        at_least=case.get("at_least"),
    )
    expect = case["expect"]
    assert found.people == expect["people"]
    assert found.residue == expect.get("residue", 0)
    ties = [
        {"states": list(tie.states), "places": tie.places, "settled_for": list(tie.settled_for)}
        for tie in found.ties
    ]
    assert ties == expect.get("ties", [])
