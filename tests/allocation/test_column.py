"""Columns of exact numbers agree with Fractions one by one."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.allocation.keys.column import Column, column

numbers = st.fractions(-50, 50, max_denominator=60)
pairs = st.lists(st.tuples(numbers, numbers), min_size=1, max_size=6)
positive = st.lists(st.fractions(Fraction(1, 60), 50, max_denominator=60), min_size=1, max_size=6)
Binary = tuple[Callable[[Column, Column], Column], Callable[[Fraction, Fraction], Fraction]]
BINARY: dict[str, Binary] = {
    "sum": (lambda a, b: a + b, lambda x, y: x + y),
    "product": (lambda a, b: a * b, lambda x, y: x * y),
    "smaller": (lambda a, b: a.least(b), min),
}


@pytest.mark.parametrize("name", BINARY)
@given(found=pairs)
def test_column_by_column(name: str, found: list[tuple[Fraction, Fraction]]) -> None:
    whole, single = BINARY[name]
    left, right = column(x for x, _ in found), column(y for _, y in found)
    assert whole(left, right).fractions() == tuple(single(x, y) for x, y in found)


@given(st.lists(numbers, min_size=1, max_size=6), numbers, numbers)
def test_column_with_a_number(found: list[Fraction], one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    whole = column(found)
    assert whole.fractions() == tuple(found)
    assert whole.times(one).fractions() == tuple(x * one for x in found)
    assert whole.plus(one).fractions() == tuple(x + one for x in found)
    assert whole.clipped(low).fractions() == tuple(max(x, low) for x in found)
    assert whole.clipped(low, high).fractions() == tuple(min(max(x, low), high) for x in found)
    assert whole.total() == sum(found)


@given(positive)
def test_column_of_parts_and_inverses(found: list[Fraction]) -> None:
    whole = column(found)
    assert whole.inverse().fractions() == tuple(1 / x for x in found)
    assert (whole / whole).fractions() == (1,) * len(found)
    assert whole.parts().fractions() == tuple(x / sum(found) for x in found)
    assert whole.inverse().parts().total() == 1
