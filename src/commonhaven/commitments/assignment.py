"""The exact assignment of offers to needs: as much as possible, and of that the best.

Successive shortest paths with potentials (Ahuja, Magnanti and Orlin 1993, chapter 9): all numbers
are whole, so the answer is exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

Pair = tuple[str, str]


@dataclass(slots=True)
class _Net:
    """Arcs in pairs: an arc and, at the next number, the way back."""

    heads: list[int] = field(default_factory=list)
    room: list[int] = field(default_factory=list)
    cost: list[int] = field(default_factory=list)
    out: list[list[int]] = field(default_factory=list)

    def arc(self, tail: int, head: int, room: int, cost: int) -> int:
        number = len(self.heads)
        for start, end, left, price in ((tail, head, room, cost), (head, tail, 0, -cost)):
            self.out[start].append(len(self.heads))
            self.heads.append(end)
            self.room.append(left)
            self.cost.append(price)
        return number


def assign(
    supply: Mapping[str, int], demand: Mapping[str, int], worth: Mapping[Pair, int]
) -> dict[Pair, int]:
    """How much of each offer goes to each need.

    ``worth``: for each pair that fits, how good one unit of it is, nought or more. First the most
    is assigned that can be; among all ways to do so, one of the greatest worth. Equal ways are
    settled by the order in which offers and needs are given.
    """
    offers, needs = list(supply), list(demand)
    source, sink = len(offers) + len(needs), len(offers) + len(needs) + 1
    net = _Net(out=[[] for _ in range(sink + 1)])
    at_offer = {name: n for n, name in enumerate(offers)}
    at_need = {name: len(offers) + n for n, name in enumerate(needs)}
    most = max(worth.values(), default=0)
    for name in offers:
        net.arc(source, at_offer[name], supply[name], 0)
    for name in needs:
        net.arc(at_need[name], sink, demand[name], 0)
    arcs = {
        (offer, need): net.arc(
            at_offer[offer], at_need[need], min(supply[offer], demand[need]),
            most - worth[offer, need],
        )
        for offer in offers
        for need in needs
        if (offer, need) in worth
    }  # fmt: skip
    _flow(net, source, sink)
    return {pair: net.room[arc + 1] for pair, arc in arcs.items() if net.room[arc + 1]}


def _flow(net: _Net, source: int, sink: int) -> None:
    """The cheapest of the greatest flows; no cost may be below nought at the beginning."""
    price = [0] * len(net.out)
    while way := _way(net, _shortest(net, source, price), sink):
        pushed = min(net.room[arc] for arc in way)
        for arc in way:
            net.room[arc] -= pushed
            net.room[arc ^ 1] += pushed


def _way(net: _Net, last: Sequence[int | None], sink: int) -> list[int]:
    """The arcs of the path found to the sink, backwards; none where it was not reached."""
    way = []
    arc = last[sink]
    while arc is not None:
        way.append(arc)
        arc = last[net.heads[arc ^ 1]]
    return way


def _shortest(net: _Net, source: int, price: list[int]) -> Sequence[int | None]:
    """For each node the last arc of a shortest path to it; the prices are brought up to date."""
    far: list[int | None] = [None] * len(net.out)
    last: list[int | None] = [None] * len(net.out)
    far[source] = 0
    queue = [(0, source)]
    while queue:
        distance, node = heappop(queue)
        if distance != far[node]:
            continue
        for arc in net.out[node]:
            if not net.room[arc]:
                continue
            head = net.heads[arc]
            reached = distance + net.cost[arc] + price[node] - price[head]
            known = far[head]
            if known is None or reached < known:
                far[head], last[head] = reached, arc
                heappush(queue, (reached, head))
    greatest = max(distance for distance in far if distance is not None)
    for node, reach in enumerate(far):
        price[node] += greatest if reach is None else reach
    return last
