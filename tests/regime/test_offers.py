"""What holds for any talks: nobody is lost, nobody buys out, nothing is passed on in silence."""

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonhaven.charter import Limit, check
from commonhaven.parties.figures import reference
from commonhaven.reading import Problem, dump
from commonhaven.regime import Move, Round, WithFacts, read_moves, rounds
from commonhaven.regime.moves import standing
from commonhaven.regime.verify import verify_values

STATES = ("CIV", "GHA", "SEN", "DEU")
SOURCE = WithFacts(reference())
KINDS = Path(__file__).parents[1] / "cases_kinds" / "offers.py"


@cache
def cases() -> Any:
    spec = importlib.util.spec_from_file_location("talks_of_cases", KINDS)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ROOM = {"CIV": 300, "GHA": 300, "SEN": 200, "DEU": 50}


def talks(
    rule: str,
    moves: Sequence[Move],
    *,
    common: str = "8000",
    room: Mapping[str, int] = ROOM,
) -> tuple[Round, ...]:
    case = {
        "members": {s: "outer core" if s == "DEU" else "inner core" for s in STATES},
        "rule": rule,
        "present": {"CIV": 613, "GHA": 387},
        "capacities": room,
        "unit_cost": "101",
        "common_cost": common,
    }
    return rounds(cases().agreed(case), cases().crisis(case), SOURCE, moves)


