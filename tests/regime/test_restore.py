"""A plan read back from its text is the plan, and its answer alone says the same."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from commonhaven.reading import Problem
from commonhaven.regime import Plan, answer, explain, plan_text
from commonhaven.regime.restore import answer_restored, restored

ANSWER = ("Who protects whom", "Who pays what", "Permanent places")


def test_what_was_read_back_is_written_the_same(plan: Plan) -> None:
    text = plan_text(plan)
    assert plan_text(restored(text)) == text


def test_answer_is_the_plan_without_working_and_figures(plan: Plan) -> None:
    without = replace(plan, trace=(), inputs=replace(plan.inputs, figures=()))
    assert plan_text(answer_restored(plan_text(plan))) == plan_text(without)


def test_answer_says_of_each_state_what_the_whole_plan_says(plan: Plan) -> None:
    short = answer_restored(plan_text(plan))
    for part in plan.result.states:
        whole = dict(explain(plan, part.state).sections)
        assert answer(short, part.state) == tuple(
            sentence for name in ANSWER for sentence in whole.get(name, ())
        )


@pytest.mark.parametrize("read", [restored, answer_restored])
@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ('"format": "commonhaven plan 1"', '"format": "another"'),
        ('"currency": "', '"currency": "", "currency": "'),
        ('"in_question": ', '"in_question": true, "was": '),
        ('"members_on": ', '"was": '),
        ('"total_cost": "', '"total_cost": "x'),
    ],
)
def test_text_that_is_no_plan_is_refused(
    plan_of: Callable[..., Plan], read: Callable[[str], Plan], written: str, instead: str
) -> None:
    text = plan_text(plan_of("west-africa", "togo-1993"))
    assert written in text
    with pytest.raises(Problem, match=r"not a plan|this is not a"):
        read(text.replace(written, instead, 1))
