"""Who sees a meeting's pages, and that lists ask as little for many rows as for few."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonhaven.web.groups.models import Caucus, Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.actions import Paper, Words
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.models import Situation

Seats = Callable[[str], Seat]
Clients = Callable[[str], Client]
PAGES = ("", "attendance/", "agenda/", "documents/", "floor/", "summary/", "outcome/", "clocks.svg")
SECRET = "Xylophone"  # noqa: S105 - a word that could leak
WHO = {
    "members": {"ghana", "france", "unhcr", "secretariat", "treasurer"},
    "consultative": {
        "ghana", "france", "unhcr", "secretariat", "treasurer", "ngo", "observer", "analyst",
    },
    "caucus": {"ghana"},
    "public": {
        "ghana", "france", "unhcr", "secretariat", "treasurer", "ngo", "observer", "analyst",
        "administrator", "outsider", "nobody",
    },
}  # fmt: skip
EVERYBODY = sorted(WHO["public"])


def filled(group: Group, seat: Seats, now: datetime, placing: Placing) -> Meeting:
    """A meeting with one of everything in it."""
    kind = "caucus" if placing.caucus else "emergency"
    made = actions.convene(
        group=group, title=SECRET, kind=kind, by=seat("ghana"), at=now, placing=placing
    )
    actions.propose_item(meeting=made, title=SECRET, by=seat("ghana"), at=now)
    actions.submit_document(
        group=group, meeting=made, paper=Paper(title=SECRET, text=SECRET), placing=placing,
        by=seat("ghana"), at=now,
    )  # fmt: skip
    actions.intervene_in_writing(meeting=made, words=Words(text=SECRET), by=seat("ghana"), at=now)
    actions.propose_paragraph(meeting=made, text=SECRET, by=seat("ghana"), at=now)
    return made


@pytest.mark.parametrize("audience", sorted(WHO))
def test_pages_are_shown_to_their_audience_and_to_nobody_else(
    caucus: Caucus, seat: Seats, now: datetime, signed_in: Clients, audience: str
) -> None:
    placing = Placing(audience=audience, caucus=caucus if audience == "caucus" else None)
    made = filled(caucus.group, seat, now, placing)
    document = made.documents.get().get_absolute_url()
    urls = [f"{made.get_absolute_url()}{page}" for page in PAGES] + [document]
    for who in EVERYBODY:
        client = signed_in(who)
        status = 200 if who in WHO[audience] else 404
        assert (who, [client.get(url).status_code for url in urls]) == (who, [status] * len(urls))
        for lists in ("/groups/west-africa/meetings/", "/groups/west-africa/meetings/documents/"):
            assert (who, lists, SECRET in client.get(lists).text) == (who, lists, status == 200)


@pytest.mark.parametrize("page", ["act/", "close/", "release/", "attendance/", "agenda/", "floor/"])
def test_nobody_acts_on_a_meeting_that_they_may_not_see(
    group: Group, seat: Seats, now: datetime, signed_in: Clients, page: str
) -> None:
    made = filled(group, seat, now, Placing(audience="members"))
    for who in ("ngo", "outsider", "nobody"):
        answer = signed_in(who).post(f"{made.get_absolute_url()}{page}", {"do": "arrive"})
        assert (who, answer.status_code) == (who, 404)


def test_seats_that_only_read_are_refused_and_shown_no_button(
    convened: Meeting, signed_in: Clients
) -> None:
    client = signed_in("analyst")
    page = client.get(convened.get_absolute_url())
    assert "What you can do now" not in page.text
    assert client.post(f"{convened.get_absolute_url()}act/", {"kind": "reply"}).status_code == 403
    floor = f"{convened.get_absolute_url()}floor/"
    assert client.post(floor, {"do": "ask"}).status_code == 403


def test_a_meeting_of_another_group_is_not_found_in_this_one(
    convened: Meeting, signed_in: Clients, now: datetime
) -> None:
    Group.objects.create(slug="elsewhere", created_at=now)
    url = f"/groups/elsewhere/meetings/{convened.pk}/"
    assert signed_in("ghana").get(url).status_code == 404


def test_an_amendment_of_another_meeting_cannot_be_settled_from_here(
    convened: Meeting, seat: Seats, now: datetime, signed_in: Clients, caucus: Caucus
) -> None:
    hidden = filled(caucus.group, seat, now, Placing(audience="caucus", caucus=caucus))
    paragraph = hidden.outcome.get()
    url = f"{convened.get_absolute_url()}outcome/"
    for deed in ("amend", "sponsor", "withdraw", "position"):
        sent = {"do": deed, "id": paragraph.pk, "text": "x", "kind": "reservation"}
        assert signed_in("france").post(url, sent).status_code == 404


def test_a_meeting_does_not_tell_of_a_situation_that_its_reader_may_not_see(
    situation: Situation, seat: Seats, now: datetime, signed_in: Clients
) -> None:
    situation.audience, situation.title = "members", SECRET
    situation.save()
    made = actions.convene(
        group=situation.group, title="Influx", situation=situation, by=seat("ghana"), at=now,
        placing=Placing(audience="consultative"),
    )  # fmt: skip
    url = made.get_absolute_url()
    found = {who: SECRET in signed_in(who).get(url).text for who in ("ghana", "ngo")}
    assert found == {"ghana": True, "ngo": False}


def test_the_caucus_binds_its_own_parties_only(
    group: Group, seat: Seats, now: datetime, signed_in: Clients, caucus: Caucus
) -> None:
    made = filled(group, seat, now, Placing(audience="caucus", caucus=caucus))
    page = signed_in("ghana").get(f"{made.get_absolute_url()}attendance/")
    rows = [row.party for row in page.context["bound"]]
    assert rows == ["GHA", "LBR"]


@pytest.mark.parametrize("page", ["list", "show", "documents", "floor", "agenda", "outcome"])
def test_pages_ask_as_little_for_many_rows_as_for_few(
    group: Group, seat: Seats, now: datetime, signed_in: Clients, page: str
) -> None:
    made = filled(group, seat, now, Placing(audience="members"))
    url = {
        "list": "/groups/west-africa/meetings/", "show": made.get_absolute_url(),
    }.get(page, f"{made.get_absolute_url()}{page}/")  # fmt: skip
    client = signed_in("ghana")
    client.get(url)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(url).status_code == 200
        return len(found)

    def more(number: int) -> None:
        for each in range(number):
            at = now + timedelta(seconds=each)
            other = actions.convene(group=group, title=f"{each}-{number}", by=seat("ghana"), at=at)
            actions.submit_document(
                group=group, meeting=made, paper=Paper(title="x", text="x"), placing=Placing(),
                by=seat("ghana"), at=at,
            )  # fmt: skip
            actions.propose_item(meeting=made, title="x", by=seat("ghana"), at=at)
            words = Words(text="x")
            actions.intervene_in_writing(meeting=made, words=words, by=seat("ghana"), at=at)
            one = actions.propose_paragraph(meeting=made, text="x", by=seat("ghana"), at=at)
            actions.amend(paragraph=one, text="y", by=seat("france"), at=at)
            assert other.number

    more(2)
    few = asked()
    more(17)
    assert asked() == few
    assert few < 30
