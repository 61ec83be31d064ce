from fractions import Fraction

import pytest

from commonhaven.allocation import Figures, KeyUndefined
from commonhaven.costs import scale

RULE = scale("european-refugee-fund")


def group(**states: tuple[int, int]) -> Figures:
    return {
        name: {"status_holders": Fraction(status), "applicants": Fraction(applied)}
        for name, (status, applied) in states.items()
    }


def test_weights_of_the_first_fund_can_be_set() -> None:
    settings = RULE.settings({"status_weight": "0.35", "fixed": "0"})
    found = RULE.key(group(A=(1, 0), B=(0, 1)), settings, 100).shares
    assert found == {"A": Fraction(35, 100), "B": Fraction(65, 100)}


def test_shares_depend_on_the_budget() -> None:
    figures = group(A=(1, 1), B=(3, 3))
    small = RULE.key(figures, RULE.settings({}), 600_000).shares
    large = RULE.key(figures, RULE.settings({}), 6_000_000).shares
    assert (small["A"], large["A"]) == (Fraction(1, 2), Fraction(11, 40))


@pytest.mark.parametrize(
    ("figures", "total", "said"),
    [
        (group(A=(1, 1)), 299_999, "a budget of 299999 does not cover the fixed amounts of 300000"),
        (group(A=(0, 1)), 10**6, "status_holders are below zero or nobody has any"),
        (group(A=(1, 0)), 10**6, "applicants are below zero or nobody has any"),
        (group(A=(1, -1), B=(1, 2)), 10**6, "applicants are below zero or nobody has any"),
    ],
)
def test_what_cannot_be_divided_is_refused(figures: Figures, total: int, said: str) -> None:
    with pytest.raises(KeyUndefined, match=said):
        RULE.key(figures, RULE.settings({}), total)


def test_rule_warns_that_it_is_no_scale_of_payments() -> None:
    assert RULE.warning.startswith("It says who receives from a fund, not who pays")
