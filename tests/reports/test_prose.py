"""Texts that people write: which language is behind which, and how a document says so."""

from datetime import date

import pytest

from commonhaven.reading import Problem
from commonhaven.reports import Prose

FIRST, SECOND = date(2026, 1, 5), date(2026, 2, 1)
TWO = Prose().edited("en", "One.", on=FIRST).translated("ar", "واحد.", on=FIRST)


def test_a_translation_is_in_step_until_another_language_is_edited() -> None:
    assert (TWO.revision, TWO.newest, TWO.stale) == (1, ("ar", "en"), ())
    edited = TWO.edited("ar", "اثنان.", on=SECOND)
    assert (edited.revision, edited.newest, edited.stale) == (2, ("ar",), ("en",))
    again = edited.translated("en", "Two.", on=SECOND)
    assert (again.revision, again.newest, again.stale) == (2, ("ar", "en"), ())


def test_a_document_shows_its_own_language_without_a_word_where_it_is_in_step() -> None:
    (shown,) = TWO.in_document("ar")
    assert (shown.text, shown.language, shown.warning) == ("واحد.", "ar", "")


def test_a_stale_text_says_which_is_newer() -> None:
    (shown,) = TWO.edited("ar", "اثنان.", on=SECOND).in_document("en")
    assert shown.text == "One."
    assert shown.warning.startswith("The Arabic text of 1 February 2026 is newer than this one.")


def test_a_text_that_is_not_translated_stands_in_its_own_language() -> None:
    (shown,) = TWO.edited("ar", "اثنان.", on=SECOND).in_document("fr")
    assert (shown.text, shown.language) == ("اثنان.", "ar")
    assert shown.warning == (
        "Ce texte n'a pas été traduit ; il figure ici en arabe, dans sa version du 1 février 2026."
    )


def test_nothing_written_is_nothing_shown() -> None:
    assert Prose().in_document("en") == ()


def test_what_cannot_be_written_is_refused() -> None:
    with pytest.raises(Problem, match="there is no text to translate"):
        Prose().translated("fr", "Texte.", on=FIRST)
    with pytest.raises(Problem, match="the text is empty"):
        Prose().edited("fr", " \n", on=FIRST)
    with pytest.raises(Problem, match='no language "xx"'):
        Prose().edited("xx", "Text.", on=FIRST)
