from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.costs import Money, money
from commonhaven.costs.fund import (
    Call,
    arrears,
    contributions,
    mean_target,
    quantile,
    quantile_target,
    releasable,
    release,
    release_due,
    replenishment,
    tranches,
)
from commonhaven.reading import Problem


def usd(amount: str | int) -> Money:
    return money(amount, "USD")


TEN = {2015 + n: {"influx": usd(10 * (n + 1))} for n in range(10)}
"""Claims of 10, 20, ... 100 in 2015 to 2024."""


@given(st.lists(st.fractions(), min_size=1), st.fractions(0, 1))
def test_quantile_is_the_least_value_that_so_many_do_not_exceed(
    values: list[Fraction], part: Fraction
) -> None:
    found = quantile(values, part)
    assert found in values
    assert sum(value <= found for value in values) >= part * len(values)
    assert not any(
        sum(value <= lower for value in values) >= part * len(values)
        for lower in values
        if lower < found and part
    )


def test_quantile_ends_are_the_least_and_the_greatest() -> None:
    values = [Fraction(n) for n in (3, 1, 2)]
    assert (quantile(values, Fraction(0)), quantile(values, Fraction(1))) == (1, 3)


def test_quantile_of_nothing_is_refused() -> None:
    with pytest.raises(Problem, match=r"no quantile 0\.9 of 0 values"):
        quantile([], Fraction(9, 10))


def test_target_is_the_ninth_of_ten_yearly_claims_unless_one_claim_is_larger() -> None:
    target = quantile_target(TEN, last=2024, currency="USD", part=Fraction(9, 10))
    assert (target.aim, target.floor, target.amount) == (usd(90), usd(100), usd(100))
    split_up = {**TEN, 2024: {"one": usd(50), "two": usd(50)}}
    target = quantile_target(split_up, last=2024, currency="USD", part=Fraction(9, 10))
    assert (target.aim, target.floor, target.amount) == (usd(90), usd(90), usd(90))


def test_target_by_mean_is_one_and_a_half_times_the_mean() -> None:
    several = {year: {str(n): usd(11) for n in range(5)} for year in TEN}
    target = mean_target(several, last=2024, currency="USD", multiple=Fraction(3, 2))
    assert (target.aim, target.floor, target.amount) == (usd("82.50"), usd(11), usd("82.50"))


def test_target_looks_back_ten_years_and_no_further() -> None:
    longer = {**TEN, 2014: {"war": usd(10_000)}}
    before = quantile_target(TEN, last=2024, currency="USD", part=Fraction(1))
    assert quantile_target(longer, last=2024, currency="USD", part=Fraction(1)) == before


def test_year_without_a_statement_is_no_year_without_claims() -> None:
    missing = {year: claims for year, claims in TEN.items() if year != 2020}
    with pytest.raises(Problem, match="no claims stated for 2020"):
        quantile_target(missing, last=2024, currency="USD", part=Fraction(9, 10))
    target = quantile_target({**TEN, 2020: {}}, last=2024, currency="USD", part=Fraction(1, 10))
    assert target.aim == usd(0)


def test_claim_below_zero_is_refused() -> None:
    with pytest.raises(Problem, match="a claim is below zero"):
        mean_target({**TEN, 2020: {"x": usd(-1)}}, last=2024, currency="USD", multiple=Fraction(1))


def test_replenishment_fills_up_to_the_target_after_the_outlay() -> None:
    needed = replenishment(target=usd(100), forecast=usd(40), balance=usd(70), pledged=usd("12.50"))
    assert needed == usd("57.50")


def test_full_fund_calls_for_nothing() -> None:
    needed = replenishment(target=usd(100), forecast=usd(0), balance=usd(150), pledged=usd(0))
    assert needed == usd(0)


def test_contributions_reconcile_by_weights_of_any_sum() -> None:
    found = contributions(usd("100.00"), {"A": Fraction(2), "B": Fraction(1), "C": Fraction(0)})
    assert found.parts == {"A": usd("66.67"), "B": usd("33.33"), "C": usd("0.00")}
    with pytest.raises(Problem, match="no state has any weight"):
        contributions(usd(1), {"A": Fraction(0)})


@given(st.integers(0, 10**12))
def test_tranches_add_up_to_the_contribution(cents: int) -> None:
    whole = usd(f"{cents // 100}.{cents % 100:02}")
    first, second = tranches(whole)
    assert first + second == whole
    assert abs(first.in_minor_units - Fraction(6, 10) * cents) <= Fraction(1, 2)


def call(due: date, amount: int, received: int) -> Call:
    return Call(due=due, amount=usd(amount), received=usd(received))


def test_arrears_count_what_is_open_past_its_due_day() -> None:
    calls = [
        call(date(2023, 1, 31), 100, 100),
        call(date(2023, 6, 30), 100, 30),
        call(date(2024, 1, 31), 100, 0),
    ]
    found = arrears(calls, on=date(2024, 1, 31), currency="USD")
    assert (found.amount, found.since, found.suspended) == (usd(70), date(2023, 6, 30), False)


def test_arrears_of_more_than_twelve_months_suspend() -> None:
    calls = [call(date(2024, 2, 29), 100, 0)]
    last_day = arrears(calls, on=date(2025, 2, 28), currency="USD")
    day_after = arrears(calls, on=date(2025, 3, 1), currency="USD")
    assert (last_day.suspended, day_after.suspended) == (False, True)


def test_paying_more_on_one_call_does_not_settle_another() -> None:
    calls = [call(date(2023, 1, 1), 100, 150), call(date(2023, 2, 1), 100, 50)]
    assert arrears(calls, on=date(2023, 3, 1), currency="USD").amount == usd(50)


def test_nothing_late_is_no_arrears() -> None:
    found = arrears([call(date(2023, 1, 1), 1, 1)], on=date(2024, 1, 1), currency="USD")
    assert (found.amount, found.since, found.suspended) == (usd(0), None, False)


def test_a_fifth_of_the_fund_is_released_at_once_and_the_rest_waits() -> None:
    fifth = Fraction(1, 5)
    assert releasable(usd("0.99"), fifth) == usd("0.19")
    assert release(asked=usd(30), balance=usd(100), part=fifth) == (usd("20.00"), usd("10.00"))
    assert release(asked=usd(15), balance=usd(100), part=fifth) == (usd(15), usd(0))


def test_release_of_what_is_not_there_is_refused() -> None:
    with pytest.raises(Problem, match="cannot be released"):
        releasable(usd(-1), Fraction(1, 5))
    with pytest.raises(Problem, match="is below zero"):
        release(asked=usd(-1), balance=usd(1), part=Fraction(1))


def test_release_is_due_48_hours_after_the_convening() -> None:
    convened = datetime(2024, 2, 28, 9, 30, tzinfo=UTC)
    assert release_due(convened) == datetime(2024, 3, 1, 9, 30, tzinfo=UTC)
