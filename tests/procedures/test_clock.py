"""The clocks of every procedure, to the second."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from commonhaven.procedures import Event, Setting, State, procedure, state
from commonhaven.reading import Problem

Make = Callable[..., Event]
At = Callable[..., datetime]
SECOND = timedelta(seconds=1)
STATES = tuple(f"S{number:02}" for number in range(20))
GROUP = Setting(members=STATES, chair="S19")
NEVE = Setting(members=("GHA", "LBR", "NGA", "SLE"), convenors=("UNHCR",), secretariat=("UNHCR",))


def stage(name: str, events: list[Event], now: datetime, setting: Setting) -> str:
    return state(procedure(name), events, now, setting).stage


def seconded(event: Make, at: At, seconders: int, last: datetime) -> State:
    """A request seconded by so many states, the last of them at an instant."""
    asked = at(hours=60)
    events = [event("request", at(), "S00"), event("ask-chair", asked, "S00")]
    early = asked + timedelta(hours=1)
    events += [event("second", early, f"S{n:02}") for n in range(1, seconders)]
    events.append(event("second", last, f"S{seconders:02}"))
    return state(procedure("berlin-1991"), events, asked + timedelta(days=4), GROUP)


def test_eleven_seconders_are_too_few(event: Make, after: At) -> None:
    asked = after(hours=60)
    found = seconded(event, after, 11, asked + timedelta(hours=47, minutes=59))
    assert (found.stage, found.ended) == ("not-seconded", True)
    assert found.log[-1].at == asked + timedelta(hours=48)


def test_twelve_seconders_are_enough_up_to_the_end_of_the_48_hours(event: Make, after: At) -> None:
    asked = after(hours=60)
    for hours in (timedelta(hours=47, minutes=59), timedelta(hours=48)):
        found = seconded(event, after, 12, asked + hours)
        assert (found.stage, found.since) == ("seconded", asked + hours)
    late = seconded(event, after, 12, asked + timedelta(hours=48) + SECOND)
    assert late.stage == "not-seconded"
    assert late.refused[0].why == (
        'second cannot be done at the stage "The request found too few seconders"'
    )


def test_who_asked_does_not_second_and_nobody_seconds_twice(event: Make, after: At) -> None:
    asked = after(hours=60)
    events = [event("request", after(), "S00"), event("ask-chair", asked, "S00")]
    events += [event("second", asked + SECOND, party) for party in ("S00", "S01", "S01", "XYZ")]
    found = state(procedure("berlin-1991"), events, asked + 2 * SECOND, GROUP)
    assert [(refusal.event.party, refusal.why) for refusal in found.refused] == [
        ("S00", "S00 is not entitled to do this"),
        ("S01", "S01 has already done this"),
        ("XYZ", "XYZ is not entitled to do this"),
    ]


def test_chair_is_asked_after_48_hours_not_before(event: Make, after: At) -> None:
    for wait, expect in (
        (timedelta(hours=48) - SECOND, "clarifying"),
        (timedelta(hours=48), "seconding"),
    ):
        asked = after() + wait
        events = [event("request", after(), "S00"), event("ask-chair", asked, "S00")]
        assert stage("berlin-1991", events, asked, GROUP) == expect


@pytest.mark.parametrize(
    ("wait", "opened"),
    [
        (timedelta(hours=48) - SECOND, False),
        (timedelta(hours=48), True),
        (timedelta(hours=72), True),
        (timedelta(hours=72) + SECOND, False),
    ],
)
def test_meeting_opens_48_to_72_hours_after_notice(
    event: Make, after: At, wait: timedelta, *, opened: bool
) -> None:
    events = [
        event("request", after(), "GHA", addressed="NGA"),
        event("reply", after(hours=1), "NGA"),
        event("notify", after(hours=2), "UNHCR"),
        event("open-meeting", after(hours=2) + wait, "UNHCR"),
    ]
    found = state(procedure("hathaway-neve"), events, after(hours=2) + wait, NEVE)
    assert (found.stage == "meeting", found.refused == ()) == (opened, opened)
    (meeting,) = [deadline for deadline in found.deadlines if deadline.id == "meeting"]
    assert (meeting.opens, meeting.due) == (after(hours=50), after(hours=74))


def test_refusals_say_from_when_and_until_when(event: Make, after: At) -> None:
    zoned = Setting(members=NEVE.members, secretariat=("UNHCR",), zone="Asia/Kathmandu")
    events = [event("request", after(), "GHA"), event("open-meeting", after(hours=95), "UNHCR")]
    found = state(procedure("hathaway-neve"), events, after(hours=95), zoned)
    assert found.refused[0].why == (
        "too early: it may be done from 2026-03-06 09:30:00 UTC "
        "(2026-03-06 15:15:00 Asia/Kathmandu)"
    )


@pytest.mark.parametrize(("default", "expect"), [("no", "undecided"), ("yes", "default")])
def test_meeting_that_nobody_opens_ends_without_it_or_by_default(
    event: Make, after: At, default: str, expect: str
) -> None:
    setting = Setting(members=NEVE.members, options={"default_on_deadlock": default})
    events = [event("request", after(), "GHA")]
    assert stage("hathaway-neve", events, after(hours=120), setting) == "notice"
    found = state(procedure("hathaway-neve"), events, after(hours=120) + SECOND, setting)
    assert (found.stage, found.since, found.ended) == (expect, after(hours=120), True)


def meeting(event: Make, after: At, votes: dict[str, str]) -> list[Event]:
    """A meeting at which everybody but Sierra Leone is present and a vote is open."""
    events = [event("request", after(), "GHA"), event("open-meeting", after(hours=100), "UNHCR")]
    events += [event("attend", after(hours=101), p) for p in ("GHA", "LBR", "NGA")]
    events.append(event("put", after(hours=102), "GHA", proposal="plan 4"))
    return events + [
        event("vote", after(hours=103), party, position=position)
        for party, position in votes.items()
    ]


def test_two_thirds_adopt_where_consensus_fails(event: Make, after: At) -> None:
    votes = {"GHA": "yes", "NGA": "yes", "LBR": "objection"}
    events = [*meeting(event, after, votes), event("close-vote", after(hours=104), "UNHCR")]
    found = state(procedure("hathaway-neve"), events, after(hours=105), NEVE)
    assert (found.stage, found.since) == ("decided", after(hours=104))
    count = next(step for step in found.log if step.kind == "count")
    assert "Consensus: not adopted." in count.sentence
    assert "2 of 3 votes cast are in favour; needed: 2/3 of them = 2. Two thirds: adopted." in (
        count.sentence
    )


def test_state_of_origin_stands_back_unless_the_group_says_otherwise(
    event: Make, after: At
) -> None:
    votes = {"GHA": "yes", "NGA": "no", "LBR": "objection"}
    events = meeting(event, after, votes)
    origin = Setting(members=NEVE.members, secretariat=("UNHCR",), origin="LBR")
    found = state(procedure("hathaway-neve"), events, after(hours=105), origin)
    assert [refusal.why for refusal in found.refused] == [
        "LBR is the state of origin and takes no part in the decision"
    ]
    told = Setting(
        members=NEVE.members, secretariat=("UNHCR",), origin="LBR",
        options={"recuse_origin": "no"},
    )  # fmt: skip
    assert state(procedure("hathaway-neve"), events, after(hours=105), told).refused == ()


def test_votes_open_at_the_end_of_the_second_day_are_counted(event: Make, after: At) -> None:
    events = meeting(event, after, {"GHA": "yes", "NGA": "yes", "LBR": "yes"})
    found = state(procedure("hathaway-neve"), events, after(hours=300), NEVE)
    # Opened at 13:30 on 6 March: the second day ends with 7 March.
    assert (found.stage, found.since) == (
        "decided",
        datetime(2026, 3, 7, 23, 59, 59, 999999, tzinfo=UTC),
    )
    missing = [
        d.id for d in found.deadlines if d.id.startswith("attendance") and d.status == "missed"
    ]
    assert missing == ["attendance:SLE"]


def test_a_vote_that_fails_leaves_the_meeting_room_for_another(event: Make, after: At) -> None:
    events = [
        *meeting(event, after, {"GHA": "yes", "NGA": "no", "LBR": "no"}),
        event("close-vote", after(hours=104), "UNHCR"),
        event("put", after(hours=105), "NGA", proposal="plan 5"),
        event("vote", after(hours=106), "GHA", position="yes"),
        event("vote", after(hours=106), "NGA", position="yes"),
        event("close-vote", after(hours=107), "UNHCR"),
    ]
    assert stage("hathaway-neve", events, after(hours=104), NEVE) == "meeting"
    assert stage("hathaway-neve", events, after(hours=107), NEVE) == "decided"


def test_reviews_follow_after_thirty_days_then_quarterly(event: Make, after: At) -> None:
    setting = Setting(members=("GHA",), zone="Africa/Accra", options={"default_on_deadlock": "yes"})
    found = state(
        procedure("hathaway-neve"),
        [event("request", after(), "GHA")],
        after(hours=24 * 400),
        setting,
    )
    dues = {d.id: d.due.date().isoformat() for d in found.deadlines if "review" in d.id}
    assert dues == {
        "review": "2026-04-06",
        "review:2": "2026-07-06",
        "review:3": "2026-10-06",
        "review:4": "2027-01-06",
        "review:5": "2027-04-06",
        "annual-review": "2027-03-07",
        "annual-review:2": "2028-03-07",
    }


def test_late_review_counts_for_the_time_in_which_it_is_given(event: Make, after: At) -> None:
    events = [
        event("request", after(), "GHA"),
        event("review", after(hours=24 * 36), "secretariat"),
    ]
    found = state(
        procedure("hathaway-neve"), events, after(hours=24 * 37), Setting(members=("GHA",))
    )
    by_id = {deadline.id: deadline.status for deadline in found.deadlines}
    assert (by_id["review"], by_id["review:2"]) == ("missed", "met")


BRUSSELS = Setting(members=("BEL", "FRA"), zone="Europe/Brussels", chair="BEL")


def protection(event: Make, *more: Event) -> list[Event]:
    begun = datetime(2022, 3, 4, 10, tzinfo=UTC)
    return [
        event("propose", begun - timedelta(days=2), "Commission"),
        event("decide", begun, "Council"),
        *more,
    ]


@pytest.mark.parametrize(
    ("now", "expect"),
    [
        ("2023-03-04T22:59:59+00:00", "first-year"),
        ("2023-03-04T23:00:00+00:00", "first-prolongation"),
        ("2023-09-04T21:59:59+00:00", "first-prolongation"),
        ("2023-09-04T22:00:00+00:00", "second-prolongation"),
        ("2024-03-04T22:59:59+00:00", "second-prolongation"),
        ("2024-03-04T23:00:00+00:00", "expired"),
    ],
)
def test_temporary_protection_is_prolonged_twice_by_itself_then_expires(
    event: Make, now: str, expect: str
) -> None:
    instant = datetime.fromisoformat(now)
    assert stage("temporary-protection-directive", protection(event), instant, BRUSSELS) == expect


def test_day_365_is_still_protected_and_the_council_can_prolong_once_to_three_years(
    event: Make,
) -> None:
    act = event("prolong", datetime(2023, 10, 19, 12, tzinfo=UTC), "Council")
    again = event("prolong", datetime(2023, 10, 20, 12, tzinfo=UTC), "Council")
    events = protection(event, act, again)
    name = "temporary-protection-directive"
    assert stage(name, events, datetime(2023, 3, 4, 12, tzinfo=UTC), BRUSSELS) == "first-year"
    ends = datetime(2025, 3, 4, 22, 59, 59, tzinfo=UTC)
    found = state(procedure(name), events, ends, BRUSSELS)
    assert (found.stage, [refusal.why for refusal in found.refused]) == (
        "council-prolongation",
        ["Council has already done this"],
    )
    by_id = {deadline.id: deadline.status for deadline in found.deadlines}
    assert (by_id["third-year"], by_id["hard-stop"]) == ("met", "open")
    assert stage(name, events, ends + SECOND, BRUSSELS) == "expired"


def test_prolongation_after_the_second_year_is_too_late(event: Make) -> None:
    late = event("prolong", datetime(2024, 3, 4, 23, tzinfo=UTC), "Council")
    found = state(
        procedure("temporary-protection-directive"), protection(event, late), late.at, BRUSSELS
    )
    assert (found.stage, len(found.refused)) == ("expired", 1)


def test_council_can_end_protection_at_any_time(event: Make) -> None:
    end = event("end", datetime(2022, 8, 1, 12, tzinfo=UTC), "Council")
    found = state(
        procedure("temporary-protection-directive"), protection(event, end),
        datetime(2030, 1, 1, tzinfo=UTC), BRUSSELS,
    )  # fmt: skip
    assert (found.stage, len(found.log)) == ("ended", 3)


@pytest.mark.parametrize(("day", "status", "late"), [(15, "met", False), (16, "missed", True)])
def test_forum_on_day_15_is_in_time_and_on_day_16_flagged(
    event: Make, day: int, status: str, *, late: bool
) -> None:
    begun = datetime(2026, 10, 12, 8, tzinfo=UTC)
    forum = event("convene-forum", begun + timedelta(days=day), "Presidency")
    events = [
        event("open-cycle", datetime(2026, 6, 1, tzinfo=UTC), "Commission"),
        *(event(kind, begun, "Commission") for kind in ("report", "decision", "proposal")),
        forum,
    ]
    found = state(procedure("ammr-annual-cycle"), events, forum.at + SECOND, BRUSSELS)
    (clock,) = [deadline for deadline in found.deadlines if deadline.id == "forum"]
    assert (found.stage, clock.status, found.log[-1].late) == ("forum", status, late)
    assert clock.due == datetime(2026, 10, 27, 22, 59, 59, 999999, tzinfo=UTC)


def test_cycle_that_begins_after_its_date_is_late_at_once(event: Make) -> None:
    begun = datetime(2025, 11, 11, 10, tzinfo=UTC)
    events = [event("open-cycle", begun, "Commission"), event("report", begun, "Commission")]
    found = state(procedure("ammr-annual-cycle"), events, begun + SECOND, BRUSSELS)
    by_id = {deadline.id: deadline for deadline in found.deadlines}
    assert (by_id["report"].status, by_id["report"].met_at) == ("missed", begun)
    assert by_id["report"].due == datetime(2025, 10, 15, 21, 59, 59, 999999, tzinfo=UTC)
    assert [(step.automatic, step.late) for step in found.log if step.kind == "report"] == [
        (True, False),
        (False, True),
    ]


def test_pool_waits_for_all_three_texts_and_ends_with_its_year(event: Make) -> None:
    june = datetime(2026, 6, 1, tzinfo=UTC)
    events = [event("open-cycle", june, "Commission")]
    for kind, expect in (
        ("report", "preparing"),
        ("decision", "preparing"),
        ("proposal", "prepared"),
    ):
        events.append(event(kind, june, "Commission"))
        assert stage("ammr-annual-cycle", events, june, BRUSSELS) == expect
    events += [
        event("convene-forum", june, "Presidency"),
        event("pledge", june, "FRA", pledge="100 relocations"),
        event("council-act", june, "Council"),
    ]
    assert (
        stage("ammr-annual-cycle", events, datetime(2027, 12, 31, 22, tzinfo=UTC), BRUSSELS)
        == "pool"
    )
    assert (
        stage("ammr-annual-cycle", events, datetime(2027, 12, 31, 23, tzinfo=UTC), BRUSSELS)
        == "ended"
    )


def test_silence_is_extended_never_shortened(event: Make, after: At) -> None:
    more = (after(hours=100)).isoformat()
    less = (after(hours=10)).isoformat()
    events = [
        event("propose", after(), "GHA", text="draft"),
        event("extend", after(hours=3), "GHA", until=more),
        event("extend", after(hours=4), "GHA", until=less),
    ]
    found = state(procedure("silence-procedure"), events, after(hours=100), NEVE)
    assert (found.stage, len(found.refused)) == ("silence", 1)
    assert stage("silence-procedure", events, after(hours=100) + SECOND, NEVE) == "adopted"


def test_silence_may_be_counted_in_working_days(event: Make) -> None:
    friday = datetime(2026, 4, 3, 9, tzinfo=UTC)
    setting = Setting(members=("GHA", "NGA"), options={"silence_lasts": "2 working days"})
    events = [event("propose", friday, "GHA", text="draft")]
    tuesday = datetime(2026, 4, 7, 23, 59, 59, tzinfo=UTC)
    assert stage("silence-procedure", events, tuesday, setting) == "silence"
    assert stage("silence-procedure", events, tuesday + SECOND, setting) == "adopted"


def test_written_procedure_stands_when_all_have_voted_or_the_time_ends(
    event: Make, after: At
) -> None:
    setting = Setting(members=("GHA", "NGA", "SLE"))
    events = [event("circulate", after(), "GHA", text="draft")]
    events += [event("vote", after(hours=1), p, position="yes") for p in ("GHA", "NGA")]
    assert stage("written-procedure", events, after(hours=2), setting) == "circulated"
    assert stage("written-procedure", events, after(hours=24 * 20), setting) == "adopted"
    events.append(event("vote", after(hours=3), "SLE", position="no"))
    assert stage("written-procedure", events, after(hours=3), setting) == "adopted"


def test_willing_members_go_ahead_and_others_join_later(event: Make, after: At) -> None:
    setting = Setting(members=("A", "B", "C", "D", "E"))
    events = [
        event("launch", after(), "A", matter="permits"),
        event("join", after(hours=1), "B"),
        event("leave", after(hours=2), "B"),
        event("join", after(hours=3), "C"),
        event("stand-aside", after(hours=4), "D"),
    ]
    assert stage("pathfinder", events, after(hours=5), setting) == "forming"
    events.append(event("join", after(hours=6), "B"))
    found = state(
        procedure("pathfinder"),
        [*events, event("join", after(hours=7), "D")],
        after(hours=8),
        setting,
    )
    assert (found.stage, found.refused) == ("under-way", ())
    assert next(p.by for p in found.may if p.act == "join") == ("E",)
    assert stage("pathfinder", events[:-1], after(hours=24 * 32), setting) == "not-taken-up"


def test_who_joined_and_left_can_stand_aside_anew(event: Make, after: At) -> None:
    setting = Setting(members=("A", "B", "C", "D", "E"))
    events = [
        event("launch", after(), "A", matter="permits"),
        event("stand-aside", after(hours=1), "B"),
        event("join", after(hours=2), "B"),
        event("leave", after(hours=3), "B"),
        event("stand-aside", after(hours=4), "B"),
    ]
    way, now = procedure("pathfinder"), after(hours=9)
    found = state(way, events, now, setting)
    assert ([step.kind for step in found.log if step.party == "B"], found.refused) == (
        ["stand-aside", "join", "leave", "stand-aside"], (),
    )  # fmt: skip
    assert next(p.by for p in found.may if p.act == "stand-aside") == ("C", "D", "E")
    again = state(way, [*events, event("stand-aside", after(hours=5), "B")], now, setting)
    assert [one.why for one in again.refused] == ["B has already done this"]


def test_oas_council_decides_by_absolute_majority_of_all(event: Make, after: At) -> None:
    setting = Setting(members=("A", "B", "C", "D"), chair="A")
    events = [event("request", after(), "B")]
    events += [event("vote", after(hours=1), p, position="yes") for p in ("A", "B")]
    closed = [*events, event("close-vote", after(hours=2), "A")]
    assert stage("oas-consultation", closed, after(hours=2), setting) == "declined"
    third = [*events, event("vote", after(hours=1), "C", position="yes"), closed[-1]]
    assert stage("oas-consultation", third, after(hours=2), setting) == "convoked"


def test_alert_goes_through_committee_and_council(event: Make, after: At) -> None:
    events = [
        event("alert", after(), "Commission"),
        event("open-meeting", after(hours=24), "Presidency"),
        event("find-urgency", after(hours=25), "Presidency"),
        event("propose", after(hours=30), "Presidency", proposal="plan of admission"),
        event("vote", after(hours=31), "BEL", position="yes"),
        event("vote", after(hours=31), "FRA", position="abstain"),
        event("close-vote", after(hours=32), "Presidency"),
    ]
    assert stage("eu-1995", events, after(hours=32), BRUSSELS) == "approved"


def test_platform_is_activated_on_request_only(event: Make, after: At) -> None:
    alone = [event("activate", after(), "UNHCR")]
    assert stage("gcr-support-platform", alone, after(), NEVE) == "idle"
    events = [
        event("request", after(), "GHA", ground="overwhelmed"),
        event("activate", after(hours=1), "UNHCR"),
    ]
    found = state(procedure("gcr-support-platform"), events, after(hours=24 * 400), NEVE)
    assert (found.stage, found.deadlines[-1].id, found.deadlines[-1].due.year) == (
        "active",
        "update:2",
        2028,
    )
    wrong = [event("request", after(), "GHA", ground="because")]
    refused = state(procedure("gcr-support-platform"), wrong, after(), NEVE).refused
    assert refused[0].fix == "Write one of: overwhelmed, protracted."


def test_longer_prolongation_as_practised_moves_the_hard_stop(event: Make) -> None:
    setting = replace(BRUSSELS, options={"council_period": "3 years"})
    act = event("prolong", datetime(2023, 10, 19, 12, tzinfo=UTC), "Council")
    ends = datetime(2027, 3, 4, 22, 59, 59, tzinfo=UTC)
    name = "temporary-protection-directive"
    assert stage(name, protection(event, act), ends, setting) == "council-prolongation"
    assert stage(name, protection(event, act), ends + SECOND, setting) == "expired"


def test_state_of_origin_can_ask_for_a_platform(event: Make, after: At) -> None:
    events = [event("request", after(), "SYR", ground="protracted")]
    assert stage("gcr-support-platform", events, after(), NEVE) == "idle"
    assert (
        stage("gcr-support-platform", events, after(), replace(NEVE, origin="SYR")) == "requested"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"meeting_not_before": "4 days"}, "meeting_not_before lies after meeting_not_after"),
        ({"annual": "1"}, 'hathaway-neve has no option "annual"'),
        ({"first_review": "200 years"}, "200 years is out of range"),
        ({"meeting_lasts": "0"}, "0 is out of range"),
        ({"default_on_deadlock": "maybe"}, '"maybe" is not a choice'),
        ({"quorum": "2"}, "2 is no part of a whole"),
        ({"base": "all"}, '"all" is no base of a majority'),
        ({"minus": "-1"}, '"-1" is no number of members'),
        ({"mode": "double-majority"}, "no population is given for GHA, LBR, NGA, SLE"),
    ],
)
def test_option_that_cannot_be_is_refused(after: At, options: dict[str, str], said: str) -> None:
    with pytest.raises(Problem, match=said):
        state(procedure("hathaway-neve"), [], after(), replace(NEVE, options=options))


def test_present_without_a_zone_is_refused(after: At) -> None:
    with pytest.raises(Problem, match="the present time cannot be used"):
        state(procedure("hathaway-neve"), [], after().replace(tzinfo=None), NEVE)


def test_week_asleep_equals_a_week_of_looking(event: Make, after: At) -> None:
    """The state asked for once, after a week, is the one that hourly questions lead to."""
    events = [event("request", after(), "GHA"), event("open-meeting", after(hours=99), "UNHCR")]
    logs = [
        state(procedure("hathaway-neve"), events, after(hours=hour), NEVE).log
        for hour in range(24 * 7 + 1)
    ]
    assert all(late[: len(early)] == early for early, late in pairwise(logs))
    assert [step.at for step in logs[-1]] == sorted(step.at for step in logs[-1])
    assert logs[-1][-1].stage == "undecided"
