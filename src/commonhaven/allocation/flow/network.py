"""Exact lexicographic flow of cohorts to states: many criteria, whole people, no weights.

Criteria are compared in order: the first decides, the next only among what the first leaves open.
They are combined into one number without loss. Two flows of the same people differ by cycles that
visit each cohort and each state at most once, so by at most min(cohorts, states) + 1 pairs of arcs.
On a criterion with values from 0 to R such a cycle gains or loses at most M = pairs × R, however
many people move along it. Give each criterion a weight of more than twice the sum of weight × M
over all criteria after it: then the sign of a cycle's combined value is the sign of its first
criterion that is not zero, and a flow without a gaining cycle is optimal in the lexicographic
sense. The weights do not depend on the number of people. Python's integers hold them at any size;
the fast kernel takes criteria in groups whose sums fit 64 bits, each group on the arcs that the
groups before leave open. Every answer is checked against its own prices before it is returned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from commonhaven.reading import Problem

Matrix = Sequence[Sequence[int]]
LARGE = 20_000
"""Cohorts × states above which the compiled kernel, where installed, repays its import."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """People (by cohort), places (by state), which pairs are open, and what each pair is worth.

    ``levels``: one matrix a criterion, the most important first, values whole and not negative;
    more is better. Placing somebody always comes before every criterion. Matrices may be lists or
    numpy arrays.
    """

    people: Sequence[int]
    places: Sequence[int]
    open: Sequence[Sequence[bool]]
    levels: Sequence[Matrix]

    @property
    def size(self) -> int:
        return len(self.people) * len(self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One optimal flow, and all optimal flows.

    ``people``: per cohort, column → people; the column after the last state holds the unplaced.
    ``arcs``: per cohort, the columns that some optimal flow may use; ``full``: the states that
    every optimal flow fills. A flow of the same people on these arcs that fills these states is
    optimal, and no other is.
    """

    people: tuple[dict[int, int], ...]
    arcs: tuple[tuple[int, ...], ...]
    full: frozenset[int]

    def unplaced(self, column: int) -> tuple[int, ...]:
        return tuple(row.get(column, 0) for row in self.people)


class FlowNotProved(RuntimeError):
    """The solver's answer failed its own proof: a defect of the program, never of the input."""


def pairs(transport: Transport) -> int:
    """The most pairs of arcs in a cycle that visits each cohort and column once."""
    return min(len(transport.people), len(transport.places)) + 1


def weights(greatest: Sequence[int], cycle: int) -> list[int]:
    """A weight for each criterion, so that no sum over a cycle of later ones outweighs it."""
    found: list[int] = []
    below = 0
    for value in reversed(greatest):
        weight = 2 * below + 1
        found.append(weight)
        below += weight * value * cycle
    return found[::-1]


def best_flow(transport: Transport, *, fast: bool | None = None) -> Flow:
    """The flow that places the most people and then is best on each criterion in turn.

    ``fast``: whether to use the compiled kernel; by default it is used for large questions where
    numba is installed and all numbers fit 64 bits. Both give an optimal flow, not always the same
    one; what they leave open (``arcs``, ``full``) describes the same set of flows.
    """
    if fast is None:
        return _fast_or_exact(transport) if transport.size > LARGE else _exact(transport)
    if not fast:
        return _exact(transport)
    kernel = compiled()
    if kernel is None:
        raise Problem(
            "numba is not installed", fix='Install it with: pip install "commonhaven[speed]".'
        )
    found: Flow = kernel.best_flow(transport)
    return found


def _fast_or_exact(transport: Transport) -> Flow:
    """The compiled kernel where it is installed and people, places and criteria fit 64 bits."""
    kernel = compiled()
    if kernel is None or not kernel.fits(transport):
        return _exact(transport)
    found: Flow = kernel.best_flow(transport)
    return found


def compiled() -> Any:  # noqa: ANN401 - a module that may be absent
    """The compiled kernel's module, or None where numba is not installed or cannot compile."""
    try:
        from commonhaven.allocation.flow import kernel  # noqa: PLC0415 - optional and slow to import
    except (ImportError, RuntimeError):  # RuntimeError: numba finds nowhere to keep its cache
        return None
    return kernel


def combined(transport: Transport) -> tuple[list[list[int | None]], list[int]]:
    """What each pair costs as one whole number, and the weights of the criteria.

    None: a closed pair; the last column: unplaced. The first weight is that of being placed at all.
    """
    greatest = [
        max((max(row, default=0) for row in level), default=0) for level in transport.levels
    ]
    weight = weights([1, *greatest], pairs(transport))
    rows: list[list[int | None]] = []
    for cohort, gates in enumerate(transport.open):
        values = zip(*(level[cohort] for level in transport.levels), strict=True)
        worth = [
            -weight[0] - sum(w * int(v) for w, v in zip(weight[1:], value, strict=True))
            for value in values
        ] or [-weight[0]] * len(gates)
        rows.append([*(cost if gate else None for cost, gate in zip(worth, gates, strict=True)), 0])
    return rows, weight


def _exact(transport: Transport) -> Flow:
    costs, _ = combined(transport)
    room = [*transport.places, sum(transport.people)]
    held, price = ship(transport.people, room, costs)
    return proved(transport.people, room, costs, held, price)


Held = list[dict[int, int]]


