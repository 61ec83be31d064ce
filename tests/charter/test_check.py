"""Each slip of a drafter meets one line that says where it is and how to mend it."""

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from commonhaven.allocation.registry import rules
from commonhaven.charter import Charter, check, read
from commonhaven.charter import findings as charter_findings
from commonhaven.costs.registry import scales
from commonhaven.procedures import procedures
from commonhaven.reading import Problem, build

Table = dict[str, Any]
CASES = tomllib.loads((Path(__file__).parents[1] / "cases/charter-slips.toml").read_text())["case"]


def inner(table: Any, path: str) -> tuple[Any, Any]:
    """What holds the last step of a path such as members.1.since, and that step."""
    *way, last = path.split(".")
    for step in way:
        table = table[int(step) - 1] if isinstance(table, list) else table[step]
    return table, int(last) - 1 if isinstance(table, list) else last


def spoil(table: Table, case: Table) -> None:
    for path, value in case.get("set", {}).items():
        holder, last = inner(table, path)
        holder[last] = value
    for path, value in case.get("add", {}).items():
        holder, last = inner(table, path)
        holder[last].append(value)
    for path in case.get("drop", []):
        holder, last = inner(table, path)
        del holder[last]


def findings(table: Table, severity: str) -> list[str]:
    found = check(build(Charter, table, "draft.toml"))
    return [str(finding) for finding in found if finding.severity == severity]


def test_sound_charter_has_no_findings(table: Table) -> None:
    assert check(read(table, "draft.toml")) == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_slip_is_told_in_one_line(table: Table, case: Table) -> None:
    spoil(table, case)
    with pytest.raises(Problem) as told:
        read(table, "draft.toml")
    assert str(told.value) == case["expect"]


@pytest.mark.parametrize("order", [1, -1])
def test_tier_may_follow_tier_from_one_day_to_the_next(table: Table, order: int) -> None:
    table["members"] += [
        {
            "state": "NGA",
            "tier": "outer core",
            "since": date(2026, 1, 1),
            "until": date(2027, 2, 28),
        },
        {"state": "NGA", "tier": "inner core", "since": date(2027, 3, 1)},
    ][::order]
    charter = read(table, "draft.toml")
    assert charter.members_on(date(2027, 2, 28))["NGA"].tier == "outer core"
    assert charter.members_on(date(2027, 3, 1))["NGA"].tier == "inner core"


def test_every_error_is_listed_and_the_first_is_raised(table: Table) -> None:
    table["members"][0]["until"] = table["members"][0]["since"].replace(year=2020)
    table["participants"].append({"party": "IOM", "role": "observer"})
    table["responsibility"]["rule"] = "hathaway-nave"
    table["costs"]["ceiling"] = "0.10"
    listed = findings(table, "error")
    assert [line.split(":")[0] for line in listed] == [
        "members 1, until",
        "participants 3, party",
        "responsibility, rule",
        "costs, ceiling",
    ]
    with pytest.raises(Problem) as told:
        read(table, "draft.toml")
    assert str(told.value) == f"draft.toml, {listed[0]}"
    assert [str(each) for each in charter_findings(table, "draft.toml")] == [
        f"draft.toml, {line}" for line in listed
    ]


def test_table_without_the_form_of_a_charter_is_one_finding(table: Table) -> None:
    table["members"][1]["teir"] = "inner core"
    (only,) = charter_findings(table, "draft.toml")
    assert str(only) == ('draft.toml, members 2: unknown field "teir". Did you mean tier?')
    assert only.severity == "error"


PLUG_IN = """
from commonhaven.allocation import Placement, Rule

def place(question, settings):
    return Placement(people={}, unplaced={cohort.id: cohort.people for cohort in question.cohorts})

RULE = Rule(
    id="nobody-moves", title="Nobody moves", kind="scenario", principle="For comparison alone.",
    value_judgement="None.", source="Our proposal", standing="our proposal", place=place,
    warning="It places nobody.",
)
"""


