"""What the pages of indicators show: worked out by the room, kept for a day, counted."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TypeVar

from commonhaven import __version__
from commonhaven.indicators import (
    CardLine,
    Curve,
    FairShares,
    Measure,
    Result,
    Scope,
    compute,
    framework,
    hosting_curve,
    measures,
    of_funding,
    of_resettlement,
    read_entries,
    scope,
    shipped,
)
from commonhaven.indicators import card as card_of
from commonhaven.instruments import entry
from commonhaven.reading import Problem, digest
from commonhaven.web.kit.limits import asker, once_a_day
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.kit.visit import Visit

SHOWN = 10
"""Years that a page begins with."""
PUBLISHED = "published"
"""The file of entered values that ships."""
Found = TypeVar("Found")


def measure_of(name: str) -> Measure:
    """One measure; Unknown where there is none."""
    if name not in measures():
        raise Unknown("there is no such measure", fix="See the list of measures.")
    return measures()[name]


@cache
def years_held(name: str) -> tuple[int, int] | None:
    """The first and the last year of the figures that a measure begins with; None: none ship."""
    held = shipped()
    about = measures()[name]
    if not about.figures:
        return held.donors.years[0], held.donors.years[-1]
    try:
        years = held.figures.years(about.figures[0])
    except Problem:
        return None
    return (years[0], years[-1]) if years else None


def latest() -> int:
    """The last year of UNHCR's stocks."""
    return shipped().figures.years("refugees_under_mandate")[-1]


def first_years(name: str) -> dict[str, int]:
    """The years that the page of a measure begins with."""
    first, last = years_held(name) or (latest() - SHOWN + 1, latest())
    return {"first": max(first, last - SHOWN + 1), "last": last}


def _kept(request: Visit, inputs: list[object], work: Callable[[], Found]) -> Found:
    return once_a_day(
        f"indicators-{__version__}-{digest([str(each) for each in inputs])}", work,
        what="indicators", owner=asker(request, request.viewer.user),
        most=int(entry("platform", "indicators_in_ten_minutes").number),
    )  # fmt: skip


def series(request: Visit, name: str, of: Scope, years: range) -> tuple[Result, ...]:
    """One measure of a scope, year by year."""
    return _kept(
        request, ["series", name, of.id, years.start, years.stop],
        lambda: tuple(compute(name, of, year) for year in years),
    )  # fmt: skip


def card(request: Visit, of: Scope, year: int) -> tuple[CardLine, ...]:
    """How every indicator stands, with what the OECD published of the world."""
    return _kept(
        request, ["card", of.id, year],
        lambda: card_of(of, year, read_entries(PUBLISHED).entries),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Fair shares of a need, and where the need comes from if it was not given."""

    found: FairShares
    need: Fraction
    given: bool


def fair_shares(request: Visit, kind: str, need: int | None, of: Scope, year: int) -> Shared:
    """Fair shares of a need by gross national income, with what was given; Problem where none."""
    wanted = Fraction(need) if need else usual_need(kind, of, year)
    rule = of_funding if kind == "dollars" else of_resettlement
    found = _kept(
        request, ["fair", kind, wanted, of.id, year], lambda: rule(wanted, of, year, shipped())
    )
    return Shared(found=found, need=wanted, given=bool(need))


def usual_need(kind: str, of: Scope, year: int) -> Fraction:
    """What the governments of the scope gave; or all refugees under UNHCR's mandate."""
    if kind == "dollars":
        inside = set(of.states(year))
        gifts = [one.usd for one in shipped().donors.of_year(year) if one.state in inside]
        if not gifts:
            years = shipped().donors.years
            said = f"what governments of the scope gave in {year} is not held"
            fix = f"Choose a year from {years[0]} to {years[-1]}, or another scope."
            raise Problem(said, where="year", fix=fix)
        return sum(gifts, Fraction(0))
    found = compute("refugees", scope("world"), year)
    if not found.value:
        raise Problem(found.why_missing, where="year", fix="Choose another year.")
    return found.value


def curve(request: Visit, name: str, of: Scope, year: int) -> Curve | None:
    """The Lorenz curve behind a measure of inequality."""
    (found,) = _kept(
        request, ["curve", name, of.id, year], lambda: (hosting_curve(name, of, year),)
    )
    return found


def stands_for(number: str) -> tuple[Measure, ...]:
    """The measures of an indicator."""
    return tuple(each for each in measures().values() if each.indicator == number)


def way(number: str) -> str:
    """How an indicator can be had: worked out, something near worked out, or entered alone."""
    relations = {each.relation for each in stands_for(number)}
    found = [each for each in ("measures", "approximates") if each in relations]
    return str(found[0]) if found else "entered"


def known_numbers() -> dict[str, set[str]]:
    """The numbers of objectives, outcomes and indicators."""
    held = framework()
    return {
        "objective": {each.id for each in held.objectives},
        "outcome": {each.id for each in held.outcomes},
        "indicator": {each.id for each in held.indicators},
    }
