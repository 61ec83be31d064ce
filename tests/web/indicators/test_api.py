"""The same values for programs, exact, with an ETag."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from django.test import Client

from commonhaven.indicators import card, compute, hosting_curve, measures, read_entries, scope
from commonhaven.reading import dump
from commonhaven.web.groups.models import Group

API = "/api/v1/indicators"


def test_values_are_those_of_the_room(visitor: Client) -> None:
    asked = {"of": "igad", "first": 2022, "last": 2024}
    told = visitor.get(f"{API}/measures/per-1000-inhabitants/values", asked).json()
    found = [compute("per-1000-inhabitants", scope("igad"), year) for year in (2022, 2023, 2024)]
    assert told["values"] == [dump(each) for each in found]
    assert Fraction(told["values"][-1]["value"]) == found[-1].value
    usual = visitor.get(f"{API}/measures/unhcr-donors/values").json()["values"]
    assert [each["year"] for each in usual] == list(range(2016, 2024))


def test_answer_that_one_holds_is_not_sent_again(visitor: Client) -> None:
    for address in ("", "/measures", "/card?year=2024", "/measures/returns/values"):
        answer = visitor.get(f"{API}{address}")
        assert answer.status_code == 200
        again = visitor.get(f"{API}{address}", headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_every_measure_tells_what_it_is_and_is_not(visitor: Client) -> None:
    told = visitor.get(f"{API}/measures").json()
    assert [each["id"] for each in told["measures"]] == list(measures())
    assert {each["id"] for each in told["not_computed"]} > {"refugee-burden-index"}
    one = visitor.get(f"{API}/measures/unhcr-donors").json()
    assert one["is_not"] == measures()["unhcr-donors"].is_not
    assert one["years"] == [2016, 2023]


def test_card_and_curve(visitor: Client) -> None:
    told = visitor.get(f"{API}/card", {"of": "UGA", "year": 2022}).json()
    found = card(scope("UGA"), 2022, read_entries("published").entries)
    assert told["lines"] == [dump(line) for line in found]
    asked = {"of": "Africa", "year": 2024, "by": "gini-of-hosting"}
    told = visitor.get(f"{API}/inequality", asked).json()
    curve = hosting_curve("gini-of-hosting", scope("Africa"), 2024)
    assert curve is not None
    assert told["states"] == list(curve.states)
    assert [tuple(map(Fraction, pair)) for pair in told["points"]] == list(curve.points)
    alone = visitor.get(f"{API}/inequality", {**asked, "of": "UGA"}).json()
    assert (alone["states"], alone["result"]["why_missing"]) == (
        [], "One state alone has no spread."
    )  # fmt: skip


def test_fair_shares_add_up_to_the_need(visitor: Client) -> None:
    asked = {"year": 2022, "need": 1000, "of": "high-income"}
    told = visitor.get(f"{API}/fair-shares", asked).json()["shared"]
    assert sum(Fraction(one["fair"]) for one in told["shares"].values()) == 1000


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("/card?year=2024&of=Atlantis", "of"),
        ("/measures/returns/values?first=2024&last=2020", "last"),
        ("/measures/returns/values?first=1960&last=2020", "last"),
        ("/inequality?year=2024&by=returns", "by"),
        ("/fair-shares?year=2010", "year"),
    ],
)
def test_what_is_wrong_is_told_with_its_field(visitor: Client, address: str, where: str) -> None:
    answer = visitor.get(f"{API}{address}")
    assert (answer.status_code, answer.json()["where"]) == (422, where)
    assert answer.json()["fix"]


def test_unknown_measure_and_hidden_group_are_not_there(
    visitor: Client, group: Group, signed_in: Callable[[str], Client]
) -> None:
    assert visitor.get(f"{API}/measures/none").status_code == 404
    assert visitor.get(f"{API}/measures/none/values").status_code == 404
    Group.objects.filter(pk=group.pk).update(listed=False)
    asked = {"of": "group:west-africa", "year": 2024}
    for who, status in (("nobody", 404), ("outsider", 404), ("ghana", 200)):
        assert signed_in(who).get(f"{API}/card", asked).status_code == status
    never = visitor.get(f"{API}/card", {"of": "group:nowhere", "year": 2024})
    assert never.content == visitor.get(f"{API}/card", asked).content
