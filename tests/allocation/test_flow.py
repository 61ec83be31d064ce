"""The flow of cohorts to states: exact, lexicographic, near the key, the same by every way."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import lcm

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commonhaven.allocation.flow import kernel, network
from commonhaven.allocation.flow.balance import Balanced, balanced
from commonhaven.allocation.flow.network import (
    Flow,
    FlowNotProved,
    Transport,
    best_flow,
    gains,
    totals,
    weights,
)
from commonhaven.allocation.rounding import apportion
from commonhaven.reading import Problem


@st.composite
def transports(draw: st.DrawFn, most: int = 4, people: int = 6) -> Transport:
    cohorts, states = draw(st.integers(1, most)), draw(st.integers(1, most))
    depth, high = draw(st.integers(0, 3)), draw(st.sampled_from([1, 3, 10]))
    cells = st.lists(
        st.lists(st.integers(0, high), min_size=states, max_size=states),
        min_size=cohorts,
        max_size=cohorts,
    )
    return Transport(
        people=draw(st.lists(st.integers(0, people), min_size=cohorts, max_size=cohorts)),
        places=draw(st.lists(st.integers(0, people), min_size=states, max_size=states)),
        open=[[value > 0 for value in row] for row in draw(cells)]
        if draw(st.booleans())
        else [[True] * states] * cohorts,
        levels=[draw(cells) for _ in range(depth)],
    )


def splits(number: int, columns: int) -> Iterator[tuple[int, ...]]:
    if columns == 1:
        yield (number,)
        return
    for first in range(number + 1):
        for rest in splits(number - first, columns - 1):
            yield (first, *rest)


def every_flow(transport: Transport) -> Iterator[tuple[dict[int, int], ...]]:
    """Every way to place the people, by brute force; the last column is nobody's."""
    last = len(transport.places)
    for rows in product(*(splits(number, last + 1) for number in transport.people)):
        used = [sum(row[column] for row in rows) for column in range(last)]
        shut = any(
            row[column] and not transport.open[cohort][column]
            for cohort, row in enumerate(rows)
            for column in range(last)
        )
        if not shut and all(u <= room for u, room in zip(used, transport.places, strict=True)):
            yield tuple({c: n for c, n in enumerate(row) if n} for row in rows)


def allowed(transport: Transport, found: network.Flow, people: tuple[dict[int, int], ...]) -> bool:
    """Whether the flow's description of all optimal flows covers this one."""
    used = dict.fromkeys(range(len(transport.places)), 0)
    for row, cells in enumerate(people):
        if not set(cells) <= set(found.arcs[row]):
            return False
        for column, number in cells.items():
            used[column] = used.get(column, 0) + number
    return all(used[column] == transport.places[column] for column in found.full)


@settings(max_examples=60, deadline=None)
@given(transports(most=3, people=3))
def test_flow_is_best_among_all_flows_and_describes_exactly_the_best(transport: Transport) -> None:
    everything = list(every_flow(transport))
    best = max(totals(transport, people) for people in everything)
    found = best_flow(transport)
    assert totals(transport, found.people) == best
    for people in everything:
        assert allowed(transport, found, people) == (totals(transport, people) == best)


@settings(max_examples=150, deadline=None)
@given(transports(most=7, people=2000))
def test_compiled_and_exact_flow_agree_and_leave_the_same_open(transport: Transport) -> None:
    exact, fast = best_flow(transport, fast=False), best_flow(transport, fast=True)
    assert totals(transport, exact.people) == totals(transport, fast.people)
    assert allowed(transport, exact, fast.people)
    assert allowed(transport, fast, exact.people)


@settings(max_examples=60, deadline=None)
@given(transports(most=5, people=50), st.integers(1, 3))
def test_criteria_in_groups_give_what_all_at_once_give(transport: Transport, bits: int) -> None:
    exact = best_flow(transport, fast=False)
    limit = kernel.LIMIT
    cycle = network.pairs(transport)
    tightest = max(
        (sum(w * v for w, v in zip(weights([1, high], cycle), [1, high], strict=True)) * cycle)
        for high in [max((max(row) for row in level), default=0) for level in transport.levels]
        or [0]
    )
    kernel.LIMIT = tightest * bits + 1
    try:
        grouped = kernel.best_flow(transport)
    finally:
        kernel.LIMIT = limit
    assert totals(transport, grouped.people) == totals(transport, exact.people)
    assert allowed(transport, exact, grouped.people)
    assert allowed(transport, grouped, exact.people)


def test_criterion_too_large_for_64_bits_is_left_to_the_exact_solver() -> None:
    huge = Transport(people=[3], places=[1, 1], open=[[True, True]], levels=[[[2**70, 1]]])
    assert totals(huge, best_flow(huge).people) == [2, 2**70 + 1]
    with pytest.raises((FlowNotProved, OverflowError)):
        best_flow(huge, fast=True)


