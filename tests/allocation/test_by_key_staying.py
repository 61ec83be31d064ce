"""Under a key the states' numbers are settled first; within them as few people as possible move."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from commonhaven.allocation import Cohort, Host, Question, Scores
from commonhaven.allocation.by_key import place
from commonhaven.allocation.registry import rule

SAFE = Scores(
    security=Fraction(1), functional=Fraction(1), cultural=Fraction(1), proximity=Fraction(1)
)
STATES = ("AAA", "BBB", "CCC", "DDD")
PRESENT = st.dictionaries(st.sampled_from(STATES), st.integers(1, 400), min_size=1)
SIZES = st.lists(st.integers(1, 1000), min_size=4, max_size=4)


def asked(present: list[dict[str, int]], sizes: list[int]) -> Question:
    return Question(
        hosts=tuple(
            Host(state=state, tier="inner core", figures={"population": Fraction(size)})
            for state, size in zip(STATES, sizes, strict=True)
        ),
        cohorts=tuple(
            Cohort(
                id=f"cohort-{number}",
                origin="ZZZ",
                people=sum(there.values()),
                scores=dict.fromkeys(STATES, SAFE),
                present=there,
            )
            for number, there in enumerate(present)
        ),
        security_floor=Fraction(3, 5),
    )


@settings(max_examples=150, deadline=None)
@given(present=st.lists(PRESENT, min_size=1, max_size=4), sizes=SIZES)
def test_as_many_stay_as_the_numbers_allow(present: list[dict[str, int]], sizes: list[int]) -> None:
    question = asked(present, sizes)
    placement = place(question, rule("population"), {})
    numbers = placement.received()
    stay = sum(
        min(there.get(state, 0), placement.people[f"cohort-{number}"].get(state, 0))
        for number, there in enumerate(present)
        for state in STATES
    )
    here = {state: sum(there.get(state, 0) for there in present) for state in STATES}
    assert sum(numbers.values()) == question.people
    # Where every state is open to everybody, each can keep all it has, up to its number.
    assert stay == sum(min(here[state], numbers.get(state, 0)) for state in STATES)


@settings(max_examples=50, deadline=None)
@given(present=st.lists(PRESENT, min_size=1, max_size=4), sizes=SIZES)
def test_where_people_are_does_not_change_the_numbers(
    present: list[dict[str, int]], sizes: list[int]
) -> None:
    question = asked(present, sizes)
    elsewhere = [{"AAA": sum(there.values())} for there in present]
    other = asked(elsewhere, sizes)
    key = rule("population")
    assert place(question, key, {}).received() == place(other, key, {}).received()
