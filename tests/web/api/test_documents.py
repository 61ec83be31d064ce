"""Documents over the API: files, versions, releases, with the checks of the pages."""

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from commonhaven.web.groups.models import Group
from commonhaven.web.meetings import actions as meetings
from commonhaven.web.meetings.files import LIMIT
from commonhaven.web.meetings.models import Document, Meeting
from commonhaven.web.record.actions import Placing
from commonhaven.web.record.models import Entry

HERE = "/groups/west-africa"
Callers = Callable[..., Any]
INSIDE = b"What we saw at the border\x00\xff"


@pytest.fixture(autouse=True)
def kept_here(settings: Any, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def meeting(group: Group, seat: Callable[[str], Any], now: datetime) -> Meeting:
    placing = Placing(audience="consultative")
    return meetings.convene(group=group, title="M", by=seat("ghana"), at=now, placing=placing)


def file(name: str = "report.pdf", inside: bytes = INSIDE) -> dict[str, str]:
    return {"name": name, "base64": base64.b64encode(inside).decode()}


def test_file_comes_back_byte_for_byte(meeting: Meeting, caller: Callers) -> None:
    body = {"title": "Report", "audience": "consultative", "file": file("../odd/re:port.pdf")}
    made = caller("ngo").post(f"{HERE}/meetings/{meeting.pk}/documents", body)
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["file_name"], told["size"], told["meeting"], told["file"]) == (
        "re_port.pdf", len(INSIDE), meeting.pk, hashlib.sha256(INSIDE).hexdigest(),
    )  # fmt: skip
    at = f"{HERE}/documents/{told['id']}"
    answer = caller("ghana").get(f"{at}/file")
    assert (answer.content, answer["Content-Type"]) == (INSIDE, "application/octet-stream")
    assert answer["Content-Disposition"] == 'attachment; filename="re_port.pdf"'
    assert caller("ghana").get(f"{at}/file", If_None_Match=answer["ETag"]).status_code == 304
    assert caller("nobody").get(f"{at}/file").status_code == 404
    assert caller("nobody").get(at).status_code == 404


@pytest.mark.parametrize(
    ("handed", "status", "said"),
    [
        (file("report.exe"), 422, 'files of the kind ".exe" are not taken'),
        (file(inside=b""), 422, "the file is empty"),
        (file(inside=b"a" * (LIMIT + 1)), 422, "the file is too large"),
        ({"name": "a.pdf", "base64": "no base64!"}, 422, "the file is not in base64"),
        (None, 422, "the document is empty"),
    ],
)
def test_file_is_checked_as_on_the_page(
    meeting: Meeting, caller: Callers, handed: Any, status: int, said: str
) -> None:
    before = Entry.objects.count()
    answer = caller("ngo").post(f"{HERE}/documents", {"title": "T", "file": handed})
    assert (answer.status_code, answer.json()["what"]) == (status, said)
    assert (Document.objects.count(), Entry.objects.count()) == (0, before)


def test_largest_file_is_taken_also_with_a_key(meeting: Meeting, caller: Callers) -> None:
    body = {"title": "T", "file": file(inside=b"a" * LIMIT)}
    asks = caller("ghana")
    for _ in range(2):
        answer = asks.post(f"{HERE}/documents", body, Idempotency_Key="once")
        assert (answer.status_code, answer.json()["size"]) == (201, LIMIT)
    assert Document.objects.count() == 1


def test_versions_follow_and_only_their_party_hands_them_in(
    meeting: Meeting, caller: Callers
) -> None:
    first = caller("ghana").post(f"{HERE}/documents", {"title": "T", "text": "One"}).json()
    assert (first["version"], first["meeting"]) == (1, None)
    at = f"{HERE}/documents/{first['id']}/versions"
    assert caller("guinea").post(at, {"title": "T", "text": "Two"}).status_code == 403
    later = caller("ghana").post(at, {"title": "T", "text": "Two"}).json()
    french = caller("secretariat").post(at, {"title": "T", "text": "Deux", "language": "fr"}).json()
    assert [(one["symbol"], one["version"], one["language"]) for one in (later, french)] == [
        (first["symbol"], 2, "en"), (first["symbol"], 1, "fr"),
    ]  # fmt: skip
    assert caller("guinea").get(f"{HERE}/documents").json()["count"] == 3


def test_release_makes_public_once_and_is_not_put_off(
    meeting: Meeting, caller: Callers, now: datetime
) -> None:
    made = caller("ghana").post(f"{HERE}/documents", {"title": "T", "text": "One"}).json()
    at = f"{HERE}/documents/{made['id']}"
    week = (now + timedelta(days=7)).isoformat()
    assert caller("guinea").post(f"{at}/release", {"when": week}).status_code == 403
    assert caller("ghana").post(f"{at}/release", {"when": week}).status_code == 200
    assert caller("nobody").get(at).status_code == 404
    later = (now + timedelta(days=8)).isoformat()
    assert caller("secretariat").post(f"{at}/release", {"when": later}).status_code == 409
    assert caller("secretariat").post(f"{at}/release", {}).status_code == 200
    assert caller("nobody").get(at).json()["text"] == "One"
    assert caller("secretariat").post(f"{at}/release", {}).status_code == 409


def test_released_meeting_shows_its_agenda_to_everybody(meeting: Meeting, caller: Callers) -> None:
    at = f"{HERE}/meetings/{meeting.pk}"
    caller("ghana").post(f"{at}/agenda", {"title": "Arrivals"})
    assert caller("nobody").get(f"{at}/agenda").status_code == 404
    assert caller("ghana").post(f"{at}/release", {}).status_code == 403
    assert caller("secretariat").post(f"{at}/release", {}).status_code == 200
    assert [one["title"] for one in caller("nobody").get(f"{at}/agenda").json()] == ["Arrivals"]


def test_document_of_a_hidden_meeting_does_not_name_it(
    group: Group, meeting: Meeting, caller: Callers
) -> None:
    Meeting.objects.update(audience="members")
    body = {"title": "T", "text": "For all", "audience": "public"}
    made = caller("ghana").post(f"{HERE}/meetings/{meeting.pk}/documents", body).json()
    at = f"{HERE}/documents/{made['id']}"
    assert {who: caller(who).get(at).json()["meeting"] for who in ("ghana", "ngo", "nobody")} == {
        "ghana": meeting.pk, "ngo": None, "nobody": None,
    }  # fmt: skip
    assert json.loads(caller("ngo").get(f"{HERE}/documents").content)["items"][0]["meeting"] is None
