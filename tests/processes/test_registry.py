"""The processes that ship: who takes part when, what is known, and what a wrong file is told."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from commonhaven.parties import groupings
from commonhaven.processes import (
    Part,
    Process,
    chairs_on,
    check_together,
    exchanges,
    findings,
    process,
    processes,
    read,
    roster,
    shipped,
    sources,
    unknown,
    vocabulary,
)
from commonhaven.processes.when import earliest, lasting, latest
from commonhaven.reading import Problem, dump, load_toml

DAY = date(2026, 11, 25)
GROUPS = ("consultative process", "interregional forum", "refugee framework", "global process")


def test_every_process_that_parties_know_is_registered(known: Mapping[str, Process]) -> None:
    held = {name for name, each in groupings().items() if each.about.kind in GROUPS}
    assert set(known) == held | {"grf", "hlom"}


@pytest.mark.parametrize("name", list(shipped()))
def test_file_holds_what_it_is_read_as_and_nothing_to_mend(name: str) -> None:
    table = load_toml(shipped()[name])
    found = read(table, name)
    assert found.id == name
    assert read(dump(found), name) == found
    assert [each for each in findings(table, name) if each.severity == "error"] == []


def test_every_source_and_theme_is_used(known: Mapping[str, Process]) -> None:
    cited = {source for each in known.values() for source in each.sourced.values()}
    cited |= {part.source for each in known.values() for part in (*each.parts, *each.themes)}
    cited |= {each.source for each in exchanges()}
    assert set(sources()) - cited <= {"igc-list", "almaty-2015", "add-pages", "colombo-2021"}
    themes = {theme.theme for each in known.values() for theme in each.themes}
    assert themes == set(vocabulary().themes)


def held_by(name: str, party: str, day: date) -> str:
    held = roster(process(name), day)
    for role in ("members", "observers", "partners", "suspended", "uncertain"):
        if party in getattr(held, role):
            return role
    return "absent"


@pytest.mark.parametrize(
    ("name", "party", "day", "role"),
    [
        ("prague", "RUS", date(2021, 12, 31), "members"),
        ("prague", "RUS", date(2022, 6, 1), "uncertain"),
        ("prague", "RUS", date(2023, 1, 1), "suspended"),
        ("prague", "BLR", date(2023, 1, 1), "suspended"),
        ("prague", "DEU", date(2008, 12, 31), "absent"),
        ("midwa", "NER", date(2025, 1, 28), "members"),
        ("midwa", "NER", date(2025, 1, 29), "absent"),
        ("midwa", "MRT", date(2025, 1, 29), "observers"),
        ("rabat", "GBR", date(2015, 1, 1), "uncertain"),
        ("rabat", "GBR", date(2021, 1, 1), "absent"),
        ("rabat", "DZA", date(2020, 1, 1), "observers"),
        ("khartoum", "GBR", date(2020, 1, 1), "members"),
        ("bali", "UNHCR", date(2020, 1, 1), "members"),
    ],
)
def test_part_of_a_party_on_a_day(name: str, party: str, day: date, role: str) -> None:
    assert held_by(name, party, day) == role


def test_uncertain_part_makes_the_list_incomplete_and_is_named() -> None:
    held = roster(process("prague"), date(2022, 6, 1))
    assert not held.complete
    assert "Prague Process: not known of BLR, RUS on 2022-06-01." in held.warnings


def test_list_that_is_known_to_lack_states_says_so() -> None:
    held = roster(process("mtm"), date(2026, 1, 1))
    assert (held.complete, held.warnings) == (
        False,
        ("Dialogue on Mediterranean Transit Migration: The list is not complete.",),
    )


def test_nobody_sits_in_a_process_before_it_began() -> None:
    held = roster(process("quito"), date(2017, 12, 31))
    assert (held.members, held.warnings) == ((), ("Quito Process began in 2018.",))


def test_year_in_which_it_began_is_not_known_in_full() -> None:
    held = roster(process("quito"), date(2018, 6, 1))
    assert len(held.states) == 13
    assert not held.complete
    assert held.warnings[-1] == (
        "Quito Process began in 2018; whether before 2018-06-01 is not known."
    )


@pytest.mark.parametrize("name", [name for name in shipped() if name not in {"grf", "hlom"}])
def test_process_agrees_with_its_grouping(name: str) -> None:
    about, held = groupings()[name].about, process(name)
    assert (held.grouping, held.founded) == (name, str(about.founded))
    if held.published_count is not None and about.complete:
        states = roster(held, about.as_of or DAY).states
        observers = [p for p in groupings()[name].participations if p.role == "observer"]
        counts = {len(states), len(states) + len(observers), about.total}
        assert held.published_count in counts | {18 if name == "add" else None}


def test_forum_open_to_all_has_no_list() -> None:
    held = roster(process("gfmd"), date(2026, 1, 1))
    assert (held.open_to_all, held.members) == (True, ())


def test_chair_is_known_on_days_that_a_source_covers() -> None:
    prague = process("prague")
    assert chairs_on(prague, date(2015, 1, 1)) == (("POL",), "yes")
    assert chairs_on(prague, date(2026, 1, 1)) == (("CZE",), "yes")
    assert chairs_on(prague, date(2010, 1, 1)) == ((), "not known")
    assert chairs_on(process("bali"), date(2026, 1, 1)) == (("AUS", "IDN"), "not known")


def test_process_is_found_by_its_other_names() -> None:
    assert process("Puebla Process").id == "rcm"
    with pytest.raises(Problem) as raised:
        process("pragu")
    assert str(raised.value) == ('processes: no process is called "pragu". Did you mean prague?')


def test_what_is_not_known_is_listed() -> None:
    assert "funding" in unknown(process("mtm"))
    assert "founded" not in unknown(process("mtm"))


def table() -> dict[str, Any]:
    return deepcopy(load_toml(shipped()["prague"]))


def change(path: str, value: object) -> dict[str, Any]:
    """The file of the Prague Process with one value changed."""
    changed = table()
    *way, last = path.split(".")
    place: Any = changed
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    place[last] = value
    return changed


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (
            "themes.0.theme", "irregularmovement",
            "prague.toml, process prague, themes: "
            'there is no theme "irregularmovement". '
            "Did you mean irregular-movement or free-movement or mixed-movement?",
        ),
        (
            "regions", ["europa"],
            "prague.toml, process prague, regions: "
            'there is no region "europa". Did you mean europe?',
        ),
        (
            "parts.4.until", "2022-13",
            "prague.toml, process prague, part of BLR: "
            '"2022-13" is no day of the calendar. '
            "Write 2022, 2022-04 or 2022-04-30, as far as it is known.",
        ),
        (
            "chairs.1.until", "2017",
            "prague.toml, process prague, chair LTU: "
            "2017 is before 2018. Is one of the days mistyped?",
        ),
        (
            "parts.4.source", "compild",
            "prague.toml, process prague, part of BLR: "
            'there is no source "compild". Did you mean compiled or iom-pidc?',
        ),
        (
            "sourced.funding", "compiled",
            "prague.toml, process prague, sourced: "
            "funding has a source and no value. Give funding, or take its source away.",
        ),
        (
            "ministries", ["interior"],
            "prague.toml, process prague, sourced: nobody can look up ministries. "
            'Add ministries = "compiled" or another source under [sourced].',
        ),
        (
            "grouping", "prag",
            "prague.toml, process prague, grouping: "
            'there is no grouping "prag". Did you mean prague?',
        ),
        (
            "founded", "spring 2009",
            'prague.toml, founded: "spring 2009" cannot stand here. '
            "Write 2022, 2022-04 or 2022-04-30, as far as it is known.",
        ),
    ],
)  # fmt: skip
def test_wrong_file_is_told_file_process_and_field(path: str, value: object, said: str) -> None:
    with pytest.raises(Problem) as raised:
        read(change(path, value), "prague.toml")
    assert str(raised.value) == said


def test_codes_that_are_no_party_are_refused() -> None:
    with pytest.raises(Problem, match="XYZ is neither a state nor an organisation we know"):
        read(change("parts.0.party", "XYZ"), "prague.toml")


def test_a_part_that_stands_twice_and_a_theme_that_stands_twice_are_refused() -> None:
    twice = table()
    twice["parts"].append(twice["parts"][0])
    twice["themes"].append(twice["themes"][0])
    said = [each.what for each in findings(twice, "prague.toml") if each.severity == "error"]
    assert said == [
        "the theme irregular-movement stands there twice",
        "European Commission is partner twice",
    ]


def test_part_in_a_process_that_is_not_there_is_refused(known: Mapping[str, Process]) -> None:
    part = Part(party="process:pragu", role="observer", source="compiled")
    wrong = replace(known["bali"], parts=(part,))
    with pytest.raises(Problem, match=r"there is no process pragu. Did you mean prague\?"):
        check_together([wrong, known["prague"]])


def test_process_without_grouping_has_its_parts_for_members() -> None:
    own = read(
        {
            "id": "mine", "name": "Mine", "type": "RCP", "regions": ["world"], "status": "active",
            "complete": True,
            "sources": {"note": {"title": "Our note", "standing": "sourced"}},
            "parts": [
                {"party": "GHA", "role": "member", "since": "2020-05", "source": "note"},
                {"party": "IOM", "role": "observer", "source": "compiled"},
            ],
        },
        "mine.toml",
    )  # fmt: skip
    assert roster(own, date(2020, 5, 31)).states == ("GHA",)
    assert roster(own, date(2020, 5, 30)).uncertain == ("GHA",)
    assert roster(own, date(2020, 4, 30)).states == ()
    held = roster(own, date(2021, 1, 1))
    assert (held.complete, held.standing) == (True, "reported")
    assert held.source.startswith("Our note; ")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
        ("2024-02-03", date(2024, 2, 3), date(2024, 2, 3)),
    ],
)
def test_days_that_a_text_may_mean(text: str, first: date, last: date) -> None:
    assert (earliest(text), latest(text)) == (first, last)


@pytest.mark.parametrize(
    ("since", "until", "day", "answer"),
    [
        ("", "", date(1900, 1, 1), "yes"),
        ("2020", "", date(2020, 6, 1), "not known"),
        ("2020", "", date(2020, 12, 31), "yes"),
        ("", "2020-06-30", date(2020, 6, 30), "yes"),
        ("", "2020-06-30", date(2020, 7, 1), "no"),
        ("", "2020-06", date(2020, 6, 1), "yes"),
        ("", "2020-06", date(2020, 6, 2), "not known"),
        ("2020", "2020", date(2020, 6, 1), "not known"),
    ],
)
def test_whether_something_lasted(since: str, until: str, day: date, answer: str) -> None:
    assert lasting(since, until, day) == answer


def test_processes_are_sorted_by_id(known: Mapping[str, Process]) -> None:
    assert list(known) == sorted(known)
    assert processes() is known
