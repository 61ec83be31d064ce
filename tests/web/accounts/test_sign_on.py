"""Single sign-on by a real provider over HTTP: for people who have an account, nobody else."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import oidc_provider
import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client, override_settings

from commonhaven.web.accounts.models import User
from commonhaven.web.settings import origin


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


@pytest.fixture
def provider() -> Iterator[Any]:
    with oidc_provider.running() as found:
        app = {
            "provider_id": "ministry", "name": "Ministry", "client_id": oidc_provider.CLIENT,
            "secret": oidc_provider.SECRET, "settings": {"server_url": found.issuer},
        }  # fmt: skip
        with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [app]}}):
            yield found


def signed_in_by(client: Client, *, follow: bool = True) -> Any:
    """Press the button, let the provider answer, come back."""
    there = client.post("/account/oidc/ministry/login/")
    assert there.status_code == 302
    opener = urllib.request.build_opener(Stay)
    with pytest.raises(urllib.error.HTTPError) as answer:
        opener.open(there["Location"])
    back = answer.value.headers["Location"]
    answer.value.close()
    return client.get(back.removeprefix("http://testserver"), follow=follow)


def test_known_address_signs_in_and_no_name_is_kept(person: Any, provider: Any) -> None:
    user = person("ghana")
    provider.claims = {
        "sub": "123", "email": "ghana@example.org", "email_verified": True,
        "name": "Somebody", "picture": "https://example.org/face",
    }  # fmt: skip
    client = Client()
    signed_in_by(client)
    assert client.get("/account/").context["user"] == user
    kept = SocialAccount.objects.get()
    assert (kept.user, kept.uid) == (user, "123")
    assert kept.extra_data == {"sub": "123", "email": "ghana@example.org"}
    again = Client()
    signed_in_by(again)
    assert again.get("/account/").context["user"] == user
    assert SocialAccount.objects.get().extra_data == kept.extra_data


def test_unknown_address_makes_no_account(person: Any, provider: Any) -> None:
    person("ghana")
    provider.claims = {"sub": "9", "email": "stranger@example.org", "email_verified": True}
    client = Client()
    page = signed_in_by(client)
    assert "by invitation" in page.text
    assert client.get("/account/").status_code == 302
    assert not User.objects.filter(email="stranger@example.org").exists()


def test_address_that_the_provider_has_not_verified_opens_nothing(
    person: Any, provider: Any
) -> None:
    person("ghana")
    provider.claims = {"sub": "9", "email": "ghana@example.org", "email_verified": False}
    client = Client()
    signed_in_by(client)
    assert client.get("/account/").status_code == 302
    assert not SocialAccount.objects.exists()


def test_token_for_another_platform_opens_nothing(person: Any, provider: Any) -> None:
    person("ghana")
    provider.claims = {"sub": "1", "email": "ghana@example.org", "email_verified": True}
    provider.audience = "somebody else"
    client = Client()
    signed_in_by(client)
    assert client.get("/account/").status_code == 302


def test_answer_without_our_state_opens_nothing(person: Any, provider: Any) -> None:
    person("ghana")
    provider.claims = {"sub": "1", "email": "ghana@example.org", "email_verified": True}
    client = Client()
    client.get("/account/oidc/ministry/login/callback/", {"code": "x", "state": "guessed"})
    assert client.get("/account/").status_code == 302


def test_button_asks_before_it_leads_away(provider: Any, db: None) -> None:
    page = Client().get("/account/oidc/ministry/login/")
    assert page.status_code == 200
    assert "<form" in page.text
    assert "Sign in with Ministry" in Client().get("/account/login/").text


def test_provider_is_named_in_the_content_policy_by_its_origin() -> None:
    assert origin("https://id.example.org/realm/x") == "https://id.example.org"
