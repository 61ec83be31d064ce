"""A person's own page, sign-in, second factor, the demonstration's one click."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings

from commonhaven.reading import Problem
from commonhaven.web.accounts import actions
from commonhaven.web.accounts.models import User
from commonhaven.web.groups.models import Group

Signed = Callable[[str], Client]
PHRASE = "a long pass phrase"


def test_own_page_shows_the_seats(signed_in: Signed, group: Group) -> None:
    page = signed_in("ghana").get("/account/").text
    assert "Head of delegation" in page
    assert "accepted" in page
    nobody = signed_in("nobody").get("/account/")
    assert (nobody.status_code, nobody["Location"]) == (302, "/account/login/?next=/account/")


def test_preferences_are_kept_and_speak_the_language(signed_in: Signed, person: Any) -> None:
    client = signed_in("ghana")
    fields = {"language": "ar", "zone": "Africa/Accra"}
    client.post("/account/", fields)
    user = User.objects.get(email="ghana@example.org")
    assert (user.language, user.zone, user.mail_notices) == ("ar", "Africa/Accra", False)
    assert 'dir="rtl"' in client.get("/account/").text
    assert client.post("/account/", {"zone": "Mars/Base"}).status_code == 422


def test_password_signs_in(person: Any) -> None:
    person("ghana")
    client = Client()
    wrong = client.post("/account/login/", {"login": "ghana@example.org", "password": "wrong"})
    assert "errorlist" in wrong.text
    done = client.post("/account/login/", {"login": "GHANA@example.org", "password": PHRASE})
    assert done.status_code == 302
    assert client.get("/account/").status_code == 200


def test_nobody_signs_up_and_nobody_adds_an_address(signed_in: Signed, group: Group) -> None:
    assert "by invitation" in Client().get("/account/signup/").text
    fields = {"email": "new@example.org", "password1": PHRASE, "password2": PHRASE}
    Client().post("/account/signup/", fields)
    assert not User.objects.filter(email="new@example.org").exists()
    assert signed_in("ghana").get("/account/email/")["Location"] == "/account/"


PAGES = (
    "/account/login/", "/account/password/reset/", "/account/password/change/", "/account/2fa/",
    "/account/2fa/totp/activate/", "/account/reauthenticate/", "/account/logout/",
    "/account/3rdparty/", "/account/signup/", "/account/inactive/",
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("page", PAGES)
def test_pages_of_accounts_are_ours_and_hold_no_inline_style_or_script(
    person: Any, page: str, language: str
) -> None:
    client = Client()
    if "login" not in page and "signup" not in page and "reset" not in page:
        person("ghana")
        fields = {"login": "ghana@example.org", "password": PHRASE}
        client.post("/account/login/", fields)
    client.cookies["django_language"] = language
    shown = client.get(page, follow=True)
    assert shown.status_code == 200
    text = shown.text
    assert '<link rel="stylesheet" href="/static/kit/page.css' in text
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in text
    assert text.count("<h1") == 1
    assert " style=" not in text
    assert text.count("<script") == text.count("<script src=")
    assert " onclick=" not in text


def code_for(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


@override_settings(SECOND_FACTOR=True)
def test_secretariat_sets_up_a_second_factor_before_it_goes_on(person: Any) -> None:
    person("secretariat")
    client, fields = Client(), {"login": "secretariat@example.org", "password": PHRASE}
    client.post("/account/login/", fields)
    away = client.get("/groups/")
    assert (away.status_code, away["Location"]) == (302, "/account/2fa/totp/activate/")
    page = client.get("/account/2fa/totp/activate/", follow=True)
    assert page.redirect_chain[-1][0].startswith("/account/reauthenticate/")
    to = {"next": "/account/2fa/totp/activate/"}
    page = client.post("/account/reauthenticate/", {"password": PHRASE, **to}, follow=True)
    secret = page.context["form"].secret
    client.post("/account/2fa/totp/activate/", {"code": code_for(secret)})
    assert client.get("/groups/").status_code == 200
    assert "recovery" in client.get("/account/2fa/").text.lower()
    other = Client()
    asked = other.post("/account/login/", fields)
    assert asked["Location"] == "/account/2fa/authenticate/"
    assert other.get("/account/").status_code == 302


@override_settings(SECOND_FACTOR=True)
def test_first_administrator_comes_by_the_link_and_sets_up_a_second_factor(
    db: None, now: datetime
) -> None:
    link = actions.first_administrator(email="office@example.org", at=now)
    client = Client()
    page = client.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    to = page.redirect_chain[-1][0]
    client.post(to, {"password1": PHRASE, "password2": PHRASE})
    client.post("/account/login/", {"login": "office@example.org", "password": PHRASE})
    assert client.get("/groups/new/")["Location"] == "/account/2fa/totp/activate/"
    to_next = {"next": "/account/2fa/totp/activate/"}
    page = client.post("/account/reauthenticate/", {"password": PHRASE, **to_next}, follow=True)
    secret = page.context["form"].secret
    client.post("/account/2fa/totp/activate/", {"code": code_for(secret)})
    assert client.get("/groups/new/").status_code == 200


def test_sign_in_leads_to_a_forgotten_password_once(person: Any) -> None:
    User.objects.filter(pk=person("unhcr").pk).update(demonstration=True)
    page = Client().get("/account/login/").text
    assert page.count("/account/password/reset/") == 1
    assert "UNHCR, UNHCR" not in page
    assert "UNHCR ·" in page


@override_settings(SECOND_FACTOR=True)
def test_delegate_needs_no_second_factor(signed_in: Signed, group: Group) -> None:
    assert signed_in("ghana").get("/groups/").status_code == 200
    assert signed_in("administrator").get("/groups/").status_code == 302


@override_settings(SECOND_FACTOR=True)
def test_session_without_a_second_factor_opens_the_api_no_more_than_the_pages(
    person: Any, group: Group
) -> None:
    person("secretariat")
    client = Client()
    client.post("/account/login/", {"login": "secretariat@example.org", "password": PHRASE})
    told = client.get("/api/v1/groups/west-africa")
    assert (told.status_code, told.json()["what"]) == (403, "your part asks for a second factor")
    wish = {"name": "A way round", "may": "act", "days": "30"}
    assert client.post("/api/tokens/", wish)["Location"] == "/account/2fa/totp/activate/"
    assert person("secretariat").tokens.count() == 0
    assert Client().get("/api/v1/groups/west-africa").status_code == 200


def test_one_click_opens_accounts_of_the_demonstration_only(person: Any) -> None:
    person("ghana")
    shown = person("france")
    User.objects.filter(pk=shown.pk).update(demonstration=True)
    page = Client().get("/account/login/").text
    assert ("France" in page, "Ghana" in page) == (True, False)
    client = Client()
    assert client.post("/account/demonstration/", {"user": person("ghana").pk}).status_code == 404
    assert client.post("/account/demonstration/", {"user": "x"}).status_code == 404
    assert client.get("/account/demonstration/").status_code == 405
    client.post("/account/demonstration/", {"user": shown.pk})
    assert client.get("/account/").status_code == 200


@override_settings(DEMONSTRATION=False)
def test_no_one_click_elsewhere(person: Any) -> None:
    user = person("france")
    User.objects.filter(pk=user.pk).update(demonstration=True)
    assert "One click" not in Client().get("/account/login/").text
    assert Client().post("/account/demonstration/", {"user": user.pk}).status_code == 404


def test_first_administrator_sets_a_password_by_the_link(db: None, now: datetime) -> None:
    link = actions.first_administrator(email="Office@example.org", at=now)
    assert link.startswith("http://127.0.0.1:8000/account/password/reset/key/")
    client = Client()
    page = client.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    assert page.status_code == 200
    to = page.redirect_chain[-1][0]
    client.post(to, {"password1": PHRASE, "password2": PHRASE})
    fields = {"login": "office@example.org", "password": PHRASE}
    assert client.post("/account/login/", fields).status_code == 302
    assert client.get("/groups/new/").status_code == 200


def test_forgotten_password_is_reset_by_mail_and_tells_nothing_of_accounts(person: Any) -> None:
    person("ghana")
    answers = [
        Client().post("/account/password/reset/", {"email": address}, follow=True).text
        for address in ("ghana@example.org", "stranger@example.org")
    ]
    (letter,) = mail.outbox
    assert letter.to == ["ghana@example.org"]
    link = re.search(r"/account/password/reset/key/\S+", letter.body)
    assert link
    told = [answer.split("<main")[1].split("</main>")[0] for answer in answers]
    assert told[0] == told[1]
    client = Client()
    to = client.get(link[0], follow=True).redirect_chain[-1][0]
    client.post(to, {"password1": "another long phrase", "password2": "another long phrase"})
    user = User.objects.get(email="ghana@example.org")
    assert user.check_password("another long phrase")


@override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")
def test_platform_without_mail_says_so(person: Any, now: datetime) -> None:
    assert "sends no mail" in Client().get("/account/password/reset/").text
    person("ghana")
    link = actions.password_link(email="Ghana@example.org")
    assert Client().get(link.removeprefix("http://127.0.0.1:8000"), follow=True).status_code == 200
    with pytest.raises(Problem, match="there is no account"):
        actions.password_link(email="stranger@example.org")


def test_guessing_passwords_is_slowed_down(person: Any) -> None:
    cache.clear()
    person("ghana")
    client, fields = Client(), {"login": "ghana@example.org", "password": "wrong guess"}
    answers = [client.post("/account/login/", fields) for _ in range(7)]
    assert "errorlist" in answers[-1].text
    right = client.post("/account/login/", {**fields, "password": PHRASE})
    assert right.status_code == 200
    assert client.get("/account/").status_code == 302
    cache.clear()


def test_first_administrator_may_be_somebody_known(person: Any, now: datetime) -> None:
    user = person("ghana")
    actions.first_administrator(email="ghana@example.org", at=now)
    user.refresh_from_db()
    assert (user.administrator, user.check_password(PHRASE)) == (True, True)
    with pytest.raises(Problem, match="no e-mail address"):
        actions.first_administrator(email="ghana", at=now)
