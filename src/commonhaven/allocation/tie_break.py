"""The demographic key that tells similarly positioned states apart, and nobody else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from commonhaven.allocation.keys.ammr import AMMR_2024
from commonhaven.allocation.keys.chimni import CHIMNI
from commonhaven.allocation.keys.equal import EQUAL
from commonhaven.allocation.keys.eu_2015 import EU_2015
from commonhaven.allocation.keys.grahl_madsen import GRAHL_MADSEN
from commonhaven.allocation.keys.size import AREA, GDP, POPULATION, POPULATION_GDP_AREA
from commonhaven.allocation.question import Host
from commonhaven.allocation.rule import Key, KeyUndefined, Rule, Settings
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


def told_apart(
    rule: Rule, hosts: list[Host], people: int, name: str, *, advice: str = "Give the figure."
) -> Told:
    """The key's shares among these hosts alone; lines are named ``name.<state>.<step>``.

    Raises KeyUndefined, with the ``advice``, where a host lacks a figure that the key needs.
    """
    settings = rule.settings({})
    figures = {host.state: host.figures for host in hosts}
    try:
        key = rule.key(figures, settings, people)
    except KeyUndefined as problem:
        states = ", ".join(figures)
        raise KeyUndefined(
            f"the key {rule.id} has to divide people between {states}, but {problem.what}",
            where=problem.where,
            fix=problem.fix or advice,
        ) from None
    lines = (*_parameters(rule, settings, name), *_renamed(key, rule, name))
    return Told(shares=key.shares, lines=lines, name=name)


def _parameters(rule: Rule, settings: Settings, name: str) -> tuple[Line, ...]:
    """The key's own parameters: they stand at their defaults, for a charter sets the rule's."""
    return tuple(
        Line(
            id=f"{name}.{parameter.name}",
            value=value if isinstance(value := settings[parameter.name], Fraction) else str(value),
            what=parameter.meaning,
            cite=f"instruments/{parameter.instrument}.toml ({parameter.source.standing})",
        )
        for parameter in rule.parameters
    )


def _renamed(key: Key, rule: Rule, name: str) -> tuple[Line, ...]:
    """A key may be computed among several sets of states in one result: ids must differ."""

    def new(line: str) -> str:
        for old in (f"key.{rule.id}.", f"parameter:{rule.id}/"):
            if line.startswith(old):
                return f"{name}.{line.removeprefix(old)}"
        return line

    return tuple(
        replace(line, id=new(line.id), uses=tuple(new(used) for used in line.uses))
        for line in key.working
    )
