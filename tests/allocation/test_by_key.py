"""Keys as placements: gates, capacities, several cohorts, decisions."""

from dataclasses import replace
from fractions import Fraction

import pytest

from commonhaven.allocation import Cohort, Host, Placement, Question, Rule, Scores
from commonhaven.allocation.by_key import OPEN, place
from commonhaven.allocation.registry import rule
from commonhaven.reading import Problem

GOOD = Scores(
    security=Fraction(4, 5),
    functional=Fraction(1, 2),
    cultural=Fraction(1, 2),
    proximity=Fraction(1, 2),
)


def host(state: str, population: int, **given: object) -> Host:
    return Host(
        state=state, tier="inner core", figures={"population": Fraction(population)}, **given
    )


def cohort(name: str, people: int, *states: str, origin: str = "ZZZ") -> Cohort:
    return Cohort(id=name, origin=origin, people=people, scores=dict.fromkeys(states, GOOD))


def ask(hosts: list[Host], *cohorts: Cohort, **given: object) -> Question:
    return Question(hosts=tuple(hosts), cohorts=cohorts, security_floor=Fraction(3, 5), **given)


def placed(question: Question, name: str = "population") -> Placement:
    chosen = rule(name)
    return place(question, chosen, chosen.settings({}))


TWO = ("AAA", "BBB")
THREE = [host("AAA", 1), host("BBB", 2), host("CCC", 3)]


def test_one_cohort_by_population() -> None:
    found = placed(ask(THREE, cohort("all", 60, "AAA", "BBB", "CCC")))
    assert found.people == {"all": {"AAA": 10, "BBB": 20, "CCC": 30}}
    assert found.targets == {"AAA": 10, "BBB": 20, "CCC": 30}
    assert (found.unplaced, found.ties, found.notes) == ({"all": 0}, (), ())


def test_key_is_computed_over_the_states_that_the_gate_leaves_open() -> None:
    question = ask(THREE, cohort("all", 60, "AAA", "BBB", "CCC", origin="CCC"))
    found = placed(question)
    assert found.people == {"all": {"AAA": 20, "BBB": 40}}
    assert found.excluded == {"all": {"CCC": "It is the country fled from."}}


def test_full_state_passes_on_what_it_cannot_take() -> None:
    hosts = [host("AAA", 1), host("BBB", 2), host("CCC", 3, capacity=15)]
    found = placed(ask(hosts, cohort("all", 60, "AAA", "BBB", "CCC")))
    assert found.people == {"all": {"AAA": 15, "BBB": 30, "CCC": 15}}


def test_nobody_is_lost_where_there_is_no_room() -> None:
    hosts = [host("AAA", 1, capacity=5), host("BBB", 2, capacity=7)]
    found = placed(ask(hosts, cohort("all", 60, "AAA", "BBB")))
    assert (found.people, found.unplaced) == ({"all": {"AAA": 5, "BBB": 7}}, {"all": 48})


def test_nobody_eligible_leaves_everyone_unplaced() -> None:
    found = placed(ask(THREE, cohort("all", 60)))
    assert (found.people, found.unplaced) == ({"all": {}}, {"all": 60})


def test_cohort_that_can_go_elsewhere_makes_room() -> None:
    hosts = [host("AAA", 1, capacity=10), host("BBB", 1, capacity=10)]
    question = ask(hosts, cohort("anywhere", 10, "AAA", "BBB"), cohort("bound", 10, "AAA"))
    found = placed(question)
    assert found.people == {"anywhere": {"BBB": 10}, "bound": {"AAA": 10}}


def test_cohorts_are_rounded_together() -> None:
    cohorts = [cohort(f"c{n}", 1, "AAA", "BBB") for n in range(10)]
    found = placed(ask([host("AAA", 4), host("BBB", 6)], *cohorts))
    assert found.received() == {"AAA": 4, "BBB": 6}


def test_tie_is_settled_by_the_declared_order_and_reported() -> None:
    question = ask(
        [host("AAA", 1), host("BBB", 1)], cohort("all", 3, "AAA", "BBB"), tie_order=("BBB", "AAA")
    )
    found = placed(question)
    assert found.people == {"all": {"AAA": 1, "BBB": 2}}
    assert [(tie.states, tie.settled_for) for tie in found.ties] == [(("BBB", "AAA"), ("BBB",))]


