"""One spelling for every language, the same for what is searched and what is looked for."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.reading import fold as module
from commonhaven.reading.fold import beginnings, fold, words
from commonhaven.web.search.excerpt import excerpt


def found(query: str, text: str) -> bool:
    there = words(text)
    return all(any(word.startswith(begin) for word in there) for begin in beginnings(query))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("REFUGIES", "Les réfugiés, évacués de Bouaké"),
        ("réfugié", "REFUGIES"),
        ("coeur", "au cœur de la région"),
        ("decisiones", "La decisión del grupo"),
        ("proteccion", "PROTECCIÓN TEMPORAL"),
        ("nino", "un niño"),
        ("беженцы", "Права беженцев в регионе"),
        ("решение", "решения группы"),
        ("ёлка", "елка"),
        ("لاجئين", "حماية اللاجئين"),
        ("اللاجئين", "واللاجئين في المنطقة"),
        ("مسؤولية", "تقاسم المسؤولية"),
        ("اجتماع", "للاجتماع الطارئ"),
        ("لاجئة", "لاجئ"),
        ("فرنسا", "ألمانيا وفرنسا"),
        ("难民", "联合国难民署"),
        ("署", "联合国难民署"),
        ("保护难民", "国际社会保护难民的责任"),
        ("Istanbul", "İSTANBUL"),
        ("weiss", "WEISS weiß"),
    ],
)
def test_words_of_one_meaning_meet(query: str, text: str) -> None:
    assert found(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [("Ghana", "Guinea"), ("难民", "困难的人民"), ("لاجئ", "حماية"), ("беженец", "решение")],
)
def test_words_of_another_meaning_do_not_meet(query: str, text: str) -> None:
    assert not found(query, text)


@given(st.text())
def test_folding_twice_is_folding_once_for_letters_and_spaces(text: str) -> None:
    once = fold(text)
    assert all(sign == " " or sign.isalnum() for sign in once)
    assert "  " not in once


@given(st.text())
def test_every_text_is_found_by_itself(text: str) -> None:
    assert found(text, text)


@given(st.text(alphabet="<>&ab 难民é\n"), st.text(alphabet="ab难民é", min_size=1))
def test_excerpt_is_plain_text_with_marks(text: str, query: str) -> None:
    shown = str(excerpt(text, beginnings(query)))
    bare = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare


def test_excerpt_marks_the_words_found() -> None:
    assert str(excerpt("The refugees & others", beginnings("refugee"))) == (
        "The <mark>refugees</mark> &amp; others"
    )
    assert str(excerpt("联合国难民署", beginnings("难民"))) == "联合国<mark>难民</mark>署"


def test_examples_in_the_module() -> None:
    assert doctest.testmod(module).failed == 0
