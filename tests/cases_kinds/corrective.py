"""Corrective allocation: reference numbers, who is relieved, who receives, dues."""

from typing import Any

from commonhaven.allocation.corrective import corrective, opt_out_due
from commonhaven.reading import exact


def run(case: dict[str, Any]) -> None:
    found = corrective(
        case["loads"],
        {state: exact(share) for state, share in case["shares"].items()},
        case["people"],
        opted_out=tuple(case.get("opted_out", ())),
    )
    expect = case["expect"]
    assert {s: each.reference for s, each in found.standings.items()} == {
        state: exact(number) for state, number in expect["reference"].items()
    }
    assert [s for s, each in found.standings.items() if each.triggered] == expect["relieved"]
    assert found.people == expect["people"]
    assert found.remaining == expect.get("remaining", 0)
    assert found.instead == expect.get("instead", {})
    due = {state: opt_out_due(number) for state, number in found.instead.items()}
    assert due == {state: exact(amount) for state, amount in expect.get("due", {}).items()}
