"""The same page for what is decided in writing, by silence, or by a willing part."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.attendance import Front, front
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.queries import permitted, standing_of, state_of

Seats = Callable[[str], Seat]
HOUR = timedelta(hours=1)


@pytest.fixture
def silence(group: Group, seat: Seats, now: datetime) -> Meeting:
    return actions.convene(
        group=group, title="Rules of the room", kind="silence procedure", by=seat("secretariat"),
        at=now,
    )  # fmt: skip


def test_silence_adopts_when_its_time_is_over(silence: Meeting, now: datetime) -> None:
    end = now + 72 * HOUR
    assert state_of(silence, end).stage == "silence"
    assert state_of(silence, end + timedelta(seconds=1)).stage == "adopted"


def test_a_member_breaks_silence_on_the_page(
    silence: Meeting, signed_in: Callable[[str], Client], now: datetime
) -> None:
    client = signed_in("ghana")
    page = client.get(silence.get_absolute_url())
    assert "Break silence, with the reason." in page.text
    answer = client.post(
        f"{silence.get_absolute_url()}act/", {"kind": "object", "reason": "Article 3"}, follow=True
    )
    assert "Ghana broke silence: Article 3." in answer.text
    assert "Silence is broken" in answer.text


def test_more_time_is_given_in_the_group_s_zone(
    silence: Meeting, group: Group, signed_in: Callable[[str], Client], now: datetime
) -> None:
    group.zone = "Asia/Kathmandu"
    group.save()
    until = (now + 200 * HOUR).replace(second=0, microsecond=0)
    local = (until + timedelta(hours=5, minutes=45)).strftime("%Y-%m-%dT%H:%M")
    signed_in("secretariat").post(
        f"{silence.get_absolute_url()}act/", {"kind": "extend", "until": local}
    )
    deadline = next(one for one in state_of(silence, now + HOUR).deadlines if one.id == "silence")
    assert deadline.due == until


def test_votes_in_writing_are_counted_as_they_come(
    group: Group, seat: Seats, now: datetime, signed_in: Callable[[str], Client]
) -> None:
    made = actions.convene(
        group=group, title="A text", kind="written procedure", by=seat("ghana"), at=now
    )
    url = f"{made.get_absolute_url()}act/"
    signed_in("ghana").post(url, {"kind": "vote", "position": "yes"})
    wrong = signed_in("france").post(url, {"kind": "vote", "position": "maybe"})
    assert wrong.status_code == 422
    signed_in("france").post(url, {"kind": "vote", "position": "no"})
    signed_in("ghana").post(url, {"kind": "vote", "position": "no"})
    votes = [
        (step.party, step.data["position"])
        for step in state_of(made, now + HOUR).log
        if step.kind == "vote"
    ]
    assert votes == [("GHA", "yes"), ("FRA", "no"), ("GHA", "no")]


def test_the_willing_go_ahead_without_prejudice(group: Group, seat: Seats, now: datetime) -> None:
    made = actions.convene(
        group=group, title="Labour mobility", kind="pathfinder", by=seat("ghana"), at=now
    )
    actions.act(meeting=made, kind="stand-aside", by=seat("france"), at=now + HOUR)
    actions.act(meeting=made, kind="join", by=seat("liberia"), at=now + HOUR)
    assert state_of(made, now + HOUR).stage == "forming"
    actions.act(meeting=made, kind="join", by=seat("germany"), at=now + 2 * HOUR)
    seen = front(standing_of(made, now + 2 * HOUR))
    assert seen == Front(ahead=("GHA", "LBR", "DEU"), aside=("FRA",))
    assert state_of(made, now + 2 * HOUR).stage == "under-way"
    actions.act(meeting=made, kind="join", by=seat("france"), at=now + 99 * HOUR)
    actions.act(meeting=made, kind="leave", by=seat("liberia"), at=now + 99 * HOUR)
    later = front(standing_of(made, now + 99 * HOUR))
    assert later == Front(ahead=("GHA", "DEU", "FRA"), aside=())
    with pytest.raises(Conflict, match="no room"):
        actions.arrive(meeting=made, by=seat("ghana"), at=now + 99 * HOUR)


def test_only_what_one_may_do_is_offered(convened: Meeting, seat: Seats, now: datetime) -> None:
    standing = standing_of(convened, now)
    offered = {
        who: [one.act for one in permitted(standing, seat(who))]
        for who in ("ghana", "france", "secretariat", "unhcr", "ngo", "analyst")
    }
    assert offered == {
        "ghana": ["withdraw"], "france": ["reply"], "secretariat": ["acknowledge"], "unhcr": [],
        "ngo": [], "analyst": [],
    }  # fmt: skip


def test_what_opens_later_is_told(
    sitting: tuple[Meeting, datetime], convened: Meeting, now: datetime, seat: Seats
) -> None:
    standing = standing_of(convened, now + 50 * HOUR)
    later = [one for one in permitted(standing, seat("secretariat")) if one.opens]
    assert [(one.act, one.opens, one.closes) for one in later] == [
        ("open-meeting", now + 96 * HOUR, now + 120 * HOUR)
    ]


def test_an_act_by_the_wrong_party_is_refused_and_changes_nothing(
    convened: Meeting, seat: Seats, now: datetime
) -> None:
    before = state_of(convened, now)
    with pytest.raises(Refused):
        actions.act(meeting=convened, kind="withdraw", by=seat("france"), at=now)
    with pytest.raises(Conflict):
        actions.act(meeting=convened, kind="vote", by=seat("ghana"), at=now)
    with pytest.raises(Conflict, match="no act of this procedure"):
        actions.act(meeting=convened, kind="dance", by=seat("ghana"), at=now)
    assert state_of(convened, now) == before
