"""How hosting compares with inhabitants, land and economy; and with the rest of the world."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from commonhaven.indicators.ask import Ask
from commonhaven.indicators.result import Result
from commonhaven.indicators.scope import labels, scope
from commonhaven.indicators.sums import HOSTED, by_state, gathered, nothing
from commonhaven.parties.figures import Figure
from commonhaven.saying import Parts, say

Below = Mapping[str, Mapping[str, Figure]]


def hosted_and(ask: Ask, names: tuple[str, ...]) -> tuple[list[Figure], Below]:
    """Who hosts, of states that have every figure of ``names``; and these figures."""
    figures = gathered(ask, HOSTED)
    hosts = set(by_state(figures)) - labels()
    below = {name: ask.latest(name, hosts) for name in names}
    whole = hosts.intersection(*(set(cells) for cells in below.values()))
    kept = {name: {s: f for s, f in cells.items() if s in whole} for name, cells in below.items()}
    return [figure for figure in figures if figure.state in whole], kept


def per(ask: Ask, *, of: str, factor: int = 1, per_head_of: str = "") -> Result:
    """Hosted / Σ ``of`` × factor; with ``per_head_of``, hosted / (Σ ``of`` / Σ inhabitants)."""
    if why := ask.lacking() or ask.unknown_year(HOSTED):
        return ask.missing(why)
    names = (of, per_head_of) if per_head_of else (of,)
    people = by_state(gathered(ask, HOSTED))
    figures, below = hosted_and(ask, names)
    sums = {name: sum((f.value for f in cells.values()), Fraction(0)) for name, cells in
            below.items()}  # fmt: skip
    if not figures or not sums[of]:
        return ask.missing(_none_of(ask, people, names))
    hosted = sum((figure.value for figure in figures), Fraction(0))
    value = hosted / sums[of] * factor * (sums[per_head_of] if per_head_of else 1)
    used = [*figures, *(f for cells in below.values() for f in cells.values())]
    return ask.found(
        value,
        used,
        missing=set(ask.scope.states(ask.year)) - {figure.state for figure in figures},
        left_out=sum(people.values(), Fraction(0)) - hosted,
    )


def _none_of(ask: Ask, people: Mapping[str, Fraction], names: tuple[str, ...]) -> str:
    if not people:
        return nothing(ask)
    return say(
        "No state of the scope that hosts has {parts} known at the end of {year} and no older "
        "than three years.", parts=Parts(names), year=str(ask.year),
    )  # fmt: skip


def share_of_world(ask: Ask) -> Result:
    """Hosted in the scope / hosted in the world × 100."""
    if why := ask.unknown_year(HOSTED):
        return ask.missing(why)
    figures = gathered(ask, HOSTED)
    if not figures:
        return ask.missing(nothing(ask))
    here = sum((figure.value for figure in figures), Fraction(0))
    everywhere = sum((f.value for f in gathered(in_the_world(ask), HOSTED)), Fraction(0))
    if everywhere == 0:
        return ask.missing(say("Nobody is counted in {year}.", year=str(ask.year)))
    missing = set(ask.scope.states(ask.year)) - set(by_state(figures))
    return ask.found(here / everywhere * 100, figures, missing=missing)


def in_the_world(ask: Ask) -> Ask:
    """The same question of the world."""
    return replace(ask, scope=scope("world"))


def times_its_economy(ask: Ask) -> Result:
    """(part of the world's hosted) / (part of the world's GDP), over states with both."""
    if why := ask.unknown_year(HOSTED):
        return ask.missing(why)
    world = in_the_world(ask)
    hosts = gathered(world, HOSTED)
    everyone = set(world.scope.states(ask.year))
    economies = world.latest("gdp", everyone)
    hosted = {s: n for s, n in by_state(hosts).items() if s in economies}
    inside = set(ask.scope.states(ask.year))
    here = sum((n for s, n in hosted.items() if s in inside), Fraction(0))
    wealth = sum((f.value for s, f in economies.items() if s in inside), Fraction(0))
    people = sum(hosted.values(), Fraction(0))
    if not wealth or not people:
        return ask.missing(_none_of(ask, by_state(gathered(ask, HOSTED)), ("gdp",)))
    all_wealth = sum((f.value for f in economies.values()), Fraction(0))
    used = [f for f in hosts if f.state in inside and f.state in economies]
    used += [f for s, f in economies.items() if s in inside]
    return ask.found(
        (here / people) / (wealth / all_wealth),
        used,
        missing=inside - set(economies),
        left_out=sum((f.value for f in hosts if f.state in inside), Fraction(0)) - here,
    )
