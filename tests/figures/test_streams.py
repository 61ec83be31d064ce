"""Nobody and no cent is lost between the nodes of a flow."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from commonhaven.figures.streams import (
    COMMON,
    MOVING,
    NO_PLACE,
    NOT_COVERED,
    SHARED,
    Stream,
    of_money,
    of_people,
    shortfall,
)
from commonhaven.regime import Plan
from commonhaven.regime.plan import CohortPart


def ends(streams: tuple[Stream, ...], side: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for stream in streams:
        found[getattr(stream, side)] += stream.amount  # type: ignore[assignment]
    return found


def check_people(plan: Plan) -> None:
    streams = of_people(plan)
    into, out_of = ends(streams, "end"), ends(streams, "start")
    assert into.pop(MOVING, 0) == out_of.pop(MOVING, 0)
    assert into.pop(NO_PLACE, 0) == plan.result.unplaced
    parts = plan.result.states
    assert dict(into) == {part.state: part.placed for part in parts if part.placed}
    assert dict(out_of) == {part.state: part.present for part in parts if part.present}
    assert sum(into.values()) == plan.result.placed
    stay = {s.start: s.amount for s in streams if s.kind == "stays"}
    assert stay == {part.state: part.stay for part in parts if part.stay}


def test_people_add_up_to_the_plan(plan: Plan) -> None:
    check_people(plan)


def test_people_without_a_place_have_their_own_node(crowded: Plan) -> None:
    check_people(crowded)
    lacking = {s.start: s.amount for s in of_people(crowded) if s.end == NO_PLACE}
    assert lacking == {p.state: p.unplaced for p in crowded.result.states if p.unplaced}


def flow_of(
    plan: Plan, placed: dict[str, int], present: dict[str, int]
) -> dict[tuple[str, str], int]:
    """The flow of a plan with one cohort, placed so."""
    situation = plan.inputs.situation
    cohort = replace(situation.cohorts[0], id="one", present=present)
    part = CohortPart(
        id="one", people=sum(present.values()), special_needs=0, placed=placed, unplaced=0,
        excluded={},
    )  # fmt: skip
    made = replace(
        plan,
        inputs=replace(plan.inputs, situation=replace(situation, cohorts=(cohort,))),
        result=replace(plan.result, cohorts=(part,), outside={}),
    )
    return {(s.start, s.end): int(s.amount) for s in of_people(made)}


def test_one_state_that_people_leave_gives_pairs(liberia: Plan) -> None:
    found = flow_of(liberia, {"GIN": 60, "GHA": 30, "CAN": 10}, {"GIN": 100})
    assert found == {("GIN", "GIN"): 60, ("GIN", "GHA"): 30, ("GIN", "CAN"): 10}


def test_one_state_that_people_go_to_gives_pairs(liberia: Plan) -> None:
    found = flow_of(liberia, {"GHA": 100}, {"GIN": 60, "CIV": 40})
    assert found == {("GIN", "GHA"): 60, ("CIV", "GHA"): 40}


def test_several_to_several_makes_no_pairs_up(liberia: Plan) -> None:
    found = flow_of(liberia, {"GHA": 70, "CAN": 30}, {"GIN": 60, "CIV": 40})
    assert found == {
        ("GIN", MOVING): 60,
        ("CIV", MOVING): 40,
        (MOVING, "GHA"): 70,
        (MOVING, "CAN"): 30,
    }


def test_money_adds_up_to_the_cent(plan: Plan) -> None:
    streams = of_money(plan)
    paid = ends(streams, "start")
    received = ends(streams, "end")
    assert paid.pop(SHARED) == received.pop(SHARED)
    nets = {part.state: part.money.net for part in plan.result.states if part.money}
    assert {s: n for s, n in paid.items() if s != NOT_COVERED} == {
        state: net for state, net in nets.items() if net > 0
    }
    assert {s: n for s, n in received.items() if s != COMMON} == {
        state: -net for state, net in nets.items() if net < 0
    }


def test_what_nobody_may_be_asked_for_is_not_covered(liberia: Plan) -> None:
    result = liberia.result
    poorer = tuple(
        replace(part, money=replace(part.money, net=part.money.net - Decimal(7)))
        if part.state == "JPN" and part.money
        else part
        for part in result.states
    )
    less = replace(liberia, result=replace(result, states=poorer, common_cost=Decimal(5)))
    assert shortfall(less) == Decimal(12)
    streams = of_money(less)
    assert Stream(start=NOT_COVERED, end=SHARED, amount=Decimal(12), kind="pays") in streams
    assert Stream(start=SHARED, end=COMMON, amount=Decimal(5), kind="receives") in streams
    assert ends(streams, "start")[SHARED] == ends(streams, "end")[SHARED]
