"""Cohorts and states seated together: numbers by state, near the exact targets, nobody left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from commonhaven.allocation.flow.augment import Cells, augment, reachable
from commonhaven.allocation.keys.column import column
from commonhaven.allocation.question import Tie
from commonhaven.allocation.rounding import WHOLE, apportion

Pool = tuple[str, ...]
"""The states open to some people: cohorts open to the same states have equal claims."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """What to seat: exact targets by cohort and state, people by cohort, limits, order of states.

    ``totals``: state → its exact number over all cohorts; ``weights``: the same after credit and
    deductions, by which states share. ``most``, ``least``: state → ceiling and floor; absent where
    there is none. ``order``: all states as ties are settled; ``declared``: those of the charter.
    """

    targets: Mapping[str, Mapping[str, Fraction]]
    totals: Mapping[str, Fraction]
    weights: Mapping[str, Fraction]
    people: Mapping[str, int]
    most: Mapping[str, int]
    least: Mapping[str, int]
    order: Sequence[str]
    declared: Sequence[str]
    method: str = WHOLE[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """Cohort → state → people, the ties by which the states' numbers were settled, and notes."""

    cells: Cells
    ties: tuple[Tie, ...] = ()
    notes: tuple[str, ...] = ()


def by_state(
    targets: Mapping[str, Mapping[str, Fraction]], order: Sequence[str]
) -> dict[str, Fraction]:
    """State → its exact number over all cohorts, in the order of states."""
    columns: dict[str, list[Fraction]] = {}
    for row in targets.values():
        for state, target in row.items():
            columns.setdefault(state, []).append(target)
    return {state: column(columns[state]).total() for state in order if state in columns}


def seat(seats: Seats) -> Seated:
    """Everyone seated who can be; the states' numbers as near the exact ones as gates allow.

    First who is placed at all: where room is short, the cohorts that compete for it share it in
    proportion to their people. Then the states' numbers, the same whatever the order of cohorts;
    then cohorts within them, near their exact targets.
    """
    people, notes = placeable(seats)
    pools: dict[Pool, int] = {}
    for cohort, row in sorted(seats.targets.items()):
        pool = tuple(state for state in seats.order if state in row)
        pools[pool] = pools.get(pool, 0) + people[cohort]
    numbers, ties = settle(seats, {pool: number for pool, number in pools.items() if number})
    return Seated(cells=_cells(seats, people, numbers), ties=ties, notes=notes)


def settle(
    seats: Seats, pools: Mapping[Pool, int], states: Sequence[str] | None = None
) -> tuple[dict[str, int], tuple[Tie, ...]]:
    """State → people, for people who all have a place.

    The states share as if every state were open to everybody. Where that leaves people without a
    seat, the fewest pools that lack the most seats are settled by themselves, with all states open
    to them, and the other pools with the other states (the decomposition by Groenevelt 1991 and
    Fujishige 1980 of a separable objective over a polymatroid).
    """
    here = [s for s in seats.order if s in seats.totals] if states is None else states
    numbers, ties = numbers_of(seats, here, sum(pools.values()))
    short = lacking(pools, numbers)
    if not short:
        return numbers, ties
    theirs = frozenset(state for pool in short for state in pool if state in numbers)
    if len(short) == len(pools) and len(theirs) == len(here):
        raise AssertionError("people who all have a place lack seats")
    inside = {pool: number for pool, number in pools.items() if pool in short}
    outside = {pool: number for pool, number in pools.items() if pool not in short}
    first, ties_inside = settle(seats, inside, [s for s in here if s in theirs])
    second, ties_outside = settle(seats, outside, [s for s in here if s not in theirs])
    return first | second, (*ties_inside, *ties_outside)


def lacking(pools: Mapping[Pool, int], room: Mapping[str, int]) -> frozenset[Pool]:
    """The smallest set of pools that lacks the most seats; empty where everyone has one.

    It is the same whatever way people were seated: the pools that those without a seat could
    reach by exchanges, in any seating of as many as possible (Dulmage and Mendelsohn 1958).
    """
    names = {str(at): pool for at, pool in enumerate(pools)}
    open_to = {name: [s for s in pool if s in room] for name, pool in names.items()}
    cells: Cells = {name: {} for name in names}
    waiting = [
        name
        for name, pool in names.items()
        if augment(cells, open_to, room, name, pools[pool]) and pools[pool]
    ]
    found: set[str] = set(waiting)
    for name in waiting:
        near = reachable(cells, open_to, name)
        found |= {other for other, row in cells.items() if any(row.get(state) for state in near)}
    return frozenset(names[name] for name in found)


def numbers_of(
    seats: Seats, states: Sequence[str], people: int
) -> tuple[dict[str, int], tuple[Tie, ...]]:
    """State → people by the weights, within the limits, as if every state were open to everybody.

    A state whose weight credit has brought to zero comes in, by its exact number before credit,
    only for those whom the others cannot take.
    """
    weights = {state: seats.weights[state] for state in states}
    found, ties = _by_weight(seats, weights, people, {})
    left = people - sum(found.values())
    last = {state: seats.totals[state] for state in states if not weights[state]}
    if not left or not last:
        return found, ties
    more, others = _by_weight(seats, last, left, found)
    return found | {state: found[state] + more[state] for state in more}, (*ties, *others)