def ship(
    people: Sequence[int], room: Sequence[int], costs: Sequence[Sequence[int | None]]
) -> tuple[Held, list[int]]:
    """People of each cohort held by each column at least cost, and a price for every full column.

    Successive shortest paths: each cohort is placed along the cheapest chain of moves; the prices
    (0 or less) keep every other cohort where it is cheapest for it. Large cohorts first: the chains
    are shorter.
    """
    held: Held = [{} for _ in room]
    free, price = list(room), [0] * len(room)
    for cohort in sorted(range(len(people)), key=lambda row: -people[row]):
        left = people[cohort]
        while left:
            left -= _augment(cohort, left, costs, held, free, price)
    return held, price


def _augment(  # noqa: C901, PLR0917 - one search, kept in one piece for speed
    cohort: int,
    left: int,
    costs: Sequence[Sequence[int | None]],
    held: Held,
    free: list[int],
    price: list[int],
) -> int:
    distance: dict[int, int] = {}
    via: dict[int, tuple[int, int]] = {}
    scanned: dict[int, int] = {}
    seen = {cohort}

    def look(row: int, base: int, column: int) -> None:
        for other, cost in enumerate(costs[row]):
            if cost is not None and other not in scanned:
                length = base + cost - price[other]
                if other not in distance or length < distance[other]:
                    distance[other], via[other] = length, (row, column)

    look(cohort, 0, -1)
    while True:
        if not distance:
            raise FlowNotProved(f"row {cohort} has no open column")
        end = min(distance, key=lambda column: (distance[column], column))
        if free[end]:
            break
        scanned[end] = reached = distance.pop(end)
        for row in held[end]:
            if row not in seen:
                seen.add(row)
                look(row, reached - (costs[row][end] or 0) + price[end], end)
    for column, reached in scanned.items():
        price[column] += reached - distance[end]
    return _move(end, left, held, free, via)


def _move(end: int, left: int, held: Held, free: list[int], via: dict[int, tuple[int, int]]) -> int:
    chain, column = [], end
    while column >= 0:
        row, before = via[column]
        chain.append((row, column, before))
        column = before
    freed = [held[before][row] for row, _, before in chain if before >= 0]
    number = min(left, free[end], *freed)
    free[end] -= number
    for row, column, before in chain:
        held[column][row] = held[column].get(row, 0) + number
        if before >= 0:
            held[before][row] -= number
            if not held[before][row]:
                del held[before][row]
    return number


def proved(
    people: Sequence[int],
    room: Sequence[int],
    costs: Sequence[Sequence[int | None]],
    held: Held,
    price: Sequence[int],
) -> Flow:
    """The flow with its optimal arcs, once its prices prove it optimal (complementary slackness).

    Raises FlowNotProved where they do not.
    """
    shipped: tuple[dict[int, int], ...] = tuple({} for _ in people)
    for column, rows in enumerate(held):
        for row, number in rows.items():
            shipped[row][column] = number
        used = sum(rows.values())
        if used > room[column] or price[column] > 0 or (price[column] < 0 and used < room[column]):
            raise FlowNotProved(f"column {column} holds {used} of {room[column]}")
    arcs = []
    for row, number in enumerate(people):
        reduced = {c: k - price[c] for c, k in enumerate(costs[row]) if k is not None}
        least = min(reduced.values(), default=0)
        tight = tuple(column for column, cost in reduced.items() if cost == least)
        if sum(shipped[row].values()) != number or not set(shipped[row]) <= set(tight):
            raise FlowNotProved(f"row {row} is not placed at least cost")
        arcs.append(tight if number else ())
    full = frozenset(column for column, cost in enumerate(price) if cost < 0)
    ordered = tuple(dict(sorted(row.items())) for row in shipped)
    return Flow(people=ordered, arcs=tuple(arcs), full=full)


def totals(transport: Transport, people: Sequence[dict[int, int]]) -> list[int]:
    """People placed, then the sum of each criterion over the people placed: what is compared."""
    last = len(transport.places)
    placed = [(row, c, n) for row, cells in enumerate(people) for c, n in cells.items() if c < last]
    return [
        sum(n for _, _, n in placed),
        *(sum(n * int(level[row][c]) for row, c, n in placed) for level in transport.levels),
    ]


def gains(transport: Transport, people: Sequence[dict[int, int]]) -> dict[int, tuple[int, ...]]:
    """State → what one more place there would gain: people placed, then each criterion.

    The price of a full state. It is the difference of two optimal values, so every optimal flow
    gives the same; a state where one more place gains nothing is left out.
    """
    costs, weight = combined(transport)
    last = len(transport.places)
    held = [(row, column) for row, cells in enumerate(people) for column in cells]
    cost = [0] * (last + 1)
    for _ in range(pairs(transport) + 1):
        better = False
        for row, column in held:
            base = cost[column] - (costs[row][column] or 0)
            for other in range(last):
                step = costs[row][other]
                if step is not None and base + step < cost[other]:
                    cost[other], better = base + step, True
        if not better:
            break
    else:
        raise FlowNotProved("a cycle of moves gains")
    return {column: _digits(-cost[column], weight) for column in range(last) if cost[column]}


def _digits(value: int, weight: Sequence[int]) -> tuple[int, ...]:
    found = []
    for part in weight:
        digit = (2 * value + part) // (2 * part)
        found.append(digit)
        value -= digit * part
    return tuple(found)