def test_floor_is_kept() -> None:
    hosts = [host("AAA", 1, at_least=20), host("BBB", 2), host("CCC", 3)]
    found = placed(ask(hosts, cohort("all", 60, "AAA", "BBB", "CCC")))
    assert found.people == {"all": {"AAA": 20, "BBB": 16, "CCC": 24}}


def test_floors_beyond_the_people_are_lowered_and_said() -> None:
    hosts = [host("AAA", 1, at_least=60), host("BBB", 2, at_least=30)]
    found = placed(ask(hosts, cohort("all", 30, "AAA", "BBB")))
    assert found.people == {"all": {"AAA": 20, "BBB": 10}}
    assert found.notes[0] == (
        "The floors ask for 90 people and there are 30: they are lowered in proportion."
    )


def test_floor_of_a_state_behind_the_gate_is_said() -> None:
    hosts = [host("AAA", 1, at_least=5), host("BBB", 2)]
    found = placed(ask(hosts, cohort("all", 30, "BBB")))
    assert found.notes == ("AAA: its floor of 5 is not applied, since nobody can be placed there.",)


def test_deduction_stays_a_declared_shortfall() -> None:
    hosts = [host("AAA", 1), host("BBB", 2, deduction=8)]
    found = placed(ask(hosts, cohort("all", 30, "AAA", "BBB")))
    assert (found.people, found.unplaced) == ({"all": {"AAA": 10, "BBB": 12}}, {"all": 8})
    assert found.notes == (
        "BBB: 8 people are deducted by decision; no other state takes them over, so they are "
        "unplaced.",
    )


def test_deduction_is_passed_on_where_the_parameter_says_so() -> None:
    hosts = [
        Host(
            state=state,
            tier="inner core",
            figures={"population": Fraction(1), "gdp": Fraction(1)},
            deduction=deduction,
        )
        for state, deduction in [("AAA", 0), ("BBB", 5)]
    ]
    question = ask(hosts, cohort("all", 30, "AAA", "BBB"))
    ammr = rule("ammr-2024")
    found = place(question, ammr, ammr.settings({"reassign_deductions": "yes"}))
    assert (found.people, found.unplaced) == ({"all": {"AAA": 20, "BBB": 10}}, {"all": 0})


def test_credit_counts_people_already_hosted() -> None:
    hosts = [host("AAA", 1, hosted=60), host("BBB", 1)]
    question = ask(hosts, cohort("all", 100, "AAA", "BBB"))
    assert placed(question).people == {"all": {"AAA": 50, "BBB": 50}}
    credited = placed(replace(question, credit_hosted=True))
    assert credited.people == {"all": {"AAA": 20, "BBB": 80}}


@pytest.mark.parametrize("method", ["ceiling", "nearest"])
def test_rounding_that_does_not_add_up_gives_obligations_and_is_said(method: str) -> None:
    hosts = [host(state, 1) for state in ("AAA", "BBB", "CCC")]
    found = placed(ask(hosts, cohort("all", 100, "AAA", "BBB", "CCC"), rounding=method))
    assert sum(found.received().values()) == 100
    asked = {"ceiling": 102, "nearest": 99}[method]
    assert found.notes == (
        f"Rounded by the method {method}, the states' numbers add up to {asked} for 100 people; "
        "they are obligations. The people themselves are placed by largest-remainder.",
    )


def test_state_without_a_share_receives_nobody() -> None:
    hosts = [host("AAA", 0), host("BBB", 2, capacity=10)]
    found = placed(ask(hosts, cohort("all", 30, "AAA", "BBB")))
    assert (found.people, found.unplaced) == ({"all": {"BBB": 10}}, {"all": 20})


