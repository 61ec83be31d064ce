"""What a picture says: its table, its text alternative, its spec."""

import json
import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from commonhaven.charter import load as load_charter
from commonhaven.figures import (
    DISCLAIMER,
    Picture,
    disclaimer,
    hosts_map,
    money_flow,
    payers_map,
    people_flow,
    rule_dots,
)
from commonhaven.figures.maps import beyond, origins
from commonhaven.figures.numbers import count, decimal
from commonhaven.figures.placing import text_width
from commonhaven.figures.words import _words
from commonhaven.parties import LANGUAGES, name
from commonhaven.parties import states as known_states
from commonhaven.parties.figures import reference
from commonhaven.reading import Problem
from commonhaven.regime import Comparison, Plan, WithFacts, compare
from commonhaven.situations import load as load_situation

OF_PLAN = (hosts_map, payers_map, people_flow, money_flow)
Make = Callable[..., Picture]


def number(text: str) -> int:
    return int(text.replace(",", ""))


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    agreed, crisis = load_charter("west-africa"), load_situation("liberia-1990")
    return compare(agreed, crisis, WithFacts(reference()), names=("equal", "gdp"))


def walk(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [part for one in value.values() for part in walk(one)]
    if isinstance(value, list | tuple):
        return [part for one in value for part in walk(one)]
    return [value]


@pytest.mark.parametrize("make", OF_PLAN)
def test_a_spec_is_plain_and_names_no_address_but_its_schema(make: Make, plan: Plan) -> None:
    spec = dict(make(plan).spec)
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec
    assert spec.pop("$schema").startswith("https://vega.github.io/schema/vega")
    assert [text for text in walk(spec) if isinstance(text, str) and "://" in text] == []


@pytest.mark.parametrize("make", OF_PLAN)
def test_the_same_plan_gives_the_same_picture(make: Make, plan: Plan) -> None:
    assert make(plan) == make(plan)


def test_the_table_of_hosts_is_the_plan(plan: Plan) -> None:
    picture = hosts_map(plan)
    found = {row[0]: tuple(number(cell) for cell in row[1:4]) for row in picture.rows}
    assert found == {
        name(part.state): (part.present, part.placed, part.unplaced) for part in plan.result.states
    }
    assert sum(row[1] for row in found.values()) == plan.result.placed


def test_the_map_of_hosts_shows_or_names_every_host(plan: Plan) -> None:
    picture = hosts_map(plan)
    drawn = {
        one["code"]
        for layer in picture.spec["layer"]
        for one in layer.get("data", {}).get("values", ())
        if one.get("kind") == "placed" and "code" in one
    }
    placed = {part.state for part in plan.result.states if part.placed}
    assert drawn <= placed
    beyond = placed - drawn
    said = [text for text in walk(picture.spec) if isinstance(text, str) and "Beyond" in text]
    assert bool(said) == bool(beyond)


def test_the_table_of_payers_is_the_plan_to_the_cent(plan: Plan) -> None:
    rows = {row[0]: row[1:] for row in payers_map(plan).rows}
    paying = [(part, part.money) for part in plan.result.states if part.money]
    for part, money in paying:
        assert rows[name(part.state)][2].lstrip("+") == f"{money.net:,.2f}"
    assert len(rows) == len(paying) > 20


def test_the_flow_s_table_adds_up_to_who_is_placed(plan: Plan) -> None:
    rows = people_flow(plan).rows
    into: dict[str, int] = {}
    for _, end, people in rows:
        into[end] = into.get(end, 0) + number(people)
    into.pop("People who move", None)
    assert into.pop("No place yet", 0) == plan.result.unplaced
    assert into == {name(p.state): p.placed for p in plan.result.states if p.placed}


def test_ribbons_carry_the_same_amounts_as_the_table(plan: Plan) -> None:
    spec = people_flow(plan).spec
    ribbons = spec["data"][0]["values"]
    whole = sum(int(one["amount"]) for one in ribbons if one["from"][0] == "0")
    assert whole == plan.result.in_question
    thick = sum(one["thick"] for one in ribbons if one["from"][0] == "0" and one["thick"] > 0.6)
    assert thick <= 301
    heights = [one["y"] + one["high"] for one in spec["data"][1]["values"]]
    assert max(heights) <= spec["height"]


def test_names_in_a_flow_do_not_cover_each_other(plan: Plan) -> None:
    nodes = people_flow(plan).spec["data"][1]["values"]
    for side in (0, 1):
        middles = sorted(one["y"] + one["high"] / 2 for one in nodes if one["at"] == side)
        gaps = [below - above for above, below in pairwise(middles)]
        assert min(gaps, default=99) >= 14


def test_unplaced_people_stand_at_the_bottom_with_a_dashed_bar(crowded: Plan) -> None:
    picture = people_flow(crowded)
    (lack,) = [n for n in picture.spec["data"][1]["values"] if n["open"]]
    assert lack["label"] == f"No place yet {crowded.result.unplaced:,}"
    assert f"{crowded.result.unplaced:,} have no place yet" in picture.alternative
    assert "No place yet" in {e["text"] for e in legend_of(hosts_map(crowded))}


def legend_of(picture: Picture) -> list[dict[str, Any]]:
    return [
        one
        for layer in picture.spec["layer"]
        for one in layer.get("data", {}).get("values", ())
        if isinstance(one, dict) and "row" in one
    ]


@pytest.mark.parametrize("make", OF_PLAN)
def test_nothing_to_show_is_a_sentence(make: Make, empty: Plan) -> None:
    picture = make(empty)
    assert picture.rows == ()
    assert len(picture.spec["data"]["values"]) == 1
    assert " ".join(picture.spec["data"]["values"][0]["text"]) == picture.alternative
    assert "nothing to show" in picture.alternative


def test_alternative_leads_with_the_numbers(liberia: Plan) -> None:
    assert hosts_map(liberia).alternative == (
        "Map of the people whom each state protects under the plan, beside those who are there "
        "now. In all, 735,616 people are placed and 0 have no place yet. Most are protected in: "
        "Côte d'Ivoire 243,795, Ghana 242,416, Guinea 128,687."
    )


def test_every_word_is_there_in_every_language() -> None:
    for key, texts in _words().items():
        wanted = set(LANGUAGES) - ({"en"} if key == "disclaimer" else set())
        assert (key, set(texts)) == (key, wanted)
        fields = {tuple(sorted(set(re.findall(r"\{(\w+)\}", t)))) for t in texts.values()}
        assert (key, len(fields)) == (key, 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("make", OF_PLAN)
def test_pictures_speak_every_language(make: Make, language: str, liberia: Plan) -> None:
    picture = make(liberia, language=language)
    assert picture.note.endswith(disclaimer(language))
    assert any(name("GHA", language) == cell for row in picture.rows for cell in row)
    assert (picture.title == make(liberia).title) == (language == "en")


def test_another_language_is_refused(liberia: Plan) -> None:
    with pytest.raises(Problem, match="no pictures in the language"):
        hosts_map(liberia, language="de")


def test_a_disclaimer_stands_under_every_map(plan: Plan, comparison: Comparison) -> None:
    pictures = [make(plan) for make in OF_PLAN] + [rule_dots(comparison)]
    assert all(picture.note.endswith(DISCLAIMER) for picture in pictures)


def test_numbers_are_grouped_as_the_language_does() -> None:
    assert count(1234567, "en") == "1,234,567"
    assert count(1234567, "fr") == "1\u202f234\u202f567"
    assert count(1234567, "ar") == "1,234,567"
    assert decimal(1234, "es", 1) == "1.234,0" or decimal(1234, "es", 1) == "1234,0"


def test_dots_are_the_comparison(comparison: Comparison) -> None:
    picture = rule_dots(comparison, names=("west-africa", "liberia-1990"))
    assert picture.columns[2:] == tuple(column.rule for column in comparison.columns)
    rows = {row[0]: row[1:] for row in picture.rows}
    lacking = rows.pop("No place yet")
    assert lacking[1:] == tuple(f"{column.unplaced:,}" for column in comparison.columns)
    for i, column in enumerate(comparison.columns):
        people = {name(state): n for state, n in column.people.items() if n}
        found = {state: number(row[i + 1]) for state, row in rows.items() if number(row[i + 1])}
        assert found == people
    drawn = [
        (one["rule"], one["people"])
        for layer in picture.spec["layer"]
        for one in layer.get("data", {}).get("values", ())
        if "rule" in one
    ]
    for column in comparison.columns:
        assert sum(people for rule, people in drawn if rule == column.rule) == sum(
            column.people.values()
        )


def test_a_comparison_without_names_does_not_tell_how_to_repeat_it(comparison: Comparison) -> None:
    assert rule_dots(comparison).reproduce == ()


def test_numbers_stay_whole_in_a_narrow_picture(plan: Plan) -> None:
    for make in (people_flow, money_flow):
        for node in make(plan, language="ru").spec["data"][1]["values"]:
            assert node["narrow"].split(" ")[-1] == node["label"].split(" ")[-1]
            assert text_width(node["narrow"]) <= 152


def test_where_people_of_kosovo_fled_from_is_marked(plan_of: Callable[[str, str], Plan]) -> None:
    plan = plan_of("south-east-europe", "kosovo-1999")
    assert origins(plan) == {"SRB", "XKX"}


def test_the_map_names_a_single_state_more() -> None:
    def said(states: int) -> str:
        codes = sorted(known_states())[:states]
        return beyond(dict.fromkeys(codes, "1"), "en")[0].text

    assert "more" not in said(6)
    assert "2\N{NO-BREAK SPACE}more" in said(7)
