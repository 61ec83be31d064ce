"""Permanent places: sized by cohort, behind the gate, among the outer core."""

from fractions import Fraction

import pytest

from commonhaven.allocation import Cohort, Host, Placement, Question, Scores
from commonhaven.allocation.keys.size import POPULATION
from commonhaven.allocation.residual import residual_people, residual_places
from commonhaven.reading import Problem

ONE = Fraction(1)


def scores(security: Fraction = ONE) -> Scores:
    return Scores(security=security, functional=ONE, cultural=ONE, proximity=ONE)


def host(state: str, population: int, tier: str = "outer core", **more: object) -> Host:
    figures = {"population": Fraction(population)}
    return Host(state=state, tier=tier, figures=figures, **more)  # type: ignore[arg-type] # tiers and options as texts


def question(hosts: tuple[Host, ...], **more: object) -> Question:
    cohort = Cohort(
        id="all",
        origin="ORI",
        people=100,
        scores={each.state: scores() for each in hosts},
        special_needs=10,
    )
    asked = {"cohorts": (cohort,), **more}
    return Question(hosts=hosts, security_floor=Fraction(3, 5), **asked)  # type: ignore[arg-type] # options as texts


def test_places_are_shared_by_the_outer_core_alone() -> None:
    hosts = (host("AAA", 9, "inner core"), host("BBB", 3), host("CCC", 1))
    made = residual_places(question(hosts, tie_order=("CCC", "BBB")), {"all": 10}, POPULATION)
    assert made.received() == {"BBB": 7, "CCC": 3}
    assert [tie.settled_for for tie in made.ties] == [("CCC",)]
    assert made.unplaced == {"all": 0}


def test_places_stay_behind_the_gate() -> None:
    hosts = (host("ORI", 5), host("BAD", 5), host("RIS", 5), host("OUT", 5, takes_part=False),
             host("YES", 1))  # fmt: skip
    known = {state: scores() for state in ("ORI", "RIS", "OUT", "YES")}
    cohort = Cohort(
        id="all", origin="ORI", people=100, scores={**known, "BAD": scores(Fraction(1, 10))},
        refoulement_risk=frozenset({"RIS"}),
    )  # fmt: skip
    made = residual_places(question(hosts, cohorts=(cohort,)), {"all": 10}, POPULATION)
    assert made.received() == {"YES": 10}
    shut = residual_places(question(hosts[:4], cohorts=(cohort,)), {"all": 10}, POPULATION)
    assert (shut.received(), shut.unplaced) == ({}, {"all": 10})


def test_without_outer_core_all_are_unplaced() -> None:
    made = residual_places(question((host("AAA", 9, "inner core"),)), {"all": 7}, POPULATION)
    assert (made.received(), made.unplaced) == ({}, {"all": 7})


def test_fewer_than_nobody_is_refused() -> None:
    with pytest.raises(Problem, match="fewer than nobody"):
        residual_places(question((host("BBB", 1),)), {"all": -1}, POPULATION)


def test_only_special_needs_placed_in_the_outer_core_are_not_counted_again() -> None:
    asked = question((host("AAA", 9, "inner core"), host("BBB", 3)))
    everyone_in_the_region = Placement(people={"all": {"AAA": 100}}, unplaced={"all": 0})
    assert residual_people(asked, everyone_in_the_region, Fraction(1, 10)) == {"all": 10}
    some_outside = Placement(people={"all": {"AAA": 91, "BBB": 9}}, unplaced={"all": 0})
    assert residual_people(asked, some_outside, Fraction(1, 10)) == {"all": 10}
    all_outside = Placement(people={"all": {"AAA": 80, "BBB": 20}}, unplaced={"all": 0})
    assert residual_people(asked, all_outside, Fraction(1, 10)) == {"all": 9}
