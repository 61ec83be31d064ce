"""The page of tokens: made, shown once, withdrawn; each person's own."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from commonhaven.web.accounts.actions import password_link
from commonhaven.web.accounts.models import User
from commonhaven.web.api.actions import Wish, make_token
from commonhaven.web.api.models import Token
from commonhaven.web.groups.models import Group
from commonhaven.web.notices.actions import feed_owner, make_feed

PHRASE, NEW = "a long pass phrase", "another long pass phrase"
WISH = {"name": "Nightly export", "may": "read", "groups": ["west-africa"], "days": "30"}


def test_token_is_made_and_shown_once(group: Group, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("ghana")
    assert client.post("/api/tokens/", WISH).status_code == 302
    page = client.get("/api/tokens/")
    secret = page.text.split("<code>")[1].split("</code>")[0]
    assert secret.startswith("ch_")
    assert page["Cache-Control"] == "no-store, private"
    assert secret not in client.get("/api/tokens/").text
    told = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).json()
    assert told["scopes"] == ["read:west-africa"]


def test_token_is_withdrawn_by_its_owner_only(
    group: Group, signed_in: Callable[[str], Client], person: Callable[[str], User]
) -> None:
    client = signed_in("ghana")
    client.post("/api/tokens/", WISH)
    row = Token.objects.get()
    assert signed_in("liberia").post(f"/api/tokens/{row.pk}/withdraw/").status_code == 404
    assert client.post(f"/api/tokens/{row.pk}/withdraw/").status_code == 302
    row.refresh_from_db()
    assert row.withdrawn_at is not None
    assert client.post(f"/api/tokens/{row.pk}/withdraw/").status_code == 409


def test_wrong_wishes_are_told_beside_the_field(
    group: Group, signed_in: Callable[[str], Client]
) -> None:
    page = signed_in("ghana").post("/api/tokens/", {**WISH, "days": "9000"})
    assert page.status_code == 422
    assert "366" in page.text
    assert Token.objects.count() == 0


def test_administering_is_offered_to_administrators_only(
    group: Group, signed_in: Callable[[str], Client]
) -> None:
    assert "administer" not in signed_in("ghana").get("/api/tokens/").text
    client = signed_in("administrator")
    client.post("/api/tokens/", {**WISH, "groups": [], "administer": "on"})
    assert Token.objects.get().scopes == ["administer", "read"]


def test_page_needs_a_sign_in(group: Group, signed_in: Callable[[str], Client]) -> None:
    assert signed_in("nobody").get("/api/tokens/")["Location"].startswith("/account/login/")


def changed(client: Client, person: Callable[[str], User]) -> Any:
    """A new password on the account's page."""
    fields = {"oldpassword": PHRASE, "password1": NEW, "password2": NEW}
    return client.post("/account/password/change/", fields, follow=True)


def reset(client: Client, person: Callable[[str], User]) -> Any:
    """A new password by the link that comes by mail, or from the operator."""
    address = urlsplit(password_link(email=person("ghana").email)).path
    page = client.get(address, follow=True)
    form = page.redirect_chain[-1][0]
    return client.post(form, {"password1": NEW, "password2": NEW}, follow=True)


@pytest.mark.parametrize("way", [changed, reset])
def test_new_password_ends_tokens_and_sessions_elsewhere(
    group: Group, person: Callable[[str], User], way: Callable[..., Any], now: datetime
) -> None:
    user = person("ghana")
    wish = Wish(name="t", scopes=("read",))
    _, secret = make_token(user=user, wish=wish, at=now)
    make_token(user=person("liberia"), wish=wish, at=now)
    calendar = make_feed(user=user, at=now)
    here, elsewhere = Client(), Client()
    for each in (here, elsewhere):
        each.post("/account/login/", {"login": user.email, "password": PHRASE})
        assert each.get("/account/").status_code == 200
    page = way(here, person)
    assert "your tokens for programs" in page.text
    user.refresh_from_db()
    assert user.check_password(NEW)
    told = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"})
    assert (told.status_code, feed_owner(calendar)) == (401, None)
    assert elsewhere.get("/account/").status_code == 302
    assert Token.objects.filter(withdrawn_at=None).count() == 1
