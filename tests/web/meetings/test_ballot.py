"""A meeting whose vote is a decision on a plan: the vote is cast on the decision's page."""

from collections.abc import Callable

import pytest
from django.test import Client
from talks_cast import Room, convened, plan, proposal, room, seen, situation

from commonhaven.web.decisions.actions import Question, put_decision
from commonhaven.web.kit.audience import Seat
from commonhaven.web.meetings.queries import events_of
from commonhaven.web.plans.models import Plan

__all__ = ["convened", "plan", "proposal", "room", "seen", "situation"]


def test_the_meeting_sends_votes_to_the_decision(
    seen: Plan, room: Room, seat: Callable[[str], Seat], signed_in: Callable[[str], Client]
) -> None:
    question = Question(kind="plan", title="Adopt the plan", plan=seen)
    decision = put_decision(group=seen.group, question=question, by=seat("ghana"), at=room.at)
    client = signed_in("ghana")
    page = client.get(room.meeting.get_absolute_url())
    offered = [one.permission.act for one in page.context["todo"]]
    assert "vote" not in offered
    assert decision.get_absolute_url() in page.text
    assert seen.get_absolute_url() in page.text
    before = events_of(room.meeting)
    sent = {"kind": "vote", "position": "yes"}
    answer = client.post(f"{room.meeting.get_absolute_url()}act/", sent)
    assert (answer.status_code, events_of(room.meeting)) == (409, before)


@pytest.mark.parametrize("who", ["nobody", "ngo"])
def test_plans_of_a_meeting_are_named_to_their_audience_only(
    seen: Plan, room: Room, signed_in: Callable[[str], Client], who: str
) -> None:
    room.meeting.audience = "public"
    room.meeting.save()
    page = signed_in(who).get(room.meeting.get_absolute_url())
    assert (page.status_code, seen.get_absolute_url() in page.text) == (200, False)
