"""Dublin IV: relief above the trigger, by the key, and what opting out costs, apart."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonhaven.allocation import Cohort, Host, Placement, Question, Scores
from commonhaven.allocation.axioms import broken, everyone_is_placed_who_can_be
from commonhaven.allocation.corrective import corrective, opt_out_due
from commonhaven.allocation.dublin_iv import DUBLIN_IV
from commonhaven.reading import Problem

SAFE = Scores(
    security=Fraction(1), functional=Fraction(1), cultural=Fraction(1), proximity=Fraction(1)
)
UNSAFE = replace(SAFE, security=Fraction(1, 2))


def host(state: str, hosted: int, size: int = 1, **given: object) -> Host:
    figures = {"population": Fraction(size), "gdp": Fraction(size)}
    return Host(state=state, tier="inner core", figures=figures, hosted=hosted, **given)


def placed(*hosts: Host, present: dict[str, int], unsafe: tuple[str, ...] = ()) -> Placement:
    cohort = Cohort(
        id="all",
        origin="OOO",
        people=sum(present.values()),
        present=present,
        scores={h.state: UNSAFE if h.state in unsafe else SAFE for h in hosts},
    )
    question = Question(hosts=hosts, cohorts=(cohort,), security_floor=Fraction(3, 5))
    assert DUBLIN_IV.place is not None
    return DUBLIN_IV.place(question, DUBLIN_IV.settings({}))


def test_people_stay_where_no_state_is_above_the_trigger() -> None:
    found = placed(host("AAA", 0), host("BBB", 100), present={"AAA": 140, "BBB": 60})
    assert found.people == {"all": {"AAA": 140, "BBB": 60}}


def test_people_above_the_trigger_go_to_the_state_below_its_number() -> None:
    found = placed(host("AAA", 0), host("BBB", 0), present={"AAA": 200})
    assert found.people == {"all": {"AAA": 150, "BBB": 50}}
    assert found.notes == ("Relieved of people above the trigger: AAA.",)
    standing = {line.id: line.value for line in found.working}
    assert standing["dublin-iv.AAA.standing"] == "relieved"
    assert standing["dublin-iv.BBB.standing"] == "receives"


def test_people_hosted_already_count_in_the_load() -> None:
    found = placed(host("AAA", 800), host("BBB", 60, 1), present={"AAA": 100})
    assert found.people == {"all": {"BBB": 100}}


def test_nobody_stays_behind_the_gate_even_below_the_trigger() -> None:
    found = placed(host("AAA", 0), host("BBB", 0), present={"AAA": 10}, unsafe=("AAA",))
    assert found.people == {"all": {"BBB": 10}}


def test_people_for_whom_no_state_is_below_its_number_stay() -> None:
    found = placed(host("AAA", 0), host("BBB", 0, capacity=20), present={"AAA": 200})
    assert found.people == {"all": {"AAA": 180, "BBB": 20}}
    assert found.unplaced == {"all": 0}


def test_opting_out_of_a_group_one_is_not_in_is_refused() -> None:
    with pytest.raises(Problem, match="CCC opted out"):
        corrective({"AAA": 1}, {"AAA": Fraction(1)}, 1, opted_out=("CCC",))


@given(
    st.lists(st.integers(0, 500), min_size=2, max_size=5),
    st.integers(0, 300),
    st.sets(st.integers(0, 1)),
)
def test_nobody_is_lost_and_no_number_passed(loads: list[int], people: int, out: set[int]) -> None:
    named = {f"S{number}": load for number, load in enumerate(loads)}
    shares = {state: Fraction(1, len(named)) for state in named}
    opted_out = {f"S{number}" for number in out}
    found = corrective(named, shares, people, opted_out=opted_out)
    assert sum(found.people.values()) + found.remaining == people
    for state, number in found.people.items():
        assert number == 0 or named[state] + number < found.standings[state].reference + 1
        assert number == 0 or state not in opted_out
    assert all(opt_out_due(number) == 250_000 * number for number in found.instead.values())


states = st.sampled_from(("AAA", "BBB", "CCC"))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 90), st.none() | st.integers(0, 60)), min_size=3, max_size=3),
    st.lists(
        st.tuples(st.dictionaries(states, st.integers(0, 80)), st.sets(states)),
        min_size=1,
        max_size=3,
    ),
)
def test_everyone_is_placed_who_can_be(
    sizes: list[tuple[int, int | None]], groups: list[tuple[dict[str, int], set[str]]]
) -> None:
    hosts = tuple(
        host(state, hosted, size, capacity=capacity)
        for size, (state, (hosted, capacity)) in enumerate(
            zip(("AAA", "BBB", "CCC"), sizes, strict=True), 1
        )
    )
    cohorts = tuple(
        Cohort(
            id=f"c{number}",
            origin="OOO",
            people=sum(present.values()),
            present=present,
            scores={h.state: UNSAFE if h.state in unsafe else SAFE for h in hosts},
        )
        for number, (present, unsafe) in enumerate(groups)
    )
    question = Question(hosts=hosts, cohorts=cohorts, security_floor=Fraction(3, 5))
    assert DUBLIN_IV.place is not None
    found = DUBLIN_IV.place(question, DUBLIN_IV.settings({}))
    assert broken(question, found) == ()
    assert everyone_is_placed_who_can_be(question, found)
