from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.costs import HostCost, MoneyProblem, credited, estimated, money
from commonhaven.costs.hosting import median_cost
from commonhaven.reading import Problem


def cost(recurrent: str, capital: str = "0", currency: str = "USD") -> HostCost:
    return HostCost(recurrent=money(recurrent, currency), capital=money(capital, currency))


def test_outer_core_host_is_credited_up_to_two_medians() -> None:
    costs = {"LBN": cost("900"), "JOR": cost("1100"), "CAN": cost("11000", "1100")}
    found = credited(costs, frozenset({"CAN"}))
    assert (found["LBN"], found["JOR"]) == (costs["LBN"], costs["JOR"])
    assert found["CAN"] == HostCost(
        recurrent=money("2200.00", "USD"),
        capital=money("220.00", "USD"),
        basis="capped",
        source="11,000 USD a year, counted up to the cap of an outer-core host",
    )


def test_inner_core_host_is_never_capped() -> None:
    costs = {"LBN": cost("900"), "JOR": cost("1100"), "TUR": cost("11000")}
    assert credited(costs, frozenset()) == costs


def test_cheap_outer_core_host_is_not_raised() -> None:
    costs = {"LBN": cost("900"), "PRT": cost("1000")}
    assert credited(costs, frozenset({"PRT"})) == costs


def test_median_of_an_even_number_is_half_way() -> None:
    costs = {name: cost(each) for name, each in zip("ABCD", ("1", "2", "5", "9"), strict=True)}
    assert median_cost(costs) == Decimal("3.5")


def test_no_hosts_no_costs() -> None:
    assert credited({}, frozenset({"CAN"})) == {}
    with pytest.raises(Problem, match="no unit costs to take a median of"):
        median_cost({})


def test_currencies_have_no_common_median() -> None:
    with pytest.raises(MoneyProblem, match="several currencies have no median"):
        credited({"A": cost("1"), "B": cost("1", currency="EUR")}, frozenset())


def test_estimate_is_a_base_plus_a_part_of_income() -> None:
    found = estimated(Fraction(4000), arrivals=Fraction(1, 2))
    assert (found.recurrent, found.capital, found.basis) == (
        money("1500.00", "USD"),
        money("375.00", "USD"),
        "estimated",
    )


@given(st.integers(0, 200_000), st.integers(0, 200_000))
def test_estimate_never_falls_with_income(one: int, more: int) -> None:
    low, high = estimated(Fraction(one)), estimated(Fraction(one + more))
    assert low.recurrent.amount <= high.recurrent.amount


def test_estimate_from_income_below_zero_is_refused() -> None:
    with pytest.raises(Problem, match="cannot be estimated"):
        estimated(Fraction(-1))
