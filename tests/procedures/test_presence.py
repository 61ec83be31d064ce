"""Coming, leaving and coming back: who may vote, and who makes up the quorum."""

from collections.abc import Callable
from datetime import datetime

import pytest

from commonhaven.procedures import Event, Setting, State, procedure, state

Make = Callable[..., Event]
At = Callable[..., datetime]
GROUP = Setting(members=("GHA", "LBR", "NGA", "SLE"), secretariat=("UNHCR",))


@pytest.fixture
def seen(event: Make, after: At) -> Callable[..., State]:
    """The state after a meeting at which Ghana, Liberia and Nigeria vote on a proposal."""

    def stands(*more: tuple[str, str, str]) -> State:
        events = [event("request", after(), "GHA")]
        events.append(event("open-meeting", after(hours=100), "UNHCR"))
        events += [event("attend", after(hours=101), party) for party in ("GHA", "LBR", "NGA")]
        events.append(event("put", after(hours=102), "GHA", proposal="plan 4"))
        for minute, (kind, party, position) in enumerate(more):
            data = {"position": position} if position else {}
            events.append(event(kind, after(hours=103, minutes=minute), party, **data))
        return state(procedure("hathaway-neve"), events, after(hours=104), GROUP)

    return stands


def test_who_left_is_not_present_and_cannot_vote(seen: Callable[..., State]) -> None:
    found = seen(("leave", "LBR", ""), ("vote", "LBR", "objection"))
    assert found.present == ("GHA", "NGA")
    assert [(one.why, one.fix) for one in found.refused] == [
        ("LBR has left the meeting", "Record its return first.")
    ]


def test_who_came_back_votes(seen: Callable[..., State]) -> None:
    found = seen(("leave", "LBR", ""), ("return", "LBR", ""), ("vote", "LBR", "objection"))
    assert (set(found.present), found.refused) == ({"GHA", "LBR", "NGA"}, ())


def test_a_vote_without_a_quorum_adopts_nothing(seen: Callable[..., State]) -> None:
    votes = [("vote", "GHA", "yes"), ("close-vote", "UNHCR", "")]
    assert seen(*votes).stage == "decided"
    gone = [("leave", "LBR", ""), ("leave", "NGA", "")]
    found = seen(*gone, *votes)
    (count,) = [step for step in found.log if step.kind == "count"]
    assert found.stage == "meeting"
    assert "The quorum is 1/2 of the members, 2.00: not reached." in count.sentence


def test_a_vote_given_in_the_room_stands_after_leaving(seen: Callable[..., State]) -> None:
    found = seen(
        ("vote", "LBR", "yes"), ("leave", "LBR", ""), ("leave", "NGA", ""),
        ("close-vote", "UNHCR", ""),
    )  # fmt: skip
    (count,) = [step for step in found.log if step.kind == "count"]
    assert found.stage == "decided"
    assert count.sentence.startswith("2 of 4 members with a vote are present.")


def test_nobody_leaves_or_returns_who_is_not_there_or_gone(seen: Callable[..., State]) -> None:
    found = seen(("leave", "SLE", ""), ("return", "SLE", ""), ("return", "GHA", ""))
    assert [one.event.party for one in found.refused] == ["SLE", "SLE", "GHA"]


def test_leaving_does_not_undo_attendance(seen: Callable[..., State]) -> None:
    found = seen(("leave", "LBR", ""))
    duty = next(one for one in found.deadlines if one.id == "attendance:LBR")
    assert duty.status == "met"
