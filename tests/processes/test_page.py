"""What the page on consultative processes says in numbers is what the program works out."""

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from commonhaven.processes import (
    Chair,
    Covers,
    Exchange,
    Involvement,
    Part,
    Process,
    Roster,
    Secretariat,
    Source,
    exchanges,
    overlap,
    process,
    roster,
    suggestions,
    vocabulary,
)
from commonhaven.processes.evaluation import (
    GRADES,
    Questionnaire,
    Recommendation,
    Review,
    Step,
    questions,
)
from commonhaven.processes.evaluation.scorecard import Change, Convergence, Meeting, Openness
from commonhaven.processes.fora import (
    Call,
    Contribution,
    Cycle,
    Fact,
    Forum,
    Outcome,
    Phase,
    Priority,
    Question,
    Section,
    Session,
    SignOff,
    Slot,
)
from commonhaven.processes.practices.model import Evidence, Practice, Reuse
from commonhaven.processes.practices.recall import Labelled
from commonhaven.reading import decimal_text

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "processes.md"
IDS = {
    "Colombo": "colombo",
    "Abu Dhabi": "add",
    "Budapest": "budapest",
    "Prague": "prague",
    "Rabat": "rabat",
    "Khartoum": "khartoum",
    "North and Central America": "rcm",
    "South America": "sacm",
    "Bali": "bali",
    "Quito": "quito",
}
THEMES = {"fair recruitment": "fair-recruitment", "skills": "skills", "orientation": "orientation"}


def tables() -> list[list[list[str]]]:
    blocks = re.findall(r"(?:^\|.*\|\n)+", PAGE.read_text("utf-8"), re.MULTILINE)
    return [
        [[cell.strip() for cell in line.strip("|").split("|")] for line in block.splitlines()[2:]]
        for block in blocks
    ]


def test_overlaps_on_the_page_are_those_of_the_lists() -> None:
    rows = tables()[0]
    assert len(rows) == 5
    for names, day, both, either, told in rows:
        a, b = (roster(process(IDS[name]), date.fromisoformat(day)) for name in names.split(", "))
        found = overlap(a, b)
        assert found.jaccard == Fraction(int(both), int(either))
        assert decimal_text(found.jaccard, 4) == told
        assert len(found.common) == int(both)


def test_ranks_on_the_page_are_those_of_the_suggestions(
    known: Mapping[str, Process], rosters: Mapping[str, Roster]
) -> None:
    rows = tables()[1]
    assert len(rows) == 6
    for of, theme, partner, rank in rows:
        found = suggestions(known, rosters, exchanges(), of=IDS[of])
        (each,) = (one for one in found if one.other(IDS[of]) == IDS[partner])
        assert (each.rank, THEMES[theme] in each.likeness.shared) == (int(rank), True), (
            of,
            partner,
        )


def test_grades_and_questions_on_the_page_are_those_of_the_code() -> None:
    assert {int(grade): claim for grade, claim in tables()[2]} == dict(GRADES)
    assert len(questions()) == 15
    assert "The diagnostic asks fifteen questions" in PAGE.read_text("utf-8")
    assert set(THEMES.values()) <= set(vocabulary().themes)


REFERENCE = PAGE.parents[1] / "reference" / "processes.md"
HELD = (
    Process, Part, Covers, Chair, Secretariat, Involvement, Source, Exchange, Review, Meeting,
    Convergence, Change, Openness, Questionnaire, Recommendation, Step, Forum, Cycle, Phase,
    Priority, Session, Slot, Outcome, Call, Question, Contribution, Fact, Section, SignOff,
    Practice, Evidence, Reuse, Labelled,
)  # fmt: skip


@pytest.mark.parametrize("model", HELD, ids=lambda model: model.__name__)
def test_every_field_stands_in_the_reference_with_its_meaning(model: type) -> None:
    text = REFERENCE.read_text("utf-8")
    rows = [f"| `{field.name}` | {field.metadata['meaning']} |" for field in fields(model)]
    assert [row for row in rows if row not in text] == []
