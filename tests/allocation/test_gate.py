"""The gate: whom nobody may be sent to, and why."""

from dataclasses import replace
from fractions import Fraction

import pytest

from commonhaven.allocation import Cohort, Host, Question, Scores
from commonhaven.allocation.gate import eligible, excluded
from commonhaven.reading import Problem


def scores(security: str) -> Scores:
    rest = Fraction(1, 2)
    return Scores(security=Fraction(security), functional=rest, cultural=rest, proximity=rest)


def host(state: str, **given: object) -> Host:
    return Host(state=state, tier="inner core", figures={}, **given)


COHORT = Cohort(
    id="families",
    origin="AAA",
    people=10,
    scores={state: scores("0.6") for state in ("AAA", "CCC", "DDD", "EEE")}
    | {"FFF": scores("0.59999")},
    refoulement_risk=frozenset({"CCC"}),
)
QUESTION = Question(
    hosts=tuple(
        host(state, takes_part=state != "EEE")
        for state in ["FFF", "EEE", "DDD", "CCC", "BBB", "AAA"]
    ),
    cohorts=(COHORT,),
    security_floor=Fraction(3, 5),
)


def test_gate_gives_each_exclusion_its_reason() -> None:
    assert excluded(QUESTION) == {
        "families": {
            "AAA": "It is the country fled from.",
            "BBB": "Its security for this cohort was not assessed.",
            "CCC": "People of this cohort risk being returned to danger from there.",
            "EEE": "It is exempt by decision.",
            "FFF": "Its security, 0.5999, is below the floor of 0.6.",
        }
    }


def test_gate_leaves_open_what_it_does_not_exclude() -> None:
    assert eligible(QUESTION) == {"families": ("DDD",)}


def test_gate_is_open_exactly_at_the_floor() -> None:
    assert eligible(replace(QUESTION, security_floor=Fraction("0.59999"))) == {
        "families": ("DDD", "FFF")
    }


def test_gate_without_cohorts_excludes_nobody() -> None:
    assert excluded(replace(QUESTION, cohorts=())) == {}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"hosts": (host("BBB"), host("BBB"))}, "the state BBB appears twice"),
        ({"cohorts": (COHORT, COHORT)}, "the cohort families appears twice"),
        ({"cohorts": (replace(COHORT, people=-1),)}, "-1 people"),
        ({"cohorts": (replace(COHORT, special_needs=11),)}, "11 of 10 people have special needs"),
        ({"hosts": (host("BBB", capacity=-5),)}, "capacity is -5"),
        ({"cohorts": (replace(COHORT, present={"DDD": -5}),)}, "DDD: -5 people are present"),
        ({"cohorts": (replace(COHORT, scores={"DDD": scores("1.01")}),)}, "security is 1.01"),
        ({"cohorts": (replace(COHORT, scores={"DDD": scores("-0.5")}),)}, "security is -0.5"),
    ],
)
def test_gate_refuses_a_question_that_cannot_be_answered(
    change: dict[str, object], said: str
) -> None:
    with pytest.raises(Problem, match=said):
        excluded(replace(QUESTION, **change))
