"""Promises and funds: asked after at each step, each once, to the second, also after a week off."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from due_cast import PAPER, Acts, Promises

from commonhaven.web.accounts.models import User
from commonhaven.web.commitments.dated import begin_of, end_of
from commonhaven.web.commitments.models import Commitment
from commonhaven.web.groups.models import Caucus, ChairTerm, Group
from commonhaven.web.notices.models import Notice
from commonhaven.web.notices.rounds import tick
from commonhaven.web.record.actions import Placing

Cast = Callable[[str], User]
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
KEYS = ("asked:", "reply:", "release:")
"""How the keys of these notices begin."""


@pytest.fixture
def people(person: Cast) -> None:
    for who in ("france", "germany", "ghana", "secretariat", "treasurer", "unhcr", "analyst"):
        person(who)


@pytest.fixture
def due(people: None, promises: Promises, now: datetime) -> date:
    """The day on which France owes Ghana 300 USD; Accra keeps UTC."""
    day = now.date() + timedelta(days=40)
    promises(day)
    return day


def told(who: str = "") -> list[tuple[str, str, bool]]:
    """What was told of dues: to whom, of which kind, whether something is to be done."""
    rows = Notice.objects.filter(user__email__startswith=who).order_by("created_at", "user__email")
    return [
        (row.user.email.partition("@")[0], row.kind, row.to_do)
        for row in rows
        if row.key.startswith(KEYS)
    ]


def midnight(day: date) -> datetime:
    return begin_of(day, "Africa/Accra")


STEPS = (
    (-30, [("france", "instalment due", True)]),
    (0, [("france", "instalment due", True)]),
    (1, [("france", "instalment overdue", True)]),
    (31, [("france", "instalment asked after", True),
          ("secretariat", "instalment asked after", True)]),
    (91, [("france", "instalment before the review", True),
          ("secretariat", "instalment before the review", False)]),
)  # fmt: skip
"""Days after the day on which it is due → what is told from its first second on."""


def test_each_step_is_told_once_from_the_second_at_which_it_begins(due: date) -> None:
    for days, expected in STEPS:
        begins = midnight(due + timedelta(days=days))
        tick(begins - SECOND)
        before = told()
        tick(begins)
        assert told()[len(before) :] == expected, days
        tick(begins)
        tick(begins + DAY / 2)
        assert told()[len(before) :] == expected, days


def test_all_steps_of_half_a_year_are_told_once(due: date) -> None:
    for day in range(-35, 130, 5):
        for hours in (0, 24):
            tick(midnight(due + timedelta(days=day)) + timedelta(hours=hours))
    assert [kind for _who, kind, _do in told("france")] == [
        "instalment due", "instalment due", "instalment overdue", "instalment asked after",
        "instalment before the review",
    ]  # fmt: skip


def test_day_begins_on_the_clock_of_the_group(
    people: None, promises: Promises, now: datetime
) -> None:
    Group.objects.update(zone="Asia/Kathmandu")
    day = now.date() + timedelta(days=40)
    promises(day)
    overdue = end_of(day, "Asia/Kathmandu").astimezone(UTC) + SECOND
    assert (overdue.hour, overdue.minute) == (18, 15)
    tick(overdue - SECOND)
    assert "instalment overdue" not in {kind for _who, kind, _do in told("france")}
    tick(overdue)
    assert "instalment overdue" in {kind for _who, kind, _do in told("france")}


def test_round_after_a_week_off_tells_the_step_that_was_reached(due: date) -> None:
    tick(midnight(due) - 2 * DAY)
    tick(midnight(due) + 5 * DAY)
    assert [kind for _who, kind, _do in told("france")] == ["instalment due", "instalment overdue"]
    tick(midnight(due) + 37 * DAY)
    assert told("secretariat") == [("secretariat", "instalment asked after", True)]


def test_step_that_is_long_past_is_not_told(due: date) -> None:
    tick(midnight(due) + 20 * DAY)
    assert told() == []


def test_chair_and_receiver_s_people_without_a_part_are_not_asked(
    due: date, group: Group, now: datetime
) -> None:
    ChairTerm.objects.create(group=group, party="DEU", since=now.date() - DAY)
    tick(midnight(due) + 31 * DAY)
    assert {who for who, _kind, _do in told()} == {"france", "germany", "secretariat"}


def test_what_is_given_is_not_asked_after_and_more_time_is_asked_anew(
    due: date, promises: Promises, now: datetime
) -> None:
    row = Commitment.objects.get()
    tick(midnight(due))
    promises.step(row, "ghana", "postponed", instalment="1", until=due + 9 * DAY, says="rain")
    tick(midnight(due) + DAY)
    assert [kind for _who, kind, _do in told("france")] == ["instalment due", "instalment due"]
    tick(midnight(due) + 10 * DAY)
    assert told("france")[-1][1] == "instalment overdue"
    promises.deliver(row)
    Notice.objects.all().delete()
    tick(midnight(due) + 41 * DAY)
    assert told() == []


def test_who_may_not_see_it_is_not_told(
    people: None, group: Group, promises: Promises, acts: Acts, now: datetime
) -> None:
    donors = Caucus.objects.create(group=group, name="donors", parties=["FRA"])
    placing = Placing(audience="caucus", caucus=donors)
    day = now.date() - timedelta(days=31)
    promises(day, placing=placing)
    acts.call(acts.open(placing=placing), day)
    tick(now)
    assert told() == [("france", "instalment asked after", True)] * 2


def test_notice_says_how_much_of_what_and_by_when(due: date) -> None:
    tick(midnight(due) + 31 * DAY)
    row = Notice.objects.get(user__email="secretariat@example.org", kind__startswith="instalment")
    assert row.text == (
        "Classrooms: 300 USD of France are long overdue. The chair asks for the reason."
    )
    assert row.due_at == end_of(due, "Africa/Accra")
    assert row.url == Commitment.objects.get().get_absolute_url()


def test_it_is_mailed_once(
    due: date, settings: object, person: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    Notice.objects.all().delete()
    at = midnight(due)
    tick(at)
    tick(at + timedelta(hours=1))
    sent = [one for one in mail.outbox if one.to == ["france@example.org"]]
    assert [one.subject for one in sent] == ["Classrooms: France owes 300 USD."]


def test_contribution_to_a_fund_is_asked_after_in_the_same_steps(
    people: None, acts: Acts, now: datetime
) -> None:
    fund, day = acts.open(), now.date() + timedelta(days=40)
    acts.call(fund, day, 500)
    acts(fund, "treasurer", "paid", 200, party="FRA")
    for days, expected in STEPS:
        Notice.objects.all().delete()
        tick(midnight(day + timedelta(days=days)))
        assert told() == expected, days
    text = Notice.objects.get(user__email="france@example.org").text
    assert text == (
        "Standing fund: 300 USD of France are overdue and on the list of the annual review."
    )
    acts(fund, "treasurer", "paid", 300, party="FRA")
    Notice.objects.all().delete()
    tick(midnight(day) + 92 * DAY)
    assert told() == []


@pytest.fixture
def doubted(people: None, promises: Promises, now: datetime) -> datetime:
    """Until when France has to answer Ghana's doubt about 50 of 300."""
    row = promises(now.date() + timedelta(days=200))
    promises.step(row, "ghana", "disputed", 50, of=promises.deliver(row), says="less came")
    return promises.at + 30 * DAY


