"""People are told of acts: whom it concerns, what they may see, each once."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from commonhaven.web.accounts.models import Seat, User
from commonhaven.web.groups.models import Caucus, Group
from commonhaven.web.kit.audience import Seat as Place
from commonhaven.web.kit.audience import Viewer
from commonhaven.web.notices.models import Notice, Round, Told
from commonhaven.web.notices.queries import notices_for, unread
from commonhaven.web.notices.rounds import tick
from commonhaven.web.notices.telling import tell
from commonhaven.web.record.actions import Placing, write
from commonhaven.web.record.models import Entry
from commonhaven.web.situations.models import Situation

Cast = Callable[[str], User]
Places = Callable[[str], Place]
ALL = (
    "ghana", "liberia", "guinea", "france", "germany", "unhcr", "secretariat", "ngo", "observer",
    "analyst", "treasurer", "administrator",
)  # fmt: skip


@pytest.fixture
def everyone(person: Cast) -> None:
    for who in ALL:
        person(who)


def told() -> set[str]:
    return {row.user.email.partition("@")[0] for row in Notice.objects.select_related("user")}


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        ("members", {"liberia", "guinea", "france", "germany", "unhcr", "secretariat",
                     "treasurer"}),
        ("consultative", {*ALL} - {"ghana", "administrator"}),
        ("public", {*ALL} - {"ghana"}),
    ],
)  # fmt: skip
def test_who_may_see_an_act_is_told_and_who_acted_is_not(
    group: Group, everyone: None, seat: Places, now: datetime, audience: str, expected: set[str]
) -> None:
    body = {"title": "Arrivals of March"}
    write(
        group, "situation opened", body, by=seat("ghana"), at=now,
        placing=Placing(audience=audience),
    )  # fmt: skip
    assert told() == expected


def test_caucus_is_told_among_itself(
    group: Group, everyone: None, seat: Places, now: datetime
) -> None:
    caucus = Caucus.objects.create(group=group, name="Coast", parties=["GHA", "LBR"])
    write(
        group, "plan tabled", {"title": "Between us"}, by=seat("ghana"), at=now,
        placing=Placing(audience="caucus", caucus=caucus),
    )  # fmt: skip
    assert told() == {"liberia"}


def test_an_act_told_twice_is_one_notice(
    group: Group, everyone: None, seat: Places, now: datetime
) -> None:
    entry = write(group, "situation opened", {"title": "A"}, by=seat("ghana"), at=now)
    before = Notice.objects.count()
    tell(entry)
    tick(now)
    assert (before, Notice.objects.count()) == (7, 7)


def test_round_tells_what_nobody_was_told(
    group: Group, everyone: None, seat: Places, now: datetime
) -> None:
    entry = write(group, "situation opened", {"title": "A"}, by=seat("ghana"), at=now)
    Notice.objects.all().delete()
    assert tick(now).told == 7
    assert Told.objects.get(group=group).number == entry.number
    Notice.objects.all().delete()
    assert tick(now + timedelta(minutes=1)).told == 0


def test_round_passes_over_what_is_long_past(
    group: Group, everyone: None, seat: Places, now: datetime
) -> None:
    write(group, "situation opened", {"title": "A"}, by=seat("ghana"), at=now - timedelta(days=15))
    Notice.objects.all().delete()
    assert tick(now).told == 0


def test_two_rounds_never_run_at_once(group: Group, now: datetime) -> None:
    Round.objects.create(pk=1, begun_at=now)
    assert tick(now + timedelta(minutes=1)).ran is False
    assert tick(now + timedelta(minutes=11)).ran is True


def test_credentials_are_told_to_their_holder_alone(
    group: Group, everyone: None, seat: Places, person: Cast, now: datetime
) -> None:
    held = Seat.objects.get(user=person("guinea"))
    write(
        group, "credentials accepted", {"party": "GIN"}, by=seat("secretariat"), at=now,
        subject=f"seat/{held.pk}",
    )  # fmt: skip
    row = Notice.objects.get()
    assert (row.user, row.text) == (
        person("guinea"),
        "Your credentials for Guinea were accepted: you may act.",
    )


def test_title_of_what_one_may_not_see_is_not_told(
    group: Group, everyone: None, seat: Places, now: datetime
) -> None:
    """An act wider than what it is about tells nobody who may not see the thing itself."""
    hidden = Situation.objects.create(
        group=group, slug="hidden", title="Hidden", party="GHA", created_at=now, audience="members"
    )
    write(
        group, "situation opened", {}, by=seat("ghana"), at=now, subject=f"situation/{hidden.pk}",
        placing=Placing(audience="public"),
    )  # fmt: skip
    assert told() & {"ngo", "observer", "analyst", "administrator"} == set()


def test_member_is_asked_where_others_only_learn(
    group: Group, everyone: None, seat: Places, now: datetime
) -> None:
    body = {"title": "Emergency"}
    placing = Placing(audience="public")
    write(group, "meeting convened", body, by=seat("ghana"), at=now, placing=placing)
    asked = Notice.objects.filter(to_do=True).select_related("user")
    names = {row.user.email.partition("@")[0] for row in asked}
    assert names == {"liberia", "guinea", "france", "germany"}


def test_notice_is_read_in_the_readers_language(
    group: Group, everyone: None, seat: Places, now: datetime
) -> None:
    write(group, "chair seated", {"party": "DEU"}, by=seat("secretariat"), at=now)
    row = Notice.objects.filter(user__email="ghana@example.org").get()
    with translation.override("fr"):
        french = row.text
    assert row.text == "Germany takes the chair."
    assert "Allemagne" in french


def test_notice_goes_with_the_seat(
    group: Group, everyone: None, seat: Places, viewer: Callable[[str], Viewer], person: Cast,
    now: datetime,
) -> None:  # fmt: skip
    write(group, "situation opened", {"title": "A"}, by=seat("ghana"), at=now)
    assert (unread(viewer("liberia")), notices_for(viewer("liberia")).count()) == (1, 1)
    yesterday = now.date() - timedelta(days=1)
    Seat.objects.filter(user=person("liberia")).update(until=yesterday)
    assert (unread(viewer("liberia")), notices_for(viewer("liberia")).count()) == (0, 0)


def test_unknown_act_is_told_in_its_own_words(
    group: Group, everyone: None, seat: Places, now: datetime
) -> None:
    write(group, "flag raised", {"title": "Flag"}, by=seat("ghana"), at=now)
    row = Notice.objects.filter(user__email="liberia@example.org").get()
    assert row.text == "Ghana, Flag: flag raised."


def test_page_shows_unread_first_and_marks_read(
    group: Group, everyone: None, seat: Places, signed_in: Callable[[str], Client], now: datetime
) -> None:
    for number in range(3):
        at = now + timedelta(seconds=number)
        write(group, "situation opened", {"title": f"S{number}"}, by=seat("ghana"), at=at)
    client = signed_in("liberia")
    page = client.get("/notices/")
    assert "3 notices are unread." in page.text
    assert page.text.count('<strong class="tag">unread') == 3
    latest = Notice.objects.filter(user__email="liberia@example.org").first()
    assert latest is not None
    assert client.post(f"/notices/{latest.pk}/read/").status_code == 302
    page = client.get("/notices/")
    assert "2 notices are unread." in page.text
    assert page.text.index("situation S1") < page.text.index("situation S2")
    client.post("/notices/read/", {"group": "west-africa"})
    assert "Nothing is unread." in client.get("/notices/").text


def test_another_persons_notice_is_not_found(
    group: Group, everyone: None, seat: Places, signed_in: Callable[[str], Client], now: datetime
) -> None:
    write(group, "situation opened", {"title": "A"}, by=seat("ghana"), at=now)
    row = Notice.objects.get(user__email="liberia@example.org")
    assert signed_in("guinea").post(f"/notices/{row.pk}/read/").status_code == 404
    assert signed_in("nobody").post(f"/notices/{row.pk}/read/").status_code == 302
    row.refresh_from_db()
    assert row.read_at is None


def test_page_asks_as_often_for_thirty_as_for_three(
    group: Group, everyone: None, seat: Places, signed_in: Callable[[str], Client], now: datetime,
) -> None:  # fmt: skip
    client = signed_in("liberia")
    counts = []
    for more in (3, 27):
        for number in range(more):
            write(group, "situation opened", {"title": str(number)}, by=seat("ghana"), at=now)
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/notices/").status_code == 200
        counts.append(len(seen))
    assert Entry.objects.count() == 30
    assert counts[0] == counts[1]


def test_telling_asks_as_often_for_60_people_as_for_3(
    group: Group, seat: Places, person: Cast, now: datetime
) -> None:
    by, counts = seat("ghana"), []
    for who in ("liberia", "guinea", "france"):
        person(who)
    write(group, "first act", {}, by=by, at=now)
    for more in (0, 57):
        for number in range(more):
            user = User.objects.create_user(f"delegate{number}@example.org", None, label="Delegate")
            Seat.objects.create(
                user=user, group=group, party="GIN", capacity="delegate", since=now.date(),
                accepted_at=now,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            entry = write(group, "situation opened", {"title": "A"}, by=by, at=now)
        key = f"act:{group.pk}:{entry.number}"
        assert Notice.objects.filter(key=key).count() == 3 + more
        counts.append(len(asked))
    assert counts[0] == counts[1]
