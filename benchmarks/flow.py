"""The exact flow of cohorts to states, four criteria in order, beside OR-Tools in the same run.

    python benchmarks/flow.py [RUNS]

Both get the same numpy arrays and give whole people. OR-Tools' SimpleMinCostFlow solves the
criteria combined into one cost by our weights (its costs are 64-bit integers, ours are checked to
fit). Times cover everything from the arrays to the flow; ours also proves the flow optimal and
finds every pair that some optimal flow uses. All criteria must agree, or this fails.
"""

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
from ortools.graph.python import min_cost_flow

from commonhaven.allocation.flow.network import Transport, best_flow, pairs, totals, weights

CASES = (
    # cohorts, states, room as a part of people, values of the criteria
    (50, 30, 1.1, "spread"),
    (150, 100, 1.1, "spread"),
    (500, 200, 1.1, "spread"),
    (500, 200, 0.8, "spread"),
    (500, 200, 1.1, "few"),
)
NUMBERS = {"spread": (3, 6, 10, 10), "few": (1, 2, 2, 2)}
"""The greatest band of each criterion."""


def instance(cohorts: int, states: int, room: float, kind: str, seed: int = 20) -> Transport:
    """Cohorts of very different size, states of very different room, three pairs in four open."""
    draw = np.random.default_rng(seed)
    people = np.ceil(np.exp(draw.normal(7.5, 1.4, cohorts))).astype(np.int64)
    part = np.exp(draw.normal(0, 1.1, states))
    places = np.floor(part / part.sum() * people.sum() * room).astype(np.int64)
    return Transport(
        people=people,
        places=places,
        open=draw.random((cohorts, states)) < 0.75,
        levels=[draw.integers(0, high + 1, (cohorts, states)) for high in NUMBERS[kind]],
    )


def ours(question: Transport) -> list[dict[int, int]]:
    return list(best_flow(question, fast=True).people)


def or_tools(question: Transport) -> list[dict[int, int]]:
    """One cost for all criteria, a column for the unplaced, arcs added as arrays."""
    cohorts, states = question.open.shape
    weight = weights([1, *(int(level.max()) for level in question.levels)], pairs(question))
    worth = weight[0] + sum(w * level for w, level in zip(weight[1:], question.levels, strict=True))
    rows, columns = np.nonzero(question.open)
    each = np.arange(cohorts)
    last, end = cohorts + states, cohorts + states + 1
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([rows, each, cohorts + np.arange(states), [last]]),
        np.concatenate([cohorts + columns, np.full(cohorts, last), np.full(states, end), [end]]),
        np.concatenate([question.people[rows], question.people, question.places,
                        [question.people.sum()]]),
        np.concatenate([-worth[rows, columns], np.zeros(cohorts + states + 1, np.int64)]),
    )  # fmt: skip
    solver.set_nodes_supplies(
        np.append(each, end), np.append(question.people, -question.people.sum())
    )
    if solver.solve() != solver.OPTIMAL:
        raise SystemExit("OR-Tools found no optimal flow.")
    found: list[dict[int, int]] = [{} for _ in range(cohorts)]
    numbers = solver.flows(arcs[: len(rows)])
    for at in np.nonzero(numbers)[0].tolist():
        found[rows[at]][int(columns[at])] = int(numbers[at])
    return found


def measured(
    solve: Callable[[Transport], list[dict[int, int]]], question: Transport, runs: int
) -> tuple[float, list[int]]:
    found = solve(question)
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        solve(question)
        times.append(time.perf_counter() - start)
    return statistics.median(times), totals(question, found)


def main(runs: int) -> int:
    print(f"Median of {runs} runs after one warm-up; placed people and four criteria compared")
    agree = True
    for cohorts, states, room, kind in CASES:
        question = instance(cohorts, states, room, kind)
        mine, values = measured(ours, question, runs)
        theirs, others = measured(or_tools, question, runs)
        agree &= values == others
        print(
            f"  {cohorts:>3} × {states:<3} room {room:.0%}, {kind + ' values':<13}"
            f" ours {mine * 1000:7.2f} ms   OR-Tools {theirs * 1000:7.2f} ms"
            f"   {'agree' if values == others else 'DIFFER'}: {values}"
        )
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
