"""The incentive fund divided by a closed year: all of the pot, once, in balanced books."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from years import DAY

from commonhaven.reading import Problem
from commonhaven.web.decisions.models import Decision
from commonhaven.web.funds.actions import act_on
from commonhaven.web.funds.models import Fund
from commonhaven.web.funds.values import state_of
from commonhaven.web.good_faith import actions
from commonhaven.web.good_faith.models import Assessment
from commonhaven.web.good_faith.payment import Whole, pay_incentive
from commonhaven.web.good_faith.queries import lines
from commonhaven.web.kit.audience import Seat, Viewer
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.notices.models import Notice
from commonhaven.web.plans.models import Plan
from commonhaven.web.record.models import Entry

Seats = Callable[[str], Seat]
Viewers = Callable[[str], Viewer]
PEOPLE = {"GHA": 200, "LBR": 100, "FRA": 33}
TENTH = Whole(cost=Fraction(2000), source="Plan 1, cost of the year")


@pytest.fixture
def ready(closed: Assessment, seat: Seats, now: datetime) -> Assessment:
    return actions.set_people(
        assessment=closed, people={**dict.fromkeys(closed.states, 0), **PEOPLE},
        source="UNHCR, figures of June", by=seat("unhcr"), at=now + 31 * DAY,
    )  # fmt: skip


@pytest.fixture
def paid(
    ready: Assessment, fund: Fund, decision: Decision, seat: Seats, now: datetime
) -> Assessment:
    return pay_incentive(
        assessment=ready, fund=fund, whole=TENTH, decision=decision.subject, by=seat("treasurer"),
        at=now + 32 * DAY,
    )  # fmt: skip


def test_payments_add_up_to_the_pot_and_the_books_balance(
    paid: Assessment, fund: Fund, now: datetime
) -> None:
    given = {state: amount for state, amount in paid.payments.items() if Decimal(amount)}
    assert given == {"GHA": "60.06", "LBR": "30.03", "FRA": "9.91"}
    assert sum(Decimal(amount) for amount in paid.payments.values()) == Decimal(paid.pot) == 100
    state = state_of(fund, now + 33 * DAY)
    assert state.owed_to_requests.amount == 100
    assert sum(state.balance.values()) == 0
    assert {(one.by, one.stage) for one in state.requests} == {
        ("GHA", "granted"), ("LBR", "granted"), ("FRA", "granted"),
    }  # fmt: skip


def test_a_payment_is_paid_out_and_confirmed_by_the_state_itself(
    paid: Assessment, fund: Fund, seat: Seats, now: datetime
) -> None:
    state = state_of(fund, now + 33 * DAY)
    own = next(one for one in state.requests if one.by == "GHA")
    act_on(fund=fund, kind="paid out", request=own.id, amount=own.granted.exact,
           by=seat("treasurer"), at=now + 33 * DAY)  # fmt: skip
    with pytest.raises(Conflict, match="only Ghana can confirm"):
        act_on(fund=fund, kind="confirmed", request=own.id, amount=own.granted.exact,
               by=seat("liberia"), at=now + 34 * DAY)  # fmt: skip
    act_on(fund=fund, kind="confirmed", request=own.id, amount=own.granted.exact,
           by=seat("ghana"), at=now + 34 * DAY)  # fmt: skip
    found = next(one for one in state_of(fund, now + 35 * DAY).requests if one.by == "GHA")
    assert found.stage == "confirmed"


def test_what_a_state_forgoes_goes_to_the_others(
    ready: Assessment, fund: Fund, decision: Decision, seat: Seats, now: datetime
) -> None:
    with pytest.raises(Refused):
        actions.forgo(assessment=ready, state="FRA", by=seat("ghana"), at=now + 32 * DAY)
    actions.forgo(assessment=ready, state="FRA", by=seat("france"), at=now + 32 * DAY)
    with pytest.raises(Conflict, match="left its payment already"):
        actions.forgo(assessment=ready, state="FRA", by=seat("france"), at=now + 32 * DAY)
    row = pay_incentive(
        assessment=ready, fund=fund, whole=TENTH, decision=decision.subject, by=seat("treasurer"),
        at=now + 32 * DAY,
    )  # fmt: skip
    assert (row.payments["FRA"], row.payments["GHA"], row.payments["LBR"]) == (
        "0.00", "66.67", "33.33",
    )  # fmt: skip
    with pytest.raises(Conflict, match="divided by it already"):
        actions.forgo(assessment=ready, state="GHA", by=seat("ghana"), at=now + 33 * DAY)


def test_each_state_is_told_of_its_own_award(
    closed: Assessment, fund: Fund, decision: Decision, seat: Seats, now: datetime
) -> None:
    for who in ("ghana", "liberia", "france", "ngo"):
        seat(who)
    row = actions.set_people(
        assessment=closed, people={**dict.fromkeys(closed.states, 0), **PEOPLE},
        source="UNHCR, figures of June", by=seat("unhcr"), at=now + 31 * DAY,
    )  # fmt: skip
    pay_incentive(assessment=row, fund=fund, whole=TENTH, decision=decision.subject,
                  by=seat("treasurer"), at=now + 32 * DAY)  # fmt: skip
    told = Notice.objects.filter(kind="money awarded").select_related("user")
    assert sorted((notice.user.email, notice.facts["about"]) for notice in told) == [
        ("france@example.org", "FRA"), ("ghana@example.org", "GHA"),
        ("liberia@example.org", "LBR"),
    ]  # fmt: skip
    divided = Notice.objects.filter(kind="incentive divided").select_related("user")
    assert {notice.user.email.partition("@")[0] for notice in divided} == {
        "france", "ghana", "liberia", "unhcr",
    }  # fmt: skip


def test_a_fund_is_divided_once(
    paid: Assessment, fund: Fund, decision: Decision, seat: Seats, now: datetime
) -> None:
    before = (Entry.objects.count(), fund.steps.count())
    with pytest.raises(Conflict, match="divided by it already"):
        pay_incentive(assessment=paid, fund=fund, whole=TENTH, decision=decision.subject,
                      by=seat("treasurer"), at=now + 33 * DAY)  # fmt: skip
    with pytest.raises(Conflict, match="divided by it already"):
        actions.set_people(assessment=paid, people=PEOPLE, source="x", by=seat("unhcr"),
                           at=now + 33 * DAY)  # fmt: skip
    assert (Entry.objects.count(), fund.steps.count()) == before


def test_too_little_in_the_fund_awards_nobody(
    ready: Assessment, fund: Fund, decision: Decision, seat: Seats, now: datetime
) -> None:
    before = (Entry.objects.count(), fund.steps.count())
    with pytest.raises(Conflict, match="may be granted now"):
        pay_incentive(
            assessment=ready, fund=fund, whole=Whole(pot=Fraction("1000.01"), source="Decision 1"),
            decision=decision.subject, by=seat("treasurer"), at=now + 32 * DAY,
        )  # fmt: skip
    assert (Entry.objects.count(), fund.steps.count()) == before
    ready.refresh_from_db()
    assert (ready.fund, ready.payments) == (None, {})


@pytest.mark.parametrize("who", ["unhcr", "ghana", "ngo", "analyst"])
def test_only_who_keeps_the_books_divides(
    ready: Assessment, fund: Fund, decision: Decision, seat: Seats, now: datetime, who: str
) -> None:
    with pytest.raises(Refused):
        pay_incentive(assessment=ready, fund=fund, whole=TENTH, decision=decision.subject,
                      by=seat(who), at=now + 32 * DAY)  # fmt: skip


@pytest.mark.parametrize(
    ("whole", "named", "why"),
    [
        (Whole(source="x"), None, "either the year's cost or the pot"),
        (Whole(cost=Fraction(1), pot=Fraction(1), source="x"), None, "either the year's cost"),
        (Whole(pot=Fraction(1), source=" "), None, "no source"),
        (Whole(pot=Fraction("0.001"), source="x"), None, "not a whole number of minor units"),
        (TENTH, "decision/0", "no such decision"),
        (TENTH, "", "names no decision"),
    ],
)
def test_what_the_payments_follow_from_is_complete(
    ready: Assessment, fund: Fund, decision: Decision, seat: Seats, now: datetime, whole: Whole,
    named: str | None, why: str,
) -> None:  # fmt: skip
    with pytest.raises(Problem, match=why):
        pay_incentive(
            assessment=ready, fund=fund, whole=whole, by=seat("treasurer"), at=now + 32 * DAY,
            decision=decision.subject if named is None else named,
        )  # fmt: skip


def test_a_fund_of_another_kind_or_a_wider_one_is_refused(
    ready: Assessment, fund: Fund, decision: Decision, seat: Seats, now: datetime
) -> None:
    def divide() -> None:
        pay_incentive(assessment=ready, fund=fund, whole=TENTH, decision=decision.subject,
                      by=seat("treasurer"), at=now + 32 * DAY)  # fmt: skip

    Fund.objects.filter(pk=fund.pk).update(audience="public")
    fund.refresh_from_db()
    with pytest.raises(Conflict, match="it would show the assessment"):
        divide()
    Fund.objects.filter(pk=fund.pk).update(audience="members", kind="standing")
    fund.refresh_from_db()
    with pytest.raises(Conflict, match="none for good faith"):
        divide()


def test_nothing_is_divided_before_the_close_or_without_people(
    published: Assessment, fund: Fund, decision: Decision, seat: Seats, now: datetime
) -> None:
    def divide(row: Assessment) -> None:
        pay_incentive(assessment=row, fund=fund, whole=TENTH, decision=decision.subject,
                      by=seat("treasurer"), at=now + 32 * DAY)  # fmt: skip

    with pytest.raises(Conflict, match="published and not closed"):
        divide(published)
    row = actions.close(assessment=published, by=seat("unhcr"), at=now + 31 * DAY)
    with pytest.raises(Conflict, match="how many people"):
        divide(row)


@pytest.mark.parametrize(
    ("people", "source", "why"),
    [
        (PEOPLE, "x", "nothing is said of .*Benin"),
        ({**PEOPLE, "BRA": 1}, "x", "Brazil is not assessed"),
        (None, " ", "no source"),
        ({"GHA": -1}, "x", "out of range"),
    ],
)
def test_people_are_complete_and_have_a_source(
    closed: Assessment, seat: Seats, now: datetime, people: dict[str, int] | None, source: str,
    why: str,
) -> None:  # fmt: skip
    whole = {**dict.fromkeys(closed.states, 1), **(people or {})}
    given = people if people == PEOPLE else whole
    with pytest.raises(Problem, match=why):
        actions.set_people(assessment=closed, people=given, source=source, by=seat("unhcr"), at=now)


def test_people_of_a_plan_that_is_not_decided_are_not_taken(
    closed: Assessment, seat: Seats, now: datetime
) -> None:
    plan = Plan(group_id=closed.group_id, status="tabled")
    with pytest.raises(Conflict, match="not decided"):
        actions.of_plan(closed, plan, now)


def test_payments_are_for_whoever_sees_the_fund(paid: Assessment, viewer: Viewers) -> None:
    def told(who: str) -> Decimal | None:
        found = lines(Assessment.objects.get(pk=paid.pk), viewer(who))
        return next(line.paid for line in found if line.state == "GHA")

    assert (told("france"), told("ngo")) == (Decimal("60.06"), None)
    divided = Entry.objects.get(act="incentive divided")
    assert (divided.audience, divided.subject) == ("members", paid.fund and paid.fund.subject)
