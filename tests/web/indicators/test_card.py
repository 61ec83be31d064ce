"""The card, fair shares and inequality: what the room says, with reasons where there is nothing."""

import csv
import io
from collections.abc import Callable
from datetime import datetime
from fractions import Fraction

from access_doors import plainly
from django.test import Client
from django.utils.html import escape

from commonhaven.indicators import (
    card,
    compute,
    fair_shares_sheet,
    hosting_curve,
    of_funding,
    of_resettlement,
    read_entries,
    scope,
    shipped,
)
from commonhaven.reading import as_csv
from commonhaven.web.accounts.models import User
from commonhaven.web.groups.models import Group
from commonhaven.web.groups.queries import members_on

PUBLISHED = read_entries("published").entries


def test_card_tells_every_indicator(visitor: Client) -> None:
    page = visitor.get("/indicators/card/", {"of": "igad", "year": "2024"}).text
    for line in card(scope("igad"), 2024, PUBLISHED):
        assert escape(line.title) in page
        assert not line.why or escape(line.why) in page
        for one in line.results:
            assert f"/indicators/measures/{one.measure}/?of=igad" in page
    assert "commonhaven indicators card --of &quot;igad&quot; --year 2024" in page.replace(
        '"igad"', "&quot;igad&quot;"
    )


def test_card_of_the_world_holds_what_was_published_with_its_evidence(visitor: Client) -> None:
    page = visitor.get("/indicators/card/", {"year": "2019"}).text
    assert "24,200,000,000" in page
    assert "OECD 2021, Financing for refugee situations 2018-19" in page
    rows = csv.DictReader(io.StringIO(visitor.get("/indicators/card.csv", {"year": "2019"}).text))
    standing = {row["indicator"]: row["standing"] for row in rows}
    assert standing["1.1.1"] == "entered"
    assert standing["4.2.1"] == "measured"
    assert standing["2.1.1"] == "missing"


def test_fair_shares_are_those_of_the_room(visitor: Client) -> None:
    asked = {"kind": "dollars", "need": "1000000000", "of": "high-income", "year": "2022"}
    found = of_funding(Fraction(10**9), scope("high-income"), 2022, shipped())
    page = visitor.get("/indicators/fair-shares/", asked).text
    norway = found.shares["NOR"]
    assert norway.given is not None
    assert f"{round(norway.fair):,}" in page
    assert f"{round(norway.given):,}" in page
    assert "To report, never to allocate by." in page
    told = visitor.get("/indicators/fair-shares.csv", asked).text
    assert told == as_csv(*fair_shares_sheet(found))


def test_without_a_need_it_is_what_was_given_or_all_refugees(visitor: Client) -> None:
    given = [g.usd for g in shipped().donors.of_year(2022)
             if g.state in scope("high-income").states(2022)]  # fmt: skip
    page = visitor.get("/indicators/fair-shares/").text
    assert f"{round(sum(given)):,} </bdi>" in page or f"{round(sum(given)):,}" in page
    assert "these governments committed to UNHCR together" in page
    places = {"kind": "places", "year": "2024"}
    world = compute("refugees", scope("world"), 2024).value
    assert world is not None
    found = of_resettlement(world, scope("high-income"), 2024, shipped())
    assert visitor.get("/indicators/fair-shares.csv", places).text == as_csv(
        *fair_shares_sheet(found)
    )


def test_fair_shares_of_a_year_that_is_not_held_say_which_are(visitor: Client) -> None:
    page = visitor.get("/indicators/fair-shares/", {"year": "2010", "need": "1000"})
    assert page.status_code == 422
    assert "2016 to 2023" in page.text


def test_inequality_shows_the_curve_and_every_coefficient(visitor: Client) -> None:
    asked = {"of": "Africa", "year": "2024", "by": "gini-by-population"}
    page = visitor.get("/indicators/inequality/", asked).text
    for name in ("gini-of-hosting", "gini-by-population", "gini-by-gdp", "concentration-by-wealth"):
        value = compute(name, scope("Africa"), 2024).value
        assert value is not None
        assert f"{float(value):.3f}" in page
        assert f"/indicators/measures/{name}/?of=Africa" in page
    curve = hosting_curve("gini-by-population", scope("Africa"), 2024)
    assert curve is not None
    told = visitor.get("/indicators/inequality.csv", asked).text
    assert told.splitlines()[0] == "state,part_of_key,part_of_hosted"
    assert [line.split(",")[0] for line in told.splitlines()[1:]] == list(curve.states)


def test_one_state_has_no_curve_and_it_is_said(visitor: Client) -> None:
    page = visitor.get("/indicators/inequality/", {"of": "UGA", "year": "2024"})
    assert page.status_code == 200
    assert "One state alone has no spread." in page.text
    assert "nothing to show" in page.text
    assert visitor.get("/indicators/inequality.csv", {"of": "UGA"}).status_code == 422


def test_group_is_told_by_its_members(visitor: Client, group: Group, now: datetime) -> None:
    page = visitor.get("/groups/west-africa/").text
    assert "/indicators/card/?of=group:west-africa" in page
    tiers = ("inner core", "outer core", "situation-specific contributor")
    rows = members_on(group, now.date())
    codes = sorted({row.party for row in rows if row.standing in tiers})
    assert len(codes) > 5
    asked = {"of": "group:west-africa", "first": "2024", "last": "2024"}
    shown = visitor.get("/indicators/measures/hosted/", asked).text
    value = compute("hosted", scope("+".join(codes)), 2024).value
    assert f"{int(value or 0):,}" in shown
    assert "The states that are members today, for every year." in shown
    assert 'value="group:west-africa" selected' in shown


def test_group_that_one_may_not_know_of_is_not_there(
    visitor: Client, group: Group, signed_in: Callable[[str], Client], person: Callable[[str], User]
) -> None:
    Group.objects.filter(pk=group.pk).update(listed=False)
    asked = {"of": "group:west-africa"}
    never = visitor.get("/indicators/card/", {"of": "group:nowhere"})
    for who, status in (("nobody", 404), ("outsider", 404), ("ghana", 200)):
        client = signed_in(who)
        for address in ("card/", "card.csv", "measures/hosted/", "measures/hosted.csv",
                        "inequality/", "fair-shares/"):  # fmt: skip
            answer = client.get(f"/indicators/{address}", asked)
            assert (who, address, answer.status_code) == (who, address, status)
        assert ("group:west-africa" in client.get("/indicators/card/").text) == (status == 200)
    hidden = visitor.get("/indicators/card/", asked)
    assert (hidden.status_code, never.status_code) == (404, 404)
    assert plainly(hidden, "/card/") == plainly(never, "/card/")
