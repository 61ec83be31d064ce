"""Promises, needs and funds on the first page: what waits for whom, and what is owed by when."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from due_cast import PAPER, Acts, Promises

from commonhaven.commitments import Need as Needed
from commonhaven.web.accounts.models import User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.commitments import matches, needs
from commonhaven.web.commitments.dated import end_of
from commonhaven.web.commitments.models import Need
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.groups.models import Caucus, ChairTerm, Group
from commonhaven.web.home.queries import Desk, desks
from commonhaven.web.home.waiting import Task
from commonhaven.web.kit.audience import Seat as Place
from commonhaven.web.record.actions import Placing

Waits = Callable[..., set[str]]
Seats = Callable[[str], Place]
Signed = Callable[[str], Client]
Cast = Callable[[str], User]
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
KEEP = {"secretariat", "treasurer"}


@pytest.fixture
def chaired(group: Group, now: datetime) -> set[str]:
    """France takes the chair; who runs the group then."""
    ChairTerm.objects.create(group=group, party="FRA", since=now.date() - timedelta(days=9))
    return {"france", "secretariat"}


@pytest.fixture
def task(person: Cast) -> Callable[[str, str, datetime], list[Task]]:
    """The tasks of somebody, at an instant, that begin with these words."""

    def found(who: str, what: str, at: datetime) -> list[Task]:
        (desk,) = desks(viewer_of(person(who), at))
        return [one for one in desk.tasks if str(one.what).startswith(what)]

    return found


def test_instalment_is_signed_sent_confirmed_and_verified(
    promises: Promises, waits_for: Waits, now: datetime
) -> None:
    far, soon = now.date() + timedelta(days=90), now.date() + timedelta(days=10)
    row = promises(soon, far)
    assert waits_for("Sign for an instalment") == {"france"}
    assert waits_for("Deliver an instalment") == set()
    promises.sign(row, 100)
    assert waits_for("Sign for an instalment") == {"france"}
    assert waits_for("Deliver an instalment") == {"france"}
    promises.sign(row, 200)
    assert waits_for("Sign for an instalment") == set()
    assert waits_for("Deliver an instalment") == {"france"}
    more = {"giver": "FRA", "to": "GHA", "evidence": PAPER}
    gift = promises.step(row, "france", "delivered", 300, **more)
    assert waits_for("Deliver an instalment") == set()
    assert waits_for("Confirm what you received") == {"ghana"}
    assert waits_for("Verify what was received") == set()
    promises.step(row, "ghana", "received", 300, of=gift)
    assert waits_for("Confirm what you received") == set()
    assert waits_for("Verify what was received") == {"unhcr"}  # it is not for organisations
    promises.step(row, "unhcr", "verified", 300, of=gift, evidence=PAPER)
    assert waits_for("Verify what was received") == set()
    assert waits_for("Sign for an instalment", after=60 * DAY) == {"france"}  # the second one


def test_instalment_waits_from_the_first_second_of_the_day_of_the_reminder(
    group: Group, promises: Promises, task: Callable[..., list[Task]], now: datetime
) -> None:
    Group.objects.update(zone="Asia/Kathmandu")
    due = now.date() + timedelta(days=50)
    promises(due)
    ends = end_of(due, "Asia/Kathmandu").astimezone(UTC)
    assert (ends.hour, ends.minute, ends.second) == (18, 14, 59)
    begins = ends + SECOND - 31 * DAY
    assert task("france", "Sign", begins - SECOND) == []
    (found,) = task("france", "Sign", begins)
    assert (found.due, found.party, found.about) == (ends, "FRA", "Classrooms")


def test_verification_waits_for_organisations_that_may_see_it(
    promises: Promises, waits_for: Waits, now: datetime
) -> None:
    row = promises(now.date() + DAY, placing=Placing(audience="consultative"))
    gift = promises.deliver(row)
    promises.step(row, "ghana", "received", 300, of=gift)
    assert waits_for("Verify what was received") == {"unhcr", "ngo"}


def test_dispute_waits_until_the_second_at_which_its_time_is_over(
    promises: Promises, waits_for: Waits, task: Callable[..., list[Task]], now: datetime
) -> None:
    row = promises(now.date() + DAY)
    gift = promises.deliver(row)
    promises.step(row, "ghana", "disputed", 300, of=gift, says="nothing came")
    assert waits_for("Confirm what you received") == set()
    assert waits_for("Answer a dispute") == {"france"}
    due = promises.at + 30 * DAY
    (found,) = task("france", "Answer a dispute", due)
    assert (found.due, found.party) == (due, "FRA")
    assert task("france", "Answer a dispute", due + SECOND) == []
    promises.step(row, "france", "replied", of=f"c{row.pk}.4", says="it went by ship")
    assert waits_for("Answer a dispute") == set()


def test_chair_asks_after_thirty_days_and_to_the_second(
    chaired: set[str], promises: Promises, waits_for: Waits, task: Callable[..., list[Task]],
    now: datetime,
) -> None:  # fmt: skip
    due = now.date() + timedelta(days=3)
    promises(due)
    asks = end_of(due, "Africa/Accra") + SECOND + 30 * DAY
    assert task("secretariat", "Ask the giver", asks - SECOND) == []
    assert len(task("secretariat", "Ask the giver", asks)) == 1
    assert waits_for("Ask the giver", after=asks - now) == chaired
    assert waits_for("Ask the giver", after=asks + 60 * DAY - now) == set()  # the review has it


@pytest.fixture
def need(group: Group, seat: Seats, now: datetime) -> Need:
    """Ghana needs 100 USD."""
    value = Needed(id="new", title="Wells", by="GHA", kind="financial", unit="USD",
                   quantity=Fraction(100), about="water", basis="survey")  # fmt: skip
    return needs.state_need(group=group, value=value, by=seat("ghana"), at=now - 4 * DAY)


def test_need_waits_for_its_review_and_for_who_stated_it(
    chaired: set[str], need: Need, seat: Seats, waits_for: Waits, now: datetime
) -> None:
    assert waits_for("Review a need") == set()
    needs.submit_need(need=need, by=seat("ghana"), at=now)
    assert waits_for("Review a need") == chaired | {"unhcr"}
    needs.review_need(need=need, accepted=False, found="no basis", by=seat("unhcr"), at=now)
    assert waits_for("Review a need") == set()
    assert waits_for("Change a need that was returned") == {"ghana"}


def test_match_waits_for_the_side_that_has_not_accepted(
    promises: Promises, need: Need, seat: Seats, waits_for: Waits, now: datetime
) -> None:
    row = promises(now.date() + DAY)
    needs.submit_need(need=need, by=seat("ghana"), at=now)
    needs.review_need(need=need, accepted=True, found="sound", by=seat("unhcr"), at=now)
    made = matches.propose_match(
        commitment=row, need=need, quantity=50, why="fits", by=seat("ghana"), at=now
    )
    assert waits_for("Answer a proposed match") == {"france"}
    matches.answer_match(match=made, kind="accepted", by=seat("france"), at=now)
    assert waits_for("Answer a proposed match") == set()
    matches.propose_match(
        commitment=row, need=need, quantity=5, why="fits", by=seat("secretariat"), at=now
    )
    assert waits_for("Answer a proposed match") == {"france", "ghana"}


def test_fund_from_call_to_report(
    group: Group, acts: Acts, waits_for: Waits, now: datetime
) -> None:
    row = acts.open()
    acts.call(row, now.date() + timedelta(days=20))
    assert waits_for("Pay your contribution") == {"france"}
    acts(row, "treasurer", "paid", 500, party="FRA")
    assert waits_for("Pay your contribution") == set()
    asked = acts(row, "ghana", "asked", 90, says="reception")
    assert waits_for("Review a request") == KEEP
    acts(row, "treasurer", "reviewed", request=asked, says="sound")
    assert waits_for("Review a request") == set()
    decision = Decision.objects.create(
        group=group, number=1, kind="other", title="Money", mode="consensus", party="UNHCR",
        status="adopted", decided_at=now, created_at=now,
    )  # fmt: skip
    acts(row, "treasurer", "granted", 90, request=asked, decision=decision.subject)
    assert waits_for("Pay what the fund granted") == KEEP
    acts(row, "treasurer", "paid out", 90, request=asked)
    assert waits_for("Pay what the fund granted") == set()
    assert waits_for("Confirm money of the fund") == {"ghana"}
    acts(row, "ghana", "confirmed", 90, request=asked)
    assert waits_for("Report what money") == {"ghana"}
    acts(row, "ghana", "reported", 90, request=asked, evidence="accounts")
    assert waits_for("Report what money") == set()


def test_release_at_once_waits_until_48_hours_after_the_convening_to_the_second(
    acts: Acts, waits_for: Waits, task: Callable[..., list[Task]], now: datetime
) -> None:
    row, convened = acts.open(), now - timedelta(hours=6)
    acts.call(row, now.date())
    acts(row, "treasurer", "paid", 500, party="FRA")
    asked = acts(row, "ghana", "asked", 90, says="reception", convened=convened)
    until = convened + timedelta(hours=48)
    assert waits_for("Release money at once") == KEEP
    (found,) = task("treasurer", "Release money at once", until)
    (review,) = task("treasurer", "Review a request", until)
    assert found.due == review.due == until
    assert task("treasurer", "Release money at once", until + SECOND) == []
    acts(row, "treasurer", "released", 90, request=asked)
    assert waits_for("Release money at once") == set()


def test_what_one_may_not_see_waits_for_nobody(
    group: Group, promises: Promises, acts: Acts, waits_for: Waits, person: Cast, now: datetime
) -> None:
    donors = Caucus.objects.create(group=group, name="donors", parties=["FRA"])
    placing = Placing(audience="caucus", caucus=donors)
    gift = promises.deliver(promises(now.date(), now.date() + DAY, placing=placing))
    acts.call(acts.open(placing=placing), now.date())
    assert gift
    assert waits_for("Sign for an instalment") == {"france"}
    assert waits_for("Confirm what you received") == set()  # Ghana may not see it
    assert waits_for("Pay your contribution") == {"france"}
    assert waits_for("Ask the giver", after=40 * DAY) == set()
    assert desk(person, "germany", now).owes == []


def desk(person: Cast, who: str, at: datetime) -> Desk:
    (found,) = desks(viewer_of(person(who), at))
    return found


@pytest.fixture
def duty(group: Group, now: datetime) -> Obligation:
    """France owes 900 USD by an adopted decision."""
    decision = Decision.objects.create(
        group=group, number=7, kind="other", title="Plan", mode="consensus", party="UNHCR",
        status="adopted", decided_at=now, created_at=now, audience="members",
    )  # fmt: skip
    return Obligation.objects.create(
        group=group, decision=decision, code="FRA:pay", party="FRA", kind="pay",
        what="Pay 900 USD", measured="receipts", quantity=900, unit="USD", created_at=now,
        due=now.date() + timedelta(days=45),
    )  # fmt: skip


def test_what_is_owed_stands_in_order_of_time_with_the_four_numbers(
    duty: Obligation, promises: Promises, acts: Acts, person: Cast, signed_in: Signed,
    now: datetime,
) -> None:  # fmt: skip
    today = now.date()
    row = promises(today - timedelta(days=4), today + timedelta(days=60))
    type(row).objects.filter(pk=row.pk).update(obligation=duty)
    promises.deliver(row, 100)
    acts.call(acts.open(), today + timedelta(days=50))
    found = desk(person, "france", now).owes
    assert [(one.title, one.late, one.due) for one in found] == [
        ("Classrooms", True, today - timedelta(days=4)),
        ("Pay 900 USD", False, today + timedelta(days=45)),
        ("Standing fund", False, today + timedelta(days=50)),
        ("Classrooms", False, today + timedelta(days=60)),
    ]
    assert [one.quantity.value for one in found if one.quantity] == [200, 500, 300]
    numbers = found[1].numbers
    assert numbers is not None
    assert (numbers.fair_share, numbers.pledged, numbers.after_deductions, numbers.delivered) == (
        900, 600, 600, 100,
    )  # fmt: skip
    share = found[0].share
    assert share is not None
    assert (share.promised.value, share.committed.value, share.delivered.value) == (600, 100, 100)
    text = signed_in("france").get("/").text
    assert "Fair share <bdi>900</bdi> · Pledged <bdi>600</bdi>" in text
    assert "Classrooms" in text
    assert desk(person, "france", now).due == end_of(today - timedelta(days=4), "Africa/Accra")
    for who in ("analyst", "observer", "ngo", "ghana", "germany"):
        assert desk(person, who, now).owes == []


def test_periods_stand_on_the_clock_beside_those_of_meetings(
    promises: Promises, acts: Acts, person: Cast, signed_in: Signed, now: datetime
) -> None:
    row = promises(now.date() + DAY)
    promises.step(row, "ghana", "disputed", 50, of=promises.deliver(row), says="less came")
    fund, convened = acts.open(), now - timedelta(hours=6)
    acts.call(fund, now.date())
    acts(fund, "treasurer", "paid", 500, party="FRA")
    acts(fund, "ghana", "asked", 90, says="reception", convened=convened)
    (reply,) = desk(person, "france", now).running
    assert (reply.due, reply.party) == (promises.at + 30 * DAY, "FRA")
    (release,) = desk(person, "treasurer", now).running
    assert (release.due, release.party) == (convened + timedelta(hours=48), "GHA")
    assert desk(person, "ghana", now).running == desk(person, "unhcr", now).running == []
    assert "No deadline binds you." not in signed_in("france").get("/").text
    assert "Answer a dispute; without an answer it is upheld" in signed_in("france").get("/").text


def test_as_many_queries_for_30_promises_and_funds_as_for_2(
    chaired: set[str], duty: Obligation, promises: Promises, acts: Acts, seat: Seats,
    signed_in: Signed, need: Need, now: datetime,
) -> None:  # fmt: skip
    today = now.date()
    needs.submit_need(need=need, by=seat("ghana"), at=now)
    needs.review_need(need=need, accepted=True, found="sound", by=seat("unhcr"), at=now)

    def more(number: int) -> None:
        for _ in range(number):
            row = promises(today - timedelta(days=40), today + DAY)
            type(row).objects.filter(pk=row.pk).update(obligation=duty)
            gift = promises.deliver(row)
            promises.step(row, "ghana", "disputed", 50, of=gift, says="less came")
            matches.propose_match(
                commitment=row, need=need, quantity=1, why="fits", by=seat("ghana"), at=now
            )
            fund = acts.open()
            acts.call(fund, today)
            acts(fund, "treasurer", "paid", 100, party="FRA")
            acts(fund, "ghana", "asked", 9, says="x", convened=now - timedelta(hours=6))

    def queries(who: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert clients[who].get("/").status_code == 200
        return len(caught)

    clients = {who: signed_in(who) for who in ("france", "secretariat", "ghana")}
    more(2)
    few = {who: queries(who) for who in clients}
    more(28)
    assert {who: queries(who) for who in clients} == few
