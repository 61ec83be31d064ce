"""The API tells of processes and fora what the room knows."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from commonhaven.processes import exchanges, overlap, process, processes, roster, suggestions
from commonhaven.processes.fora import forum
from commonhaven.reading import dump

DAY = date(2024, 6, 29)


def get(path: str, status: int = 200, **more: Any) -> Any:
    response = Client().get(f"/api/v1{path}", **more)
    assert response.status_code == status, response.content
    return response.json() if response.content else None


def test_list_has_every_process_and_follows_filters(db: None) -> None:
    assert sorted(each["id"] for each in get("/processes")) == list(processes())
    found = get("/processes?theme=skills&region=asia&status=active")
    assert found
    for each in found:
        assert "skills" in each["themes"]
        assert "asia" in each["regions"]
    sits = get("/processes?state=GHA&on=2024-06-29")
    assert {each["id"] for each in sits} == {
        name
        for name, each in processes().items()
        if "GHA" in (*roster(each, DAY).members, *roster(each, DAY).observers)
    }


def test_words_are_found_in_every_language(db: None) -> None:
    found = [get(f"/processes?q={word}") for word in ("trafficking", "trata", "贩运", "الاتجار")]
    assert "bali" in {each["id"] for each in found[0]}
    assert found[0] == found[2]
    assert all("bali" in {each["id"] for each in one} for one in found)


def test_process_is_told_whole_with_what_is_not_known(db: None) -> None:
    told = get("/processes/bali?on=2024-06-29")
    assert told["process"] == dump(process("bali"))
    assert "funding" in told["not_known"]
    held = roster(process("bali"), DAY)
    assert told["roster"]["members"] == list(held.members)
    assert told["roster"]["warnings"] == list(held.warnings)
    assert told["roster"]["complete"] is held.complete


def test_overlap_of_two_is_the_room_s(db: None) -> None:
    (told,) = get("/processes/colombo/overlaps?other=add&on=2024-06-29")
    held = overlap(roster(process("colombo"), DAY), roster(process("add"), DAY))
    assert held.jaccard == Fraction(told["overlap"]) == Fraction(12, 19)
    assert told["decimal"] == "0.631579"
    assert told["common"] == list(held.common)
    every = get("/processes/colombo/overlaps?on=2024-06-29")
    assert {"a": "add", "b": "colombo"}.items() <= every[0].items()


def test_suggestions_bring_the_parts_of_their_reasons(db: None) -> None:
    told = get("/processes/bali/suggestions?on=2024-06-29")
    known = processes()
    held = suggestions(
        known, {name: roster(each, DAY) for name, each in known.items()}, exchanges(), of="bali"
    )
    assert [(each["a"], each["b"], each["score"]) for each in told] == [
        (each.a, each.b, str(each.score)) for each in held
    ]
    assert told[0]["reasons"][0].startswith("Both work on ")


def test_vocabulary_is_in_six_languages(db: None) -> None:
    told = get("/vocabulary")
    names = {each["id"]: each["names"] for each in told["themes"]}
    assert names["skills"]["fr"] == "Compétences et qualifications"
    assert all(len(each) == 6 for each in names.values())


def test_fora_say_what_is_uncertain_and_what_calls_ask(db: None) -> None:
    ahead = {each["id"]: each["ahead"] for each in get("/fora?on=2026-11-25")}
    assert [each["certain"] for each in ahead["grf"]] == [False]
    told = get("/fora/global-meetings?on=2019-10-16")
    assert told["forum"] == dump(forum("global-meetings"))
    assert told["calls"][0]["deadline"] == "2019-10-16"
    assert told["calls"][0]["days_left"] == 1


@pytest.mark.parametrize(
    "path",
    [
        "/processes/none",
        "/processes/none/overlaps",
        "/fora/none",
        "/processes/bali/overlaps?other=none",
        "/processes/none/suggestions",
        "/fora/example-forum-a",
    ],
)
def test_what_is_not_there_is_not_found(db: None, path: str) -> None:
    get(path, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/processes?region=moon",
        "/processes?theme=magic",
        "/processes/bali?on=yesterday",
        "/fora?on=2026-13-01",
    ],
)
def test_what_is_not_understood_is_refused(db: None, path: str) -> None:
    assert get(path, 422)["what"]


def test_unchanged_answer_is_not_sent_again(db: None) -> None:
    first = Client().get("/api/v1/processes/bali?on=2024-06-29")
    again = Client().get(
        "/api/v1/processes/bali?on=2024-06-29", headers={"If-None-Match": first["ETag"]}
    )
    assert again.status_code == 304
