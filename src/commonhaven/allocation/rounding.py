"""From exact shares to whole people, without losing or inventing anyone unsaid."""

import heapq
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from commonhaven.allocation.capacity import fill
from commonhaven.allocation.keys.column import column
from commonhaven.allocation.question import Tie
from commonhaven.reading import Problem, closest
from commonhaven.saying import say

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Apportionment:
    """Whole people by state, ties and how they were settled, and what the method leaves over.

    ``residue``: people given out beyond the total (positive, where a method rounds up) or short of
    it (negative, where ceilings leave no room). ``targets``: exact numbers within the limits.
    """

    people: Mapping[str, int]
    targets: Mapping[str, Fraction]
    ties: tuple[Tie, ...] = ()
    residue: int = 0
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """What a method works on.

    ``rank``: state → its place in the order that settles ties; ``declared``: those of the states
    that the charter's order names.
    """

    shares: Mapping[str, Fraction]
    targets: Mapping[str, Fraction]
    places: int
    at_least: Mapping[str, int]
    at_most: Mapping[str, int]
    rank: Mapping[str, int]
    declared: frozenset[str]


_Rounded = tuple[dict[str, int], tuple[Tie, ...]]


def apportion(
    shares: Mapping[str, Fraction],
    total: int,
    method: str = "largest-remainder",
    order: Sequence[str] = (),
    *,
    at_most: Mapping[str, int] | None = None,
    at_least: Mapping[str, int] | None = None,
) -> Apportionment:
    """Make ``total × share`` whole by a declared method, within floors and ceilings.

    States with an equal claim to the last places get them in the ``order`` given (states it does
    not name follow in the alphabet), and the tie is reported. Problem where the shares do not add
    up to one, the total is negative, or the method is not known.

    >>> apportion({"A": Fraction(1, 3), "B": Fraction(2, 3)}, 10).people
    {'A': 3, 'B': 7}
    """
    if method not in METHODS:
        raise Problem(f"no rounding method {method}", fix=closest(method, METHODS))
    if total < 0:
        raise Problem(f"{total} people cannot be shared", fix="Give 0 or more.")
    if column(shares.values()).total() != 1:
        raise Problem("the shares do not add up to 1", fix="Divide each by their sum.")
    filled = fill(shares, total, at_most, at_least)
    targets = filled.targets
    task = _Task(
        shares=shares,
        targets=targets,
        places=int(total - filled.leftover),
        at_least=at_least or {},
        at_most=at_most or {},
        rank=ranks(shares, order),
        declared=frozenset(order),
    )
    people, ties = METHODS[method](task)
    people = {state: people[state] for state in shares}
    residue = sum(people.values()) - total
    return Apportionment(people=people, targets=targets, ties=ties, residue=residue, method=method)


def ranks(states: Iterable[str], order: Sequence[str]) -> dict[str, int]:
    """State → its place when ties are settled: as ``order`` says, then by the alphabet."""
    given = {state: at for at, state in enumerate(order)}
    ranked = sorted(states, key=lambda state: (given.get(state, len(given)), state))
    return {state: at for at, state in enumerate(ranked)}


def _largest_remainder(task: _Task) -> _Rounded:
    """Round down, then one more for the largest remainders (Hamilton)."""
    people = {state: floor(target) for state, target in task.targets.items()}
    left = task.places - sum(people.values())
    remainders = {state: task.targets[state] - people[state] for state in people}
    winners, ties = _best(remainders, left, task, "the last places by largest remainder")
    for state in winners:
        people[state] += 1
    return people, ties


def _webster(task: _Task) -> _Rounded:
    """Divisor method of odd numbers (Webster, Sainte-Laguë), within the limits.

    Starts from the targets rounded to the nearest, which differ from the result by few people,
    and hands out or takes back the rest one by one.
    """
    people = {
        state: _within(task, state, floor(target + HALF)) for state, target in task.targets.items()
    }
    step = 1 if sum(people.values()) < task.places else -1
    claims = [_claim(task, people, state, step) for state in people]
    heap = [claim for claim in claims if claim]
    heapq.heapify(heap)
    while heap and sum(people.values()) != task.places:
        _, _, state = heapq.heappop(heap)
        people[state] += step
        if claim := _claim(task, people, state, step):
            heapq.heappush(heap, claim)
    return _settle_webster(task, people)


