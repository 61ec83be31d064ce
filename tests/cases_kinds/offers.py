"""Talks in a small group: after each move, who protects how many and who pays what; then duties."""

from datetime import date
from decimal import Decimal
from typing import Any

from commonhaven import charter, situations
from commonhaven.parties.figures import reference
from commonhaven.reading import exact
from commonhaven.regime import Move, Round, WithFacts, obligations, rounds

ASSESSED = ("security", "functional", "cultural", "proximity")


def run(case: dict[str, Any]) -> None:
    source = WithFacts(reference())
    moves = [move(number, given) for number, given in enumerate(case.get("moves", []), 1)]
    made = rounds(agreed(case), crisis(case), source, moves)
    for one, expect in zip(
        made, [case["start"], *(m["expect"] for m in case.get("moves", []))], strict=True
    ):
        check(one, expect)
    if "obligations" in case:
        duties(made[-1], case["obligations"])


def check(one: Round, expect: dict[str, Any]) -> None:
    assert {part.state: part.people for part in one.states if part.people} == expect["people"]
    assert one.plan.result.unplaced == expect.get("unplaced", 0)
    if "pays" in expect:
        pays = {part.state: part.pays for part in one.states if part.pays}
        assert pays == {state: Decimal(amount) for state, amount in expect["pays"].items()}
    if "passed_on" in expect:
        assert dict(one.deducted.passed_on) == expect["passed_on"]
    for said in expect.get("said", []):
        assert said in " ".join([*(part.sentence for part in one.states), *one.notes])


def duties(last: Round, expect: dict[str, Any]) -> None:
    decided: date = expect["decided"]
    made = obligations(last.plan, decided=decided, settlement=last.settlement)
    found = {one.id: [str(one.quantity), one.unit, str(one.due)] for one in made}
    assert {name: found[name] for name in expect["owed"]} == expect["owed"]
    kinds = {one.what for one in made}
    assert sorted(kinds) == sorted(expect["kinds"])


def move(number: int, given: dict[str, Any]) -> Move:
    return Move(
        id=str(number),
        state=given["state"],
        kind=given["kind"],
        people=given.get("people", 0),
        money=exact(given.get("money", "0")),
        withdraws=given.get("withdraws", ""),
        decision=given.get("decision", ""),
        reason=given.get("reason", ""),
    )


def agreed(case: dict[str, Any]) -> charter.Charter:
    members = [
        {"state": state, "tier": tier, "since": date(2020, 1, 1)}
        for state, tier in case["members"].items()
    ]
    return charter.read(
        {
            "group": {
                "id": "example-talks",
                "name": {"en": "Example talks"},
                "version": "1",
                "in_force": date(2020, 1, 1),
                "example": True,
            },
            "members": members,
            "responsibility": {"rule": case["rule"]},
            "costs": {"scale": "equal", "ceiling": "1"},
        },
        "case",
    )


def crisis(case: dict[str, Any]) -> situations.Situation:
    """Every member is assessed as equally safe and near, so that the rule alone decides."""
    assessed = [
        {"state": state, **dict.fromkeys(ASSESSED, "1"), "source": "case"}
        for state in case["members"]
    ]
    capacities = [
        {"state": state, "people": people, "source": "case"}
        for state, people in case.get("capacities", {}).items()
    ]
    return situations.read(
        {
            "id": "example-crisis",
            "name": {"en": "Example crisis"},
            "origin": "LBR",
            "on": date(2020, 12, 31),
            "about": "Invented to be worked by hand.",
            "synthetic": True,
            "sources": [{"id": "case", "title": "Invented"}],
            "cohorts": [
                {
                    "id": "all",
                    "name": "All",
                    "present": case["present"],
                    "source": "case",
                    "special_needs": "0",
                    "assessed": assessed,
                }
            ],
            "capacities": capacities,
            "unit_costs": [{"state": "*", "amount": case["unit_cost"], "source": "case"}],
            "common_costs": [
                {"name": "Coordination", "amount": case["common_cost"], "source": "case"}
            ],
        },
        "case",
    )
