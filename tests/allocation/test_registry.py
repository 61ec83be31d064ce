"""Rules by id, and rules that other packages add."""

from pathlib import Path

import pytest

from commonhaven.allocation.registry import KEYS, plug_ins, rule, rules
from commonhaven.reading import Problem

GOOD = """
from fractions import Fraction
from commonhaven.allocation import Key, Rule

def shares(figures, settings, total):
    first = min(figures)
    return Key(shares={state: Fraction(state == first) for state in figures})

FIRST = Rule(
    id="first-in-the-alphabet", title="First in the alphabet", kind="key", standing="our proposal",
    principle="The first state protects everyone.", value_judgement="The alphabet decides.",
    source="A test", shares=shares,
)
TAKEN = Rule(
    id="equal", title="Another equal", kind="key", principle="x", value_judgement="x",
    source="A test", standing="our proposal", shares=shares,
)
SCALE = Rule(
    id="first-pays", title="First pays", kind="scale", principle="x", value_judgement="x",
    source="A test", standing="our proposal", shares=shares,
)
WORD = "not a rule"
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # noqa: ANN201 - a function
    """A real distribution on the path, with the entry points given."""

    def put(name: str, points: str, module: str = "") -> None:
        site = tmp_path / name
        info = site / f"{name}-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[commonhaven.rules]\n{points}\n")
        (site / f"{name}_rules.py").write_text(module or GOOD)
        monkeypatch.syspath_prepend(str(site))

    return put


def test_every_shipped_rule_has_an_id_of_its_own() -> None:
    assert list(rules()) == [rule.id for rule in rules().values()]
    assert {
        "equal",
        "population",
        "gdp",
        "area",
        "population-gdp-area",
        "mixed",
        "svr-2013",
        "grahl-madsen",
        "chimni",
        "eu-1995",
        "eu-2015",
        "grech-2016",
        "bovens-bartsch",
        "ammr-2024",
        "koenigstein",
    } == {key.id for key in KEYS}


def test_rule_offers_the_nearest_id() -> None:
    with pytest.raises(Problem, match=r"no rule eu2015\. Did you mean eu-2015"):
        rule("eu2015")


def test_plug_in_is_found_by_its_id(install) -> None:  # noqa: ANN001
    install("alphabet", "first = alphabet_rules:FIRST")
    assert rule("first-in-the-alphabet").title == "First in the alphabet"
    assert [added.id for added in plug_ins()] == ["first-in-the-alphabet"]


def test_plug_in_scale_is_left_to_the_costs(install) -> None:  # noqa: ANN001
    install("payers", "first = payers_rules:SCALE")
    assert "first-pays" not in rules()
    assert [added.id for added in plug_ins()] == ["first-pays"]


def test_rules_without_plug_ins_are_the_shipped_ones() -> None:
    assert plug_ins() == ()


@pytest.mark.parametrize(
    ("name", "points", "module", "said"),
    [
        ("taker", "x = taker_rules:TAKEN", "", "the rule equal of the package taker already"),
        ("wordy", "x = wordy_rules:WORD", "", "package wordy, entry point x: .* is not a Rule"),
        ("absent", "x = absent_rules:NOTHING", "", "package absent, .* does not load"),
        ("missing", "x = no_such_module:RULE", "", "package missing, .* does not load"),
        ("broken", "x = broken_rules:RULE", "1 / 0", r"package broken, .*ZeroDivisionError"),
        ("sloppy", "x = sloppy_rules:R", "from commonhaven.allocation import Rule\nR = Rule()",
         "package sloppy, .*TypeError"),
    ],
)  # fmt: skip
def test_plug_in_that_fails_is_named(  # noqa: ANN201
    install,  # noqa: ANN001
    name: str,
    points: str,
    module: str,
    said: str,
):
    install(name, points, module)
    with pytest.raises(Problem, match=said):
        rules()


def test_two_plug_ins_with_one_id_are_refused(install) -> None:  # noqa: ANN001
    install("one", "x = one_rules:FIRST")
    install("two", "x = two_rules:FIRST")
    with pytest.raises(Problem, match="of the package two already exists in one"):
        rules()
