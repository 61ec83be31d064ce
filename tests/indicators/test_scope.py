from datetime import date

import pytest

from commonhaven.indicators import scope
from commonhaven.indicators.scope import existing, labels
from commonhaven.parties import members, states
from commonhaven.reading import Problem


@pytest.mark.parametrize(
    ("text", "identity", "kind"),
    [
        ("world", "world", "world"),
        ("igad", "igad", "grouping"),
        ("eastern africa", "Eastern Africa", "region"),
        ("low-and-middle-income", "low-and-middle-income", "income group"),
        ("least-developed", "least-developed", "income group"),
        ("UGA", "UGA", "states"),
        ("Uganda", "UGA", "states"),
        ("UGA+Ethiopia+UGA", "UGA+ETH", "states"),
    ],
)
def test_a_scope_is_named_by_what_it_holds(text: str, identity: str, kind: str) -> None:
    found = scope(text)
    assert (found.id, found.kind) == (identity, kind)


def test_an_unknown_scope_is_a_problem_with_the_nearest() -> None:
    with pytest.raises(Problem, match=r"Did you mean .*Eastern Africa"):
        scope("Estern Africa")
    with pytest.raises(Problem, match='no scope "Middle-earth"'):
        scope("Middle-earth")


def test_who_belongs_to_a_grouping_depends_on_the_year() -> None:
    union = scope("eu")
    assert "GBR" in union.states(2019)
    assert "GBR" not in union.states(2020)
    assert union.states(2025) == members("eu", date(2025, 12, 31)).states


def test_the_world_is_every_state_of_today_and_every_row() -> None:
    world = scope("world")
    assert len([s for s in world.states(2020) if states()[s].standing == "UN member"]) == 193
    assert not labels() & set(existing())
    assert world.holds("UNK", 2020)
    assert not scope("igad").holds("UNK", 2020)


def test_income_groups_part_the_classified_states() -> None:
    names = ("low-income", "lower-middle-income", "upper-middle-income", "high-income")
    groups = [set(scope(name).states(2020)) for name in names]
    classified = {code for code in existing() if states()[code].income_group}
    assert sum(map(len, groups)) == len(classified)
    assert set().union(*groups) == classified
    assert set(scope("low-and-middle-income").fixed) == set().union(*groups[:3])


def test_what_to_know_of_a_scope_is_noted() -> None:
    assert "Regions and classes hold the states of today" in scope("Africa").notes(1990)[0]
    assert scope("Africa").notes(2020) == ()
    assert "fiscal year 2026" in scope("high-income").notes(2020)[0]
    assert scope("UGA").notes(1990) == scope("world").notes(1990) == ()