def test_scenario_cannot_be_chosen(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package that adds a scenario is installed for this test."""
    (tmp_path / "nobody_moves.py").write_text(PLUG_IN)
    info = tmp_path / "nobody_moves-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: nobody-moves\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[commonhaven.rules]\nn = nobody_moves:RULE\n")
    monkeypatch.syspath_prepend(tmp_path)
    table["responsibility"] = {"rule": "nobody-moves"}
    with pytest.raises(Problem) as told:
        read(table, "draft.toml")
    assert str(told.value) == (
        "draft.toml, responsibility, rule: nobody-moves may be compared, never chosen. "
        "It places nobody. Choose another rule: see `commonhaven rules`."
    )


CHOOSABLE = sorted(name for name, rule in rules().items() if rule.kind != "scenario")


@pytest.mark.parametrize("rule", CHOOSABLE)
def test_rule_with_its_defaults_has_no_error(table: Table, rule: str) -> None:
    table["responsibility"] = {"rule": rule}
    assert findings(table, "error") == []
    if rules()[rule].kind == "key":
        table["responsibility"]["tie_break"] = {"key": rule}
        table["protection"]["residual_key"] = rule
        assert findings(table, "error") == []


@pytest.mark.parametrize("scale", sorted(set(scales()) - {"european-refugee-fund"}))
def test_scale_with_its_defaults_has_no_error(table: Table, scale: str) -> None:
    table["costs"]["scale"] = scale
    assert findings(table, "error") == []


@pytest.mark.parametrize(
    ("rule", "parameter"),
    [
        (rule.id, parameter.name)
        for rule in rules().values()
        for parameter in rule.parameters
        if parameter.name.startswith("weight_")
    ],
)
def test_weights_must_add_up(table: Table, rule: str, parameter: str) -> None:
    default = rules()[rule].settings({})[parameter]
    other = "0.31" if default != Fraction(31, 100) else "0.32"
    table["responsibility"] = {"rule": rule, "parameters": {parameter: other}}
    (only,) = findings(table, "error")
    assert only.startswith(f"responsibility, parameters: the weights of {rule} add up to ")


ADVICE: dict[str, tuple[Table, list[str]]] = {
    "UNHCR absent": (
        {"set": {"participants": []}},
        [
            "participants: UNHCR does not take part (Hathaway and Neve 1997, 190-92: any member or "
            'UNHCR may convene). Add party = "UNHCR", role = "secretariat", may_convene = true.'
        ],
    ),
    "UNHCR cannot convene": (
        {"set": {"participants.1.may_convene": False}},
        [
            "participants 1, may_convene: UNHCR cannot call a meeting (Hathaway and Neve 1997, "
            "190-92: any member or UNHCR may convene). Write may_convene = true."
        ],
    ),
    "names missing": (
        {"drop": ["group.name.en", "group.name.ru"], "set": {"group.name.pt": "Costa"}},
        [
            "group, name: the name is missing in en, ru. "
            "Give it in all six languages of the United Nations."
        ],
    ),
    "example without label": (
        {"set": {"group.id": "coast", "group.name.en": "Coast"}},
        [
            "group, name: an example should say in its name that it is one. "
            'Put the word "example" into the English name.'
        ],
    ),
    "label without mark": (
        {"set": {"group.example": False}},
        [
            "group, example: the name calls the charter an example, but it is not marked as one. "
            "Write example = true, or take the word out of the name."
        ],
    ),
    "rounding of the text": (
        {"set": {"responsibility": {"rule": "ammr-2024"}}},
        [
            "responsibility, rounding: ammr-2024 is published with ceiling; the charter says "
            'largest-remainder. Write rounding = "ceiling" to follow the text.'
        ],
    ),
    "credit without a key": (
        {"set": {"responsibility.credit_hosted": True}},
        [
            "responsibility, credit_hosted: credit_hosted works under a key; hathaway-neve is not "
            "one. Leave it out."
        ],
    ),
}


@pytest.mark.parametrize("slip", ADVICE)
def test_advice_is_given_and_stops_nothing(table: Table, slip: str) -> None:
    case, lines = ADVICE[slip]
    spoil(table, case)
    assert findings(table, "advice") == lines
    assert read(table, "draft.toml")


def test_rule_with_a_warning_carries_it_into_the_advice(table: Table) -> None:
    table["responsibility"] = {"rule": "eu-1995"}
    (only,) = findings(table, "advice")
    assert only == str(
        Problem(
            "eu-1995 carries a warning",
            where="responsibility, rule",
            fix=rules()["eu-1995"].warning,
        )
    )


def test_own_procedure_and_currency_are_advice_only(table: Table) -> None:
    table["convening"] = {"procedure": "our-own"}
    table["costs"]["currency"] = "EUR"
    assert findings(table, "error") == []
    assert findings(table, "advice") == [
        "convening, procedure: no procedure called our-own is known here. "
        f"Known: {', '.join(procedures())}. Annex the text of your own to the charter.",
        "costs, currency: costs are counted in EUR; estimates of unit costs are in USD only. State "
        "unit costs in EUR in every situation.",
    ]


def test_rules_agreed_beforehand_need_a_procedure_with_that_step(table: Table) -> None:
    table["convening"] = {"procedure": "oas-consultation", "default_on_deadlock": True}
    assert findings(table, "error") == []
    assert findings(table, "advice")[0] == (
        "convening, default_on_deadlock: oas-consultation has no step at which rules agreed "
        "beforehand could apply. Choose hathaway-neve, or take default_on_deadlock out."
    )


@pytest.mark.parametrize("term", ["at_least", "deduction"])
def test_floors_and_deductions_stand_under_a_key(table: Table, term: str) -> None:
    table["responsibility"] = {
        "rule": "equal",
        "limits": [{"state": "TGO", term: 10, "decision": "Meeting of 3 March 2026"}],
    }
    assert findings(table, "error") == []