def move(number: int, state: str, kind: str, size: int) -> Move:
    """A move of that kind; a withdrawal takes back the move with the number ``size``."""
    return Move(
        id=str(number),
        state=state,
        kind=kind,  # type: ignore[arg-type]
        people=size if kind in ("offer people", "deduction") else 0,
        money=Fraction(size, 4) if kind == "offer money" else Fraction(0),
        withdraws=str(size) if kind == "withdraw" else "",
        decision="Meeting 1, decision 2" if kind == "deduction" else "",
        reason="elections" if kind == "opt out" else "",
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[Move, ...]:
    """Moves that fit each other: those that do not are left out."""
    kinds = ["offer people", "offer money", "opt out", "deduction", "withdraw"]
    made: tuple[Move, ...] = ()
    for number in range(1, draw(st.integers(1, 6)) + 1):
        kind = draw(st.sampled_from(kinds))
        size = draw(st.integers(1, number if kind == "withdraw" else 700))
        longer = (*made, move(number, draw(st.sampled_from(STATES)), kind, size))
        try:
            standing(longer)
        except Problem:
            continue
        made = longer
    return made


RULES = ["equal", "population-gdp-area", "hathaway-neve", "ammr-2024"]
some = settings(max_examples=25, deadline=None)


@some
@given(st.sampled_from(RULES), histories())
def test_nobody_is_lost_and_nobody_is_sent_away_without_a_place(
    rule: str, moves: tuple[Move, ...]
) -> None:
    for one in talks(rule, moves):
        result = one.plan.result
        assert result.placed + result.unplaced == result.in_question == 1_000
        assert sum(part.people for part in one.states) == result.placed
        assert sum(p.leave for p in result.states) == sum(p.arrive for p in result.states)
        for part in result.states:
            assert part.present == part.stay + part.leave + part.unplaced
            assert min(part.stay, part.leave, part.unplaced) >= 0


@some
@given(st.sampled_from(RULES), histories())
def test_who_opts_out_receives_nobody_and_keeps_those_without_a_place(
    rule: str, moves: tuple[Move, ...]
) -> None:
    made = talks(rule, moves)
    for one, in_force in zip(made[1:], standing(moves), strict=True):
        for each in in_force:
            if each.kind == "opt out":
                part = one.plan.state(each.state)
                assert part is not None
                assert part.placed == 0
                assert part.unplaced == part.present - part.leave


@some
@given(st.sampled_from(RULES), histories())
def test_money_moves_nobody(rule: str, moves: tuple[Move, ...]) -> None:
    money = {each.id for each in moves if each.kind == "offer money"}
    rest = [each for each in moves if not {each.id, each.withdraws} & money]
    with_money, without = talks(rule, moves)[-1], talks(rule, rest)[-1]
    assert with_money.plan.manifest == without.plan.manifest


@some
@given(st.sampled_from(RULES), histories(), st.sampled_from(["0", "8000", "0.03"]))
def test_money_reconciles_to_the_cent(rule: str, moves: tuple[Move, ...], common: str) -> None:
    for one in talks(rule, moves, common=common):
        settled = one.settlement
        assert settled.offered == settled.gap + settled.relieved + settled.to_fund
        nets = sum((paid.net for paid in settled.states.values()), Decimal(0))
        pays = sum((paid.pays for paid in settled.states.values()), Decimal(0))
        assert pays == nets + settled.gap + settled.to_fund
        for paid in settled.states.values():
            assert paid.pays == paid.net + paid.offered - paid.relieved
            assert 0 <= paid.relieved <= max(Decimal(0), paid.net)
            assert not (paid.relieved and paid.offered)


@some
@given(
    st.sampled_from(["equal", "ammr-2024", "population-gdp-area"]),
    st.lists(st.tuples(st.sampled_from(STATES), st.integers(1, 400)), min_size=1, max_size=5),
)
def test_under_a_key_nobody_takes_over_what_is_deducted(
    rule: str, granted: list[tuple[str, int]]
) -> None:
    moves = [move(n, state, "deduction", size) for n, (state, size) in enumerate(granted, 1)]
    made = talks(rule, moves, room={})
    start = {part.state: part.people for part in made[0].states}
    less = {s: min(start[s], sum(n for state, n in granted if state == s)) for s in STATES}
    last = made[-1]
    assert {part.state: part.people for part in last.states} == {
        state: start[state] - less[state] for state in STATES
    }
    assert (last.deducted.unplaced, last.deducted.passed_on) == (sum(less.values()), {})
    assert last.plan.result.unplaced == sum(less.values())


@some
@given(st.sampled_from(RULES), histories())
def test_changes_are_those_between_the_plans(rule: str, moves: tuple[Move, ...]) -> None:
    made = talks(rule, moves)
    for before, one in pairwise(made):
        for state in STATES:
            now, last, first = one.state(state), before.state(state), made[0].state(state)
            assert now is not None
            assert last is not None
            assert first is not None
            assert now.people_change == now.people - last.people
            assert now.people_from_start == now.people - first.people
            assert now.pays_change == now.pays - last.pays
            assert now.pays_from_start == now.pays - first.pays
            changed = bool(now.people_change or now.pays_change)
            still = ("Nothing changes", "Its part does not change")
            assert changed != any(said in now.sentence for said in still)


@some
@given(st.sampled_from(RULES), histories())
def test_when_all_is_withdrawn_the_plan_is_the_first_again(
    rule: str, moves: tuple[Move, ...]
) -> None:
    left = standing(moves)[-1] if moves else ()
    back = [
        move(100 + number, each.state, "withdraw", int(each.id)) for number, each in enumerate(left)
    ]
    made = talks(rule, [*moves, *back])
    assert made[-1].plan == made[0].plan
    assert made[-1].in_force == ()


@some
@given(st.sampled_from(RULES), histories())
def test_every_round_s_plan_stands_by_itself(rule: str, moves: tuple[Move, ...]) -> None:
    """Its charter is one that the check lets pass, and computing it again gives the same."""
    plan = talks(rule, moves)[-1].plan
    errors = [f for f in check(plan.inputs.charter) if f.severity == "error"]
    assert errors == []
    held = dump(plan)
    assert isinstance(held, dict)
    assert verify_values(held, "plan").same


def test_a_deduction_that_is_passed_on_is_shown() -> None:
    one = talks("hathaway-neve", [move(1, "CIV", "deduction", 10)], common="0")[-1]
    less = one.deducted
    assert less.people == 10
    assert less.unplaced + sum(less.passed_on.values()) == 10
    assert any("10 people are deducted by decision" in note for note in one.notes)


def test_an_offer_behind_a_shut_gate_is_not_used_and_says_so() -> None:
    case = {
        "members": {"GHA": "inner core", "TGO": "inner core"},
        "rule": "hathaway-neve",
        "present": {"GHA": 100},
        "unit_cost": "100",
        "common_cost": "0",
    }
    crisis = cases().crisis(case)
    (cohort,) = crisis.cohorts
    unsafe = tuple(
        replace(each, security=Fraction(1, 4)) if each.state == "TGO" else each
        for each in cohort.assessed
    )
    crisis = replace(crisis, cohorts=(replace(cohort, assessed=unsafe),))
    made = rounds(cases().agreed(case), crisis, SOURCE, [move(1, "TGO", "offer people", 5)])
    assert any("The gate is shut: Its security" in note for note in made[-1].notes)
    assert made[-1].plan.result.placed == 100


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": " "}, "the move has no name"),
        ({"kind": "offer people"}, "offer people needs people"),
        ({"kind": "offer money"}, "offer money needs money"),
        ({"kind": "withdraw"}, "withdraw needs withdraws"),
        ({"kind": "deduction", "people": 5}, "no decision grants GHA a deduction: it is refused"),
        ({"kind": "deduction", "people": 5, "decision": " "}, "no decision grants GHA"),
        ({"kind": "opt out"}, "GHA opts out without a reason"),
        ({"kind": "offer people", "people": -1}, "the number is below zero"),
        ({"kind": "offer money", "money": Fraction(-1)}, "the number is below zero"),
        ({"kind": "offer money", "money": Fraction(1), "people": 3}, "people goes with"),
        ({"kind": "offers"}, '"offers" is no move. Known: deduction, offer money, offer people'),
    ],
)
def test_a_move_that_cannot_stand_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(Problem) as told:
        Move(**{"id": "1", "state": "GHA", "kind": "opt out", **changes})
    assert said in str(told.value)


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ([move(1, "GHA", "withdraw", 7)], "move 1: no move 7 is in force"),
        (
            [move(1, "GHA", "offer people", 5), move(2, "SEN", "withdraw", 1)],
            "SEN cannot withdraw a move of GHA",
        ),
        (
            [move(1, "GHA", "offer people", 5), move(1, "SEN", "offer people", 5)],
            "the name 1 comes twice",
        ),
        (
            [move(1, "GHA", "opt out", 1), move(2, "GHA", "offer people", 5)],
            "GHA cannot offer people while its move 1 (opt out) is in force",
        ),
        (
            [move(1, "GHA", "opt out", 1), move(2, "GHA", "deduction", 5)],
            "GHA cannot have a deduction while its move 1 (opt out) is in force",
        ),
        (
            [move(1, "GHA", "deduction", 5), move(2, "GHA", "opt out", 1)],
            "GHA cannot opt out while its move 1 (deduction) is in force",
        ),
        ([move(1, "FRA", "offer people", 5)], "FRA takes no part: it is not a member"),
        (
            [Move(id="1", state="GHA", kind="offer money", money=Fraction(1, 3))],
            "the offer is not a whole number of USD's smallest units",
        ),
        (
            [Move(id="1", state="GHA", kind="offer money", money=Fraction(1, 1000))],
            "the offer is not a whole number of USD's smallest units",
        ),
    ],
)
def test_moves_that_do_not_fit_are_refused(moves: list[Move], said: str) -> None:
    with pytest.raises(Problem) as told:
        talks("equal", moves)
    assert said in str(told.value)


