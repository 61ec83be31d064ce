"""What the room can work out, as data: every measure with method, source and what it is not."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from commonhaven.indicators.result import Relation
from commonhaven.reading import Problem, build, closest, described, load_toml

FILE = "measures.toml"
ID = r"[a-z][a-z0-9-]*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One thing that is worked out from public figures."""

    id: str = described("Short name", pattern=ID)
    title: str = described("In a few words")
    unit: str = described("Its unit")
    indicator: str = described("Number of the compact's indicator it stands for", default="")
    relation: Relation = described("Whether it measures that, comes near, or is context")
    acts_on: Literal["host", "origin", "donor", "destination"] = described(
        "Which part the states of a scope play"
    )
    figures: tuple[str, ...] = described("The figures of states that it needs", default=())
    method: str = described("How it is worked out")
    is_not: str = described("What it must not be taken for", default="")
    source: str = described("Who measures so, or whose figures they are")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotComputed:
    """An index that is known and not worked out, with the reason."""

    id: str = described("Short name", pattern=ID)
    title: str = described("In a few words")
    why: str = described("Why it is not worked out")
    source: str = described("Who proposes it")


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Every measure, and what is left out."""

    measures: tuple[Measure, ...] = described("What is worked out")
    not_computed: tuple[NotComputed, ...] = described("What is not")


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships."""
    return build(Catalogue, load_toml(files("commonhaven.indicators") / FILE, FILE), FILE)


@cache
def measures() -> dict[str, Measure]:
    """Every measure by id, in the order of the catalogue."""
    return {each.id: each for each in catalogue().measures}


def measure(wanted: str) -> Measure:
    """One measure by id; Problem where there is none, with the reason where one is known."""
    if wanted in measures():
        return measures()[wanted]
    for left in catalogue().not_computed:
        if left.id == wanted:
            said = f"{left.title} ({left.source}) is not worked out: {left.why}"
            raise Problem(said, fix="Choose another: commonhaven indicators list.")
    raise Problem(f'there is no measure "{wanted[:40]}"', fix=closest(wanted, measures()))
