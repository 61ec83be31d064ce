"""The heat table of overlaps shows every pair once on each side, and says the greatest in words."""

import json
from datetime import date
from fractions import Fraction

import pytest

from commonhaven.figures import Picture, overlap_heat, svg
from commonhaven.parties import LANGUAGES
from commonhaven.processes import Overlap, overlaps, processes, roster

DAY = date(2021, 12, 31)


@pytest.fixture(scope="module")
def found() -> tuple[Overlap, ...]:
    return overlaps([roster(each, DAY) for each in processes().values()])


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    return {each.id: each.name for each in processes().values()}


@pytest.fixture(scope="module")
def picture(found: tuple[Overlap, ...], names: dict[str, str]) -> Picture:
    return overlap_heat(found, names, on=DAY)


def cells(picture: Picture) -> dict[tuple[int, int], float]:
    (layer,) = [
        one for one in picture.spec["layer"]
        if "column" in (one.get("data", {}).get("values") or [{}])[0]
    ]  # fmt: skip
    return {(one["row"], one["column"]): one["at"] for one in layer["data"]["values"]}


def test_every_pair_with_members_in_common_is_shown_on_both_sides(
    picture: Picture, found: tuple[Overlap, ...]
) -> None:
    held = [each for each in found if each.jaccard]
    shown = cells(picture)
    assert len(picture.rows) == len(held) == len(shown) // 2
    assert all(shown[column, row] == at for (row, column), at in shown.items())
    assert sorted(shown.values())[::2] == sorted(round(float(e.jaccard or 0), 4) for e in held)


def test_table_and_words_begin_with_the_greatest(picture: Picture) -> None:
    first = picture.rows[0]
    assert first[3] == "1.00" or float(first[3]) >= float(picture.rows[1][3])
    assert ("Budapest Process", "Prague Process", "49", "0.98") in picture.rows
    assert f"{first[0]} – {first[1]} {first[3]}" in picture.alternative


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_drawn_in_every_language(
    found: tuple[Overlap, ...], names: dict[str, str], language: str
) -> None:
    made = overlap_heat(found[:6], names, on=DAY, language=language)
    assert json.loads(json.dumps(dict(made.spec), allow_nan=False)) == made.spec
    drawing = svg(
        made, width=360, language=language, direction="rtl" if language == "ar" else "ltr"
    )
    assert drawing.count("<path") > 12


def test_nothing_in_common_is_a_sentence(names: dict[str, str]) -> None:
    apart = Overlap(a="bali", b="rcm", common=(), only_a=("AUS",), only_b=("CAN",),
                    jaccard=Fraction(0), warnings=())  # fmt: skip
    made = overlap_heat([apart], names, on=DAY)
    assert made.alternative == "No two processes have a state in common."
    assert made.rows == ()


def test_the_program_that_reproduces_it_gives_the_same_picture(
    picture: Picture, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(str(tmp_path))
    scope: dict[str, object] = {}
    exec(dict(picture.reproduce)["Python"], scope)  # noqa: S102 - our own program
    made = scope["picture"]
    assert isinstance(made, Picture)
    assert made.rows == picture.rows