@pytest.mark.parametrize("number", [2**53, 2**62, 2**70])
def test_any_number_of_people_is_placed(number: int) -> None:
    size = 145
    many = Transport(
        people=[number] * size,
        places=[number // 2] * size,
        open=[[True] * size] * size,
        levels=[[[1] * size] * size],
    )
    assert many.size > network.LARGE
    assert kernel.fits(many) is (number * size < kernel.LIMIT)
    assert totals(many, best_flow(many).people) == [number // 2 * size] * 2


def test_more_places_than_64_bits_hold_are_left_to_the_exact_solver() -> None:
    wide = Transport(people=[3], places=[2**70], open=[[True]], levels=[])
    assert not kernel.fits(wide)


def test_first_criterion_outweighs_any_number_of_people_on_the_second() -> None:
    transport = Transport(
        people=[1, 10**9],
        places=[10**9, 10**9],
        open=[[True, True], [True, True]],
        levels=[[[1, 0], [1, 0]], [[0, 10], [0, 10]]],
    )
    for fast in (False, True):
        found = best_flow(transport, fast=fast)
        assert totals(transport, found.people) == [10**9 + 1, 10**9, 10]


def test_placing_somebody_comes_before_every_criterion() -> None:
    transport = Transport(
        people=[5, 5], places=[5, 5], open=[[True, True], [True, False]], levels=[[[9, 0], [9, 0]]]
    )
    assert best_flow(transport).people == ({1: 5}, {0: 5})


@settings(max_examples=60, deadline=None)
@given(transports(most=3, people=4), st.data())
def test_gain_of_one_more_place_is_the_difference_it_makes(
    transport: Transport, data: st.DataObject
) -> None:
    column = data.draw(st.integers(0, len(transport.places) - 1))
    found = best_flow(transport)
    places = list(transport.places)
    places[column] += 1
    wider = Transport(
        people=transport.people, places=places, open=transport.open, levels=transport.levels
    )
    after, before = (totals(wider, best_flow(wider).people), totals(transport, found.people))
    difference = tuple(new - old for new, old in zip(after, before, strict=True))
    depth = len(transport.levels) + 1
    assert gains(transport, found.people).get(column, (0,) * depth) == difference


@settings(max_examples=120, deadline=None)
@given(transports(most=3, people=3))
@example(
    Transport(
        people=[2, 2],
        places=[2, 1, 3, 1],
        open=[[True, True, True, False], [True, True, True, True]],
        levels=[],
    )
)
def test_choice_left_to_the_order_is_said_whatever_flow_was_found(transport: Transport) -> None:
    """Shared groups are named exactly where another optimal flow has the same totals."""
    found = best_flow(transport)
    settled = settle(transport, found)
    best = totals(transport, found.people)
    numbers = received(transport, settled.people)
    alike = [
        people
        for people in every_flow(transport)
        if totals(transport, people) == best and received(transport, people) == numbers
    ]
    assert bool(settled.shared) == (len(alike) > 1)


def test_wrong_answer_is_not_proved() -> None:
    with pytest.raises(FlowNotProved):
        network.proved([1], [1, 1, 1], [[-5, -9, 0]], [{0: 1}, {}, {}], [0, 0, 0])


WEIGHTS = (Fraction(1), Fraction(3), Fraction(0), Fraction(2), Fraction(5), Fraction(1, 2))


def weigh(columns: tuple[int, ...]) -> Mapping[int, Fraction]:
    return {column: WEIGHTS[column % len(WEIGHTS)] for column in columns}


def whole(
    targets: Mapping[int, Fraction], least: Mapping[int, int], most: Mapping[int, int]
) -> Mapping[int, int]:
    total = sum(targets.values(), Fraction(0))
    if not total:
        return dict.fromkeys(targets, 0)
    names = {str(column): column for column in targets}
    made = apportion(
        {name: targets[column] / total for name, column in names.items()},
        int(total),
        at_most={name: most[column] for name, column in names.items()},
        at_least={name: least[column] for name, column in names.items()},
    )
    return {names[name]: number for name, number in made.people.items()}


def settle(transport: Transport, flow: Flow) -> Balanced:
    return balanced(flow, transport.places, range(len(transport.places)), weigh, whole)


def burden(transport: Transport, received: Mapping[int, Fraction | int]) -> tuple[Fraction, ...]:
    """People² / key over states the key counts; people in states it does not count come first."""
    without = [c for c in range(len(transport.places)) if not weigh((c,))[c]]
    return (
        Fraction(sum(received[c] for c in without)),
        sum(
            (
                Fraction(received[c]) ** 2 / weigh((c,))[c]
                for c in range(len(transport.places))
                if c not in without
            ),
            Fraction(0),
        ),
    )


def received(transport: Transport, people: tuple[dict[int, int], ...]) -> dict[int, int]:
    last = len(transport.places)
    return {column: sum(row.get(column, 0) for row in people) for column in range(last)}


@settings(max_examples=80, deadline=None)
@given(transports(most=3, people=3))
def test_no_optimal_flow_is_closer_to_the_key_and_all_lead_to_the_same(
    transport: Transport,
) -> None:
    found = best_flow(transport)
    settled = settle(transport, found)
    best = totals(transport, found.people)
    assert totals(transport, settled.people) == best
    for people in every_flow(transport):
        if totals(transport, people) == best:
            exact = burden(transport, settled.targets)
            assert exact <= burden(transport, received(transport, people))
            assert settle(transport, replace(found, people=people)) == settled


@settings(max_examples=80, deadline=None)
@given(transports(most=5, people=40))
def test_exact_targets_can_be_reached_by_whole_people_in_a_larger_crisis(
    transport: Transport,
) -> None:
    settled = settle(transport, best_flow(transport))
    scale = lcm(*(target.denominator for target in settled.targets.values()))
    larger = replace(
        transport,
        people=[number * scale for number in transport.people],
        places=[number * scale for number in transport.places],
    )
    again = settle(larger, best_flow(larger))
    assert again.targets == {c: target * scale for c, target in settled.targets.items()}
    assert again.bent == ()
    assert received(larger, again.people) == {
        c: target * scale for c, target in settled.targets.items() if c < len(transport.places)
    }


@settings(max_examples=100, deadline=None)
@given(transports(most=8, people=500))
def test_compiled_and_exact_solver_lead_to_the_same_people(transport: Transport) -> None:
    exact = settle(transport, best_flow(transport, fast=False))
    assert settle(transport, best_flow(transport, fast=True)) == exact


@settings(max_examples=60, deadline=None)
@given(transports(most=8, people=500))
def test_whole_people_stay_within_one_of_the_target_unless_said(transport: Transport) -> None:
    settled = settle(transport, best_flow(transport))
    people = received(transport, settled.people)
    for column, number in people.items():
        assert abs(number - settled.targets[column]) < 1 or column in settled.bent


def test_two_cohorts_share_three_states_as_evenly_as_their_choices_allow() -> None:
    transport = Transport(
        people=[90, 10],
        places=[100, 100, 100],
        open=[[True, True, False], [False, True, True]],
        levels=[],
    )
    found = balanced(
        best_flow(transport),
        transport.places,
        (0, 1, 2),
        lambda c: dict.fromkeys(c, Fraction(1)),
        whole,
    )
    assert found.targets == {0: 45, 1: 45, 2: 10, 3: 0}
    assert found.people == ({0: 45, 1: 45}, {2: 10})


def stays(people: tuple[dict[int, int], ...], present: list[dict[int, int]]) -> int:
    return sum(
        min(number, present[row].get(column, 0))
        for row, cells in enumerate(people)
        for column, number in cells.items()
    )


@settings(max_examples=80, deadline=None)
@given(transports(most=3, people=3), st.data())
def test_no_flow_with_the_same_numbers_lets_more_people_stay(
    transport: Transport, data: st.DataObject
) -> None:
    columns = st.integers(0, len(transport.places) - 1)
    present = [
        data.draw(st.dictionaries(columns, st.integers(1, 3), max_size=2)) for _ in transport.people
    ]
    order = range(len(transport.places))
    found = best_flow(transport)
    settled = balanced(found, transport.places, order, weigh, whole, present=present)
    best, numbers = totals(transport, found.people), received(transport, settled.people)
    assert totals(transport, settled.people) == best
    assert numbers == received(transport, settle(transport, found).people)
    for people in every_flow(transport):
        if totals(transport, people) == best:
            other = replace(found, people=people)
            again = balanced(other, transport.places, order, weigh, whole, present=present)
            assert again == settled
            if received(transport, people) == numbers:
                assert stays(people, present) <= stays(settled.people, present)


def test_without_numba_large_questions_are_solved_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    size = 150
    transport = Transport(
        people=[7 + row % 5 for row in range(size)],
        places=[6 + column % 4 for column in range(size)],
        open=[[(row * column) % 3 > 0 for column in range(size)] for row in range(size)],
        levels=[[[(row + 3 * column) % 7 for column in range(size)] for row in range(size)]],
    )
    assert transport.size > network.LARGE
    with_numba = settle(transport, best_flow(transport))
    monkeypatch.delattr("commonhaven.allocation.flow.kernel")
    monkeypatch.setitem(sys.modules, "commonhaven.allocation.flow.kernel", None)
    assert network.compiled() is None
    assert settle(transport, best_flow(transport)) == with_numba
    with pytest.raises(Problem, match="numba is not installed"):
        best_flow(transport, fast=True)
