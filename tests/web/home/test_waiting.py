"""Every act that waits is told to those who can do it, and to nobody else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from talks_cast import Room

from commonhaven.charter import load as load_charter
from commonhaven.charter import shipped
from commonhaven.reading import canonical, digest, dump
from commonhaven.web.accounts.models import Seat, User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.decisions.actions import (
    Question,
    cast_vote,
    close_decision,
    default_decision,
    put_decision,
)
from commonhaven.web.decisions.models import Decision
from commonhaven.web.groups import actions as groups
from commonhaven.web.groups.models import ChairTerm, CharterVersion, Group, Membership
from commonhaven.web.home.queries import desks
from commonhaven.web.kit.audience import Seat as Place
from commonhaven.web.kit.refused import Refused
from commonhaven.web.meetings import actions as meetings
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.plans.actions import ask_opinion, give_opinion, note_no_opinion
from commonhaven.web.plans.models import Plan

Waits = Callable[..., set[str]]
Seats = Callable[[str], Place]
Signed = Callable[[str], Client]
VOTERS = {"ghana", "liberia", "guinea", "france", "germany"}
ACT = VOTERS | {"unhcr", "secretariat", "treasurer"}
"""Who acts in a meeting for members."""
HOUR = timedelta(hours=1)


@pytest.fixture
def chaired(group: Group, now: datetime) -> set[str]:
    """France takes the chair; who runs the group then."""
    ChairTerm.objects.create(group=group, party="FRA", since=now.date() - timedelta(days=9))
    return {"france", "secretariat"}


@pytest.fixture
def switched_on(group: Group) -> None:
    """The default on deadlock."""
    charter = load_charter("west-africa")
    value = dump(replace(charter, convening=replace(charter.convening, default_on_deadlock=True)))
    CharterVersion.objects.filter(group=group).update(value=canonical(value), digest=digest(value))


def test_default_that_is_not_on_record(
    switched_on: None, chaired: set[str], convened: Meeting, seat: Seats, waits_for: Waits,
    now: datetime,
) -> None:  # fmt: skip
    what, late = "Record that the rules agreed beforehand apply", timedelta(days=3)
    assert waits_for(what) == set()
    assert waits_for(what, after=late) == chaired
    meetings.close(meeting=convened, by=seat("secretariat"), at=now + late)
    assert waits_for(what, after=late) == chaired
    default_decision(meeting=convened, by=seat("secretariat"), at=now + late)
    assert waits_for(what, after=late) == set()


def test_room_that_has_come_to_its_end(
    chaired: set[str], convened: Meeting, seat: Seats, waits_for: Waits, now: datetime
) -> None:
    what, late = "Close the meeting", timedelta(days=3)
    assert waits_for(what) == set()
    assert waits_for(what, after=late) == chaired
    meetings.close(meeting=convened, by=seat("secretariat"), at=now + late)
    assert waits_for(what, after=late) == set()


def test_floor_asked_for_and_given(
    chaired: set[str], room: object, convened: Meeting, seat: Seats, waits_for: Waits,
    now: datetime,
) -> None:  # fmt: skip
    asked = meetings.ask_for_the_floor(meeting=convened, by=seat("guinea"), at=now - HOUR)
    assert waits_for("Give the floor") == chaired
    meetings.give_floor(intervention=asked, by=seat("france"), at=now - HOUR)
    assert waits_for("Give the floor") == set()
    assert waits_for("You have the floor") == {"guinea"}
    meetings.end_floor(intervention=asked, by=seat("guinea"), at=now - HOUR)
    assert waits_for("You have the floor") == set()


def test_floor_asked_for_before_the_meeting_sits_waits_for_nobody(
    convened: Meeting, seat: Seats, waits_for: Waits, now: datetime
) -> None:
    meetings.ask_for_the_floor(meeting=convened, by=seat("ghana"), at=now - HOUR)
    assert waits_for("Give the floor") == set()


def test_credentials_of_a_delegation(
    chaired: set[str], convened: Meeting, seat: Seats, waits_for: Waits, now: datetime
) -> None:
    what = "Accept the credentials of a delegation"
    for who in ("ghana", "france"):
        meetings.present_credentials(meeting=convened, reference="Note 1", by=seat(who), at=now)
    assert waits_for(what) == chaired
    row = convened.credentials.get(party="GHA")
    meetings.accept_credential(credential=row, by=seat("secretariat"), at=now)
    assert waits_for(what) == {"secretariat"}  # nobody accepts the own


def test_agenda_amendments_and_summary_record(
    chaired: set[str], room: object, convened: Meeting, seat: Seats, waits_for: Waits,
    now: datetime,
) -> None:  # fmt: skip
    ghana, run = seat("ghana"), seat("secretariat")
    meetings.propose_item(meeting=convened, title="Shares", by=ghana, at=now)
    assert waits_for("Adopt the agenda") == chaired
    meetings.adopt_agenda(meeting=convened, by=run, at=now)
    assert waits_for("Adopt the agenda") == set()
    said = meetings.propose_paragraph(meeting=convened, text="We agree.", by=ghana, at=now)
    assert waits_for("Settle amendments") == set()
    change = meetings.amend(paragraph=said, text="We all agree.", by=seat("guinea"), at=now)
    assert waits_for("Settle amendments") == chaired
    meetings.settle_amendment(amendment=change, accept=True, by=run, at=now)
    assert waits_for("Settle amendments") == set()


def test_summary_record_to_correct_to_settle_to_adopt(
    chaired: set[str], convened: Meeting, seat: Seats, waits_for: Waits, now: datetime
) -> None:
    run = seat("secretariat")
    assert waits_for("Correct the draft summary record") == set()
    drafted = meetings.draft_paragraph(meeting=convened, text="It met.", by=run, at=now)
    assert waits_for("Correct the draft summary record") == ACT - chaired
    assert waits_for("Adopt the summary record") == chaired
    made = meetings.correct_paragraph(paragraph=drafted, text="All met.", by=seat("ghana"), at=now)
    assert waits_for("Adopt the summary record") == set()
    assert waits_for("Settle corrections") == chaired
    meetings.settle_correction(correction=made, accept=True, by=run, at=now)
    assert waits_for("Adopt the summary record") == chaired
    meetings.adopt_summary(meeting=convened, by=run, at=now)
    assert waits_for("Adopt the summary record") == set()
    assert waits_for("Correct the draft summary record") == set()


def test_a_busy_group_does_not_hide_what_waits_in_another(
    convened: Meeting, seat: Seats, person: Callable[[str], User], now: datetime
) -> None:
    late = now + timedelta(days=3)
    meetings.draft_paragraph(meeting=convened, text="It met.", by=seat("secretariat"), at=now)
    meetings.close(meeting=convened, by=seat("secretariat"), at=late)
    busy = Group.objects.create(slug="busy", name={"en": "Busy"}, created_at=now)
    user = person("secretariat")
    Seat.objects.create(
        user=user, group=busy, party="UNHCR", capacity="secretariat", since=now.date()
    )
    for number in range(1, 30):
        Meeting.objects.create(
            group=busy, number=number, title="Session", kind="regular", procedure="hathaway-neve",
            charter=convened.charter, party="UNHCR", created_at=now, audience="public",
            closed_at=late + HOUR,
        )  # fmt: skip
    told = next(
        desk for desk in desks(viewer_of(user, late + HOUR)) if desk.group == convened.group
    )
    assert "Adopt the summary record" in [str(task.what) for task in told.tasks]


def test_opinion_to_ask_for_to_give_and_to_note_as_missing(
    chaired: set[str], proposal: Plan, seat: Seats, waits_for: Waits, now: datetime
) -> None:
    ask, give, note = "Ask UNHCR", "Give UNHCR's opinion", "Note that UNHCR"
    assert waits_for(ask) == chaired
    assert waits_for(give) == set()
    asked = ask_opinion(plan=proposal, by=seat("secretariat"), at=now - HOUR)
    assert (waits_for(ask), waits_for(give), waits_for(note)) == (set(), {"unhcr"}, set())
    late = asked.due_at - now + HOUR
    assert waits_for(note, after=late) == chaired
    note_no_opinion(plan=proposal, by=seat("france"), at=now + late)
    assert waits_for(note, after=late) == waits_for(give, after=late) == set()


def test_opinion_given_waits_no_more(
    proposal: Plan, seat: Seats, waits_for: Waits, now: datetime
) -> None:
    ask_opinion(plan=proposal, by=seat("secretariat"), at=now - HOUR)
    give_opinion(plan=proposal, finding="compatible", text="Good.", by=seat("unhcr"), at=now)
    assert waits_for("Give UNHCR's opinion") == waits_for("Ask UNHCR") == set()


def put(group: Group, by: Place, at: datetime, **more: object) -> Decision:
    asked = Question(kind="other", title="Question", text="Shall we?", **more)  # type: ignore[arg-type]
    return put_decision(group=group, question=asked, by=by, at=at)


def test_votes_in_writing_and_their_end(
    chaired: set[str], group: Group, seat: Seats, waits_for: Waits, now: datetime
) -> None:
    question = put(group, seat("ghana"), now, closes_at=now + HOUR)
    cast_vote(decision=question, choice="yes", by=seat("ghana"), at=now)
    assert waits_for("Vote") == VOTERS - {"ghana"}
    assert waits_for("Close the vote") == set()
    assert waits_for("Vote", after=2 * HOUR) == set()
    assert waits_for("Close the vote", after=2 * HOUR) == chaired


def test_vote_on_a_plan_waits_for_those_in_the_room(
    seen: Plan, convened: Meeting, seat: Seats, waits_for: Waits, now: datetime
) -> None:
    at = now - HOUR
    meetings.act(meeting=convened, kind="open-meeting", by=seat("secretariat"), at=at)
    for party in ("GHA", "GIN", "LBR"):
        meetings.arrive(meeting=convened, by=seat("secretariat"), at=at, party=party)
    asked = Question(kind="plan", title="Adopt", plan=seen)
    question = put_decision(group=seen.group, question=asked, by=seat("ghana"), at=at)
    assert waits_for("Vote") == {"ghana", "guinea"}  # people flee from Liberia: it stands back
    cast_vote(decision=question, choice="yes", by=seat("ghana"), at=at)
    assert waits_for("Close the vote") == set()
    cast_vote(decision=question, choice="yes", by=seat("guinea"), at=at)
    assert waits_for("Vote") == set()
    assert waits_for("Close the vote") == {"secretariat"}
    close_decision(decision=question, by=seat("secretariat"), at=at)
    assert waits_for("Close the vote") == set()


def test_vote_on_a_plan_waits_for_nobody_who_has_left(
    seen: Plan, room: Room, seat: Seats, waits_for: Waits
) -> None:
    asked = Question(kind="plan", title="Adopt", plan=seen)
    question = put_decision(group=seen.group, question=asked, by=seat("ghana"), at=room.at)
    assert "guinea" in waits_for("Vote")
    meetings.leave(meeting=room.meeting, by=seat("guinea"), at=room.at)
    assert "guinea" not in waits_for("Vote")
    with pytest.raises(Refused, match="not recorded as present"):
        cast_vote(decision=question, choice="yes", by=seat("guinea"), at=room.at)
    meetings.arrive(meeting=room.meeting, by=seat("guinea"), at=room.at)
    assert "guinea" in waits_for("Vote")


def test_position_on_a_draft_and_its_adoption(
    chaired: set[str], group: Group, seat: Seats, waits_for: Waits, now: datetime
) -> None:
    value = load_charter("west-africa")
    frame = replace(value.group, version="2", in_force=now.date() + timedelta(days=30))
    held = dump(replace(value, group=frame))
    draft = CharterVersion.objects.create(
        group=group, audience="members", created_at=now, revised_at=now, version="2",
        status="draft", toml="", value=canonical(held), digest=digest(held),
        in_force=frame.in_force, party="GHA",
    )  # fmt: skip
    what = "Declare your position"
    assert waits_for(what) == VOTERS
    groups.consent(charter=draft, choice="yes", revision=draft.revision, by=seat("ghana"), at=now)
    assert waits_for(what) == VOTERS - {"ghana"}
    assert waits_for("Adopt the charter") == set()
    silence = timedelta(days=60)
    assert waits_for(what, after=silence) == set()
    assert waits_for("Adopt the charter", after=silence) == chaired


def test_first_charter_waits_for_whoever_runs_a_new_group(
    group: Group, seat: Seats, waits_for: Waits, now: datetime
) -> None:
    assert waits_for("Draft the charter") == set()
    Membership.objects.filter(group=group).delete()
    CharterVersion.objects.filter(group=group).delete()
    assert waits_for("Draft the charter") == {"secretariat"}
    text = shipped()["west-africa"].read_text(encoding="utf-8")
    groups.draft_charter(group=group, text=text, by=seat("secretariat"), at=now)
    assert waits_for("Draft the charter") == set()
    assert waits_for("Declare your position") == VOTERS


def test_clocks_bind_those_who_can_do_what_is_due(
    convened: Meeting, person: Callable[[str], User]
) -> None:
    def told(who: str) -> set[str]:
        then = viewer_of(person(who), convened.created_at + HOUR)
        return {one.deadline.id for one in desks(then)[0].clocks}

    assert {"reply:GHA", "reply:FRA"} & told("ghana") == {"reply:GHA"}
    assert told("analyst") == told("observer") == told("unhcr") == told("treasurer") == set()
    assert told("secretariat") == {"acknowledgement"}


def test_as_many_queries_for_300_things_as_for_3(
    chaired: set[str], group: Group, convened: Meeting, seat: Seats, signed_in: Signed,
    person: Callable[[str], User], now: datetime,
) -> None:  # fmt: skip
    client, by = signed_in("secretariat"), seat("ghana")

    def more(start: int, stop: int) -> None:
        for number in range(start, stop):
            Decision.objects.create(
                group=group, number=number, title=f"Question {number}", mode="consensus",
                party="GHA", created_at=now, charter=convened.charter, closes_at=now - HOUR,
            )  # fmt: skip
            meetings.propose_item(meeting=convened, title=f"Point {number}", by=by, at=now)
            Seat.objects.create(
                user=person("outsider"), group=group, party="TGO", capacity="delegate",
                since=now.date() - timedelta(days=number),
            )  # fmt: skip

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/").status_code == 200
        return len(caught)

    more(1, 4)
    few = queries()
    more(4, 301)
    assert queries() == few
    found = {str(one.what): one for one in desks(viewer_of(person("secretariat"), now))[0].tasks}
    assert found["Adopt the agenda"].count == found["Accept credentials"].count == 300
