"""The shipped situations, each with a charter that fits it, and plans computed once."""

from collections.abc import Callable
from functools import cache

import pytest

from commonhaven.charter import load as load_charter
from commonhaven.parties.figures import reference
from commonhaven.regime import Plan, WithFacts, compute
from commonhaven.situations import load as load_situation

PAIRS = (
    ("bali-region", "indochina-1979"),
    ("west-africa", "liberia-1990"),
    ("south-east-europe", "bosnia-1992"),
    ("west-africa", "togo-1993"),
    ("great-lakes-horn", "rwanda-1994"),
    ("south-east-europe", "kosovo-1999"),
    ("middle-east", "syria-2013"),
    ("great-lakes-horn", "car-2013"),
    ("great-lakes-horn", "burundi-2015"),
    ("great-lakes-horn", "south-sudan-2016"),
    ("bali-region", "rohingya-2017"),
    ("latin-america", "venezuela-2018"),
    ("latin-america", "nicaragua-2018"),
    ("south-west-asia", "afghanistan-2021"),
    ("eu", "ukraine-2022"),
    ("great-lakes-horn", "sudan-2023"),
)


@cache
def computed(charter: str, situation: str, rule: str | None = None) -> Plan:
    agreed, crisis = load_charter(charter), load_situation(situation)
    return compute(agreed, crisis, WithFacts(reference()), rule=rule)


@pytest.fixture(params=PAIRS, ids=["/".join(pair) for pair in PAIRS])
def plan(request: pytest.FixtureRequest) -> Plan:
    """A plan of each shipped situation."""
    return computed(*request.param)


@pytest.fixture
def plan_of() -> Callable[..., Plan]:
    """The plan of one charter and situation, under another rule if named."""
    return computed
