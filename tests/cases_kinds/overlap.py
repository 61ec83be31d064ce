"""How far two processes have the same members on a day."""

from typing import Any

from commonhaven.processes import overlap, process, roster
from commonhaven.reading import exact


def run(case: dict[str, Any]) -> None:
    assert set(case) <= {"kind", "name", "cite", "note", "a", "b", "on", "expect"}
    found = overlap(*(roster(process(case[side]), case["on"]) for side in ("a", "b")))
    expect = case["expect"]
    assert found.jaccard == exact(expect["jaccard"])
    assert len(found.common) == expect["common"]
    assert len((*found.common, *found.only_a, *found.only_b)) == expect["either"]
    assert bool(found.warnings) == expect["warned"]
