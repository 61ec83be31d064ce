"""Plans in a record are computed again, in whatever order their names come."""

import json
from collections.abc import Callable

import pytest

from commonhaven.reading import canonical, dump
from commonhaven.record import GENESIS, Content, Entry, Line, entry, sealed
from commonhaven.regime import Plan
from commonhaven.regime.recorded import recorded_plan


def holding(body: object) -> Entry:
    content = Content(
        number=1,
        at="2026-01-31T09:00:00.000000Z",
        act="decision adopted",
        subject="meeting/7",
        party="UNHCR",
        capacity="secretariat",
        audience="public",
        release="",
        body={"plan": body},  # type: ignore[dict-item]
        salt="0" * 32,
    )
    return entry(content, GENESIS)


@pytest.mark.parametrize(
    ("agreed", "crisis"), [("hathaway-neve", "togo-1993"), ("eu", "kosovo-1999")]
)
def test_a_plan_stands_with_its_names_sorted(
    agreed: str, crisis: str, plan_of: Callable[..., Plan]
) -> None:
    held = json.loads(canonical(dump(plan_of(agreed, crisis))))
    found = recorded_plan(holding(held))
    assert found is not None
    assert (found.stands, found.number, found.act) == (True, 1, "decision adopted")
    assert "every byte" not in " ".join(found.sentences)
    held["result"]["states"][0]["placed"] += 1
    changed = recorded_plan(holding(held))
    assert changed is not None
    assert not changed.stands
    assert "result.states" in changed.sentences[0]


@pytest.mark.parametrize("body", ["adopted", {"format": "another"}, None])
def test_what_is_no_plan_is_passed_over(body: object) -> None:
    line: Line = holding(body)
    assert recorded_plan(line) is None
    assert recorded_plan(sealed(holding(body))) is None


def test_a_broken_plan_does_not_stand() -> None:
    found = recorded_plan(holding({"format": "commonhaven plan 1"}))
    assert found is not None
    assert not found.stands
