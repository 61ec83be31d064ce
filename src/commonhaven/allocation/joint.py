"""Cohorts and states seated together: numbers by state, near the exact targets, nobody left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from commonhaven.allocation.flow.augment import Cells, augment, reachable
from commonhaven.allocation.keys.column import column
from commonhaven.allocation.rounding import apportion


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """What to seat: exact targets by cohort and state, people by cohort, limits, order of states.

    ``totals``: state → its exact number over all cohorts, in the order of states. ``most``: state →
    ceiling; absent where there is none.
    """

    targets: Mapping[str, Mapping[str, Fraction]]
    totals: Mapping[str, Fraction]
    people: Mapping[str, int]
    most: Mapping[str, int]
    order: Sequence[str]


def by_state(
    targets: Mapping[str, Mapping[str, Fraction]], order: Sequence[str]
) -> dict[str, Fraction]:
    """State → its exact number over all cohorts, in the order of states."""
    columns: dict[str, list[Fraction]] = {}
    for row in targets.values():
        for state, target in row.items():
            columns.setdefault(state, []).append(target)
    return {state: column(columns[state]).total() for state in order if state in columns}


def seat(seats: Seats, numbers: Mapping[str, int]) -> Cells:
    """Cohort → state → people, with each state's number kept where the cohorts allow it.

    First everyone who fits near the exact targets, then the rest into what is left of each state's
    number, then beyond the numbers, by the key, up to the ceilings. Who is still left has no place
    that gates and ceilings allow, however the others are moved.
    """
    cells = _start(seats, numbers)
    rank = {state: at for at, state in enumerate(seats.order)}
    open_to = {
        cohort: sorted(row, key=lambda state: (cells[cohort][state] - row[state], rank[state]))
        for cohort, row in seats.targets.items()
    }
    left = {
        cohort: augment(
            cells, open_to, numbers, cohort, seats.people[cohort] - sum(cells[cohort].values())
        )
        for cohort in seats.targets
    }
    room = dict(numbers)
    for cohort, people in left.items():
        _spill(seats, cells, open_to, room, (cohort, people))
    return cells


def _start(seats: Seats, numbers: Mapping[str, int]) -> Cells:
    """Every target rounded down, and scaled down where the state's number is below its target."""
    scale = {
        state: min(Fraction(1), numbers[state] / total) if total else Fraction(0)
        for state, total in seats.totals.items()
    }
    return {
        cohort: {state: floor(target * scale[state]) for state, target in row.items()}
        for cohort, row in seats.targets.items()
    }


def _spill(
    seats: Seats,
    cells: Cells,
    open_to: Mapping[str, Sequence[str]],
    room: dict[str, int],
    waiting: tuple[str, int],
) -> None:
    """Raise the room of the states that can help, by their targets, until nobody waits or all full.

    Every round seats everyone or shuts the way to at least one state, so it ends.
    """
    cohort, left = waiting
    while left > 0:
        used = _used(cells)
        near = set(reachable(cells, open_to, cohort))
        helpful = [state for state in seats.totals if state in near]
        most = {
            state: seats.most[state] - used.get(state, 0)
            for state in helpful
            if state in seats.most
        }
        weights = {state: seats.totals[state] for state in helpful if most.get(state, 1) > 0}
        whole = sum(weights.values(), Fraction(0))
        if not weights:
            return
        shares = {state: weight / whole for state, weight in weights.items()}
        limits = {state: most[state] for state in weights if state in most}
        more = apportion(shares, left, order=seats.order, at_most=limits).people
        for state, number in more.items():
            room[state] = used.get(state, 0) + number
        left = augment(cells, open_to, room, cohort, left)


def _used(cells: Cells) -> dict[str, int]:
    used: dict[str, int] = {}
    for row in cells.values():
        for state, number in row.items():
            used[state] = used.get(state, 0) + number
    return used
