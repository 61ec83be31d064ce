"""Reports on paper: accepted by the compiler's own checks, the same bytes, safe from markup."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymupdf_fonts import fontbuffers

from commonhaven.reading import Problem
from commonhaven.reports import LANGUAGES, Document, pages, pdf
from commonhaven.reports.document import Column, Paragraph, Section, Table
from commonhaven.reports.fonts import fonts, signs_of
from commonhaven.reports.pdf import laid_out


def test_every_report_is_tagged_for_readers_and_fit_for_archives(document: Document) -> None:
    """The compiler refuses a document that breaks PDF/UA-1 or PDF/A-2a."""
    made = pdf(document)
    assert made.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert f"/Lang({document.language})".encode() in made.replace(b"/Lang (", b"/Lang(")


def small(*spans: str, language: str = "en", title: str = "A title") -> Document:
    section = Section(id="one", title="One", blocks=(Paragraph(spans=spans),))
    return Document(
        kind="brief", language=language, title=title, made=date(2026, 1, 1), sections=(section,)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_document_gives_the_same_bytes(language: str) -> None:
    document = small("A sentence.", language=language)
    assert pdf(document) == pdf(document)
    assert pdf(replace(document, made=date(2026, 1, 2))) != pdf(document)


MARKUP = (
    "#panic()", "#pagebreak()", "*bold*", "_it_", "$x^2$", "@source-1", "<source-1>", "\\", "//",
    "/* */", "`raw`", "= heading", "- item", '"', "#sys.inputs", "[x]", "~", "---",
)  # fmt: skip


def test_text_is_never_markup() -> None:
    """What would be an order to the compiler takes no more room than other text of its length."""
    (plain,) = pages(small(*("x" * len(text) for text in MARKUP)), resolution=20)
    (found,) = pages(small(*MARKUP), resolution=20)
    assert found != plain
    data = laid_out(small(*MARKUP), fonts())
    assert data["sections"][0]["blocks"][0]["spans"] == list(MARKUP)  # type: ignore[index]


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec="utf-8", max_codepoint=0x24F), max_size=30))
def test_any_latin_text_is_printed(text: str) -> None:
    assert pdf(small(text, language="ar", title=f"t{text}")).startswith(b"%PDF")


def test_letters_without_a_font_stand_by_their_number_and_it_is_said() -> None:
    found = laid_out(small("A 中 B", "😀"), fonts())
    block = found["sections"][0]["blocks"][0]  # type: ignore[index]
    assert block["spans"] == ["A [U+4E2D] B", "[U+1F600]"]
    assert str(found["spelled"]).startswith("Letters that the fonts of this print lack")
    assert laid_out(small("A"), fonts())["spelled"] == ""
    assert pdf(small("A 中 B")).startswith(b"%PDF")


def test_fonts_of_a_folder_print_what_ours_lack(tmp_path: Path) -> None:
    assert laid_out(small("\N{N-ARY COPRODUCT}"), fonts())["spelled"] != ""
    (tmp_path / "math.ttf").write_bytes(fontbuffers["math"]())
    added = fonts(tmp_path)
    assert "Noto Sans Math" in added.families
    assert laid_out(small("\N{N-ARY COPRODUCT}"), added)["spelled"] == ""
    assert pdf(small("\N{N-ARY COPRODUCT}"), more_fonts=tmp_path).startswith(b"%PDF")


def test_a_folder_of_fonts_that_is_none_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="no such folder"):
        pdf(small("x"), more_fonts=tmp_path / "none")


def test_our_font_has_the_letters_of_every_language() -> None:
    signs = frozenset(signs_of(fontbuffers["figo"]()))
    for text in ("Größe, où, ñandú, œuvre", "العربية، الأشخاص؟", "Русский ёж", "0123456789−%"):
        assert {ord(sign) for sign in text} <= signs


def test_a_long_table_runs_over_pages() -> None:
    rows = tuple((f"Row {number}", number) for number in range(200))
    columns = (Column(title="Row"), Column(title="Number", kind="number", total=True))
    table = Table(caption="Rows", columns=columns, rows=rows)
    document = replace(small("x"), sections=(Section(id="rows", title="Rows", blocks=(table,)),))
    assert len(pages(document, resolution=10)) >= 4
