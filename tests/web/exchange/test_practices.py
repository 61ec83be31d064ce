"""A group tells what it did; another notes that it took it over."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from django.test import Client
from exchange_told import TOLD

from commonhaven.reading import Problem
from commonhaven.web.exchange import actions
from commonhaven.web.exchange.actions import Came, Of
from commonhaven.web.exchange.models import Practice, Reuse
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.record.actions import PUBLIC, Placing
from commonhaven.web.record.models import Entry

Seats = Callable[[str], Seat]
CAME = Came(result="It took a year longer", source="Own evaluation", sure="measured")


def acts(group: Group) -> list[tuple[str, str]]:
    rows = Entry.objects.filter(group=group).order_by("number")
    return list(rows.values_list("act", "party"))


def test_practice_is_published_on_the_record(practice: Practice, east: Group) -> None:
    assert acts(east) == [("practice published", "UNHCR")]
    assert practice.themes == ["skills"]


@pytest.mark.parametrize("who", ["ghana", "unhcr", "observer", "analyst", "ngo", "treasurer"])
def test_only_who_runs_the_group_speaks_for_it(
    who: str, group: Group, seat: Seats, now: datetime
) -> None:
    with pytest.raises(Refused):
        actions.publish_practice(group=group, told=TOLD, by=seat(who), at=now)
    assert not Practice.objects.exists()


def test_secretariat_of_one_group_does_not_speak_for_another(
    group: Group, eastern: Seats, now: datetime
) -> None:
    with pytest.raises(Refused):
        actions.publish_practice(group=group, told=TOLD, by=eastern("secretariat"), at=now)


@pytest.mark.parametrize(
    ("field", "value"),
    [("source", " "), ("title", ""), ("summary", ""), ("themes", ("moon",)), ("themes", ()),
     ("since", "2022-13")],
)  # fmt: skip
def test_practice_without_evidence_or_theme_is_not_published(
    field: str, value: object, group: Group, seat: Seats, now: datetime
) -> None:
    wrong = replace(TOLD, **{field: value})  # type: ignore[arg-type]
    with pytest.raises(Problem):
        actions.publish_practice(group=group, told=wrong, by=seat("secretariat"), at=now)


def test_reuse_stands_beside_the_practice(
    practice: Practice, group: Group, seat: Seats, now: datetime, signed_in: Callable[[str], Client]
) -> None:
    actions.note_reuse(
        group=group, of=Of(practice=practice), came=CAME, by=seat("secretariat"), at=now,
        placing=PUBLIC,
    )  # fmt: skip
    page = signed_in("nobody").get(practice.get_absolute_url()).content.decode()
    assert "It took a year longer" in page
    assert acts(group) == [("practice taken over", "UNHCR")]


def test_reuse_for_members_is_not_told_to_others(
    practice: Practice, group: Group, seat: Seats, now: datetime, in_east: Callable[[str], Client],
    signed_in: Callable[[str], Client],
) -> None:  # fmt: skip
    actions.note_reuse(
        group=group, of=Of(practice=practice), came=CAME, by=seat("secretariat"), at=now
    )
    url = practice.get_absolute_url()
    assert "It took a year longer" in signed_in("ghana").get(url).content.decode()
    assert "It took a year longer" not in in_east("delegate").get(url).content.decode()


def test_shipped_practice_can_be_taken_over(
    group: Group, seat: Seats, now: datetime, signed_in: Callable[[str], Client]
) -> None:
    by = seat("secretariat")
    actions.note_reuse(
        group=group, of=Of(shipped="resource-centres"), came=CAME, by=by, at=now, placing=PUBLIC
    )
    page = signed_in("nobody").get("/practices/resource-centres/").content.decode()
    assert "It took a year longer" in page
    with pytest.raises(Problem):
        actions.note_reuse(group=group, of=Of(shipped="moon"), came=CAME, by=by, at=now)
    with pytest.raises(Problem):
        actions.note_reuse(group=group, of=Of(), came=CAME, by=by, at=now)


def test_what_is_not_public_is_not_cited_between_groups(
    east: Group, eastern: Seats, group: Group, seat: Seats, now: datetime
) -> None:
    hidden = actions.publish_practice(
        group=east, told=TOLD, by=eastern("secretariat"), at=now, placing=Placing()
    )
    with pytest.raises(Conflict):
        actions.note_reuse(
            group=group, of=Of(practice=hidden), came=CAME, by=seat("secretariat"), at=now
        )
    with pytest.raises(Conflict):
        actions.note_reuse(
            group=east, of=Of(practice=hidden), came=CAME, by=eastern("secretariat"), at=now
        )
    assert not Reuse.objects.exists()


def test_withdrawn_practice_keeps_its_page_and_leaves_the_lists(
    practice: Practice, eastern: Seats, now: datetime, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("nobody")
    assert practice.title in client.get("/practices/?q=tests").content.decode()
    by = eastern("secretariat")
    actions.withdraw_practice(practice=practice, reason="It failed", by=by, at=now)
    assert practice.title not in client.get("/practices/?q=tests").content.decode()
    assert "has withdrawn" in client.get(practice.get_absolute_url()).content.decode()
    with pytest.raises(Conflict):
        actions.withdraw_practice(practice=practice, reason="Again", by=by, at=now)


def test_pages_of_those_that_ship(group: Group, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("nobody")
    french = client.get("/practices/?q=logement+des+rapatriés", headers={"Accept-Language": "fr"})
    assert "Logements pour les rapatriés volontaires" in french.content.decode()
    assert client.get("/practices/moon/").status_code == 404
    assert client.get("/practices/?theme=moon").status_code == 422
    page = client.get("/practices/emergency-transit/").content.decode()
    assert "Niger" in page


def test_site_search_finds_practices(
    practice: Practice, signed_in: Callable[[str], Client]
) -> None:  # fmt: skip
    client = signed_in("nobody")
    assert practice.get_absolute_url() in client.get("/search/?q=departure").content.decode()
    found = client.get("/search/?q=移民资源中心").content.decode()
    assert "/practices/resource-centres/" in found


def test_form_publishes_and_says_what_is_missing(
    group: Group, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("secretariat")
    given = {"title": "A", "summary": "B", "language": "en", "themes": ["skills"],
             "source": "C", "sure": "reported", "audience": "public"}  # fmt: skip
    answer = client.post("/groups/west-africa/exchange/publish/", {**given, "source": ""})
    assert answer.status_code == 422
    answer = client.post("/groups/west-africa/exchange/publish/", given)
    assert answer.status_code == 302
    assert Practice.objects.get().audience == "public"
    assert signed_in("ghana").get("/groups/west-africa/exchange/publish/").status_code == 403
