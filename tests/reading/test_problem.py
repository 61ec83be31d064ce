import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.reading import Problem, closest


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem("it broke"), "it broke."),
        (Problem("it broke.", where="f"), "f: it broke."),
        (Problem("why?", where="f", fix="Say why."), "f: why? Say why."),
        (Problem("two\nlines\tand  gaps"), "two lines and gaps."),
        (Problem(f"it is {'9' * 61}, {'8' * 60}"), f"it is {'9' * 60}..., {'8' * 60}."),
        (Problem("a \x1b[31mred\x07 cell"), "a �[31mred� cell."),
    ],
)
def test_problem_is_one_line(problem: Problem, line: str) -> None:
    assert str(problem) == line


def test_within_puts_the_outer_place_first() -> None:
    inner = Problem("it broke", where="row 2")
    assert str(inner.within("states.csv")) == "states.csv, row 2: it broke."
    assert str(Problem("it broke").within("states.csv")) == "states.csv: it broke."


@given(st.text(), st.text(), st.text())
def test_problem_never_spans_lines_or_holds_control_signs(what: str, where: str, fix: str) -> None:
    line = str(Problem(what, where=where, fix=fix))
    assert line.isprintable()


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("populaton", ["gdp", "population"], "Did you mean population?"),
        ("POPULATION", ["gdp", "population"], "Did you mean population?"),
        ("deu", ["DEU", "FRA"], "Did you mean DEU?"),
        ("zzz", ["gdp", "population"], "Known: gdp, population."),
        ("zzz", [], ""),
        (
            "zzz",
            [f"n{number:02}" for number in range(14)],
            "Known: n00, n01, n02, n03, n04, n05, n06, n07, n08, n09, n10, n11 and 2 more.",
        ),
        (
            "zzz",
            [f"n{number:02}" for number in range(13)],
            "Known: n00, n01, n02, n03, n04, n05, n06, n07, n08, n09, n10, n11, n12.",
        ),
    ],
)
def test_closest_offers_the_nearest_words(word: str, known: list[str], said: str) -> None:
    assert closest(word, known) == said
