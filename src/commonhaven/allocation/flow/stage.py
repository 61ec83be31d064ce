"""One step of a placement: some people, the states open to them, what each pair is worth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from commonhaven.allocation.flow.augment import augment
from commonhaven.allocation.flow.balance import Balanced, balanced
from commonhaven.allocation.flow.network import Transport, best_flow
from commonhaven.allocation.question import Host, Question, Tie
from commonhaven.allocation.rounding import apportion, ranks, settled_by
from commonhaven.allocation.rule import Rule
from commonhaven.allocation.tie_break import Told, told_apart
from commonhaven.saying import Number, Parts, Party, Said, parties, say, together

Levels = Mapping[str, Mapping[str, tuple[int, ...]]]
"""Cohort → state → its values on the criteria, the most important first; absent: not open."""
UNPLACED = "the unplaced"
"""Stands for the people without a place where states are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a step decided, by name instead of by number.

    ``targets``: state → exact people before rounding; ``told``: the key among each set of
    similarly positioned states; ``shared``: cohorts and states (`UNPLACED` may be among them) whose
    split rests on the declared order; ``bent``: states where whole people could not be as rounded.
    """

    people: Mapping[str, Mapping[str, int]]
    unplaced: Mapping[str, int]
    targets: Mapping[str, Fraction]
    told: tuple[Told, ...]
    ties: tuple[Tie, ...]
    shared: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    bent: tuple[str, ...]
    transport: Transport

    def received(self, state: str) -> int:
        return sum(cells.get(state, 0) for cells in self.people.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Who waits (cohort → people), who has room (state → places) and what each pair is worth.

    ``cohort``: where some of a cohort are asked for apart, their name → the cohort; ``advice``:
    what to do where the key lacks a figure.
    """

    name: str
    people: Mapping[str, int]
    places: Mapping[str, int]
    levels: Levels
    cohort: Mapping[str, str] = field(default_factory=dict)
    advice: str = "Give the figure."


def places(question: Question) -> dict[str, int]:
    """State → people it can receive; without a stated limit, everybody."""
    everybody = question.people
    return {
        host.state: everybody if host.capacity is None else min(host.capacity, everybody)
        for host in question.hosts
    }


def stage(ask: Ask, question: Question, key: Rule) -> Stage:
    """Place as many as possible, best on each criterion in turn, by the key among equals.

    Cohorts and states count in alphabetical order, except where the question declares the order of
    states that settles ties; among equals, as few people as possible move.
    """
    cohorts, states = sorted(ask.people), sorted(ask.places)
    transport = _transport(ask, cohorts, states)
    hosts = {host.state: host for host in question.hosts}
    told: list[Told] = []
    ties: list[Tie] = []

    def weigh(columns: Sequence[int]) -> Mapping[int, Fraction]:
        named: list[Host] = [hosts[states[column]] for column in columns]
        total = sum(ask.people.values())
        name = f"{ask.name}.key-{len(told) + 1}"
        told.append(told_apart(key, named, total, name, advice=ask.advice))
        return {column: told[-1].shares[states[column]] for column in columns}

    def whole(
        targets: Mapping[int, Fraction], least: Mapping[int, int], most: Mapping[int, int]
    ) -> Mapping[int, int]:
        total = sum(targets.values(), Fraction(0))
        if not total:
            return dict.fromkeys(targets, 0)
        made = apportion(
            {states[column]: target / total for column, target in targets.items()},
            int(total),
            question.rounding,
            question.tie_order,
            at_least={states[column]: number for column, number in least.items()},
            at_most={states[column]: number for column, number in most.items()},
        )
        ties.extend(made.ties)
        return {column: made.people[states[column]] for column in targets}

    rank = ranks(states, question.tie_order)
    order = sorted(range(len(states)), key=lambda column: rank[states[column]])
    found = balanced(
        best_flow(transport),
        transport.places,
        order,
        weigh,
        whole,
        present=_present(question, [ask.cohort.get(g, g) for g in cohorts], states),
    )
    return _named(found, cohorts, states, transport, tuple(told), tuple(ties))


def open_to_somebody(shut: Mapping[str, Mapping[str, str]], hosts: Sequence[Host]) -> list[Host]:
    """The hosts, in alphabetical order, that the gate leaves open to at least one cohort."""
    ordered = sorted(hosts, key=lambda host: host.state)
    return [h for h in ordered if any(h.state not in reasons for reasons in shut.values())]


