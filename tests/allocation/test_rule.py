"""A rule's answers are checked before anybody uses them, whoever wrote the rule."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import pytest

from commonhaven.allocation import Cohort, Host, Key, Placement, Question, Rule, Scores
from commonhaven.allocation.by_key import place
from commonhaven.reading import Problem

SAFE = Scores(
    security=Fraction(1), functional=Fraction(1), cultural=Fraction(1), proximity=Fraction(1)
)
QUESTION = Question(
    hosts=tuple(
        Host(state=state, tier="inner core", figures={}, capacity=capacity)
        for state, capacity in [("AAA", None), ("BBB", 4), ("CCC", None)]
    ),
    cohorts=(Cohort(id="c", origin="CCC", people=10, scores=dict.fromkeys(["AAA", "BBB"], SAFE)),),
    security_floor=Fraction(3, 5),
)


def rule(**verb: Callable[..., Any]) -> Rule:
    return Rule(
        id="theirs",
        title="Somebody's rule",
        kind="key" if "shares" in verb else "placement",
        principle="x",
        value_judgement="x",
        source="A test",
        standing="our proposal",
        **verb,
    )


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ({"AAA": Fraction(1), "BBB": Fraction(1)}, "they add up to 2"),
        ({"AAA": Fraction(1, 4), "BBB": Fraction(1, 4)}, "they add up to 0.5"),
        ({"AAA": Fraction(-1), "BBB": Fraction(2)}, "the share of AAA is below zero"),
        ({"AAA": 0.5, "BBB": 0.5}, "the share of AAA is not an exact number"),
        ({"AAA": Fraction(1)}, r"not those of the states asked \(BBB\)"),
        ({"AAA": Fraction(1), "BBB": 0, "CCC": 0}, r"not those of the states asked \(CCC\)"),
    ],
)
def test_key_that_does_not_share_among_the_states_asked_is_refused(
    shares: Mapping[str, Fraction], said: str
) -> None:
    theirs = rule(shares=lambda _figures, _settings, _total: Key(shares=shares))
    with pytest.raises(Problem, match=f"the rule theirs gives shares that .*{said}"):
        theirs.key({"AAA": {}, "BBB": {}}, {}, 10)
    with pytest.raises(Problem, match=f"the rule theirs gives shares that .*{said}"):
        place(QUESTION, theirs, {})


@pytest.mark.parametrize(
    ("people", "unplaced", "said"),
    [
        ({"c": {"AAA": 5}}, {"c": 4}, "nobody is lost"),
        ({"c": {"AAA": 11}}, {"c": -1}, "nobody is lost"),
        ({"c": {"AAA": 12, "BBB": -2}}, {"c": 0}, "nobody is lost"),
        ({"c": {"AAA": 10}, "d": {"AAA": 1}}, {"c": 0}, "nobody is lost"),
        ({"c": {"AAA": Fraction(10)}}, {"c": 0}, "people are whole"),
        ({"c": {"CCC": 10}}, {"c": 0}, "nobody is sent back, nobody is below the gate"),
        ({"c": {"DDD": 10}}, {"c": 0}, "nobody is below the gate"),
        ({"c": {"BBB": 10}}, {"c": 0}, "capacities hold"),
    ],
)
def test_placement_that_breaks_an_axiom_is_refused(
    people: dict[str, dict[str, int]], unplaced: dict[str, int], said: str
) -> None:
    answer = Placement(people=people, unplaced=unplaced)
    theirs = rule(place=lambda _question, _settings: answer)
    with pytest.raises(Problem, match=f"the answer of the rule theirs does not keep: .*{said}"):
        place(QUESTION, theirs, {})


def test_placement_that_keeps_the_axioms_is_returned_as_it_is() -> None:
    answer = Placement(people={"c": {"AAA": 6, "BBB": 4}}, unplaced={"c": 0})
    assert place(QUESTION, rule(place=lambda _question, _settings: answer), {}) is answer
