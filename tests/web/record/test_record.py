"""The record as everybody reads and exports it, and as nobody changes it."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonhaven.record import check
from commonhaven.web.groups.models import Caucus, Group
from commonhaven.web.kit.audience import Viewer, sees
from commonhaven.web.record.actions import Placing, write
from commonhaven.web.record.models import Entry
from commonhaven.web.record.queries import head_of

R = "/groups/west-africa/record/"
EVERYBODY = (
    "nobody", "outsider", "ghana", "liberia", "guinea", "france", "germany", "unhcr",
    "secretariat", "ngo", "observer", "analyst", "treasurer", "administrator",
)  # fmt: skip
SECRETS = {
    "public": "openword", "consultative": "councilword", "members": "innerword",
    "caucus": "caucusword", "released": "latterword", "embargoed": "laterword",
}  # fmt: skip
OPEN = {"public", "released"}
INSIDE = {*OPEN, "consultative", "members", "embargoed"}
SEES: dict[str, set[str]] = {
    "nobody": OPEN, "outsider": OPEN, "administrator": OPEN,
    "ngo": {*OPEN, "consultative"}, "observer": {*OPEN, "consultative"},
    "analyst": {*OPEN, "consultative"},
    "guinea": INSIDE, "france": INSIDE, "germany": INSIDE, "unhcr": INSIDE,
    "secretariat": INSIDE, "treasurer": INSIDE,
    "ghana": set(SECRETS), "liberia": set(SECRETS),
}  # fmt: skip


@pytest.fixture
def told(group: Group, seat: Callable[[str], Any], now: datetime) -> dict[str, Entry]:
    """One entry for each audience, each with a word of its own."""
    coast = Caucus.objects.create(group=group, name="coastname", parties=["GHA", "LBR"])
    places = {
        "public": Placing(audience="public"),
        "consultative": Placing(audience="consultative"),
        "members": Placing(),
        "caucus": Placing(audience="caucus", caucus=coast),
        "released": Placing(release_at=now - timedelta(seconds=1)),
        "embargoed": Placing(release_at=now + timedelta(days=9)),
    }
    return {
        name: write(
            group, f"act {SECRETS[name]}", {"text": SECRETS[name]}, by=seat("ghana"), at=now,
            subject=f"meeting/{number}", placing=placing,
        )
        for number, (name, placing) in enumerate(places.items(), 1)
    }  # fmt: skip


def export_of(client: Client) -> str:
    response = client.get(f"{R}export.jsonl")
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]


def words(text: str) -> set[str]:
    return {name for name, word in SECRETS.items() if word in text}


@pytest.mark.parametrize("who", EVERYBODY)
def test_page_and_export_show_each_what_is_theirs_and_the_export_stands(
    signed_in: Callable[[str], Client], group: Group, told: dict[str, Entry], who: str
) -> None:
    client = signed_in(who)
    page = client.get(R).text
    assert words(page) == SEES[who]
    assert page.count("Sealed: an act that is not for you") == len(SECRETS) - len(SEES[who])
    text = export_of(client)
    assert words(text) == SEES[who]
    found = check(text.splitlines(keepends=True))
    number, head = head_of(group)
    assert (found.stands, found.entries, found.head) == (True, number, head)
    assert (found.open, found.sealed) == (len(SEES[who]), len(SECRETS) - len(SEES[who]))


@pytest.mark.parametrize("who", EVERYBODY)
def test_filters_find_nothing_hidden(
    signed_in: Callable[[str], Client], told: dict[str, Entry], who: str
) -> None:
    client = signed_in(who)
    for name, word in SECRETS.items():
        page = client.get(R, {"act": f"act {word}"}).text
        entry = f'id="entry-{told[name].number}"'
        assert (name, entry in page) == (name, name in SEES[who])
    by_subject = client.get(R, {"subject": "meeting"}).text
    assert by_subject.count('id="entry-') == len(SEES[who])
    assert "coastname" not in by_subject


def test_policy_and_export_agree(viewer: Callable[[str], Viewer], told: dict[str, Entry]) -> None:
    for who in EVERYBODY:
        seen = {name for name, entry in told.items() if sees(viewer(who), entry)}
        assert (who, seen) == (who, SEES[who])


def test_export_names_no_person(signed_in: Callable[[str], Client], told: dict[str, Entry]) -> None:
    text = export_of(signed_in("secretariat"))
    assert "@" not in text
    assert "person" not in text
    lines = [json.loads(line) for line in text.splitlines()]
    assert lines[0]["for"] == "members"
    assert lines[1]["content"]["party"] == "GHA"


def test_longer_export_continues_the_shorter_one(
    signed_in: Callable[[str], Client], group: Group, told: dict[str, Entry], now: datetime
) -> None:
    older = export_of(signed_in("nobody")).splitlines(keepends=True)
    write(group, "something more", {}, by=None, at=now)
    newer = export_of(signed_in("ghana")).splitlines(keepends=True)
    found = check(newer, extends=older)
    assert found.stands
    assert any("continues the older export" in one for one in found.remarks)


def test_changed_word_of_an_export_is_found(
    signed_in: Callable[[str], Client], told: dict[str, Entry]
) -> None:
    text = export_of(signed_in("ghana")).replace("caucusword", "caucuswort")
    assert not check(text.splitlines(keepends=True)).stands


@pytest.mark.parametrize(
    "statement", ["UPDATE record_entry SET act = 'x'", "DELETE FROM record_entry"]
)
def test_database_refuses_to_change_the_record(told: dict[str, Entry], statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    entry = told["public"]
    entry.act = "x"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).delete()
    assert Entry.objects.get(pk=entry.pk).act == "act openword"


def test_entry_reads_as_a_sentence(
    signed_in: Callable[[str], Client], told: dict[str, Entry]
) -> None:
    page = re.sub(r"\s+", " ", signed_in("nobody").get(R).text)
    assert "Ghana (head of delegation): act openword: openword." in page


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("en", {"vote cast": "Voted on …: …", "some-thing else": "Some thing else",
                "procedure: leave": "Leave the meeting before it ends"}),
        ("fr", {"charter adopted": "La charte … a été adoptée",
                "procedure: withdraw": "Retirer la demande"}),
    ],
)  # fmt: skip
def test_acts_to_choose_are_named_in_the_readers_language(
    group: Group, signed_in: Callable[[str], Client], now: datetime, language: str,
    named: dict[str, str],
) -> None:  # fmt: skip
    for act in named:
        write(group, act, {}, by=None, at=now)
    client = signed_in("ghana")
    page = client.get(R, headers={"Accept-Language": language}).text
    for act, called in named.items():
        assert f'<option value="{act}">{called}</option>' in page


def test_day_filter_holds_that_day_only(
    signed_in: Callable[[str], Client], told: dict[str, Entry], now: datetime
) -> None:
    client = signed_in("ghana")
    today = client.get(R, {"day": now.date().isoformat()}).text
    before = client.get(R, {"day": (now - timedelta(days=1)).date().isoformat()}).text
    assert (today.count('id="entry-'), before.count('id="entry-')) == (len(SECRETS), 0)
    for day in ("nonsense", "9999-12-31", "0001-01-01"):
        assert client.get(R, {"day": day}).status_code == 200


def test_queries_do_not_grow_with_the_record(
    signed_in: Callable[[str], Client], group: Group, told: dict[str, Entry], now: datetime
) -> None:
    client, counts = signed_in("ghana"), []
    for _ in range(2):
        for page in (R, f"{R}export.jsonl"):
            with CaptureQueriesContext(connection) as asked:
                response = client.get(page)
                if response.streaming:
                    b"".join(response.streaming_content)  # type: ignore[attr-defined]
            counts.append(len(asked))
        for number in range(30):
            write(group, "act", {"number": number}, by=None, at=now)
    assert counts[:2] == counts[2:]


def test_long_record_is_paged_and_filters_stay(
    signed_in: Callable[[str], Client], group: Group, now: datetime
) -> None:
    for number in range(60):
        write(
            group,
            "same act",
            {"number": number},
            by=None,
            at=now,
            placing=Placing(audience="public"),
        )
    client = signed_in("nobody")
    first = client.get(R, {"act": "same act"}).text
    assert first.count('id="entry-') == 50
    assert "?page=2&amp;act=same+act" in first
    assert client.get(R, {"act": "same act", "page": "2"}).text.count('id="entry-') == 10
