"""Plans: computed as the library does, tabled, moved, judged, shown to whom they are for."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from commonhaven.charter import load as load_charter
from commonhaven.parties.figures import reference
from commonhaven.reading import Problem, canonical, digest, dump
from commonhaven.regime import WithFacts, compute, plan_text
from commonhaven.regime.verify import verify
from commonhaven.situations import load
from commonhaven.web.accounts.models import Seat as Sitting
from commonhaven.web.accounts.models import User
from commonhaven.web.decisions.actions import Question, close_decision, put_decision
from commonhaven.web.groups.models import CharterVersion, Group
from commonhaven.web.groups.queries import value_of as charter_of
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.limits import asker, count
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.plans.actions import (
    ask_opinion,
    compute_plan,
    give_opinion,
    table_plan,
    withdraw_plan,
)
from commonhaven.web.plans.models import Move, Opinion, Plan
from commonhaven.web.plans.moves import Wish, make_move
from commonhaven.web.plans.queries import (
    _restored,
    side_by_side,
    stands_at,
    tabled,
    talks_of,
    value_of,
)
from commonhaven.web.plans.talks import settlement_of, talk_of
from commonhaven.web.record.actions import PUBLIC, Placing
from commonhaven.web.record.models import Entry
from commonhaven.web.situations.actions import open_situation, revise_situation
from commonhaven.web.situations.models import Situation
from commonhaven.web.situations.queries import value_of as situation_of

Seats = Callable[[str], Seat]
Clients = Callable[[str], Client]


def test_text_is_the_librarys(plan: Plan, now: datetime) -> None:
    day = (now - timedelta(days=5)).date()
    source = WithFacts(reference())
    terms, figures = charter_of(plan.charter), situation_of(plan.version)
    assert plan.text == plan_text(compute(terms, figures, source, on=day))
    assert plan_text(value_of(plan)) == plan.text
    shipped = compute(load_charter("west-africa"), load("liberia-1990"), source, on=day)
    assert plan.name == shipped.manifest.plan
    result = shipped.result
    assert (plan.placed, plan.unplaced, plan.people) == (
        result.placed, result.unplaced, result.in_question,
    )  # fmt: skip


def test_download_is_checked_by_the_command_line(
    plan: Plan, signed_in: Clients, tmp_path: Path
) -> None:
    response = signed_in("ghana").get(f"{plan.get_absolute_url()}plan.json")
    path = tmp_path / "plan.json"
    path.write_bytes(response.content)
    assert verify(path).same
    assert response.content.decode() == plan.text


@pytest.mark.parametrize("who", ["ngo", "observer", "analyst", "treasurer", "administrator"])
def test_computed_by_who_may(
    group: Group, situation: Situation, seat: Seats, now: datetime, who: str
) -> None:
    with pytest.raises(Refused, match="computes no plans"):
        compute_plan(group=group, situation=situation, by=seat(who), at=now)
    assert Plan.objects.count() == 0


def test_never_shown_wider_than_its_situation(
    group: Group, situation: Situation, seat: Seats, now: datetime
) -> None:
    with pytest.raises(Conflict, match="would show the situation"):
        compute_plan(group=group, situation=situation, by=seat("ghana"), at=now, placing=PUBLIC)


def test_another_rule_and_a_draft_cannot_be_tabled(
    group: Group, situation: Situation, convened: Meeting, seat: Seats, now: datetime
) -> None:
    other = compute_plan(group=group, situation=situation, by=seat("ghana"), at=now, rule="equal")
    charter = load_charter("west-africa")
    changed = replace(charter, costs=replace(charter.costs, host_relief_full_at=4))
    draft = CharterVersion.objects.create(
        group=group, audience="members", created_at=now, version="2", status="draft", toml="",
        value=canonical(dump(changed)), digest=digest(dump(changed)),
        in_force=charter.group.in_force, party="UNHCR",
    )  # fmt: skip
    look = compute_plan(group=group, situation=situation, by=seat("ghana"), at=now, charter=draft)
    assert (other.purpose, look.purpose) == ("comparison", "draft")
    for each in (other, look):
        with pytest.raises(Conflict, match="for a look or a comparison only"):
            table_plan(plan=each, meeting=convened, by=seat("ghana"), at=now)


def test_numbers_run_through_the_group(
    group: Group, situation: Situation, seat: Seats, now: datetime
) -> None:
    made = [
        compute_plan(group=group, situation=situation, by=seat("ghana"), at=now).number
        for _ in range(3)
    ]
    assert made == [1, 2, 3]


def test_tabled_only_on_the_last_figures(
    plan: Plan, situation: Situation, convened: Meeting, seat: Seats, now: datetime
) -> None:
    value = load("liberia-1990")
    more = replace(value.cohorts[0], present={"GIN": 330000})
    revise_situation(
        situation=situation, by=seat("ghana"), at=now, note="n",
        value=replace(value, cohorts=(more, *value.cohorts[1:])),
    )  # fmt: skip
    with pytest.raises(Conflict, match="figures were revised since"):
        table_plan(plan=plan, meeting=convened, by=seat("ghana"), at=now)


@pytest.mark.parametrize("who", ["unhcr", "ngo", "observer", "analyst", "treasurer"])
def test_tabled_by_who_may(
    plan: Plan, convened: Meeting, seat: Seats, now: datetime, who: str
) -> None:
    with pytest.raises(Refused, match="tables no proposals"):
        table_plan(plan=plan, meeting=convened, by=seat(who), at=now)


def test_withdrawn_only_by_who_tabled(proposal: Plan, seat: Seats, now: datetime) -> None:
    with pytest.raises(Refused, match="another party tabled"):
        withdraw_plan(plan=proposal, by=seat("france"), at=now)
    withdrawn = withdraw_plan(plan=proposal, by=seat("ghana"), at=now)
    assert (withdrawn.status, tabled(proposal.meeting)) == ("withdrawn", [])  # type: ignore[arg-type]


def test_withdrawn_by_who_tabled_it_meanwhile(
    plan: Plan, convened: Meeting, seat: Seats, now: datetime
) -> None:
    table_plan(plan=plan, meeting=convened, by=seat("france"), at=now)
    assert plan.status == "computed"
    with pytest.raises(Refused, match="another party tabled"):
        withdraw_plan(plan=plan, by=seat("ghana"), at=now)


def test_not_tabled_before_a_meeting_closed_meanwhile(
    plan: Plan, convened: Meeting, seat: Seats, now: datetime
) -> None:
    Meeting.objects.filter(pk=convened.pk).update(closed_at=now)
    with pytest.raises(Conflict, match="the meeting is closed"):
        table_plan(plan=plan, meeting=convened, by=seat("ghana"), at=now)


def test_public_plan_does_not_tell_of_the_members_meeting(
    group: Group, convened: Meeting, seat: Seats, now: datetime, signed_in: Clients
) -> None:
    shown = open_situation(
        group=group, value=load("togo-1993"), by=seat("ghana"), at=now, placing=PUBLIC
    )
    Meeting.objects.filter(pk=convened.pk).update(situation=shown)
    convened.refresh_from_db()
    made = compute_plan(group=group, situation=shown, by=seat("ghana"), at=now, placing=PUBLIC)
    table_plan(plan=made, meeting=convened, by=seat("ghana"), at=now)
    proposals = f"/groups/west-africa/plans/proposals/{convened.pk}/"
    assert f'href="{proposals}"' in signed_in("france").get(made.get_absolute_url()).text
    assert proposals not in signed_in("nobody").get(made.get_absolute_url()).text
    body = json.loads(Entry.objects.get(act="plan tabled").body)
    assert body["meeting"] is None


def test_offer_of_people_recomputes_every_share(proposal: Plan, seat: Seats, now: datetime) -> None:
    before = talk_of(proposal)
    moved = make_move(
        plan=proposal, wish=Wish(kind="offer people", people=1000), by=seat("guinea"), at=now
    )
    after, value = talk_of(moved), value_of(moved)
    guinea = after.part("GIN")
    assert guinea is not None
    assert guinea.people_change == 1000
    assert "Guinea" in guinea.sentence
    assert sum(part.people for part in after.parts) == moved.placed == value.result.placed
    assert moved.placed + moved.unplaced == moved.people == proposal.people
    assert sum(part.people_change for part in after.parts) == moved.placed - proposal.placed
    for part in after.parts:
        was = before.part(part.state)
        assert was is not None
        assert (part.people - part.people_change, part.pays - part.pays_change) == (
            was.people, was.pays,
        )  # fmt: skip
    assert (moved.after_id, moved.status, moved.meeting_id) == (
        proposal.pk, "tabled", proposal.meeting_id,
    )  # fmt: skip
    assert [row.pk for row in tabled(moved.meeting)] == [moved.pk]  # type: ignore[arg-type]
    assert [row.pk for row in talks_of(moved)] == [proposal.pk, moved.pk]


def test_offer_of_money_moves_nobody_and_reconciles(
    proposal: Plan, seat: Seats, now: datetime
) -> None:
    moved = make_move(
        plan=proposal, wish=Wish(kind="offer money", money=Decimal("1000000.00")),
        by=seat("germany"), at=now,
    )  # fmt: skip
    before, after = talk_of(proposal), talk_of(moved)
    assert [part.people for part in after.parts] == [part.people for part in before.parts]
    germany = after.part("DEU")
    assert germany is not None
    assert germany.pays_change == Decimal("1000000.00")
    rest = sum(part.pays_change for part in after.parts if part.state != "DEU")
    assert rest == -(Decimal("1000000.00") - after.to_fund - after.gap)
    assert settlement_of(moved, value_of(moved)).offered == Decimal("1000000.00")


def test_move_withdrawn_restores_the_shares(proposal: Plan, seat: Seats, now: datetime) -> None:
    one = make_move(
        plan=proposal, wish=Wish(kind="offer people", people=500), by=seat("france"), at=now
    )
    with pytest.raises(Problem, match="cannot withdraw a move of FRA"):
        make_move(plan=one, wish=Wish(kind="withdraw", withdraws=1), by=seat("germany"), at=now)
    two = make_move(plan=one, wish=Wish(kind="withdraw", withdraws=1), by=seat("france"), at=now)
    assert two.text == proposal.text
    assert [(p.state, p.people, p.pays) for p in talk_of(two).parts] == [
        (p.state, p.people, p.pays) for p in talk_of(proposal).parts
    ]


def test_counter_offer_names_what_it_answers(proposal: Plan, seat: Seats, now: datetime) -> None:
    one = make_move(
        plan=proposal, wish=Wish(kind="offer people", people=500), by=seat("france"), at=now
    )
    with pytest.raises(Problem, match="no move of that number was made"):
        make_move(
            plan=one, wish=Wish(kind="offer money", money=Decimal(5), answers=2),
            by=seat("germany"), at=now,
        )  # fmt: skip
    two = make_move(
        plan=one, wish=Wish(kind="offer money", money=Decimal(5), answers=1), by=seat("germany"),
        at=now,
    )  # fmt: skip
    body = json.loads(Entry.objects.get(act="move made", subject=two.subject).body)
    assert (body["state"], body["answers"], body["after_hash"]) == ("DEU", 1, one.name)


@pytest.mark.parametrize(
    "who", ["unhcr", "secretariat", "ngo", "observer", "analyst", "treasurer", "administrator"]
)
def test_only_a_state_moves(proposal: Plan, seat: Seats, now: datetime, who: str) -> None:
    with pytest.raises(Refused, match="makes no moves"):
        make_move(plan=proposal, wish=Wish(kind="offer people", people=1), by=seat(who), at=now)


def test_second_move_on_the_same_plan_is_a_conflict(
    proposal: Plan, seat: Seats, now: datetime
) -> None:
    wish = Wish(kind="offer people", people=10)
    make_move(plan=proposal, wish=wish, by=seat("france"), at=now)
    with pytest.raises(Conflict, match="another move was made on plan 1 meanwhile: it is plan 2"):
        make_move(plan=proposal, wish=wish, by=seat("germany"), at=now)
    assert Plan.objects.count() == 2


def test_deduction_only_by_a_decision_of_the_group(
    proposal: Plan, group: Group, seat: Seats, now: datetime
) -> None:
    wish = Wish(kind="deduction", people=300, decision=1)
    with pytest.raises(Refused, match="grants this state a deduction"):
        make_move(plan=proposal, wish=wish, by=seat("guinea"), at=now)
    question = Question(kind="deduction", title="Relief for Guinea", state="GIN", people=400)
    granted = put_decision(group=group, question=question, by=seat("guinea"), at=now)
    with pytest.raises(Refused, match="grants this state a deduction"):
        make_move(plan=proposal, wish=wish, by=seat("guinea"), at=now)
    close_decision(decision=granted, by=seat("secretariat"), at=now)
    with pytest.raises(Refused, match="grants this state a deduction"):
        make_move(plan=proposal, wish=wish, by=seat("ghana"), at=now)
    moved = make_move(plan=proposal, wish=wish, by=seat("guinea"), at=now)
    assert moved.placed + moved.unplaced == moved.people
    assert "decision 1 of the group" in moved.text
    with pytest.raises(Conflict, match="grants 400 people, of which 300 are used"):
        make_move(plan=moved, wish=wish, by=seat("guinea"), at=now)


def test_opt_out_needs_a_reason(proposal: Plan, seat: Seats, now: datetime) -> None:
    with pytest.raises(Problem, match="without a reason"):
        make_move(plan=proposal, wish=Wish(kind="opt out"), by=seat("france"), at=now)
    moved = make_move(
        plan=proposal, wish=Wish(kind="opt out", reason="floods"), by=seat("france"), at=now
    )
    france = talk_of(moved).part("FRA")
    assert france is not None
    assert france.people == 0


@pytest.mark.parametrize(
    "who", ["ghana", "secretariat", "treasurer", "analyst", "administrator", "observer"]
)
def test_opinion_by_participants_only(proposal: Plan, seat: Seats, now: datetime, who: str) -> None:
    with pytest.raises(Refused, match="gives no opinion"):
        give_opinion(plan=proposal, finding="compatible", text="x", by=seat(who), at=now)


def test_opinion_of_the_consulted(proposal: Plan, seat: Seats, now: datetime) -> None:
    """An organisation is heard by its status in the charter, not by what its person is called."""
    given = {"plan": proposal, "finding": "compatible", "text": "x", "at": now}
    assert give_opinion(by=seat("ngo"), **given).party == "Council of lead NGOs"
    with pytest.raises(Refused, match="gives no opinion"):
        give_opinion(by=replace(seat("ngo"), standing="observer"), **given)


def test_opinion_with_reasons_on_a_tabled_plan(
    plan: Plan, convened: Meeting, seat: Seats, now: datetime
) -> None:
    with pytest.raises(Conflict, match="not before a meeting"):
        give_opinion(plan=plan, finding="objection", text="x", by=seat("unhcr"), at=now)
    table_plan(plan=plan, meeting=convened, by=seat("ghana"), at=now)
    with pytest.raises(Conflict, match="finding and reasons"):
        give_opinion(plan=plan, finding="objection", text=" ", by=seat("unhcr"), at=now)
    give_opinion(plan=plan, finding="objection", text="no gate", by=seat("unhcr"), at=now)
    with pytest.raises(Conflict, match="has answered"):
        ask_opinion(plan=plan, by=seat("secretariat"), at=now)
    row = Opinion.objects.get()
    assert (row.party, row.finding, row.audience) == ("UNHCR", "objection", "members")


@pytest.mark.parametrize(
    ("who", "status"),
    [("ghana", 200), ("unhcr", 200), ("secretariat", 200), ("treasurer", 200), ("ngo", 404),
     ("observer", 404), ("analyst", 404), ("administrator", 404), ("outsider", 404),
     ("nobody", 404)],
)  # fmt: skip
def test_pages_of_a_members_plan(seen: Plan, signed_in: Clients, who: str, status: int) -> None:
    client, start = signed_in(who), seen.get_absolute_url()
    for page in ("", "plan.json", "states/GHA/", "talks/", "working/?word=costs.GHA.net"):
        assert client.get(start + page).status_code == status, page
    listed = client.get("/groups/west-africa/plans/").text
    assert (seen.title in listed) == (status == 200)
    side = client.get(f"/groups/west-africa/plans/proposals/{seen.meeting_id}/")
    assert side.status_code == status


def test_page_gives_the_answer_and_its_sums_are_the_plans(seen: Plan, signed_in: Clients) -> None:
    text = signed_in("ghana").get(seen.get_absolute_url()).text
    value, talk = value_of(seen), talk_of(seen)
    assert f"<bdi>{seen.placed:,}</bdi> of <bdi>{seen.people:,}</bdi> people" in text
    body = text.split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    rows = [re.findall(r'<td class="n">(.*?)</td>', row) for row in body.split("</tr>")[:-1]]
    plain = [[re.sub(r"<[^>]+>|,", "", cell) for cell in row] for row in rows]
    assert sum(int(row[1]) for row in plain) == value.result.placed
    assert sum(int(row[0]) for row in plain) == sum(p.present for p in value.result.states)
    assert sum(int(row[3]) for row in plain) == value.result.unplaced
    paid = sum((part.pays for part in talk.parts if part.pays > 0), Decimal(0))
    below = text.split("</tfoot>", 1)[1].split("</p>", 1)[0]
    assert f"<bdi>{paid / 1000000:,.2f}</bdi>" in below
    assert "Compatible" in text
    assert seen.name[:12] in text


def test_page_reads_the_answer_without_the_working(seen: Plan, signed_in: Clients) -> None:
    _restored.cache_clear()
    client = signed_in("ghana")
    assert client.get(seen.get_absolute_url()).status_code == 200
    assert _restored.cache_info().misses == 0
    assert client.get(f"{seen.get_absolute_url()}working/").status_code == 200
    assert _restored.cache_info().misses == 1


def test_page_offers_only_what_one_may_do(proposal: Plan, signed_in: Clients) -> None:
    start = proposal.get_absolute_url()
    offers = {
        "ghana": ("Offer, opt out", "Withdraw the proposal"),
        "france": ("Offer, opt out",),
        "unhcr": ("Give this opinion",),
        "secretariat": ("Ask UNHCR",),
    }
    every = {word for words in offers.values() for word in words}
    for who, words in offers.items():
        text = signed_in(who).get(start).text
        assert {word for word in every if word in text} == set(words), who
        assert "Put it to the vote" not in text


def test_vote_is_offered_once_unhcr_was_heard(
    proposal: Plan, signed_in: Clients, seat: Seats, now: datetime
) -> None:
    give_opinion(
        plan=proposal, finding="compatible", text="Safe.", by=seat("unhcr"), at=now
    )  # fmt: skip
    offered = {
        who: "Put it to the vote" in signed_in(who).get(proposal.get_absolute_url()).text
        for who in ("ghana", "france", "secretariat", "unhcr", "ngo")
    }
    assert offered == {
        "ghana": True, "france": True, "secretariat": True, "unhcr": False, "ngo": False
    }  # fmt: skip


def test_working_leads_from_a_number_to_its_source(plan: Plan, signed_in: Clients) -> None:
    client, start = signed_in("ghana"), plan.get_absolute_url()
    page = client.get(f"{start}working/?line=costs.GHA.net")
    assert page.status_code == 200
    assert "What went in" in page.text
    assert client.get(f"{start}working/?line=costs.GHA.nothing").status_code == 404
    figure = client.get(f"{start}working/?line=figure:GHA/un_scale_percent")
    assert "What rests on it" in figure.text


def test_pictures_and_rules(plan: Plan, signed_in: Clients) -> None:
    client = signed_in("ghana")
    page = client.get(f"{plan.get_absolute_url()}pictures/")
    assert page.text.count("<figure") == page.text.count("</svg>") == 4
    rules = f"/groups/west-africa/plans/rules/?situation={plan.situation_id}&rule=equal"
    text = client.get(rules).text
    assert f"<bdi>{plan.placed:,}</bdi>" in text or "Equal" in text
    assert signed_in("ngo").get(rules).status_code == 404


def test_rules_are_compared_so_often_in_ten_minutes(
    group: Group, seat: Seats, now: datetime, signed_in: Clients, person: Callable[[str], User]
) -> None:
    shown = open_situation(
        group=group, value=load("togo-1993"), by=seat("ghana"), at=now, placing=PUBLIC
    )
    page = f"/groups/west-africa/plans/rules/?situation={shown.pk}&rule="
    anybody, person_in = signed_in("nobody"), signed_in("france")
    assert anybody.get(f"{page}equal").status_code == 200
    for _ in range(19):
        count("comparisons", asker(RequestFactory().get("/")), 20)
    assert anybody.get(f"{page}equal").status_code == 200
    assert anybody.get(f"{page}chimni").status_code == 429
    assert person_in.get(f"{page}chimni").status_code == 200


def test_move_page(proposal: Plan, signed_in: Clients) -> None:
    page = f"{proposal.get_absolute_url()}move/"
    assert signed_in("unhcr").get(page).status_code == 403
    assert signed_in("ngo").get(page).status_code == 404
    client = signed_in("france")
    first = client.get(page)
    assert "A move of France" in first.text
    assert [kind.id for kind in first.context["kinds"]] == [
        "offer people",
        "offer money",
        "opt out",
    ]
    assert first.context["form"] is None
    asked = client.get(f"{page}?kind=offer+money")
    assert list(asked.context["form"].fields) == ["money", "reason"]
    assert client.post(page, {"kind": "nothing"}).status_code == 422
    wrong = client.post(page, {"kind": "offer people"})
    assert wrong.status_code == 422
    assert list(wrong.context["form"].errors) == ["people"]
    good = client.post(page, {"kind": "offer people", "people": "100", "reason": "more homes"})
    made = Plan.objects.get(after=proposal)
    assert (good.status_code, good.url) == (302, made.get_absolute_url())
    stale = client.post(page, {"kind": "offer people", "people": "100"})
    assert stale.status_code == 409
    there = re.escape(f"{made.get_absolute_url()}move/")
    assert re.search(rf'href="{there}\?seat=\d+&amp;kind=offer%20people"', stale.text)
    answer = signed_in("ghana").get(f"{made.get_absolute_url()}move/?kind=offer+money")
    assert "1. France: offers to protect 100 more" in answer.text
    back = client.get(f"{made.get_absolute_url()}move/?kind=withdraw")
    assert back.context["form"].fields["withdraws"].choices == [
        (1, "1. France: offers to protect 100 more")
    ]
    talks = client.get(f"{made.get_absolute_url()}talks/").text
    assert "offers to protect 100 more" in talks
    assert "more homes" in talks


def test_move_page_of_a_person_with_two_seats(
    proposal: Plan, signed_in: Clients, person: Callable[[str], User], seat: Seats, now: datetime
) -> None:
    make_move(plan=proposal, wish=Wish(kind="offer people", people=100), by=seat("germany"), at=now)
    plan = Plan.objects.get(after=proposal)
    other = Sitting.objects.create(
        user=person("france"), group=plan.group, party="DEU", capacity="head of delegation",
        since=now.date() - timedelta(days=9), accepted_at=now,
    )  # fmt: skip
    page, client = f"{plan.get_absolute_url()}move/", signed_in("france")
    first = client.get(page)
    assert "A move of France" in first.text
    assert f'href="?seat={other.pk}"' in first.text
    second = client.get(f"{page}?seat={other.pk}")
    assert "A move of Germany" in second.text
    assert "withdraw" in [kind.id for kind in second.context["kinds"]]
    assert f"?seat={other.pk}&amp;kind=withdraw" in second.text
    form = client.get(f"{page}?seat={other.pk}&kind=withdraw")
    assert f'name="seat" value="{other.pk}"' in form.text
    assert client.post(page, {"kind": "withdraw", "seat": other.pk, "withdraws": "1"}).url
    made = Plan.objects.get(after=plan)
    assert made.move.state == "DEU"
    Sitting.objects.filter(pk=other.pk).update(until=now.date() - timedelta(days=1))
    late = {"kind": "offer people", "people": "9", "seat": other.pk}
    assert client.post(f"{made.get_absolute_url()}move/", late).status_code == 403
    assert not Plan.objects.filter(after=made).exists()


def test_seat_chosen_stays_chosen_where_a_form_is_shown_again(
    group: Group, situation: Situation, signed_in: Clients, person: Callable[[str], User],
    now: datetime,
) -> None:  # fmt: skip
    other = Sitting.objects.create(
        user=person("ghana"), group=group, party="FRA", capacity="delegate", since=now.date(),
        accepted_at=now,
    )  # fmt: skip
    Sitting.objects.create(
        user=person("ghana"), group=group, party="DEU", capacity="head of delegation",
        since=now.date(),
    )  # fmt: skip
    Sitting.objects.filter(user=person("ghana"), party="GHA").update(accepted_at=None)
    page, client = "/groups/west-africa/plans/compute/", signed_in("ghana")
    assert re.findall(r'value="(\d+)" selected', client.get(page).text) == [str(other.pk)]
    Sitting.objects.filter(user=person("ghana")).update(accepted_at=now)
    sent = {"seat": other.pk, "situation": situation.pk, "rule": "", "audience": "public"}
    wrong = client.post(page, sent)
    assert wrong.status_code == 422
    chosen = re.search(r'<option value="(\d+)" selected>France', wrong.text)
    assert chosen is not None
    assert chosen[1] == str(other.pk)


def test_compute_page_keeps_what_was_chosen(
    group: Group, situation: Situation, signed_in: Clients
) -> None:
    page = "/groups/west-africa/plans/compute/"
    assert signed_in("analyst").get(page).status_code == 403
    client = signed_in("ghana")
    sent = {"situation": situation.pk, "rule": "", "audience": "public"}
    wrong = client.post(page, sent)
    assert wrong.status_code == 422
    assert "would show the situation" in wrong.text
    good = client.post(page, sent | {"audience": "members"})
    assert good.url == Plan.objects.get().get_absolute_url()


def test_proposals_side_by_side(
    seen: Plan, group: Group, situation: Situation, seat: Seats, now: datetime
) -> None:
    other = compute_plan(group=group, situation=situation, by=seat("guinea"), at=now)
    table_plan(plan=other, meeting=seen.meeting, by=seat("guinea"), at=now)  # type: ignore[arg-type]
    moved = make_move(
        plan=other, wish=Wish(kind="offer people", people=700), by=seat("guinea"), at=now
    )
    plans = tabled(seen.meeting)  # type: ignore[arg-type]
    assert [row.pk for row in plans] == [seen.pk, moved.pk]
    rows = {row.state: row for row in side_by_side(plans, frozenset({"GIN"}))}
    assert next(iter(rows)) == "GIN"
    assert rows["GIN"].cells[1].people_more == 700
    for number, row in enumerate(plans):
        parts = [each.cells[number].part for each in rows.values()]
        assert sum(part.people for part in parts if part) == row.placed


def test_talks_ask_as_often_after_many_moves_as_after_one(proposal: Plan) -> None:
    chain = [proposal]
    for number in range(2, 8):
        made = Plan.objects.get(pk=proposal.pk)
        made.pk, made.number, made.after, made._state.adding = None, number, chain[-1], True
        made.save()
        Move.objects.create(plan=made, number=number - 1, state="GHA", kind="opt out",
                            made_at=made.created_at)  # fmt: skip
        chain.append(made)
    pks = [plan.pk for plan in chain]
    for place, plan in enumerate(chain):
        with CaptureQueriesContext(connection) as queries:
            told = [(row.pk, row.group.slug, hasattr(row, "move")) for row in talks_of(plan)]
        assert told == [(pk, "west-africa", pk != proposal.pk) for pk in pks[: place + 1]]
        assert len(queries) == 2
    for place, plan in enumerate(chain[:-1]):
        with CaptureQueriesContext(connection) as queries:
            assert (place, stands_at(plan)) == (place, chain[-1])
        assert len(queries) == 2
    assert stands_at(chain[-1]) is None


def test_list_asks_as_often_for_many_as_for_few(plan: Plan, signed_in: Clients) -> None:
    client = signed_in("ghana")

    def asked(total: int) -> int:
        for number in range(Plan.objects.count() + 1, total + 1):
            plan.pk, plan.number = None, number
            plan._state.adding = True
            plan.save()
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/groups/west-africa/plans/").status_code == 200
        return len(queries)

    asked(1)
    assert asked(3) == asked(30)


def test_public_plan_of_a_public_situation(
    group: Group, seat: Seats, now: datetime, signed_in: Clients
) -> None:
    public = open_situation(
        group=group, value=load("togo-1993"), by=seat("ghana"), at=now, placing=PUBLIC
    )
    made = compute_plan(
        group=group, situation=public, by=seat("ghana"), at=now, placing=Placing(audience="public")
    )
    text = signed_in("nobody").get(made.get_absolute_url()).text
    assert "commonhaven verify" in text
    assert "Table it" not in text


def test_tabled_plan_is_released_no_sooner_than_its_situation(
    plan: Plan, convened: Meeting, seat: Seats, now: datetime
) -> None:
    Meeting.objects.filter(pk=convened.pk).update(release_at=now + timedelta(hours=1))
    convened.refresh_from_db()
    made = table_plan(plan=plan, meeting=convened, by=seat("ghana"), at=now)
    assert (made.audience, made.release_at) == ("members", None)


@pytest.mark.parametrize("number", ["1" + "0" * 30, "9" * 5000, "-1", "0", "12,5"])
@pytest.mark.parametrize(
    ("name", "kind"),
    [("people", "offer people"), ("answers", "offer people"), ("withdraws", "withdraw"),
     ("decision", "deduction")],
)  # fmt: skip
def test_numbers_beyond_all_bounds_are_an_error_of_the_form(
    proposal: Plan, seat: Seats, now: datetime, signed_in: Clients, name: str, kind: str,
    number: str,
) -> None:  # fmt: skip
    first = Wish(kind="offer people", people=10)
    plan = make_move(plan=proposal, wish=first, by=seat("germany"), at=now)
    sent = {"kind": kind, "people": "100", name: number}
    response = signed_in("france").post(f"{plan.get_absolute_url()}move/", sent)
    assert response.status_code == 422
    assert name in response.context["form"].errors
    assert not Plan.objects.filter(after=plan).exists()


def test_move_is_about_the_people_in_question_and_moves_made(
    proposal: Plan, seat: Seats, now: datetime
) -> None:
    more = Wish(kind="offer people", people=proposal.people + 1)
    with pytest.raises(Problem, match=f"about {proposal.people:,} people"):
        make_move(plan=proposal, wish=more, by=seat("france"), at=now)
    with pytest.raises(Problem, match="no move of that number"):
        make_move(plan=proposal, wish=Wish(kind="withdraw", withdraws=1), by=seat("france"), at=now)
