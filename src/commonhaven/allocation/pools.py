"""One key for the cohorts that are open to the same states."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from commonhaven.allocation.question import Question
from commonhaven.allocation.rule import Rule, Settings
from commonhaven.working import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Pools:
    """Exact targets by cohort and state, and the working of the keys they come from.

    Cohorts that are open to the same states are shared by one key; ``keys``: cohort → the start of
    the ids of its key's lines.
    """

    targets: Mapping[str, Mapping[str, Fraction]]
    keys: Mapping[str, str]
    working: tuple[Line, ...]


def pools_of(
    question: Question, rule: Rule, settings: Settings, shut: Mapping[str, Mapping[str, str]]
) -> Pools:
    """One key for each set of cohorts that are open to the same states; exact targets from it."""
    figures = {host.state: host.figures for host in question.hosts}
    pools: dict[tuple[str, ...], list[str]] = {}
    people = {cohort.id: cohort.people for cohort in question.cohorts}
    for cohort in people:
        open_states = tuple(sorted(state for state in figures if state not in shut[cohort]))
        pools.setdefault(open_states, []).append(cohort)
    targets: dict[str, dict[str, Fraction]] = {cohort: {} for cohort in people}
    keys: dict[str, str] = {}
    working: list[Line] = []
    several = len([states for states in pools if states]) > 1
    for states, cohorts in pools.items():
        if not states:
            continue
        total = sum(people[cohort] for cohort in cohorts)
        key = rule.key({state: figures[state] for state in states}, settings, total)
        start = f"pool.{cohorts[0]}." if several else ""
        working += [renamed(line, start) for line in key.working]
        for cohort in cohorts:
            keys[cohort] = f"{start}key.{rule.id}"
            targets[cohort] = {s: people[cohort] * k for s, k in key.shares.items() if k}
    return Pools(targets=targets, keys=keys, working=tuple(working))


def renamed(line: Line, start: str) -> Line:
    """The line of one of several keys, with its pool in front of its id and of those it uses."""
    if not start:
        return line
    uses = tuple(f"{start}{use}" if use.startswith("key.") else use for use in line.uses)
    return replace(line, id=f"{start}{line.id}", uses=uses)
