"""Of whom a measure speaks: the world, a region, a group of states by any name, one state."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from commonhaven.parties import find_state, grouping, groupings, members, states
from commonhaven.parties import name as name_of
from commonhaven.reading import Problem, closest
from commonhaven.saying import say

Kind = Literal["world", "income group", "grouping", "region", "states"]
INCOMES = {
    "low-income": ("low",),
    "lower-middle-income": ("lower middle",),
    "upper-middle-income": ("upper middle",),
    "high-income": ("high",),
    "low-and-middle-income": ("low", "lower middle", "upper middle"),
}
INCOME_NOTE = say(
    "Income groups are the World Bank's of fiscal year 2026, for every year: how a state was "
    "classified before is not held."
)
LEAST_DEVELOPED = "least-developed"
LEAST_NOTE = say("Least developed countries are those of today, for every year.")
UNCHANGED_SINCE = 2011
DISSOLVED_NOTE = say(
    "Regions and classes hold the states of today: who dissolved is in none of them."
)
CLASSES = {**dict.fromkeys(INCOMES, INCOME_NOTE), LEAST_DEVELOPED: LEAST_NOTE}
"""Scope by a classification → what to know of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A scope by its id; who belongs to a grouping depends on the year."""

    id: str
    kind: Kind
    title: str
    fixed: tuple[str, ...] = ()

    def states(self, year: int) -> tuple[str, ...]:
        """The states of the scope at the end of the year; of the world, all there are now."""
        if self.kind == "grouping":
            return members(self.id, date(year, 12, 31)).states
        return existing() if self.kind == "world" else self.fixed

    def holds(self, state: str, year: int) -> bool:
        """Whether a row of a table belongs to it; to the world belongs every row."""
        return self.kind == "world" or state in self.states(year)

    def notes(self, year: int) -> tuple[str, ...]:
        """What a careful reader should know of who belongs to it."""
        if self.kind == "grouping":
            held = members(self.id, date(year, 12, 31))
            return (held.note,) if held.note else ()
        said = [CLASSES[self.id]] if self.id in CLASSES else []
        if self.kind in ("region", "income group") and year < UNCHANGED_SINCE:
            said.append(DISSOLVED_NOTE)
        return tuple(said)


def existing() -> tuple[str, ...]:
    """Every state and territory of today: neither dissolved ones nor labels."""
    gone = ("dissolved", "no state")
    return tuple(code for code, one in states().items() if one.standing not in gone)


def labels() -> frozenset[str]:
    """The codes that stand for no state."""
    return frozenset(code for code, one in states().items() if one.standing == "no state")


def regions() -> dict[str, tuple[str, ...]]:
    """Regions, subregions and intermediate regions of M49, with their states of today."""
    found: dict[str, list[str]] = {}
    for code in existing():
        one = states()[code]
        for name in {one.region, one.subregion, one.intermediate_region} - {""}:
            found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in sorted(found.items())}


def scope(text: str) -> Scope:
    """The scope that a text names; Problem with the nearest names otherwise.

    ``world``; an income group such as ``low-and-middle-income``; ``least-developed``; a grouping by
    id, such as ``igad``; a region of M49, such as ``Eastern Africa``; a state by code or name;
    several joined by +, such as ``UGA+ETH``.
    """
    wanted = " ".join(text.split())
    if wanted == "world":
        return Scope(id="world", kind="world", title="the world")
    if wanted in INCOMES:
        return _by_income(wanted)
    if wanted == LEAST_DEVELOPED:
        poorest = tuple(code for code in existing() if states()[code].ldc)
        return Scope(
            id=wanted, kind="income group", title="least developed countries", fixed=poorest
        )
    if wanted in groupings():
        return Scope(id=wanted, kind="grouping", title=grouping(wanted).name)
    by_fold = {name.casefold(): name for name in regions()}
    if wanted.casefold() in by_fold:
        name = by_fold[wanted.casefold()]
        return Scope(id=name, kind="region", title=name, fixed=regions()[name])
    return _of_states(wanted)


def _by_income(wanted: str) -> Scope:
    codes = tuple(code for code in existing() if states()[code].income_group in INCOMES[wanted])
    return Scope(
        id=wanted, kind="income group", title=wanted.replace("-", " ") + " countries", fixed=codes
    )


def _of_states(wanted: str) -> Scope:
    try:
        codes = tuple(dict.fromkeys(find_state(part, "--of").code for part in wanted.split("+")))
    except Problem as unknown:
        known = ["world", *INCOMES, LEAST_DEVELOPED, *groupings(), *regions()]
        near = closest(wanted, known)
        fix = near if near.startswith("Did") else f"{unknown.fix} Or a grouping or region: {near}"
        raise Problem(f'no scope "{wanted[:40]}"', where="--of", fix=fix) from None
    title = name_of(codes[0]) if len(codes) == 1 else ", ".join(codes)
    return Scope(id="+".join(codes), kind="states", title=title, fixed=tuple(sorted(codes)))
