"""How hosting is spread: the ten largest, income groups, Gini coefficients."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from commonhaven.indicators.ask import Ask
from commonhaven.indicators.lorenz import Curve, concentration, lorenz
from commonhaven.indicators.result import Bounds, Result
from commonhaven.indicators.scope import CLASSES, LEAST_DEVELOPED, labels, scope
from commonhaven.indicators.sums import HOSTED, by_state, gathered, nothing
from commonhaven.parties import states
from commonhaven.parties.figures import Figure
from commonhaven.saying import say

TEN = 10
FEW = say("The scope has no more than ten hosts: the part says nothing.")
NOT_SAID = say(
    "People in states and labels that the classification leaves out may belong to either."
)


def top_ten(ask: Ask) -> Result:
    """Hosted by the ten states that host most / hosted in the scope × 100, with the ten."""
    if why := ask.unknown_year(HOSTED):
        return ask.missing(why)
    figures = gathered(ask, HOSTED)
    sums = by_state(figures)
    everyone = sum(sums.values(), Fraction(0))
    if everyone == 0:
        return ask.missing(nothing(ask))
    ranked = sorted(sums.keys() - labels(), key=lambda state: (-sums[state], state))
    ten = {state: sums[state] for state in ranked[:TEN]}
    missing = set(ask.scope.states(ask.year)) - set(sums)
    found = ask.found(sum(ten.values()) / everyone * 100, figures, missing=missing)
    notes = (*found.notes, FEW) if len(ranked) <= TEN else found.notes
    return replace(found, parts=ten, notes=notes)


def part_of(ask: Ask, *, group: str) -> Result:
    """Hosted in a group of states / hosted in the scope × 100; who is not classified bounds it."""
    if why := ask.unknown_year(HOSTED):
        return ask.missing(why)
    figures = gathered(ask, HOSTED)
    sums = by_state(figures)
    everyone = sum(sums.values(), Fraction(0))
    if everyone == 0:
        return ask.missing(nothing(ask))
    inside, unknown = _split(sums, group)
    low = inside / everyone * 100
    high = (inside + unknown) / everyone * 100
    found = ask.found(low, figures, missing=set(ask.scope.states(ask.year)) - set(sums))
    return _bounded(found, low, high, group)


def _split(sums: dict[str, Fraction], group: str) -> tuple[Fraction, Fraction]:
    """People hosted in the group, and those in states of which it is not said."""
    members = set(scope(group).fixed)
    inside = sum((n for s, n in sums.items() if s in members), Fraction(0))
    unknown = sum((n for s, n in sums.items() if not _said(s, group)), Fraction(0))
    return inside, unknown


def _said(state: str, group: str) -> bool:
    one = states()[state]
    return (one.ldc if group == LEAST_DEVELOPED else one.income_group) is not None


def _bounded(found: Result, low: Fraction, high: Fraction, group: str) -> Result:
    notes = (*found.notes, CLASSES[group])
    bounds = Bounds(low=low, high=high, why=NOT_SAID) if low != high else None
    return replace(found, bounds=bounds, notes=tuple(dict.fromkeys(notes)))


def poorer_for_one_richer(ask: Ask) -> Result:
    """Hosted in low- and middle-income / in high-income countries; the unclassified bound it."""
    if why := ask.unknown_year(HOSTED):
        return ask.missing(why)
    figures = gathered(ask, HOSTED)
    sums = by_state(figures)
    poorer, unknown = _split(sums, "low-and-middle-income")
    richer, _ = _split(sums, "high-income")
    if richer == 0:
        return ask.missing(
            say("No high-income country of the scope hosts anybody in {year}.", year=str(ask.year))
        )
    found = ask.found(poorer / richer, figures)
    return _bounded(
        found, poorer / (richer + unknown), (poorer + unknown) / richer, "low-and-middle-income"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """People and key of every state that has one; ``rank`` where another order counts."""

    people: dict[str, Fraction]
    key: dict[str, Fraction]
    used: list[Figure]
    left_out: Fraction
    rank: dict[str, Fraction] | None = None

    @property
    def curve(self) -> Curve:
        """The Lorenz curve, or the concentration curve in the order of ``rank``."""
        if self.rank is None:
            return lorenz(self.people, self.key)
        return concentration(self.people, self.key, self.rank)


def over_states(ask: Ask) -> Spread:
    """Every state with a population counts alike; one without a row hosts nobody."""
    peopled = ask.latest("population", ask.scope.states(ask.year))
    return _spread(ask, dict.fromkeys(peopled, Fraction(1)), list(peopled.values()))


def by_size(ask: Ask, *, key: str) -> Spread:
    """States in order of people hosted for each unit of the key."""
    sizes = ask.latest(key, ask.scope.states(ask.year))
    weights = {state: figure.value for state, figure in sizes.items()}
    return _spread(ask, weights, list(sizes.values()))


def by_wealth(ask: Ask) -> Spread:
    """States in order of GDP per head, from the poorest."""
    inhabitants = ask.latest("population", ask.scope.states(ask.year))
    economies = ask.latest("gdp", inhabitants)
    rank = {s: gdp.value / inhabitants[s].value for s, gdp in economies.items()}
    weights = {state: inhabitants[state].value for state in rank}
    divisors = [*economies.values(), *(inhabitants[state] for state in rank)]
    return replace(_spread(ask, weights, divisors), rank=rank)


def _spread(ask: Ask, key: dict[str, Fraction], divisors: list[Figure]) -> Spread:
    figures = [figure for figure in gathered(ask, HOSTED) if figure.state not in labels()]
    sums = by_state(figures)
    return Spread(
        people={state: sums.get(state, Fraction(0)) for state in key}, key=key,
        used=[figure for figure in [*figures, *divisors] if figure.state in key],
        left_out=sum((n for state, n in sums.items() if state not in key), Fraction(0)),
    )  # fmt: skip


SPREADS: Mapping[str, Callable[[Ask], Spread]] = {
    "gini-of-hosting": over_states,
    "gini-by-population": partial(by_size, key="population"),
    "gini-by-gdp": partial(by_size, key="gdp"),
    "concentration-by-wealth": by_wealth,
}
"""Measure → how people and key are laid side by side."""


def coefficient(ask: Ask) -> Result:
    """The Gini or concentration coefficient."""
    if why := ask.unknown_year(HOSTED):
        return ask.missing(why)
    found = SPREADS[ask.measure.id](ask)
    if why := _no_spread(ask, found):
        return ask.missing(why)
    return ask.found(
        found.curve.coefficient,
        found.used,
        missing=set(ask.scope.states(ask.year)) - set(found.people),
        left_out=found.left_out,
    )


def _no_spread(ask: Ask, found: Spread) -> str:
    if not any(found.people.values()):
        return nothing(ask)
    return say("One state alone has no spread.") if len(found.people) == 1 else ""


def curve_of(ask: Ask) -> Curve | None:
    """The curve behind a coefficient; None where the measure has no value."""
    if ask.unknown_year(HOSTED):
        return None
    found = SPREADS[ask.measure.id](ask)
    return None if _no_spread(ask, found) else found.curve
