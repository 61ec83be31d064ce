"""Situations: who opens them, how figures follow each other, who sees them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commonhaven.reading import digest, dump
from commonhaven.situations import load, toml_text
from commonhaven.web.groups.models import Caucus, Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.refused import Conflict, Refused
from commonhaven.web.record.actions import PUBLIC, Placing
from commonhaven.web.record.models import Entry
from commonhaven.web.situations.actions import (
    close_situation,
    open_situation,
    revise_situation,
)
from commonhaven.web.situations.models import Situation
from commonhaven.web.situations.policy import no_wider
from commonhaven.web.situations.queries import history, latest, value_of

Seats = Callable[[str], Seat]
Clients = Callable[[str], Client]


@pytest.fixture
def situation(group: Group, seat: Seats, now: datetime) -> Situation:
    return open_situation(group=group, value=load("liberia-1990"), by=seat("unhcr"), at=now)


@pytest.mark.parametrize("who", ["ghana", "guinea", "france", "secretariat", "unhcr"])
def test_open_by_who_may(group: Group, seat: Seats, now: datetime, who: str) -> None:
    made = open_situation(group=group, value=load("liberia-1990"), by=seat(who), at=now)
    assert (made.slug, made.party, made.audience) == ("liberia-1990", seat(who).party, "members")
    entry = Entry.objects.get(subject=made.subject)
    assert (entry.act, entry.party) == ("situation opened", seat(who).party)


@pytest.mark.parametrize("who", ["ngo", "observer", "analyst", "treasurer", "administrator"])
def test_open_by_who_may_not(group: Group, seat: Seats, now: datetime, who: str) -> None:
    with pytest.raises(Refused, match="does not open situations"):
        open_situation(group=group, value=load("liberia-1990"), by=seat(who), at=now)
    assert Situation.objects.count() == 0
    assert Entry.objects.count() == 0


def test_open_without_accepted_credentials(group: Group, seat: Seats, now: datetime) -> None:
    with pytest.raises(Refused, match="credentials"):
        open_situation(
            group=group, value=load("liberia-1990"), by=replace(seat("ghana"), accepted=False),
            at=now,
        )  # fmt: skip


def test_open_twice(situation: Situation, group: Group, seat: Seats, now: datetime) -> None:
    with pytest.raises(Conflict, match="opened liberia-1990 already"):
        open_situation(group=group, value=load("liberia-1990"), by=seat("ghana"), at=now)


def test_short_name_taken_out_of_sight_is_free(
    group: Group, situation: Situation, seat: Seats, now: datetime, signed_in: Clients
) -> None:
    """What a caucus has opened is told by no refusal: others open theirs under the same name."""
    coast = Caucus.objects.create(group=group, name="Coast", parties=["GHA", "LBR"])
    hidden = Placing(audience="caucus", caucus=coast)
    value = load("togo-1993")
    open_situation(group=group, value=value, by=seat("ghana"), at=now, placing=hidden)
    with pytest.raises(Conflict, match="already"):
        open_situation(group=group, value=value, by=seat("liberia"), at=now, placing=hidden)
    sent = {"shipped": "togo-1993", "toml": "", "audience": "members"}
    page = "/groups/west-africa/situations/open/"
    assert signed_in("france").post(page, sent).status_code == 302
    again = signed_in("france").post(page, sent)
    assert (again.status_code, "already" in again.text) == (422, True)
    with pytest.raises(Refused, match="does not see"):
        open_situation(
            group=group, value=load("car-2013"), by=seat("france"), at=now, placing=hidden
        )


def test_value_and_text_are_the_shipped_ones(situation: Situation) -> None:
    version = latest(situation)
    assert value_of(version) == load("liberia-1990")
    assert version.digest == digest(dump(load("liberia-1990")))
    assert (version.people, version.origin) == (load("liberia-1990").people, "LBR")


def with_more_in_guinea(people: int) -> str:
    value = load("liberia-1990")
    first = value.cohorts[0]
    more = replace(first, present={"GIN": people})
    return toml_text(replace(value, cohorts=(more, *value.cohorts[1:])))


def test_revision_keeps_what_was_and_says_what_changed(
    situation: Situation, seat: Seats, now: datetime
) -> None:
    version = revise_situation(
        situation=situation, by=seat("guinea"), at=now, note="counted again",
        toml=with_more_in_guinea(330000), after=1,
    )  # fmt: skip
    assert version.number == 2
    newest, oldest = history(situation)
    assert newest.changes == (
        f"People in all: {load('liberia-1990').people + 5000:,}, 5,000 more.",
        "in-guinea in Guinea: 330,000, 5,000 more.",
    )
    assert oldest.changes == ()
    assert value_of(oldest.version) == load("liberia-1990")


def test_revision_from_an_older_version(situation: Situation, seat: Seats, now: datetime) -> None:
    for people, after in ((330000, 1), (331000, 2)):
        revise_situation(
            situation=situation, by=seat("guinea"), at=now, note="n",
            toml=with_more_in_guinea(people), after=after,
        )  # fmt: skip
    with pytest.raises(Conflict, match="version 3 came meanwhile"):
        revise_situation(
            situation=situation, by=seat("ghana"), at=now, note="n",
            toml=with_more_in_guinea(1), after=2,
        )  # fmt: skip
    assert latest(situation).number == 3


def test_revision_of_another_origin_or_without_change(
    situation: Situation, seat: Seats, now: datetime
) -> None:
    with pytest.raises(Conflict, match="Open another situation"):
        revise_situation(
            situation=situation, by=seat("ghana"), at=now, note="n", value=load("togo-1993")
        )
    with pytest.raises(Conflict, match="nothing in the figures changed"):
        revise_situation(
            situation=situation, by=seat("ghana"), at=now, note="n", value=load("liberia-1990")
        )


def test_closed_takes_no_more_figures(situation: Situation, seat: Seats, now: datetime) -> None:
    close_situation(situation=situation, because="all returned", by=seat("ghana"), at=now)
    with pytest.raises(Conflict, match="closed"):
        revise_situation(
            situation=situation, by=seat("ghana"), at=now, note="n",
            toml=with_more_in_guinea(1),
        )  # fmt: skip
    acts = list(Entry.objects.values_list("act", flat=True).order_by("number"))
    assert acts == ["situation opened", "situation closed"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("ghana", 200), ("guinea", 200), ("unhcr", 200), ("secretariat", 200), ("ngo", 404),
     ("observer", 404), ("analyst", 404), ("administrator", 404), ("outsider", 404),
     ("nobody", 404)],
)  # fmt: skip
def test_page_of_a_members_situation(
    situation: Situation, signed_in: Clients, who: str, status: int
) -> None:
    client = signed_in(who)
    start = situation.get_absolute_url()
    for page in (start, f"{start}versions/", f"{start}versions/1.toml"):
        assert client.get(page).status_code == status
    listed = client.get("/groups/west-africa/situations/").text
    assert (situation.title in listed) == (status == 200)


def test_page_says_how_many_and_where(situation: Situation, signed_in: Clients) -> None:
    text = signed_in("ghana").get(situation.get_absolute_url()).text
    assert "<bdi>325,000</bdi>" in text
    assert f"<bdi>{load('liberia-1990').people:,}</bdi> people from Liberia" in text
    assert "Give new figures" in text


def test_page_points_to_the_sources_of_a_cohort(situation: Situation, signed_in: Clients) -> None:
    text = signed_in("ghana").get(situation.get_absolute_url()).text
    assert 'href="#source-1"' in text
    assert '<li id="source-1"' in text
    assert "unhcr-rdf" not in text


def test_page_offers_acts_only_to_who_may(
    group: Group, seat: Seats, now: datetime, signed_in: Clients
) -> None:
    made = open_situation(
        group=group, value=load("liberia-1990"), by=seat("ghana"), at=now, placing=PUBLIC
    )
    for who in ("nobody", "ngo", "analyst"):
        text = signed_in(who).get(made.get_absolute_url()).text
        assert "Give new figures" not in text
        assert "Close the situation" not in text


def test_open_page(signed_in: Clients, group: Group) -> None:
    assert signed_in("ngo").get("/groups/west-africa/situations/open/").status_code == 403
    client = signed_in("ghana")
    response = client.post(
        "/groups/west-africa/situations/open/", {"shipped": "togo-1993", "audience": "public"}
    )
    made = Situation.objects.get()
    assert (response.status_code, response.url) == (302, made.get_absolute_url())
    assert made.audience == "public"


def test_open_page_keeps_a_text_that_does_not_hold(signed_in: Clients, group: Group) -> None:
    text = 'id = "mine"\n[[cohorts]]\nid = "a"'
    response = signed_in("ghana").post(
        "/groups/west-africa/situations/open/", {"toml": text, "audience": "members"}
    )
    assert response.status_code == 422
    assert "the field name is missing" in response.text
    assert "id = &quot;mine&quot;" in response.text
    assert Situation.objects.count() == 0


def test_revise_and_close_pages(situation: Situation, signed_in: Clients) -> None:
    page = f"{situation.get_absolute_url()}revise/"
    client = signed_in("ghana")
    assert "in-guinea" in client.get(page).text
    sent = {"after": 1, "note": "counted", "toml": with_more_in_guinea(330000)}
    assert client.post(page, sent).status_code == 302
    stale = client.post(page, sent | {"toml": with_more_in_guinea(5)})
    assert stale.status_code == 422
    assert "Version 2 came meanwhile" in stale.text
    assert signed_in("analyst").get(page).status_code == 404
    close = f"{situation.get_absolute_url()}close/"
    assert "No reason is given" in client.post(close, {}, follow=True).text
    client.post(close, {"closed_because": "all returned"})
    situation.refresh_from_db()
    assert situation.closed_because == "all returned"


def test_list_asks_as_often_for_many_as_for_few(
    group: Group, seat: Seats, now: datetime, signed_in: Clients
) -> None:
    client = signed_in("ghana")
    value = load("togo-1993")

    def asked(total: int) -> int:
        for number in range(Situation.objects.count(), total):
            open_situation(
                group=group, value=replace(value, id=f"s-{number}"), by=seat("ghana"), at=now
            )
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/groups/west-africa/situations/").status_code == 200
        return len(queries)

    asked(1)
    assert asked(3) == asked(30)


def test_nothing_shows_more_than_what_it_rests_on(
    situation: Situation, now: datetime, group: Group, seat: Seats
) -> None:
    no_wider(Placing(), than=situation, what="it")
    for wider in (
        PUBLIC, Placing(audience="consultative"), Placing(release_at=now + timedelta(days=1)),
    ):  # fmt: skip
        with pytest.raises(Conflict, match="fewer people"):
            no_wider(wider, than=situation, what="it")
    situation.release_at = now
    no_wider(Placing(release_at=now + timedelta(days=1)), than=situation, what="it")
