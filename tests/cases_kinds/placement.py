"""Cohorts placed by a rule of kind placement: who is where, who is not placed, and why."""

from fractions import Fraction
from typing import Any

from commonhaven.allocation import Cohort, Host, Placement, Question, Scores
from commonhaven.allocation.registry import rule
from commonhaven.reading import exact


def run(case: dict[str, Any]) -> None:
    chosen = rule(case["rule"])
    question = asked(case)
    placement = chosen.place(question, chosen.settings(case.get("parameters", {})))
    expect = case["expect"]
    assert {g: dict(cells) for g, cells in placement.people.items()} == expect["people"]
    assert dict(placement.unplaced) == expect.get("unplaced", {c.id: 0 for c in question.cohorts})
    near(placement, expect.get("before_rounding", {}), exact(expect.get("tolerance", "0")))
    values = {line.id: line.value for line in placement.working}
    for name, value in expect.get("working", {}).items():
        assert values[name] == value
    for name in expect.get("no_working", []):
        assert name not in values
    reasons = {g: dict(states) for g, states in placement.excluded.items() if states}
    assert reasons == expect.get("excluded", {})
    assert list(placement.notes) == expect.get("notes", [])


def near(placement: Placement, expected: dict[str, Any], tolerance: Fraction) -> None:
    for state, number in expected.items():
        assert abs(placement.targets[state] - exact(number)) <= tolerance


def asked(case: dict[str, Any]) -> Question:
    hosts = tuple(
        Host(
            state=state,
            tier=given["tier"],
            figures={name: exact(value) for name, value in given.get("figures", {}).items()},
            capacity=given.get("capacity"),
            hosted=given.get("hosted", 0),
        )
        for state, given in case["hosts"].items()
    )
    return Question(
        hosts=hosts,
        cohorts=tuple(cohort(name, given) for name, given in case["cohorts"].items()),
        security_floor=exact(case["security_floor"]),
        tie_order=tuple(case.get("tie_order", [])),
    )


def cohort(name: str, given: dict[str, Any]) -> Cohort:
    return Cohort(
        id=name,
        origin=given["origin"],
        people=given["people"],
        special_needs=given.get("special_needs", 0),
        asked=given.get("asked", 0),
        wishes={state: exact(share) for state, share in given.get("wishes", {}).items()},
        refoulement_risk=frozenset(given.get("refoulement_risk", [])),
        present=given.get("present", {}),
        scores={
            state: Scores(
                security=exact(values[0]),
                functional=exact(values[1]),
                cultural=exact(values[2]),
                proximity=exact(values[3]),
            )
            for state, values in given["scores"].items()
        },
    )
