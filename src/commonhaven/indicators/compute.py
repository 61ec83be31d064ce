"""Every measure by its id, and the one function that works one out."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from commonhaven.indicators import giving, hosting, spread, sums
from commonhaven.indicators.ask import Ask
from commonhaven.indicators.basis import Basis, shipped
from commonhaven.indicators.catalogue import measure, measures
from commonhaven.indicators.lorenz import Curve
from commonhaven.indicators.result import Result
from commonhaven.indicators.scope import Scope
from commonhaven.reading import Problem, closest

YEARS = (1951, 2100)
WORKED_OUT: Mapping[str, Callable[[Ask], Result]] = {
    "unhcr-contributions": giving.given,
    "unhcr-donors": giving.donors,
    "top-ten-donors-share": giving.largest,
    "unhcr-spending": sums.total,
    "in-donor-costs": sums.total,
    "plan-coverage": sums.received_of_requested,
    "resettlement-arrivals": sums.total,
    "resettled-of-origin": sums.total,
    "resettlement-countries": sums.states_with_any,
    "resettlement-rate": sums.rate,
    "complementary-pathways": sums.total,
    "naturalisations": sums.total,
    "returns": sums.total,
    "returns-from-host": sums.total,
    "return-rate": sums.rate,
    "refugees": sums.total,
    "refugees-with-unrwa": sums.total,
    "hosted": sums.total,
    "fled": sums.total,
    "hosted-share": hosting.share_of_world,
    "top-ten-share": spread.top_ten,
    "low-and-middle-share": partial(spread.part_of, group="low-and-middle-income"),
    "least-developed-share": partial(spread.part_of, group="least-developed"),
    "low-and-middle-to-high": spread.poorer_for_one_richer,
    "per-1000-inhabitants": partial(hosting.per, of="population", factor=1000),
    "per-1000-km2": partial(hosting.per, of="land_area_km2", factor=1000),
    "per-gdp-per-head": partial(hosting.per, of="gdp", per_head_of="population"),
    "per-gdp-ppp-per-head": partial(hosting.per, of="gdp_ppp", per_head_of="population"),
    "per-million-gdp": partial(hosting.per, of="gdp", factor=1_000_000),
    "hosted-to-gdp-share": hosting.times_its_economy,
    **dict.fromkeys(spread.SPREADS, spread.coefficient),
    "cost-of-inclusion": sums.products,
}


def compute(wanted: str, of: Scope, year: int, basis: Basis | None = None) -> Result:
    """One measure of a scope in a year, from the tables that ship or from another basis.

    Raises Problem for an unknown measure and a year that no table can have. What cannot be worked
    out is a result without a value that says why.
    """
    ask = _ask(wanted, of, year, basis)
    return WORKED_OUT[ask.measure.id](ask)


def hosting_curve(wanted: str, of: Scope, year: int, basis: Basis | None = None) -> Curve | None:
    """The curve behind a measure of inequality; None where that has no value.

    Raises Problem for a measure that has no curve, and as ``compute`` does.
    """
    if wanted not in spread.SPREADS:
        said = f'"{wanted[:40]}" has no curve'
        raise Problem(said, where="measure", fix=closest(wanted, spread.SPREADS))
    return spread.curve_of(_ask(wanted, of, year, basis))


def _ask(wanted: str, of: Scope, year: int, basis: Basis | None) -> Ask:
    about = measure(wanted)
    if not YEARS[0] <= year <= YEARS[1]:
        said = f"there are no figures of {year}"
        raise Problem(said, where="year", fix=f"Give one from {YEARS[0]} to now.")
    return Ask(basis=basis or shipped(), scope=of, year=year, measure=about)


def compute_all(of: Scope, years: Iterable[int], basis: Basis | None = None) -> tuple[Result, ...]:
    """Every measure of a scope, year by year."""
    used = basis or shipped()
    return tuple(compute(name, of, year, used) for year in years for name in measures())
