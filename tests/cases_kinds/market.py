"""A market in quotas: the price, who hosts how many, who pays whom."""

from typing import Any

from commonhaven.allocation.quota_market import Cost, market
from commonhaven.reading import exact


def run(case: dict[str, Any]) -> None:
    costs = {
        state: Cost(first=exact(given["first"]), rise=exact(given["rise"]))
        for state, given in case["costs"].items()
    }
    quotas = {state: exact(number) for state, number in case["quotas"].items()}
    found = market(costs, quotas)
    expect, tolerance = case["expect"], exact(case.get("tolerance", "0"))
    assert abs(found.price - exact(expect["price"])) <= tolerance
    for state, number in expect["people"].items():
        assert abs(found.people[state] - exact(number)) <= tolerance
    for state, payment in expect["payments"].items():
        assert abs(found.payments[state] - exact(payment)) <= tolerance
    for state, total in expect.get("cost_after", {}).items():
        after = costs[state].of(found.people[state]) + found.payments[state]
        assert abs(after - exact(total)) <= tolerance
    for state, total in expect.get("cost_before", {}).items():
        assert costs[state].of(quotas[state]) == exact(total)
    assert sum(found.payments.values()) == 0
    assert sum(found.people.values()) == sum(quotas.values())
