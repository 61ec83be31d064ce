"""The first page says to each what is due and new, in a fixed number of queries."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonhaven.web.accounts.models import Invitation, Seat, User
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.groups.models import CharterVersion, Group
from commonhaven.web.home.actions import take_note
from commonhaven.web.home.models import Look
from commonhaven.web.home.queries import Desk, desks
from commonhaven.web.kit.audience import Seat as Place
from commonhaven.web.kit.audience import Viewer
from commonhaven.web.meetings.models import Document
from commonhaven.web.record.actions import PUBLIC, Placing, write

Signed = Callable[[str], Client]


def desk(viewer: Viewer) -> Desk:
    return desks(viewer)[0]


@pytest.fixture
def decision(group: Group, now: datetime) -> Callable[..., Decision]:
    """A decision of the group, open unless told otherwise."""
    charter = CharterVersion.objects.get(group=group)

    def made(number: int = 1, **fields: object) -> Decision:
        given = {"title": f"Question {number}", "mode": "consensus", "party": "UNHCR",
                 "created_at": now, "audience": "members", "charter": charter}  # fmt: skip
        return Decision.objects.create(group=group, number=number, **{**given, **fields})

    return made


@pytest.fixture
def obligation(
    group: Group, decision: Callable[..., Decision], now: datetime
) -> Callable[..., Obligation]:
    """What Ghana owes by an adopted decision, unless told otherwise."""
    adopted = decision(90, status="adopted", decided_at=now)

    def made(number: int = 1, **fields: object) -> Obligation:
        given = {"decision": adopted, "code": f"o{number}", "party": "GHA", "kind": "people",
                 "what": f"Protect {number} people", "due": now.date() + timedelta(days=number),
                 "measured": "register", "created_at": now, "audience": "members"}  # fmt: skip
        return Obligation.objects.create(group=group, **{**given, **fields})

    return made


def test_obligations_of_own_parties_by_due_date(
    obligation: Callable[..., Obligation], viewer: Callable[[str], Viewer], now: datetime
) -> None:
    late, soon = obligation(9), obligation(2)
    obligation(3, party="LBR")
    obligation(4, done_at=now)
    obligation(5, due=None)
    assert [one.code for one in desk(viewer("ghana")).owed] == [soon.code, late.code, "o5"]
    assert [one.code for one in desk(viewer("liberia")).owed] == ["o3"]


def test_overdue_is_told(
    obligation: Callable[..., Obligation], signed_in: Signed, now: datetime
) -> None:
    owed = obligation(1, due=now.date() - timedelta(days=1), quantity=1200, unit="people")
    text = signed_in("ghana").get("/").text
    assert "overdue since" in text
    assert "Protect 1 people" in text
    assert "<bdi>1,200</bdi> people" in text
    assert f'href="{owed.get_absolute_url()}"' in text


def test_what_the_group_owes_is_told_to_who_reports_it(
    obligation: Callable[..., Obligation], viewer: Callable[[str], Viewer]
) -> None:
    obligation(1, party="the standing fund")
    obligation(2)
    for who in ("secretariat", "treasurer"):
        assert [one.code for one in desk(viewer(who)).owed] == ["o1"]
    for who in ("analyst", "unhcr", "ngo", "observer"):
        assert desk(viewer(who)).owed == []


def test_what_is_owed_is_due_until_the_day_ends_on_the_groups_clock(
    obligation: Callable[..., Obligation], viewer: Callable[[str], Viewer], group: Group
) -> None:
    Group.objects.filter(pk=group.pk).update(zone="America/Bogota")
    owed = obligation(1)
    due = desk(viewer("ghana")).due
    assert due == datetime.combine(owed.due, time.max, ZoneInfo("America/Bogota"))


def test_the_page_has_one_clock(
    obligation: Callable[..., Obligation], person: Callable[[str], User], signed_in: Signed,
    group: Group,
) -> None:  # fmt: skip
    """What falls due is counted on the group's clock, so a person's own is not beside it."""
    Group.objects.filter(pk=group.pk).update(zone="America/Bogota")
    User.objects.filter(pk=person("ghana").pk).update(zone="Asia/Kathmandu")
    obligation(1)
    write(group, "group set up", {}, by=None, at=group.created_at)
    text = signed_in("ghana").get("/").text.partition("<main")[2]
    assert set(re.findall(r"<abbr>([^<]*)</abbr>", text)) == {"-05"}
    assert "23:59 <abbr>-05</abbr>" in text


def test_news_stand_in_order_of_time(
    viewer: Callable[[str], Viewer], group: Group, now: datetime
) -> None:
    for minutes in (1, 3, 2):
        write(group, f"act {minutes}", {}, by=None, at=now - timedelta(minutes=minutes))
    told = [one.at for one in desk(viewer("ghana")).news]
    assert told == sorted(told, reverse=True)
    assert len(told) == 3


def test_next_due_is_the_earliest_of_all(
    decision: Callable[..., Decision], obligation: Callable[..., Obligation],
    viewer: Callable[[str], Viewer], now: datetime,
) -> None:  # fmt: skip
    obligation(3)
    closes = now + timedelta(hours=5)
    decision(closes_at=closes)
    assert desk(viewer("ghana")).due == closes


def test_news_are_what_others_did_since_the_last_note(
    group: Group, seat: Callable[[str], Place], viewer: Callable[[str], Viewer],
    signed_in: Signed, now: datetime,
) -> None:  # fmt: skip
    client = signed_in("ghana")
    write(group, "chair seated", {}, by=seat("liberia"), at=now)
    write(group, "own act", {}, by=seat("ghana"), at=now)
    write(group, "caucus act", {}, by=seat("liberia"), at=now, placing=Placing(audience="members"))
    shown = desk(viewer("ghana"))
    assert [("own act" in each.sentence) for each in shown.news] == [False, False]
    assert shown.news_count == 2
    page = client.get("/").text
    until = re.search(r'name="until" value="([^"]+)"', page)
    assert until is not None
    assert client.post(f"/noted/{group.slug}/", {"until": until[1]}).status_code == 302
    assert desk(viewer("ghana")).news == []
    assert "Nothing new." in client.get("/").text
    write(group, "later act", {}, by=seat("liberia"), at=datetime.fromisoformat(until[1])
          + timedelta(seconds=1))  # fmt: skip
    assert ["later act" in each.sentence for each in desk(viewer("ghana")).news] == [True]


def test_news_are_those_that_one_may_see_and_counted_so(
    group: Group, seat: Callable[[str], Place], viewer: Callable[[str], Viewer], now: datetime
) -> None:
    for number in range(12):
        write(group, f"members' act {number}", {}, by=seat("liberia"), at=now)
    write(group, "public act", {}, by=seat("liberia"), at=now, placing=PUBLIC)
    assert desk(viewer("ngo")).news_count == 1
    assert desk(viewer("ghana")).news_count == 13
    assert len(desk(viewer("ghana")).news) == 8


def test_note_never_goes_back_nor_beyond_now(
    group: Group, person: Callable[[str], User], now: datetime
) -> None:
    user = person("ghana").pk
    take_note(user=user, group=group, until=now + timedelta(days=9), at=now)
    assert Look.objects.get().seen_at == now
    take_note(user=user, group=group, until=now - timedelta(days=9), at=now)
    assert Look.objects.get().seen_at == now


@pytest.mark.parametrize(
    "until",
    ["", "yesterday", "2026-01-01T00:00", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"],
)
def test_an_instant_that_is_none_notes_up_to_now(
    group: Group, signed_in: Signed, until: str
) -> None:
    begun = datetime.now(UTC)
    assert signed_in("ghana").post(f"/noted/{group.slug}/", {"until": until}).status_code == 302
    assert Look.objects.get().seen_at >= begun


@pytest.mark.parametrize(("who", "status"), [("nobody", 404), ("outsider", 404), ("ghana", 302)])
def test_only_people_with_a_seat_take_note(
    group: Group, signed_in: Signed, who: str, status: int
) -> None:
    response = signed_in(who).post(f"/noted/{group.slug}/", {"until": "not a date"})
    assert response.status_code == status


def test_credentials_wait_for_who_accepts_them(
    group: Group, person: Callable[[str], User], viewer: Callable[[str], Viewer], now: datetime
) -> None:
    user = person("outsider")
    Seat.objects.create(user=user, group=group, party="TGO", capacity="delegate", since=now.date())
    waiting = desk(viewer("secretariat")).tasks
    assert [(str(one.what), one.count) for one in waiting] == [("Accept credentials", 1)]
    assert desk(viewer("ghana")).tasks == []
    own = desk(viewer("outsider"))
    assert own.unaccepted
    assert own.tasks == []


def test_invitation_is_told_to_whom_it_is_addressed(
    group: Group, signed_in: Signed, now: datetime
) -> None:
    Invitation.objects.create(
        group=group, email="outsider@example.org", label="x", party="TGO", capacity="delegate",
        since=now.date(), token_hash="0" * 64, made_at=now, expires_at=now + timedelta(days=3),
    )  # fmt: skip
    assert "You are invited to" in signed_in("outsider").get("/").text
    assert "You are invited to" not in signed_in("ghana").get("/").text
    assert "You are invited to" not in Client().get("/").text


def test_signed_out_shows_what_is_public_and_nothing_else(
    group: Group, decision: Callable[..., Decision], now: datetime
) -> None:
    decision(1, status="adopted", decided_at=now, audience="public", title="Seen decision")
    decision(2, status="adopted", decided_at=now, title="Hidden decision")
    decision(3, audience="public", title="Open decision")
    for audience in ("public", "members"):
        Document.objects.create(
            group=group, audience=audience, created_at=now, symbol=audience,
            title=f"Paper {audience}", text="", party="GHA",
        )  # fmt: skip
    page = Client().get("/").text
    assert "Seen decision" in page
    assert "Paper public" in page
    assert "Hidden decision" not in page
    assert "Open decision" not in page
    assert "Paper members" not in page
    group.listed = False
    group.save()
    page = Client().get("/").text
    assert "Seen decision" not in page
    assert "Paper public" not in page
    assert "There is no group yet." in page


def test_number_of_queries_does_not_grow(
    group: Group, decision: Callable[..., Decision], obligation: Callable[..., Obligation],
    seat: Callable[[str], Place], signed_in: Signed,
) -> None:  # fmt: skip
    now = datetime.now(UTC)
    client = signed_in("ghana")

    def more(start: int, stop: int) -> None:
        for number in range(start, stop):
            decision(number)
            obligation(number)
            write(group, "act", {}, by=seat("liberia"), at=now, subject=f"decision/{number}")

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/").status_code == 200
        return len(caught)

    more(1, 4)
    few = queries()
    more(4, 31)
    assert queries() == few
