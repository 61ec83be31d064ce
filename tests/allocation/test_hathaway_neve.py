"""The rule of Hathaway and Neve: held to its steps, done by hand, and to what it promises."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonhaven.allocation import Cohort, Host, Placement, Question, Rule, Scores
from commonhaven.allocation.axioms import everyone_is_placed_who_can_be
from commonhaven.allocation.capacity import fill
from commonhaven.allocation.criteria.bands import band, edge_distance, separated_by
from commonhaven.allocation.criteria.hathaway_neve import HATHAWAY_NEVE
from commonhaven.allocation.criteria.wishes import wished
from commonhaven.allocation.gate import eligible
from commonhaven.allocation.registry import rules
from commonhaven.allocation.rounding import apportion
from commonhaven.allocation.tie_break import KEYS
from commonhaven.reading import Problem
from commonhaven.working import Line

FLOOR = Fraction(3, 5)
STATES = ("AAA", "BBB", "CCC", "DDD", "EEE")
TIERS = ("inner core", "outer core", "situation-specific contributor")
tenths = st.integers(0, 20).map(lambda number: Fraction(number, 20))
scores = st.builds(
    Scores,
    security=st.integers(8, 20).map(lambda number: Fraction(number, 20)),
    functional=tenths,
    cultural=tenths,
    proximity=tenths,
)


@st.composite
def hosts(draw: st.DrawFn, state: str) -> Host:
    names = ("population", "gdp", "land_area_km2")
    return Host(
        state=state,
        tier=draw(st.sampled_from(TIERS)),
        figures={name: Fraction(draw(st.integers(1, 50))) for name in names},
        capacity=draw(st.none() | st.integers(0, 40)),
    )


@st.composite
def questions(draw: st.DrawFn, cohorts: int = 3) -> Question:
    states = STATES[: draw(st.integers(1, 5))]
    asked = []
    for number in range(draw(st.integers(1, cohorts))):
        people = draw(st.integers(0, 60))
        asked.append(
            Cohort(
                id=f"cohort-{number}",
                origin="OOO",
                people=people,
                scores={state: draw(scores) for state in states if draw(st.integers(0, 9))},
                special_needs=draw(st.integers(0, people)) if draw(st.booleans()) else 0,
                wishes={state: Fraction(1, len(states) + 1) for state in states[::2]},
                asked=draw(st.sampled_from([0, 29, 30])),
            )
        )
    return Question(
        hosts=tuple(draw(hosts(state)) for state in states),
        cohorts=tuple(asked),
        security_floor=FLOOR,
        tie_order=tuple(draw(st.permutations(states))),
    )


def placed(question: Question, **given: object) -> Placement:
    assert HATHAWAY_NEVE.place is not None
    return HATHAWAY_NEVE.place(question, HATHAWAY_NEVE.settings(given))


def shares(hosts: list[Host]) -> Mapping[str, Fraction]:
    key = KEYS["population-gdp-area"]
    return key.key({host.state: host.figures for host in hosts}, key.settings({}), 0).shares


def by_hand(question: Question) -> tuple[dict[str, int], int]:
    """Steps 4 and 5 for one cohort without special needs: class by class, the key within each."""
    (cohort,) = question.cohorts
    open_to = eligible(question)[cohort.id]
    hosts = {host.state: host for host in question.hosts if host.state in open_to}
    region = any(host.tier == "inner core" for host in hosts.values())
    moved = wished(cohort, frozenset(h.state for h in question.hosts), Fraction(1, 4), 30)
    classes: dict[tuple[int, ...], list[Host]] = {}
    for state, host in hosts.items():
        mine = moved[state]
        bands = (mine.security, mine.functional, mine.cultural, mine.proximity)
        outside = region and host.tier != "inner core"
        rank = (outside, *(-min(9, floor(score * 10)) for score in bands))
        if host.capacity != 0:
            classes.setdefault(rank, []).append(host)
    people: dict[str, int] = {}
    left = cohort.people
    for rank in sorted(classes):
        key = shares(classes[rank])
        room = {h.state: cohort.people if h.capacity is None else h.capacity for h in classes[rank]}
        now = min(left, sum(room.values()))
        targets = fill(key, now, room).targets
        if now:
            exact = {state: target / now for state, target in targets.items()}
            made = apportion(exact, now, order=question.tie_order, at_most=room)
            people |= {state: number for state, number in made.people.items() if number}
        left -= now
    return dict(sorted(people.items())), left


@settings(max_examples=150, deadline=None)
@given(questions(cohorts=1))
def test_one_cohort_is_placed_as_by_hand(question: Question) -> None:
    plain = replace(question, cohorts=(replace(question.cohorts[0], special_needs=0),))
    found = placed(plain)
    assert (found.people["cohort-0"], found.unplaced["cohort-0"]) == by_hand(plain)


@settings(max_examples=150, deadline=None)
@given(questions())
def test_nobody_is_lost_and_no_gate_or_capacity_is_passed(question: Question) -> None:
    found = placed(question)
    open_to = eligible(question)
    for cohort in question.cohorts:
        assert sum(found.people[cohort.id].values()) + found.unplaced[cohort.id] == cohort.people
        assert set(found.people[cohort.id]) <= set(open_to[cohort.id])
    received = found.received()
    for host in question.hosts:
        assert host.capacity is None or received.get(host.state, 0) <= host.capacity
    assert sum(found.targets.values()) == sum(received.values())


@settings(max_examples=100, deadline=None)
@given(questions())
def test_nobody_stays_without_a_place_while_an_eligible_one_is_free(question: Question) -> None:
    """However the cohorts compete, and whoever has special needs (Gale's bound)."""
    found = placed(question)
    received = found.received()
    free = [
        h for h in question.hosts if h.capacity is None or received.get(h.state, 0) < h.capacity
    ]
    for cohort, states in eligible(question).items():
        assert not found.unplaced[cohort] or not {host.state for host in free} & set(states)
    assert everyone_is_placed_who_can_be(question, found)


def in_outer_core(found: Placement) -> int:
    return sum(
        int(line.value)
        for line in found.working
        if line.id.endswith(".special-needs") and isinstance(line.value, int)
    )


def divisions(people: int, states: tuple[str, ...]) -> Iterator[dict[str, int]]:
    """Every way to send people to states or, under the empty name, nowhere."""
    if not states:
        yield {"": people}
        return
    for number in range(people + 1):
        for rest in divisions(people - number, states[1:]):
            yield {**rest, states[0]: number}


def most_by_trying_all(question: Question) -> tuple[int, int]:
    """People placed, and of them people with special needs in the outer core."""
    open_to = eligible(question)
    outer = {host.state for host in question.hosts if host.tier == "outer core"}
    room = {host.state: host.capacity for host in question.hosts}
    groups = [
        (number, open_to[cohort.id], special)
        for cohort in question.cohorts
        for number, special in (
            (cohort.special_needs, True),
            (cohort.people - cohort.special_needs, False),
        )
    ]
    best = (0, 0)
    for each in product(*(divisions(number, states) for number, states, _ in groups)):
        totals = {state: sum(part.get(state, 0) for part in each) for state in room}
        if all(limit is None or totals[state] <= limit for state, limit in room.items()):
            special = sum(
                part.get(state, 0)
                for part, (_, _, apart) in zip(each, groups, strict=True)
                for state in outer
                if apart
            )
            best = max(best, (sum(totals.values()), special))
    return best


@settings(max_examples=60, deadline=None)
@given(questions(cohorts=2), st.lists(st.integers(0, 3), min_size=7, max_size=7))
def test_as_many_as_possible_are_placed_then_special_needs_in_the_outer_core(
    question: Question, sizes: list[int]
) -> None:
    """Against every placement there is, for a few people."""
    few = replace(
        question,
        hosts=tuple(
            replace(host, capacity=None if size == 3 else size)
            for host, size in zip(question.hosts[:3], sizes, strict=False)
        ),
        cohorts=tuple(
            replace(cohort, people=size, special_needs=min(size, special))
            for cohort, size, special in zip(question.cohorts, sizes[3:], sizes[5:], strict=False)
        ),
    )
    found = placed(few)
    both = (sum(found.received().values()), in_outer_core(found))
    assert both == most_by_trying_all(few)


def test_special_needs_do_not_take_the_only_place_others_have() -> None:
    safe = Scores(security=FLOOR, functional=FLOOR, cultural=FLOOR, proximity=FLOOR)
    question = Question(
        hosts=(
            Host(state="INN", tier="inner core", figures={}),
            Host(state="OUT", tier="outer core", figures={}, capacity=10),
        ),
        cohorts=(
            Cohort(
                id="a", origin="O", people=10, special_needs=10, scores={"INN": safe, "OUT": safe}
            ),
            Cohort(id="b", origin="O", people=10, scores={"OUT": safe}),
        ),
        security_floor=FLOOR,
    )
    found = placed(question)
    assert found.people == {"a": {"INN": 10}, "b": {"OUT": 10}}
    assert found.notes[0] == (
        "10 people of a with special needs are not in the outer core: no more fit there without "
        "leaving somebody else without a place, or others with special needs giving way. They "
        "count with the others."
    )


@settings(max_examples=100, deadline=None)
@given(questions(), st.permutations(STATES))
def test_names_of_states_do_not_matter(question: Question, names: list[str]) -> None:
    new = dict(zip(STATES, (name.lower() for name in names), strict=True))
    renamed = replace(
        question,
        hosts=tuple(replace(host, state=new[host.state]) for host in question.hosts),
        cohorts=tuple(
            replace(
                cohort,
                scores={new[state]: score for state, score in cohort.scores.items()},
                wishes={new[state]: wish for state, wish in cohort.wishes.items()},
            )
            for cohort in question.cohorts
        ),
        tie_order=tuple(new[state] for state in question.tie_order),
    )
    before, after = placed(question), placed(renamed)
    assert after.people == {
        cohort: {new[state]: number for state, number in cells.items()}
        for cohort, cells in before.people.items()
    }
    assert after.unplaced == before.unplaced


@settings(max_examples=60, deadline=None)
@given(questions())
def test_order_of_the_question_does_not_matter(question: Question) -> None:
    turned = replace(question, hosts=question.hosts[::-1], cohorts=question.cohorts[::-1])
    assert placed(turned) == placed(question)


@settings(max_examples=100, deadline=None)
@given(questions(cohorts=1), st.data())
def test_more_security_never_costs_a_state_people_of_a_single_cohort(
    question: Question, data: st.DataObject
) -> None:
    (cohort,) = question.cohorts
    plain = replace(cohort, special_needs=0)
    if plain.scores:
        state = data.draw(st.sampled_from(sorted(plain.scores)))
        safer = replace(plain.scores[state], security=Fraction(1))
        better = replace(plain, scores={**plain.scores, state: safer})
        before = placed(replace(question, cohorts=(plain,))).received().get(state, 0)
        after = placed(replace(question, cohorts=(better,))).received().get(state, 0)
        assert after >= before


@settings(max_examples=60, deadline=None)
@given(questions(cohorts=1))
def test_size_of_states_of_different_classes_does_not_matter_while_there_is_room(
    question: Question,
) -> None:
    (cohort,) = question.cohorts
    roomy = replace(
        question,
        hosts=tuple(replace(host, capacity=None, tier="inner core") for host in question.hosts),
        cohorts=(replace(cohort, special_needs=0),),
    )
    found = placed(roomy)
    classes = {line.id: line.value for line in found.working if line.id.endswith(".class")}
    ranked = {id_.split(".")[2]: value for id_, value in classes.items()}
    for one, other in zip(roomy.hosts, roomy.hosts[1:], strict=False):
        if ranked.get(one.state, "-") != ranked.get(other.state, "--"):
            swapped = {one.state: other.figures, other.state: one.figures}
            again = replace(
                roomy,
                hosts=tuple(
                    replace(host, figures=swapped.get(host.state, host.figures))
                    for host in roomy.hosts
                ),
            )
            alone = sum(1 for value in ranked.values() if value == max(ranked.values())) == 1
            if alone:
                assert placed(again).people == found.people


@settings(max_examples=60, deadline=None)
@given(questions())
def test_security_floor_holds_under_every_setting(question: Question) -> None:
    found = placed(question, band_width="1", wish_weight="1", wish_least_asked="1")
    for cohort in question.cohorts:
        for state in found.people[cohort.id]:
            assert cohort.scores[state].security >= FLOOR


@settings(max_examples=60, deadline=None)
@given(questions())
def test_working_has_no_id_twice(question: Question) -> None:
    ids = [line.id for line in placed(question).working]
    assert len(ids) == len(set(ids))


def test_bands_are_exact_at_their_edges() -> None:
    width = Fraction("0.1")
    assert [band(Fraction(n, 10), width) for n in range(10)] == list(range(10))
    assert band(Fraction(1), width) == band(Fraction(19, 20), width) == 9
    assert edge_distance(Fraction(1), width) == width
    assert edge_distance(Fraction("0.74"), width) == Fraction("0.04")
    assert edge_distance(Fraction("0.76"), width) == Fraction("0.04")
    assert separated_by((9, 8, 8, 9), (9, 8, 7, 10)) == "cultural"


def one_state(**given: object) -> dict[str, Line]:
    scores = Scores(
        security=Fraction(1),
        functional=Fraction("0.74"),
        cultural=Fraction("0.55"),
        proximity=Fraction("0.35"),
    )
    cohort = Cohort(id="c", origin="OOO", people=3, scores={"AAA": scores})
    host = Host(state="AAA", tier="inner core", figures={})
    question = Question(hosts=(host,), cohorts=(cohort,), security_floor=FLOOR)
    return {line.id: line for line in placed(question, **given).working}


def test_class_can_be_redone_by_hand_from_its_line() -> None:
    lines = one_state(band_width="0.3", security_band_width="0.1")
    line = lines["hathaway-neve.c.AAA.class"]
    assert line.value == "9-2-1-1"
    assert line.formula == (
        "security min(floor(score / 0.1), 9); functional min(floor(score / 0.3), 3); "
        "cultural min(floor(score / 0.3), 3); proximity min(floor(score / 0.3), 3)"
    )
    for part, band_ in zip(line.formula.split("; "), str(line.value).split("-"), strict=True):
        name, width, top = re.fullmatch(
            r"(\w+) min\(floor\(score / ([\d.]+)\), (\d+)\)", part
        ).groups()
        score = {"security": "1", "functional": "0.74", "cultural": "0.55", "proximity": "0.35"}
        assert min(floor(Fraction(score[name]) / Fraction(width)), int(top)) == int(band_)


def test_class_line_says_so_where_wishes_moved_scores() -> None:
    for people, says in ((100, True), (0, False)):
        cohort = Cohort(
            id="c",
            origin="OOO",
            people=3,
            scores={
                "AAA": Scores(security=FLOOR, functional=FLOOR, cultural=FLOOR, proximity=FLOOR)
            },
            asked=people,
            wishes={"AAA": Fraction(1)},
        )
        host = Host(state="AAA", tier="inner core", figures={})
        found = placed(Question(hosts=(host,), cohorts=(cohort,), security_floor=FLOOR))
        line = next(line for line in found.working if line.id.endswith(".class"))
        assert ("wish_weight × wish / greatest wish" in line.formula) is says
        assert ("parameter:hathaway-neve/wish_weight" in line.uses) is says


def test_criterion_with_a_single_band_has_no_edge() -> None:
    assert one_state(security_band_width="1")["hathaway-neve.c.AAA.edge"].what.endswith(
        ": functional"
    )
    assert "hathaway-neve.c.AAA.edge" not in one_state(band_width="1", security_band_width="1")


def test_region_comes_before_security_by_default_and_the_rule_says_so() -> None:
    least = Scores(security=FLOOR, functional=FLOOR, cultural=FLOOR, proximity=FLOOR)
    hosts = (
        Host(state="INN", tier="inner core", figures={}),
        Host(state="OUT", tier="outer core", figures={}),
    )
    scores = {"INN": least, "OUT": replace(least, security=Fraction(1))}
    cohort = Cohort(id="a", origin="O", people=9, scores=scores)
    question = Question(hosts=hosts, cohorts=(cohort,), security_floor=FLOOR)
    assert placed(question).people == {"a": {"INN": 9}}
    assert placed(question, region_first="no").people == {"a": {"OUT": 9}}
    rule = HATHAWAY_NEVE
    assert "region_first" in rule.principle
    assert "region" in rule.value_judgement
    assert any("the region comes before security" in weakness for weakness in rule.weaknesses)


def test_wishes_that_are_no_parts_are_refused() -> None:
    cohort = Cohort(id="c", origin="OOO", people=1, scores={}, wishes={"AAA": Fraction(2)})
    with pytest.raises(Problem, match="the wishes are not parts of those asked"):
        wished(cohort, frozenset({"AAA"}), Fraction(1, 4), 30)


def test_every_key_that_breaks_ties_is_registered() -> None:
    known: Mapping[str, Rule] = rules()
    assert {name: known[name] for name in KEYS} == dict(KEYS)


def test_missing_figure_of_a_similarly_positioned_state_is_named() -> None:
    same = Scores(security=FLOOR, functional=FLOOR, cultural=FLOOR, proximity=FLOOR)
    question = Question(
        hosts=(
            Host(state="AAA", tier="inner core", figures={"population": Fraction(1)}),
            Host(state="BBB", tier="inner core", figures={}),
        ),
        cohorts=(Cohort(id="c", origin="OOO", people=5, scores={"AAA": same, "BBB": same}),),
        security_floor=FLOOR,
    )
    said = "the key population has to divide people between AAA, BBB"
    with pytest.raises(Problem, match=said) as raised:
        placed(question, tie_break_key="population")
    assert raised.value.fix == "Give the figure, or choose another tie_break_key."


def outer(state: str, population: int, **given: object) -> Host:
    figures = {"population": Fraction(population)}
    return Host(state=state, tier="outer core", figures=figures, **given)
