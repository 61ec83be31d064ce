"""Powers with broken exponents."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.allocation.keys.powers import power


@given(st.fractions(0, 10**12), st.integers(0, 3))
def test_power_is_exact_for_whole_exponents(base: Fraction, exponent: int) -> None:
    product = Fraction(1)
    for _ in range(exponent):
        product *= base
    assert power(base, Fraction(exponent)) == product


@given(st.integers(0, 10**5), st.sampled_from(["1/2", "1/4", "3/2", "1/8", "1/3", "7/5"]))
def test_power_undoes_a_power(root: int, exponent: str) -> None:
    broken = Fraction(exponent)
    assert power(Fraction(root**broken.denominator), broken) == root**broken.numerator


@pytest.mark.parametrize("exponent", ["1/2", "3/4", "2/3", "1.37"])
@given(base=st.fractions(Fraction(1, 10**6), 10**12))
def test_power_is_right_to_forty_digits(exponent: str, base: Fraction) -> None:
    broken = Fraction(exponent)
    found = power(base, broken)
    error = abs(found**broken.denominator / base**broken.numerator - 1)
    assert error < Fraction(broken.denominator, 10**38)


@given(st.fractions(0, 10**9), st.fractions(0, 10**9), st.sampled_from(["0.5", "0.25", "0.3"]))
def test_power_never_falls(one: Fraction, other: Fraction, exponent: str) -> None:
    low, high = sorted((one, other))
    assert power(low, Fraction(exponent)) <= power(high, Fraction(exponent))
