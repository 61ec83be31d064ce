"""The clocks of RULES C1, to the second, through the platform."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from commonhaven.procedures import Permission, Setting, procedure
from commonhaven.web.accounts.models import User
from commonhaven.web.groups.models import Group, Membership
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.forms import ActForm
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.queries import clocks_of, standing_of, state_of

Seats = Callable[[str], Seat]
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
WEEK = timedelta(days=7)


@pytest.fixture
def member(group: Group, person: Callable[[str], User]) -> Seats:
    """A seat for any member, held by one and the same person."""

    def made(party: str) -> Seat:
        held = Membership.objects.get(group=group, party=party)
        return Seat(
            id=0, user=person("ghana").pk, group=group.pk, party=party, capacity="delegate",
            standing=held.standing, accepted=True,
        )  # fmt: skip

    return made


@pytest.fixture
def berlin(group: Group, seat: Seats, now: datetime) -> Meeting:
    """The Berlin mechanism: the chair is asked 48 hours after clarification was."""
    made = actions.convene(
        group=group, title="Emergency", procedure="berlin-1991", by=seat("ghana"), at=now
    )
    asked = now + 48 * HOUR + SECOND
    actions.act(meeting=made, kind="ask-chair", by=seat("ghana"), at=asked)
    return made


SECONDERS = ("BEL", "BEN", "BFA", "CAN", "CHE", "CIV", "CPV", "DEU", "DNK", "ESP", "FIN", "FRA")


def seconded(meeting: Meeting, member: Seats, number: int, at: datetime) -> None:
    for party in SECONDERS[:number]:
        actions.act(meeting=meeting, kind="second", by=member(party), at=at)


def test_eleven_seconders_at_the_last_minute_are_too_few(
    berlin: Meeting, member: Seats, now: datetime
) -> None:
    asked = now + 48 * HOUR + SECOND
    seconded(berlin, member, 11, asked + timedelta(hours=47, minutes=59))
    assert state_of(berlin, asked + 48 * HOUR + SECOND).stage == "not-seconded"


def test_twelve_seconders_at_the_last_minute_are_enough(
    berlin: Meeting, member: Seats, now: datetime
) -> None:
    asked = now + 48 * HOUR + SECOND
    seconded(berlin, member, 12, asked + timedelta(hours=47, minutes=59))
    assert state_of(berlin, asked + 48 * HOUR + SECOND).stage == "seconded"


@pytest.mark.parametrize("late", [0, 1])
def test_the_twelfth_seconder_at_the_end_of_the_time(
    berlin: Meeting, member: Seats, now: datetime, late: int
) -> None:
    asked = now + 48 * HOUR + SECOND
    seconded(berlin, member, 11, asked + HOUR)
    end = asked + 48 * HOUR + late * SECOND
    twelfth = member("FRA")
    if not late:
        actions.act(meeting=berlin, kind="second", by=twelfth, at=end)
        assert state_of(berlin, end).stage == "seconded"
    else:
        with pytest.raises(Conflict):
            actions.act(meeting=berlin, kind="second", by=twelfth, at=end)
        assert state_of(berlin, end).stage == "not-seconded"


@pytest.fixture
def called(convened: Meeting, seat: Seats, now: datetime) -> tuple[Meeting, datetime]:
    """A meeting of which notice is given, and the instant of the notice."""
    notice = now + 48 * HOUR + SECOND
    return convened, notice


@pytest.mark.parametrize(
    ("after", "stage"),
    [
        (timedelta(hours=47, minutes=59, seconds=59), "notice"),
        (timedelta(hours=48), "meeting"),
        (timedelta(hours=72), "meeting"),
        (timedelta(hours=72, seconds=1), "undecided"),
    ],
)
def test_the_meeting_opens_48_to_72_hours_after_the_notice(
    called: tuple[Meeting, datetime], seat: Seats, after: timedelta, stage: str
) -> None:
    meeting, notice = called
    actions.act(meeting=meeting, kind="acknowledge", by=seat("secretariat"), at=notice - 40 * HOUR)
    since = state_of(meeting, notice).since
    assert since is not None
    at = since + after
    if stage == "meeting":
        actions.act(meeting=meeting, kind="open-meeting", by=seat("secretariat"), at=at)
    else:
        with pytest.raises(Conflict):
            actions.act(meeting=meeting, kind="open-meeting", by=seat("secretariat"), at=at)
    assert state_of(meeting, at).stage == stage


def test_a_server_that_was_off_for_a_week_wakes_up_right(convened: Meeting, now: datetime) -> None:
    """Nothing was evaluated in between; every passage has its own instant."""
    state = state_of(convened, now + WEEK)
    assert state.stage == "undecided"
    assert state.since == now + 48 * HOUR + 72 * HOUR
    silent = [step for step in state.log if step.kind == "reply"]
    assert {step.at for step in silent} == {now + 48 * HOUR}
    assert len(silent) == 32
    assert [step.sentence for step in silent if step.party == "FRA"] == ["FRA gave no reply."]


def test_asking_at_every_hour_changes_nothing(convened: Meeting, now: datetime) -> None:
    for hour in range(0, 168, 7):
        state_of(convened, now + hour * HOUR)
    looked_at = state_of(convened, now + WEEK)
    assert looked_at == standing_of(Meeting.objects.get(pk=convened.pk), now + WEEK).state


@pytest.mark.parametrize(
    ("zone", "start", "due"),
    [
        ("Asia/Kathmandu", datetime(2026, 2, 3, 10, 15, tzinfo=UTC), "2026-02-05T16:00:00+05:45"),
        ("America/St_Johns", datetime(2026, 2, 3, 10, 15, tzinfo=UTC), "2026-02-05T06:45:00-03:30"),
        ("Europe/Brussels", datetime(2026, 3, 28, 12, tzinfo=UTC), "2026-03-30T14:00:00+02:00"),
        ("America/New_York", datetime(2026, 10, 31, 12, tzinfo=UTC), "2026-11-02T07:00:00-05:00"),
    ],
)  # fmt: skip
def test_48_hours_are_48_hours_in_every_zone_and_over_every_change_of_the_clock(
    group: Group, seat: Seats, zone: str, start: datetime, due: str
) -> None:
    group.zone = zone
    group.save()
    made = actions.convene(group=group, title="Influx", by=seat("ghana"), at=start)
    answers = next(one for one in clocks_of(made, start) if one.id == "answers")
    assert answers.due == start + 48 * HOUR == datetime.fromisoformat(due)


def test_days_keep_the_local_hour_over_a_change_of_the_clock(group: Group, seat: Seats) -> None:
    """An annual review asked for on the eve of summer time: 14 local days are 335 hours."""
    group.zone = "Europe/Brussels"
    group.save()
    start = datetime(2026, 3, 28, 12, tzinfo=UTC)
    made = actions.convene(
        group=group, title="Review", kind="annual review", by=seat("ghana"), at=start
    )
    answers = next(one for one in clocks_of(made, start) if one.id == "answers")
    assert answers.due - start == 335 * HOUR


def test_the_page_shows_clocks_in_the_zone_of_the_group_and_in_utc(
    group: Group, seat: Seats, signed_in: Callable[[str], Client], now: datetime
) -> None:
    group.zone = "Asia/Kathmandu"
    group.save()
    made = actions.convene(group=group, title="Influx", by=seat("ghana"), at=now)
    page = signed_in("ghana").get(made.get_absolute_url())
    assert "<abbr>+0545</abbr>" in page.text
    assert "<abbr>UTC</abbr>" in page.text


def test_the_platform_clock_moves_a_meeting_on(
    convened: Meeting, signed_in: Callable[[str], Client], forward: Callable[[timedelta], None]
) -> None:
    client = signed_in("ghana")
    before = client.get(convened.get_absolute_url()).text
    forward(WEEK)
    after = client.get(convened.get_absolute_url()).text
    assert "A meeting is asked for" in before
    assert "Ended without a decision" in after


def test_what_is_recorded_with_the_clock_behind_is_not_taken(
    convened: Meeting, seat: Seats, now: datetime
) -> None:
    with pytest.raises(Conflict, match="clock"):
        actions.act(meeting=convened, kind="acknowledge", by=seat("secretariat"), at=now - SECOND)


@pytest.mark.parametrize("end", ["0001-01-01T00:00", "9999-12-31T23:59"])
def test_an_end_beyond_every_zone_is_an_error_of_the_form(end: str) -> None:
    way = procedure("silence-procedure")
    data = next(act.data for act in way.acts if act.kind == "extend")
    extend = Permission(act="extend", what="", by=(), opens=None, closes=None, cite="", data=data)
    for zone in ("America/Bogota", "Pacific/Auckland"):
        form = ActForm(
            {"until": end}, permission=extend, setting=Setting(members=("GHA",), zone=zone)
        )
        assert list(form.errors) == ["until"]
