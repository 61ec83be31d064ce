"""What holds for every plan, and what a charter's terms change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from commonhaven.allocation.registry import rules
from commonhaven.charter import Charter, Limit
from commonhaven.charter import load as load_charter
from commonhaven.parties.figures import reference
from commonhaven.reading import Problem, dump
from commonhaven.regime import Plan, WithFacts, compute
from commonhaven.regime.trace import dangling
from commonhaven.situations import Capacity, CommonCost, Situation, UnitCost
from commonhaven.situations import load as load_situation

PlanOf = Callable[..., Plan]
SOURCE = WithFacts(reference())


def west_africa() -> Charter:
    return load_charter("west-africa")


def liberia() -> Situation:
    return load_situation("liberia-1990")


def with_terms(charter: Charter, **terms: object) -> Charter:
    return replace(charter, responsibility=replace(charter.responsibility, **terms))


def test_nobody_is_lost(plan: Plan) -> None:
    result = plan.result
    assert result.placed + result.unplaced + sum(result.outside.values()) == result.people
    assert result.people == plan.inputs.situation.people
    for cohort in result.cohorts:
        assert sum(cohort.placed.values()) + cohort.unplaced == cohort.people
        assert sum(cohort.stranded.values()) == cohort.unplaced
    assert sum(part.placed for part in result.states) == result.placed


def test_nobody_is_sent_to_the_country_fled_from(plan: Plan) -> None:
    origins = {
        c.id: c.origin or plan.inputs.situation.origin for c in plan.inputs.situation.cohorts
    }
    for cohort in plan.result.cohorts:
        assert origins[cohort.id] not in cohort.placed
        assert not set(cohort.placed) & set(cohort.excluded)


def test_nobody_is_placed_below_the_security_floor(plan: Plan) -> None:
    floor = plan.inputs.charter.responsibility.security_floor
    security = {line.id: line.value for line in plan.trace if line.id.endswith(".security")}
    for cohort in plan.result.cohorts:
        for state in cohort.placed:
            assert security[f"score.{cohort.id}.{state}.security"] >= floor


def test_capacity_is_respected(plan: Plan) -> None:
    for part in plan.result.states:
        assert part.capacity is None or part.placed <= part.capacity


def test_money_adds_up_to_the_cent(plan: Plan) -> None:
    bills = [part.money for part in plan.result.states if part.money]
    shortfall = next(line.value for line in plan.trace if line.id == "fund.call")
    assert sum(bill.net for bill in bills) + shortfall == plan.result.common_cost
    assert sum(bill.gross for bill in bills) + shortfall == plan.result.total_cost
    assert all(bill.net == bill.gross - bill.cost for bill in bills)
    assert sum((bill.scale for bill in bills), Fraction(0)) == 1


def test_every_line_of_the_trace_rests_on_lines_that_are_there(plan: Plan) -> None:
    assert dangling(plan.trace) == ()
    ids = [line.id for line in plan.trace]
    assert len(ids) == len(set(ids))


def test_every_number_of_a_state_has_a_line(plan: Plan) -> None:
    lines = {line.id: line.value for line in plan.trace}
    for part in plan.result.states:
        if part.money:
            assert lines[f"costs.{part.state}.net"] == part.money.net
            assert lines[f"costs.{part.state}.people"] == part.placed
        if part.residual_places:
            assert lines[f"residual.{part.state}.places"] == part.residual_places


def test_people_move_or_stay(plan: Plan) -> None:
    for part in plan.result.states:
        assert part.placed == part.stay + part.arrive
        assert part.present == part.stay + part.leave + part.unplaced


def test_nobody_is_moved_from_the_outer_core_into_the_region(plan: Plan) -> None:
    for part in plan.result.states:
        if part.tier != "inner core":
            assert (part.present, part.leave) == (0, 0)


def test_the_unplaced_are_counted_where_they_are_in_people_and_in_money() -> None:
    charter = west_africa()
    limits = tuple(
        Limit(state=member.state, at_most=0, decision="Meeting of the group, decision 3")
        for member in charter.members
        if member.state != "GIN"
    )
    plan = compute(with_terms(charter, limits=limits), liberia(), SOURCE)
    assert plan.result.unplaced == sum(part.unplaced for part in plan.result.states) > 0
    ivory = plan.state("CIV")
    assert ivory is not None
    assert ivory.money is not None
    assert (ivory.placed, ivory.unplaced > 0) == (0, True)
    assert ivory.money.people == ivory.unplaced
    assert any("have no place" in note for note in plan.result.notes)


def test_a_state_without_a_scale_figure_is_neither_assessed_nor_paid() -> None:
    charter = west_africa()
    joined = replace(charter.members[-1], state="XKX", tier="inner core")
    plan = compute(replace(charter, members=(*charter.members, joined)), liberia(), SOURCE)
    kosovo = plan.state("XKX")
    assert kosovo is not None
    assert kosovo.money is None
    assert any("Neither assessed nor paid" in note and "XKX" in note for note in plan.result.notes)


def test_a_later_scale_figure_stands_in_and_says_so(plan_of: PlanOf) -> None:
    plan = plan_of("west-africa", "liberia-1990")
    swiss = next(
        figure
        for figure in plan.inputs.figures
        if (figure.state, figure.indicator) == ("CHE", "un_scale_percent")
    )
    assert swiss.stand_in
    assert swiss.period > 1990


def test_turkey_is_not_bound_towards_people_from_outside_europe(plan_of: PlanOf) -> None:
    plan = plan_of("middle-east", "syria-2013")
    figures = {figure.cite: figure.value for figure in plan.inputs.figures}
    assert figures["figure:TUR/treaty/convention-1951/SYR"] == 0
    assert figures["figure:EGY/treaty/convention-1951/SYR"] == 1


def test_every_number_of_people_in_the_bill_rests_on_the_placement(plan: Plan) -> None:
    lines = {line.id: line for line in plan.trace}
    for part in plan.result.states:
        if part.money and part.money.people:
            assert lines[f"costs.{part.state}.people"].uses


def test_the_same_plan_twice_whatever_was_computed_between(plan_of: PlanOf) -> None:
    first = dump(compute(west_africa(), liberia(), SOURCE))
    plan_of("eu", "ukraine-2022")
    assert dump(compute(west_africa(), liberia(), SOURCE)) == first


def test_money_changes_nothing_in_the_placement(plan_of: PlanOf) -> None:
    dear = replace(
        liberia(),
        unit_costs=(UnitCost(state="*", amount=Fraction(99999), source="unhcr-rdf"),),
        common_costs=(CommonCost(name="air bridge", amount=Fraction(10**9), source="unhcr-rdf"),),
    )
    other = compute(west_africa(), dear, SOURCE)
    plan = plan_of("west-africa", "liberia-1990")
    assert [part.placed for part in other.result.states] == [
        part.placed for part in plan.result.states
    ]
    assert other.result.cohorts == plan.result.cohorts
    assert other.result.common_cost == Decimal("1000000000.00")


def test_a_cost_in_another_currency_is_refused() -> None:
    euro = UnitCost(state="*", amount=Fraction(10), currency="EUR", source="unhcr-rdf")
    with pytest.raises(Problem, match="a unit cost is in EUR"):
        compute(west_africa(), replace(liberia(), unit_costs=(euro,)), SOURCE)


def test_a_declared_capacity_goes_before_the_default() -> None:
    declared = Capacity(state="GHA", people=1000, source="unhcr-rdf")
    plan = compute(west_africa(), replace(liberia(), capacities=(declared,)), SOURCE)
    part = plan.state("GHA")
    assert part is not None
    assert (part.capacity, part.placed, part.capacity_source) == (1000, 1000, "declared: unhcr-rdf")


def test_a_decision_goes_before_a_declaration() -> None:
    limit = Limit(state="GHA", at_most=10, decision="Meeting of the group, decision 1")
    plan = compute(with_terms(west_africa(), limits=(limit,)), liberia(), SOURCE)
    part = plan.state("GHA")
    assert part is not None
    assert (part.capacity, part.placed) == (10, 10)
    assert part.capacity_source == "by decision: Meeting of the group, decision 1"


def test_an_exempt_state_receives_nobody_and_the_reason_is_kept() -> None:
    limit = Limit(state="CIV", exempt=True, decision="Meeting of the group, decision 2")
    plan = compute(with_terms(west_africa(), limits=(limit,)), liberia(), SOURCE)
    part = plan.state("CIV")
    assert part is not None
    assert part.placed == 0
    assert all(c.excluded["CIV"] == "It is exempt by decision." for c in plan.result.cohorts)


def test_unplaced_people_are_shown_where_they_are() -> None:
    charter = with_terms(west_africa(), capacity_per_1000=Fraction(0))
    plan = compute(charter, liberia(), SOURCE)
    assert (plan.result.placed, plan.result.unplaced) == (0, 735616)
    stranded: dict[str, int] = {}
    for cohort in plan.result.cohorts:
        for state, people in cohort.stranded.items():
            stranded[state] = stranded.get(state, 0) + people
    assert stranded["GIN"] == 325000
    assert stranded["CIV"] == 271831


def test_people_outside_the_group_stay_where_they_are() -> None:
    charter = west_africa()
    without = replace(
        charter, members=tuple(member for member in charter.members if member.state != "GIN")
    )
    plan = compute(without, liberia(), SOURCE)
    assert plan.result.outside == {"GBR": 16, "GIN": 325000, "ITA": 7, "USA": 48}
    assert plan.result.in_question == 735687 - 325071


def test_a_contributor_takes_part_in_its_own_situation_only() -> None:
    charter = west_africa()
    joined = replace(charter.members[-1], state="BRA", tier="situation-specific contributor",
                     situation="togo-1993")  # fmt: skip
    charter = replace(charter, members=(*charter.members, joined))
    assert compute(charter, liberia(), SOURCE).state("BRA") is None
    assert compute(charter, load_situation("togo-1993"), SOURCE).state("BRA") is not None


def test_a_charter_binds_from_its_day() -> None:
    with pytest.raises(Problem, match="in force from 2026-01-01"):
        compute(west_africa(), liberia(), SOURCE, on=date(2025, 12, 31))
    plan = compute(west_africa(), liberia(), SOURCE, on=date(2026, 6, 1))
    assert plan.result.members_on == date(2026, 6, 1)
    assert plan.result.figures_on == date(1990, 12, 31)


NEEDS_MORE = {"bovens-bartsch", "eu-1995", "koenigstein"}
"""Rules that ask for figures which do not ship: vacancies, credits, tax revenue."""


@pytest.mark.parametrize("name", sorted(set(rules()) - NEEDS_MORE))
def test_every_rule_places_the_people_of_ukraine(name: str, plan_of: PlanOf) -> None:
    plan = plan_of("eu", "ukraine-2022", name)
    assert plan.result.placed + plan.result.unplaced == plan.result.in_question == 3819635
    assert dangling(plan.trace) == ()


@pytest.mark.parametrize("name", sorted(NEEDS_MORE))
def test_a_rule_without_its_figures_says_what_it_needs(name: str, plan_of: PlanOf) -> None:
    with pytest.raises(Problem, match="needs"):
        plan_of("eu", "ukraine-2022", name)
