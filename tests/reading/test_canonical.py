import hashlib
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.reading import canonical, digest

exact_numbers = st.integers() | st.fractions()
leaves = st.none() | st.booleans() | st.text(st.characters(codec="utf-8")) | exact_numbers
texts = st.text(st.characters(codec="utf-8"), max_size=5)
values = st.recursive(leaves, lambda v: st.lists(v) | st.dictionaries(texts, v), max_leaves=12)


def test_canonical_writes_every_kind_one_way() -> None:
    value = {
        "é": [True, None, 7],
        "a": (Fraction(3, 5), Fraction(1, 3), Decimal("1.50")),
        "day": date(2026, 1, 31),
        "set": {"b", "a"},
    }
    written = '{"a":["0.6","1/3","1.50"],"day":"2026-01-31","set":["a","b"],"é":[true,null,7]}'
    assert canonical(value) == written
    assert digest(value) == hashlib.sha256(written.encode()).hexdigest()


@given(st.dictionaries(texts, values))
def test_canonical_does_not_depend_on_the_order_of_keys(table: dict[str, object]) -> None:
    backwards = dict(reversed(table.items()))
    assert canonical(backwards) == canonical(table)
    assert digest(backwards) == digest(table)


@given(values)
def test_canonical_is_json_that_reads_back_to_the_same(value: object) -> None:
    written = canonical(value)
    assert canonical(json.loads(written)) == written


@pytest.mark.parametrize("value", [0.5, [1, 0.5], {"a": {"b": 0.5}}, b"raw", object()])
def test_canonical_refuses_floats_and_strangers(value: object) -> None:
    with pytest.raises(TypeError, match="no canonical form for"):
        canonical(value)


@given(values, values)
def test_digest_differs_where_the_text_differs(one: object, other: object) -> None:
    assert (digest(one) == digest(other)) == (canonical(one) == canonical(other))
