"""What reading and checking say about a situation: each mistake gives one clear line."""

import copy
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from commonhaven.reading import Problem, build, load_toml
from commonhaven.situations import Finding, Situation, check, findings, load, read, shipped

Table = dict[str, Any]
HOW_TO = Path(__file__).parents[2] / "docs/how-to/describe-a-situation.md"

SOUND: Table = {
    "id": "exercise",
    "name": {"en": "Exercise"},
    "origin": "LBR",
    "on": date(2020, 12, 31),
    "about": "An exercise.",
    "synthetic": True,
    "sources": [{"id": "survey", "title": "A survey"}],
    "cohorts": [
        {
            "id": "farmers",
            "name": "Farmers",
            "source": "survey",
            "languages": ["English"],
            "kin": ["GIN"],
            "religions": {"christian": Decimal("0.6"), "muslim": Decimal("0.4")},
            "livelihoods": {"agriculture": Decimal("0.9"), "services": Decimal("0.1")},
            "ties_source": "survey",
            "present": {"GIN": 4000, "CIV": 1000},
            "diaspora": {"USA": 50},
            "wishes": {"asked": 100, "shares": {"GIN": Decimal("0.7")}, "source": "survey"},
            "assessed": [{"state": "CIV", "security": Decimal("0.5"), "source": "The group"}],
        }
    ],
    "capacities": [{"state": "GHA", "people": 9000, "source": "survey"}],
    "unit_costs": [{"state": "*", "amount": 640, "source": "survey"}],
    "common_costs": [{"name": "Coordination", "amount": 90000, "source": "survey"}],
}


def sound(change: Callable[[Table], object] = lambda _: None) -> Table:
    table = copy.deepcopy(SOUND)
    change(table)
    return table


def cohort(**fields: Any) -> Callable[[Table], object]:
    return lambda table: table["cohorts"][0].update(fields)


def twice(name: str) -> Callable[[Table], object]:
    return lambda table: table[name].append(copy.deepcopy(table[name][0]))


def wished(**fields: Any) -> Callable[[Table], object]:
    return lambda table: table["cohorts"][0]["wishes"].update(fields)


