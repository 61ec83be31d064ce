from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.allocation import Figures, KeyUndefined
from commonhaven.costs import scale

RULE = scale("graduated-taxation")


def group(**states: tuple[int, int]) -> Figures:
    return {
        name: {"gni": Fraction(gni), "population": Fraction(people)}
        for name, (gni, people) in states.items()
    }


@given(st.dictionaries(st.text("ABC", min_size=1), st.integers(1, 10**6), min_size=1))
def test_alike_income_gives_shares_of_inhabitants(people: dict[str, int]) -> None:
    figures = group(**{name: (number * 7, number) for name, number in people.items()})
    found = RULE.key(figures, RULE.settings({}), 0).shares
    assert found == {name: Fraction(n, sum(people.values())) for name, n in people.items()}


def test_income_up_to_half_the_mean_is_not_taxed() -> None:
    found = RULE.key(group(POO=(10, 10), RIC=(30, 10)), RULE.settings({}), 0).shares
    assert found == {"POO": 0, "RIC": 1}


@pytest.mark.parametrize(
    ("figures", "parameters", "said"),
    [
        (group(A=(-1, 1)), {}, "gni below zero or no inhabitants in A"),
        (group(A=(1, 0)), {}, "gni below zero or no inhabitants in A"),
        (group(A=(0, 1)), {}, "no state has any gni"),
        (group(A=(1, 1)), {"bound_1": "2"}, "the bounds of the brackets do not rise"),
        (group(A=(1, 1)), {"rate_2": "0"}, "nobody's income is taxed"),
    ],
)
def test_what_cannot_be_taxed_is_refused(
    figures: Figures, parameters: dict[str, str], said: str
) -> None:
    with pytest.raises(KeyUndefined, match=said):
        RULE.key(figures, RULE.settings(parameters), 0)