def test_working_of_several_keys_keeps_ids_apart() -> None:
    found = placed(ask(THREE, cohort("here", 6, "AAA", "BBB"), cohort("there", 6, "BBB", "CCC")))
    lines = {line.id: line for line in found.working}
    assert len(lines) == len(found.working)
    assert lines["placement.population.BBB.target"].uses == (
        "cohort.here.people",
        "cohort.there.people",
        "pool.here.key.population.BBB.share",
        "pool.there.key.population.BBB.share",
    )
    assert lines["placement.population.BBB.target"].value == 4 + Fraction(12, 5)


def test_scale_of_money_places_nobody() -> None:
    scale = Rule(
        id="payers",
        title="Who pays",
        kind="scale",
        principle="x",
        value_judgement="x",
        source="A test",
        standing="our proposal",
        shares=rule("gdp").shares,
    )
    with pytest.raises(Problem, match="payers shares money, not people"):
        place(ask(THREE), scale, {})


def test_cohorts_with_equal_claims_are_seated_in_the_declared_order() -> None:
    cohorts = [cohort("first", 1, "AAA", "BBB"), cohort("second", 1, "AAA", "BBB")]
    question = ask([host("AAA", 1), host("BBB", 1)], *cohorts, tie_order=("BBB", "AAA"))
    assert placed(question).people == {"first": {"BBB": 1}, "second": {"AAA": 1}}
    turned = replace(question, tie_order=("AAA", "BBB"))
    assert placed(turned).people == {"first": {"AAA": 1}, "second": {"BBB": 1}}


def test_floors_that_tie_are_lowered_in_the_declared_order() -> None:
    hosts = [host("AAA", 1, at_least=1), host("BBB", 1, at_least=1)]
    found = placed(ask(hosts, cohort("all", 1, "AAA", "BBB"), tie_order=("BBB", "AAA")))
    assert found.people == {"all": {"BBB": 1}}
    assert found.ties[0].settled_for == ("BBB",)


def test_places_too_few_are_shared_in_proportion_between_cohorts() -> None:
    found = placed(ask([host("AAA", 1, capacity=6)], cohort("x", 6, "AAA"), cohort("y", 3, "AAA")))
    assert (found.people, found.unplaced) == ({"x": {"AAA": 4}, "y": {"AAA": 2}}, {"x": 2, "y": 1})
    assert found.notes == ()


def test_cohorts_that_compete_for_room_share_it_though_other_states_are_open_to_them() -> None:
    hosts = [host("AAA", 1, capacity=6), host("BBB", 1, capacity=0), host("CCC", 1, capacity=0)]
    question = ask(hosts, cohort("x", 6, "AAA", "BBB"), cohort("y", 6, "AAA", "CCC"))
    assert placed(question).unplaced == {"x": 3, "y": 3}


def test_equal_claims_of_cohorts_to_the_last_place_are_said() -> None:
    found = placed(ask([host("AAA", 1, capacity=1)], cohort("x", 1, "AAA"), cohort("y", 1, "AAA")))
    assert found.unplaced == {"x": 0, "y": 1}
    assert found.notes == (
        "The cohorts x, y have an equal claim to 1 place; the alphabet of their names settled it "
        "for x.",
    )


def test_order_of_cohorts_and_hosts_decides_nothing() -> None:
    hosts = [host("AAA", 1, capacity=3), host("BBB", 2), host("CCC", 3, capacity=2)]
    cohorts = [cohort("x", 6, "AAA", "CCC"), cohort("y", 5, "AAA", "BBB"), cohort("z", 4, "CCC")]
    turned = ask(hosts[::-1], *cohorts[::-1])
    assert placed(turned) == placed(ask(hosts, *cohorts))


def test_room_that_one_cohort_cannot_use_is_a_tie_between_equal_states() -> None:
    hosts = [host("AAA", 1, capacity=3), host("BBB", 1), host("CCC", 1)]
    question = ask(hosts, cohort("x", 6, "AAA"), cohort("y", 3, "BBB", "CCC"))
    found = placed(replace(question, tie_order=("CCC", "BBB", "AAA")))
    assert found.people == {"x": {"AAA": 3}, "y": {"BBB": 1, "CCC": 2}}
    assert [(tie.states, tie.settled_for) for tie in found.ties] == [(("CCC", "BBB"), ("CCC",))]


