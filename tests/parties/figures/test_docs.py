"""The reference page says what the tables hold."""

from pathlib import Path

from commonhaven.parties.figures import coverage_table, languages
from commonhaven.parties.figures.explain import notes_table
from commonhaven.parties.figures.tidy import COLUMNS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "figures.md"


def test_the_page_shows_the_coverage_of_the_tables() -> None:
    assert coverage_table() in PAGE.read_text(encoding="utf-8")


def test_the_page_shows_every_formula_caveat_and_note() -> None:
    assert notes_table() in PAGE.read_text(encoding="utf-8")


def test_the_page_lists_every_language() -> None:
    words = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert ", ".join(languages()) + "." in words


def test_the_page_names_the_columns_of_own_files() -> None:
    assert f"`{','.join(COLUMNS)}`" in PAGE.read_text(encoding="utf-8")
