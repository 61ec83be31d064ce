"""Who goes where, once every state's number is settled: as few people as possible move.

An arc that counts only up to the people present is a flow of its own: a column that holds them and
a row that hands them on. So the exact flow finds the fewest moves too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from commonhaven.allocation.flow.augment import several_ways
from commonhaven.allocation.flow.exchange import Group, groups
from commonhaven.allocation.flow.network import Transport, best_flow
from commonhaven.allocation.flow.route import Settled, canonical

Present = Sequence[Mapping[int, int]]
"""For each cohort: column → people there now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bypass:
    """People of a cohort (``row``) who are in a state (``column``) already."""

    row: int
    column: int
    people: int


def fewest_moves(group: Group, settled: Settled, order: Sequence[int], present: Present) -> Settled:
    """The same totals, with as many people as possible where they are; then by the order.

    Returns what was settled where nobody of the group is in one of its states.
    """
    ways = [
        _Bypass(row=row, column=column, people=min(present[row][column], group.supply[row]))
        for row in sorted(group.arcs)
        for column in order
        if column in group.arcs[row] and present[row].get(column) and group.supply[row]
    ]
    if not ways or len(group.arcs) == 1:
        return settled
    rows = sorted(group.arcs)
    transport = _extended(group, settled, order, ways)
    flow = best_flow(transport)
    people = [dict(row) for row in flow.people]
    choice = False
    for part in groups(flow, transport.places):
        found = canonical(part, part.held, part.held, part.columns)
        choice = choice or found.open or _has_cycle(part)
        for row, columns in part.arcs.items():
            people[row] = {c: n for c, n in people[row].items() if c not in columns}
            people[row].update(found.people[row])
    width = len(order)
    moved = {
        row: _joined(people[at], order, {width + n: way.column for n, way in enumerate(ways)})
        for at, row in enumerate(rows)
    }
    return Settled(people=moved, totals=settled.totals, open=choice)


def staying(
    cells: Mapping[str, Mapping[str, int]],
    open_to: Mapping[str, Iterable[str]],
    present: Mapping[str, Mapping[str, int]],
    order: Sequence[str],
) -> tuple[dict[str, dict[str, int]], bool]:
    """The same numbers by state and by cohort, with as many people as possible where they are.

    Returns them, and whether ``order`` and the names of cohorts told equal answers apart.
    ``cells``: cohort → state → people; ``open_to``: cohort → the states it may be in; ``present``:
    cohort → state → people there now.
    """
    cohorts = sorted(cells)
    column = {state: at for at, state in enumerate(order)}
    there = [{column[s]: n for s, n in present[g].items() if s in column and n} for g in cohorts]
    totals = {at: sum(cells[g].get(s, 0) for g in cohorts) for s, at in column.items()}
    group = Group(
        columns=tuple(range(len(order))),
        supply={row: sum(cells[g].values()) for row, g in enumerate(cohorts)},
        arcs={row: tuple(sorted(column[s] for s in open_to[g])) for row, g in enumerate(cohorts)},
        fixed=dict.fromkeys(totals, 0),
        loose=frozenset(),
        held=totals,
    )
    now = {row: {column[s]: n for s, n in cells[g].items() if n} for row, g in enumerate(cohorts)}
    settled = Settled(people=now, totals=totals, open=several_ways(cells, open_to))
    found = fewest_moves(group, settled, group.columns, there)
    people = {
        g: {order[at]: n for at, n in found.people[row].items() if n}
        for row, g in enumerate(cohorts)
    }
    return people, found.open


def _has_cycle(group: Group) -> bool:
    """Whether people of a group could change places without loss: its choices are not a tree."""
    columns = {column for choices in group.arcs.values() for column in choices}
    return sum(map(len, group.arcs.values())) >= len(group.arcs) + len(columns)


def _extended(
    group: Group, settled: Settled, order: Sequence[int], ways: Sequence[_Bypass]
) -> Transport:
    """The group's people and numbers, with a column and a row for everyone who could stay."""
    rows, width = sorted(group.arcs), len(order)
    size = width + len(ways)
    is_open, worth = [], []
    for row in rows:
        choices = frozenset(group.arcs[row])
        is_open.append([column in choices for column in order] + [way.row == row for way in ways])
        worth.append([0] * size)
    for number, way in enumerate(ways):
        own = [column == way.column for column in order]
        is_open.append(own + [other == number for other in range(len(ways))])
        worth.append([int(here) for here in own] + [0] * len(ways))
    return Transport(
        people=[group.supply[row] for row in rows] + [way.people for way in ways],
        places=[settled.totals[c] - group.fixed[c] for c in order] + [way.people for way in ways],
        open=is_open,
        levels=[worth],
    )


def _joined(
    cells: Mapping[int, int], order: Sequence[int], bypass: Mapping[int, int]
) -> dict[int, int]:
    found: dict[int, int] = {}
    for at, number in cells.items():
        column = bypass[at] if at in bypass else order[at]
        found[column] = found.get(column, 0) + number
    return found
