"""The words of reports: every key in every language, with the same places, and every key used."""

import re
from importlib.resources import files

import pytest

from commonhaven.reading import Problem
from commonhaven.reports import LANGUAGES
from commonhaven.reports.words import Words, table
from commonhaven.saying import PLACE, Party

ROOM = files("commonhaven.reports")
NAMES = sorted(file.name.removesuffix(".toml") for file in (ROOM / "words_of").iterdir()
               if file.name.endswith(".toml"))  # fmt: skip
ROOMS_OF = {
    "brief": ("situation_brief",), "plan": ("plan_explained",), "review": ("annual_review",),
    "meeting": ("meeting_record",), "handover": ("handover_pack",),
}  # fmt: skip
SHARED = ("html", "pdf", "parts", "promises", "prose", "printing")


def source(*modules: str) -> str:
    return "".join((ROOM / f"{name}.py").read_text(encoding="utf-8") for name in modules)


@pytest.mark.parametrize("name", NAMES)
def test_every_word_is_there_in_every_language_with_the_same_places(name: str) -> None:
    for key, texts in table(name).items():
        assert list(texts) == list(LANGUAGES), key
        places = {language: sorted(set(PLACE.findall(text))) for language, text in texts.items()}
        assert len({str(each) for each in places.values()}) == 1, (key, places)
        assert all(text.strip() == text and text for text in texts.values()), key


@pytest.mark.parametrize("name", NAMES)
def test_arabic_is_arabic(name: str) -> None:
    for key, texts in table(name).items():
        assert re.search("[\u0600-\u06ff]", texts["ar"]), key


@pytest.mark.parametrize("report", ROOMS_OF)
def test_every_word_of_a_report_is_used_and_shadows_no_other(report: str) -> None:
    text = source(*ROOMS_OF[report])
    unused = [key for key in table(report) if f'"{key}"' not in text and not _made(key, text)]
    assert unused == []
    assert set(table(report)) & set(table("common")) == set()


def _made(key: str, text: str) -> bool:
    """Whether the key is put together: f"votes-{choice}" makes votes-yes."""
    starts = re.findall(r'f"([a-z]+-)\{', text)
    return any(key.startswith(start) for start in starts) or key in LITERALS


LITERALS = {"reservation", "explanation-of-position"}
"""Keys that are the choices of a field, with hyphens."""


def test_every_word_that_all_share_is_used() -> None:
    text = source(*SHARED, *(name for names in ROOMS_OF.values() for name in names))
    starts = ("kind-", "language-")
    unused = [key for key in table("common")
              if f'"{key}"' not in text and not key.startswith(starts)
              and not key.endswith("-hash") and key.replace("-", "_") not in text]  # fmt: skip
    assert unused == []


def test_a_value_is_written_in_the_manner_of_the_language() -> None:
    french, arabic = Words("brief", "fr"), Words("brief", "ar")
    assert french.figure(1234567).text == "1\u202f234\u202f567"
    assert french.figure(1234567).value == "1234567"
    assert arabic.span(Party("GHA")) == "غانا"
    assert arabic.span("in-guinea") == "\u2068in-guinea\u2069"
    assert french.listed(["a", "b"]) == "a, b"


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(Problem, match='no reports in the language "de"'):
        Words("brief", "de")
