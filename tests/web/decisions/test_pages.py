"""Pages of decisions and obligations: who sees what, who may do what, what is written there."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from talks_cast import Room

from commonhaven.charter import load as load_charter
from commonhaven.reading import Problem, canonical, digest, dump
from commonhaven.web.decisions.actions import (
    Question,
    cast_vote,
    close_decision,
    default_decision,
    put_decision,
    report_done,
    withdraw_decision,
)
from commonhaven.web.decisions.models import Decision, Obligation, Vote
from commonhaven.web.decisions.queries import standing
from commonhaven.web.groups.models import CharterVersion, Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.meetings.actions import convene
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.plans.models import Plan
from commonhaven.web.record.actions import PUBLIC, Placing
from commonhaven.web.record.models import Entry
from commonhaven.web.situations.models import Situation

Seats = Callable[[str], Seat]
Clients = Callable[[str], Client]
HOUR = timedelta(hours=1)
LIST = "/groups/west-africa/decisions/"
FAR = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)


@pytest.fixture
def question(group: Group, seat: Seats, now: datetime) -> Decision:
    """A question put in writing, for members."""
    asked = Question(kind="other", title="Next meeting in Accra", text="We meet in Accra.")
    return put_decision(group=group, question=asked, by=seat("ghana"), at=now - HOUR)


@pytest.fixture
def adopted(seen: Plan, room: Room, seat: Seats) -> Decision:
    """The proposal, adopted."""
    asked = Question(kind="plan", title="Adopt", plan=seen)
    made = put_decision(group=seen.group, question=asked, by=seat("ghana"), at=room.at)
    return close_decision(decision=made, by=seat("secretariat"), at=room.at + HOUR / 60)


@pytest.mark.parametrize(
    ("who", "status"),
    [("ghana", 200), ("unhcr", 200), ("treasurer", 200), ("ngo", 404), ("observer", 404),
     ("analyst", 404), ("administrator", 404), ("outsider", 404), ("nobody", 404)],
)  # fmt: skip
def test_members_question(question: Decision, signed_in: Clients, who: str, status: int) -> None:
    client = signed_in(who)
    assert client.get(question.get_absolute_url()).status_code == status
    for act in ("vote", "close", "withdraw"):
        response = client.post(f"{question.get_absolute_url()}{act}/", {"choice": "yes"})
        assert (response.status_code == 404) == (status == 404), act
    assert (question.title in client.get(LIST).text) == (status == 200)


def test_released_decision_is_public(
    group: Group, seat: Seats, now: datetime, signed_in: Clients, forward: Callable[..., None]
) -> None:
    asked = Question(kind="other", title="Accra", text="We meet in Accra.")
    made = put_decision(
        group=group, question=asked, by=seat("ghana"), at=now,
        placing=Placing(release_at=now + HOUR),
    )  # fmt: skip
    assert signed_in("nobody").get(made.get_absolute_url()).status_code == 404
    forward(2 * HOUR)
    assert "We meet in Accra." in signed_in("nobody").get(made.get_absolute_url()).text


def test_vote_and_close_on_the_pages(question: Decision, signed_in: Clients) -> None:
    page = question.get_absolute_url()
    text = (
        signed_in("france")
        .post(f"{page}vote/", {"choice": "yes", "explanation": "Gladly."}, follow=True)
        .text
    )
    assert "The vote is recorded." in text
    assert "Gladly." in text
    assert (
        "has no vote"
        in signed_in("unhcr").post(f"{page}vote/", {"choice": "yes"}, follow=True).text
    )
    assert "closes a vote" in signed_in("france").post(f"{page}close/", follow=True).text
    closed = signed_in("secretariat").post(f"{page}close/", follow=True).text
    assert "Consensus: adopted" in closed
    question.refresh_from_db()
    assert (question.status, Vote.objects.count()) == ("adopted", 1)
    late = signed_in("ghana").post(f"{page}vote/", {"choice": "no"}, follow=True).text
    assert "Decision 1 is adopted" in late


def test_objection_in_writing_then_two_thirds(
    question: Decision, seat: Seats, now: datetime
) -> None:
    for who, choice in (("ghana", "yes"), ("guinea", "yes"), ("france", "objection")):
        cast_vote(decision=question, choice=choice, by=seat(who), at=now)
    closed = close_decision(decision=question, by=seat("secretariat"), at=now)
    first, second = json.loads(closed.tally)["modes"]
    assert (first["result"], second["result"], closed.status) == (
        "not adopted", "adopted", "adopted",
    )  # fmt: skip
    assert "2 of 3 votes cast are in favour" in " ".join(second["working"])


def test_vote_in_writing_is_not_cut_short(group: Group, seat: Seats, now: datetime) -> None:
    asked = Question(kind="other", title="t", text="t", closes_at=now + HOUR)
    made = put_decision(group=group, question=asked, by=seat("ghana"), at=now)
    with pytest.raises(Conflict, match="not all have voted"):
        close_decision(decision=made, by=seat("secretariat"), at=now + HOUR)
    with pytest.raises(Conflict, match="the vote ended"):
        cast_vote(decision=made, choice="no", by=seat("ghana"), at=now + 2 * HOUR)
    closed = close_decision(decision=made, by=seat("secretariat"), at=now + 2 * HOUR)
    assert closed.decided_at == now + HOUR


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Question(kind="other", title="t"), "text to be decided on is missing"),
        (Question(kind="other", title=" ", text="t"), "needs a kind and a title"),
        (Question(kind="deduction", title="t", people=5), "names a member"),
        (Question(kind="deduction", title="t", state="MEX", people=5), "names a member"),
        (Question(kind="other", title="t", text="t", people=5), "only a deduction"),
        (Question(kind="plan", title="t"), "no plan is named"),
        (Question(kind="deduction", title="t", state="GHA", people=10**25), "at most 10,000"),
        (Question(kind="other", title="t", text="t", closes_at=FAR), "open for years"),
    ],
)
def test_question_that_does_not_say_enough(
    group: Group, seat: Seats, now: datetime, asked: Question, said: str
) -> None:
    with pytest.raises(Problem, match=said):
        put_decision(group=group, question=asked, by=seat("ghana"), at=now)
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("who", ["unhcr", "ngo", "observer", "analyst", "treasurer"])
def test_put_by_who_may(
    group: Group, seat: Seats, now: datetime, signed_in: Clients, who: str
) -> None:
    with pytest.raises(Refused, match="tables no proposals"):
        put_decision(
            group=group, question=Question(kind="other", title="t", text="t"), by=seat(who), at=now
        )
    assert signed_in(who).get(f"{LIST}put/").status_code == 403


def test_withdrawn_by_who_put_it(question: Decision, seat: Seats, now: datetime) -> None:
    with pytest.raises(Refused, match="another party put"):
        withdraw_decision(decision=question, by=seat("france"), at=now)
    assert withdraw_decision(decision=question, by=seat("ghana"), at=now).status == "withdrawn"


def test_put_pages(group: Group, seen: Plan, room: Room, signed_in: Clients) -> None:
    client = signed_in("ghana")
    sent = {"kind": "charter", "title": "Longer protection", "text": "Six years.",
            "audience": "members"}  # fmt: skip
    made = client.post(f"{LIST}put/", sent)
    assert made.url == Decision.objects.get(kind="charter").get_absolute_url()
    assert client.post(f"{LIST}put/", sent | {"text": ""}).status_code == 422
    form = client.get(f"{LIST}put/?plan={seen.pk}").text
    assert f'value="{seen.pk}" selected' in form


def test_decision_page_of_a_plan(adopted: Decision, signed_in: Clients) -> None:
    text = signed_in("ghana").get(adopted.get_absolute_url()).text
    assert adopted.plan is not None
    assert adopted.plan.name in text
    assert "Liberia stands back: people flee from it" in text
    assert "Consensus, else Two thirds" in text
    assert "UNHCR&#x27;s opinion on this plan" in text or "UNHCR's opinion on this plan" in text


def test_obligations_by_party_and_date(
    adopted: Decision, signed_in: Clients, forward: Callable[..., None]
) -> None:
    page = f"{LIST}obligations/"
    total = Obligation.objects.count()
    text = signed_in("ghana").get(page).text
    assert f"<bdi>{total}</bdi> open" in text
    assert signed_in("ngo").get(page).text.count("<tbody>") == 0
    own = Obligation.objects.filter(party="GIN")
    shown = signed_in("guinea").get(f"{page}?party=GIN").text
    assert shown.split("<tbody>")[1].count("<tr>") == own.count()
    forward(timedelta(days=40))
    overdue = signed_in("guinea").get(f"{page}?party=GIN&when=overdue").text
    late = [
        one for one in own if one.due and one.due < (adopted.decided_at + timedelta(days=40)).date()
    ]  # type: ignore[operator]
    assert overdue.split("<tbody>")[1].count("<tr>") == len(late)
    assert overdue.count(">overdue</strong>") == len(late)


def test_obligations_of_a_day_stand_by_name(
    adopted: Decision, signed_in: Clients, group: Group, now: datetime
) -> None:
    due = (now + timedelta(days=900)).date()
    for code, party in enumerate(("ESP", "CIV", "FRA", "CHE", "UNHCR", "DEU", "CIV")):
        Obligation.objects.create(
            group=group, decision=adopted, code=f"{code}", party=party, kind="report", due=due,
            what="Report", measured="report", created_at=now,
        )  # fmt: skip
    first, second = "Côte d'Ivoire", "Côte d'Ivoire"
    names = [first, second, "France", "Germany", "Spain", "Switzerland", "UNHCR"]
    own = Obligation.objects.filter(due=due)
    for page in (f"{LIST}obligations/", adopted.get_absolute_url()):
        last = signed_in("ghana").get(f"{page}?page=99").text
        rows = re.findall(r"</time></td><td>([^<]+)</td><th[^>]*><a href=\"([^\"]+)", last)
        addresses = {one.get_absolute_url() for one in own}
        assert [unescape(name) for name, address in rows if address in addresses] == names
    chosen = re.findall(r'<option value="[A-Z]{3}">([^<]+)<', signed_in("ghana").get(
        f"{LIST}obligations/").text)  # fmt: skip
    assert [unescape(one) for one in chosen].index("Spain") + 1 == [
        unescape(one) for one in chosen
    ].index("Sweden")


def test_obligations_are_told_in_words(adopted: Decision, signed_in: Clients) -> None:
    client = signed_in("germany")
    pay = Obligation.objects.filter(party="DEU", kind="pay")[0]
    report = Obligation.objects.filter(party="DEU", kind="report")[0]
    assert "<h1>Germany: Pay</h1>" in client.get(pay.get_absolute_url()).text
    told = client.get(report.get_absolute_url()).text
    assert '<p class="lead">Due <time' in told
    receive = Obligation.objects.filter(kind="receive", counterpart__contains=", ")[0]
    page = client.get(receive.get_absolute_url()).text
    assert receive.counterpart not in page
    assert "Guinea" in page


def test_deduction_is_for_a_member_chosen_by_name(signed_in: Clients, group: Group) -> None:
    client = signed_in("ghana")
    assert '<option value="GIN">Guinea</option>' in client.get(f"{LIST}put/").text
    sent = {"kind": "deduction", "title": "t", "people": 5, "audience": "members", "state": "MEX"}
    assert client.post(f"{LIST}put/", sent).status_code == 422
    assert client.post(f"{LIST}put/", sent | {"state": "GIN"}).status_code == 302
    assert Decision.objects.get(kind="deduction").state == "GIN"


def test_done_is_a_report_by_the_party(adopted: Decision, seat: Seats, signed_in: Clients) -> None:
    owed = Obligation.objects.filter(party="DEU", kind="pay").first()
    assert owed is not None
    page = owed.get_absolute_url()
    assert signed_in("ngo").get(page).status_code == 404
    assert "Report that it is done" not in signed_in("france").get(page).text
    refused = signed_in("france").post(page, {"note": "paid"}, follow=True).text
    assert "This is for Germany to report" in refused
    assert "The report is empty" in signed_in("germany").post(page, {}, follow=True).text
    told = signed_in("germany").post(page, {"note": "Paid to the account."}, follow=True).text
    assert "This is a report, not a confirmation." in told
    body = json.loads(Entry.objects.get(act="obligation reported done").body)
    assert (body["party"], body["in_time"], body["verified"]) == ("DEU", True, False)
    owed.refresh_from_db()
    with pytest.raises(Conflict, match="reported as done already"):
        report_done(obligation=owed, note="again", by=seat("germany"), at=owed.done_at)  # type: ignore[arg-type]


def test_the_day_of_an_obligation_ends_on_the_groups_clock(
    adopted: Decision, group: Group, seat: Seats
) -> None:
    Group.objects.filter(pk=group.pk).update(zone="America/Bogota")
    group.refresh_from_db()
    early, late = Obligation.objects.filter(party="DEU", due__isnull=False)[:2]
    assert early.due is not None
    Obligation.objects.filter(pk=late.pk).update(due=early.due)
    evening = datetime.combine(early.due, time(23, 59), ZoneInfo(group.zone))
    assert evening.astimezone(UTC).date() > early.due
    for owed, at in ((early, evening), (late, evening + timedelta(minutes=2))):
        report_done(obligation=owed, note="Paid.", by=seat("germany"), at=at)
    told = [json.loads(one.body) for one in Entry.objects.filter(act="obligation reported done")]
    assert [body["in_time"] for body in told] == [True, False]
    both = Obligation.objects.filter(pk__in=[early.pk, late.pk])
    found = standing(both, group, evening)
    assert (found.in_time, found.late) == (1, 1)


def test_common_obligations_are_reported_by_those_who_run_them(
    adopted: Decision, seat: Seats, now: datetime
) -> None:
    review = Obligation.objects.filter(kind="review").first()
    assert review is not None
    with pytest.raises(Refused, match="to report"):
        report_done(obligation=review, note="held", by=seat("ghana"), at=now)
    assert (
        report_done(obligation=review, note="held", by=seat("secretariat"), at=now).done_by
        == "UNHCR"
    )


def test_three_letters_do_not_make_a_state(adopted: Decision, seat: Seats, now: datetime) -> None:
    """What an organisation would owe is no state's: those who run the group report it."""
    owed = Obligation.objects.filter(decision=adopted, party="DEU").first()
    assert owed is not None
    owed.pk, owed.code, owed.party = None, "IOM.report", "IOM"
    owed.save()
    assert report_done(obligation=owed, note="sent", by=seat("secretariat"), at=now).done_by
    other = Obligation.objects.filter(decision=adopted, party="DEU").first()
    assert other is not None
    with pytest.raises(Refused, match="for Germany to report"):
        report_done(obligation=other, note="sent", by=seat("secretariat"), at=now)


