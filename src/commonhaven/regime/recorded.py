"""The plans that a record holds, each computed again."""

from collections.abc import Mapping
from dataclasses import dataclass

from commonhaven.reading import Problem
from commonhaven.record import Entry, Line
from commonhaven.regime.plan import FORMAT
from commonhaven.regime.verify import verify_values

PLAN = "plan"
"""The name under which an entry's body holds a whole plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedPlan:
    """The plan of one entry: whether it stands, in sentences."""

    number: int
    act: str
    stands: bool
    sentences: tuple[str, ...]


def recorded_plan(line: Line) -> RecordedPlan | None:
    """The plan of an open entry computed again; None where it holds no whole plan."""
    if not isinstance(line, Entry):
        return None
    held = line.content.body.get(PLAN)
    if not isinstance(held, Mapping) or held.get("format") != FORMAT:
        return None
    number, act = line.number, line.content.act
    try:
        found = verify_values(dict(held), f"entry {number}")
    except Problem as problem:
        return RecordedPlan(number=number, act=act, stands=False, sentences=(str(problem),))
    return RecordedPlan(number=number, act=act, stands=found.same, sentences=found.sentences)
