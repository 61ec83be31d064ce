"""Calls upon members: they add up, follow the scale, and spare whoever hosts."""

from datetime import date
from fractions import Fraction

import pytest

from commonhaven.charter import load
from commonhaven.costs import money
from commonhaven.parties.figures import reference
from commonhaven.reading import Problem
from commonhaven.regime import WithFacts, replenish

DAY = date(2026, 1, 1)
NEEDED = money("12000000.01", "USD")


def test_contributions_add_up_and_follow_the_scale() -> None:
    found = replenish(load("west-africa"), NEEDED, on=DAY, source=WithFacts(reference()))
    parts = {state: part.exact for state, part in found.parts.parts.items()}
    assert sum(parts.values()) == NEEDED.exact
    assert sum(found.shares.values()) == 1
    assert all(abs(parts[s] - found.shares[s] * NEEDED.exact) < Fraction(1, 100) for s in parts)
    assert all(sum((t.exact for t in found.tranches[s]), Fraction(0)) == parts[s] for s in parts)


def test_a_host_relieved_in_full_pays_nothing_and_the_others_its_part() -> None:
    source = WithFacts(reference())
    plain = replenish(load("west-africa"), NEEDED, on=DAY, source=source)
    spared = replenish(
        load("west-africa"), NEEDED, on=DAY, source=source, relief={"GHA": Fraction(1)}
    )
    assert spared.parts.parts["GHA"].amount == 0
    assert spared.parts.parts["FRA"].amount > plain.parts.parts["FRA"].amount


def test_nobody_left_to_pay() -> None:
    charter = load("west-africa")
    relief = dict.fromkeys(charter.members_on(DAY), Fraction(1))
    with pytest.raises(Problem, match="no state has any weight"):
        replenish(charter, NEEDED, on=DAY, source=WithFacts(reference()), relief=relief)
