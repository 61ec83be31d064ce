"""A sentence that remembers how it was made is the English text, everywhere."""

import copy
import json
import pickle
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.reading import canonical, decimal_text
from commonhaven.saying import (
    Amount,
    Number,
    Party,
    Said,
    parties,
    renamed,
    say,
    several,
    together,
)

VALUES = st.one_of(
    st.text(max_size=30),
    st.integers(),
    st.dates(),
    st.builds(Number, st.fractions(max_denominator=1000), st.integers(0, 6), st.booleans()),
    st.builds(Amount, st.decimals(-(10**9), 10**9, places=2), st.just("USD")),
    st.builds(Party, st.just("GHA"), st.just("Ghana")),
)


@given(VALUES, VALUES, st.text(alphabet=st.characters(exclude_characters="{}"), max_size=30))
def test_a_sentence_is_its_english_text(one: object, other: object, text: str) -> None:
    said = say(f"{text}{{one}} {{other}}{{one}}", one=one, other=other)  # type: ignore[arg-type]
    assert said == f"{text}{one} {other}{one}"
    assert str(together((said, said))) == f"{said} {said}"
    assert canonical([said]) == canonical([str(said)])


@given(st.fractions(max_denominator=10**6), st.one_of(st.none(), st.integers(0, 6)))
def test_a_number_keeps_its_digits(value: Fraction, places: int | None) -> None:
    text = decimal_text(value, places)
    assert str(Number(value, places)) == text
    assert str(Number(value, places, grouped=True)).replace(",", "") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Number(1234567, grouped=True), "1,234,567"),
        (Number(Fraction(-12345, 2), 2, grouped=True), "-6,172.50"),
        (Number(Fraction(1, 3)), "1/3"),
        (Amount(Decimal("1234.50"), "USD"), "USD 1,234.50"),
        (Amount(Fraction(1200), "EUR"), "EUR 1,200"),
        (parties(["GHA", "NGA"]), "GHA, NGA"),
    ],
)
def test_values_as_english_writes_them(value: object, text: str) -> None:
    assert str(value) == text


def test_one_and_many() -> None:
    told = [several("{number} month", "{number} months", number=n) for n in (0, 1, 2)]
    assert told == ["0 months", "1 month", "2 months"]
    assert [one.number for one in told] == [0, 1, 2]


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])  # noqa: S301
def test_a_copy_remembers(copied: object) -> None:
    said = say("{state} pays on {day}.", state=Party("GHA", "Ghana"), day=date(2026, 1, 2))
    again = copied(said)  # type: ignore[operator]
    assert isinstance(again, Said)
    assert (again, again.template, dict(again.values)) == (said, said.template, dict(said.values))


def test_braces_in_a_value_are_text() -> None:
    assert say("{a} {b}", a="{b}", b="{a.__class__}") == "{b} {a.__class__}"
    assert Said("as {it} stands") == "as {it} stands"


def test_another_name_for_a_party_reaches_every_part() -> None:
    inner = say("{party} gave no reply.", party=Party("GHA"))
    told = together((inner, say("{party} left.", party=Party("NGA"))))
    assert str(renamed(told, "GHA", "Ghana")) == "Ghana gave no reply. NGA left."
    assert json.dumps({"said": told}) == '{"said": "GHA gave no reply. NGA left."}'
