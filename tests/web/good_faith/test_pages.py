"""The pages and the API of a year, from the opening to the payment."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from years import DAY, held, opened

from commonhaven.web.decisions.models import Decision
from commonhaven.web.funds.models import Fund
from commonhaven.web.good_faith import actions
from commonhaven.web.good_faith.actions import Said
from commonhaven.web.good_faith.models import Assessment
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat

Seats = Callable[[str], Seat]
Clients = Callable[[str], Client]
Forward = Callable[[timedelta], None]
BASE = "/groups/west-africa/good-faith/"


def text(response: Any) -> str:
    return str(response.content.decode())


def test_without_an_incentive_fund_there_is_nothing_to_divide(
    closed: Assessment, signed_in: Clients
) -> None:
    treasurer = signed_in("treasurer")
    shown = text(treasurer.get(f"{BASE}{closed.pk}/pay/"))
    assert "No incentive fund is open." in shown
    assert "<textarea" not in shown
    (address,) = re.findall(r'href="([^"]+\?kind=incentive)"', shown)
    assert '<option value="incentive" selected>' in text(treasurer.get(address))


def test_no_decision_is_chosen_beforehand(
    closed: Assessment, fund: Fund, decision: Decision, signed_in: Clients
) -> None:
    page = f"{BASE}{closed.pk}/pay/"
    shown = text(signed_in("treasurer").get(page))
    assert '<option value="" selected>Choose</option>' in shown
    assert f'<option value="{decision.subject}">1: Divide the incentive fund</option>' in shown
    given = {"fund": fund.pk, "cost": "2000", "source": "Plan 1"}
    assert signed_in("treasurer").post(page, given).status_code == 422


def test_from_the_opening_to_the_payment(
    group: Group, fund: Fund, decision: Decision, seat: Seats, signed_in: Clients, now: datetime,
    forward: Forward,
) -> None:  # fmt: skip
    unhcr, ghana, ngo, treasurer = (
        signed_in(who) for who in ("unhcr", "ghana", "ngo", "treasurer")
    )
    held(group, seat, now - 20 * DAY)
    ends = (now - DAY).date().isoformat()
    given = {"title": "Year one", "ends": ends, "audience": "consultative"}
    assert ghana.post(f"{BASE}open/", given).status_code == 403
    assert unhcr.post(f"{BASE}open/", {**given, "ends": ""}).status_code == 422
    assert unhcr.post(f"{BASE}open/", given).status_code == 302
    assert unhcr.post(f"{BASE}open/", given).status_code == 422
    row = Assessment.objects.get()
    page = f"{BASE}{row.pk}/"
    assert "Score, not published" in text(unhcr.get(page))
    drafted = text(ghana.get(page))
    assert "Score" not in drafted.split("<table>")[1].split("</thead>")[0]
    assert "missed" in drafted
    claim = {"criterion": "reported", "text": "Figures came", "where": "Register"}
    found = {**claim, "states": row.states, "kept": "yes"}
    assert ngo.post(f"{page}find/", found).status_code == 403
    bare = {"criterion": "refoulement", "text": "x", "states": ["FRA"], "kept": "no"}
    refused = unhcr.post(f"{page}find/", bare)
    assert (refused.status_code, "no evidence is named" in text(refused)) == (422, True)
    assert unhcr.post(f"{page}find/", found).status_code == 302
    assert ngo.post(f"{page}state/FRA/evidence/", claim).status_code == 302
    unhcr.post(f"{page}publish/")
    shown = text(ghana.get(f"{page}state/GHA/"))
    assert "Score: <strong><bdi>1.00</bdi></strong>" in shown
    assert "Meetings that it was bound to attend: 1; attended: 1." in shown
    assert "Figures came" in text(ngo.get(f"{page}state/FRA/"))
    assert ghana.post(f"{page}state/FRA/reply/", {"text": "We"}).status_code == 403
    assert ghana.post(f"{page}state/GHA/reply/", {"text": "We came\nin time."}).status_code == 302
    assert "We came<br>in time." in text(ngo.get(f"{page}state/GHA/"))
    forward(31 * DAY)
    late = ghana.post(f"{page}state/GHA/reply/", {"text": "More"})
    assert (late.status_code, "time for a reply ended" in text(late)) == (422, True)
    unhcr.post(f"{page}close/")
    people = "\n".join(f"{state}; {100 if state == 'GHA' else 0}" for state in row.states)
    assert unhcr.post(f"{page}people/", {"people": "Ghana; 1.5", "source": "x"}).status_code == 422
    kept = unhcr.post(f"{page}people/", {"people": people, "source": "UNHCR, June"})
    assert kept.status_code == 302
    asked = {"fund": fund.pk, "cost": "2000", "source": "Plan 1", "decision": decision.subject}
    assert ghana.post(f"{page}pay/", asked).status_code == 403
    assert treasurer.post(f"{page}pay/", asked).status_code == 302
    assert f"{fund.get_absolute_url()}" in text(ghana.get(page))
    assert "Incentive fund" not in text(ngo.get(page))
    awarded = text(ghana.get(fund.get_absolute_url()))
    assert "Money awarded" in awarded


def test_what_one_may_not_see_is_not_there(
    group: Group, seat: Seats, signed_in: Clients, now: datetime
) -> None:
    row = opened(group, seat, now, "members")
    for who in ("ngo", "nobody", "outsider"):
        client = signed_in(who)
        for path in ("", "state/GHA/"):
            assert client.get(f"{BASE}{row.pk}/{path}").status_code == 404
        assert row.title not in text(client.get(BASE))
    assert row.title in text(signed_in("ghana").get(BASE))
    assert signed_in("ghana").get(f"{BASE}{row.pk}/state/BRA/").status_code == 404


def test_a_version_says_what_it_changed(
    published: Assessment, seat: Seats, signed_in: Clients, now: datetime
) -> None:
    late = Said(criterion="reported", text="Nothing came for June", where="Register")
    actions.find(assessment=published, states=["FRA"], kept=False, said=late, by=seat("unhcr"),
                 at=now)  # fmt: skip
    shown = text(signed_in("observer").get(f"{BASE}{published.pk}/state/FRA/"))
    versions = shown.split('id="versions"')[1]
    assert versions.index("0.75") < versions.index("Nothing came for June") < versions.index("1.00")


@pytest.mark.parametrize("who", ["ngo", "analyst", "nobody"])
def test_scores_are_not_shown_before_they_are_published(
    reported: Assessment, signed_in: Clients, who: str
) -> None:
    path = f"/api/v1/groups/west-africa/good-faith/{reported.pk}"
    answer = signed_in(who).get(path)
    if who == "nobody":
        assert answer.status_code == 404
        return
    assert {line["score"] for line in answer.json()["lines"]} == {None}
    assert {line["score"] for line in signed_in("unhcr").get(path).json()["lines"]} == {"1"}


def test_the_api_acts_as_the_pages_do(
    group: Group, fund: Fund, decision: Decision, seat: Seats, signed_in: Clients, now: datetime,
    forward: Forward,
) -> None:  # fmt: skip
    for who in ("unhcr", "ngo", "ghana", "treasurer"):
        seat(who)
    base = "/api/v1/groups/west-africa/good-faith"

    def post(who: str, path: str, body: Any = None) -> Any:
        client = signed_in(who)
        client.handler.enforce_csrf_checks = False
        return client.post(f"{base}{path}", body or {}, content_type="application/json")

    ends = (now - DAY).date().isoformat()
    made = post("unhcr", "", {"title": "Year", "ends": ends, "audience": "consultative"})
    assert made.status_code == 201
    row, states = made.json()["id"], made.json()["states"]
    claim = {"criterion": "reported", "text": "Came"}
    assert post("unhcr", f"/{row}/findings", {**claim, "states": states, "kept": True}
                ).status_code == 201  # fmt: skip
    assert post("ngo", f"/{row}/states/FRA/evidence", claim).status_code == 201
    assert post("ghana", f"/{row}/publish").status_code == 403
    assert post("unhcr", f"/{row}/publish").json()["status"] == "published"
    assert post("ghana", f"/{row}/states/GHA/replies", {"text": "Yes"}).status_code == 201
    assert post("unhcr", f"/{row}/close").status_code == 409
    forward(31 * DAY)
    assert post("unhcr", f"/{row}/close").json()["status"] == "closed"
    people = {**dict.fromkeys(states, 1), "GHA": 10}
    assert post("unhcr", f"/{row}/people", {"people": people, "source": "June"}).status_code == 200
    assert post("ghana", f"/{row}/states/GHA/forgo").status_code == 200
    paid = post("treasurer", f"/{row}/payments", {
        "fund": fund.pk, "pot": "64", "source": "Decision 1", "decision": decision.subject,
    })  # fmt: skip
    assert paid.status_code == 201
    given = {line["state"]: line["payment"] for line in paid.json()["lines"]}
    assert (given["GHA"], given["FRA"]) == ("0.00", "2.00")
    shown = signed_in("ghana").get(f"{base}/{row}/states/GHA").json()
    assert (shown["score"], shown["forgoes"], shown["replies"][0]["text"]) == ("1", True, "Yes")
    assert shown["versions"][0]["number"] == 1


def test_a_reply_sent_twice_by_two_clicks_is_given_once(
    published: Assessment, signed_in: Clients
) -> None:
    ghana, page = signed_in("ghana"), f"{BASE}{published.pk}/state/GHA/reply/"
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', text(ghana.get(page)))[-1]
    sent = {"text": "We came in time.", "csrfmiddlewaretoken": token}
    first, second = ghana.post(page, sent), ghana.post(page, sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert published.replies.count() == 1


def test_no_state_is_chosen_in_a_finding_but_all_not_known_of_can_be(
    year: Assessment, signed_in: Clients
) -> None:
    unhcr, page = signed_in("unhcr"), f"{BASE}{year.pk}/find/"
    led = re.search(rf'href="({page}[^"]*)"', text(unhcr.get(f"{BASE}{year.pk}/")))
    assert led
    asked = text(unhcr.get(led[1]))
    assert '<option value="reported" selected>' in asked
    assert " checked" not in asked
    told = "Choose the 33 states of which it is not known whether they reported"
    chosen = re.search(rf'href="([^"]*)">{told}', asked)
    assert chosen
    filled = text(unhcr.get(page + chosen[1].replace("&amp;", "&")))
    assert (filled.count(" checked"), told in filled) == (33, False)
    one = {"criterion": "reported", "text": "Came", "states": ["GHA"], "kept": "yes"}
    unhcr.post(page, one)
    assert told.replace("33", "32") in text(unhcr.get(page))


def test_when_the_time_for_replies_is_over_the_pages_say_so(
    published: Assessment, signed_in: Clients, forward: Forward
) -> None:
    ghana, page = signed_in("ghana"), f"{BASE}{published.pk}/"
    assert "States may reply until" in text(ghana.get(page))
    assert "It may reply until" in text(ghana.get(f"{page}state/GHA/"))
    forward(31 * DAY)
    for path, said, ended in (
        ("", "States may reply until", "The time for replies ended"),
        ("state/GHA/", "It may reply until", "The time for its reply ended"),
    ):
        late = text(ghana.get(f"{page}{path}"))
        assert (said in late, ended in late) == (False, True)


def test_each_act_is_confirmed_in_a_sentence(year: Assessment, signed_in: Clients) -> None:
    page = f"{BASE}{year.pk}/"
    claim = {"criterion": "reported", "text": "Figures came", "where": "Register"}
    people = "\n".join(f"{state}; 1" for state in year.states)
    given: dict[str, Any]
    for who, path, given, said in (
        ("ngo", "state/FRA/evidence/", claim, "The evidence stands beside the facts."),
        ("unhcr", "find/", {**claim, "states": year.states, "kept": "yes"},
         "The finding is entered."),
        ("unhcr", "people/", {"people": people, "source": "June"},
         "The numbers of people are kept."),
        ("unhcr", "publish/", {}, "Published. States may reply."),
        ("ghana", "state/GHA/reply/", {"text": "We came."}, "The reply stands beside the score."),
        ("ghana", "state/GHA/forgo/", {}, "Your payment is left to the others."),
    ):  # fmt: skip
        shown = signed_in(who).post(f"{page}{path}", given, follow=True)
        assert f'<li class="success"><bdi>{said}</bdi>' in text(shown)


def test_errors_name_states_and_write_days_as_the_language_does(
    reported: Assessment, signed_in: Clients, now: datetime
) -> None:
    unhcr, page = signed_in("unhcr"), f"{BASE}{reported.pk}/"
    bare = {"criterion": "refoulement", "text": "x", "states": ["BEN"], "kept": "no"}
    refused = text(unhcr.post(f"{page}find/", bare))
    assert ("ood faith, Benin: " in refused, "BEN:" in refused) == (True, False)
    again = {"title": "Again", "ends": reported.ends.isoformat(), "audience": "members"}
    told = text(unhcr.post(f"{BASE}open/", again))
    day = f"{reported.ends.day} {reported.ends:%B %Y}"
    assert f"in the year that ends on {day}" in told
    unhcr.post(f"{page}publish/")
    until = now + 30 * DAY
    closing = text(unhcr.post(f"{page}close/", follow=True))
    assert f"may reply until {until.day} {until:%B %Y}, " in closing
