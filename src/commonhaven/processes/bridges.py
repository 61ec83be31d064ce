"""Bridge states: who joins processes that have nobody else in common.

Betweenness in the graph of states and processes, in which a state is joined to every process that
it sits in (L. Freeman, Sociometry 40, 1977), by the algorithm of U. Brandes (Journal of
Mathematical Sociology 25, 2001), in exact fractions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from commonhaven.processes.roster import Roster

Graph = Mapping[str, tuple[str, ...]]
MARK = "process:"
"""In front of a process's id in the graph, so that no state has the same name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """How often a state lies on a shortest way between two others, states or processes.

    ``share`` is the part of all pairs that it could lie between.
    """

    state: str
    processes: tuple[str, ...]
    betweenness: Fraction
    share: Fraction


def bridges(rosters: Iterable[Roster]) -> tuple[Bridge, ...]:
    """Every member state, the greatest bridge first; forums open to all are left out."""
    graph = membership_graph(rosters)
    between = betweenness(graph)
    pairs = max((len(graph) - 1) * (len(graph) - 2) // 2, 1)
    found = [
        Bridge(
            state=node, processes=tuple(each.removeprefix(MARK) for each in graph[node]),
            betweenness=between[node], share=between[node] / pairs,
        )
        for node in graph
        if not node.startswith(MARK)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (-each.betweenness, each.state)))


def membership_graph(rosters: Iterable[Roster]) -> Graph:
    """States and processes, joined where the state is a member."""
    graph: dict[str, list[str]] = {}
    for each in rosters:
        for state in each.states:
            graph.setdefault(state, []).append(MARK + each.process)
            graph.setdefault(MARK + each.process, []).append(state)
    return {node: tuple(sorted(graph[node])) for node in sorted(graph)}


def betweenness(graph: Graph) -> dict[str, Fraction]:
    """For every node: over all pairs of other nodes, the part of their shortest ways through it."""
    found = dict.fromkeys(graph, Fraction(0))
    for source in graph:
        order, before, ways = _search(graph, source)
        behind = dict.fromkeys(order, Fraction(0))
        for node in reversed(order):
            depends = ways[node] * behind[node]
            part = (1 + depends) / ways[node]
            for each in before[node]:
                behind[each] += part
            if node != source:
                found[node] += depends
    return {node: value / 2 for node, value in found.items()}


def _search(graph: Graph, source: str) -> tuple[list[str], dict[str, list[str]], dict[str, int]]:
    """Nodes from near to far; who comes before each on shortest ways, and how many lead to it."""
    order, distance = [source], {source: 0}
    before: dict[str, list[str]] = {source: []}
    ways = {source: 1}
    for node in order:
        for each in graph[node]:
            if each not in distance:
                distance[each], before[each], ways[each] = distance[node] + 1, [], 0
                order.append(each)
            if distance[each] == distance[node] + 1:
                before[each].append(node)
                ways[each] += ways[node]
    return order, before, ways