def test_tie_without_a_declared_order_is_settled_by_the_alphabet() -> None:
    (tie,) = placed(ask([host("AAA", 1), host("BBB", 1)], cohort("x", 1, "AAA", "BBB"))).ties
    assert tie.by == "the alphabet"


def test_deduction_of_one_of_two_equal_cohorts_is_said() -> None:
    question = ask([host("AAA", 1, deduction=1)], cohort("x", 1, "AAA"), cohort("y", 1, "AAA"))
    found = placed(question)
    assert found.unplaced == {"x": 1, "y": 0}
    assert found.notes[1] == (
        "The cohorts x, y have an equal claim to 1 place; the alphabet of their names settled it "
        "for x."
    )


def test_which_of_two_equal_cohorts_goes_where_is_said() -> None:
    cohorts = [cohort("x", 1, "AAA", "BBB"), cohort("y", 1, "AAA", "BBB")]
    assert placed(ask([host("AAA", 1), host("BBB", 1)], *cohorts)).notes == (OPEN,)
    alone = [cohort("x", 1, "AAA"), cohort("y", 1, "AAA", "BBB")]
    assert placed(ask([host("AAA", 3), host("BBB", 1)], *alone)).notes == ()


@pytest.mark.parametrize(
    ("first", "second", "people", "unplaced"),
    [
        # Owes 100, 30 off, room for 60: 10 of the 70 go to the other; the 30 are short, once.
        ({"capacity": 60, "deduction": 30}, {}, {"AAA": 60, "BBB": 110}, 30),
        ({"deduction": 10}, {"capacity": 60}, {"AAA": 130, "BBB": 60}, 10),
        ({"capacity": 60, "deduction": 30}, {"capacity": 60}, {"AAA": 60, "BBB": 60}, 80),
        ({"deduction": 80, "at_least": 90}, {}, {"AAA": 20, "BBB": 100}, 80),
        ({"deduction": 500}, {}, {"BBB": 100}, 100),
    ],
)
def test_deduction_comes_off_what_is_owed_before_the_ceiling(
    first: dict[str, int], second: dict[str, int], people: dict[str, int], unplaced: int
) -> None:
    question = ask([host("AAA", 1, **first), host("BBB", 1, **second)], cohort("x", 200, *TWO))
    found = placed(question)
    assert (found.people, found.unplaced) == ({"x": people}, {"x": unplaced})


def test_ceiling_of_the_key_holds_over_all_cohorts_and_after_overflow() -> None:
    figures = {"land_area_km2": Fraction(50000), "population": Fraction(100)}
    hosts = [Host(state=s, tier="inner core", figures=figures) for s in ("AAA", "BBB", "CCC")]
    question = ask(hosts, cohort("x", 100, "AAA", "BBB"), cohort("y", 100, "AAA", "CCC"))
    chimni = rule("chimni")
    found = place(question, chimni, chimni.settings({"ceiling": 60}))
    assert found.received() == {"AAA": 60, "BBB": 60, "CCC": 60}
    assert found.unplaced == {"x": 10, "y": 10}
    assert found.notes[-1] == (
        "The key's ceiling of 60 people a state is reached by AAA, BBB, CCC."
    )
    small = replace(question, hosts=(replace(hosts[0], capacity=5), *hosts[1:]))
    found = place(small, chimni, chimni.settings({"ceiling": 70}))
    assert found.received() == {"AAA": 5, "BBB": 70, "CCC": 70}
    assert sum(found.unplaced.values()) == 55


def test_obligations_stand_beside_the_people_placed() -> None:
    hosts = [host(state, 1) for state in ("AAA", "BBB", "CCC")]
    question = ask(hosts, cohort("all", 100, "AAA", "BBB", "CCC"), rounding="ceiling")
    lines = {line.id: line for line in placed(question).working}
    assert [lines[f"obligation.{s}"].value for s in ("AAA", "BBB", "CCC")] == [34, 34, 34]
    assert lines["obligation.AAA"].uses == ("placement.population.AAA.target",)
    assert "obligation.AAA" in lines["placement.population.AAA.people"].uses
