"""Who asks, how often, whether again, whether changed: the same for every operation."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from commonhaven.reading import Problem
from commonhaven.situations import load, toml_text
from commonhaven.web.accounts.models import Seat, User
from commonhaven.web.api.actions import Wish, make_token, withdraw_token
from commonhaven.web.api.limits import GUESSES
from commonhaven.web.api.models import Answered, Token, Window
from commonhaven.web.config import Platform
from commonhaven.web.groups.models import Group
from commonhaven.web.kit import clock
from commonhaven.web.record.models import Entry
from commonhaven.web.situations.models import Situation

Callers = Callable[..., Any]
WHOLE = {"what", "where", "fix"}


def opening(name: str) -> dict[str, str]:
    """A situation to open."""
    text = toml_text(load("liberia-1990"))
    return {"toml": text.replace('id = "liberia-1990"', f'id = "{name}"', 1)}


def test_wrong_token_is_refused_even_where_none_is_needed(group: Group, caller: Callers) -> None:
    response = Client().get("/api/v1/groups", headers={"Authorization": "Bearer ch_wrong"})
    assert (response.status_code, set(response.json())) == (401, WHOLE)
    assert response["WWW-Authenticate"].startswith("Bearer")
    basic = Client().get("/api/v1/groups", headers={"Authorization": "Basic abc"})
    assert basic.status_code == 401


def test_token_ends_when_it_expires_or_is_withdrawn(
    group: Group, caller: Callers, person: Callable[[str], User], now: datetime,
    forward: Callable[[timedelta], None],
) -> None:  # fmt: skip
    ghana, liberia = caller("ghana"), caller("liberia")
    assert ghana.get("/me").status_code == 200
    row = Token.objects.get(user=person("ghana"))
    withdraw_token(pk=row.pk, user=person("ghana"), at=now)
    assert ghana.get("/me").status_code == 401
    forward(timedelta(days=91))
    assert liberia.get("/me").status_code == 401


def test_token_is_kept_as_a_hash_only(group: Group, caller: Callers) -> None:
    secret = caller("ghana").token
    (row,) = Token.objects.values()
    assert secret not in json.dumps(row, default=str)


def test_reading_token_does_not_act(group: Group, caller: Callers) -> None:
    response = caller("ghana", "read").post("/groups/west-africa/situations", opening("a"))
    assert (response.status_code, response.json()["where"]) == (403, "Authorization")
    assert Situation.objects.count() == 0


def test_token_of_one_group_is_nobody_in_another(
    group: Group, caller: Callers, person: Callable[[str], User], now: datetime
) -> None:
    other = Group.objects.create(slug="other", listed=False, created_at=now)
    Seat.objects.create(
        user=person("ghana"), group=other, party="GHA", capacity="secretariat", since=now.date(),
        accepted_at=now,
    )  # fmt: skip
    narrow = caller("ghana", "act:west-africa")
    assert narrow.get("/groups/other").status_code == 404
    assert caller("ghana").get("/groups/other").status_code == 200
    assert [one["group"] for one in narrow.get("/me").json()["seats"]] == ["west-africa"]
    assert narrow.get("/groups").json()["count"] == 1


def test_scope_of_a_foreign_group_is_refused(
    group: Group, person: Callable[[str], User], now: datetime
) -> None:
    for scopes, days in ((("act:nowhere",), 1), (("fly",), 1), ((), 1), (("read",), 367)):
        with pytest.raises(Problem):
            make_token(user=person("ghana"), wish=Wish(name="t", scopes=scopes, days=days), at=now)


def test_session_reads_and_writes_with_its_csrf_token_only(
    group: Group, signed_in: Callable[[str], Client], person: Callable[[str], User]
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("ghana"), "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/api/v1/me").json()["scopes"] is None
    body = json.dumps(opening("a"))
    where = "/api/v1/groups/west-africa/situations"
    refused = client.post(where, body, content_type="application/json")
    assert (refused.status_code, set(refused.json())) == (403, WHOLE)
    client.get("/account/login/")
    client.get("/notices/")
    token = client.cookies["csrftoken"].value
    done = client.post(where, body, content_type="application/json", headers={"X-CSRFToken": token})
    assert done.status_code == 201


def test_write_with_a_key_is_done_once(group: Group, caller: Callers) -> None:
    ghana = caller("ghana")
    where = "/groups/west-africa/situations"
    first = ghana.post(where, opening("a"), Idempotency_Key="k1")
    again = ghana.post(where, opening("a"), Idempotency_Key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert again["Idempotent-Replayed"] == "true"
    assert (Situation.objects.count(), Entry.objects.count()) == (1, 1)
    other = ghana.post(where, opening("b"), Idempotency_Key="k1")
    assert (other.status_code, other.json()["where"]) == (409, "Idempotency-Key")
    assert ghana.post(where, opening("a")).status_code == 409


def test_refused_write_may_be_tried_again_with_its_key(group: Group, caller: Callers) -> None:
    ghana = caller("ghana")
    where = "/groups/west-africa/situations"
    assert ghana.post(where, {"toml": "not = toml ="}, Idempotency_Key="k").status_code == 422
    assert Answered.objects.count() == 0
    assert ghana.post(where, opening("a"), Idempotency_Key="k").status_code == 201


def test_key_of_one_token_is_not_another_s(group: Group, caller: Callers) -> None:
    where = "/groups/west-africa/situations"
    assert caller("ghana").post(where, opening("a"), Idempotency_Key="k").status_code == 201
    assert caller("liberia").post(where, opening("b"), Idempotency_Key="k").status_code == 201


def test_answer_is_not_given_again_to_who_has_lost_the_part(
    group: Group, caller: Callers, person: Callable[[str], User], now: datetime
) -> None:
    """Who was a delegate yesterday does not read today, by a key, what delegates read."""
    where, ghana = "/groups/west-africa/situations", caller("ghana")
    assert ghana.post(where, opening("a"), Idempotency_Key="k").status_code == 201
    seat = Seat.objects.get(user=person("ghana"))
    seat.capacity = "analyst"
    seat.save()
    lost = ghana.post(where, opening("a"), Idempotency_Key="k")
    assert (lost.status_code, lost.json()["where"]) == (403, "Idempotency-Key")
    assert opening("a")["toml"][:20] not in lost.text
    seat.delete()
    gone = ghana.post(where, opening("a"), Idempotency_Key="k")
    assert (gone.status_code, Situation.objects.count()) == (403, 1)


def test_part_in_another_group_does_not_matter(
    group: Group, caller: Callers, person: Callable[[str], User], now: datetime
) -> None:
    where, ghana = "/groups/west-africa/situations", caller("ghana")
    assert ghana.post(where, opening("a"), Idempotency_Key="k").status_code == 201
    other = Group.objects.create(slug="other", listed=False, created_at=now)
    Seat.objects.create(
        user=person("ghana"), group=other, party="GHA", capacity="secretariat", since=now.date()
    )
    again = ghana.post(where, opening("a"), Idempotency_Key="k")
    assert (again.status_code, again["Idempotent-Replayed"]) == (201, "true")


def test_tokens_are_not_guessed(group: Group, caller: Callers, forward: Any) -> None:
    """After some that do not hold, none of the address is looked at until the minute is over."""
    right, wrong = caller("ghana"), {"Authorization": "Bearer ch_wrong"}
    forward(timedelta(seconds=60 - clock.now().second))
    statuses = [Client().get("/api/v1/me", headers=wrong).status_code for _ in range(GUESSES + 1)]
    assert statuses == [401] * GUESSES + [429]
    waits = right.get("/me")
    assert (waits.status_code, waits["Retry-After"].isdigit()) == (429, True)
    elsewhere = Client(REMOTE_ADDR="192.0.2.9").get(
        "/api/v1/me", headers={"Authorization": f"Bearer {right.token}"}
    )
    assert elsewhere.status_code == 200
    assert caller("nobody").get("/groups").status_code == 200
    forward(timedelta(minutes=1))
    assert right.get("/me").status_code == 200


def test_unusable_key_is_refused(group: Group, caller: Callers) -> None:
    where = "/groups/west-africa/situations"
    response = caller("ghana").post(where, opening("a"), Idempotency_Key="k" * 121)
    assert response.status_code == 400


def test_unchanged_answer_is_not_sent_again(group: Group, caller: Callers) -> None:
    ghana = caller("ghana")
    first = ghana.get("/groups/west-africa")
    again = ghana.get("/groups/west-africa", If_None_Match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert "Authorization" in first["Vary"]
    assert first["Cache-Control"] == "private, no-cache"
    ghana.post("/groups/west-africa/situations", opening("a"))
    before = ghana.get("/groups/west-africa/situations")["ETag"]
    ghana.post("/groups/west-africa/situations", opening("b"))
    after = ghana.get("/groups/west-africa/situations", If_None_Match=before)
    assert after.status_code == 200


def test_too_many_requests_are_told_to_wait(group: Group, caller: Callers, settings: Any) -> None:
    settings.PLATFORM = Platform(requests_per_minute=5)
    ghana, liberia = caller("ghana"), caller("liberia")
    statuses = [ghana.get("/groups").status_code for _ in range(7)]
    assert statuses.count(429) >= 1
    assert statuses[:5] == [200] * 5
    while (late := ghana.get("/groups")).status_code != 429:
        continue
    assert set(late.json()) == WHOLE
    assert 1 <= int(late["Retry-After"]) <= 60
    assert liberia.get("/groups").status_code == 200


def test_address_is_counted_without_being_kept(group: Group, caller: Callers) -> None:
    caller("nobody").get("/groups")
    (row,) = Window.objects.all()
    assert "127.0.0.1" not in row.owner


@pytest.mark.parametrize(
    ("path", "status"), [("/groups/nowhere", 404), ("/nothing", 404), ("/groups/A_B", 422)]
)
def test_errors_have_one_form(group: Group, caller: Callers, path: str, status: int) -> None:
    response = caller("ghana").get(path)
    assert (response.status_code, set(response.json())) == (status, WHOLE)


def test_body_that_is_no_json_is_refused(group: Group, caller: Callers) -> None:
    headers = {"Authorization": f"Bearer {caller('ghana').token}"}
    for body in ("{", '{"toml": "\\ud800"}', '{"toml": "\\u0000"}'):
        response = Client().post(
            "/api/v1/groups/west-africa/situations", body, content_type="application/json",
            headers=headers,
        )  # fmt: skip
        assert (response.status_code, set(response.json())) == (400, WHOLE)


def test_other_methods_are_not_taken(group: Group) -> None:
    response = Client().delete("/api/v1/groups")
    assert (response.status_code, set(response.json())) == (405, WHOLE)
    assert set(response["Allow"].split(", ")) == {"GET", "POST"}


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"])
def test_instant_at_the_ends_of_the_calendar_is_refused(
    group: Group, caller: Callers, at: str
) -> None:
    body = {"title": "T", "text": "One", "release_at": at}
    answer = caller("ghana").post("/groups/west-africa/documents", body)
    assert (answer.status_code, answer.json()["where"]) == (422, "body.body.release_at")
