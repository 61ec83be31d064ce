from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.indicators import fair_shares, of_funding, of_resettlement, scope, shipped
from commonhaven.instruments.load import entry
from commonhaven.reading import Problem

RICH = scope("high-income")
sizes = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 10**9), min_size=1)


@given(st.integers(1, 10**12), sizes)
def test_fair_shares_sum_to_the_need_and_follow_the_economies(
    need: int, size: dict[str, int]
) -> None:
    economies = {state: Fraction(number) for state, number in size.items()}
    found = fair_shares(Fraction(need), economies, {})
    assert sum(one.fair for one in found.values()) == need
    assert sum(one.part for one in found.values()) == 1
    for state, one in found.items():
        assert one.fair * sum(economies.values()) == need * economies[state]
        assert (one.score, one.band) == (None, None)


@given(st.integers(1, 10**9), sizes, st.integers(0, 10**9))
def test_who_gives_its_fair_share_has_met_it(need: int, size: dict[str, int], more: int) -> None:
    economies = {state: Fraction(number) for state, number in size.items()}
    fair = {s: one.fair + more for s, one in fair_shares(Fraction(need), economies, {}).items()}
    found = fair_shares(Fraction(need), economies, fair)
    assert {one.band for one in found.values()} == {"met"}


def test_giving_to_unhcr_beside_fair_shares_of_its_needs() -> None:
    found = of_funding(Fraction(10_000_000_000), RICH, 2022, shipped())
    germany = found.shares["DEU"]
    assert germany.given == 535_769_917
    assert germany.score == germany.given / germany.fair
    assert germany.band == "in part"
    assert found.shares["FRA"].band == "far from it"
    assert found.shares["NOR"].band == "met"
    assert "LIE" in found.left_out
    assert sum(one.fair for one in found.shares.values()) == 10_000_000_000


def test_places_are_a_tenth_of_the_registered() -> None:
    found = of_resettlement(Fraction(4_800_000), RICH, 2016, shipped())
    assert found.need == 4_800_000 * entry("fair-share", "resettled_part").number == 480_000
    assert found.shares["CAN"].given == shipped().figures.series("CAN", "resettlement_arrivals")[
        2016
    ].value  # fmt: skip
    assert found.shares["CAN"].band == "met"


def test_what_cannot_be_shared_is_a_problem() -> None:
    with pytest.raises(Problem, match="the need is not above zero"):
        fair_shares(Fraction(0), {"A": Fraction(1)}, {})
    with pytest.raises(Problem, match="an economy is not above zero"):
        fair_shares(Fraction(1), {"A": Fraction(0)}, {})
    with pytest.raises(Problem, match="held for 2016 to 2023, not 2024"):
        of_funding(Fraction(1), RICH, 2024, shipped())
    with pytest.raises(Problem, match="no resettlement arrivals of 2050"):
        of_resettlement(Fraction(1), RICH, 2050, shipped())
