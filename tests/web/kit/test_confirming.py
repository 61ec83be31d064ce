"""After an act the next page says in one line what was done, once."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from django.test import Client, RequestFactory

from commonhaven.web.accounts.models import User
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat, Viewer
from commonhaven.web.kit.confirming import done
from commonhaven.web.kit.visit import Visit
from commonhaven.web.record.actions import PUBLIC, write

SECOND = timedelta(seconds=1)
Clients = Callable[[str], Client]
GROUP = "/groups/west-africa/"
PROMISE = {"title": "Schools", "kind": "financial", "unit": "USD", "quantity": "100", "to": "GHA",
           "indicator": "Children enrolled", "additional": "new", "earmarking": "earmarked",
           "spent": "receiving country", "audience": "members", "weighed": "yes"}  # fmt: skip


def told(answer: Any) -> list[str]:
    """The lines of the page that say what was done."""
    assert answer.status_code == 200
    lines = re.findall(r'<li class="(?:success|error)"><bdi>(.*?)</bdi></li>', answer.text)
    assert bool(lines) == ('<div class="told" role="status"' in answer.text)
    return lines


def test_an_act_is_confirmed_once_in_the_words_of_the_record(
    group: Group, signed_in: Clients
) -> None:
    france = signed_in("france")
    page = france.post(f"{GROUP}promises/promise/", PROMISE, follow=True)
    assert told(page) == ["France entered a promise: Schools."]
    assert page["Cache-Control"] == "private, no-store"
    again = france.get(page.redirect_chain[-1][0])
    assert told(again) == []
    assert "Cache-Control" not in again


def test_it_is_told_in_the_language_of_the_page(
    group: Group, signed_in: Clients, person: Callable[[str], User]
) -> None:
    person("france")
    User.objects.filter(email="france@example.org").update(language="fr")
    (line,) = told(signed_in("france").post(f"{GROUP}promises/promise/", PROMISE, follow=True))
    assert "Schools" in line
    assert "entered a promise" not in line


def test_a_form_sent_twice_says_so(group: Group, signed_in: Clients) -> None:
    france, page = signed_in("france"), f"{GROUP}promises/promise/"
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', france.get(page).text)[-1]
    form = {**PROMISE, "csrfmiddlewaretoken": token}
    france.post(page, form, follow=True)
    assert told(france.post(page, form, follow=True)) == ["This was sent twice, and is done once."]


def test_a_view_that_says_more_is_not_talked_over(group: Group, signed_in: Clients) -> None:
    form = {"zone": "Africa/Accra", "listed": "on"}
    page = signed_in("secretariat").post(f"{GROUP}settings/", form, follow=True)
    assert told(page) == ["The settings are changed."]


@pytest.mark.parametrize("path", ["promises/promise/", "situations/open/"])
def test_what_is_not_done_is_not_confirmed(group: Group, signed_in: Clients, path: str) -> None:
    france = signed_in("france")
    assert france.post(f"{GROUP}{path}", {"title": "x"}).status_code == 422
    assert told(france.get(GROUP)) == []


def test_only_what_the_request_wrote_is_told(
    group: Group, viewer: Callable[[str], Viewer], seat: Callable[[str], Seat], now: datetime,
    rf: RequestFactory,
) -> None:  # fmt: skip
    request = cast("Visit", rf.post("/"))
    request.group, request.now, request.viewer = group, now, viewer("observer")
    write(group, "promise entered", {"title": "A"}, by=seat("observer"), at=now - SECOND)
    write(group, "promise entered", {"title": "B"}, by=seat("ghana"), at=now)
    assert done(request) == ""
    write(group, "promise entered", {"title": "C"}, by=seat("observer"), at=now, placing=PUBLIC)
    write(group, "promise signed", {"title": "C"}, by=seat("observer"), at=now, placing=PUBLIC)
    assert done(request) == "IOM entered a promise: C."
    request.now = now + SECOND
    write(group, "promise entered", {"title": "D"}, by=seat("observer"), at=now + SECOND)
    assert done(request) == "It is done, and stands in the record."
