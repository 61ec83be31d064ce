"""From a proposal to what each party owes: voting, counting, closing, in the meeting's course."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from talks_cast import Room, sit

from commonhaven.regime.verify import verify_values
from commonhaven.web.decisions.actions import (
    Question,
    cast_vote,
    close_decision,
    put_decision,
    withdraw_decision,
)
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.groups.models import ChairTerm, Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.meetings.actions import act, arrive, leave
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.queries import setting_of, state_of
from commonhaven.web.plans.actions import ask_opinion, note_no_opinion
from commonhaven.web.plans.models import Plan
from commonhaven.web.plans.moves import Wish, make_move
from commonhaven.web.plans.queries import value_of
from commonhaven.web.plans.talks import talk_of
from commonhaven.web.record.models import Entry

Seats = Callable[[str], Seat]
MINUTE = timedelta(minutes=1)
START = date(2026, 1, 1)


def asked(plan: Plan) -> Question:
    return Question(kind="plan", title="Adopt the plan", plan=plan)


def put(plan: Plan, room: Room, seat: Seats) -> Decision:
    return put_decision(
        group=plan.group, question=asked(plan), by=seat("ghana"), at=room.at + MINUTE
    )


def test_adopted_plan_becomes_what_is_owed(seen: Plan, room: Room, seat: Seats) -> None:
    decision = put(seen, room, seat)
    assert (decision.number, decision.meeting, decision.mode) == (
        1, room.meeting, "consensus two-thirds",
    )  # fmt: skip
    cast_vote(decision=decision, choice="yes", by=seat("ghana"), at=room.at + 2 * MINUTE)
    closed = close_decision(decision=decision, by=seat("secretariat"), at=room.at + 3 * MINUTE)
    assert closed.status == "adopted"
    assert state_of(room.meeting, room.at + 4 * MINUTE).stage == "decided"
    seen.refresh_from_db()
    assert seen.status == "decided"
    value = value_of(seen)
    owed = Obligation.objects.filter(decision=closed)
    of = {
        kind: sum(o.quantity or 0 for o in owed.filter(kind=kind))
        for kind in ("keep protecting", "receive", "pay", "be paid", "permanent places")
    }
    states = value.result.states
    assert of["receive"] == sum(part.arrive for part in states)
    assert of["keep protecting"] == sum(part.stay for part in states) + sum(
        value.result.outside.values()
    ) - sum(people for state, people in value.result.outside.items() if value.state(state) is None)
    pays = [part.pays for part in talk_of(seen).parts]
    assert of["pay"] - of["be paid"] == 0
    assert of["permanent places"] == sum(part.residual_places for part in states)
    by_members = owed.filter(kind="pay").exclude(party="the standing fund")
    assert sum(o.quantity or 0 for o in by_members) == sum(
        (each for each in pays if each > 0), Decimal(0)
    )


def test_record_holds_the_whole_plan_and_the_votes(seen: Plan, room: Room, seat: Seats) -> None:
    decision = put(seen, room, seat)
    cast_vote(decision=decision, choice="yes", by=seat("ghana"), at=room.at + 2 * MINUTE)
    close_decision(decision=decision, by=seat("secretariat"), at=room.at + 3 * MINUTE)
    entry = Entry.objects.get(act="decision adopted")
    body = json.loads(entry.body)
    assert body["votes"] == {"GHA": "yes"}
    assert body["opinion"] == {"finding": "compatible", "text": "Nobody is sent into danger."}
    assert body["plan_hash"] == seen.name == body["plan"]["manifest"]["plan"]
    assert verify_values(body["plan"], "record").same
    assert len(body["obligations"]) == Obligation.objects.count()


def test_vote_can_be_changed_and_the_procedure_counts_the_last(
    seen: Plan, room: Room, seat: Seats
) -> None:
    decision = put(seen, room, seat)
    cast_vote(decision=decision, choice="yes", by=seat("ghana"), at=room.at + 2 * MINUTE)
    cast_vote(decision=decision, choice="objection", by=seat("ghana"), at=room.at + 3 * MINUTE)
    closed = close_decision(decision=decision, by=seat("secretariat"), at=room.at + 4 * MINUTE)
    assert closed.status == "not adopted"
    assert state_of(room.meeting, room.at + 5 * MINUTE).stage == "meeting"
    acts = Entry.objects.filter(subject=decision.subject).order_by("number")
    assert list(acts.values_list("act", flat=True)) == [
        "decision put", "vote cast", "vote changed", "decision not adopted",
    ]  # fmt: skip
    seen.refresh_from_db()
    assert seen.status == "tabled"
    assert Obligation.objects.count() == 0
    modes = json.loads(closed.tally)["modes"]
    assert [mode["mode"] for mode in modes] == ["consensus", "two-thirds"]
    assert "1 object (GHA)." in modes[0]["working"]


@pytest.mark.parametrize("who", ["unhcr", "secretariat", "ngo", "observer", "analyst", "treasurer"])
def test_no_vote_for_who_has_none(seen: Plan, room: Room, seat: Seats, who: str) -> None:
    decision = put(seen, room, seat)
    with pytest.raises(Refused, match="no vote"):
        cast_vote(decision=decision, choice="yes", by=seat(who), at=room.at + 2 * MINUTE)


def test_state_of_origin_stands_back(seen: Plan, room: Room, seat: Seats) -> None:
    decision = put(seen, room, seat)
    with pytest.raises(Refused, match="stands back"):
        cast_vote(decision=decision, choice="yes", by=seat("liberia"), at=room.at + 2 * MINUTE)


def test_member_not_in_the_room_has_no_vote(
    seen: Plan, convened: Meeting, seat: Seats, now: datetime
) -> None:
    room = sit(convened, seat, ("GHA", "GIN"), now - timedelta(hours=2))
    decision = put(seen, room, seat)
    with pytest.raises(Refused, match="not recorded as present"):
        cast_vote(decision=decision, choice="yes", by=seat("france"), at=room.at + 2 * MINUTE)
    closed = close_decision(decision=decision, by=seat("secretariat"), at=room.at + 3 * MINUTE)
    assert closed.status == "no quorum"
    assert "not reached" in json.loads(closed.tally)["modes"][0]["working"][-1] or any(
        "not reached" in one for one in json.loads(closed.tally)["modes"][0]["working"]
    )


def test_not_put_without_unhcr_and_only_on_exactly_that_plan(
    proposal: Plan, room: Room, seat: Seats
) -> None:
    with pytest.raises(Conflict, match="UNHCR's opinion on this plan is missing"):
        put(proposal, room, seat)
    assert Decision.objects.count() == 0


def test_opinion_on_the_plan_before_a_move_does_not_serve(
    seen: Plan, room: Room, seat: Seats
) -> None:
    moved = make_move(
        plan=seen, wish=Wish(kind="offer people", people=1000), by=seat("france"), at=room.at
    )
    with pytest.raises(Conflict, match="UNHCR's opinion on this plan is missing"):
        put(moved, room, seat)
    with pytest.raises(Conflict, match="another move was made"):
        put(seen, room, seat)


def test_silence_of_unhcr_is_noted_not_passed_over(
    proposal: Plan, convened: Meeting, seat: Seats, now: datetime
) -> None:
    start = now - timedelta(hours=3)
    ask_opinion(plan=proposal, by=seat("secretariat"), at=start)
    room = sit(convened, seat, ("GHA", "GIN"), now - timedelta(hours=2))
    with pytest.raises(Conflict, match="has not given it"):
        put(proposal, room, seat)
    with pytest.raises(Conflict, match="UNHCR has time until"):
        note_no_opinion(plan=proposal, by=seat("secretariat"), at=start + timedelta(hours=24))
    later = start + timedelta(hours=24, seconds=1)
    note_no_opinion(plan=proposal, by=seat("secretariat"), at=later)
    decision = put_decision(
        group=proposal.group, question=asked(proposal), by=seat("ghana"), at=later + MINUTE
    )
    body = json.loads(Entry.objects.get(act="decision put").body)
    assert (decision.status, body["opinion"]) == ("open", "none in time, as noted")


def test_plan_is_put_once_at_a_time_and_cannot_be_moved_meanwhile(
    seen: Plan, room: Room, seat: Seats
) -> None:
    decision = put(seen, room, seat)
    with pytest.raises(Conflict, match="is being voted on in decision 1"):
        put(seen, room, seat)
    with pytest.raises(Conflict, match="is being voted on"):
        make_move(
            plan=seen, wish=Wish(kind="offer people", people=1), by=seat("france"),
            at=room.at + 2 * MINUTE,
        )  # fmt: skip
    with pytest.raises(Conflict, match="voting on this plan"):
        withdraw_decision(decision=decision, by=seat("ghana"), at=room.at + 2 * MINUTE)


def test_time_over_counts_votes_until_then(seen: Plan, room: Room, seat: Seats) -> None:
    decision = put(seen, room, seat)
    cast_vote(decision=decision, choice="yes", by=seat("ghana"), at=room.at + 2 * MINUTE)
    late = room.at + timedelta(days=7)
    with pytest.raises(Conflict, match="time is over"):
        cast_vote(decision=decision, choice="objection", by=seat("guinea"), at=late)
    closed = close_decision(decision=decision, by=seat("secretariat"), at=late)
    assert closed.status == "adopted"
    assert closed.decided_at == state_of(room.meeting, late).since
    assert closed.decided_at is not None
    assert closed.decided_at < room.at + timedelta(days=3)
    first = Obligation.objects.filter(kind="keep protecting").first()
    assert first is not None
    decided = closed.decided_at.date()
    assert first.due is not None
    assert first.due.year == decided.year + 5


@pytest.mark.parametrize("who", ["ghana", "unhcr", "ngo", "treasurer"])
def test_closed_by_chair_or_secretariat_only(seen: Plan, room: Room, seat: Seats, who: str) -> None:
    decision = put(seen, room, seat)
    with pytest.raises(Refused, match="the chair or the secretariat closes"):
        close_decision(decision=decision, by=seat(who), at=room.at + 2 * MINUTE)
    ChairTerm.objects.create(group=seen.group, party="GHA", since=START)
    chair = replace(seat("ghana"), chair=True)
    assert close_decision(decision=decision, by=chair, at=room.at + 2 * MINUTE).status == "adopted"


def test_not_put_while_nobody_sits(seen: Plan, seat: Seats, now: datetime, group: Group) -> None:
    with pytest.raises(Conflict, match="does not sit"):
        put_decision(group=group, question=asked(seen), by=seat("ghana"), at=now)


def test_procedure_alone_puts_no_plan(proposal: Plan, room: Room, seat: Seats) -> None:
    before = Entry.objects.count()
    with pytest.raises(Conflict, match="put, voted on and closed as decisions"):
        act(
            meeting=room.meeting, kind="put", data={"proposal": "the plan"}, by=seat("ghana"),
            at=room.at + MINUTE,
        )  # fmt: skip
    assert Entry.objects.count() == before
    assert state_of(room.meeting, room.at + MINUTE).stage == "meeting"


def test_procedure_alone_neither_votes_nor_closes(seen: Plan, room: Room, seat: Seats) -> None:
    put(seen, room, seat)
    for kind, data in (("vote", {"position": "yes"}), ("close-vote", {})):
        with pytest.raises(Conflict, match="put, voted on and closed as decisions"):
            act(
                meeting=room.meeting, kind=kind, data=data, by=seat("secretariat"),
                at=room.at + 2 * MINUTE, party="GHA" if kind == "vote" else "",
            )  # fmt: skip


def test_who_has_left_the_room_cannot_vote_until_it_is_back(
    seen: Plan, room: Room, seat: Seats
) -> None:
    decision = put(seen, room, seat)
    leave(meeting=room.meeting, by=seat("ghana"), at=room.at + 2 * MINUTE)
    with pytest.raises(Refused, match="not recorded as present"):
        cast_vote(decision=decision, choice="yes", by=seat("ghana"), at=room.at + 3 * MINUTE)
    arrive(meeting=room.meeting, by=seat("ghana"), at=room.at + 4 * MINUTE)
    cast_vote(decision=decision, choice="yes", by=seat("ghana"), at=room.at + 5 * MINUTE)
    acts = Entry.objects.filter(subject=room.meeting.subject, party="GHA").order_by("number")
    assert [one.removeprefix("procedure: ") for one in acts.values_list("act", flat=True)][-3:] == [
        "leave", "return", "vote",
    ]  # fmt: skip


@pytest.mark.postgresql
def test_a_decision_locks_its_meeting_before_the_record(
    seen: Plan, room: Room, seat: Seats
) -> None:
    """As acts in the meeting do; in another order two could wait for each other."""
    with CaptureQueriesContext(connection) as queries:
        decision = put(seen, room, seat)
    assert locked(queries) == ["plans_plan", "meetings_meeting", "record_head"]
    held = ["decisions_decision", "plans_plan", "meetings_meeting", "record_head"]
    with CaptureQueriesContext(connection) as queries:
        cast_vote(decision=decision, choice="yes", by=seat("france"), at=room.at + MINUTE)
    assert locked(queries) == held
    with CaptureQueriesContext(connection) as queries:
        close_decision(decision=decision, by=seat("secretariat"), at=room.at + MINUTE)
    assert locked(queries) == held


def locked(queries: CaptureQueriesContext) -> list[str]:
    """Tables that others lock too, in the order in which rows of them were locked first."""
    told = [one["sql"] for one in queries.captured_queries if "FOR UPDATE" in one["sql"]]
    found = list(dict.fromkeys(sql.partition('FROM "')[2].partition('"')[0] for sql in told))
    return [table for table in found if table not in {"decisions_vote", "search_entry"}]


def test_a_room_that_empties_has_no_quorum_and_a_vote_given_stands(
    seen: Plan, room: Room, seat: Seats
) -> None:
    decision = put(seen, room, seat)
    cast_vote(decision=decision, choice="yes", by=seat("ghana"), at=room.at + 2 * MINUTE)
    for member in setting_of(room.meeting, room.at).members:
        leave(meeting=room.meeting, by=seat("secretariat"), at=room.at + 3 * MINUTE, party=member)
    closed = close_decision(decision=decision, by=seat("secretariat"), at=room.at + 4 * MINUTE)
    told = json.loads(closed.tally)
    assert (closed.status, told["present"]) == ("no quorum", ["GHA"])
    assert state_of(room.meeting, room.at + 5 * MINUTE).stage == "meeting"