def moved_on(
    question: Question,
    shut: Mapping[str, Mapping[str, str]],
    cells: dict[str, dict[str, int]],
    waiting: Mapping[str, int],
) -> tuple[dict[str, int], list[str]]:
    """Place those who still wait by moving others, where that makes room; changes ``cells``.

    Returns who then has no place, with a sentence for every cohort that was helped.
    """
    rank = ranks([host.state for host in question.hosts], question.tie_order)
    gates = {g: [s for s in sorted(rank, key=rank.__getitem__) if s not in shut[g]] for g in cells}
    unplaced: dict[str, int] = {}
    notes: list[str] = []
    for cohort in sorted(waiting):
        left = augment(cells, gates, places(question), cohort, waiting[cohort])
        unplaced[cohort] = left
        if left < waiting[cohort]:
            notes.append(
                say(
                    "{people} people of {cohort} found a place because others made room; among "
                    "equally short chains of moves, {order} decided.",
                    people=Number(waiting[cohort] - left, grouped=True),
                    cohort=cohort,
                    order=_orders(sorted(rank), question),
                )
            )
    return unplaced, notes


def order_notes(part: Stage, question: Question) -> list[str]:
    """Sentences on what the order of cohorts and states settled, beyond the ties reported."""
    found: list[str] = [
        say(
            "{cohorts} could change places between {states} without loss on any criterion; {order} "
            "settled who goes where.",
            cohorts=Parts(tuple(cohorts)),
            states=_listed(states),
            order=_orders(states, question),
        )
        for cohorts, states in part.shared
    ]
    if part.bent:
        found.append(
            say(
                "The rounded numbers of {states} could not all be met; people went to the nearest "
                "numbers that could, as {order} had it.",
                states=parties(part.bent),
                order=_orders(sorted(part.targets), question),
            )
        )
    return found


def _orders(states: Sequence[str], question: Question) -> str:
    """What settles: the order of states among these, and the alphabet of cohorts."""
    among = [state for state in states if state != UNPLACED]
    by = settled_by(among, question.tie_order) if len(among) > 1 else "the alphabet"
    if by == "the alphabet":
        return Said(by)
    return say("{order}, with the alphabet of cohorts,", order=Said(by))


def _listed(states: Sequence[str]) -> str:
    if len(states) == 1:
        return together([Party(states[0])])
    return say("{states} and {last}", states=parties(states[:-1]), last=Party(states[-1]))


def _present(
    question: Question, cohorts: Sequence[str], states: Sequence[str]
) -> list[dict[int, int]]:
    """For each cohort, the column of a state → its people there now."""
    column = {state: at for at, state in enumerate(states)}
    there = {cohort.id: cohort.present for cohort in question.cohorts}
    return [{column[s]: n for s, n in there[g].items() if s in column} for g in cohorts]


def _transport(ask: Ask, cohorts: Sequence[str], states: Sequence[str]) -> Transport:
    depth = max((len(v) for row in ask.levels.values() for v in row.values()), default=0)
    nothing = (0,) * depth
    rows = [[ask.levels[cohort].get(state) for state in states] for cohort in cohorts]
    return Transport(
        people=[ask.people[cohort] for cohort in cohorts],
        places=[ask.places[state] for state in states],
        open=[[values is not None for values in row] for row in rows],
        levels=[[[(v or nothing)[level] for v in row] for row in rows] for level in range(depth)],
    )


def _named(  # noqa: PLR0917 - one translation from numbers to names
    found: Balanced,
    cohorts: Sequence[str],
    states: Sequence[str],
    transport: Transport,
    told: tuple[Told, ...],
    ties: tuple[Tie, ...],
) -> Stage:
    last = len(states)
    rows = dict(zip(cohorts, found.people, strict=True))
    return Stage(
        people={g: {states[c]: n for c, n in row.items() if c < last} for g, row in rows.items()},
        unplaced={cohort: row.get(last, 0) for cohort, row in rows.items()},
        targets={state: found.targets[column] for column, state in enumerate(states)},
        told=told,
        ties=ties,
        shared=tuple(
            (
                tuple(cohorts[row] for row in group),
                tuple(states[column] if column < last else UNPLACED for column in columns),
            )
            for group, columns in found.shared
        ),
        bent=tuple(states[column] for column in found.bent),
        transport=transport,
    )