def test_reply_is_reminded_of_7_days_and_1_day_before_and_told_when_missed(
    doubted: datetime,
) -> None:
    tick(doubted - 7 * DAY - SECOND)
    assert told() == []
    tick(doubted - 7 * DAY)
    tick(doubted - DAY - SECOND)
    assert told() == [("france", "reply due", True)]
    tick(doubted - DAY)
    tick(doubted)
    assert told() == [("france", "reply due", True)] * 2
    tick(doubted + SECOND)
    tick(doubted + DAY)
    assert told()[2:] == [("france", "reply missed", False), ("ghana", "reply missed", False)]
    last = Notice.objects.filter(kind="reply missed").first()
    assert last is not None
    assert last.text.endswith("50 USD no longer count.")


def test_dispute_that_lapsed_in_a_week_off_is_told_afterwards(doubted: datetime) -> None:
    tick(doubted - 5 * DAY)
    tick(doubted + 2 * DAY)
    assert [kind for _who, kind, _do in told("france")] == ["reply due", "reply missed"]


def test_reply_that_was_given_is_not_reminded_of(doubted: datetime, promises: Promises) -> None:
    row = Commitment.objects.get()
    promises.step(row, "france", "replied", of=f"c{row.pk}.4", says="it went by ship")
    tick(doubted - DAY)
    tick(doubted + SECOND)
    assert told() == []


def test_release_is_reminded_of_24_hours_and_1_hour_before_its_end(
    people: None, acts: Acts, now: datetime
) -> None:
    fund, convened = acts.open(), now - timedelta(hours=6)
    acts.call(fund, now.date())
    acts(fund, "treasurer", "paid", 500, party="FRA")
    acts(fund, "ghana", "asked", 90, says="reception", convened=convened)
    until, hour = convened + timedelta(hours=48), timedelta(hours=1)
    tick(until - 24 * hour - SECOND)
    assert told() == []
    tick(until - 24 * hour)
    both = [("secretariat", "release open", True), ("treasurer", "release open", True)]
    assert told() == both
    tick(until - hour)
    tick(until)
    assert told() == [*both, *both]
    tick(until + SECOND)
    tick(until + DAY)
    assert told()[4:] == [
        ("secretariat", "release over", False), ("treasurer", "release over", False),
    ]  # fmt: skip


def test_release_that_was_made_is_not_reminded_of(people: None, acts: Acts, now: datetime) -> None:
    fund, convened = acts.open(), now - timedelta(hours=6)
    acts.call(fund, now.date())
    acts(fund, "treasurer", "paid", 500, party="FRA")
    asked = acts(fund, "ghana", "asked", 90, says="reception", convened=convened)
    acts(fund, "treasurer", "released", 90, request=asked)
    tick(convened + timedelta(hours=47))
    tick(convened + timedelta(hours=49))
    assert told() == []


def test_round_asks_as_often_for_30_promises_and_funds_as_for_3(
    people: None, promises: Promises, acts: Acts, now: datetime
) -> None:
    counts = []
    for more in (3, 27):
        for _ in range(more):
            row = promises(now.date() + 9 * DAY)
            promises.step(row, "france", "committed", 5, giver="FRA", evidence=PAPER)
            acts.call(acts.open(), now.date() + 9 * DAY)
        tick(now)
        Notice.objects.all().delete()
        with CaptureQueriesContext(connection) as seen:
            tick(now)
        assert Notice.objects.filter(kind="instalment due").count() > more
        counts.append(len(seen))
        Notice.objects.update(mailed_at=now)
    assert counts[1] == counts[0]