@pytest.fixture
def switched_on(group: Group) -> CharterVersion:
    """The charter with the default on deadlock switched on."""
    charter = load_charter("west-africa")
    terms = replace(charter.convening, default_on_deadlock=True)
    value = dump(replace(charter, convening=terms))
    version = CharterVersion.objects.get(group=group)
    version.value, version.digest = canonical(value), digest(value)
    version.save()
    return version


def test_rules_agreed_beforehand_apply_after_deadlock(
    switched_on: CharterVersion, convened: Meeting, seat: Seats, now: datetime, signed_in: Clients
) -> None:
    late = now + timedelta(days=3)
    made = default_decision(meeting=convened, by=seat("secretariat"), at=late)
    assert (made.status, made.mode, made.kind) == ("adopted", "default", "plan")
    assert made.decided_at == convened.created_at + timedelta(hours=48 + 72)
    plan = made.plan
    assert plan is not None
    assert (plan.moves, plan.purpose, plan.status) == ("[]", "plan", "decided")
    owed = Obligation.objects.filter(decision=made, kind="pay").exclude(party="the standing fund")
    assert sum((o.quantity or Decimal(0)) for o in owed) > 0
    body = json.loads(Entry.objects.get(act="rules agreed beforehand apply").body)
    assert body["opinion"] == "none"
    with pytest.raises(Conflict, match="on the record already"):
        default_decision(meeting=convened, by=seat("secretariat"), at=late)
    assert "nobody chose anything" in signed_in("ghana").get(made.get_absolute_url()).text


