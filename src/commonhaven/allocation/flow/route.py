"""Whole people from bundles of cohorts to columns with given room, by chains of moves."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from commonhaven.allocation.flow.exchange import Group, components
from commonhaven.allocation.flow.network import FlowNotProved

Bundles = dict[tuple[int, ...], int]
"""The columns open to some people → how many people; cohorts with equal choices are one bundle."""
Step = tuple[int, int, int]
"""A bundle, the column it gains, the column it leaves."""


class Route:
    """People of each bundle routed to columns so far, and those not yet routed."""

    def __init__(self, bundles: Mapping[tuple[int, ...], int]) -> None:
        self.columns = list(bundles)
        self.left = list(bundles.values())
        self.routed: list[dict[int, int]] = [{} for _ in bundles]
        self.beside: dict[int, list[int]] = {}
        for bundle, columns in enumerate(self.columns):
            for column in columns:
                self.beside.setdefault(column, []).append(bundle)

    def push(self, column: int, number: int) -> int:
        """Route up to ``number`` more people to the column; no other column holds fewer."""
        pushed = 0
        while pushed < number:
            chain = self._chain(column)
            if not chain:
                break
            (first, _, _), moves = chain[0], chain[1:]
            step = min(
                [number - pushed, self.left[first], *(self.routed[b][c] for b, _, c in moves)]
            )
            self.left[first] -= step
            for bundle, gained, left in chain:
                self._shift(bundle, gained, left, step)
            pushed += step
        return pushed

    def _shift(self, bundle: int, gained: int, left: int, number: int) -> None:
        cells = self.routed[bundle]
        cells[gained] = cells.get(gained, 0) + number
        if left >= 0:
            cells[left] -= number
            if not cells[left]:
                del cells[left]

    def _chain(self, column: int) -> list[Step]:
        """Moves that bring one waiting person, the first, and others on, the last to ``column``."""
        reached: dict[int, tuple[int, int]] = {column: (-1, -1)}
        seen: set[int] = set()
        queue = deque([column])
        while queue:
            at = queue.popleft()
            for bundle in self.beside.get(at, ()):
                if self.left[bundle]:
                    return [(bundle, at, -1), *_back(reached, at)]
                if bundle not in seen:
                    seen.add(bundle)
                    for other in self.routed[bundle]:
                        if other not in reached:
                            reached[other] = (bundle, at)
                            queue.append(other)
        return []

    def stuck(self) -> set[int]:
        """Columns that people still waiting could reach by any chain of moves."""
        holders: dict[int, list[int]] = {}
        for bundle, cells in enumerate(self.routed):
            for column in cells:
                holders.setdefault(column, []).append(bundle)
        waiting = [bundle for bundle, number in enumerate(self.left) if number]
        seen, found = set(waiting), set[int]()
        while waiting:
            for column in self.columns[waiting.pop()]:
                if column not in found:
                    found.add(column)
                    new = [b for b in holders.get(column, ()) if b not in seen]
                    seen.update(new)
                    waiting += new
        return found

    def exchange(self, bundle: int, column: int, later: Iterable[int]) -> int:
        """Bring people of the bundle into ``column`` from the ``later`` columns, totals unchanged.

        Only bundles after this one make room. Returns how many moved in one chain, 0 where none.
        """
        sources = {c for c in later if c in self.routed[bundle]}
        reached: dict[int, tuple[int, int]] = {column: (-1, -1)}
        queue = deque([column])
        while queue and sources:
            at = queue.popleft()
            if at in sources:
                return self._swap(bundle, column, at, reached)
            for other in self.beside.get(at, ()):
                if other > bundle and at in self.routed[other]:
                    for target in self.columns[other]:
                        if target not in reached:
                            reached[target] = (other, at)
                            queue.append(target)
        return 0

    def _swap(
        self, bundle: int, column: int, source: int, reached: Mapping[int, tuple[int, int]]
    ) -> int:
        moves = [(b, gained, left) for b, left, gained in _back(reached, source)]
        step = min([self.routed[bundle][source], *(self.routed[b][left] for b, _, left in moves)])
        self._shift(bundle, column, source, step)
        for other, gained, left in moves:
            self._shift(other, gained, left, step)
        return step


def several(route: Route) -> bool:
    """Whether the people of the bundles could be routed otherwise, every column's total the same.

    They could where a cycle of moves exists: where the arcs within a strongly connected part of the
    residual graph are more than a tree of its nodes.
    """
    names = {column: at for at, column in enumerate(sorted(route.beside), len(route.columns))}
    edges = [[names[column] for column in columns] for columns in route.columns]
    edges += [[] for _ in names]
    for bundle, cells in enumerate(route.routed):
        for column in cells:
            edges[names[column]].append(bundle)
    part = components(edges)
    nodes, arcs = [0] * len(edges), [0] * len(edges)
    for node, its in enumerate(part):
        nodes[its] += 1
        if node < len(route.columns):
            arcs[its] += sum(1 for column in edges[node] if part[column] == its)
    return any(found >= number > 0 for found, number in zip(arcs, nodes, strict=True))


def _back(reached: Mapping[int, tuple[int, int]], at: int) -> list[Step]:
    found = []
    bundle, before = reached[at]
    while bundle >= 0:
        found.append((bundle, before, at))
        at = before
        bundle, before = reached[at]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """People of each cohort by column, totals by column, and whether the order had to decide."""

    people: dict[int, dict[int, int]]
    totals: dict[int, int]
    open: bool


def canonical(
    group: Group, wanted: Mapping[int, int], most: Mapping[int, int], order: Sequence[int]
) -> Settled:
    """The flow in a group with totals as wanted (or nearest), the same whatever flow was found.

    Totals: columns in ``order`` reach what is wanted as far as possible, then people who remain
    go one by one to columns below ``most``. Cohorts: in their order, each as many as possible to
    the first column in the order, then to the next.
    """
    rank = {column: at for at, column in enumerate(order)}
    bundles: Bundles = {}
    members: dict[tuple[int, ...], list[int]] = {}
    for row in sorted(group.arcs):
        columns = tuple(sorted(group.arcs[row], key=rank.__getitem__))
        bundles[columns] = bundles.get(columns, 0) + group.supply[row]
        members.setdefault(columns, []).append(row)
    route = Route(bundles)
    totals = _totals(route, group, wanted, most, order)
    people: dict[int, dict[int, int]] = {}
    choice = several(route)
    for bundle, columns in enumerate(route.columns):
        for at, column in enumerate(columns):
            while choice and route.exchange(bundle, column, columns[at + 1 :]):
                pass
        rows = members[columns]
        cells = [(column, route.routed[bundle].get(column, 0)) for column in columns]
        choice = choice or (len(rows) > 1 and sum(1 for _, n in cells if n) > 1)
        people.update(_divided(rows, group.supply, cells))
    return Settled(people=people, totals=totals, open=choice)


def _totals(
    route: Route,
    group: Group,
    wanted: Mapping[int, int],
    most: Mapping[int, int],
    order: Sequence[int],
) -> dict[int, int]:
    """Route everybody; the totals are the same whatever chains were taken."""
    totals = dict(group.fixed)
    for column in order:
        totals[column] += route.push(column, wanted[column] - totals[column])
    while any(route.left):
        moved = 0
        for column in order:
            if totals[column] < most[column]:
                one = route.push(column, 1)
                totals[column] += one
                moved += one
        if not moved:
            raise FlowNotProved("people of a group found no place they had before")
    return totals


def _divided(
    rows: Sequence[int], supply: Mapping[int, int], cells: Iterable[tuple[int, int]]
) -> dict[int, dict[int, int]]:
    """A bundle's people by column, divided among its cohorts in order."""
    found: dict[int, dict[int, int]] = {row: {} for row in rows}
    left = dict(supply)
    waiting = deque(rows)
    for column, number in cells:
        rest = number
        while rest:
            row = waiting[0]
            if step := min(rest, left[row]):
                found[row][column] = step
            left[row] -= step
            rest -= step
            if not left[row]:
                waiting.popleft()
    return found
