"""Scorecards and their order, the diagnostic of 2005, the register of recommendations."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonhaven.processes import process
from commonhaven.processes.evaluation import (
    DIMENSIONS,
    Measure,
    Questionnaire,
    Recommendation,
    Review,
    Scorecard,
    Step,
    diagnose,
    follow_up,
    questions,
    ranking,
    read_answers,
    read_review,
    scorecard,
)
from commonhaven.reading import Problem, build

calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
REVIEW = """\
process = "rcm"
year = 2024
members = 10
secretariat = true
predictable = "0.75"
chair_months = 12
source = "Made up"
openness = { observers = 5, civil_society = 1 }

[[meetings]]
title = "Vice-ministers"
level = "ministerial"
held = 2024-06-01
attended = 9
source = "Report A"

[[meetings]]
title = "Consultation group"
level = "senior officials"
held = 2024-10-01
attended = 6
source = "Report B"

[[meetings]]
title = "Workshop"
level = "technical"
source = "Plan"

[[changes]]
kind = "law amended"
states = ["CRI"]
on = 2024-07-01
what = "A law followed"
grade = 0
source = "Gazette"

[[changes]]
kind = "bilateral agreement"
states = ["CRI", "PAN"]
on = 2024-08-01
what = "An agreement that names the process"
grade = 2
claim = "Its preamble names the meeting"
source = "Treaty"
"""


def written(folder: Path, text: str) -> str:
    path = folder / "review.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_scorecard_of_a_year_worked_by_hand(tmp_path: Path) -> None:
    card = scorecard(read_review(written(tmp_path, REVIEW)))
    assert {each.id: each.value for each in card.measures} == {
        "held": Fraction(2, 3),
        "attendance": Fraction(15, 20),
        "ministerial": 1,
        "texts": None,
        "changes": 1,
        "grade": 2,
        "secretariat": 1,
        "predictable": Fraction(3, 4),
        "tenure": 12,
        "observers": 5,
        "civil-society": 1,
        "processes": None,
    }
    assert card.of("grade").evidence == ("Treaty",)
    assert card.of("held").evidence == ("Report A", "Report B", "Plan")


def test_nothing_found_is_zero_only_where_somebody_searched(tmp_path: Path) -> None:
    searched = scorecard(read_review(written(tmp_path, "searched = true\n" + REVIEW)))
    assert searched.of("texts").value == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'claim = "Its preamble names the meeting"', "",
            "changes 2: grade 2 and no claim. Write claim = ..., or grade = 0.",
        ),
        (
            "grade = 2", "grade = 3",
            "changes 2: grade 3 and no independent evaluation. "
            "Name the evaluator, or write grade = 2.",
        ),
        ("grade = 2", "grade = 4", "changes 2, grade: 4 is above the most allowed, 3."),
        ("attended = 9", "attended = 11", "meetings 1: 11 of 10 members attended."),
        (
            "on = 2024-07-01", "on = 2023-07-01",
            "changes 1: 2023-07-01 is not in 2024. Put it in the review of its year.",
        ),
        (
            'level = "technical"', 'level = "technical"\nattended = 3',
            "meetings 3: attended, and not held. Give the day, or leave attended out.",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_so_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = written(tmp_path, REVIEW.replace(old, new))
    with pytest.raises(Problem) as raised:
        read_review(path)
    assert str(raised.value).startswith(f"{path}, {said}")


def card(name: str, **values: int | None) -> Scorecard:
    names = {figure: dimension for dimension, all_ in DIMENSIONS.items() for figure in all_}
    return Scorecard(
        process=name, year=2024,
        measures=tuple(
            Measure(
                dimension=dimension, id=figure, what="", unit="", evidence=(),
                value=None if (v := values.get(figure.replace("-", "_"))) is None else Fraction(v),
            )
            for figure, dimension in names.items()
        ),
    )  # fmt: skip


@pytest.mark.parametrize("by", [[], ["A"], ["A", "A"]])
def test_nobody_is_ranked_on_the_agenda_alone(by: list[str]) -> None:
    with pytest.raises(Problem, match="Activity does not equal impact"):
        ranking([card("a", held=1, attendance=1)], by)


def test_rows_put_who_is_behind_nobody_first() -> None:
    cards = [
        card("busy", held=1, attendance=1, grade=0),
        card("quiet", held=0, attendance=0, grade=3),
        card("behind", held=0, attendance=0, grade=2),
        card("unknown", held=1, attendance=1),
    ]
    found = ranking(cards, ["A", "C"])
    assert [(each.process, each.row, each.behind) for each in found] == [
        ("busy", 1, ()),
        ("quiet", 1, ()),
        ("unknown", 1, ()),
        ("behind", 2, ("quiet",)),
    ]
    assert found[2].missing == ("grade",)


values = st.one_of(st.none(), st.integers(0, 3))


@calm
@given(st.lists(st.tuples(values, values), max_size=6))
def test_ranking_loses_nobody_and_rows_follow_from_who_is_ahead(
    figures: list[tuple[int | None, int | None]],
) -> None:
    cards = [card(f"p{i}", texts=b, grade=c) for i, (b, c) in enumerate(figures)]
    found = {each.process: each for each in ranking(cards, ["B", "C"])}
    assert set(found) == {each.process for each in cards}
    for each in found.values():
        ahead = [found[name].row for name in each.behind]
        assert each.row == 1 + max(ahead, default=0)


def test_unknown_dimension_is_a_problem() -> None:
    with pytest.raises(Problem, match='there is no dimension "F"'):
        ranking([], ["C", "F"])


def test_every_determinant_of_2005_is_asked() -> None:
    assert len(questions()) == 15
    assert all(each.para and each.strength and each.weakness for each in questions())
    assert len({each.id for each in questions()}) == 15


def test_diagnosis_takes_from_the_registry_what_nobody_answered() -> None:
    found = {
        each.question: each for each in diagnose(Questionnaire(process="5plus5"), process("5plus5"))
    }
    assert found["secretariat"].verdict == "weakness"
    assert found["secretariat"].evidence == "The registry says: none."
    assert found["continuity"].verdict == "mixed"
    assert found["political-will"].verdict == "not known"
    assert found["secretariat"].advice.startswith("Name an administrator at least")


def test_an_answer_goes_before_the_registry_and_weaknesses_come_first() -> None:
    given_ = Questionnaire(
        process="5plus5",
        answers={"secretariat": "yes", "funding": "no", "political-will": "yes"},
        notes={"funding": "Budget of 2024"},
    )
    found = diagnose(given_, process("5plus5"))
    assert (found[0].question, found[0].verdict, found[0].evidence) == (
        "funding",
        "weakness",
        "Budget of 2024",
    )
    assert {each.question for each in found if each.verdict == "strength"} == {
        "secretariat",
        "political-will",
    }
    assert len(found) == len(questions())
    assert all(not each.advice for each in found if each.verdict == "strength")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('process = "rcm"\nanswers = { funding = "maybe" }', '"maybe" is not a choice'),
        (
            'process = "rcm"\nanswers = { fundin = "no" }',
            'there is no question "fundin". Did you mean funding?',
        ),
        ('process = "rcm"\nnotes = { x = "y" }', 'there is no question "x"'),
    ],
)
def test_wrong_answers_are_told(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "answers.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Problem) as raised:
        read_answers(str(path))
    assert said in str(raised.value)


MADE = Recommendation(
    id="one", process="rcm", meeting="Tenth", on=date(2024, 1, 1), text="Do it",
    addressed=("CRI", "PAN"), due=date(2024, 12, 31),
)  # fmt: skip


def step(**told: Any) -> Step:
    plain = {
        "recommendation": "one", "party": "CRI", "on": "2024-02-01", "status": "accepted",
        "what": "Said so",
    }  # fmt: skip
    return build(Step, {**plain, **told}, "steps")


def test_register_tells_where_every_addressee_stands() -> None:
    steps = [
        step(),
        step(on="2024-03-01", status="done", evidence="Gazette"),
        step(party="PAN", on="2024-05-01", status="not taken up"),
    ]
    before = follow_up([MADE], steps, date(2024, 4, 1))
    (line,) = before.lines
    assert line.standing == {"CRI": "done", "PAN": "no answer"}
    assert (line.closed, line.overdue, line.open_days) == (False, False, 91)
    assert before.open == before.lines
    after = follow_up([MADE], steps, date(2026, 1, 1))
    assert (after.open, after.lines[0].open_days) == ((), 121)
    assert (after.count("done"), after.count("not taken up")) == (1, 1)


def test_a_later_step_corrects_an_earlier_one_and_what_is_late_comes_first() -> None:
    other = replace(MADE, id="two", due=None)
    steps = [step(on="2024-06-01", status="in progress"), step(on="2024-05-01", status="accepted")]
    found = follow_up([other, MADE], steps, date(2025, 6, 1))
    assert [(line.recommendation.id, line.overdue) for line in found.lines] == [
        ("one", True),
        ("two", False),
    ]
    assert found.lines[0].standing["CRI"] == "in progress"
    assert follow_up([MADE], steps, date(2023, 12, 31)).lines == ()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"recommendation": "tow"}, 'steps 1: there is no recommendation "tow".'),
        ({"party": "MEX"}, "steps 1: one is not addressed to MEX."),
        ({"on": "2023-01-01"}, "steps 1: 2023-01-01 is before one was made."),
        ({"status": "done"}, "steps 1: CRI: done without evidence."),
    ],
)
def test_step_that_is_not_possible_is_refused(told: dict[str, str], said: str) -> None:
    with pytest.raises(Problem) as raised:
        follow_up([MADE], [step(**told)], date(2025, 1, 1))
    assert str(raised.value).startswith(said)


@calm
@given(st.lists(st.tuples(st.sampled_from(MADE.addressed), st.integers(0, 400))))
def test_register_only_grows_with_time(taken: list[tuple[str, int]]) -> None:
    steps = [step(party=p, on=str(MADE.on + timedelta(days=n))) for p, n in taken]
    days = [MADE.on + timedelta(days=n) for n in (0, 200, 400)]
    answered = [2 - follow_up([MADE], steps, day).count("no answer") for day in days]
    assert answered == sorted(answered)


def test_review_is_read_without_a_file() -> None:
    found = build(
        Review, {"process": "rcm", "year": 2024, "members": 1, "source": "Made up"}, "review"
    )
    assert all(each.value is None for each in scorecard(found).measures)
