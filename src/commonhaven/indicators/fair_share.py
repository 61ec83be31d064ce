"""Fair shares by the size of the economy: of funding and of resettlement, with what was given.

Oxfam's analyses; see instruments/fair-share.toml. To report, never to allocate by.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from commonhaven.indicators.ask import OLDEST
from commonhaven.indicators.basis import Basis
from commonhaven.indicators.scope import Scope
from commonhaven.instruments.load import entry
from commonhaven.reading import Problem, described
from commonhaven.saying import say

Band = Literal["met", "in part", "far from it"]
Numbers = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class FairShare:
    """One state: its part of all economies, what is fair, what it gave, how far that goes."""

    state: str = described("The state")
    part: Fraction = described("Its part of all economies, 0 to 1")
    fair: Fraction = described("Its fair share, in the unit of the need")
    given: Fraction | None = described("What it gave; absent where that is not held", default=None)
    score: Fraction | None = described("Given / fair", default=None)
    band: Band | None = described("Which band the score falls in", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FairShares:
    """Every state's part of a need, and who is left out."""

    need: Fraction = described("What is shared")
    unit: str = described("Its unit")
    year: int = described("The year")
    shares: Mapping[str, FairShare] = described("State → its part")
    left_out: tuple[str, ...] = described("States without a known economy", default=())
    notes: tuple[str, ...] = described("What a careful reader should know", default=())


def fair_shares(need: Fraction, economies: Numbers, given: Numbers) -> dict[str, FairShare]:
    """The need × economy / all economies, and given / that.

    >>> sizes = {"A": Fraction(3), "B": Fraction(1)}
    >>> found = fair_shares(Fraction(100), sizes, {"A": Fraction(60)})
    >>> found["A"].fair, found["A"].score, found["A"].band, found["B"].score
    (Fraction(75, 1), Fraction(4, 5), 'in part', None)
    """
    if need <= 0:
        raise Problem("the need is not above zero", where="need", fix="Give what is to be shared.")
    if any(size <= 0 for size in economies.values()) or not economies:
        raise Problem("an economy is not above zero, or there is none", fix="Leave it out.")
    everything = sum(economies.values(), Fraction(0))
    return {
        state: _share(state, size / everything, need, given.get(state))
        for state, size in sorted(economies.items())
    }


def _share(state: str, part: Fraction, need: Fraction, given: Fraction | None) -> FairShare:
    fair = need * part
    score = None if given is None else given / fair
    return FairShare(
        state=state, part=part, fair=fair, given=given, score=score,
        band=None if score is None else band(score),
    )  # fmt: skip


def band(score: Fraction) -> Band:
    """Which band a score falls in."""
    if score >= entry("fair-share", "met_from").number:
        return "met"
    return "in part" if score >= entry("fair-share", "half_from").number else "far from it"


def of_funding(need: Fraction, of: Scope, year: int, basis: Basis) -> FairShares:
    """Shares of a need in dollars by gross national income; given: what governments gave that year.

    A donor of which no gift is held gave nothing that the table knows: it counts as zero.
    """
    gifts = basis.donors.of_year(year)
    if not gifts:
        years = basis.donors.years
        said = f"what donors gave is held for {years[0]} to {years[-1]}, not {year}"
        raise Problem(said, where="--year", fix="Choose another year, or give donors.csv.")
    economies, left_out = _economies(of, year, basis)
    given = {state: Fraction(0) for state in economies}
    for gift in gifts:
        if gift.state in given:
            given[gift.state] += gift.usd
    return FairShares(
        need=need, unit="US dollars", year=year, shares=fair_shares(need, economies, given),
        left_out=left_out, notes=(f"Given: {basis.donors.cited.caveat or 'as the table says.'}",),
    )  # fmt: skip


def of_resettlement(registered: Fraction, of: Scope, year: int, basis: Basis) -> FairShares:
    """Shares of places for a tenth of the registered refugees; given: arrivals of that year."""
    economies, left_out = _economies(of, year, basis)
    arrivals = basis.figures.of_year("resettlement_arrivals", year)
    if not arrivals:
        said = f"there are no resettlement arrivals of {year}"
        raise Problem(said, where="--year", fix="Choose an earlier year.")
    given = {s: arrivals[s].value if s in arrivals else Fraction(0) for s in economies}
    need = registered * entry("fair-share", "resettled_part").number
    return FairShares(
        need=need, unit="persons", year=year, shares=fair_shares(need, economies, given),
        left_out=left_out,
        notes=(say("Given: resettlement arrivals of all nationalities in that one year."),),
    )  # fmt: skip


def _economies(of: Scope, year: int, basis: Basis) -> tuple[dict[str, Fraction], tuple[str, ...]]:
    end, found, left_out = date(year, 12, 31), {}, []
    for state in of.states(year):
        figure = basis.figures.at(state, "gni", end)
        if figure is None or figure.age(end) > OLDEST:
            left_out.append(state)
        else:
            found[state] = figure.value
    return found, tuple(left_out)
