"""The same through the API."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from commonhaven.web.exchange.models import Practice
from commonhaven.web.groups.models import Group

Clients = Callable[[str], Client]
ROOT = "/api/v1/groups"


def post(client: Client, url: str, body: dict[str, Any]) -> Any:
    return client.post(f"{ROOT}/{url}", body, content_type="application/json")


def test_practice_from_publication_to_reuse(
    group: Group, east: Group, signed_in: Clients, in_east: Clients
) -> None:
    told = {"title": "Tests", "summary": "People are tested.", "language": "en",
            "themes": ["skills"], "source": "A report", "sure": "reported",
            "audience": "public"}  # fmt: skip
    made = post(in_east("secretariat"), "east/practices", told)
    assert made.status_code == 201
    pk = made.json()["id"]
    assert post(in_east("delegate"), "east/practices", told).status_code == 403
    wrong = {**told, "themes": ["moon"]}
    assert post(in_east("secretariat"), "east/practices", wrong).status_code == 422
    came = {"practice": f"practice/{pk}", "result": "Slow", "source": "Own", "sure": "measured"}
    assert post(signed_in("secretariat"), "west-africa/reuses", came).status_code == 201
    listed = signed_in("ghana").get(f"{ROOT}/west-africa/reuses").json()
    assert [each["practice"] for each in listed["items"]] == [f"practice/{pk}"]
    assert signed_in("nobody").get(f"{ROOT}/west-africa/reuses").json()["count"] == 0
    gone = post(in_east("secretariat"), f"east/practices/{pk}/withdraw", {"reason": "It failed"})
    assert gone.json()["status"] == "withdrawn"


def test_question_and_offer_between_two_groups(
    group: Group, east: Group, signed_in: Clients, in_east: Clients, now: datetime,
    practice: Practice,
) -> None:  # fmt: skip
    day = (now.date() + timedelta(days=9)).isoformat()
    asked = {"to": "east", "title": "How?", "theme": "skills", "due": day}
    made = post(signed_in("secretariat"), "west-africa/questions", asked)
    assert made.status_code == 201
    url = f"questions/{made.json()['id']}"
    assert in_east("observer").get(f"{ROOT}/east/{url}").status_code == 404
    assert in_east("delegate").get(f"{ROOT}/east/{url}").json()["title"] == "How?"
    told = {"text": "So", "practice": practice.subject}
    answered = post(in_east("secretariat"), f"east/{url}/answers", told)
    assert answered.status_code == 201
    assert answered.json()["answers"][0]["practice"] == practice.subject
    closed = post(signed_in("secretariat"), f"west-africa/{url}/close", {"closing": "Thanks"})
    assert (closed.json()["status"], closed.json()["answered"]) == ("closed", 1)
    offering = {"to": "east", "kind": "observer", "title": "Sit with us", "since": day}
    made = post(signed_in("secretariat"), "west-africa/offers", offering)
    step = f"east/offers/{made.json()['id']}/steps"
    assert post(in_east("secretariat"), step, {"step": "accept"}).json()["status"] == "accepted"
    nowhere = {**asked, "to": "moon"}
    assert post(signed_in("secretariat"), "west-africa/questions", nowhere).status_code == 422


def test_peers_are_suggested(
    practice: Practice, group: Group, signed_in: Clients
) -> None:  # fmt: skip
    told = signed_in("nobody").get(f"{ROOT}/west-africa/peers?theme=skills&question=tests").json()
    assert told[0]["group"] == "east"
    assert told[0]["practices"] == [practice.subject]
    bad = signed_in("nobody").get(f"{ROOT}/west-africa/peers?theme=moon")
    assert bad.status_code == 422
