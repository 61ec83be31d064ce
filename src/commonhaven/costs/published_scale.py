"""From machine scales to the published one: base periods, the mean of two, three decimals."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from commonhaven.costs.money import Tie, reconcile
from commonhaven.reading import Problem, decimal_text


def base_period_mean(series: Mapping[int, Fraction], last: int, years: int) -> Fraction:
    """The mean of a figure over ``years`` years that end with ``last``; Problem for a gap."""
    wanted = range(last - years + 1, last + 1)
    if missing := [str(year) for year in wanted if year not in series]:
        said = f"no figure for {', '.join(missing)}"
        raise Problem(said, fix=f"A base period of {years} years needs every year to {last}.")
    return sum((series[year] for year in wanted), Fraction(0)) / years


def average_scales(
    first: Mapping[str, Fraction], second: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    """The mean of two machine scales, state by state; Problem where they differ in states."""
    if set(first) != set(second):
        odd = ", ".join(sorted(set(first) ^ set(second)))
        raise Problem(f"the two scales do not have the same states: {odd}", fix="Run both alike.")
    return {state: (first[state] + second[state]) / 2 for state in sorted(first)}


def published(
    shares: Mapping[str, Fraction], order: Sequence[str] = ()
) -> tuple[dict[str, Fraction], Tie | None]:
    """Percent with three decimals that add up to 100.000: down, then up by largest remainder.

    Equal remainders are settled by ``order``, then the alphabet, and reported.
    """
    if sum(shares.values()) != 1:
        said = f"the shares add up to {decimal_text(sum(shares.values(), Fraction(0)), 6)}, not 1"
        raise Problem(said, fix="Divide each by their sum.")
    whole, tie = reconcile({s: share * 100_000 for s, share in shares.items()}, order)
    return {state: Fraction(number, 1000) for state, number in whole.items()}, tie
