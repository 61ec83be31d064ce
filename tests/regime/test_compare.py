"""Rules side by side: the numbers are those of the plans, and the Gini is what it says."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.charter import load as load_charter
from commonhaven.parties.figures import reference
from commonhaven.reading import Problem
from commonhaven.regime import Plan, WithFacts, compare
from commonhaven.regime.compare import gini
from commonhaven.situations import load as load_situation

PlanOf = Callable[..., Plan]
SOURCE = WithFacts(reference())


def test_the_charter_s_rule_comes_first_and_numbers_are_those_of_the_plans(
    plan_of: PlanOf,
) -> None:
    found = compare(
        load_charter("eu"), load_situation("ukraine-2022"), SOURCE, names=["equal", "gdp"]
    )
    assert [column.rule for column in found.columns] == ["ammr-2024", "equal", "gdp"]
    for column in found.columns:
        plan = plan_of("eu", "ukraine-2022", column.rule)
        assert column.people == {part.state: part.placed for part in plan.result.states}
        assert column.moved == sum(part.arrive for part in plan.result.states)


def test_changes_are_against_the_charter_s_rule_and_add_up() -> None:
    found = compare(load_charter("eu"), load_situation("ukraine-2022"), SOURCE, names=["equal"])
    changes = found.changes("equal")
    assert sum(changes.values()) == 0
    people = {column.rule: column.people for column in found.columns}
    assert changes["DEU"] == people["equal"]["DEU"] - people["ammr-2024"]["DEU"]


def test_a_rule_that_cannot_run_says_why() -> None:
    found = compare(
        load_charter("eu"), load_situation("ukraine-2022"), SOURCE, names=["koenigstein"]
    )
    assert "tax_revenue" in found.not_run["koenigstein"]


def test_an_unknown_rule_is_a_problem() -> None:
    with pytest.raises(Problem, match="no rule eu-2051"):
        compare(load_charter("eu"), load_situation("ukraine-2022"), SOURCE, names=["eu-2051"])


def test_gini_by_hand() -> None:
    population = {"A": Fraction(100), "B": Fraction(100)}
    assert gini({"A": 5, "B": 5}, population) == 0
    assert gini({"A": 0, "B": 10}, population) == Fraction(1, 2)
    assert gini({"A": 0, "B": 0}, population) is None
    # A quarter of the inhabitants host three quarters of the people: F = 3/4, 1; L = 1/4, 1.
    assert gini({"A": 25, "B": 75}, {"A": Fraction(300), "B": Fraction(100)}) == Fraction(1, 2)


@given(st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 1000), min_size=1))
def test_gini_is_nought_where_all_host_alike_and_below_one(people: dict[str, int]) -> None:
    population = {state: Fraction(number + 1) for number, state in enumerate("ABCDE")}
    found = gini(people, population)
    assert found is None or 0 <= found < 1
    alike = {state: int(size) for state, size in population.items()}
    assert gini(alike, population) == 0
