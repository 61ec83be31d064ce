from datetime import date
from fractions import Fraction

import pytest

from commonhaven.costs import MoneyProblem, money
from commonhaven.costs.rates import Rate, Rates

SPRING, SUMMER, AUTUMN = date(2024, 3, 1), date(2024, 7, 1), date(2024, 10, 1)
BANK = "European Central Bank reference rate"


def rate(value: str, on: date, base: str = "EUR", quote: str = "USD") -> Rate:
    return Rate(base=base, quote=quote, value=Fraction(value), on=on, source=BANK)


def test_conversion_uses_the_latest_rate_before_the_day_and_states_it() -> None:
    rates = Rates(rates=(rate("1.10", AUTUMN), rate("1.05", SPRING), rate("1.08", SUMMER)))
    found = rates.convert(money("200", "EUR"), "USD", date(2024, 8, 1))
    assert found.after == money("216", "USD", date(2024, 8, 1))
    assert found.rate == rate("1.08", SUMMER)
    assert found.line.cite == f"{BANK}, 2024-07-01"


def test_conversion_the_other_way_round_uses_the_inverse() -> None:
    found = Rates(rates=(rate("1.25", SPRING),)).convert(money("100", "USD"), "EUR", SUMMER)
    assert found.after == money("80", "EUR", SUMMER)


def test_conversion_rounds_to_the_minor_unit_of_the_other_currency() -> None:
    yen = Rates(rates=(rate("149.5", SPRING, "USD", "JPY"),))
    assert yen.convert(money("0.33", "USD"), "JPY", SPRING).after == money("49", "JPY", SPRING)


def test_same_currency_stays_and_names_no_rate() -> None:
    found = Rates(rates=()).convert(money("5", "EUR", SPRING), "EUR", SUMMER)
    assert (found.after, found.rate) == (money("5", "EUR", SPRING), None)


def test_rate_of_a_later_day_is_not_used() -> None:
    with pytest.raises(MoneyProblem, match="EUR to USD on 2024-03-01: there is no exchange rate"):
        Rates(rates=(rate("1.10", SUMMER),)).convert(money(1, "EUR"), "USD", SPRING)


def test_stale_rate_is_refused() -> None:
    rates = Rates(rates=(rate("1.10", SPRING),), valid_days=30)
    assert rates.find("EUR", "USD", date(2024, 3, 31)).value == Fraction("1.10")
    with pytest.raises(MoneyProblem, match="more than 30 days before"):
        rates.find("EUR", "USD", date(2024, 4, 1))


def test_two_rates_of_one_day_that_differ_are_refused() -> None:
    rates = Rates(rates=(rate("1.10", SPRING), rate("1.11", SPRING)))
    with pytest.raises(MoneyProblem, match="two rates of 2024-03-01 differ"):
        rates.find("EUR", "USD", SPRING)


@pytest.mark.parametrize(
    ("base", "value", "source", "said"),
    [
        ("EUR", "0", BANK, "is no rate"),
        ("EUR", "-1", BANK, "is no rate"),
        ("USD", "1", BANK, "no rate to itself"),
        ("EUR", "1", "", "has no source"),
        ("EUX", "1", BANK, "not an ISO 4217 currency"),
    ],
)
def test_rate_that_makes_no_sense_is_refused(base: str, value: str, source: str, said: str) -> None:
    with pytest.raises(MoneyProblem, match=said):
        Rate(base=base, quote="USD", value=Fraction(value), on=SPRING, source=source)
