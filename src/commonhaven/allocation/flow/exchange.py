"""Groups of states between which people could change places without loss on any criterion."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from commonhaven.allocation.flow.network import Flow


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """States that are similarly positioned for some people, and those people.

    ``supply``: cohort → its people who may go to more than one of the ``columns``; ``arcs``:
    cohort → those columns. ``fixed``: column → people who can be nowhere else. ``loose``: the
    states whose number of people can change; the others hold the same number in every optimal
    flow (``held``: column → people now).
    """

    columns: tuple[int, ...]
    supply: dict[int, int]
    arcs: dict[int, tuple[int, ...]]
    fixed: dict[int, int]
    loose: frozenset[int]
    held: dict[int, int]


def groups(flow: Flow, places: Sequence[int]) -> tuple[Group, ...]:
    """Every group of states, in the order of their first column.

    Two states belong together where a chain of cohorts links them that can change places in a
    cycle, free places counting as partners in the exchange.
    """
    cycle = _cycles(flow, places)
    rows, free = len(flow.people), len(flow.people) + len(places) + 1
    arcs = {
        row: tuple(c for c in columns if cycle[rows + c] == cycle[row])
        for row, columns in enumerate(flow.arcs)
    }
    arcs = {row: columns for row, columns in arcs.items() if len(columns) > 1}
    loose = frozenset(
        column
        for column in range(len(places))
        if cycle[rows + column] == cycle[free] and column not in flow.full
    )
    return tuple(_group(flow, arcs, loose, members) for members in _linked(arcs))


def _group(
    flow: Flow, arcs: dict[int, tuple[int, ...]], loose: frozenset[int], members: tuple[int, ...]
) -> Group:
    here = frozenset(members)
    inside = {row: columns for row, columns in arcs.items() if columns[0] in here}
    held, fixed = dict.fromkeys(members, 0), dict.fromkeys(members, 0)
    supply = dict.fromkeys(inside, 0)
    for row, cells in enumerate(flow.people):
        moving = frozenset(arcs.get(row, ()))
        for column in cells.keys() & here:
            held[column] += cells[column]
            if column in moving:
                supply[row] += cells[column]
            else:
                fixed[column] += cells[column]
    return Group(
        columns=members,
        supply=supply,
        arcs=inside,
        fixed=fixed,
        loose=loose & here,
        held=held,
    )


def _linked(arcs: dict[int, tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Columns joined by sharing a cohort, each set in ascending order."""
    leader: dict[int, int] = {}

    def first(column: int) -> int:
        while leader[column] != column:
            leader[column] = leader[leader[column]]
            column = leader[column]
        return column

    for columns in arcs.values():
        for column in columns:
            leader.setdefault(column, column)
        for column in columns[1:]:
            low, high = sorted((first(columns[0]), first(column)))
            leader[high] = low
    found: dict[int, list[int]] = {}
    for column in sorted(leader):
        found.setdefault(first(column), []).append(column)
    return [tuple(columns) for columns in found.values()]


def _cycles(flow: Flow, places: Sequence[int]) -> list[int]:
    """The strongly connected part of the residual graph each node belongs to.

    Nodes: cohorts, then columns, then the free places. An edge leads to where one more person may
    go, or back from where one may be taken away.
    """
    rows, last = len(flow.people), len(places)
    free = rows + last + 1
    edges: list[list[int]] = [[rows + column for column in columns] for columns in flow.arcs]
    edges += [[] for _ in range(last + 2)]
    used = [0] * (last + 1)
    for row, cells in enumerate(flow.people):
        for column, number in cells.items():
            edges[rows + column].append(row)
            used[column] += number
    for column, room in enumerate(places):
        if column not in flow.full:
            edges[free].append(rows + column)
            if used[column] < room:
                edges[rows + column].append(free)
    return components(edges)


def components(edges: list[list[int]]) -> list[int]:
    """Tarjan's strongly connected components, without recursion."""
    size = len(edges)
    number, low, component = [-1] * size, [0] * size, [-1] * size
    open_: list[int] = []
    count = 0
    for root in range(size):
        if number[root] >= 0:
            continue
        path: list[tuple[int, Iterator[int]]] = []
        node = root
        while True:
            if number[node] < 0:
                number[node] = low[node] = count
                count += 1
                open_.append(node)
                path.append((node, iter(edges[node])))
            below = _next(path[-1][1], number, low, component, node)
            if below is not None:
                node = below
                continue
            path.pop()
            if low[node] == number[node]:
                _close(node, open_, component)
            if not path:
                break
            parent = path[-1][0]
            low[parent] = min(low[parent], low[node])
            node = parent
    return component


def _next(
    edges: Iterator[int], number: list[int], low: list[int], component: list[int], node: int
) -> int | None:
    for other in edges:
        if number[other] < 0:
            return other
        if component[other] < 0:
            low[node] = min(low[node], number[other])
    return None


def _close(node: int, open_: list[int], component: list[int]) -> None:
    while True:
        member = open_.pop()
        component[member] = node
        if member == node:
            return
