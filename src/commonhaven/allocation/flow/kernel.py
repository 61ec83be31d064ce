"""The same exact flow as in flow.py, compiled, in 64-bit integers whose bounds are checked."""

from collections.abc import Sequence
from typing import Any

import numba
import numpy as np

from commonhaven.allocation.flow.network import Flow, FlowNotProved, Transport, pairs, weights

CLOSED = 2**62
LIMIT = 2**60
"""Greatest sum that may arise, so that no comparison in the kernel can leave 64 bits."""

Array = Any


def best_flow(transport: Transport) -> Flow:
    """An optimal flow with what it leaves open, as `flow.best_flow` defines it.

    Criteria whose combined weights do not fit 64 bits together are solved group by group: each
    group on the arcs, and filling the states, that the groups before require.
    """
    people = np.asarray(transport.people, dtype=np.int64)
    places = np.asarray(transport.places, dtype=np.int64)
    room = np.append(places, people.sum())
    is_open = np.ones((len(people), len(room)), dtype=np.bool_)
    is_open[:, :-1] = np.asarray(transport.open, dtype=np.bool_)
    levels = [np.asarray(level, dtype=np.int64) for level in transport.levels]
    first = np.ones((len(people), len(places)), dtype=np.int64)
    full = np.zeros(len(room), dtype=np.bool_)
    start = 0
    while True:
        end, weight = _group(levels, start, pairs(transport))
        costs = _costs((first, *levels[start:end]), weight, is_open)
        flow, price = _ship(people, room, costs)
        tight = _proved(people, room, costs, flow, price)
        full |= price < 0
        if end == len(levels):
            return _flow(flow, tight, full)
        is_open, start = tight, end
        first = np.broadcast_to(full[:-1].astype(np.int64), first.shape)


def fits(transport: Transport) -> bool:
    """Whether people, places and every criterion over a whole cycle stay within 64 bits."""
    room = max((int(number) for number in transport.places), default=0)
    if max(room, sum(int(number) for number in transport.people)) >= LIMIT:
        return False
    cycle = pairs(transport)
    for level in transport.levels:
        greatest = max((int(max(row, default=0)) for row in level), default=0)
        weight = weights([1, greatest], cycle)
        if (weight[0] + weight[1] * greatest) * cycle >= LIMIT:
            return False
    return True


def _group(levels: Sequence[Array], start: int, cycle: int) -> tuple[int, list[int]]:
    """The end of the longest run of criteria from ``start`` that fits, and the weights.

    In the first group nobody's chain of moves costs more than staying unplaced; later, it may sum
    over a whole cycle, so the bound is that much stricter.
    """
    greatest = [int(level.max(initial=0)) for level in levels]
    longest = cycle if start else 1
    found: tuple[int, list[int]] | None = None
    for end in range(start, len(levels) + 1):
        weight = weights([1, *greatest[start:end]], cycle)
        sum_ = sum(w * v for w, v in zip(weight, [1, *greatest[start:end]], strict=True))
        if sum_ * longest >= LIMIT:
            break
        if end > start or not levels:
            found = (end, weight)
    if found is None:
        raise FlowNotProved("one criterion alone leaves 64 bits: use the exact solver")
    return found


def _costs(levels: Sequence[Array], weight: Sequence[int], is_open: Array) -> Array:
    costs = np.zeros(is_open.shape, dtype=np.int64)
    for level, factor in zip(levels, weight, strict=True):
        costs[:, :-1] -= factor * level
    costs[~is_open] = CLOSED
    return costs


def _proved(people: Array, room: Array, costs: Array, flow: Array, price: Array) -> Array:
    """Which arcs are optimal; FlowNotProved where the prices do not prove the flow optimal."""
    used = flow.sum(axis=0)
    reduced = costs - price
    tight = (reduced == reduced.min(axis=1, keepdims=True)) & (costs < CLOSED)
    proofs = (
        bool((flow >= 0).all()),
        bool((flow.sum(axis=1) == people).all()),
        bool((used <= room).all()),
        bool((price <= 0).all() and (price > -LIMIT).all()),
        bool((used[price < 0] == room[price < 0]).all()),
        bool(tight[flow > 0].all()),
    )
    if not all(proofs):
        raise FlowNotProved(f"the compiled kernel's answer is not proved: {proofs}")
    tight[people == 0] = False
    return tight


def _flow(flow: Array, tight: Array, full: Array) -> Flow:
    people: list[dict[int, int]] = [{} for _ in range(len(flow))]
    for row, column in zip(*(part.tolist() for part in np.nonzero(flow)), strict=True):
        people[row][column] = int(flow[row, column])
    arcs: list[list[int]] = [[] for _ in range(len(flow))]
    for row, column in zip(*(part.tolist() for part in np.nonzero(tight)), strict=True):
        arcs[row].append(column)
    return Flow(
        people=tuple(people),
        arcs=tuple(tuple(row) for row in arcs),
        full=frozenset(np.nonzero(full)[0].tolist()),
    )


@numba.njit(cache=True)
def _ship(people, room, costs):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, C901, PLR0912, PLR0915 - compiled: calls would cost
    rows, columns = costs.shape
    flow = np.zeros((rows, columns), np.int64)
    holders = np.empty((columns, rows), np.int32)
    held = np.zeros(columns, np.int64)
    free = room.copy()
    price = np.zeros(columns, np.int64)
    distance = np.empty(columns, np.int64)
    via = np.empty(columns, np.int64)
    entered = np.empty(rows, np.int64)
    passed = np.empty(columns, np.int64)
    order = np.empty(columns, np.int64)
    seen = np.full(rows, -1, np.int64)
    search = 0
    for cohort in np.argsort(-people, kind="mergesort"):  # large ones first: shorter chains
        left = people[cohort]
        while left > 0:
            search += 1
            seen[cohort] = search
            entered[cohort] = -1
            for k in range(columns):
                distance[k] = costs[cohort, k] - price[k]
                via[k] = cohort
                passed[k] = 0
            count = 0
            while True:
                least = CLOSED
                for k in range(columns):
                    least = min(least, distance[k] + passed[k])
                if least >= CLOSED // 4:
                    return flow, np.ones(columns, np.int64)
                end = 0
                while distance[end] + passed[end] != least:
                    end += 1
                if free[end] > 0:
                    break
                passed[end] = CLOSED // 2
                order[count] = end
                count += 1
                for place in range(held[end]):
                    row = holders[end, place]
                    if seen[row] == search:
                        continue
                    seen[row] = search
                    entered[row] = end
                    base = least - costs[row, end] + price[end]
                    for k in range(columns):
                        length = base + costs[row, k] - price[k]
                        nearer = length < distance[k]
                        distance[k] = length if nearer else distance[k]
                        via[k] = row if nearer else via[k]
            for place in range(count):
                price[order[place]] += distance[order[place]] - least
            number = min(left, free[end])
            column = end
            while entered[via[column]] >= 0:
                number = min(number, flow[via[column], entered[via[column]]])
                column = entered[via[column]]
            left -= number
            free[end] -= number
            column = end
            while column >= 0:
                row = via[column]
                if flow[row, column] == 0:
                    holders[column, held[column]] = row
                    held[column] += 1
                flow[row, column] += number
                column = entered[row]
                if column >= 0:
                    flow[row, column] -= number
                    if flow[row, column] == 0:
                        place = 0
                        while holders[column, place] != row:
                            place += 1
                        held[column] -= 1
                        holders[column, place] = holders[column, held[column]]
    return flow, price
