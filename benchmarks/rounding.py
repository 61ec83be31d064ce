"""Rounding beside the package `apportionment`: the same people, and the time it takes.

    python benchmarks/rounding.py [INSTANCES]

Without that package (requirements/bench.txt) only our own times are printed, and it says so.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from functools import partial

from commonhaven.allocation.rounding import apportion

try:
    from apportionment import methods as peer
except ImportError:
    peer = None

METHODS = {"largest-remainder": "largest_remainder", "webster": "saintelague"}
"""Our name of a method → theirs."""


def instance(seed: int, states: int) -> list[int]:
    """Claims of very unequal size, as populations are."""
    draw = random.Random(seed)
    return [int(10 ** draw.uniform(4, 9)) for _ in range(states)]


def ours(votes: list[int], places: int, method: str) -> tuple[list[int], bool]:
    """People, and whether there was a tie."""
    total = sum(votes)
    shares = {f"{at:03d}": Fraction(vote, total) for at, vote in enumerate(votes)}
    found = apportion(shares, places, method)
    return list(found.people.values()), bool(found.ties)


def theirs(votes: list[int], places: int, method: str) -> list[int]:
    names = [str(at) for at in range(len(votes))]
    found = peer.compute(METHODS[method], votes, places, fractions=True, parties=names)
    return [int(number) for number in found]


def median_of(verb: Callable[[], object], runs: int = 5) -> str:
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        verb()
        seconds.append(time.perf_counter() - start)
    return f"{statistics.median(seconds) * 1000:.1f} ms"


def agreement(count: int, method: str) -> str:
    """How many small instances without a tie came out alike; stops at the first that did not."""
    compared = 0
    for seed in range(count):
        votes = instance(seed, 2 + seed % 30)
        people, tie = ours(votes, 10 + seed, method)
        if tie:
            continue
        compared += 1
        if people != theirs(votes, 10 + seed, method):
            return f"DIFFERENT at seed {seed}: {people} and {theirs(votes, 10 + seed, method)}"
    return f"{compared} of {compared} instances alike"


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    votes = instance(1, 195)
    failed = 0
    for method in METHODS:
        for places in (10_000, 1_000_000):
            spent = median_of(partial(ours, votes, places, method))
            print(f"{method}, 195 states, {places:,} people: {spent}")
        if peer is None:
            continue
        spent = median_of(partial(theirs, votes, 10_000, method))
        alike = agreement(count, method)
        failed |= "DIFFERENT" in alike
        print(f"  apportionment, 10,000 people: {spent}; {alike}")
    if peer is None:
        print("The package apportionment is not installed: no comparison was made.")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
