"""Obligations add up to the plan, to the person, the place and the cent."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.charter import Charter
from commonhaven.charter import load as load_charter
from commonhaven.reading import Problem, months_after
from commonhaven.regime import Move, Obligation, Plan, obligations, settle, terms_of, terms_on
from commonhaven.regime.due import reviews
from commonhaven.regime.instalments import Flow, instalments

DECIDED = date(2026, 11, 25)
PlanOf = Callable[..., Plan]


def total(owed: Sequence[Obligation], *what: str) -> int | Decimal:
    return sum((one.quantity for one in owed if one.what in what), 0)


def test_people_and_places_are_those_of_the_plan(plan: Plan) -> None:
    owed = obligations(plan, decided=DECIDED)
    states = plan.result.states
    assert total(owed, "receive") == sum(part.arrive for part in states)
    assert total(owed, "protect until departure") == total(owed, "receive")
    assert total(owed, "protect without a place") == plan.result.unplaced
    assert total(owed, "permanent places") == sum(part.residual_places for part in states)
    members = {part.state for part in states}
    kept = sum(n for state, n in plan.result.outside.items() if state in members)
    assert total(owed, "keep protecting") == sum(part.stay for part in states) + kept
    placed = {
        part.state: sum(
            int(one.quantity)
            for one in owed
            if one.state == part.state and one.what in ("receive", "keep protecting")
        )
        for part in states
    }
    outside = plan.result.outside
    assert placed == {part.state: part.placed + outside.get(part.state, 0) for part in states}


def test_money_is_that_of_the_plan_and_level_at_each_instalment(plan: Plan) -> None:
    owed = obligations(plan, decided=DECIDED)
    nets = {part.state: part.money.net for part in plan.result.states if part.money}
    for state, net in nets.items():
        what = "pay" if net > 0 else "be paid"
        assert total([one for one in owed if one.state == state], what) == abs(net)
    for number in ("1", "2"):
        own = [one for one in owed if one.id.endswith(f".{number}")]
        assert total(own, "pay") == total(own, "be paid")


def test_every_obligation_is_named_once_cited_and_confirmed_by_another(plan: Plan) -> None:
    owed = obligations(plan, decided=DECIDED)
    assert Counter(one.id for one in owed).most_common(1)[0][1] == 1
    for one in owed:
        assert one.plan == plan.manifest.plan
        assert all([one.unit, one.counterpart, one.measured, one.confirmed_by, one.about, one.cite])
        assert one.quantity > 0
        assert one.due >= DECIDED
        assert one.confirmed_by != one.state


def test_offers_of_money_enter_what_is_paid(plan_of: PlanOf) -> None:
    plan = plan_of("west-africa", "togo-1993")
    moves = [Move(id="1", state="DEU", kind="offer money", money=Fraction(12345, 100))]
    settled = settle(plan, moves)
    owed = obligations(plan, decided=DECIDED, settlement=settled)
    german = total([one for one in owed if one.state == "DEU"], "pay")
    part = plan.state("DEU")
    assert part is not None
    assert part.money is not None
    assert german == part.money.net + Decimal("123.45")
    assert total(owed, "pay") == total(owed, "be paid")


def test_terms_of_a_decision_go_before_those_of_the_instrument(plan_of: PlanOf) -> None:
    terms = replace(
        terms_on(DECIDED), first_instalment_days=10, transfer_days=90, first_part=Fraction(1, 2)
    )
    owed = {
        one.id: one
        for one in obligations(plan_of("west-africa", "togo-1993"), decided=DECIDED, terms=terms)
    }
    assert owed["DEU.pay.1"].due == DECIDED + timedelta(days=10)
    first, second = owed["DEU.pay.1"].quantity, owed["DEU.pay.2"].quantity
    assert abs(first - second) <= Decimal("0.02")
    moved = [one for one in owed.values() if one.what == "receive"]
    assert {one.due for one in moved} == {DECIDED + timedelta(days=90)}


def test_a_decision_before_the_count_is_refused(plan_of: PlanOf) -> None:
    with pytest.raises(Problem, match="comes before the people were counted, on 1993-12-31"):
        obligations(plan_of("west-africa", "togo-1993"), decided=date(1993, 12, 30))
    with pytest.raises(Problem, match="no date"):
        obligations(plan_of("west-africa", "togo-1993"), decided=date(9999, 12, 30))


def with_procedure(name: str, **options: str) -> Charter:
    """A charter with that procedure; its other terms are those of the Hathaway-Neve example."""
    agreed = load_charter("hathaway-neve")
    return replace(agreed, convening=replace(agreed.convening, procedure=name, options=options))


@pytest.mark.parametrize(
    ("agreed", "first", "months"),
    [
        (with_procedure("hathaway-neve"), 30, 3),
        (with_procedure("hathaway-neve", first_review="2 weeks"), 14, 3),
        (with_procedure("hathaway-neve", further_reviews="6 months"), 30, 6),
        (with_procedure("berlin-1991"), 30, 3),
        (with_procedure("our-own"), 30, 3),
    ],
)
def test_reviews_are_those_of_the_group_s_procedure(
    agreed: Charter, first: int, months: int
) -> None:
    terms = terms_of(agreed, DECIDED)
    assert (terms.first_review_days, terms.review_months) == (first, months)


def test_reviews_in_units_that_do_not_fit_are_refused() -> None:
    with pytest.raises(Problem, match="first_review is counted in hours"):
        terms_of(with_procedure("hathaway-neve", first_review="48 hours"), DECIDED)


@pytest.mark.parametrize(
    "changes", [{"first_part": Fraction(1)}, {"review_months": 0}, {"second_instalment_days": 1}]
)
def test_terms_that_cannot_stand_are_refused(changes: dict[str, Fraction | int]) -> None:
    with pytest.raises(Problem):
        replace(terms_on(DECIDED), **changes)  # type: ignore[arg-type]


amounts = st.dictionaries(
    st.sampled_from(["AUS", "BEL", "CAN", "DEU", "FRA"]), st.integers(1, 10**9), min_size=1
)


@given(amounts, amounts, st.fractions(Fraction(1, 100), Fraction(99, 100)))
def test_instalments_are_level_and_add_up(
    pays: dict[str, int], gets: dict[str, int], part: Fraction
) -> None:
    more = sum(pays.values()) - sum(gets.values())
    side = gets if more > 0 else pays
    if more:
        side["XXX"] = abs(more)
    flow = Flow(
        incoming={state: Decimal(n).scaleb(-2) for state, n in pays.items()},
        outgoing={state: Decimal(n).scaleb(-2) for state, n in gets.items()},
    )
    first, second = instalments(flow, part, "USD")
    for name in ("incoming", "outgoing"):
        whole, early, late = (getattr(each, name) for each in (flow, first, second))
        assert {state: early[state] + late[state] for state in whole} == whole
        assert all(amount >= 0 for amount in [*early.values(), *late.values()])
        for state, amount in whole.items():
            assert abs(Fraction(early[state]) - Fraction(amount) * part) < Fraction(3, 100)
    for one in (first, second):
        assert sum(one.incoming.values()) == sum(one.outgoing.values())


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_months_after_is_the_same_day_or_the_last_of_the_month(day: date, months: int) -> None:
    found = months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    next_day = found + timedelta(days=1)
    assert found.day == day.day or (found.day < day.day and next_day.day == 1)


def test_reviews_run_up_to_the_group_s_own() -> None:
    found = list(reviews(DECIDED, terms_on(DECIDED), 12))
    assert found == [
        (date(2026, 12, 25), "first review"),
        (date(2027, 2, 25), "review after 3 months"),
        (date(2027, 5, 25), "review after 6 months"),
        (date(2027, 8, 25), "review after 9 months"),
        (date(2027, 11, 25), "regular review of the group"),
    ]
    assert len(list(reviews(DECIDED, terms_on(DECIDED), 24))) == 9
