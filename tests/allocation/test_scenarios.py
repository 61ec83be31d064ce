"""Scenarios of cost: exact, behind the gate, and never for a charter to choose."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.allocation import Cohort, Host, KeyUndefined, Question, Rule, Scores
from commonhaven.allocation.dublin_iv import DUBLIN_IV
from commonhaven.allocation.least_cost import ATHERTON
from commonhaven.allocation.quota_market import MORAGA_RAPOPORT, Cost, market
from commonhaven.reading import Problem

SAFE = Scores(
    security=Fraction(1), functional=Fraction(0), cultural=Fraction(0), proximity=Fraction(0)
)
UNSAFE = Scores(
    security=Fraction(0), functional=Fraction(1), cultural=Fraction(1), proximity=Fraction(1)
)


def host(state: str, capacity: int | None = None, **figures: object) -> Host:
    numbers = {name: Fraction(str(value)) for name, value in figures.items()}
    return Host(state=state, tier="inner core", figures=numbers, capacity=capacity)


def people(rule: Rule, *hosts: Host, number: int, unsafe: str = "") -> dict[str, int]:
    scores = {h.state: UNSAFE if h.state == unsafe else SAFE for h in hosts}
    cohort = Cohort(id="all", origin="OOO", people=number, scores=scores)
    question = Question(hosts=hosts, cohorts=(cohort,), security_floor=Fraction(3, 5))
    assert rule.place is not None
    found = rule.place(question, rule.settings({}))
    assert rule.warning in ("", *found.notes)
    return dict(found.people["all"])


@pytest.mark.parametrize("rule", [ATHERTON, MORAGA_RAPOPORT])
def test_rule_of_cost_is_a_scenario_with_a_warning(rule: Rule) -> None:
    assert rule.kind == "scenario"
    assert "No charter may adopt" in rule.warning or "no charter may adopt" in rule.warning


def test_least_relative_cost_fills_the_richest_state_per_head_first() -> None:
    rich, middle = host("RRR", 30, population=1, gdp=9), host("MMM", 50, population=1, gdp=5)
    poor = host("PPP", None, population=1, gdp=1)
    assert people(ATHERTON, rich, middle, poor, number=100) == {"MMM": 50, "PPP": 20, "RRR": 30}


def test_least_relative_cost_takes_a_given_index_and_shares_alike_where_equal() -> None:
    hosts = (host("AAA", relative_cost="0.3"), host("BBB", relative_cost="0.3"))
    assert people(ATHERTON, *hosts, host("CCC", relative_cost="1/3"), number=10) == {
        "AAA": 5,
        "BBB": 5,
    }


def test_least_relative_cost_never_sends_anyone_behind_the_gate() -> None:
    cheap, dear = host("AAA", relative_cost="0.01"), host("BBB", relative_cost=9)
    assert people(ATHERTON, cheap, dear, number=7, unsafe="AAA") == {"BBB": 7}


def test_least_relative_cost_names_the_figure_that_is_missing() -> None:
    with pytest.raises(KeyUndefined, match="atherton needs gdp for AAA"):
        people(ATHERTON, host("AAA", population=1), number=1)


def test_market_with_costs_by_gdp_lets_all_host_alike_for_their_gdp() -> None:
    one = host("AAA", population=9, gdp=1, land_area_km2=9)
    three = host("BBB", population=1, gdp=3, land_area_km2=1)
    assert people(MORAGA_RAPOPORT, one, three, number=40) == {"AAA": 10, "BBB": 30}


def test_market_refuses_costs_that_do_not_rise() -> None:
    with pytest.raises(Problem, match="the cost must rise"):
        market({"AAA": Cost(first=Fraction(1), rise=Fraction(0))}, {"AAA": Fraction(1)})


amounts = st.fractions(0, 50, max_denominator=8)
rises = st.fractions(Fraction(1, 8), 10, max_denominator=8)


@given(st.lists(st.tuples(amounts, rises, amounts), min_size=1, max_size=5))
def test_market_ends_where_no_trade_gains(
    states: list[tuple[Fraction, Fraction, Fraction]],
) -> None:
    costs = {f"S{n}": Cost(first=first, rise=rise) for n, (first, rise, _) in enumerate(states)}
    quotas = {f"S{n}": quota for n, (_, _, quota) in enumerate(states)}
    found = market(costs, quotas)
    assert sum(found.payments.values()) == 0
    assert sum(found.people.values()) == sum(quotas.values())
    for state, number in found.people.items():
        marginal = costs[state].first + costs[state].rise * number
        assert marginal == found.price if number else marginal >= found.price
        after = costs[state].of(number) + found.payments[state]
        assert after <= costs[state].of(quotas[state])


@pytest.mark.parametrize("rule", [ATHERTON, MORAGA_RAPOPORT, DUBLIN_IV], ids=lambda rule: rule.id)
def test_no_figure_is_asked_of_a_state_that_nobody_may_enter(rule: Rule) -> None:
    full = host("AAA", population=1, gdp=1, land_area_km2=1)
    assert people(rule, full, host("OOO"), number=4) == {"AAA": 4}
    assert people(rule, full, replace(host("BBB"), takes_part=False), number=4) == {"AAA": 4}
    assert people(rule, full, host("BBB"), number=4, unsafe="BBB") == {"AAA": 4}


@pytest.mark.parametrize("rule", [ATHERTON, MORAGA_RAPOPORT, DUBLIN_IV], ids=lambda rule: rule.id)
def test_missing_figure_of_a_state_that_is_open_is_asked_for(rule: Rule) -> None:
    with pytest.raises(KeyUndefined) as raised:
        people(rule, host("AAA", population=1, gdp=1, land_area_km2=1), host("BBB"), number=4)
    assert raised.value.fix == "Give the figure."
    assert "tie_break_key" not in {parameter.name for parameter in rule.parameters}
