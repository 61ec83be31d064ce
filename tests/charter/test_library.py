"""Charters from files and by name; whatever a file holds, the answer is a charter or a Problem."""

import sys
import tomllib
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven import situations
from commonhaven.charter import Charter, Group, check, load, read, shipped
from commonhaven.reading import Problem


@pytest.mark.parametrize("name", sorted(shipped()))
def test_shipped_charter_reads_without_findings(name: str) -> None:
    charter = load(name)
    assert check(charter) == ()
    assert charter.group.example
    assert charter.group.id == f"example-{name}"
    assert "example" in charter.group.name["en"].lower()
    assert "nobody's position" in charter.group.note
    assert {member.since for member in charter.members} == {charter.group.in_force}
    assert len(charter.members_on(charter.group.in_force)) == len(charter.members)


def covered(charter: Charter, situation: str, tiers: tuple[str, ...]) -> Fraction:
    """The part of the people of a situation who are in members of these tiers."""
    present: dict[str, int] = {}
    for cohort in situations.load(situation).cohorts:
        for state, people in cohort.present.items():
            present[state] = present.get(state, 0) + people
    members = {member.state for member in charter.members if member.tier in tiers}
    inside = sum(people for state, people in present.items() if state in members)
    return Fraction(inside, sum(present.values()))


@pytest.mark.parametrize("situation", sorted(situations.shipped()))
def test_every_situation_that_ships_has_a_fitting_charter(situation: str) -> None:
    """Its inner core holds most of the people; the Ukrainians in Russia are the largest gap."""
    fits = {name: covered(load(name), situation, ("inner core",)) for name in shipped()}
    best = max(fits, key=lambda name: fits[name])
    assert fits[best] > Fraction(65, 100)


@pytest.mark.parametrize(
    ("situation", "name"),
    [
        ("indochina-1979", "bali-region"),
        ("rohingya-2017", "bali-region"),
        ("liberia-1990", "west-africa"),
        ("togo-1993", "west-africa"),
        ("rwanda-1994", "great-lakes-horn"),
        ("sudan-2023", "great-lakes-horn"),
        ("kosovo-1999", "south-east-europe"),
        ("ukraine-2022", "eu"),
        ("syria-2013", "middle-east"),
        ("venezuela-2018", "latin-america"),
    ],
)
def test_situation_is_tried_with_the_charter_of_its_region(situation: str, name: str) -> None:
    fits = {each: covered(load(each), situation, ("inner core",)) for each in shipped()}
    assert max(fits, key=lambda each: fits[each]) == name


def test_european_charter_counts_the_26_states_of_the_key() -> None:
    charter = load("eu")
    inner = {member.state for member in charter.members if member.tier == "inner core"}
    placed = {m.state for m in charter.members} - {
        limit.state for limit in charter.responsibility.limits if limit.exempt
    }
    assert len(inner) == 26
    assert "DNK" not in inner
    assert placed == inner
    assert charter.responsibility.rule == "ammr-2024"
    assert charter.responsibility.rounding == "ceiling"


def test_smallest_charter_stands_on_defaults() -> None:
    table = tomllib.loads(shipped()["hathaway-neve"].read_text(encoding="utf-8"))
    assert set(table) == {"group", "members", "participants"}
    charter = load("hathaway-neve")
    assert charter.responsibility.rule == "hathaway-neve"
    assert charter.responsibility.security_floor == Fraction(3, 5)
    assert charter.costs.ceiling == Fraction(22, 100)


def test_file_by_path_reads_as_the_one_that_ships(tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    file.write_bytes(shipped()["west-africa"].read_bytes())
    assert load(str(file)) == load("west-africa")


def test_slip_in_a_file_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = shipped()["west-africa"].read_text(encoding="utf-8")
    (tmp_path / "ours.toml").write_text(text.replace('"BEN"', '"GHA"'), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Problem) as told:
        load("ours.toml")
    assert str(told.value) == (
        "ours.toml, members 6: GHA is in the inner core twice from 2026-01-01. "
        "Remove it, or members 1."
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "midle-east",
            (
                'there is no charter "midle-east". Did you mean middle-east? '
                "Or give the path of a TOML file."
            ),
        ),
        ("no/such/file.toml", 'there is no charter "no/such/file.toml". '),
        ("", 'there is no charter "". '),
        ("a\0b", 'there is no charter "a'),
        ("x" * 5000, f'there is no charter "{"x" * 80}". '),
    ],
)
def test_unknown_name_offers_the_nearest(name: str, message: str) -> None:
    with pytest.raises(Problem) as told:
        load(name)
    assert str(told.value).startswith(message.strip())
    assert str(told.value).endswith("Or give the path of a TOML file.")


