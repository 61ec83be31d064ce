"""The demographic key that tells similarly positioned states apart, and nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from commonhaven.allocation.ammr import AMMR_2024
from commonhaven.allocation.chimni import CHIMNI
from commonhaven.allocation.equal import EQUAL
from commonhaven.allocation.eu_2015 import EU_2015
from commonhaven.allocation.grahl_madsen import GRAHL_MADSEN
from commonhaven.allocation.question import Host
from commonhaven.allocation.rule import Key, KeyUndefined, Rule
from commonhaven.allocation.size import AREA, GDP, POPULATION, POPULATION_GDP_AREA
from commonhaven.working import Line

KEYS: Mapping[str, Rule] = {
    rule.id: rule
    for rule in (
        POPULATION_GDP_AREA,
        POPULATION,
        GDP,
        AREA,
        EQUAL,
        GRAHL_MADSEN,
        CHIMNI,
        EU_2015,
        AMMR_2024,
    )
}
"""The keys that may serve, the default first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The key among some states, with its working under a name of its own."""

    shares: Mapping[str, Fraction]
    lines: tuple[Line, ...]
    name: str

    def line(self, state: str) -> str:
        """The id of the line that holds a state's share."""
        return f"{self.name}.{state}.share"


def told_apart(rule: Rule, hosts: list[Host], people: int, name: str) -> Told:
    """The key's shares among these hosts alone; lines are named ``name.<state>.<step>``.

    Raises KeyUndefined where a host lacks a figure that the key needs.
    """
    states = ", ".join(host.state for host in hosts)
    try:
        figures = {host.state: host.figures for host in hosts}
        key = rule.key(figures, rule.settings({}), people)
    except KeyUndefined as problem:
        raise KeyUndefined(
            f"{states} are similarly positioned and the key {rule.id} has to tell them apart, but "
            f"{problem.what}",
            where=problem.where,
            fix=problem.fix or "Give the figure, or choose another tie_break_key.",
        ) from None
    return Told(shares=key.shares, lines=_renamed(key, f"key.{rule.id}", name), name=name)


def _renamed(key: Key, old: str, name: str) -> tuple[Line, ...]:
    """A key may be computed among several sets of states in one result: ids must differ."""

    def new(line: str) -> str:
        return name + line.removeprefix(old) if line.startswith(f"{old}.") else line

    return tuple(
        replace(line, id=new(line.id), uses=tuple(new(used) for used in line.uses))
        for line in key.working
    )
