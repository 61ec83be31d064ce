"""Credit for people already hosted, deductions by decision."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.allocation.adjust import credited, deduct
from commonhaven.reading import Problem

numbers = st.dictionaries(st.sampled_from("ABCD"), st.integers(0, 50), min_size=1)


def test_credit_gives_more_to_who_hosts_less() -> None:
    targets = {"A": Fraction(50), "B": Fraction(50)}
    assert credited(targets, {"A": 60, "B": 0}) == {"A": Fraction(20), "B": Fraction(80)}


def test_credit_beyond_its_share_ends_a_states_part() -> None:
    targets = {"A": Fraction(10), "B": Fraction(60), "C": Fraction(30)}
    found = credited(targets, {"A": 100})
    assert found == {"A": 0, "B": Fraction(200, 3), "C": Fraction(100, 3)}


@given(numbers, numbers)
def test_credit_changes_no_sum(wanted: dict[str, int], hosted: dict[str, int]) -> None:
    targets = {state: Fraction(number) for state, number in wanted.items()}
    found = credited(targets, hosted)
    assert sum(found.values()) == sum(targets.values())
    assert min(found.values()) >= 0


@given(numbers, numbers)
def test_deductions_are_declared_and_not_passed_on(
    people: dict[str, int], deductions: dict[str, int]
) -> None:
    asked = {state: number for state, number in deductions.items() if state in people}
    found = deduct(people, asked)
    assert sum(found.people.values()) + found.shortfall == sum(people.values())
    assert all(found.people[s] == max(0, people[s] - asked.get(s, 0)) for s in people)


def test_deduction_from_a_stranger_is_refused() -> None:
    with pytest.raises(Problem, match="a deduction for Z, which has no number"):
        deduct({"A": 3}, {"Z": 1})
