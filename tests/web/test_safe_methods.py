"""Reading writes nothing, writing asks for a token, answers carry the headers that protect."""

from collections.abc import Callable

import pytest
from access_doors import APART, fetch, of_platform, routes
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse

from commonhaven.web.groups.models import Group
from commonhaven.web.record.models import Head

SignedIn = Callable[[str], Client]
CAST = ("nobody", "ghana", "secretariat", "ngo", "administrator", "analyst", "unhcr")
FILLED = {
    "slug": "west-africa", "pk": 1, "meeting": 1, "other": 1, "number": 1, "form": "json",
    "code": "GHA", "token": "a" * 32, "name": "hathaway-neve", "key": "k", "uidb36": "1",
    "provider_id": "none", "kind": "announce", "year": 2026, "party": "GHA",
    "objective": "1", "outcome": "1.1", "indicator": "1.1.1",
}  # fmt: skip
ON_THE_SIDE = frozenset({
    "sessions.Session", "kit.Moved", "cache", "api.Window", "notices.Round", "notices.Post",
})  # fmt: skip
"""Tables that say nothing of a group: sessions, counts of requests, when mail last went."""


def addresses() -> list[str]:
    """Every named address, filled with something."""
    return sorted({
        reverse(name, kwargs={part: FILLED[part] for part in parts}) for name, parts in routes()
        if name.count(":") < 2
    })  # fmt: skip


def rows() -> dict[str, int]:
    """How many rows each table holds, and where each record ends."""
    found = {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.label not in ON_THE_SIDE
    }
    return found | {f"record of {head.group_id}": head.number for head in Head.objects.all()}


@pytest.mark.parametrize("who", CAST)
def test_reading_writes_nothing(signed_in: SignedIn, group: Group, who: str) -> None:
    client = signed_in(who)
    before = rows()
    for url in addresses():
        if url != reverse("account_logout"):
            response = fetch(client, url)
            assert response.status_code < 500, url
    assert rows() == before


@pytest.mark.parametrize("who", ["nobody", "secretariat"])
def test_what_is_read_is_asked_about_too(signed_in: SignedIn, group: Group, who: str) -> None:
    """HEAD answers as GET does: programs ask first whether a file changed."""
    client = signed_in(who)
    for url in [*addresses(), "/api/v1/groups", "/api/v1/groups/west-africa", "/api/v1/nothing"]:
        if url != reverse("account_logout"):
            assert client.head(url).status_code == fetch(client, url).status_code, url


def test_every_form_asks_for_a_token(signed_in: SignedIn, group: Group) -> None:
    """A form that another site sends is refused before anything is looked at."""
    for who in ("nobody", "secretariat"):
        client = signed_in(who)
        client.handler.enforce_csrf_checks = True
        client.raise_request_exception = False
        before = rows()
        for url in addresses():
            status = client.post(url, {"anything": "1"}).status_code
            assert status in {403, 405}, f"{who} at {url}: {status}"
        assert rows() == before


def test_acts_are_done_by_forms_only(signed_in: SignedIn, group: Group) -> None:
    """An address that acts answers a link with 405, and names what it takes."""
    client = signed_in("secretariat")
    acting = []
    for name, parts in of_platform():
        url = reverse(name, kwargs={part: FILLED[part] for part in parts})
        response = fetch(client, url)
        if response.status_code == 405:
            assert response["Allow"] == "POST", url
            acting.append(name)
    assert set(acting) == ACTS


ACTS = {
    "accounts:demonstration_sign_in", "api:withdraw", "commitments:answer", "commitments:close",
    "commitments:match", "commitments:review", "commitments:submit", "decisions:close",
    "decisions:default",
    "decisions:vote", "decisions:withdraw", "exchange:answer", "exchange:close", "exchange:step",
    "exchange:withdraw", "good_faith:close", "good_faith:forgo",
    "good_faith:publish", "good_faith:withdraw", "groups:adopt", "groups:comment", "groups:deposit",
    "groups:position",
    "groups:withdraw", "home:move_clock", "home:take_note", "meetings:act", "meetings:close",
    "meetings:release", "notices:make_calendar", "notices:read", "notices:read_all",
    "notices:withdraw_calendar", "people:accept", "people:withdraw", "plans:ask", "plans:note",
    "plans:opinion", "plans:table", "plans:withdraw", "situations:close",
}  # fmt: skip


def test_headers_protect(signed_in: SignedIn, group: Group) -> None:
    for who in ("nobody", "secretariat"):
        client = signed_in(who)
        for url in ("/", "/groups/west-africa/", "/nowhere/", "/account/login/", "/try/",
                    "/groups/west-africa/record/export.jsonl"):  # fmt: skip
            headers = fetch(client, url).headers
            policy = dict(
                part.strip().partition(" ")[::2]
                for part in headers["Content-Security-Policy"].split(";")
            )
            assert policy["default-src"] == "'none'"
            assert policy["script-src"] == policy["style-src"] == "'self'"
            assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["X-Frame-Options"] == "DENY"
            assert headers["Referrer-Policy"] == "same-origin"
            assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_pages_of_people_are_not_kept_by_caches(signed_in: SignedIn, group: Group) -> None:
    """What depends on who looks is kept by nobody between, or named as depending on the cookie."""
    client = signed_in("ghana")
    for name, parts in of_platform():
        if set(parts) <= {"slug"} and name.partition(":")[0] not in APART:
            url = reverse(name, kwargs={part: FILLED[part] for part in parts})
            response = fetch(client, url)
            kept = response.headers.get("Cache-Control", "")
            by = response.headers.get("Vary", "")
            assert "Cookie" in by or "private" in kept or "no-store" in kept, url
            assert "public" not in kept, url


def test_cookies_are_kept_from_scripts_and_other_sites(group: Group) -> None:
    client = Client()
    client.get("/account/login/")
    assert {cookie["samesite"] for cookie in client.cookies.values()} == {"Lax"}
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.SESSION_COOKIE_SECURE == settings.CSRF_COOKIE_SECURE == settings.PLATFORM.https
