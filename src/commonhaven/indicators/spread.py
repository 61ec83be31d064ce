"""How hosting is spread: the ten largest, income groups, Gini coefficients."""

from dataclasses import replace
from fractions import Fraction

from commonhaven.indicators.ask import Ask
from commonhaven.indicators.lorenz import Curve, concentration, lorenz
from commonhaven.indicators.result import Bounds, Result
from commonhaven.indicators.scope import CLASSES, LEAST_DEVELOPED, labels, scope
from commonhaven.indicators.sums import HOSTED, by_state, gathered, nothing
from commonhaven.parties import states
from commonhaven.parties.figures import Figure

TEN = 10
FEW = "The scope has no more than ten hosts: the part says nothing."
NOT_SAID = "People in states and labels that the classification leaves out may belong to either."


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
        return ask.missing(f"No high-income country of the scope hosts anybody in {ask.year}.")
    found = ask.found(poorer / richer, figures)
    return _bounded(
        found, poorer / (richer + unknown), (poorer + unknown) / richer, "low-and-middle-income"
    )


def gini_over_states(ask: Ask) -> Result:
    """Every state with a population counts alike; one without a row hosts nobody."""
    if why := ask.unknown_year(HOSTED):
        return ask.missing(why)
    figures = [figure for figure in gathered(ask, HOSTED) if figure.state not in labels()]
    sums = by_state(figures)
    peopled = ask.latest("population", ask.scope.states(ask.year))
    counted = {state: sums.get(state, Fraction(0)) for state in peopled}
    key = dict.fromkeys(counted, Fraction(1))
    return _coefficient(ask, counted, key, [*figures, *peopled.values()], sums)


def gini_by(ask: Ask, *, key: str) -> Result:
    """States in order of people hosted for each unit of the key."""
    if why := ask.unknown_year(HOSTED):
        return ask.missing(why)
    figures = [figure for figure in gathered(ask, HOSTED) if figure.state not in labels()]
    sums = by_state(figures)
    sizes = ask.latest(key, ask.scope.states(ask.year))
    counted = {state: sums.get(state, Fraction(0)) for state in sizes}
    weights = {state: figure.value for state, figure in sizes.items()}
    return _coefficient(ask, counted, weights, [*figures, *sizes.values()], sums)


def by_wealth(ask: Ask) -> Result:
    """States in order of GDP per head, from the poorest."""
    if why := ask.unknown_year(HOSTED):
        return ask.missing(why)
    figures = [figure for figure in gathered(ask, HOSTED) if figure.state not in labels()]
    sums = by_state(figures)
    inhabitants = ask.latest("population", ask.scope.states(ask.year))
    economies = ask.latest("gdp", inhabitants)
    rank = {s: gdp.value / inhabitants[s].value for s, gdp in economies.items()}
    counted = {state: sums.get(state, Fraction(0)) for state in rank}
    weights = {state: inhabitants[state].value for state in rank}
    used = [*figures, *economies.values(), *(inhabitants[state] for state in rank)]
    return _coefficient(ask, counted, weights, used, sums, rank)


def _coefficient(  # noqa: PLR0917 - people, key, figures and order of one curve
    ask: Ask,
    counted: dict[str, Fraction],
    key: dict[str, Fraction],
    used: list[Figure],
    sums: dict[str, Fraction],
    rank: dict[str, Fraction] | None = None,
) -> Result:
    if not any(counted.values()):
        return ask.missing(nothing(ask))
    if len(counted) == 1:
        return ask.missing("One state alone has no spread.")
    curve: Curve = lorenz(counted, key) if rank is None else concentration(counted, key, rank)
    left_out = sum((n for state, n in sums.items() if state not in counted), Fraction(0))
    return ask.found(
        curve.coefficient,
        [figure for figure in used if figure.state in counted],
        missing=set(ask.scope.states(ask.year)) - set(counted),
        left_out=left_out,
    )
