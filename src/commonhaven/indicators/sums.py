"""Sums over states, counts of them, and rates of a flow on the stock of the year before."""

from fractions import Fraction

from commonhaven.indicators.ask import Ask
from commonhaven.indicators.result import Result
from commonhaven.indicators.scope import labels
from commonhaven.parties.figures import Figure
from commonhaven.saying import Parts, say

HOSTED = ("refugees_under_mandate", "other_protection_hosted")


def gathered(ask: Ask, names: tuple[str, ...], year: int | None = None) -> list[Figure]:
    """The figures of the year under any of the names, of the scope's states."""
    return [figure for name in names for figure in ask.of_year(name, year).values()]


def by_state(figures: list[Figure]) -> dict[str, Fraction]:
    """The sum of each state."""
    found: dict[str, Fraction] = {}
    for figure in figures:
        found[figure.state] = found.get(figure.state, Fraction(0)) + figure.value
    return found


def of_no_state(sums: dict[str, Fraction]) -> Fraction:
    """What the source gives to no state."""
    return sum((value for state, value in sums.items() if state in labels()), Fraction(0))


def total(ask: Ask) -> Result:
    """The sum over the states of the scope; of the world, over every row of the tables."""
    names = ask.measure.figures
    if why := ask.lacking() or ask.unknown_year(names):
        return ask.missing(why)
    figures = gathered(ask, names)
    if not figures:
        return ask.missing(nothing(ask))
    sums = by_state(figures)
    missing = set(ask.scope.states(ask.year)) - set(sums)
    world = ask.scope.kind == "world"
    return ask.found(
        sum(sums.values()),
        figures,
        missing=missing,
        unattributed=of_no_state(sums) if world else None,
    )


def nothing(ask: Ask) -> str:
    """Why a scope has no value where the tables have others."""
    if not ask.scope.states(ask.year):
        return say(
            "Nobody belonged to {scope} in {year}.", scope=ask.scope.title, year=str(ask.year)
        )
    return say(
        "No state of the scope has a row of {year} in {parts}: nobody was reported, or nothing "
        "was.", year=str(ask.year), parts=Parts(ask.measure.figures),
    )  # fmt: skip


def states_with_any(ask: Ask) -> Result:
    """How many states have more than zero."""
    (name,) = ask.measure.figures
    if why := ask.lacking() or ask.unknown_year((name,)):
        return ask.missing(why)
    figures = [f for state, f in ask.of_year(name).items() if state not in labels()]
    if not figures:
        return ask.missing(nothing(ask))
    return ask.found(sum(figure.value > 0 for figure in figures), figures)


def rate(ask: Ask) -> Result:
    """A flow per 1,000 of the stock at the end of the year before, over the whole scope."""
    flow, stock = ask.measure.figures
    before = ask.year - 1
    if why := ask.lacking() or ask.unknown_year((flow,)) or ask.unknown_year((stock,), before):
        return ask.missing(why)
    flows, stocks = gathered(ask, (flow,)), gathered(ask, (stock,), before)
    below = sum((figure.value for figure in stocks), Fraction(0))
    if below == 0:
        return ask.missing(say(
            "Nobody is counted in {name} of {scope} for {year}.", name=stock,
            scope=ask.scope.title, year=str(before),
        ))  # fmt: skip
    if not flows:
        return ask.missing(nothing(ask))
    above = sum((figure.value for figure in flows), Fraction(0))
    missing = set(by_state(stocks)) - set(by_state(flows)) - labels()
    return ask.found(above / below * 1000, [*flows, *stocks], missing=missing)


def products(ask: Ask) -> Result:
    """Σ people × unit cost, over states that have both."""
    people, cost = ask.measure.figures
    if why := ask.lacking() or ask.unknown_year((people,)):
        return ask.missing(why)
    heads = ask.of_year(people)
    prices = ask.latest(cost, heads)
    if not prices:
        return ask.missing(say(
            "No state of the scope has both {one} and {other} of {year}.", one=people,
            other=cost, year=str(ask.year),
        ))  # fmt: skip
    value = sum((heads[s].value * price.value for s, price in prices.items()), Fraction(0))
    left_out = sum((f.value for s, f in heads.items() if s not in prices), Fraction(0))
    used = [figure for s, price in prices.items() for figure in (heads[s], price)]
    return ask.found(value, used, missing=heads.keys() - prices.keys(), left_out=left_out)


def received_of_requested(ask: Ask) -> Result:
    """Received / requested × 100, over states that have both."""
    received, requested = ask.measure.figures
    if why := ask.lacking() or ask.unknown_year((received, requested)):
        return ask.missing(why)
    came, asked = ask.of_year(received), ask.of_year(requested)
    both = sorted(came.keys() & asked.keys())
    below = sum((asked[state].value for state in both), Fraction(0))
    if below == 0:
        return ask.missing(nothing(ask))
    above = sum((came[state].value for state in both), Fraction(0))
    used = [figure for state in both for figure in (came[state], asked[state])]
    return ask.found(above / below * 100, used, missing=asked.keys() - came.keys())
