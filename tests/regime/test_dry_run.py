"""A dry run is the plans of both charters side by side, and stops for no situation."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from commonhaven import charter, situations
from commonhaven.parties.figures import reference
from commonhaven.reading import Problem
from commonhaven.regime import WithFacts, compute, dry_run
from commonhaven.regime.dry_run import ranked

SOURCE = WithFacts(reference())
TOGO, LIBERIA = situations.load("togo-1993"), situations.load("liberia-1990")


def current() -> charter.Charter:
    return charter.load("west-africa")


def draft() -> charter.Charter:
    """By an equal key, without Ghana and with another ceiling of costs."""
    old = current()
    return replace(
        old,
        group=replace(old.group, version="2"),
        members=tuple(member for member in old.members if member.state != "GHA"),
        responsibility=replace(old.responsibility, rule="equal", parameters={}),
    )


def test_every_number_is_that_of_the_two_plans() -> None:
    found = dry_run(current(), draft(), [TOGO, LIBERIA], SOURCE)
    for run, situation in zip(found.situations, (TOGO, LIBERIA), strict=True):
        new, old = (compute(each, situation, SOURCE) for each in (draft(), current()))
        assert (run.draft_plan, run.current_plan) == (new.manifest.plan, old.manifest.plan)
        for member in run.members:
            after, before = new.state(member.state), old.state(member.state)
            assert (member.draft is None, member.current is None) == (after is None, before is None)
            if member.draft and after:
                assert member.draft.people == after.placed + after.unplaced
                assert member.draft.pays == (after.money.net if after.money else None)
                assert member.draft.permanent_places == after.residual_places
            if member.draft and member.current and member.draft.pays is not None:
                assert member.current.pays is not None
                assert member.people_change == member.draft.people - member.current.people
                assert member.pays_change == member.draft.pays - member.current.pays
        assert run.draft is not None
        assert run.draft.placed + run.draft.unplaced == new.result.in_question


def test_who_leaves_owes_nothing_under_the_draft() -> None:
    (run,) = dry_run(current(), draft(), [LIBERIA], SOURCE).situations
    (ghana,) = [member for member in run.members if member.state == "GHA"]
    assert (ghana.draft, ghana.rank) == (None, None)
    assert ghana.current is not None
    assert ghana.current.pays is not None
    assert ghana.people_change == -ghana.current.people
    assert ghana.pays_change == -ghana.current.pays


def test_totals_add_up_over_the_situations() -> None:
    found = dry_run(current(), draft(), [TOGO, LIBERIA], SOURCE)
    for total in found.members:
        rows = [m for run in found.situations for m in run.members if m.state == total.state]
        assert total.situations == len(rows) == 2
        assert total.people == sum(row.draft.people for row in rows if row.draft)
        assert total.people_change == sum(row.people_change for row in rows)
        assert total.pays == sum((row.draft.pays or 0 for row in rows if row.draft), Decimal(0))
        assert total.places_change == sum(row.places_change for row in rows)


def test_the_articles_that_differ_are_those_of_the_charters() -> None:
    found = dry_run(current(), draft(), [TOGO], SOURCE)
    assert found.changes == tuple(charter.diff(current(), draft()))
    assert any("equal" in change.sentence for change in found.changes)


def test_a_draft_alone_has_no_differences() -> None:
    found = dry_run(None, draft(), [TOGO], SOURCE)
    assert (found.current, found.changes) == ("", ())
    (run,) = found.situations
    assert run.current is None
    assert all(m.current is None and m.pays_change is None for m in run.members)
    assert all(m.people_change == m.places_change == 0 for m in run.members)
    assert all(total.pays_change is None for total in found.members)


def test_a_situation_that_cannot_be_computed_gives_its_reason() -> None:
    ended = replace(draft(), group=replace(draft().group, ends=date(1992, 12, 31),
                                           in_force=date(1990, 1, 1)))  # fmt: skip
    early = replace(ended, members=tuple(replace(m, since=date(1990, 1, 1)) for m in ended.members))
    found = dry_run(current(), early, [TOGO, LIBERIA], SOURCE)
    togo, liberia = found.situations
    assert "the charter ended on 1992-12-31" in togo.why_not
    assert (togo.draft, togo.members) == (None, ())
    assert togo.current is not None
    assert (liberia.why_not, bool(liberia.members)) == ("", True)
    assert {total.situations for total in found.members} == {1}
    back = dry_run(early, current(), [TOGO], SOURCE)
    assert "the charter ended" in back.situations[0].why_not_current
    assert back.members == ()


def test_other_currency_gives_no_differences_of_money() -> None:
    other = replace(draft(), costs=replace(draft().costs, currency="EUR"))
    euro = replace(
        TOGO, unit_costs=tuple(replace(cost, currency="EUR") for cost in TOGO.unit_costs)
    )
    found = dry_run(current(), other, [euro], SOURCE)
    (run,) = found.situations
    assert run.why_not or run.why_not_current or all(m.pays_change is None for m in run.members)
    assert found.notes[0].startswith("The two charters keep their accounts in different currencies")


def test_equal_numbers_share_a_rank() -> None:
    assert ranked({"A": 5, "B": 9, "C": 5, "D": 0}) == {"A": 2, "B": 1, "C": 2, "D": 4}


def test_no_situation_is_refused() -> None:
    with pytest.raises(Problem, match="no situation is named"):
        dry_run(None, draft(), [], SOURCE)
