"""Calls and signed agreements of funds in a year's good faith: what fell due, what came."""

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from due_cast import Acts, acts
from years import DAY, opened, promised

from commonhaven.web.decisions.models import Decision
from commonhaven.web.funds.models import Fund
from commonhaven.web.good_faith.facts import Fact, gathered
from commonhaven.web.good_faith.models import Assessment, Criterion
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.record.actions import Placing

__all__ = ["acts"]
Seats = Callable[[str], Seat]
CONSULTATIVE = Placing(audience="consultative")
MEMBERS = Placing(audience="members")
BASE = "/groups/west-africa/good-faith/"


@pytest.fixture
def day(now: datetime) -> date:
    """A day of the year that is assessed."""
    return now.date() - 5 * DAY


@pytest.fixture
def standing(acts: Acts) -> Fund:
    return acts.open(placing=CONSULTATIVE)


def paid(row: Assessment, at: datetime, state: str = "FRA") -> Fact:
    return next(one for one in gathered(row, at)[state] if one.criterion == Criterion.PAID)


def sums(fact: Fact) -> list[tuple[str, Fraction, Fraction]]:
    return [(one.currency, one.due, one.received) for one in fact.sums]


def test_a_call_that_nobody_paid_is_missed_and_one_that_came_is_kept(
    acts: Acts, standing: Fund, year: Assessment, day: date, now: datetime
) -> None:
    acts.call(standing, day, 500)
    acts(standing, "treasurer", "paid", 449, party="FRA")
    found = paid(year, now)
    assert (found.kept, sums(found)) == (False, [("USD", 500, 449)])
    assert [(one.subject, one.kept) for one in found.sources] == [(standing.subject, False)]
    acts(standing, "treasurer", "paid", 1, party="FRA")
    assert (paid(year, now).kept, sums(paid(year, now))) == (True, [("USD", 500, 450)])
    acts(standing, "treasurer", "paid", 50, party="FRA")
    assert [one.kept for one in paid(year, now).sources] == [True]
    assert paid(year, now, "DEU").sources == ()


def test_only_what_was_due_within_the_year_counts(
    acts: Acts, standing: Fund, year: Assessment, now: datetime
) -> None:
    acts.call(standing, year.since - DAY)
    acts.call(standing, year.ends + DAY)
    assert paid(year, now).sources == ()
    acts.call(standing, year.since, 10)
    acts.call(standing, year.ends, 20)
    assert sums(paid(year, now)) == [("USD", 30, 0)]


def test_an_agreement_counts_from_its_signature_and_an_announcement_never(
    acts: Acts, standing: Fund, year: Assessment, day: date, now: datetime
) -> None:
    acts(standing, "france", "announced", 300)
    assert paid(year, now).sources == ()
    acts(standing, "france", "signed", 200, due=day, evidence="agreement")
    assert (paid(year, now).kept, sums(paid(year, now))) == (False, [("USD", 200, 0)])


def test_a_call_lifted_by_decision_is_due_no_more_and_not_told_as_paid(
    acts: Acts, standing: Fund, year: Assessment, decision: Decision, day: date, now: datetime
) -> None:
    Decision.objects.update(audience="consultative")
    acts.call(standing, day, 500)
    lifted = {"party": "FRA", "decision": decision.subject}
    acts(standing, "treasurer", "waived", 400, **lifted)
    assert (paid(year, now).kept, sums(paid(year, now))) == (False, [("USD", 100, 0)])
    acts(standing, "treasurer", "waived", 100, **lifted)
    assert (paid(year, now).kept, paid(year, now).sources) == (True, ())


def test_promises_and_calls_of_one_currency_are_one_sum(
    group: Group, acts: Acts, standing: Fund, year: Assessment, seat: Seats, day: date,
    now: datetime,
) -> None:  # fmt: skip
    row = promised(group, seat, now, due=100, came=100)
    acts.call(standing, day, 100)
    found = paid(year, now)
    assert (found.kept, sums(found)) == (False, [("USD", 200, 100)])
    assert [(one.subject, one.kept) for one in found.sources] == [
        (row.subject, True), (standing.subject, False),
    ]  # fmt: skip


def test_a_fund_for_fewer_people_than_the_assessment_does_not_count(
    group: Group, acts: Acts, seat: Seats, day: date, now: datetime
) -> None:
    acts.call(acts.open(placing=MEMBERS), day)
    wide = opened(group, seat, now)
    assert paid(wide, now).sources == ()
    Assessment.objects.filter(pk=wide.pk).update(audience="members")
    wide.refresh_from_db()
    assert (paid(wide, now).kept, sums(paid(wide, now))) == (False, [("USD", 500, 0)])


def test_the_page_names_the_fund_and_says_where_nothing_was_due(
    acts: Acts, standing: Fund, year: Assessment, signed_in: Callable[[str], Client], day: date
) -> None:
    page = f"{BASE}{year.pk}/state/FRA/"
    ghana = signed_in("ghana")
    before = ghana.get(page).text
    assert 'Paid its pledges: <span class="soft">nothing was due</span>' in before
    assert "No pledge of money, call or agreement fell due in the year." in before
    assert 'Came to every meeting: <span class="soft">nothing was due</span>' in before
    acts.call(standing, day)
    after = ghana.get(page).text
    assert 'Paid its pledges: <span class="bad">missed</span>' in after
    link = f'<a href="{standing.get_absolute_url()}" dir="auto">Standing fund</a>'
    assert f'{link}: <span class="bad">not done in time</span>' in after
    assert "nothing was due" in ghana.get(f"{BASE}{year.pk}/").text


def test_many_funds_ask_no_more_questions(
    acts: Acts, standing: Fund, year: Assessment, day: date, now: datetime
) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert gathered(year, now)
        return len(caught)

    acts.call(standing, day)
    questions()
    few = questions()
    for _ in range(3):
        acts.call(acts.open(placing=CONSULTATIVE), day)
    assert questions() == few
