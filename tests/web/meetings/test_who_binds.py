"""Who binds a party: heads of delegation and delegates; others attend, answer or keep books."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from commonhaven.web.accounts import policy as accounts
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Refused
from commonhaven.web.meetings.actions import convene
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.policy import may_follow
from commonhaven.web.situations import policy as situations

Seats = Callable[[str], Seat]


def test_member_is_not_bound_by_its_treasurer(group: Group, seat: Seats, now: datetime) -> None:
    treasurer = replace(seat("ghana"), capacity="treasurer")
    with pytest.raises(Refused, match="does not bind GHA"):
        convene(group=group, title="Arrivals", by=treasurer, at=now)
    assert not Meeting.objects.exists()


def test_focal_point_calls_a_meeting_within_hours(group: Group, seat: Seats, now: datetime) -> None:
    focal = replace(seat("ghana"), capacity="ministry focal point")
    convene(group=group, title="Arrivals", by=focal, at=now)
    assert Meeting.objects.get().party == "GHA"


def test_focal_point_does_not_vote(seat: Seats) -> None:
    focal = replace(seat("ghana"), capacity="ministry focal point")
    with pytest.raises(Refused, match="does not bind GHA"):
        may_follow(focal, "vote", ("voter",), Meeting())


def test_secretariat_that_the_charter_does_not_name_keeps_nothing(seat: Seats) -> None:
    named = seat("secretariat")
    former = replace(named, standing="")
    assert (accounts.runs(named), situations.runs_group(named)) == (True, True)
    assert (accounts.runs(former), situations.runs_group(former)) == (False, False)
    with pytest.raises(Refused, match="only the secretariat and the chair"):
        accounts.must_run(former)
