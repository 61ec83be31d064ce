"""The published schema and reference page say what the model says, and agree with `read`."""

import copy
import json
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonhaven.charter import Charter, json_schema, load, read, reference_page, shipped
from commonhaven.reading import Problem, build, canonical, dump

REFERENCE = Path(__file__).parents[2] / "docs/reference"
CHECKER = jsonschema.Draft202012Validator(
    json_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)
ALL = sorted(shipped())
ODD: tuple[Any, ...] = (
    0, -1, 7, 10**30, True, "", "x", "GHA", "0.7", "7", "3/5", "12 %", "1e5", "inner core",
    "2026-02-30", "2026-13-01", "2026-06-01", [], ["GHA"], [1], {}, {"en": "Coast"}, {"x": 1},
)  # fmt: skip


def plain(value: object) -> Any:
    """As JSON would give it: dates as text, decimals as text."""
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return str(value) if isinstance(value, date | Decimal) else value


def paths(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [way] if way else []
    if isinstance(value, dict | list):
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        found += [deeper for step, part in parts for deeper in paths(part, (*way, step))]
    return found


PLAIN = {name: plain(tomllib.loads(shipped()[name].read_text())) for name in ALL}
PATHS = {name: paths(table) for name, table in PLAIN.items()}


@st.composite
def mutants(draw: st.DrawFn) -> dict[str, Any]:
    """A shipped charter with one to three values replaced, removed or added."""
    name = draw(st.sampled_from(ALL))
    table = copy.deepcopy(PLAIN[name])
    for _ in range(draw(st.integers(1, 3))):
        *way, last = draw(st.sampled_from(PATHS[name]))
        holder: Any = table
        try:
            for step in way:
                holder = holder[step]
            action = draw(st.sampled_from(("replace", "remove", "add")))
            if action == "remove":
                del holder[last]
            elif action == "replace":
                holder[last] = draw(st.sampled_from(ODD))
            else:
                holder[last][draw(st.sampled_from(("ends", "note", "years", "colour")))] = draw(
                    st.sampled_from(ODD)
                )
        except (KeyError, IndexError, TypeError):
            continue
    return table


@pytest.mark.parametrize("name", ALL)
def test_shipped_charter_satisfies_the_schema(name: str) -> None:
    CHECKER.validate(PLAIN[name])
    CHECKER.validate(json.loads(canonical(dump(load(name)))))


def test_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


@given(mutants())
def test_what_read_accepts_satisfies_the_schema_and_reads_back(table: dict[str, Any]) -> None:
    """So what the schema rejects is rejected by `read`.

    Null is apart: where a field may be absent, `read` takes it for absent.
    """
    try:
        charter = read(table, "mutant")
    except Problem:
        return
    assert CHECKER.is_valid(table)
    again = json.loads(canonical(dump(charter)))
    assert CHECKER.is_valid(again)
    assert build(Charter, again, "again") == charter


@given(mutants())
def test_what_the_schema_rejects_read_rejects(table: dict[str, Any]) -> None:
    if not CHECKER.is_valid(table):
        with pytest.raises(Problem):
            read(table, "mutant")


def test_published_schema_is_the_models() -> None:
    published = (REFERENCE / "charter.schema.json").read_text(encoding="utf-8")
    assert published == json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def test_published_page_is_the_models() -> None:
    assert (REFERENCE / "charter.md").read_text(encoding="utf-8") == reference_page()


def test_page_tells_every_field_with_its_default_and_source() -> None:
    page = reference_page()
    assert "## `[[members]]`" in page
    assert "## `[responsibility.tie_break]`" in page
    row = next(line for line in page.splitlines() if line.startswith("| `ceiling` |"))
    assert row == (
        "| `ceiling` | Greatest part of the cost that one state bears | number, from 0.01 to 1 | "
        '`"0.22"` (A/RES/55/5 B; A/RES/79/249) |'
    )
