"""Whole placements with their working: 500 cohorts among 200 states, scores and figures seeded."""

import random
import statistics
import time
from fractions import Fraction

from commonhaven.allocation import Cohort, Host, Question, Scores
from commonhaven.allocation.by_key import place
from commonhaven.allocation.registry import rule

RUNS = 3


def question(cohorts: int, states: int, seed: int = 1) -> Question:
    """Two states in three are of the inner core; every pair has scores in thousandths."""
    draw = random.Random(seed)
    names = [f"{chr(65 + i // 26)}{chr(65 + i % 26)}X" for i in range(states)]

    def part() -> Fraction:
        return Fraction(draw.randint(0, 1000), 1000)

    hosts = tuple(
        Host(
            state=name,
            tier="inner core" if number % 3 else "outer core",
            figures={
                "population": Fraction(draw.randint(10**5, 10**8)),
                "gdp": Fraction(draw.randint(10**9, 10**12)),
                "land_area_km2": Fraction(draw.randint(10**3, 10**6)),
            },
            capacity=draw.randint(1000, 40000),
        )
        for number, name in enumerate(names)
    )
    groups = tuple(
        Cohort(
            id=f"cohort-{number:03}",
            origin="ZZZ",
            people=draw.randint(100, 10000),
            scores={
                name: Scores(security=part(), functional=part(), cultural=part(), proximity=part())
                for name in names
            },
            special_needs=10,
        )
        for number in range(cohorts)
    )
    return Question(hosts=hosts, cohorts=groups, security_floor=Fraction(3, 5))


def main() -> None:
    asked = question(500, 200)
    print(f"500 cohorts among 200 states, working included, median of {RUNS} runs")
    for name in ("hathaway-neve", "population-gdp-area"):
        chosen = rule(name)
        settings = chosen.settings({})
        times = []
        for _ in range(RUNS):
            start = time.perf_counter()
            placed = place(asked, chosen, settings)
            times.append(time.perf_counter() - start)
        lines = len(placed.working)
        print(f"  {name:<20} {statistics.median(times):.2f} s, {lines:,} lines of working")


if __name__ == "__main__":
    main()
