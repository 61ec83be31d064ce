"""What an order settles is said: no rule lets it decide in silence."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonhaven.allocation import Cohort, Host, Placement, Question, Rule, Scores
from commonhaven.allocation.axioms import broken, everyone_is_placed_who_can_be
from commonhaven.allocation.corrective import corrective
from commonhaven.allocation.criteria.hathaway_neve import HATHAWAY_NEVE
from commonhaven.allocation.dublin_iv import DUBLIN_IV
from commonhaven.allocation.least_cost import ATHERTON
from commonhaven.allocation.quota_market import MORAGA_RAPOPORT

RULES = (HATHAWAY_NEVE, DUBLIN_IV, ATHERTON, MORAGA_RAPOPORT)
STATES = ("AAA", "BBB", "CCC", "DDD")
half = Fraction(1, 2)
SAFE = Scores(security=Fraction(4, 5), functional=half, cultural=half, proximity=half)


def host(state: str, size: int = 1, **given: object) -> Host:
    figures = {name: Fraction(size) for name in ("population", "gdp", "land_area_km2")}
    return Host(state=state, **{"tier": "inner core", "figures": figures, **given})


def cohort(name: str, people: int, *states: str, **given: object) -> Cohort:
    scores = dict.fromkeys(states, SAFE)
    return Cohort(id=name, origin="OOO", people=people, scores=scores, **given)


def asked(*parts: Host | Cohort, order: tuple[str, ...] = ()) -> Question:
    return Question(
        hosts=tuple(part for part in parts if isinstance(part, Host)),
        cohorts=tuple(part for part in parts if isinstance(part, Cohort)),
        security_floor=Fraction(3, 5),
        tie_order=order,
    )


def placed(rule: Rule, question: Question) -> Placement:
    assert rule.place is not None
    return rule.place(question, rule.settings({}))


@st.composite
def questions(draw: st.DrawFn) -> Question:
    states = STATES[: draw(st.integers(2, 4))]
    places = st.none() | st.integers(0, 8)
    tiers = st.sampled_from(("inner core", "outer core"))
    cohorts = []
    for number in range(draw(st.integers(1, 3))):
        people = draw(st.integers(0, 9))
        cohorts.append(
            cohort(
                f"c{number}",
                people,
                *draw(st.sets(st.sampled_from(states), min_size=1)),
                special_needs=draw(st.integers(0, people)),
                present=draw(st.dictionaries(st.sampled_from(states), st.integers(0, 6))),
            )
        )
    hosts = [
        host(state, draw(st.integers(1, 3)), capacity=draw(places), tier=draw(tiers))
        for state in states
    ]
    return asked(*hosts, *cohorts, order=tuple(draw(st.permutations(states))))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@settings(max_examples=150, deadline=None)
@given(question=questions())
def test_another_order_of_states_changes_nothing_unsaid(rule: Rule, question: Question) -> None:
    found = placed(rule, question)
    turned = placed(rule, replace(question, tie_order=question.tie_order[::-1]))
    if (found.people, found.unplaced) != (turned.people, turned.unplaced):
        assert found.ties or any("the declared order of states" in said for said in found.notes)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@settings(max_examples=80, deadline=None)
@given(question=questions())
def test_another_order_of_cohorts_changes_nothing_unsaid(rule: Rule, question: Question) -> None:
    found = placed(rule, question)
    names = {each.id: f"z{9 - number}" for number, each in enumerate(question.cohorts)}
    turned = placed(
        rule,
        replace(question, cohorts=tuple(replace(c, id=names[c.id]) for c in question.cohorts)),
    )
    same = all(
        (found.people[old], found.unplaced[old]) == (turned.people[new], turned.unplaced[new])
        for old, new in names.items()
    )
    assert same or found.ties or any("the alphabet" in said for said in found.notes)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
@settings(max_examples=80, deadline=None)
@given(question=questions())
def test_everyone_is_placed_who_can_be(rule: Rule, question: Question) -> None:
    found = placed(rule, question)
    assert broken(question, found) == ()
    assert everyone_is_placed_who_can_be(question, found)


def test_traded_numbers_report_their_ties() -> None:
    parts = (host("AAA"), host("BBB"), cohort("c", 3, "AAA", "BBB"))
    found = placed(MORAGA_RAPOPORT, asked(*parts, order=("BBB", "AAA")))
    assert found.people == {"c": {"AAA": 1, "BBB": 2}}
    assert [(tie.settled_for, tie.by) for tie in found.ties] == [
        (("BBB",), "the declared order of states")
    ]
    plain = placed(MORAGA_RAPOPORT, asked(*parts))
    assert plain.people == {"c": {"AAA": 2, "BBB": 1}}
    assert [tie.by for tie in plain.ties] == ["the alphabet"]


def test_corrective_takes_an_order_and_reports_ties() -> None:
    shares = dict.fromkeys(("AAA", "BBB", "CCC"), Fraction(1, 3))
    loads = {"AAA": 90, "BBB": 0, "CCC": 0}
    plain, turned = corrective(loads, shares, 5), corrective(loads, shares, 5, order=("CCC",))
    assert (plain.people["BBB"], turned.people["BBB"]) == (3, 2)
    assert [tie.settled_for for tie in (*plain.ties, *turned.ties)] == [("BBB",), ("CCC",)]
    out = corrective(loads, shares, 5, opted_out=("BBB",))
    assert out.people["CCC"] == 5
    assert [tie.what for tie in out.ties] == [
        "the last places by largest remainder, had nobody opted out"
    ]


def test_who_stays_under_the_trigger_is_said_where_the_alphabet_settled_it() -> None:
    there = {"present": {"AAA": 3}}
    found = placed(
        DUBLIN_IV,
        asked(
            host("AAA", capacity=3),
            host("BBB"),
            cohort("x", 3, "AAA", "BBB", **there),
            cohort("y", 3, "AAA", "BBB", **there),
        ),
    )
    assert found.people == {"x": {"AAA": 2, "BBB": 1}, "y": {"AAA": 1, "BBB": 2}}
    assert (
        "x, y had an equal claim to the last places of those who stay in AAA; x got them, by the "
        "alphabet of cohorts."
    ) in found.notes


@pytest.mark.parametrize("rule", [HATHAWAY_NEVE, ATHERTON], ids=lambda rule: rule.id)
def test_who_has_no_place_is_said_where_the_alphabet_settled_it(rule: Rule) -> None:
    found = placed(
        rule, asked(host("AAA", capacity=3), cohort("x", 3, "AAA"), cohort("y", 3, "AAA"))
    )
    assert found.people["x"] == {"AAA": 3}
    assert (
        "x, y could change places between AAA and the unplaced without loss on any criterion; the "
        "alphabet settled who goes where."
    ) in found.notes