def test_who_is_exempt_by_the_charter_may_pay_more_and_make_no_other_move() -> None:
    case = {
        "members": dict.fromkeys(STATES, "inner core"),
        "rule": "equal",
        "present": {"CIV": 600},
        "unit_cost": "100",
        "common_cost": "0",
    }
    agreed = cases().agreed(case)
    limit = Limit(state="SEN", exempt=True, decision="Meeting 1, decision 1")
    agreed = replace(agreed, responsibility=replace(agreed.responsibility, limits=(limit,)))
    crisis = cases().crisis(case)
    for kind in ("offer people", "deduction", "opt out"):
        with pytest.raises(Problem, match="SEN is exempt from the placement already"):
            rounds(agreed, crisis, SOURCE, [move(1, "SEN", kind, 5)])
    last = rounds(agreed, crisis, SOURCE, [move(1, "SEN", "offer money", 400)])[-1]
    assert last.settlement.offered == 100


def test_moves_are_read_from_a_table(tmp_path: Path) -> None:
    path = tmp_path / "moves.csv"
    path.write_text(
        "move,state,kind,people,money,withdraws,decision,reason\n"
        "a,Ghana,offer people,500,,,,\n"
        "b,CIV,offer money,,1250.50,,,\n"
        'c,SEN,deduction,20,,,"Meeting 3, decision 2",\n'
        "d,Ghana,withdraw,,,a,,\n",
        encoding="utf-8",
    )
    found = read_moves(path)
    assert [(m.id, m.state, m.kind, m.people, m.money, m.withdraws) for m in found] == [
        ("a", "GHA", "offer people", 500, 0, ""),
        ("b", "CIV", "offer money", 0, Fraction("1250.50"), ""),
        ("c", "SEN", "deduction", 20, 0, ""),
        ("d", "GHA", "withdraw", 0, 0, "a"),
    ]
    assert found[2].decision == "Meeting 3, decision 2"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("move,state\n1,GHA\n", "row 1: the column kind is missing"),
        ("move,state,kind,peple\n1,GHA,opt out,\n", "there is no column peple"),
        ("move,state,kind\n1,GHA,offer\n", 'row 2, column kind: "offer" is no move'),
        ("move,state,kind\n1,Atlantis,opt out\n", "row 2, column state"),
        ("move,state,kind,people\n1,GHA,offer people,0\n", "row 2, column people"),
        ("move,state,kind,people\n1,GHA,offer people,1.5\n", "row 2, column people"),
        ("move,state,kind,people\n1,GHA,deduction,5\n", "row 2: no decision grants GHA"),
    ],
)
def test_a_broken_table_of_moves_names_its_place(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "moves.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Problem) as told:
        read_moves(path)
    assert said in str(told.value)
