"""What the rooms say is told without a framework as the platform tells it."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils.translation import override

from commonhaven.charter import load as load_charter
from commonhaven.parties.figures import reference
from commonhaven.reading import Problem
from commonhaven.regime import WithFacts, compute, explain, obligations
from commonhaven.situations import load as load_situation
from commonhaven.telling import apart, day, listed, money, number, party_name, told
from commonhaven.web.kit.saying import in_language

LANGUAGES = {"ar": "ar", "es": "es", "fr": "fr", "ru": "ru", "zh": "zh-hans"}


def sentences() -> list[str]:
    plan = compute(
        load_charter("west-africa"), load_situation("liberia-1990"), WithFacts(reference())
    )
    made = [said for _, told_ in explain(plan, "CIV").sections for said in told_]
    owed = obligations(plan, decided=date(1991, 2, 1))
    texts = [text for one in owed for text in (one.about, one.measured, one.confirmed_by)]
    why = [reason for cohort in plan.result.cohorts for reason in cohort.excluded.values()]
    return [*made, *plan.result.notes, *texts, *why]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_is_told_as_the_platform_tells_it(language: str) -> None:
    said = sentences()
    assert len(said) > 100
    with override(LANGUAGES[language]):
        for one in (*said, *map(str, said)):
            assert told(one, language) == in_language(one)


def test_in_english_a_sentence_is_the_english_one() -> None:
    said = sentences()
    assert [told(str(one), "en") for one in said] == [str(one) for one in said]


def test_numbers_days_and_names_follow_the_language() -> None:
    assert number(1234567, "en") == "1,234,567"
    assert number(Fraction(5, 2), "fr", 1) == "2,5"
    assert money(Decimal("1234.50"), "USD", "en") == "USD\u00a01,234.50"
    assert money(Decimal("1234.50"), "USD", "fr") == "1\u202f234,50\u00a0USD"
    assert day(date(2026, 11, 25), "es") == "25 de noviembre de 2026"
    assert party_name("GHA", "ar") == "غانا"
    assert party_name("UNHCR", "en") == "UNHCR"
    assert listed(["a", "b"], "ar") == "a، b"


def test_latin_text_stands_apart_in_arabic_once() -> None:
    assert apart("abc", "ar") == "\u2068abc\u2069"
    assert apart(apart("abc", "ar"), "ar") == "\u2068abc\u2069"
    assert apart("abc", "fr") == "abc"
    assert apart("غانا", "ar") == "غانا"


def test_an_unknown_language_is_a_problem() -> None:
    with pytest.raises(Problem, match='there are no words in the language "xx"'):
        told("It pays.", "xx")
