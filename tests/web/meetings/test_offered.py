"""What a meeting's page offers: the act that is due first, and only what can still be done."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from commonhaven.web.kit.audience import Seat
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.offered import choices
from commonhaven.web.meetings.queries import standing_of

Seats = Callable[[str], Seat]
HOUR = timedelta(hours=1)


@pytest.fixture
def offered(convened: Meeting, seat: Seats) -> Callable[[str, datetime], list[tuple[str, bool]]]:
    """The acts offered to a seat, with whether something waits for them."""

    def acts(who: str, at: datetime) -> list[tuple[str, bool]]:
        standing = standing_of(convened, at)
        found = choices(standing, [seat(who)], at, decided_apart=False)
        return [(one.permission.act, one.pressing) for one in found if one.now]

    return acts


def test_the_act_for_which_a_clock_waits_comes_first(
    convened: Meeting, seat: Seats, now: datetime, offered: Callable[..., list[tuple[str, bool]]]
) -> None:
    at = now + HOUR
    assert offered("secretariat", at)[0] == ("acknowledge", True)
    assert offered("france", at)[0] == ("reply", True)
    actions.act(meeting=convened, kind="reply", by=seat("france"), at=at)
    assert "reply" not in dict(offered("france", at + HOUR))
    assert offered("ghana", at) == [("withdraw", False)]


def test_members_are_told_date_and_place_once_and_only_where_no_notice_was_given(
    convened: Meeting, seat: Seats, now: datetime, offered: Callable[..., list[tuple[str, bool]]]
) -> None:
    late = now + 60 * HOUR
    assert "notify" in dict(offered("secretariat", late))
    actions.act(meeting=convened, kind="notify", by=seat("secretariat"), at=late)
    assert "notify" not in dict(offered("secretariat", late + HOUR))


def test_who_is_in_the_room_sees_no_act_of_coming_or_going_among_the_others(
    sitting: tuple[Meeting, datetime],
    seat: Seats,
    signed_in: Callable[[str], Client],
    forward: Callable[[timedelta], None],
) -> None:
    meeting, at = sitting
    actions.arrive(meeting=meeting, by=seat("ghana"), at=at)
    forward(timedelta(hours=101))
    page = signed_in("ghana").get(meeting.get_absolute_url())
    assert {one.permission.act for one in page.context["todo"]} == {"put"}
    assert "Leave the room for Ghana" in page.text
    assert "Come into the room" not in page.text
    ngo = signed_in("ngo").get(meeting.get_absolute_url())
    assert "Come into the room for Council of lead NGOs." in ngo.text


def test_nobody_is_told_to_prepare_what_is_for_others(
    convened: Meeting, signed_in: Callable[[str], Client]
) -> None:
    told = {
        who: "prepare the agenda" in signed_in(who).get(convened.get_absolute_url()).text
        for who in ("ngo", "ghana")
    }
    assert told == {"ngo": False, "ghana": False}
