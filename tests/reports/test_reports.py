"""What reports say is what the values say from which they were made."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from made_reports import TEXT, brief, document_of, meeting, plan_explained, review

from commonhaven.reading import Problem
from commonhaven.regime import Plan
from commonhaven.reports import LANGUAGES, Document
from commonhaven.reports.document import (
    Block,
    Bullets,
    Facts,
    Figure,
    Paragraph,
    Section,
    Table,
    Written,
    bare,
)


def blocks(document: Document) -> Iterator[tuple[str, Block]]:
    """Every block with the id of its section."""
    for section in document.sections:
        for part in section.within():
            yield from ((part.id, block) for block in part.blocks)


def tables(document: Document, section: str) -> list[Table]:
    return [block for id_, block in blocks(document) if id_ == section and isinstance(block, Table)]


def values(document: Document, section: str) -> list[tuple[str, str]]:
    """The exact numbers in sentences of a section, with their sources."""
    found = []
    for id_, block in blocks(document):
        if id_ == section:
            spans = block.spans if isinstance(block, Paragraph) else ()
            if isinstance(block, Facts):
                spans = tuple(span for _, row in block.rows for span in row)
            found += [(s.value, s.source) for s in spans if isinstance(s, Figure)]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_s_numbers_are_those_of_the_plan(language: str, liberia: Plan) -> None:
    document = document_of("plan", language)
    part = liberia.state("GHA")
    assert part is not None
    assert part.money is not None
    share = Fraction(part.placed * 100, liberia.result.in_question)
    assert values(document, "answer")[0] == (str(part.placed), "plan")
    assert Fraction(values(document, "answer")[1][0]) == share
    assert Fraction(values(document, "answer")[2][0]) == abs(part.money.net)
    (everybody,) = tables(document, "everybody")
    assert everybody.totals[3] == liberia.result.placed
    assert everybody.totals[2] == sum(one.present for one in liberia.result.states)
    assert len(everybody.rows) == len(liberia.result.states)
    (rules,) = tables(document, "rules")
    assert rules.rows[0][1:3] == (part.placed, 0)
    assert document.inputs[1][1] == liberia.manifest.plan


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_brief_counts_everybody(language: str, liberia: Plan) -> None:
    document, situation = document_of("brief", language), liberia.inputs.situation
    (where,) = tables(document, "where")
    (cohorts,) = tables(document, "cohorts")
    assert where.totals[1] == cohorts.totals[1] == situation.people
    assert sum(Fraction(str(bare(row[2]))) for row in where.rows) == 100
    assert values(document, "lead")[0] == (str(situation.people), "unhcr-rdf")
    (arrivals,) = tables(document, "arrivals")
    assert arrivals.totals[3] == 200_000
    (triggers,) = tables(document, "triggers")
    assert [row[2] for row in triggers.rows] == [Fraction(25000), None]


def test_a_brief_without_a_plan_has_no_map_and_says_what_it_does_not_know(liberia: Plan) -> None:
    bare_brief = replace(brief(), plan=None, names=None, arrivals=(), triggers=())
    document = bare_brief.document("en")
    ids = [section.id for section in document.sections]
    assert "map" not in ids
    said = [block.spans for id_, block in blocks(document)
            if id_ in {"arrivals", "triggers"} and isinstance(block, Paragraph)]  # fmt: skip
    assert said[0] == (
        "No arrivals by period are recorded with this situation: it holds one count, of ",
        "31 December 1990",
        ".",
    )
    assert said[1] == ("No trigger is recorded with this situation.",)
    assert [name for name, _ in document.inputs] == ["Version of the program", "Situation"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_review_adds_up(language: str) -> None:
    made, document = review(), document_of("review", language)
    four, steps, *promises = tables(document, "promises")
    assert four.totals[1] == sum(one.fair_share for one in made.stairs)
    assert four.totals[2] == sum(one.pledged for one in made.stairs)
    changes = sum((Fraction(str(bare(row[3]))) for row in steps.rows), Fraction(0))
    assert changes == four.totals[4] - four.totals[1]  # type: ignore[operator]
    assert made.book is not None
    assert sum(len(table.rows) for table in promises) == len(made.book.promises)
    (scores,) = tables(document, "faith")
    assert made.good_faith is not None
    assert scores.totals[3] == made.good_faith.pot.amount - made.good_faith.kept.amount
    (attended,) = tables(document, "attendance")
    assert {row[1:] for row in attended.rows} == {(2, 2), (2, 1), (2, 0)}


def test_a_review_leaves_out_what_it_was_not_given() -> None:
    bare_review = replace(
        review(), plans=(), stairs=(), pool=None, book=None, fund=None, good_faith=None,
        attendance=(), introduction=None, assessment=None,
    )  # fmt: skip
    document = bare_review.document("en")
    assert [section.id for section in document.sections] == ["charter"]
    assert document.sources == ()


def test_a_record_tells_who_came_and_what_was_decided() -> None:
    document = document_of("meeting", "en")
    (came,) = tables(document, "attendance")
    assert [row[2] for row in came.rows] == ["present", "represented by Ghana", "absent"]
    said = dict(blocks(document))
    facts = next(block for id_, block in blocks(document)
                 if id_ == "item-1-1" and isinstance(block, Facts))  # fmt: skip
    assert [label for label, _ in facts.rows] == [
        "Mode of decision", "Result", "In favour", "Against", "Abstaining",
    ]  # fmt: skip
    assert isinstance(said["item-1-1"], Bullets)
    assert said["item-1-1"].items == (
        ("Côte d'Ivoire", ", ", "reservation", ": ", "on its second paragraph"),
    )


def test_a_draft_of_a_record_says_that_it_is_one() -> None:
    draft, adopted = meeting(), replace(meeting(), adopted_on=date(1991, 3, 1))
    first = [next(block for _, block in blocks(one.document("en"))) for one in (draft, adopted)]
    assert [block.kind for block in first if isinstance(block, Paragraph)] == ["warning", "note"]


def test_a_pack_tells_empty_lists_as_empty() -> None:
    document = document_of("handover", "en")
    none = [id_ for id_, block in blocks(document)
            if isinstance(block, Paragraph) and block.spans == ("None.",)]  # fmt: skip
    assert none == ["decisions", "drafts"]
    (clocks,) = tables(document, "clocks")
    assert clocks.rows == (("25 November 2026, 23:59 UTC", "answer", "Côte d'Ivoire", "Meeting 3"),)
    (seats,) = tables(document, "seats")
    assert [row[2] for row in seats.rows] == ["await acceptance", "accepted"]


@pytest.mark.parametrize(
    ("language", "shown", "warned"), [("fr", "fr", False), ("en", "en", True), ("es", "fr", True)]
)
def test_texts_of_people_are_shown_with_what_they_lack(
    language: str, shown: str, *, warned: bool
) -> None:
    document = document_of("brief", language)
    texts = [block for _, block in blocks(document) if isinstance(block, Written)]
    assert [text.language for text in texts] == [shown, shown]
    assert [bool(text.warning) for text in texts] == [warned, warned]
    assert TEXT.stale == ("ar", "en")


def headings(sections: tuple[Section, ...]) -> set[str]:
    return {part.title for section in sections for part in section.within()}


@pytest.mark.parametrize("kind", ["brief", "plan", "review", "handover"])
def test_headings_are_told_in_every_language(kind: str) -> None:
    each = [headings(document_of(kind, language).sections) for language in LANGUAGES]
    assert len({len(one) for one in each}) == 1
    for one in each[1:]:
        assert one & each[0] <= {"Introduction", "Obligations"}


def test_sentences_of_the_plan_are_told_in_the_language() -> None:
    points = [
        {str(item) for id_, block in blocks(document_of("plan", language))
         if isinstance(block, Bullets) for item in block.items}
        for language in ("en", "ar")
    ]  # fmt: skip
    assert len(points[0]) > 20
    assert points[0] & points[1] == set()


def test_a_state_without_a_part_has_no_report() -> None:
    with pytest.raises(Problem, match="has no part in this plan"):
        replace(plan_explained(), state="NZL").document("en")


def test_the_same_values_give_the_same_document() -> None:
    assert plan_explained().document("es").digest == document_of("plan", "es").digest
    assert document_of("plan", "es").digest != document_of("plan", "fr").digest
