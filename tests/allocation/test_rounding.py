"""From exact shares to whole people."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.allocation.axioms import house_monotone, within_quota
from commonhaven.allocation.rounding import METHODS, WHOLE, apportion
from commonhaven.reading import Problem

STATES = "ABCDEF"
weights = st.lists(st.integers(1, 30), min_size=1, max_size=6).map(
    lambda numbers: dict(zip(STATES, numbers, strict=False))
)
totals = st.integers(0, 200)


def shares(weight: Mapping[str, int]) -> dict[str, Fraction]:
    return {state: Fraction(w, sum(weight.values())) for state, w in weight.items()}


@st.composite
def bounded(draw: st.DrawFn) -> tuple[dict[str, Fraction], int, dict[str, int], dict[str, int]]:
    share = shares(draw(weights))
    most = {s: draw(st.integers(0, 60)) for s in share if draw(st.booleans())}
    least = {s: draw(st.integers(0, most.get(s, 20))) for s in share if draw(st.booleans())}
    return share, draw(st.integers(sum(least.values()), 250)), most, least


@pytest.mark.parametrize("method", WHOLE)
@given(weight=weights, total=totals)
def test_apportion_loses_nobody(method: str, weight: dict[str, int], total: int) -> None:
    found = apportion(shares(weight), total, method)
    assert (sum(found.people.values()), found.residue) == (total, 0)


@given(weights, totals)
def test_largest_remainder_stays_within_quota(weight: dict[str, int], total: int) -> None:
    assert within_quota(apportion(shares(weight), total).people, shares(weight), total)


@given(weights, totals)
def test_ceiling_declares_its_residue(weight: dict[str, int], total: int) -> None:
    found = apportion(shares(weight), total, "ceiling")
    assert found.residue == sum(found.people.values()) - total
    assert all(0 <= found.people[s] - share * total < 1 for s, share in shares(weight).items())


@given(weights, totals)
def test_nearest_is_never_more_than_a_half_off(weight: dict[str, int], total: int) -> None:
    found = apportion(shares(weight), total, "nearest")
    half = Fraction(1, 2)
    assert all(-half < found.people[s] - k * total <= half for s, k in shares(weight).items())
    assert found.residue == sum(found.people.values()) - total


@given(weights, totals)
def test_webster_agrees_with_giving_places_one_by_one(weight: dict[str, int], total: int) -> None:
    assert apportion(shares(weight), total, "webster").people == one_by_one(weight, total)


def one_by_one(weight: Mapping[str, int], total: int) -> dict[str, int]:
    people = dict.fromkeys(weight, 0)
    for _ in range(total):
        highest = max(Fraction(w, 2 * people[s] + 1) for s, w in weight.items())
        people[min(s for s, w in weight.items() if Fraction(w, 2 * people[s] + 1) == highest)] += 1
    return people


@given(weights, totals)
def test_webster_never_takes_a_place_when_there_are_more(
    weight: dict[str, int], total: int
) -> None:
    before = apportion(shares(weight), total, "webster").people
    after = apportion(shares(weight), total + 1, "webster").people
    assert house_monotone(before, after)


def test_largest_remainder_can_take_a_place_when_there_are_more() -> None:
    share = shares({"A": 6, "B": 6, "C": 2})
    ten, eleven = apportion(share, 10).people, apportion(share, 11).people
    assert ten == {"A": 4, "B": 4, "C": 2}
    assert eleven == {"A": 5, "B": 5, "C": 1}
    assert not house_monotone(ten, eleven)


@pytest.mark.parametrize("method", METHODS)
@given(case=bounded())
def test_apportion_keeps_floors_and_ceilings(
    method: str, case: tuple[dict[str, Fraction], int, dict[str, int], dict[str, int]]
) -> None:
    share, total, most, least = case
    found = apportion(share, total, method, at_most=most, at_least=least)
    assert all(found.people[state] <= limit for state, limit in most.items())
    assert all(found.people[state] >= limit for state, limit in least.items())
    room = sum(most.values()) if set(most) == set(share) else total
    if method in WHOLE:
        assert sum(found.people.values()) == min(total, room)
    assert found.residue == sum(found.people.values()) - total


@given(bounded())
def test_webster_within_limits_is_a_divisor_method(
    case: tuple[dict[str, Fraction], int, dict[str, int], dict[str, int]],
) -> None:
    share, total, most, least = case
    people = apportion(share, total, "webster", at_most=most, at_least=least).people
    gains = [
        k / (2 * people[s] + 1) for s, k in share.items() if people[s] < most.get(s, total + 1)
    ]
    keeps = [k / (2 * people[s] - 1) for s, k in share.items() if people[s] > least.get(s, 0)]
    assert not gains or not keeps or max(gains) <= min(keeps)


def test_ties_are_reported_and_settled_by_the_order() -> None:
    share = dict.fromkeys("ABC", Fraction(1, 3))
    for method in ("largest-remainder", "webster"):
        found = apportion(share, 5, method, order=("C", "A", "B"))
        (tie,) = found.ties
        assert found.people == {"A": 2, "B": 1, "C": 2}
        assert (tie.states, tie.places, tie.settled_for) == (("C", "A", "B"), 2, ("C", "A"))


def test_tie_for_the_residual_is_reported() -> None:
    share = {"A": Fraction(2, 5), "B": Fraction(2, 5), "C": Fraction(1, 5)}
    found = apportion(share, 7, "floor-residual-to-largest", order=("B", "A", "C"))
    assert found.people == {"A": 2, "B": 4, "C": 1}
    assert found.ties[0].settled_for == ("B",)


def test_every_tie_for_the_residual_is_reported() -> None:
    share = {"A": Fraction(2, 5), "B": Fraction(2, 5), "C": Fraction(1, 5)}
    most = {"A": 3, "B": 3}
    found = apportion(share, 8, "floor-residual-to-largest", at_most=most)
    assert (found.people, found.ties) == ({"A": 3, "B": 3, "C": 2}, ())
    # Seven exact numbers of 1 6/7: each round, the largest that has room takes what it can.
    share = dict.fromkeys("ABCDEFG", Fraction(1, 7))
    most = dict.fromkeys("ABCDEFG", 3)
    found = apportion(share, 13, "floor-residual-to-largest", at_most=most)
    assert found.people == {"A": 3, "B": 3, "C": 3, "D": 1, "E": 1, "F": 1, "G": 1}
    assert [tie.settled_for for tie in found.ties] == [("A",), ("B",), ("C",)]


@pytest.mark.parametrize("method", METHODS)
@given(case=bounded())
def test_the_order_settles_nothing_that_is_not_reported(
    method: str, case: tuple[dict[str, Fraction], int, dict[str, int], dict[str, int]]
) -> None:
    share, total, most, least = case
    found = apportion(share, total, method, STATES, at_most=most, at_least=least)
    turned = apportion(share, total, method, STATES[::-1], at_most=most, at_least=least)
    assert found.people == turned.people or (found.ties and turned.ties)


@pytest.mark.parametrize(
    ("order", "by"),
    [
        ((), "the alphabet"),
        (("C",), "the declared order of states, and the alphabet for those that it does not name"),
        (("C", "A"), "the declared order of states"),
        (("B", "C", "A"), "the declared order of states"),
    ],
)
def test_tie_says_what_settled_it(order: tuple[str, ...], by: str) -> None:
    (tie,) = apportion(dict.fromkeys("ABC", Fraction(1, 3)), 5, order=order).ties
    assert tie.by == by


def test_states_that_the_order_leaves_out_follow_in_the_alphabet() -> None:
    share = dict.fromkeys("DCBA", Fraction(1, 4))
    assert apportion(share, 2, order=("C",)).people == {"D": 0, "C": 1, "B": 0, "A": 1}


@given(weights, totals)
def test_no_tie_is_reported_where_everyone_or_nobody_gets_a_place(
    weight: dict[str, int], total: int
) -> None:
    for method in WHOLE:
        for tie in apportion(shares(weight), total, method).ties:
            assert 0 < tie.places == len(tie.settled_for) < len(tie.states)


def test_ceilings_without_room_leave_a_negative_residue() -> None:
    found = apportion({"A": Fraction(1, 2), "B": Fraction(1, 2)}, 10, at_most={"A": 2, "B": 3})
    assert (found.people, found.residue) == ({"A": 2, "B": 3}, -5)


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ({"method": "largest-remander"}, "Did you mean largest-remainder"),
        ({"total": -1}, "-1 people cannot be shared"),
        ({"shares": {"A": Fraction(1, 2)}}, "do not add up to 1"),
        ({"shares": {"A": Fraction(2), "B": Fraction(-1)}}, "a share is below zero"),
        ({"at_least": {"A": 11}}, "the floors ask for 11 people and there are 10"),
        ({"at_least": {"A": 4}, "at_most": {"A": 3}}, "the floor of 4 people is above the ceiling"),
    ],
)
def test_apportion_refuses_what_makes_no_sense(given_: dict[str, object], said: str) -> None:
    with pytest.raises(Problem, match=said):
        apportion(**({"shares": {"A": Fraction(1)}, "total": 10} | given_))
