"""Duty to attend, credentials, presence, quorum, closing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import Client

from commonhaven.web.groups.models import ChairTerm, CharterVersion
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.attendance import bound, good_faith
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.queries import present_at, quorum_of, standing_of, state_of
from commonhaven.web.record.models import Entry

Seats = Callable[[str], Seat]
Sitting = tuple[Meeting, datetime]
MINUTE = timedelta(minutes=1)


def test_arrival_is_attendance_and_is_written_once(sitting: Sitting, seat: Seats) -> None:
    meeting, at = sitting
    before = Entry.objects.count()
    actions.arrive(meeting=meeting, by=seat("ghana"), at=at)
    assert list(Entry.objects.values_list("act", "party"))[before:] == [
        ("procedure: attend", "GHA")
    ]
    assert present_at(meeting, at) == {"GHA"}
    assert present_at(meeting, at - MINUTE) == set()


def test_secretariat_records_an_arrival_for_a_party(sitting: Sitting, seat: Seats) -> None:
    meeting, at = sitting
    actions.arrive(meeting=meeting, by=seat("secretariat"), at=at, party="FRA")
    state = state_of(meeting, at)
    assert [step.party for step in state.log if step.kind == "attend"] == ["FRA"]
    assert state.refused == ()


def test_organisations_come_into_the_same_room(sitting: Sitting, seat: Seats) -> None:
    meeting, at = sitting
    actions.arrive(meeting=meeting, by=seat("ngo"), at=at)
    assert Entry.objects.latest("number").act == "party arrived"
    assert present_at(meeting, at) == {"Council of lead NGOs"}


def test_leaving_and_coming_back(sitting: Sitting, seat: Seats) -> None:
    meeting, at = sitting
    actions.arrive(meeting=meeting, by=seat("ghana"), at=at)
    actions.leave(meeting=meeting, by=seat("ghana"), at=at + MINUTE)
    actions.arrive(meeting=meeting, by=seat("ghana"), at=at + 3 * MINUTE)
    seen = [present_at(meeting, at + n * MINUTE) for n in (0, 1, 2, 3)]
    assert seen == [{"GHA"}, set(), set(), {"GHA"}]


def test_nobody_comes_twice_leaves_unseen_or_speaks_for_others(
    sitting: Sitting, seat: Seats
) -> None:
    meeting, at = sitting
    with pytest.raises(Conflict, match="not in the room"):
        actions.leave(meeting=meeting, by=seat("ghana"), at=at)
    actions.arrive(meeting=meeting, by=seat("ghana"), at=at)
    with pytest.raises(Conflict, match="already"):
        actions.arrive(meeting=meeting, by=seat("ghana"), at=at)
    with pytest.raises(Refused, match="cannot act for FRA"):
        actions.arrive(meeting=meeting, by=seat("ghana"), at=at, party="FRA")


def test_nobody_comes_before_the_meeting_sits(
    convened: Meeting, seat: Seats, now: datetime
) -> None:
    with pytest.raises(Conflict, match="does not sit"):
        actions.arrive(meeting=convened, by=seat("ghana"), at=now)


def test_quorum_counts_members_with_a_vote_in_the_room(full: Sitting, seat: Seats) -> None:
    meeting, at = full
    actions.arrive(meeting=meeting, by=seat("ngo"), at=at)
    quorum = quorum_of(standing_of(meeting, at), present_at(meeting, at))
    assert (len(quorum.here), quorum.members, quorum.needed, quorum.reached) == (20, 33, 17, True)
    for member in quorum.here[:4]:
        actions.leave(meeting=meeting, by=seat("secretariat"), at=at + MINUTE, party=member)
    later = quorum_of(standing_of(meeting, at + MINUTE), present_at(meeting, at + MINUTE))
    assert (len(later.here), later.reached) == (16, False)


def test_duties_of_each_member_are_told_with_silence_as_no_reply(
    sitting: Sitting, seat: Seats
) -> None:
    meeting, at = sitting
    actions.arrive(meeting=meeting, by=seat("ghana"), at=at)
    rows = {row.party: row for row in bound(standing_of(meeting, at), at)}
    reply, attend = rows["FRA"].duties
    assert reply is not None
    assert attend is not None
    assert (reply.status, reply.silence_means, attend.status) == (
        "missed", "FRA gave no reply.", "open",
    )  # fmt: skip
    assert (rows["GHA"].duties[0], rows["GHA"].since) == (None, at)


def test_facts_of_good_faith_are_kept(sitting: Sitting, seat: Seats) -> None:
    meeting, at = sitting
    actions.arrive(meeting=meeting, by=seat("ghana"), at=at)
    facts = good_faith(standing_of(meeting, at + timedelta(days=3)))
    kept = {(fact.party, fact.kept) for fact in facts if "attends" in fact.what}
    assert ("GHA", True) in kept
    assert ("FRA", False) in kept
    assert len(kept) == 33


def test_credentials_are_presented_and_accepted_by_another_seat(
    convened: Meeting, seat: Seats, now: datetime
) -> None:
    made = actions.present_credentials(
        meeting=convened, reference="Note 12/2026", by=seat("ghana"), at=now
    )
    with pytest.raises(Refused, match="does not run"):
        actions.accept_credential(credential=made, by=seat("france"), at=now)
    accepted = actions.accept_credential(credential=made, by=seat("secretariat"), at=now)
    assert accepted.accepted_at == now
    with pytest.raises(Conflict, match="settled"):
        actions.refuse_credential(credential=made, reason="late", by=seat("secretariat"), at=now)


def test_nobody_accepts_their_own_credentials(
    convened: Meeting, seat: Seats, now: datetime
) -> None:
    made = actions.present_credentials(
        meeting=convened, reference="Letter", by=seat("secretariat"), at=now
    )
    with pytest.raises(Refused, match="own credentials"):
        actions.accept_credential(credential=made, by=seat("secretariat"), at=now)


def test_the_chair_opens_and_a_former_chair_s_acts_stand(
    convened: Meeting, chair: ChairTerm, seat: Seats, now: datetime
) -> None:
    actions.act(meeting=convened, kind="acknowledge", by=seat("liberia"), at=now)
    chair.until = now.date()
    chair.save()
    ChairTerm.objects.create(
        group=convened.group, party="FRA", since=now.date() + timedelta(days=1)
    )
    later = now + timedelta(hours=49)
    state = state_of(convened, later)
    assert state.refused == ()
    assert "acknowledge" in [step.kind for step in state.log]
    with pytest.raises(Refused):
        actions.act(
            meeting=convened, kind="notify", by=replace(seat("liberia"), chair=False), at=later
        )
    actions.act(meeting=convened, kind="notify", by=replace(seat("france"), chair=True), at=later)
    assert state_of(convened, later).stage == "notice"


def test_an_unhcr_officer_does_not_run_the_meeting(
    convened: Meeting, seat: Seats, now: datetime
) -> None:
    with pytest.raises(Refused, match="does not run"):
        actions.act(meeting=convened, kind="acknowledge", by=seat("unhcr"), at=now)


def test_the_room_is_closed_when_the_procedure_has_ended(full: Sitting, seat: Seats) -> None:
    meeting, at = full
    with pytest.raises(Conflict, match="has not ended"):
        actions.close(meeting=meeting, by=seat("secretariat"), at=at)
    after = at + timedelta(days=3)
    actions.close(meeting=meeting, by=seat("secretariat"), at=after)
    assert present_at(meeting, after) == set()
    with pytest.raises(Conflict, match="closed"):
        actions.ask_for_the_floor(meeting=meeting, by=seat("ghana"), at=after)
    actions.act(meeting=meeting, kind="review", by=seat("secretariat"), at=after)


def test_the_pages_do_it(
    sitting: Sitting, signed_in: Callable[[str], Client], forward: Callable[[timedelta], None]
) -> None:
    meeting, _ = sitting
    forward(timedelta(hours=101))
    url = f"{meeting.get_absolute_url()}attendance/"
    client = signed_in("ghana")
    answer = client.post(url, {"do": "arrive"}, follow=True)
    assert "The arrival is recorded." in answer.text
    answer = client.post(url, {"do": "present", "reference": "Note 1"}, follow=True)
    assert "Your credentials are with the secretariat." in answer.text
    office = signed_in("secretariat")
    one = meeting.credentials.get()
    answer = office.post(url, {"do": "accept", "id": one.pk}, follow=True)
    assert "The credentials are accepted." in answer.text
    assert client.post(url, {"do": "accept", "id": one.pk}).status_code == 403


def test_membership_that_goes_on_under_an_amended_charter_counts(
    sitting: Sitting, seat: Seats
) -> None:
    meeting, at = sitting
    first = CharterVersion.objects.get(group=meeting.group)
    second = CharterVersion.objects.create(
        group=meeting.group, audience="public", created_at=at, version="2", status="adopted",
        toml="", value=first.value, digest=first.digest, in_force=meeting.created_at.date(),
        party="UNHCR", adopted_at=at, replaces=first,
    )  # fmt: skip
    Meeting.objects.filter(pk=meeting.pk).update(charter=second)
    made = actions.arrive(meeting=meeting, by=seat("secretariat"), at=at, party="FRA")
    assert made.standing == "outer core"


def test_all_who_have_presented_credentials_are_here_in_one_act(
    sitting: Sitting, seat: Seats
) -> None:
    meeting, at = sitting
    for who in ("ghana", "france", "ngo", "liberia"):
        actions.present_credentials(meeting=meeting, reference="Note", by=seat(who), at=at)
    office = seat("secretariat")
    refused = meeting.credentials.get(party="LBR")
    actions.refuse_credential(credential=refused, reason="No seal.", by=office, at=at)
    actions.arrive(meeting=meeting, by=seat("ghana"), at=at)
    with pytest.raises(Refused, match="does not run"):
        actions.arrive_all(meeting=meeting, by=seat("ghana"), at=at)
    before = Entry.objects.count()
    actions.arrive_all(meeting=meeting, by=office, at=at)
    assert present_at(meeting, at) == {"GHA", "FRA", "Council of lead NGOs"}
    assert set(Entry.objects.order_by("number").values_list("act", flat=True)[before:]) == {
        "procedure: attend", "party arrived",
    }  # fmt: skip
    with pytest.raises(Conflict, match="are in the room"):
        actions.arrive_all(meeting=meeting, by=office, at=at)


def test_coming_and_going_are_acts_that_move_the_room(sitting: Sitting, seat: Seats) -> None:
    meeting, at = sitting
    for minute, kind in enumerate(("attend", "leave", "return", "leave")):
        actions.do(meeting=meeting, kind=kind, by=seat("ghana"), at=at + minute * MINUTE)
    log = state_of(meeting, at + 9 * MINUTE).log
    assert [step.kind for step in log if step.party == "GHA"][-4:] == [
        "attend", "leave", "return", "leave",
    ]  # fmt: skip
    seen = [present_at(meeting, at + n * MINUTE) for n in range(4)]
    assert seen == [{"GHA"}, set(), {"GHA"}, set()]