def test_no_default_over_an_open_vote(
    switched_on: CharterVersion, seen: Plan, room: Room, seat: Seats
) -> None:
    """A plan is not decided behind the back of the vote on it: that is closed first."""
    asked = Question(kind="plan", title="Adopt", plan=seen)
    vote = put_decision(group=seen.group, question=asked, by=seat("ghana"), at=room.at)
    for who in ("ghana", "guinea", "france", "germany"):
        cast_vote(decision=vote, choice="no", by=seat(who), at=room.at)
    late = room.at + timedelta(days=5)
    with pytest.raises(Conflict, match="has not been closed"):
        default_decision(meeting=room.meeting, by=seat("secretariat"), at=late)
    seen.refresh_from_db()
    assert seen.status == "tabled"
    closed = close_decision(decision=vote, by=seat("secretariat"), at=late)
    assert closed.status == "not adopted"
    made = default_decision(meeting=room.meeting, by=seat("secretariat"), at=late)
    assert made.plan == seen


def test_no_default_where_the_charter_has_none(
    convened: Meeting, seat: Seats, now: datetime, signed_in: Clients
) -> None:
    with pytest.raises(Conflict, match="do not apply by themselves"):
        default_decision(meeting=convened, by=seat("secretariat"), at=now + timedelta(days=3))
    page = f"{LIST}default/{convened.pk}/"
    assert signed_in("secretariat").post(page).status_code == 409
    assert signed_in("ngo").post(page).status_code == 404


