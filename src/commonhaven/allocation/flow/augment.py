"""As many people placed as gates and room allow: augmenting paths over cohorts and states."""

from collections import deque
from collections.abc import Container, Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

Cells = dict[str, dict[str, int]]
"""Cohort → state → people."""
Open = Mapping[str, Sequence[str]]
"""Cohort → the states open to it, in the order in which they are tried."""


def augment(cells: Cells, open_to: Open, room: Mapping[str, int], cohort: str, people: int) -> int:
    """Place up to ``people`` more of one cohort, moving others where that makes room.

    Nobody who has a place loses it. Changes ``cells``; returns how many could not be placed: none
    of them has a path to a state with room (the shortest path first: Edmonds and Karp 1972).
    """
    used = {state: 0 for states in open_to.values() for state in states}
    for row in cells.values():
        for state, number in row.items():
            used[state] += number
    left = people
    while left > 0:
        free = {state for state, number in used.items() if number < room.get(state, 0)}
        came_from = _search(cells, open_to, cohort, free)
        end = next(reversed(came_from), None)
        if end not in free or end is None:
            break
        path = _path(came_from, cohort, end)
        moved = min(left, room[end] - used[end], *[cells[g][s] for g, s in path[1:]])
        _move(cells, path, end, moved)
        used[end] += moved
        left -= moved
    return left


def reachable(cells: Cells, open_to: Open, cohort: str) -> tuple[str, ...]:
    """The states in which room would help this cohort, directly or by moving others, nearest first.

    A state counts whether or not it has room.
    """
    return tuple(_search(cells, open_to, cohort))


def several_ways(
    cells: Mapping[str, Mapping[str, int]], open_to: Mapping[str, Iterable[str]]
) -> bool:
    """Whether other cells hold the same numbers by cohort and by state.

    That is so where cohorts can change places in a cycle. Cells that hold people link cohorts and
    states both ways; if these links are a forest, a cycle must enter an empty cell that is open.
    """
    part: dict[str, str] = {}
    empty: list[tuple[str, str]] = []
    for cohort, row in cells.items():
        for state in open_to[cohort]:
            if not row.get(state):
                empty.append((cohort, state))
            elif not _link(part, f"cohort {cohort}", f"state {state}"):
                return True
    after: dict[str, set[str]] = {}
    for cohort, state in empty:
        after.setdefault(_root(part, f"cohort {cohort}"), set()).add(_root(part, f"state {state}"))
    try:
        TopologicalSorter(after).prepare()
    except CycleError:
        return True
    return False


def _link(part: dict[str, str], one: str, other: str) -> bool:
    """Join two parts; False where they were one already."""
    first, second = _root(part, one), _root(part, other)
    part[first] = second
    return first != second


def _root(part: dict[str, str], name: str) -> str:
    while part.setdefault(name, name) != name:
        part[name] = name = part[part[name]]
    return name


def _search(
    cells: Cells, open_to: Open, start: str, until: Container[str] = ()
) -> dict[str, tuple[str, str | None]]:
    """Breadth first: state → (cohort that would enter it, state that this cohort would leave).

    Ends with the first state of ``until``.
    """
    holders: dict[str, list[str]] = {}
    for cohort, row in cells.items():
        for state, number in row.items():
            if number:
                holders.setdefault(state, []).append(cohort)
    came_from: dict[str, tuple[str, str | None]] = {}
    seen = {start}
    waiting: deque[tuple[str, str | None]] = deque([(start, None)])
    while waiting:
        cohort, leaves = waiting.popleft()
        for state in open_to[cohort]:
            if state in came_from:
                continue
            came_from[state] = (cohort, leaves)
            if state in until:
                return came_from
            movers = [other for other in holders.get(state, ()) if other not in seen]
            seen.update(movers)
            waiting += [(other, state) for other in movers]
    return came_from


def _path(
    came_from: Mapping[str, tuple[str, str | None]], start: str, end: str
) -> list[tuple[str, str]]:
    """The moves from the start: (cohort, state it leaves); the first leaves nowhere ("")."""
    path: list[tuple[str, str]] = []
    state: str | None = end
    while state is not None:
        cohort, state = came_from[state]
        path.append((cohort, state or ""))
    path.reverse()
    if path[0] != (start, ""):
        raise AssertionError("a path of moves begins with the cohort that seeks places")
    return path


def _move(cells: Cells, path: list[tuple[str, str]], end: str, moved: int) -> None:
    """Each cohort on the path leaves its state for the next one's; the last enters the end."""
    entered = [leaves for _, leaves in path[1:]] + [end]
    for (cohort, leaves), enters in zip(path, entered, strict=True):
        if leaves:
            cells[cohort][leaves] -= moved
        cells[cohort][enters] = cells[cohort].get(enters, 0) + moved