def _by_weight(
    seats: Seats, weights: Mapping[str, Fraction], people: int, before: Mapping[str, int]
) -> tuple[dict[str, int], tuple[Tie, ...]]:
    whole = sum(weights.values(), Fraction(0))
    if not whole:
        return dict.fromkeys(weights, 0), ()
    floors = {s: max(0, seats.least.get(s, 0) - before.get(s, 0)) for s in weights}
    least, lowered = lower(floors, people, seats.declared)
    made = apportion(
        {state: weight / whole for state, weight in weights.items()},
        people,
        seats.method,
        seats.declared,
        at_most={s: seats.most[s] - before.get(s, 0) for s in weights if s in seats.most},
        at_least=least,
    )
    return dict(made.people), (*lowered, *made.ties)


def lower(
    floors: Mapping[str, int], people: int, order: Sequence[str]
) -> tuple[dict[str, int], tuple[Tie, ...]]:
    """The floors, in proportion where they ask for more than the people there are."""
    least = {state: number for state, number in floors.items() if number}
    asked = sum(least.values())
    if asked <= people:
        return least, ()
    shares = {state: Fraction(number, asked) for state, number in least.items()}
    lowered = apportion(shares, people, order=order, at_most=least)
    return dict(lowered.people), lowered.ties


def placeable(seats: Seats) -> tuple[dict[str, int], tuple[str, ...]]:
    """Cohort → people who find a place behind its gates and within all ceilings together.

    No more can be placed. Sentences for equal claims that the names of cohorts had to settle.
    """
    endless = sum(seats.people.values())
    room = {state: seats.most.get(state, endless) for state in seats.totals}
    pools: dict[Pool, list[str]] = {}
    for cohort, row in sorted(seats.targets.items()):
        pools.setdefault(tuple(s for s in seats.order if s in row), []).append(cohort)
    wanted = {pool: sum(seats.people[c] for c in members) for pool, members in pools.items()}
    short = lacking(wanted, room)
    people = dict(seats.people) | dict.fromkeys(pools.get((), []), 0)
    members = {pool: pools[pool] for pool in pools if pool in short and pool}
    if not members:
        return people, ()
    shared, notes = _shared(seats, members, room)
    return people | shared, notes


def _shared(
    seats: Seats, pools: Mapping[Pool, list[str]], room: Mapping[str, int]
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Room that is short, among the cohorts that compete for it, in proportion to their people."""
    states = {state for pool in pools for state in pool if state in room}
    cohorts = sorted(cohort for members in pools.values() for cohort in members)
    people = {cohort: seats.people[cohort] for cohort in cohorts if seats.people[cohort]}
    whole, places = sum(people.values()), sum(room[state] for state in states)
    shares = {cohort: Fraction(number, whole) for cohort, number in people.items()}
    made = apportion(shares, min(places, whole), at_most=people)
    given = dict.fromkeys(cohorts, 0) | dict(made.people)
    wanted = {pool: sum(given[c] for c in members) for pool, members in pools.items()}
    short = lacking(wanted, {state: room[state] for state in states})
    if not short:
        return given, tuple(alike(tie) for tie in made.ties)
    theirs = {state for pool in short for state in pool}
    inside = {pool: members for pool, members in pools.items() if pool in short}
    outside = {pool: members for pool, members in pools.items() if pool not in short}
    first, notes = _shared(seats, inside, {s: room[s] for s in states if s in theirs})
    second, more = _shared(seats, outside, {s: room[s] for s in states if s not in theirs})
    return first | second, (*notes, *more)


def alike(tie: Tie) -> str:
    """A tie between cohorts as a sentence: a Tie itself is between states."""
    places = "place" if tie.places == 1 else "places"
    return (
        f"The cohorts {', '.join(tie.states)} have an equal claim to {tie.places:,} {places}; the "
        f"alphabet of their names settled it for {', '.join(tie.settled_for)}."
    )


def _cells(seats: Seats, people: Mapping[str, int], numbers: Mapping[str, int]) -> Cells:
    """Cohorts within the states' numbers: near the exact targets, then into what is left."""
    targets, totals = seats.targets, seats.totals
    if people != seats.people:
        part = {c: Fraction(people[c], n) if (n := seats.people[c]) else 0 for c in targets}
        targets = {c: {s: t * part[c] for s, t in row.items()} for c, row in targets.items()}
        totals = by_state(targets, seats.order)
    scale = {s: min(Fraction(1), numbers[s] / total) if total else 0 for s, total in totals.items()}
    cells = {
        cohort: {state: floor(target * scale[state]) for state, target in sorted(row.items())}
        for cohort, row in sorted(targets.items())
    }
    rank = {state: at for at, state in enumerate(seats.order)}
    open_to = {
        cohort: sorted(row, key=lambda state: (cells[cohort][state] - row[state], rank[state]))
        for cohort, row in targets.items()
    }
    for cohort, row in cells.items():
        augment(cells, open_to, numbers, cohort, people[cohort] - sum(row.values()))
    return cells
