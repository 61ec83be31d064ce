"""Practices and precedents: what ships, what is found in which language, whom to ask."""

import re
from copy import deepcopy
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonhaven.processes import processes, vocabulary
from commonhaven.processes import sources as sources_of_processes
from commonhaven.processes.practices import (
    LANGUAGES,
    Practice,
    answered,
    findings,
    peers,
    practice,
    practices,
    read,
    read_questions,
    reasons,
    recalls,
    search,
    shipped,
    sources,
    theme_words,
)
from commonhaven.processes.when import earliest
from commonhaven.reading import Problem, dump, load_toml

QUESTIONS = Path(__file__).with_name("questions.toml")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "exchange.md"
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize("name", list(shipped()))
def test_file_is_whole_and_told_in_six_languages(name: str) -> None:
    table = load_toml(shipped()[name])
    found = read(table, name)
    assert found.id == name
    assert read(dump(found), name) == found
    assert [each for each in findings(table, name) if each.severity == "error"] == []
    for texts in (found.title, found.summary):
        assert set(texts) == set(LANGUAGES)
        assert len(set(texts.values())) == len(LANGUAGES)
    if found.since:
        assert earliest(found.since) <= TODAY


def test_arrangements_that_were_asked_for_are_there() -> None:
    kinds = {name: each.kind for name, each in practices().items()}
    assert [name for name, kind in kinds.items() if kind == "precedent"] == [
        "asia-pacific-framework", "cirefca", "comprehensive-plan-of-action", "emergency-transit",
        "eu-relocation-2015", "eu-solidarity-pool", "icara-1", "icara-2", "kosovo-evacuation",
        "mexico-plan", "mirps-national-plans", "quito-friends", "serbia-croatia",
        "ssar-three-ways",
    ]  # fmt: skip


def test_every_source_of_the_practices_is_cited() -> None:
    own = set(sources()) - set(sources_of_processes())
    cited = {each.source for one in practices().values() for each in one.evidence}
    cited |= {each.source for one in practices().values() for each in one.reuse}
    assert own <= cited <= set(sources())


def test_themes_have_words_in_every_language() -> None:
    assert set(theme_words()) == set(vocabulary().themes)
    for theme, words in theme_words().items():
        assert (theme, set(words)) == (theme, set(LANGUAGES))


REACHED = {
    "en": Fraction(3, 4),
    "fr": Fraction(1),
    "es": Fraction(1),
    "ar": Fraction(9, 10),
    "ru": Fraction(4, 5),
    "zh": Fraction(1),
}


def test_recall_at_five_is_what_was_reached() -> None:
    told = answered(read_questions(load_toml(QUESTIONS), "questions.toml"), practices())
    assert {len(each.found) <= 5 for each in told} == {True}
    assert {language: sum(e.language == language for e in told) for language in LANGUAGES} == (
        dict.fromkeys(LANGUAGES, 10)
    )
    assert recalls(told) == REACHED


def test_recall_on_the_page_is_the_recall_that_was_reached() -> None:
    told = dict(re.findall(r"^\| (\w+) \| (\d+) % \|$", PAGE.read_text("utf-8"), re.MULTILINE))
    assert [int(part) for part in told.values()] == [100 * part for part in REACHED.values()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_practice_is_first_by_its_own_title(language: str) -> None:
    for each in practices().values():
        (first, *_others) = search(each.title[language], practices().values())
        assert (first.practice.id, language) == (each.id, language)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("EVACUATION HUMANITAIRE", "évacuation humanitaire"),
        ("اللاجئين الأفغان", "لاجئين افغان"),
        ("жильё", "ЖИЛЬЕ"),
        ("resource centre", "RESOURCE Centre"),
    ],
)
def test_spelling_does_not_matter(one: str, other: str) -> None:
    first = [(hit.practice.id, hit.score) for hit in search(one, practices().values())]
    assert first == [(hit.practice.id, hit.score) for hit in search(other, practices().values())]
    assert first


@settings(deadline=None)
@given(st.permutations(sorted(practices())))
def test_order_of_the_library_decides_nothing(names: list[str]) -> None:
    shuffled = [practices()[name] for name in names]
    asked = "asylum resettlement 难民"
    assert search(asked, shuffled) == search(asked, practices().values())


def test_question_without_known_words_finds_nothing() -> None:
    assert search("zzzzzz", practices().values()) == ()
    assert search("", practices().values()) == ()


def test_peers_are_named_with_reasons_and_nobody_asks_itself() -> None:
    found = peers("skills", "certificates", practices().values(), processes(), asking="colombo")
    assert found[0].process == "prague"
    assert found[0].on_theme == ("migrant-skilling",)
    assert [str(each) for each in reasons(found[0])] == [
        "It has 1 practice on the theme.",
        "It works on the theme.",
    ]
    assert "colombo" not in {each.process for each in found}
    assert "colombo" in {
        each.process for each in peers("skills", "", practices().values(), processes())
    }


def test_who_took_a_practice_over_can_be_asked_too() -> None:
    table = plain(practice("migrant-skilling"))
    table["reuse"] = [{"by": "process:sacm", "source": "note-2019", "sure": "reported"}]
    held = {**practices(), "migrant-skilling": read(table, "x")}
    found = {each.process: each for each in peers("skills", "", held.values(), processes())}
    assert found["sacm"].on_theme == ("migrant-skilling",)


def plain(one: Practice) -> dict[str, Any]:
    table = dump(one)
    assert isinstance(table, dict)
    return deepcopy(table)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"themes": ["moon"]}, 'there is no theme "moon"'),
        ({"themes": []}, "it has no theme"),
        ({"themes": ["skills", "skills"]}, "skills stands there twice"),
        ({"regions": ["moon"]}, 'there is no region "moon"'),
        ({"title": {"xx": "A"}}, 'there is no language "xx"'),
        ({"title": {"en": " "}}, "it has no title in any language"),
        ({"evidence": []}, "nobody can look it up"),
        ({"evidence": [{"source": "moon", "sure": "reported"}]}, 'there is no source "moon"'),
        ({"by": ["process:moon"]}, 'there is no process "moon"'),
        ({"by": ["XYZ"]}, "XYZ is neither a state nor an organisation we know"),
        ({"since": "2022", "until": "2021"}, "2021 is before 2022"),
        ({"since": "2022-13"}, '"2022-13" is no day of the calendar'),
        ({"languages": ["xx"]}, 'there is no language "xx"'),
    ],
)
def test_what_is_wrong_is_said(changes: dict[str, object], said: str) -> None:
    table = {**plain(practice("migrant-skilling")), **changes}
    assert said in [each.what for each in findings(table, "x") if each.severity == "error"]
    with pytest.raises(Problem) as wrong:
        read(table, "x")
    assert wrong.value.where.startswith("x, practice migrant-skilling")


def test_labelled_question_about_nothing_is_refused() -> None:
    with pytest.raises(Problem, match="there is no practice"):
        answered(read_questions({"en": [{"asks": "a", "practices": ["moon"]}]}, "x"), practices())
    with pytest.raises(Problem, match="names no practice"):
        read_questions({"en": [{"asks": "a", "practices": []}]}, "x")


def test_practice_is_found_by_any_title() -> None:
    assert practice("移民资源中心").id == "resource-centres"
    with pytest.raises(Problem, match="no practice is called"):
        practice("moon")
