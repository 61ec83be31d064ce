"""Plans of shipped situations, computed once, and two that strain a picture."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from commonhaven.charter import load as load_charter
from commonhaven.parties.figures import reference
from commonhaven.regime import Plan, WithFacts, compute
from commonhaven.situations import load as load_situation
from commonhaven.situations.model import Capacity

PAIRS = (
    ("west-africa", "liberia-1990"),
    ("middle-east", "syria-2013"),
    ("eu", "ukraine-2022"),
    ("bali-region", "indochina-1979"),
    ("bali-region", "rohingya-2017"),
    ("great-lakes-horn", "sudan-2023"),
    ("latin-america", "venezuela-2018"),
    ("south-east-europe", "kosovo-1999"),
)


@cache
def computed(charter: str, situation: str) -> Plan:
    return compute(load_charter(charter), load_situation(situation), WithFacts(reference()))


@cache
def crowded_plan() -> Plan:
    """Every member declares room for few, so that most people find no place."""
    charter, situation = load_charter("west-africa"), load_situation("liberia-1990")
    source = situation.sources[0].id
    few = tuple(
        Capacity(state=member.state, people=1000 + i, source=source)
        for i, member in enumerate(charter.members)
    )
    return compute(charter, replace(situation, capacities=few), WithFacts(reference()))


@pytest.fixture(params=PAIRS, ids=["/".join(pair) for pair in PAIRS])
def plan(request: pytest.FixtureRequest) -> Plan:
    return computed(*request.param)


@pytest.fixture
def plan_of() -> Callable[[str, str], Plan]:
    return computed


@pytest.fixture
def liberia() -> Plan:
    return computed("west-africa", "liberia-1990")


@pytest.fixture
def crowded() -> Plan:
    found = crowded_plan()
    assert found.result.unplaced > 0
    return found


@pytest.fixture
def empty(liberia: Plan) -> Plan:
    """The same plan with nobody in question and nothing to pay."""
    result = replace(
        liberia.result, states=(), cohorts=(), people=0, in_question=0, placed=0, outside={}
    )
    return replace(liberia, result=result)
