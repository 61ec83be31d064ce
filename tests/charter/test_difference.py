"""What changed from one version to the next, in sentences that a delegate understands."""

import copy
import re
import tomllib
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.charter import Charter, diff, load, shipped
from commonhaven.charter.difference import phrase
from commonhaven.charter.phrases import PHRASES
from commonhaven.reading import build

Table = dict[str, Any]


def amended(table: Table, changes: Table) -> Table:
    """The same charter with some fields changed, by path: lists count from 1."""
    new = copy.deepcopy(table)
    for path, value in changes.items():
        holder: Any = new
        *way, last = [int(step) - 1 if step.isdigit() else step for step in path.split(".")]
        for step in way:
            holder = holder[step]
        holder[last] = value
    return new


def told(old: Table, new: Table) -> list[str]:
    changes = diff(build(Charter, old, "old"), build(Charter, new, "new"))
    return [change.sentence for change in changes]


def test_nothing_changed_says_nothing(table: Table) -> None:
    assert told(table, copy.deepcopy(table)) == []


def test_order_of_the_lists_is_no_change(table: Table) -> None:
    new = copy.deepcopy(table)
    new["members"].reverse()
    new["participants"].reverse()
    assert told(table, new) == []


CASES = tomllib.loads((Path(__file__).parents[1] / "cases/charter-changes.toml").read_text())[
    "case"
]
FIELDS = {case["field"] for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["field"])
def test_one_field_changed_gives_one_sentence(table: Table, case: Table) -> None:
    assert told(table, amended(table, {case["field"]: case["value"]})) == [case["expect"]]


def leaves(value: object, path: str = "") -> set[str]:
    """The paths of all simple fields of a model in use, list positions left out."""
    if is_dataclass(value):
        inside = {f.name: getattr(value, f.name) for f in fields(value)}
        return {x for name, part in inside.items() for x in leaves(part, f"{path}.{name}")}
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        return leaves(value[0], f"{path}.#")
    return {path.removeprefix(".")}


def test_every_field_of_the_model_has_its_sentence(table: Table) -> None:
    """A field added to the model without a sentence here fails."""
    told_of = {re.sub(r"\.[0-9]+\.", ".#.", field) for field in FIELDS}
    of_tables = {
        "group.name", "convening.options", "convening.weights", "responsibility.parameters",
        "costs.parameters",
    }  # fmt: skip
    told_of |= {name for name in of_tables if any(p.startswith(name) for p in told_of)}
    assert leaves(build(Charter, table, "sound")) - told_of == set()


def test_every_phrase_names_a_field() -> None:
    assert phrase("review.place").subject == "The term place in review"
    assert set(PHRASES) - FIELDS == set()


def test_handing_on_from_tier_to_tier_is_one_move(table: Table) -> None:
    new = amended(table, {"members.4.until": date(2027, 2, 28)})
    new["members"].append({"state": "CAN", "tier": "inner core", "since": date(2027, 3, 1)})
    assert told(table, new) == [
        "Canada moves from the outer core to the inner core on 1 March 2027."
    ]


def test_rewritten_tier_moves_on_its_new_date_or_with_the_version(table: Table) -> None:
    new = amended(table, {"members.4.tier": "inner core", "members.4.since": date(2027, 3, 1)})
    assert told(table, new) == [
        "Canada moves from the outer core to the inner core on 1 March 2027."
    ]
    later = amended(table, {"members.4.tier": "inner core", "group.in_force": date(2028, 5, 2)})
    assert told(table, later)[1:] == [
        "Canada moves from the outer core to the inner core on 2 May 2028."
    ]


def test_joining_and_leaving_are_told(table: Table) -> None:
    new = copy.deepcopy(table)
    del new["members"][1], new["participants"][1], new["responsibility"]["limits"][0]
    new["members"] += [
        {"state": "NGA", "tier": "inner core", "since": date(2026, 5, 1)},
        {
            "state": "FRA",
            "tier": "situation-specific contributor",
            "since": date(2026, 5, 1),
            "until": date(2026, 12, 31),
            "situation": "togo-1993",
        },
    ]
    new["participants"].append(
        {"party": "UNDP", "role": "organisation with consultative status", "may_convene": True}
    )
    assert told(table, new) == [
        (
            "France joins the situation-specific contributors on 1 May 2026 until "
            "31 December 2026, for togo-1993."
        ),
        "Nigeria joins the inner core on 1 May 2026.",
        "Togo no longer appears in the inner core, of which it was a member from 1 January 2026.",
        "IOM, observer, no longer takes part.",
        "UNDP takes part as organisation with consultative status and may call a meeting.",
        "The limit of Togo ends (greatest number of people 5000).",
    ]
    back = told(new, table)
    assert (
        "Togo is granted a limit: greatest number of people 5000 (Meeting of 3 March 2026)." in back
    )
    assert "IOM takes part as observer." in back


def test_parameter_left_out_falls_back_on_its_default(table: Table) -> None:
    new = copy.deepcopy(table)
    del new["responsibility"]["parameters"]["band_width"]
    assert told(table, new) == [
        "The band width is written the default 0.10 instead of 0.10: the number is the same."
    ]
    new["responsibility"]["parameters"]["band_width"] = "10 %"
    assert told(table, new) == [
        "The band width is written 10 % instead of 0.10: the number is the same."
    ]


@given(st.sampled_from(sorted(shipped())), st.sampled_from(sorted(shipped())))
def test_any_two_charters_can_be_compared(one: str, other: str) -> None:
    old, new = load(one), load(other)
    changes = diff(old, new)
    assert (changes == ()) == (one == other)
    back = diff(new, old)
    assert len({change.what for change in changes}) == len({change.what for change in back})
    for change in changes:
        assert change.sentence.endswith(".")
        assert change.old != change.new
