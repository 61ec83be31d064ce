"""What the rooms say is told in other languages without a framework."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from commonhaven.reading import Problem
from commonhaven.saying import Number, Party, parties, say, several
from commonhaven.telling import apart, day, listed, money, number, party_name, told

PAYS = say("{state} bears {sum}.", state=Party("GHA", "Ghana"), sum="5")
PEOPLE = several("{number} person", "{number} people", number=Number(3, grouped=True))


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "3 people"), ("fr", "3 personnes"), ("es", "3 personas"), ("ar", "3 أشخاص"),
     ("ru", "3 человека"), ("zh", "3人")],
)  # fmt: skip
def test_one_and_many_follow_the_language(language: str, text: str) -> None:
    assert told(PEOPLE, language).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("stored", [str, lambda said: said], ids=["stored", "just made"])
def test_a_sentence_is_told_by_its_template_also_from_a_store(stored: type[str]) -> None:
    said = say("At the ceiling of {part} % of the cost: {states}.", part=Number(22),
               states=parties(["USA", "FRA"]))  # fmt: skip
    shown = told(stored(said), "fr")
    assert "États-Unis d'Amérique, France" in shown
    assert "22" in shown
    assert "ceiling" not in shown


def test_what_no_template_fits_stays_as_it_is() -> None:
    assert told(PAYS, "fr") == "Ghana bears 5."
    assert told("Nobody ever wrote this.", "fr") == "Nobody ever wrote this."


def test_days_in_english_are_written_as_people_write_them() -> None:
    assert told("first review on 2026-11-29", "en") == "first review on 29 November 2026"
    assert told("figure-2026-11-29, 2026-13-29", "en") == "figure-2026-11-29, 2026-13-29"


def test_no_framework_is_needed() -> None:
    code = (
        "import sys; from commonhaven.telling import told; print(told('adopted', 'fr'));"
        "print('django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.stdout.split(), done.stderr) == (["adopté", "False"], "")


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
