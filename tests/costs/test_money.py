from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.costs import Money, MoneyProblem, money, nearest, split
from commonhaven.costs.money import currencies, from_minor_units, minor_units, reconcile
from commonhaven.instruments import instrument
from commonhaven.reading import Problem

codes = st.sampled_from(["USD", "JPY", "KWD", "EUR", "XOF"])
units = st.integers(-(10**15), 10**15)
weights = st.dictionaries(
    st.text("ABCDEFG", min_size=3, max_size=3), st.integers(0, 10**6), min_size=1, max_size=12
).filter(lambda found: sum(found.values()) > 0)


def shares_of(found: dict[str, int]) -> dict[str, Fraction]:
    return {party: Fraction(weight, sum(found.values())) for party, weight in found.items()}


@given(units, weights, codes)
def test_split_reconciles_to_the_last_minor_unit(
    number: int, found: dict[str, int], code: str
) -> None:
    total = from_minor_units(number, code)
    result = split(total, shares_of(found))
    assert sum(part.in_minor_units for part in result.parts.values()) == number
    assert set(result.parts) == set(found)


@given(units, weights, codes)
def test_split_gives_each_its_exact_part_rounded_down_or_up(
    number: int, found: dict[str, int], code: str
) -> None:
    shares = shares_of(found)
    for party, part in split(from_minor_units(number, code), shares).parts.items():
        assert abs(part.in_minor_units - shares[party] * number) < 1


@given(weights, st.integers(0, 10**6))
def test_split_gives_nothing_for_no_share(found: dict[str, int], number: int) -> None:
    parts = split(from_minor_units(number, "USD"), shares_of(found)).parts
    for party, weight in found.items():
        assert weight or parts[party].amount == 0


@given(weights, st.integers(0, 10**6))
def test_split_does_not_depend_on_the_order_of_its_input(found: dict[str, int], n: int) -> None:
    turned = dict(reversed(list(found.items())))
    total = from_minor_units(n, "USD")
    assert split(total, shares_of(found)) == split(total, shares_of(turned))


@given(units, units, codes)
def test_adding_and_taking_away_are_exact(first: int, second: int, code: str) -> None:
    one, two = from_minor_units(first, code), from_minor_units(second, code)
    assert one + two - two == one
    assert (one + two).in_minor_units == first + second


@given(st.fractions(), codes)
def test_nearest_is_off_by_half_a_minor_unit_at_most(value: Fraction, code: str) -> None:
    near = nearest(value, code)
    assert abs(near.exact - value) * minor_units(code) <= Fraction(1, 2)
    assert nearest(-value, code) == -near


def test_product_keeps_every_digit() -> None:
    long = Decimal("12345678901234567890123456789.01")
    result = Money(amount=long, currency="USD") * Decimal("1.0000000000000000000000000000001")
    assert result.exact == Fraction(long) * Fraction("1.0000000000000000000000000000001")


def test_sum_of_two_days_has_no_day() -> None:
    first, second = money(1, "USD", date(2024, 1, 1)), money(2, "USD", date(2025, 1, 1))
    assert (first + second).on is None
    assert (first + first).on == date(2024, 1, 1)


def test_currencies_do_not_mix() -> None:
    with pytest.raises(MoneyProblem) as caught:
        money(1, "USD") + money(1, "EUR")
    assert str(caught.value) == ("USD and EUR do not add up. Convert one of them with Rates first.")


def test_float_is_refused_as_amount_and_as_factor() -> None:
    with pytest.raises(MoneyProblem, match="exact decimal"):
        Money(amount=1.5, currency="USD")  # type: ignore[arg-type]
    with pytest.raises(MoneyProblem, match="not exact"):
        money(1, "USD") * 1.5  # type: ignore[operator]
    with pytest.raises(Problem, match="a binary float"):
        money(1.5, "USD")  # type: ignore[arg-type]
    with pytest.raises(MoneyProblem, match="exact decimal"):
        Money(amount=Decimal("NaN"), currency="USD")


def test_yes_is_no_factor() -> None:
    with pytest.raises(MoneyProblem, match="not exact"):
        money(1, "USD") * True


def test_unknown_currency_is_refused_with_the_nearest() -> None:
    with pytest.raises(MoneyProblem) as caught:
        money(1, "USB")
    assert str(caught.value).startswith('"USB" is not an ISO 4217 currency in use. Did you mean')


def test_third_of_a_dollar_is_refused_until_rounded() -> None:
    with pytest.raises(MoneyProblem, match="no finite decimal form"):
        money(Fraction(1, 3), "USD")
    assert nearest(Fraction(1, 3), "USD") == money("0.33", "USD")


def test_half_a_cent_goes_away_from_zero() -> None:
    assert nearest("0.005", "USD").amount == Decimal("0.01")
    assert nearest("-0.005", "USD").amount == Decimal("-0.01")


def test_minor_units_by_currency() -> None:
    found = {code: currencies()[code] for code in ("JPY", "USD", "KWD", "UGX", "XOF", "TND")}
    assert found == {"JPY": 0, "USD": 2, "KWD": 3, "UGX": 0, "XOF": 0, "TND": 3}


def test_each_currency_is_listed_once() -> None:
    listed = [code for e in instrument("iso-4217").entries for code in e.value.split()]
    assert len(listed) == len(set(listed)) == len(currencies())


def test_split_refuses_shares_that_are_not_one() -> None:
    with pytest.raises(MoneyProblem, match=r"add up to 0\.900000, not 1"):
        split(money(1, "USD"), {"A": Fraction(9, 10)})


def test_split_refuses_a_share_below_zero() -> None:
    with pytest.raises(MoneyProblem, match="cannot be made whole"):
        split(money(1, "USD"), {"A": Fraction(2), "B": Fraction(-1)})


def test_split_refuses_part_of_a_cent() -> None:
    with pytest.raises(MoneyProblem, match="not a whole number of minor units"):
        split(money("1.005", "USD"), {"A": Fraction(1)})


def test_reconcile_of_nothing_is_nothing() -> None:
    assert reconcile({"B": Fraction(0), "A": Fraction(0)}) == ({"A": 0, "B": 0}, None)


def test_shown_with_currency() -> None:
    assert str(money("1234567.50", "USD")) == "1,234,567.5 USD"
