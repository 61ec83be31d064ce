"""Ways of deciding, as data: what must be in favour, of which base."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from commonhaven.procedures.model import ID, Standing
from commonhaven.reading import Problem, build, closest, described, load_toml

Base = Literal["members", "present", "voting"]
BASES: tuple[str, ...] = get_args(Base)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """A way of deciding."""

    id: str = described("Short name", pattern=ID)
    title: str = described("In a few words")
    what: str = described("When something is adopted, in a sentence")
    kind: Literal["consensus", "unanimity", "majority", "double", "weighted"] = described(
        "How votes are counted"
    )
    base: Base = described("Of whom the part is taken", default="voting")
    fraction: Fraction = described(
        "Part of the base that must be in favour", default=Fraction(1), low=0, high=1
    )
    over: bool = described("Whether it must be more than that part", default=False)
    population: Fraction = described(
        "Part of the population that must be in favour", default=Fraction(0), low=0, high=1
    )
    blocking: int = described("Members needed to block by population", default=0, low=0)
    minus: int = described("Objections that do not prevent it", default=0, low=0)
    named: bool = described(
        "Whether parties can be named whose objection does not count", default=False
    )
    cite: str = described("Where it stands")
    standing: Standing = described("Read in the text, reported by others, or our own proposal")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Modes:
    modes: tuple[Mode, ...] = described("The modes")


@cache
def modes() -> Mapping[str, Mode]:
    """Every mode of decision, by id."""
    table = load_toml(files("commonhaven.procedures") / "modes.toml", "modes.toml")
    return {mode.id: mode for mode in build(_Modes, table, "modes.toml").modes}


def mode(name: str) -> Mode:
    """The mode of that id; Problem where there is none."""
    if name not in modes():
        fix = closest(name, modes())
        raise Problem(f'no mode of decision is called "{name[:60]}"', where="mode", fix=fix)
    return modes()[name]
