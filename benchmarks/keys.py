"""Every key over every state and year since 1960, exact: the median time of several runs.

    python benchmarks/keys.py [RUNS]

Figures are those that ship. A state enters a key for a year where it has every figure that the key
needs for that very year (land area: any year), and where no rate by which the key divides is 0.
"""

import statistics
import sys
import time
from collections.abc import Mapping
from fractions import Fraction

from commonhaven.allocation.keys.formula import Formula
from commonhaven.allocation.registry import KEYS
from commonhaven.allocation.rule import Rule, Settings
from commonhaven.parties.figures import reference

YEARS = range(1960, 2025)
INDICATORS = ("population", "gdp", "gni", "land_area_km2", "unemployment_percent",
              "applications_per_million")  # fmt: skip
RATES = ("unemployment_percent", "applications_per_million")
CHOICES = {
    "koenigstein": {"revenue_indicator": "gdp"},
    "eu-1995": {"base_key": "population-gdp-area"},
}
"""Settings that use figures that ship; for the Resolution of 1995, every credit is 0."""
NEEDS = {
    "mixed": ("population", "gdp"),
    "grahl-madsen": ("population", "gni"),
    "koenigstein": ("population", "gdp"),
    "eu-1995": ("population", "gdp", "land_area_km2", "credit"),
}
Year = dict[str, dict[str, Fraction]]


def panel() -> dict[int, Year]:
    """Year → state → indicator → value, from the figures that ship."""
    store = reference()
    years: dict[int, Year] = {year: {} for year in YEARS}
    for indicator in INDICATORS:
        for state in store.states(indicator):
            series = store.series(state, indicator)
            values = {year: Fraction(figure.value) for year, figure in series.items()}
            if indicator == "land_area_km2" and values:
                values = dict.fromkeys(YEARS, values[max(values)])
            for year in years.keys() & values.keys():
                years[year].setdefault(state, {"credit": Fraction(0)})[indicator] = values[year]
    return years


def usable(rule: Rule, year: Year) -> Year:
    """The states with every figure that the key needs."""
    needs = NEEDS.get(rule.id, rule.indicators)
    return {
        state: row
        for state, row in year.items()
        if "population" in row
        and all(name in row and (name not in RATES or row[name] > 0) for name in needs)
    }


Work = list[tuple[Rule, Settings, Year]]


def jobs(years: Mapping[int, Year]) -> Work:
    listed: Work = []
    for rule in KEYS:
        settings = rule.settings(CHOICES.get(rule.id, {}))
        found = [usable(rule, year) for year in years.values()]
        listed += [(rule, settings, states) for states in found if len(states) > 1]
    return listed


def shares_only(work: Work) -> int:
    count = 0
    for rule, settings, states in work:
        if isinstance(rule.shares, Formula):
            count += len(rule.shares.shares(states, settings, 1_000_000))
    return count


def with_working(work: Work) -> int:
    return sum(
        len(rule.key(states, settings, 1_000_000).working) for rule, settings, states in work
    )


def timed(what: str, runs: int, work: Work) -> None:
    verb = {"shares": shares_only, "shares with their working": with_working}[what]
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        count = verb(work)
        seconds.append(time.perf_counter() - start)
    print(f"{what}: median {statistics.median(seconds):.2f} s of {runs} runs ({count:,} numbers)")


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    work = jobs(panel())
    ids = {rule.id for rule, _, _ in work}
    left_out = sorted({rule.id for rule in KEYS} - ids)
    print(f"{len(ids)} keys, {len(work)} years of keys; without figures: {', '.join(left_out)}")
    timed("shares", runs, work)
    timed("shares with their working", max(1, runs // 3), work)


if __name__ == "__main__":
    main()
