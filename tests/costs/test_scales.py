"""Every scale keeps the contract; each says what its numbers rest on."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonhaven.allocation import Figures, KeyUndefined, Rule
from commonhaven.costs import registry, scale, scales
from commonhaven.reading import Problem

NAMES = tuple(f"S{number:02}" for number in range(9))
BUDGET = 10**8
EXTENSIVE = ("gni", "gdp", "population", "un_scale_percent", "status_holders", "applicants",
             "external_debt")  # fmt: skip
ROOMY = {"un-machine-scale": {"ceiling": "1", "floor": "0"}}
"""Settings under which a scale made for the whole United Nations works for few states."""


@st.composite
def groups(draw: st.DrawFn) -> dict[str, dict[str, Fraction]]:
    return {
        name: {
            **{
                indicator: Fraction(draw(st.integers(1, 10**6)))
                for indicator in EXTENSIVE
                if indicator != "external_debt"
            },
            "external_debt": Fraction(0),
            "gni_per_capita": Fraction(draw(st.integers(100, 10**5))),
            "peacekeeping_level": Fraction(draw(st.integers(1, 10))),
            "ldc": Fraction(0),
        }
        for name in NAMES[: draw(st.integers(2, len(NAMES)))]
    }


def shares(rule: Rule, figures: Figures) -> dict[str, Fraction]:
    return dict(rule.key(figures, rule.settings(ROOMY.get(rule.id, {})), BUDGET).shares)


@pytest.mark.parametrize("name", scales())
@settings(max_examples=25)
@given(figures=groups())
def test_shares_are_of_every_state_and_add_up_to_one(name: str, figures: Figures) -> None:
    found = shares(scale(name), figures)
    assert set(found) == set(figures)
    assert sum(found.values()) == 1
    assert min(found.values()) >= 0


@pytest.mark.parametrize("name", scales())
@settings(max_examples=25)
@given(figures=groups(), names=st.permutations(NAMES))
def test_names_of_states_do_not_matter(name: str, figures: Figures, names: list[str]) -> None:
    new = dict(zip(NAMES, names, strict=True))
    before = shares(scale(name), figures)
    after = shares(scale(name), {new[state]: values for state, values in figures.items()})
    assert after == {new[state]: share for state, share in before.items()}


@pytest.mark.parametrize("name", scales())
@settings(max_examples=25)
@given(figures=groups())
def test_working_has_each_id_once_and_cites_lines_or_figures(name: str, figures: Figures) -> None:
    rule = scale(name)
    working = rule.key(figures, rule.settings(ROOMY.get(name, {})), BUDGET).working
    ids = [line.id for line in working]
    assert ids
    assert len(ids) == len(set(ids))
    used = {use for line in working for use in line.uses}
    assert {use for use in used if not use.startswith("figure:")} <= set(ids)
    known = {f"figure:{state}/{each}" for state, values in figures.items() for each in values}
    assert {use for use in used if use.startswith("figure:")} <= known


RISES = [
    (rule.id, promise.removeprefix("rises with "))
    for rule in scales().values()
    for promise in rule.promises
    if promise.startswith("rises with ")
]


@pytest.mark.parametrize(("name", "indicator"), RISES)
@settings(max_examples=25)
@given(figures=groups(), more=st.integers(1, 10**6))
def test_promise_rises_with(
    name: str, indicator: str, figures: dict[str, dict[str, Fraction]], more: int
) -> None:
    first = figures["S00"]
    richer = {**figures, "S00": {**first, indicator: first[indicator] + more}}
    assert shares(scale(name), richer)["S00"] >= shares(scale(name), figures)["S00"]


@pytest.mark.parametrize(
    "name", [rule.id for rule in scales().values() if "splits alike" in rule.promises]
)
@settings(max_examples=25)
@given(figures=groups())
def test_promise_splits_alike(name: str, figures: dict[str, dict[str, Fraction]]) -> None:
    whole = figures["S00"]
    half = {
        indicator: value / 2 if indicator in EXTENSIVE else value
        for indicator, value in whole.items()
    }
    rest = {state: values for state, values in figures.items() if state != "S00"}
    after = shares(scale(name), {**rest, "ONE": half, "TWO": half})
    assert after["ONE"] + after["TWO"] == shares(scale(name), figures)["S00"]


@pytest.mark.parametrize("name", scales())
def test_parameters_have_defaults_within_their_range(name: str) -> None:
    rule = scale(name)
    assert set(rule.settings({})) == {parameter.name for parameter in rule.parameters}


@pytest.mark.parametrize("name", [name for name in scales() if scales()[name].indicators])
def test_missing_figure_is_named(name: str) -> None:
    rule = scale(name)
    with pytest.raises(KeyUndefined, match=f"{name} needs {rule.indicators[0]} for GHA"):
        rule.key({"GHA": {}}, rule.settings({}), BUDGET)


@pytest.mark.parametrize("name", ["gdp", "gni", "population", "un-regular-budget"])
def test_figure_below_zero_or_none_at_all_is_refused(name: str) -> None:
    rule = scale(name)
    indicator = rule.indicators[0]
    below = {"A": {indicator: Fraction(-1)}, "B": {indicator: Fraction(2)}}
    with pytest.raises(KeyUndefined, match=f"the {indicator} of A is below zero"):
        rule.key(below, {}, 0)
    with pytest.raises(KeyUndefined, match=f"no state has any {indicator}"):
        rule.key({"A": {indicator: Fraction(0)}}, {}, 0)


def test_equal_scale_asks_the_same_of_all() -> None:
    figures: Figures = {"A": {}, "B": {}, "C": {}}
    assert shares(scale("equal"), figures) == dict.fromkeys("ABC", Fraction(1, 3))


def test_scales_that_ship() -> None:
    assert [rule.id for rule in scales().values() if rule in registry.SHIPPED] == [
        "equal",
        "european-refugee-fund",
        "gdp",
        "gni",
        "graduated-taxation",
        "population",
        "un-machine-scale",
        "un-peacekeeping",
        "un-regular-budget",
    ]


def test_unknown_scale_names_the_nearest() -> None:
    with pytest.raises(Problem) as caught:
        scale("un-regular-budgets")
    assert str(caught.value) == (
        "no scale is called un-regular-budgets. Did you mean un-regular-budget?"
    )


PLUGIN = """
from commonhaven.allocation import Rule
from commonhaven.costs.scales import EQUAL

RULE = Rule(
    id="{id}",
    title="Coffee drunk",
    kind="scale",
    principle="Who drinks pays.",
    value_judgement="Coffee is a luxury.",
    source="Invented for this test",
    standing="our proposal",
    shares=EQUAL.shares,
)
"""


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str) -> None:
    """A package that adds a scale, as pip would leave it, on the path."""
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[commonhaven.rules]\nours = {name}:RULE\n")
    (folder / f"{name}.py").write_text(code)
    monkeypatch.syspath_prepend(str(folder))


def test_plugin_scale_is_found_by_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, "coffee_scale", PLUGIN.format(id="coffee"))
    assert scale("coffee").title == "Coffee drunk"
    assert "coffee" in scales()


def test_plugin_that_takes_an_id_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, "taking_scale", PLUGIN.format(id="un-regular-budget"))
    with pytest.raises(Problem, match="a package adds the scale un-regular-budget"):
        scales()


def test_plugin_that_does_not_load_is_a_problem_naming_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch, "broken_scale", "import nothing_of_that_name\n")
    with pytest.raises(Problem, match="package broken_scale"):
        scales()