MISTAKES: dict[str, tuple[Callable[[Table], object], str]] = {
    "unknown origin": (
        lambda t: t.update(origin="LIB"),
        'x.toml, origin: no state has the code "LIB".',
    ),
    "dissolved origin": (
        lambda t: t.update(origin="YUG"),
        "x.toml, origin: Yugoslavia ended on 1992-04-26.",
    ),
    "dissolved origin of a cohort": (
        cohort(origin="CSK"),
        (
            "x.toml, cohort farmers, origin: Czechoslovakia ended on 1992-12-31. "
            "Write its successor: CZE or SVK."
        ),
    ),
    "unknown place": (
        cohort(present={"Ghana": 10}),
        'x.toml, cohort farmers, present.Ghana: no state has the code "Ghana".',
    ),
    "no place": (
        cohort(present={"UNK": 10}),
        "x.toml, cohort farmers, present.UNK: UNK stands for no state: Unknown or various.",
    ),
    "internally displaced": (
        cohort(present={"GIN": 10, "LBR": 10}),
        (
            "x.toml, cohort farmers, present.LBR: people in LBR have not left the country they "
            "flee from: they are internally displaced. Keep only those who crossed a border."
        ),
    ),
    "internally displaced in the cohort's own origin": (
        cohort(origin="SLE", present={"SLE": 10}),
        "x.toml, cohort farmers, present.SLE: people in SLE have not left",
    ),
    "nobody": (
        cohort(present={"GIN": 0}),
        "x.toml, cohort farmers: there is nobody in this cohort.",
    ),
    "no cohort": (
        lambda t: t.update(cohorts=[]),
        "x.toml, cohorts: the situation has no cohort. Add a table [[cohorts]]",
    ),
    "cohort twice": (
        twice("cohorts"),
        "x.toml, cohorts: the cohort farmers stands there twice. Keep one.",
    ),
    "source twice": (
        twice("sources"),
        "x.toml, sources: the source survey stands there twice. Give each source its own id.",
    ),
    "undeclared source": (
        cohort(source="survay"),
        'x.toml, cohort farmers, source: there is no source "survay". Did you mean survey?',
    ),
    "undeclared source of ties": (
        cohort(ties_source="survey, elders"),
        'x.toml, cohort farmers, ties_source: there is no source "elders". Known: survey.',
    ),
    "undeclared source of wishes": (
        wished(source="hearsay"),
        'x.toml, cohort farmers, wishes, source: there is no source "hearsay".',
    ),
    "undeclared source of a capacity": (
        lambda t: t["capacities"][0].update(source="hearsay"),
        'x.toml, capacity of GHA, source: there is no source "hearsay".',
    ),
    "undeclared source of a unit cost": (
        lambda t: t["unit_costs"][0].update(source="hearsay"),
        'x.toml, unit cost in *, source: there is no source "hearsay".',
    ),
    "undeclared source of a common cost": (
        lambda t: t["common_costs"][0].update(source="hearsay"),
        'x.toml, common cost "Coordination", source: there is no source "hearsay".',
    ),
    "religions over one": (
        cohort(religions={"christian": Decimal("0.6"), "muslim": Decimal("0.5")}),
        "x.toml, cohort farmers, religions: the parts add up to 1.1, more than 1.",
    ),
    "a share over one": (
        cohort(religions={"christian": 36}),
        "x.toml, cohorts 1, religions.christian: 36 is above the most allowed, 1.",
    ),
    "an unknown religion": (
        cohort(religions={"moslem": Decimal("0.5")}),
        (
            'x.toml, cohort farmers, religions: "moslem" is not compared with any figure. '
            "Did you mean muslim?"
        ),
    ),
    "livelihoods over one": (
        cohort(livelihoods={"agriculture": Decimal("0.7"), "industry": Decimal("0.31")}),
        "x.toml, cohort farmers, livelihoods: the parts add up to 1.01, more than 1.",
    ),
    "an unknown livelihood": (
        cohort(livelihoods={"fishing": Decimal("0.5")}),
        'x.toml, cohort farmers, livelihoods: "fishing" is not compared with any figure.',
    ),
    "wishes over one": (
        wished(shares={"GIN": Decimal("0.7"), "GHA": Decimal("0.4")}),
        "x.toml, cohort farmers, wishes: the parts add up to 1.1, more than 1.",
    ),
    "a wish for the origin": (
        wished(shares={"LBR": Decimal("0.4")}),
        "x.toml, cohort farmers, wishes: LBR is the country fled from. A wish to return",
    ),
    "more asked than there are": (
        wished(asked=5001),
        "x.toml, cohort farmers, wishes: 5001 people were asked, more than the cohort has.",
    ),
    "a wish for an unknown state": (
        wished(shares={"XYZ": Decimal("0.4")}),
        'x.toml, cohort farmers, wishes.XYZ: no state has the code "XYZ".',
    ),
    "kin in an unknown state": (
        cohort(kin=["Guinea"]),
        'x.toml, cohort farmers, kin.Guinea: no state has the code "Guinea".',
    ),
    "diaspora in an unknown state": (
        cohort(diaspora={"EUR": 12}),
        'x.toml, cohort farmers, diaspora.EUR: no state has the code "EUR".',
    ),
    "an unknown state assessed": (
        cohort(assessed=[{"state": "XYZ", "source": "The group"}]),
        'x.toml, cohort farmers, assessed.XYZ: no state has the code "XYZ".',
    ),
    "a state assessed twice": (
        lambda t: t["cohorts"][0]["assessed"].append(t["cohorts"][0]["assessed"][0]),
        "x.toml, cohort farmers, assessed: CIV is assessed twice. Keep one assessment",
    ),
    "capacity of an unknown state": (
        lambda t: t["capacities"][0].update(state="XYZ"),
        'x.toml, capacities.XYZ: no state has the code "XYZ".',
    ),
    "capacity twice": (
        twice("capacities"),
        "x.toml, capacities: the capacity of GHA stands there twice. Keep one.",
    ),
    "capacity of the origin": (
        lambda t: t["capacities"][0].update(state="LBR"),
        "x.toml, capacities: LBR is the country fled from. Nobody is placed",
    ),
    "conflict in an unknown state": (
        lambda t: t.update(conflict={"XYZ": 1}),
        'x.toml, conflict.XYZ: no state has the code "XYZ".',
    ),
    "unit cost twice": (
        twice("unit_costs"),
        "x.toml, unit_costs: the unit cost in * stands there twice. Keep one.",
    ),
    "unit cost in an unknown state": (
        lambda t: t["unit_costs"][0].update(state="XYZ"),
        'x.toml, unit_costs.XYZ: no state has the code "XYZ".',
    ),
    "two currencies": (
        lambda t: t["unit_costs"].append(
            {"state": "GIN", "amount": 5, "currency": "EUR", "source": "survey"}
        ),
        "x.toml, unit_costs: the unit costs are in EUR and USD. Convert them",
    ),
    "too many people": (
        cohort(present={"GIN": 100_000_001}),
        "x.toml, cohorts: more than 100,000,000 people. Check the numbers",
    ),
    "a negative number": (
        cohort(present={"GIN": -1}),
        "x.toml, cohorts 1, present.GIN: -1 is below the least allowed, 0.",
    ),
    "half a person": (
        cohort(present={"GIN": Decimal("1.5")}),
        "x.toml, cohorts 1, present.GIN: expected a whole number, found 1.5.",
    ),
    "special needs over one": (
        cohort(special_needs=5),
        "x.toml, cohorts 1, special_needs: 5 is above the most allowed, 1.",
    ),
    "a negative cost": (
        lambda t: t["unit_costs"][0].update(amount=-1),
        "x.toml, unit_costs 1, amount: -1 is below the least allowed, 0.",
    ),
    "no name": (
        lambda t: t.update(name={}),
        "x.toml, name: the situation has no name.",
    ),
    "a language that is none": (
        lambda t: t.update(name={"English": "Exercise"}),
        'x.toml, name: "English" is not a code of a language.',
    ),
    "a year of three digits": (
        lambda t: t.update(on=date(199, 1, 1)),
        "x.toml, on: 0199-01-01 is before any refugee figure. Write the year with four digits.",
    ),
    "a missing field": (
        lambda t: t.pop("on"),
        "x.toml: the field on is missing. Add on = ... (Day to which the numbers refer).",
    ),
    "the name of a person": (
        cohort(person="A. B."),
        'x.toml, cohorts 1: unknown field "person".',
    ),
    "a date of birth": (
        cohort(date_of_birth=date(1990, 1, 1)),
        'x.toml, cohorts 1: unknown field "date_of_birth".',
    ),
    "a document": (
        lambda t: t.update(passport_number="X123"),
        'x.toml: unknown field "passport_number".',
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_read_says_what_is_wrong_in_one_line(name: str) -> None:
    change, line = MISTAKES[name]
    with pytest.raises(Problem) as caught:
        read(sound(change), "x.toml")
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)


def test_read_gives_the_situation_of_a_sound_file() -> None:
    situation = read(sound(), "x.toml")
    assert (situation.people, situation.cohorts[0].present) == (5000, {"GIN": 4000, "CIV": 1000})


def test_read_lets_zero_stand_beside_people() -> None:
    table = sound(cohort(present={"GIN": 4000, "LBR": 0, "CIV": 0}))
    with pytest.raises(Problem, match="internally displaced"):
        read(table, "x.toml")
    assert read(sound(cohort(present={"GIN": 4000, "CIV": 0})), "x.toml").people == 4000


def test_a_territory_of_another_time_may_be_origin_in_its_time() -> None:
    table = sound(lambda t: t.update(origin="YUG", on=date(1991, 12, 31)))
    assert read(table, "x.toml").origin == "YUG"


def advised(change: Callable[[Table], object], **more: Any) -> list[str]:
    found = check(build(Situation, sound(change), "x.toml"), **more)
    assert {finding.severity for finding in found} <= {"advice"}
    return [f"{finding.where}: {finding.what}" for finding in found]


INVENTED = "synthetic: the figures are invented"
REAL: Table = {"synthetic": False, "sources": [{"id": "survey", "title": "T", "url": "https://x"}]}

ADVICE: dict[str, tuple[Callable[[Table], object], list[str]]] = {
    "sound": (lambda _: None, [INVENTED]),
    "real": (lambda t: t.update(REAL), []),
    "no address": (
        lambda t: t.update(synthetic=False),
        ["sources: nobody can look the figures up"],
    ),
    "no English": (
        lambda t: t.update(name={"fr": "Exercice"}, **REAL),
        ["name: there is no English name"],
    ),
    "nothing about it": (
        lambda t: t.update(about=" ", **REAL),
        ["about: nothing is said about what happened"],
    ),
    "unused source": (
        lambda t: t["sources"].append({"id": "spare", "title": "Spare"}),
        [INVENTED, "sources: nothing cites the source spare"],
    ),
    "small cell": (
        cohort(present={"GIN": 4000, "TGO": 4}),
        [INVENTED, "cohort farmers, present.TGO: 4 people are few enough to be recognised"],
    ),
    "kin in the origin": (
        cohort(kin=["LBR", "GIN"]),
        [INVENTED, "cohort farmers, kin: LBR is the country fled from"],
    ),
    "kin twice": (
        cohort(kin=["GIN", "GIN"]),
        [INVENTED, "cohort farmers, kin: GIN stands there twice"],
    ),
    "ties without source": (
        cohort(ties_source=""),
        [INVENTED, "cohort farmers: the ties have no source"],
    ),
    "few asked": (
        wished(asked=29),
        [INVENTED, "cohort farmers, wishes: only 29 people were asked"],
    ),
    "the origin assessed": (
        cohort(assessed=[{"state": "LBR", "security": 1, "source": "The group"}]),
        [INVENTED, "cohort farmers, assessed: LBR is the country fled from"],
    ),
    "the cost of all": (
        lambda t: t["unit_costs"][0].update(amount=1_000_001),
        [INVENTED, "unit cost in *: more than 1,000,000 USD for one person"],
    ),
    "a language with its accents": (
        cohort(languages=["Éwé", "Dan"]),
        [INVENTED, 'cohort farmers, languages: no state in the figures has the language "Éwé"'],
    ),
    "a language misspelt": (
        cohort(languages=["Pashtu"]),
        [INVENTED, 'cohort farmers, languages: no state in the figures has the language "Pashtu"'],
    ),
    "half the country": (
        cohort(present={"GIN": 3_000_000}),
        [INVENTED, "cohorts: 3,000,000 people are more than half of those who lived in LBR"],
    ),
}


@pytest.mark.parametrize("name", ADVICE)
def test_check_advises(name: str) -> None:
    change, expected = ADVICE[name]
    assert sorted(advised(change)) == sorted(expected)


def test_check_points_out_a_day_ahead_only_where_it_knows_today() -> None:
    ahead = [INVENTED, "on: 2020-12-31 lies ahead"]
    assert sorted(advised(lambda _: None, today=date(2020, 12, 30))) == sorted(ahead)
    assert advised(lambda _: None, today=date(2020, 12, 31)) == [INVENTED]


def test_check_puts_errors_before_advice() -> None:
    table = sound(lambda t: (t.update(about=""), t["capacities"][0].update(state="XYZ")))
    found = check(build(Situation, table, "x.toml"))
    assert [finding.severity for finding in found] == ["error", "advice", "advice"]
    assert isinstance(found[0], Finding)


def test_findings_of_a_table_name_the_file() -> None:
    lines = [str(found) for found in findings(sound(cohort(kin=["GIN", "GIN"])), "x.toml")]
    assert lines == [
        "x.toml, synthetic: the figures are invented. Use it to try things out, never to decide.",
        "x.toml, cohort farmers, kin: GIN stands there twice. Keep one.",
    ]


def test_findings_of_a_table_of_the_wrong_form_are_one() -> None:
    (found,) = findings(sound(lambda t: t.pop("on")), "x.toml")
    assert (found.severity, found.where) == ("error", "x.toml")
    assert found.what == "the field on is missing"


def test_load_offers_the_nearest_name() -> None:
    with pytest.raises(Problem) as caught:
        load("liberia-1991")
    line = 'there is no situation "liberia-1991". Did you mean liberia-1990 or '
    assert str(caught.value).startswith(line)


def test_load_says_that_a_file_is_not_there(tmp_path: Path) -> None:
    for name in (tmp_path / "none.toml", "none.toml", "x" * 5000, "a\0b"):
        with pytest.raises(Problem, match=r"there is no situation .* Or give the path"):
            load(name)


def test_load_reads_a_file_as_it_reads_what_ships(tmp_path: Path) -> None:
    text = "\n".join(toml_blocks()[:1])
    file = tmp_path / "exercise.toml"
    file.write_text(text, encoding="utf-8")
    assert load(file) == load(str(file))
    assert load(file).id == "exercise-2031"


def test_load_names_the_file_where_something_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "exercise.toml"
    file.write_text(toml_blocks()[0].replace("GIN = 42000", "LBR = 42000"), encoding="utf-8")
    with pytest.raises(Problem) as caught:
        load(file)
    assert caught.value.where == f"{file}, cohort border-villages, present.LBR"


def toml_blocks() -> list[str]:
    return re.findall(r"```toml[^\n]*\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)


def test_the_examples_of_the_how_to_read_without_advice_but_that_they_are_invented(
    tmp_path: Path,
) -> None:
    first, second = toml_blocks()
    head, tail = first.split("\n[[capacities]]")
    file = tmp_path / "both.toml"
    file.write_text(f"{head}\n{second}\n[[capacities]]{tail}", encoding="utf-8")
    situation = read(load_toml(file), "both.toml")
    assert [finding.what for finding in check(situation)] == ["the figures are invented"]
    assert [assessed.state for assessed in situation.cohorts[1].assessed] == ["CIV", "SLE"]


def test_the_code_of_the_how_to_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "exercise-2031.toml").write_text(toml_blocks()[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(code, str(HOW_TO), "exec"), {})  # noqa: S102 - the page's own example
    assert capsys.readouterr().out.startswith("advice synthetic: the figures are invented")


def test_shipped_names_stand_in_order() -> None:
    assert list(shipped()) == sorted(shipped())
    assert "liberia-1990" in shipped()
