"""A document holds together: every number that is cited has its source, sums are exact."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from commonhaven.reading import Problem
from commonhaven.reports.document import (
    Cited,
    Column,
    Document,
    Drawing,
    Figure,
    Paragraph,
    Section,
    Source,
    Table,
)
from commonhaven.reports.printing import total_texts

NUMBERS = (Column(title="a"), Column(title="n", kind="number", places=2, total=True))


def of(*sections: Section, sources: tuple[Source, ...] = ()) -> Document:
    return Document(
        kind="brief", language="en", title="A title", made=date(2026, 1, 1), sections=sections,
        sources=sources,
    )  # fmt: skip


def test_totals_are_exact_sums_of_what_is_known() -> None:
    rows = (("x", Decimal("0.10")), ("y", Fraction(1, 3)), ("z", Cited(value=2, source="s")))
    table = Table(caption="t", columns=NUMBERS, rows=rows)
    assert table.totals == (None, Fraction(73, 30))
    assert total_texts(table, "en") == ("Total", "2.43")


def test_a_total_over_a_missing_number_says_so() -> None:
    table = Table(caption="t", columns=NUMBERS, rows=(("x", 1), ("y", None)))
    assert total_texts(table, "en") == ("Total of the known figures", "1.00")
    assert total_texts(replace(table, rows=()), "en") == ()


def test_a_row_that_is_too_short_is_named() -> None:
    with pytest.raises(Problem, match="row 2 has 1 cells for 2 columns"):
        Table(caption="t", columns=NUMBERS, rows=(("x", 1), ("y",)))


def test_a_number_from_nowhere_is_refused() -> None:
    cited = Paragraph(spans=(Figure(text="1", source="nobody"),))
    section = Section(id="a", title="A", blocks=(cited,))
    with pytest.raises(Problem, match='no source "nobody"'):
        of(section)
    table = Table(caption="t", columns=NUMBERS, rows=(("x", Cited(value=1, source="none")),))
    with pytest.raises(Problem, match='no source "none"'):
        of(Section(id="a", title="A", sections=(Section(id="b", title="B", blocks=(table,)),)))


def test_ids_stand_once() -> None:
    inner = Section(id="a", title="A")
    with pytest.raises(Problem, match='two sections have the id "a"'):
        of(replace(inner, sections=(inner,)))
    with pytest.raises(Problem, match='two sources have the id "s"'):
        of(inner, sources=(Source(id="s", text="1"), Source(id="s", text="2")))


@pytest.mark.parametrize("title", ["", " \n", "\x00", "\u200b"])
def test_a_heading_has_text(title: str) -> None:
    with pytest.raises(Problem, match="a heading has no text"):
        of(Section(id="a", title=title))


def test_a_picture_needs_words() -> None:
    data = Table(caption="t", columns=NUMBERS, rows=())
    with pytest.raises(Problem, match="no text alternative"):
        Drawing(title="t", svg="<svg/>", alternative=" ", data=data)


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(Problem, match=r'language "ru"\. Choose one of: en, fr, es, ar'):
        replace(of(Section(id="a", title="A")), language="ru")


def test_the_hash_is_of_what_is_said() -> None:
    one = of(Section(id="a", title="A", blocks=(Paragraph(spans=("x",)),)))
    same = of(Section(id="a", title="A", blocks=(Paragraph(spans=("x",)),)))
    other = of(Section(id="a", title="A", blocks=(Paragraph(spans=("y",)),)))
    assert one.digest == same.digest
    assert one.digest != other.digest
    assert one.digest != replace(one, made=date(2026, 1, 2)).digest
