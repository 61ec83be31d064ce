"""What is said of a state is true for it, whatever the rule and whatever its part."""

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from commonhaven.charter import Limit
from commonhaven.charter import load as load_charter
from commonhaven.parties.figures import reference
from commonhaven.reading import Problem
from commonhaven.regime import Explanation, Plan, WithFacts, compute, explain
from commonhaven.situations import load as load_situation

PlanOf = Callable[..., Plan]
SOURCE = WithFacts(reference())


def told(explanation: Explanation, heading: str) -> str:
    return " ".join(dict(explanation.sections).get(heading, ()))


def test_every_state_of_every_plan_can_be_explained(plan: Plan) -> None:
    for part in plan.result.states:
        explanation = explain(plan, part.state)
        assert dict(explanation.sections)["Who protects whom"]
        text = " ".join(s for _, sentences in explanation.sections for s in sentences)
        assert not re.search(r"\b1 people|\bNobody of\b|None\b(?! of these)", text)


def test_the_country_fled_from_is_told_so(plan_of: PlanOf) -> None:
    explanation = explain(plan_of("west-africa", "liberia-1990"), "LBR")
    assert "is the country fled from" in told(explanation, "Who protects whom")
    assert told(explanation, "Who pays what") == ""


def test_special_needs_are_the_reason_where_they_are(plan_of: PlanOf) -> None:
    explanation = explain(plan_of("west-africa", "liberia-1990"), "DEU")
    why = told(explanation, "Why")
    assert "People with special needs" in why
    assert "Class of DEU" not in why


def test_a_key_is_not_explained_by_scores(plan_of: PlanOf) -> None:
    why = told(explain(plan_of("eu", "ukraine-2022"), "POL"), "Why")
    assert "Its scores for them" not in why
    assert "Its share of the people" in why


def test_an_exempt_state_is_told_the_decision(plan_of: PlanOf) -> None:
    explanation = explain(plan_of("eu", "ukraine-2022"), "DNK")
    assert "It is exempt by decision: " in told(explanation, "Who protects whom")


def test_people_without_a_place_are_told_where_they_stay() -> None:
    charter = load_charter("west-africa")
    limits = tuple(
        Limit(state=member.state, at_most=0, decision="Meeting of the group, decision 3")
        for member in charter.members
        if member.state != "GIN"
    )
    terms = replace(charter.responsibility, limits=limits, capacity_per_1000=Fraction(10))
    plan = compute(replace(charter, responsibility=terms), load_situation("liberia-1990"), SOURCE)
    part = plan.state("CIV")
    assert part is not None
    sentence = told(explain(plan, "CIV"), "Who protects whom")
    assert (
        f"{part.unplaced:,} people have no place anywhere and stay its responsibility" in sentence
    )
    money = told(explain(plan, "CIV"), "Who pays what")
    assert f"Protecting {part.unplaced:,} people costs it" in money


def test_people_in_the_outer_core_are_told_as_not_in_question(plan_of: PlanOf) -> None:
    sentence = told(explain(plan_of("west-africa", "liberia-1990"), "USA"), "Who protects whom")
    assert "48 people of this situation are there already and not in question" in sentence


def test_figures_used_are_those_that_lines_rest_on(plan_of: PlanOf) -> None:
    plan = plan_of("west-africa", "liberia-1990")
    used = {name for line in plan.trace for name in line.uses}
    for sentence in dict(explain(plan, "GHA").sections)["Figures used"]:
        assert f"figure:GHA/{sentence.partition(':')[0]}" in used


@pytest.mark.parametrize("name", ["Gahna", "BRA"])
def test_a_state_without_a_part_is_a_problem(name: str, plan_of: PlanOf) -> None:
    with pytest.raises(Problem):
        explain(plan_of("west-africa", "liberia-1990"), name)
