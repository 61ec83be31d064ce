"""A year's facts and scores: who scores, what counts, who replies and until when."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from years import DAY, HOUR, held, opened, promised

from commonhaven.reading import Problem
from commonhaven.web.good_faith import actions
from commonhaven.web.good_faith.actions import Said
from commonhaven.web.good_faith.facts import Fact, gathered
from commonhaven.web.good_faith.models import Assessment, Version
from commonhaven.web.good_faith.queries import assessments_for, lines
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat, Viewer
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.meetings.models import Document
from commonhaven.web.notices.models import Notice
from commonhaven.web.record.models import Entry

Seats = Callable[[str], Seat]
Viewers = Callable[[str], Viewer]
LATE = Said(criterion="reported", text="Nothing came for two quarters", where="Note of June")


def fact(row: Assessment, state: str, criterion: str, at: datetime) -> Fact:
    return next(one for one in gathered(row, at)[state] if one.criterion == criterion)


def score(row: Assessment, state: str) -> str:
    return actions.latest(row)[state].score


def test_members_are_assessed_and_nobody_else(year: Assessment) -> None:
    assert len(year.states) == 33
    assert {"UNHCR", "IOM", "Council of lead NGOs"} & set(year.states) == set()
    assert year.since == year.ends.replace(year=year.ends.year - 1) + DAY


def test_attendance_and_answers_come_from_the_meetings(
    group: Group, year: Assessment, seat: Seats, now: datetime
) -> None:
    meeting = held(group, seat, now - 20 * DAY)
    kept = {
        (state, criterion): fact(year, state, criterion, now).kept
        for state in ("GHA", "LBR", "FRA")
        for criterion in ("attended", "answered")
    }
    assert kept == {
        ("GHA", "attended"): True, ("GHA", "answered"): True,
        ("LBR", "attended"): False, ("LBR", "answered"): True,
        ("FRA", "attended"): False, ("FRA", "answered"): False,
    }  # fmt: skip
    sources = fact(year, "FRA", "attended", now).sources
    assert [(one.subject, one.kept) for one in sources] == [(meeting.subject, False)]


def test_a_meeting_before_the_year_or_still_running_counts_for_nothing(
    group: Group, year: Assessment, seat: Seats, now: datetime
) -> None:
    held(group, seat, now - 20 * DAY)
    assert fact(year, "FRA", "attended", now - 19 * DAY).sources == ()
    Assessment.objects.filter(pk=year.pk).update(ends=now.date() - 30 * DAY)
    year.refresh_from_db()
    assert fact(year, "FRA", "attended", now).sources == ()


def test_facts_use_only_what_all_see_who_see_the_assessment(
    group: Group, year: Assessment, seat: Seats, now: datetime
) -> None:
    held(group, seat, now - 20 * DAY, "members")
    promised(group, seat, now, due=100, came=10, audience="members")
    assert fact(year, "FRA", "attended", now).sources == ()
    assert fact(year, "FRA", "paid", now).sums == ()
    Assessment.objects.filter(pk=year.pk).update(audience="members")
    year.refresh_from_db()
    assert fact(year, "FRA", "attended", now).kept is False
    assert fact(year, "FRA", "paid", now).kept is False
    Assessment.objects.filter(pk=year.pk).update(release_at=now + DAY)
    year.refresh_from_db()
    assert fact(year, "FRA", "attended", now).sources == ()


@pytest.mark.parametrize(("came", "kept"), [(90, True), (89, False)])
def test_nine_tenths_of_what_fell_due_must_have_come(
    group: Group, year: Assessment, seat: Seats, now: datetime, came: int, kept: bool
) -> None:
    promised(group, seat, now, due=100, came=came)
    found = fact(year, "FRA", "paid", now)
    assert (found.kept, found.sums[0].due, found.sums[0].received) == (kept, 100, came)
    assert fact(year, "DEU", "paid", now).kept is True


@pytest.mark.parametrize(
    "who", ["ghana", "secretariat", "treasurer", "ngo", "observer", "analyst", "administrator"]
)
def test_only_unhcr_scores(
    group: Group, reported: Assessment, seat: Seats, now: datetime, who: str
) -> None:
    by, before = seat(who), Entry.objects.count()
    with pytest.raises(Refused):
        opened(group, lambda _: by, now)
    with pytest.raises(Refused):
        actions.find(assessment=reported, states=["FRA"], kept=False, said=LATE, by=by, at=now)
    with pytest.raises(Refused):
        actions.publish(assessment=reported, by=by, at=now)
    with pytest.raises(Refused):
        actions.close(assessment=reported, by=by, at=now)
    with pytest.raises(Refused):
        actions.set_people(assessment=reported, people={}, source="x", by=by, at=now)
    assert Entry.objects.count() == before


@pytest.mark.parametrize("who", ["ghana", "secretariat", "observer", "analyst", "unhcr"])
def test_only_organisations_bring_evidence(
    year: Assessment, seat: Seats, now: datetime, who: str
) -> None:
    with pytest.raises(Refused):
        actions.bring_evidence(assessment=year, state="FRA", said=LATE, by=seat(who), at=now)
    made = actions.bring_evidence(assessment=year, state="FRA", said=LATE, by=seat("ngo"), at=now)
    assert (made.party, made.state) == ("Council of lead NGOs", "FRA")
    assert fact(year, "FRA", "reported", now).kept is None


def test_a_year_is_assessed_once_and_never_in_a_caucus(
    group: Group, year: Assessment, seat: Seats, now: datetime
) -> None:
    with pytest.raises(Conflict, match="assessed already"):
        opened(group, seat, now)
    with pytest.raises(Conflict, match="assessed already"):
        opened(group, seat, now - 90 * DAY)
    with pytest.raises(Conflict, match="within a caucus"):
        opened(group, seat, now - DAY, "caucus")


def test_what_was_opened_by_mistake_is_withdrawn_while_it_is_a_draft(
    group: Group, published: Assessment, seat: Seats, now: datetime
) -> None:
    with pytest.raises(Conflict, match="published and not closed"):
        actions.withdraw(assessment=published, by=seat("unhcr"), at=now)
    Assessment.objects.filter(pk=published.pk).update(status="draft", published_at=None)
    with pytest.raises(Refused):
        actions.withdraw(assessment=published, by=seat("secretariat"), at=now)
    row = actions.withdraw(assessment=published, by=seat("unhcr"), at=now)
    with pytest.raises(Conflict, match="was withdrawn"):
        actions.publish(assessment=row, by=seat("unhcr"), at=now)
    assert opened(group, seat, now).status == "draft"


def test_what_is_not_known_is_no_score(year: Assessment, seat: Seats, now: datetime) -> None:
    with pytest.raises(Conflict, match=r"not known of .*Ghana.*: \"Reported its data\""):
        actions.publish(assessment=year, by=seat("unhcr"), at=now)
    assert Version.objects.count() == 0


def test_nothing_is_published_before_the_year_is_over(
    reported: Assessment, seat: Seats, now: datetime
) -> None:
    with pytest.raises(Conflict, match="the year is not over"):
        actions.publish(assessment=reported, by=seat("unhcr"), at=now - DAY)


def test_a_finding_goes_before_what_the_platform_knows(
    group: Group, reported: Assessment, seat: Seats, now: datetime
) -> None:
    held(group, seat, now - 20 * DAY)
    excused = Said(criterion="attended", text="The airport was closed", where="Notice 4")
    actions.find(assessment=reported, states=["FRA"], kept=True, said=excused, by=seat("unhcr"),
                 at=now)  # fmt: skip
    found = fact(reported, "FRA", "attended", now)
    assert (found.known, found.kept, found.found and found.found.where) == (False, True, "Notice 4")
    row = actions.publish(assessment=reported, by=seat("unhcr"), at=now)
    assert (score(row, "GHA"), score(row, "FRA"), score(row, "DEU")) == ("1", "3/4", "1/2")


def test_refoulement_is_verified_with_evidence_or_not_at_all(
    reported: Assessment, seat: Seats, now: datetime
) -> None:
    bare = Said(criterion="refoulement", text="People were pushed back")
    with pytest.raises(Problem, match="no evidence is named"):
        actions.find(assessment=reported, states=["LBR"], kept=False, said=bare, by=seat("unhcr"),
                     at=now)  # fmt: skip
    assert fact(reported, "LBR", "refoulement", now).found is None
    shown = Said(criterion="refoulement", text="People were pushed back", where="Report 7")
    actions.find(assessment=reported, states=["LBR"], kept=False, said=shown, by=seat("unhcr"),
                 at=now)  # fmt: skip
    row = actions.publish(assessment=reported, by=seat("unhcr"), at=now)
    assert (score(row, "LBR"), score(row, "GHA")) == ("0", "1")


def test_a_document_for_fewer_people_is_not_cited(
    group: Group, year: Assessment, seat: Seats, now: datetime
) -> None:
    narrow = Document.objects.create(
        group=group, audience="members", symbol="WA/1", title="Note", party="UNHCR",
        created_at=now,
    )  # fmt: skip
    said = Said(criterion="reported", text="See there", document=narrow)
    with pytest.raises(Conflict, match="for fewer people"):
        actions.find(assessment=year, states=["FRA"], kept=False, said=said, by=seat("unhcr"),
                     at=now)  # fmt: skip


@pytest.mark.parametrize(
    ("states", "said", "why"),
    [
        (["BRA"], LATE, "names no state"),
        ([], LATE, "names no state"),
        (["FRA"], Said(criterion="charm", text="None"), "no such criterion"),
        (["FRA"], Said(criterion="reported", text=" "), "does not say"),
    ],
)
def test_findings_that_say_nothing_are_refused(
    year: Assessment, seat: Seats, now: datetime, states: list[str], said: Said, why: str
) -> None:
    with pytest.raises(Problem, match=why):
        actions.find(assessment=year, states=states, kept=True, said=said, by=seat("unhcr"), at=now)


def test_a_state_replies_for_30_days_to_the_second(
    published: Assessment, seat: Seats, now: datetime
) -> None:
    last = now + timedelta(days=30)
    made = actions.reply(assessment=published, state="FRA", text="We came.", by=seat("france"),
                         at=last)  # fmt: skip
    assert (made.version, score(published, "FRA")) == (1, "1")
    before = Entry.objects.count()
    with pytest.raises(Conflict, match="the time for a reply ended on"):
        actions.reply(assessment=published, state="FRA", text="More.", by=seat("france"),
                      at=last + timedelta(seconds=1))  # fmt: skip
    assert (Entry.objects.count(), published.replies.count()) == (before, 1)


@pytest.mark.parametrize("who", ["ghana", "unhcr", "secretariat", "ngo", "analyst"])
def test_nobody_replies_for_another(
    published: Assessment, seat: Seats, now: datetime, who: str
) -> None:
    with pytest.raises(Refused):
        actions.reply(assessment=published, state="FRA", text="We came.", by=seat(who), at=now)


def test_no_reply_before_there_is_a_score(year: Assessment, seat: Seats, now: datetime) -> None:
    with pytest.raises(Conflict, match="not published yet"):
        actions.reply(assessment=year, state="FRA", text="We came.", by=seat("france"), at=now)


def test_a_revision_is_a_further_version_and_a_lower_score_is_replied_to_anew(
    published: Assessment, seat: Seats, now: datetime
) -> None:
    first = actions.latest(published)["FRA"]
    actions.find(assessment=published, states=["FRA"], kept=False, said=LATE, by=seat("unhcr"),
                 at=now + 20 * DAY)  # fmt: skip
    lower = actions.latest(published)["FRA"]
    assert (first.score, lower.score, lower.number) == ("1", "3/4", 2)
    assert lower.replies_until == now + 50 * DAY
    actions.reply(assessment=published, state="FRA", text="They came late.", by=seat("france"),
                  at=now + 40 * DAY)  # fmt: skip
    with pytest.raises(Conflict, match="states may reply until"):
        actions.close(assessment=published, by=seat("unhcr"), at=now + 50 * DAY)
    came = Said(criterion="reported", text="They came on the last day", where="Register")
    actions.find(assessment=published, states=["FRA"], kept=True, said=came, by=seat("unhcr"),
                 at=now + 45 * DAY)  # fmt: skip
    higher = actions.latest(published)["FRA"]
    assert (higher.score, higher.replies_until) == ("1", lower.replies_until)
    assert Version.objects.get(pk=first.pk).score == "1"
    assert published.versions.filter(state="GHA").count() == 1


def test_closing_waits_for_replies_and_is_done_once(
    published: Assessment, seat: Seats, now: datetime
) -> None:
    with pytest.raises(Conflict, match="states may reply until"):
        actions.close(assessment=published, by=seat("unhcr"), at=now + 30 * DAY)
    stale = Assessment.objects.get(pk=published.pk)
    actions.close(assessment=published, by=seat("unhcr"), at=now + 30 * DAY + HOUR)
    with pytest.raises(Conflict, match="the assessment is closed"):
        actions.close(assessment=stale, by=seat("unhcr"), at=now + 30 * DAY + HOUR)
    with pytest.raises(Conflict, match="the assessment is closed"):
        actions.find(assessment=stale, states=["FRA"], kept=False, said=LATE, by=seat("unhcr"),
                     at=now + 31 * DAY)  # fmt: skip


def test_every_act_is_in_the_record_and_told_to_whom_it_concerns(
    published: Assessment, seat: Seats, now: datetime
) -> None:
    for who in ("ghana", "ngo", "observer", "secretariat"):
        seat(who)
    actions.bring_evidence(assessment=published, state="FRA", said=LATE, by=seat("ngo"), at=now)
    actions.reply(assessment=published, state="FRA", text="We did.", by=seat("france"), at=now)
    acts = list(Entry.objects.filter(subject=published.subject).order_by("number").values_list(
        "act", "party", "audience"))  # fmt: skip
    assert acts == [
        ("assessment opened", "UNHCR", "consultative"),
        ("finding entered", "UNHCR", "consultative"),
        ("good faith published", "UNHCR", "consultative"),
        ("evidence brought", "Council of lead NGOs", "consultative"),
        ("reply to good faith", "FRA", "consultative"),
    ]
    told = {
        notice.user.email.partition("@")[0]: notice.to_do
        for notice in Notice.objects.filter(kind="evidence brought").select_related("user")
    }
    assert told == {"unhcr": True}
    replied = Notice.objects.filter(kind="reply to good faith").values_list(
        "user__email", flat=True
    )
    assert {mail.partition("@")[0] for mail in replied} == {
        "ghana", "ngo", "observer", "secretariat", "unhcr",
    }  # fmt: skip


def test_many_states_meetings_and_promises_ask_no_more_questions(
    group: Group, year: Assessment, seat: Seats, viewer: Viewers, now: datetime
) -> None:
    def questions(states: list[str]) -> int:
        row = assessments_for(viewer("ghana"), group).get()
        row.states = states
        with CaptureQueriesContext(connection) as caught:
            assert len(lines(row, viewer("ghana"))) == len(states)
        return len(caught)

    held(group, seat, now - 40 * DAY)
    promised(group, seat, now, due=10, came=10)
    questions(["GHA"])
    before = questions(["GHA"])
    for days in (30, 20):
        held(group, seat, now - days * DAY)
        promised(group, seat, now, due=10, came=10)
    assert questions(year.states) == before
