"""What every answer must satisfy, as predicates that anyone can run on a plan."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from commonhaven.allocation.gate import excluded
from commonhaven.allocation.question import Cohort, Placement, Question
from commonhaven.allocation.rule import Figures, Key

EXTENSIVE = ("population", "gdp", "gni", "land_area_km2", "tax_revenue")
"""Figures that add up when states merge."""


def nobody_is_lost(question: Question, placement: Placement) -> bool:
    """Placed and unplaced make up every cohort, and nobody is counted below zero."""
    return all(
        sum(placement.people.get(cohort.id, {}).values()) + placement.unplaced.get(cohort.id, 0)
        == cohort.people
        and min([placement.unplaced.get(cohort.id, 0), *_numbers(placement, cohort)]) >= 0
        for cohort in question.cohorts
    ) and set(placement.people) | set(placement.unplaced) <= {c.id for c in question.cohorts}


def people_are_whole(_question: Question, placement: Placement) -> bool:
    """Placed and unplaced are whole numbers, not fractions and not floating point."""
    rows = (placement.unplaced, *placement.people.values())
    return all(type(number) is int for row in rows for number in row.values())


def nobody_is_sent_back(question: Question, placement: Placement) -> bool:
    """Nobody is placed in the country fled from, nor where a risk of refoulement is known."""
    return not any(
        placement.people.get(cohort.id, {}).get(state, 0)
        for cohort in question.cohorts
        for state in {cohort.origin, *cohort.refoulement_risk}
    )


def nobody_is_below_the_gate(question: Question, placement: Placement) -> bool:
    """Nobody is placed with a state that the gate excludes, or that was not asked."""
    shut = excluded(question)
    hosts = {host.state for host in question.hosts}
    return all(
        number == 0 or (cohort in shut and state in hosts and state not in shut[cohort])
        for cohort, row in placement.people.items()
        for state, number in row.items()
    )


def capacities_hold(question: Question, placement: Placement) -> bool:
    """No state receives more than its capacity, over all cohorts."""
    received = placement.received()
    return all(
        host.capacity is None or received.get(host.state, 0) <= host.capacity
        for host in question.hosts
    )


def everyone_is_placed_who_can_be(question: Question, placement: Placement) -> bool:
    """No set of cohorts could fill more room: placed people reach the bound of a cut (Gale 1957).

    Tries every set of states that might be full; for small questions only (2 to the number of
    states). States count where the gate is open.
    """
    shut = excluded(question)
    hosts = [host for host in question.hosts if host.capacity is not None]
    limitless = {host.state for host in question.hosts if host.capacity is None}
    bounds = []
    for chosen in range(2 ** len(hosts)):
        full = {host.state for at, host in enumerate(hosts) if chosen >> at & 1}
        room = sum(host.capacity or 0 for host in hosts if host.state in full)
        others = (limitless | {host.state for host in hosts}) - full
        free = sum(c.people for c in question.cohorts if any(s not in shut[c.id] for s in others))
        bounds.append(room + free)
    return sum(placement.received().values()) == min(question.people, *bounds)


def relabelled(question: Question, names: Mapping[str, str]) -> Question:
    """The same question with other names for the states."""
    return replace(
        question,
        hosts=tuple(replace(host, state=names[host.state]) for host in question.hosts),
        cohorts=tuple(_relabelled(cohort, names) for cohort in question.cohorts),
        tie_order=tuple(names[state] for state in question.tie_order),
    )


def names_do_not_matter(
    question: Question,
    placement: Placement,
    names: Mapping[str, str],
    place: Callable[[Question], Placement],
) -> bool:
    """Other names for the states give the same answer under those names.

    Holds where ``tie_order`` names every host, since then the order of states is given and not
    read from their names.
    """
    other = place(relabelled(question, names))
    renamed = {
        cohort: {names[state]: number for state, number in row.items() if number}
        for cohort, row in placement.people.items()
    }
    found = {c: {s: n for s, n in row.items() if n} for c, row in other.people.items()}
    return renamed == found and dict(placement.unplaced) == dict(other.unplaced)


def within_quota(people: Mapping[str, int], shares: Mapping[str, Fraction], total: int) -> bool:
    """Each state gets its exact number rounded down or up, never further off."""
    return all(
        floor(share * total) <= people[state] <= ceil(share * total)
        for state, share in shares.items()
    )


def house_monotone(fewer: Mapping[str, int], more: Mapping[str, int]) -> bool:
    """No state loses a place when there are more places and nothing else changes."""
    return all(more[state] >= number for state, number in fewer.items())


def adds_up(key: Key) -> bool:
    """Shares are not negative and add up to one, exactly."""
    return sum(key.shares.values(), Fraction(0)) == 1 and min(key.shares.values()) >= 0


def rises(before: Key, after: Key, state: str) -> bool:
    """More of an indicator did not lower the state's own share."""
    return after.shares[state] >= before.shares[state]


def falls(before: Key, after: Key, state: str) -> bool:
    """More of an indicator did not raise the state's own share."""
    return after.shares[state] <= before.shares[state]


def halved(figures: Figures, state: str, twin: str) -> dict[str, dict[str, Fraction]]:
    """The figures after a state divides into two identical halves, itself and its twin."""
    half = {
        name: value / 2 if name in EXTENSIVE else value for name, value in figures[state].items()
    }
    return {**{s: dict(row) for s, row in figures.items()}, state: half, twin: dict(half)}


def splits_alike(before: Key, after: Key, state: str, twin: str) -> bool:
    """Two identical halves jointly owe what the whole owed."""
    return after.shares[state] + after.shares[twin] == before.shares[state]


ON_PLACEMENTS: Mapping[str, Callable[[Question, Placement], bool]] = {
    "nobody is lost": nobody_is_lost,
    "people are whole": people_are_whole,
    "nobody is sent back": nobody_is_sent_back,
    "nobody is below the gate": nobody_is_below_the_gate,
    "capacities hold": capacities_hold,
}
"""What every placement of every rule satisfies, by name."""


def broken(question: Question, placement: Placement) -> tuple[str, ...]:
    """The names of the axioms that a placement breaks; empty where it keeps them all."""
    return tuple(name for name, holds in ON_PLACEMENTS.items() if not holds(question, placement))


def _numbers(placement: Placement, cohort: Cohort) -> list[int]:
    return list(placement.people.get(cohort.id, {}).values())


def _relabelled(cohort: Cohort, names: Mapping[str, str]) -> Cohort:
    return replace(
        cohort,
        origin=names.get(cohort.origin, cohort.origin),
        scores={names.get(state, state): score for state, score in cohort.scores.items()},
        refoulement_risk=frozenset(names.get(s, s) for s in cohort.refoulement_risk),
        wishes={names.get(state, state): share for state, share in cohort.wishes.items()},
        present={names.get(state, state): number for state, number in cohort.present.items()},
    )
