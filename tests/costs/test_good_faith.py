from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.costs import money
from commonhaven.costs.good_faith import Conduct, incentive, paid_enough, pot_of, score
from commonhaven.reading import Problem

POT = pot_of(money("1000", "USD"))


def conduct(state: str = "GHA", **changes: Any) -> Conduct:
    terms: dict[str, Any] = {
        "people": 100,
        "attended": True,
        "answered": True,
        "reported": True,
        "verified_refoulement": False,
        "paid": True,
    }
    return Conduct(state=state, **{**terms, **changes})


def test_state_that_kept_every_rule_scores_one() -> None:
    assert (score(conduct()).value, score(conduct()).reasons) == (1, ())


def test_each_missed_criterion_takes_a_quarter_and_is_named() -> None:
    found = score(conduct(attended=False, paid=False))
    assert found.value == Fraction(1, 2)
    assert found.reasons == (
        "did not attend every meeting convened",
        "paid too small a part of its pledges",
    )


def test_all_criteria_missed_scores_nothing() -> None:
    found = score(conduct(attended=False, answered=False, reported=False, paid=False))
    assert found.value == 0


@pytest.mark.parametrize(
    ("pledged", "received", "enough"),
    [
        ({"USD": "100"}, {"USD": "90"}, True),
        ({"USD": "100"}, {"USD": "89.99"}, False),
        ({}, {}, True),
        ({"USD": "100", "EUR": "50"}, {"USD": "300"}, False),
        ({"USD": "100", "EUR": "50"}, {"USD": "90", "EUR": "45"}, True),
    ],
)
def test_nine_tenths_must_come_in_each_currency(
    pledged: dict[str, str], received: dict[str, str], enough: bool
) -> None:
    amounts = [[money(n, unit) for unit, n in each.items()] for each in (pledged, received)]
    assert paid_enough(*amounts) is enough


def test_verified_refoulement_takes_the_whole_score() -> None:
    found = score(conduct(verified_refoulement=True, evidence=("UNHCR note of 3 May",)))
    assert (found.value, found.reasons) == (0, ("refoulement was verified",))
    assert found.evidence == ("UNHCR note of 3 May",)


def test_refoulement_without_evidence_is_not_verified() -> None:
    with pytest.raises(Problem, match="good faith, Ghana: refoulement counts as verified and no"):
        score(conduct(verified_refoulement=True))


def test_pot_is_divided_by_score_and_people() -> None:
    found = incentive([conduct("TGO", people=300), conduct("GHA", attended=False)], pot=POT)
    assert found.pot == money("50.00", "USD")
    assert found.payments == {"GHA": money("10.00", "USD"), "TGO": money("40.00", "USD")}


def test_pot_is_kept_where_nobody_earned_it() -> None:
    found = incentive([conduct(people=0)], pot=POT)
    assert (found.kept, found.payments["GHA"].amount) == (money("50.00", "USD"), 0)


@given(
    st.lists(
        st.tuples(st.integers(0, 10**6), st.booleans(), st.booleans(), st.booleans()), max_size=8
    ),
    st.integers(0, 10**9),
)
def test_pot_is_paid_or_kept_to_the_cent(
    year: list[tuple[int, bool, bool, bool]], cost: int
) -> None:
    states = [
        conduct(f"S{n}", people=people, attended=attended, reported=reported, forgoes=forgoes)
        for n, (people, attended, reported, forgoes) in enumerate(year)
    ]
    found = incentive(states, pot=pot_of(money(Fraction(cost, 100), "USD")))
    paid = sum(payment.in_minor_units for payment in found.payments.values())
    assert paid + found.kept.in_minor_units == found.pot.in_minor_units
    assert {found.payments[s.state].amount for s in states if s.forgoes} <= {0}


def test_what_one_forgoes_goes_to_the_others_and_its_score_stands() -> None:
    year = [conduct("DEU", people=500, forgoes=True), conduct("GHA"), conduct("TGO", people=300)]
    found = incentive(year, pot=POT)
    assert {state: f"{payment.amount}" for state, payment in found.payments.items()} == {
        "DEU": "0.00", "GHA": "12.50", "TGO": "37.50",
    }  # fmt: skip
    assert found.scores["DEU"].value == 1


def test_pot_is_kept_where_all_forgo() -> None:
    assert incentive([conduct(forgoes=True)], pot=POT).kept == POT


def test_state_named_twice_is_refused() -> None:
    with pytest.raises(Problem, match="good faith, Ghana: the state is named twice"):
        incentive([conduct(), conduct()], pot=POT)


def test_people_below_zero_are_refused() -> None:
    with pytest.raises(Problem, match="-1 people"):
        incentive([conduct(people=-1)], pot=POT)
