"""Among flows that are equally good on every criterion: the one closest to the demographic key.

Hathaway and Neve 1997, 205: only states similarly positioned to meet refugee needs are told apart
by population and the like. Within a group of such states the exact targets minimise the sum of
people² / key over the states. For one cohort that is the key itself, filled up to capacity; for
several it is the one distribution from which no person could move to a state that carries less for
its key. (Decomposition after Groenevelt 1991 and Fujishige 1980, exact.)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from commonhaven.allocation.capacity import fill
from commonhaven.allocation.flow.exchange import Group, groups
from commonhaven.allocation.flow.network import Flow, FlowNotProved
from commonhaven.allocation.flow.route import Bundles, Route, Settled, canonical
from commonhaven.allocation.flow.staying import Present, fewest_moves

Weigh = Callable[[tuple[int, ...]], Mapping[int, Fraction]]
"""The key's shares for some states (by column)."""
Whole = Callable[[Mapping[int, Fraction], Mapping[int, int], Mapping[int, int]], Mapping[int, int]]
"""Whole people for exact targets, with floors and ceilings by column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Balanced:
    """The one flow chosen, and how.

    ``targets``: column → exact people before rounding, for every column. ``keyed``: the sets of
    states that the key told apart. ``shared``: cohorts and columns whose split, given the totals,
    rests on the declared order alone. ``bent``: columns where whole people could not be as rounded.
    """

    people: tuple[dict[int, int], ...]
    targets: dict[int, Fraction]
    keyed: tuple[tuple[int, ...], ...]
    shared: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    bent: tuple[int, ...]


def balanced(
    flow: Flow,
    places: Sequence[int],
    order: Sequence[int],
    weigh: Weigh,
    whole: Whole,
    *,
    present: Present = (),
) -> Balanced:
    """The optimal flow whose totals are closest to the key; what is left open goes by ``order``.

    ``order``: columns in the order in which ties are settled; ``present``: where people are now, so
    that, the totals being settled, as few as possible move. The result depends on the set of
    optimal flows alone, not on the one that was found.
    """
    people = [dict(row) for row in flow.people]
    targets = _totals(people, len(places))
    keyed: list[tuple[int, ...]] = []
    shared: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    bent: list[int] = []
    for group in groups(flow, places):
        wanted = dict(group.held)
        if len(group.loose) > 1:
            for leaf in _leaves(group, places, weigh):
                targets.update(leaf)
                wanted.update(_rounded(group, places, leaf, whole))
            keyed.append(tuple(sorted(group.loose)))
        most = {c: places[c] if c in group.loose else group.held[c] for c in group.columns}
        ranked = _order(group, order, len(places))
        settled = canonical(group, wanted, most, ranked)
        if present:
            settled = fewest_moves(group, settled, ranked, present)
        bent += [c for c in sorted(group.loose) if settled.totals[c] != wanted[c]]
        _replace(people, group, settled)
        if settled.open:
            shared.append((tuple(sorted(group.supply)), group.columns))
    return Balanced(
        people=tuple(dict(sorted(row.items())) for row in people),
        targets=targets,
        keyed=tuple(keyed),
        shared=tuple(shared),
        bent=tuple(bent),
    )


def _totals(people: Sequence[Mapping[int, int]], last: int) -> dict[int, Fraction]:
    totals = {column: Fraction(0) for column in range(last + 1)}
    for row in people:
        for column, number in row.items():
            totals[column] += number
    return totals


def _replace(people: list[dict[int, int]], group: Group, settled: Settled) -> None:
    for row, columns in group.arcs.items():
        for column in columns:
            people[row].pop(column, None)
        people[row].update(settled.people[row])


def _order(group: Group, order: Sequence[int], last: int) -> tuple[int, ...]:
    """Columns as ties are settled: those whose number cannot change first, the unplaced last."""
    rank = {column: at for at, column in enumerate(order)}
    return tuple(
        sorted(group.columns, key=lambda c: (c in group.loose, c == last, rank.get(c, 0), c))
    )


def _rounded(
    group: Group, places: Sequence[int], leaf: Mapping[int, Fraction], whole: Whole
) -> Mapping[int, int]:
    least = {column: group.fixed[column] for column in leaf}
    most = {column: places[column] for column in leaf}
    found = whole(leaf, least, most)
    return {c: min(max(number, least[c]), most[c]) for c, number in found.items()}


def _leaves(group: Group, places: Sequence[int], weigh: Weigh) -> list[dict[int, Fraction]]:
    """Sets of states that carry alike for their key (up to capacity), with exact targets."""
    loose = tuple(sorted(group.loose))
    weight = dict(weigh(loose))
    bundles: Bundles = {}
    for row, choice in group.arcs.items():
        bundles[choice] = bundles.get(choice, 0) + group.supply[row]
    found: list[dict[int, Fraction]] = []
    waiting = [(bundles, frozenset(group.columns))]
    while waiting:
        part, columns = waiting.pop()
        targets = _filled(group, places, weight, columns, sum(part.values()))
        over = _overfull(group, part, targets)
        if over:
            if over == columns:
                raise FlowNotProved("a group of states could not be divided")
            waiting += _parted(part, columns, over)
        else:
            leaf = {c: t for c, t in targets.items() if c in group.loose}
            found += [leaf] if leaf else []
    return sorted(found, key=min)


def _parted(
    part: Bundles, columns: frozenset[int], over: frozenset[int]
) -> list[tuple[Bundles, frozenset[int]]]:
    """The people who have nowhere else to go with their columns, and all others with theirs."""
    inside = {bundle: number for bundle, number in part.items() if over.issuperset(bundle)}
    rest: Bundles = {}
    for bundle, number in part.items():
        if bundle not in inside:
            left = tuple(column for column in bundle if column not in over)
            rest[left] = rest.get(left, 0) + number
    return [(inside, over), (rest, columns - over)]


def _filled(
    group: Group,
    places: Sequence[int],
    weight: Mapping[int, Fraction],
    columns: frozenset[int],
    people: int,
) -> dict[int, Fraction]:
    """People per column in proportion to the key, within what each must and can hold.

    A state to which the key gives nothing receives people only once all others are full, and then
    as many as any other such state.
    """
    still = {c: Fraction(group.held[c]) for c in sorted(columns - group.loose)}
    least = {c: group.fixed[c] for c in sorted(columns & group.loose)}
    most = {c: places[c] for c in least}
    total = people + sum(group.fixed[c] for c in columns) - sum(still.values(), Fraction(0))
    if least:
        targets, leftover = _fill({c: weight[c] for c in least}, total, least, most)
        nothing = {c: Fraction(1) for c in least if not weight[c]}
        if leftover:
            rest = leftover + sum(targets[c] for c in nothing)
            targets |= _fill(nothing, rest, least, most)[0]
        return still | targets
    return still


def _fill(
    weight: Mapping[int, Fraction],
    total: Fraction,
    least: Mapping[int, int],
    most: Mapping[int, int],
) -> tuple[dict[int, Fraction], Fraction]:
    """`capacity.fill` over columns instead of states."""
    names = {str(column): column for column in weight}
    found = fill(
        {name: weight[column] for name, column in names.items()},
        total,
        {name: most[column] for name, column in names.items()},
        {name: least[column] for name, column in names.items()},
    )
    return {names[name]: target for name, target in found.targets.items()}, found.leftover


def _overfull(group: Group, bundles: Bundles, targets: Mapping[int, Fraction]) -> frozenset[int]:
    """Columns whose people have nowhere else to go and exceed the targets; empty where all fit."""
    scale = lcm(*(target.denominator for target in targets.values()))
    room = {c: int((t - group.fixed[c]) * scale) for c, t in targets.items()}
    route = Route({bundle: number * scale for bundle, number in bundles.items()})
    for column, number in room.items():
        route.push(column, number)
    return frozenset(route.stuck())