def _claim(
    task: _Task, people: Mapping[str, int], state: str, step: int
) -> tuple[Fraction, int, str] | None:
    """How soon the state gains (step 1) or loses (step -1) a place; None where limits forbid."""
    number = people[state]
    if task.shares[state] == 0 or _within(task, state, number + step) == number:
        return None
    quotient = task.shares[state] / (2 * number + step)
    return (-quotient if step == 1 else quotient, task.rank[state], state)


def _settle_webster(task: _Task, people: dict[str, int]) -> _Rounded:
    """Find the places that went at the last quotient and give them out in the declared order."""
    last = {
        state: task.shares[state] / (2 * number - 1)
        for state, number in people.items()
        if task.shares[state] and number > max(0, task.at_least.get(state, 0))
    }
    following = {
        state: task.shares[state] / (2 * number + 1)
        for state, number in people.items()
        if task.shares[state] and _within(task, state, number + 1) > number
    }
    if not last or not following or min(last.values()) != max(following.values()):
        return people, ()
    quotient = min(last.values())
    holders = [state for state, value in last.items() if value == quotient]
    claimants = holders + [state for state, value in following.items() if value == quotient]
    for state in holders:
        people[state] -= 1
    winners, ties = _best(
        dict.fromkeys(claimants, quotient), len(holders), task, "the last places by Webster"
    )
    for state in winners:
        people[state] += 1
    return people, ties


def _ceiling(task: _Task) -> _Rounded:
    """Every target rounded up; the sum may exceed the total."""
    return {state: ceil(target) for state, target in task.targets.items()}, ()


def _nearest(task: _Task) -> _Rounded:
    """Every target rounded to the nearest, halves up; the sum may differ from the total."""
    return {state: floor(target + HALF) for state, target in task.targets.items()}, ()


def _floor_residual_to_largest(task: _Task) -> _Rounded:
    """Round down; what is left goes to the state with the largest target that has room."""
    people = {state: floor(target) for state, target in task.targets.items()}
    left = task.places - sum(people.values())
    ties: tuple[Tie, ...] = ()
    while left > 0:
        room = {
            state: task.targets[state]
            for state in people
            if _within(task, state, people[state] + 1) > people[state]
        }
        (largest,), tie = _best(room, 1, task, "what is left after rounding down")
        ties += tie
        given = min(left, task.at_most.get(largest, people[largest] + left) - people[largest])
        people[largest] += given
        left -= given
    return people, ties


def _within(task: _Task, state: str, number: int) -> int:
    """The number held between the state's floor and ceiling."""
    raised = max(number, task.at_least.get(state, 0), 0)
    return min(raised, task.at_most.get(state, raised))


def _best(
    claims: Mapping[str, Fraction], places: int, task: _Task, what: str
) -> tuple[tuple[str, ...], tuple[Tie, ...]]:
    """The ``places`` largest claims; equal ones at the margin by rank, reported as a tie."""
    if places <= 0:
        return (), ()
    ordered = sorted(claims, key=lambda state: (-claims[state], task.rank[state]))
    winners = tuple(ordered[:places])
    margin = claims[winners[-1]]
    equal = [state for state in ordered if claims[state] == margin]
    settled = tuple(state for state in winners if claims[state] == margin)
    if len(settled) == len(equal):
        return winners, ()
    tie = Tie(
        what=what,
        states=tuple(equal),
        places=len(settled),
        settled_for=settled,
        by=settled_by(equal, task.declared),
    )
    return winners, (tie,)


def settled_by(states: Collection[str], declared: Collection[str]) -> str:
    """What tells equal states apart: the order that was declared, or the alphabet without one."""
    unnamed = [state for state in states if state not in declared]
    if len(unnamed) <= 1 < len(states):
        return say("the declared order of states")
    if len(unnamed) == len(states):
        return say("the alphabet")
    return say("the declared order of states, and the alphabet for those that it does not name")


METHODS: Mapping[str, Callable[[_Task], _Rounded]] = {
    "largest-remainder": _largest_remainder,
    "webster": _webster,
    "ceiling": _ceiling,
    "nearest": _nearest,
    "floor-residual-to-largest": _floor_residual_to_largest,
}
"""Rounding method → what it does."""
WHOLE = ("largest-remainder", "webster", "floor-residual-to-largest")
"""Methods whose numbers add up to the total."""