def test_numbers_run_through_the_group_and_lists_ask_as_often(
    group: Group, seat: Seats, now: datetime, signed_in: Clients
) -> None:
    client = signed_in("ghana")

    def asked(total: int) -> int:
        for number in range(Decision.objects.count(), total):
            put_decision(
                group=group, question=Question(kind="other", title=f"q{number}", text="t"),
                by=seat("ghana"), at=now,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    asked(1)
    assert asked(3) == asked(30)
    assert sorted(Decision.objects.values_list("number", flat=True)) == list(range(1, 31))


def test_obligations_ask_as_often_for_many_as_for_few(
    question: Decision, now: datetime, signed_in: Clients, group: Group
) -> None:
    client = signed_in("ghana")

    def asked(total: int) -> int:
        for number in range(Obligation.objects.count(), total):
            Obligation.objects.create(
                group=group, decision=question, code=f"c{number}", party="GHA", kind="pay",
                what="w", quantity=1, unit="USD", due=now.date(), created_at=now, measured="m",
            )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{LIST}obligations/").status_code == 200
        return len(queries)

    asked(1)
    assert asked(3) == asked(30)


def test_public_decision_does_not_show_the_members_plan(
    adopted: Decision, signed_in: Clients
) -> None:
    Decision.objects.filter(pk=adopted.pk).update(audience="public")
    text = signed_in("nobody").get(adopted.get_absolute_url()).text
    assert adopted.plan is not None
    assert adopted.plan.get_absolute_url() not in text
    assert "Nobody is sent into danger." not in text
    assert not re.search(r"What is owed", text)


def test_question_about_a_situation_meeting_needs_it_to_sit(
    group: Group, situation: Situation, seat: Seats, now: datetime
) -> None:
    meeting = convene(
        group=group, situation=situation, title="Later", by=seat("ghana"), at=now, placing=PUBLIC
    )
    with pytest.raises(Conflict, match="does not sit"):
        put_decision(
            group=group, question=Question(kind="other", title="t", text="t"), by=seat("ghana"),
            at=now + HOUR, meeting=meeting,
        )  # fmt: skip