def test_folder_is_no_charter(tmp_path: Path) -> None:
    with pytest.raises(Problem) as told:
        load(str(tmp_path))
    assert str(told.value) == f"{tmp_path}: this is a folder. Name a file in it."


def outcome(attempt: Callable[[], Charter]) -> Charter | Problem:
    """What came of it; any other exception passes on and fails the test."""
    try:
        return attempt()
    except Problem as problem:
        return problem


texts = st.text(max_size=12) | st.sampled_from(
    ["GHA", "YUG", "XKX", "inner core", "0.6", "1e999", "9" * 5000, "2026-01-01", "hathaway-neve"]
)
scalars = st.one_of(
    texts,
    st.booleans(),
    st.integers(),
    st.decimals(),
    st.dates(),
    st.sampled_from([datetime(2026, 1, 1, tzinfo=UTC), time(1), None, 0.5]),
)
FIELDS = (
    "group", "members", "participants", "convening", "responsibility", "costs", "fund",
    "protection", "review", "id", "name", "version", "in_force", "state", "tier", "since",
    "until", "rule", "parameters", "tie_break", "limits", "lots", "scale", "ceiling", "en",
)  # fmt: skip
nested = st.recursive(
    scalars,
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), inside, max_size=6)
    ),
    max_leaves=25,
)


@given(nested)
def test_any_nested_values_give_a_charter_or_a_problem(table: Any) -> None:
    found = outcome(lambda: read(table, "any"))
    assert isinstance(found, Charter) or "\n" not in str(found)


@given(st.sampled_from(FIELDS[:9]), nested)
def test_any_table_in_a_sound_charter_gives_a_charter_or_a_problem(field: str, value: Any) -> None:
    table = tomllib.loads(
        shipped()["hathaway-neve"].read_text(encoding="utf-8"), parse_float=Decimal
    )
    table[field] = value
    found = outcome(lambda: read(table, "any"))
    assert isinstance(found, Charter) or "\n" not in str(found)


SOUND = shipped()["eu"].read_bytes()


@given(
    st.binary(max_size=200)
    | st.builds(
        lambda at, new: SOUND[: at[0]] + new + SOUND[at[0] + at[1] :],
        st.tuples(st.integers(0, len(SOUND)), st.integers(0, 30)),
        st.binary(max_size=20) | st.text(max_size=10).map(str.encode),
    )
)
def test_any_bytes_in_a_file_give_a_charter_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(content)
    found = outcome(lambda: load(str(file)))
    assert isinstance(found, Charter) or str(found).startswith(str(file))


HUGE = {
    "whole": 10**6000,
    "below zero": -(10**6000),
    "decimal": Decimal("1e6000"),
    "far": Decimal("1e999999"),
}


@pytest.mark.parametrize("kind", HUGE)
def test_huge_number_is_a_problem(table: dict[str, Any], kind: str) -> None:
    for name, field in (("protection", "years"), ("costs", "ceiling"), ("fund", "target_quantile")):
        before = dict(table[name])
        table[name][field] = HUGE[kind]
        found = outcome(lambda: read(table, "huge"))
        assert isinstance(found, Problem)
        assert len(str(found)) < 300
        table[name] = before


def test_deep_nesting_is_a_problem(tmp_path: Path) -> None:
    file = tmp_path / "deep.toml"
    depth = sys.getrecursionlimit() * 2
    file.write_text(f"group = {'[' * depth}{']' * depth}\n")
    with pytest.raises(Problem):
        load(str(file))


def test_date_with_a_time_is_told(table: dict[str, Any]) -> None:
    table["group"]["in_force"] = datetime(2026, 1, 1, 12, tzinfo=UTC)
    with pytest.raises(Problem) as told:
        read(table, "draft.toml")
    assert str(told.value).startswith("draft.toml, group, in_force: expected a date")


def test_group_is_called_by_the_best_name_it_has() -> None:
    def group(**names: str) -> Group:
        return Group(id="coast", name=names, version="1", in_force=date(2026, 1, 1))

    assert group(en="Coast", fr="Côte").called("fr") == "Côte"
    assert group(en="Coast", fr="Côte").called("ru") == "Coast"
    assert group(fr="Côte", es="Costa").called() == "Costa"
    assert group().called() == "coast"
