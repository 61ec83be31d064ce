"""Indicators, for everyone: the framework, what is worked out, and the values, exact."""

from dataclasses import fields
from typing import Annotated, Any, Literal

from ninja import Query, Router, Schema
from pydantic import Field

from commonhaven.indicators import catalogue, framework, measures
from commonhaven.indicators.spread import SPREADS
from commonhaven.reading import Problem, dump
from commonhaven.web.api.asking import Word, read
from commonhaven.web.api.middleware import Asked
from commonhaven.web.indicators import queries
from commonhaven.web.indicators.forms import FIRST, LAST, MOST_YEARS
from commonhaven.web.indicators.whom import LONGEST, WORLD, Whom, whom

router = Router(tags=["indicators"])
SCOPES = (
    "world; an income group (low-and-middle-income); least-developed; a grouping (igad); a region "
    "(Eastern Africa); a state (UGA); several joined by + (UGA+ETH); group:SLUG, the members of a "
    "group that you may know of"
)
Of = Annotated[str, Query(max_length=LONGEST, min_length=1, description=SCOPES)]
Year = Annotated[int, Query(ge=FIRST, le=LAST)]


class FrameworkShown(Schema):
    """The compact's indicators and where they come from."""

    compact: dict[str, Any]
    versions: list[dict[str, Any]]
    reports: list[dict[str, Any]]
    objectives: list[dict[str, Any]]
    outcomes: list[dict[str, Any]]
    indicators: list[dict[str, Any]]


class MeasureShown(Schema):
    """One measure."""

    id: str
    title: str
    unit: str
    indicator: str = Field(default="", description="The compact's indicator it stands for")
    relation: str = Field(description="measures, approximates, context or index")
    acts_on: str = Field(description="Which part the states of a scope play")
    figures: list[str] = Field(default=[], description="The figures of states that it needs")
    method: str
    is_not: str = Field(default="", description="What it must not be taken for")
    source: str
    years: list[int] = Field(description="First and last year held; empty: its figures do not ship")


class LeftOut(Schema):
    """An index that is known and not worked out."""

    id: str
    title: str
    why: str
    source: str


class Catalogue(Schema):
    """What is worked out, and what is not."""

    measures: list[MeasureShown]
    not_computed: list[LeftOut]


class Values(Schema):
    """Results in the form of `commonhaven indicators compute --format json`."""

    of: str = Field(description="The scope as it was asked for")
    title: str
    values: list[dict[str, Any]] = Field(
        description="docs/reference/indicators.md says what it holds"
    )


class Card(Schema):
    """A line for each indicator, as `commonhaven indicators card --format json` has it."""

    of: str
    title: str
    year: int
    lines: list[dict[str, Any]]


class FairSharesShown(Schema):
    """Shares by gross national income, as `commonhaven indicators fair-share` has them."""

    of: str
    title: str
    need: str = Field(description="What was shared, exact")
    shared: dict[str, Any]


class CurveShown(Schema):
    """A Lorenz curve: state by state, part of the key and part of people hosted so far."""

    of: str
    title: str
    result: dict[str, Any] = Field(description="The coefficient, or why there is none")
    states: list[str]
    points: list[list[str]] = Field(description="From (0, 0) to (1, 1), exact fractions")


def _shown(name: str) -> dict[str, Any]:
    about = queries.measure_of(name)
    found = {field.name: getattr(about, field.name) for field in fields(about)}
    return {**found, "years": list(queries.years_held(name) or ())}


def _whom(request: Asked, of: str) -> Whom:
    return whom(of, request.viewer, request.now)


@read(router, "/indicators", FrameworkShown)
def show_framework(request: Asked) -> Any:  # noqa: ARG001
    """The compact's objectives, outcomes, indicators and editions, as data."""
    return dump(framework())


@read(router, "/indicators/measures", Catalogue)
def list_measures(request: Asked) -> Any:  # noqa: ARG001
    """Every measure that is worked out, and every index that is not, with the reason."""
    left = [dump(each) for each in catalogue().not_computed]
    return {"measures": [_shown(name) for name in measures()], "not_computed": left}


@read(router, "/indicators/measures/{name}", MeasureShown)
def show_measure(request: Asked, name: Word) -> Any:  # noqa: ARG001
    """One measure: method, unit, source, what it is not, and the years that are held."""
    return _shown(name)


@read(router, "/indicators/measures/{name}/values", Values)
def list_values(
    request: Asked, name: Word, of: Of = WORLD, first: Year | None = None, last: Year | None = None
) -> Any:
    """One measure of one scope, year by year; left out, the last ten years that are held."""
    queries.measure_of(name)
    usual, found = queries.first_years(name), _whom(request, of)
    end = usual["last"] if last is None else last
    start = min(usual["first"], end) if first is None else first
    if not 0 <= end - start < MOST_YEARS:
        fix = f"Give the earlier year first, and {MOST_YEARS} years at most."
        raise Problem(f"{start} to {end} is no span of years", where="last", fix=fix)
    results = queries.series(request, name, found.scope, range(start, end + 1))
    return {"of": of, "title": found.title, "values": [dump(each) for each in results]}


@read(router, "/indicators/card", Card)
def show_card(request: Asked, year: Year, of: Of = WORLD) -> Any:
    """How every indicator of the compact stands for one scope and year."""
    found = _whom(request, of)
    lines = queries.card(request, found.scope, year)
    return {"of": of, "title": found.title, "year": year, "lines": [dump(each) for each in lines]}


@read(router, "/indicators/fair-shares", FairSharesShown)
def show_fair_shares(
    request: Asked,
    year: Year,
    of: Of = "high-income",
    kind: Literal["dollars", "places"] = "dollars",
    need: Annotated[int | None, Query(ge=1, le=10**15)] = None,
) -> Any:
    """A need shared by the size of economies, with what each state gave.

    Without a need it is what the governments gave together, or all refugees under UNHCR's mandate.
    """
    found = _whom(request, of)
    shared = queries.fair_shares(request, kind, need, found.scope, year)
    return {
        "of": of, "title": found.title, "need": str(shared.need), "shared": dump(shared.found),
    }  # fmt: skip


@read(router, "/indicators/inequality", CurveShown)
def show_inequality(request: Asked, year: Year, of: Of = WORLD, by: Word = "gini-by-gdp") -> Any:
    """The Lorenz curve behind a measure of inequality, and its coefficient."""
    if by not in SPREADS:
        raise Problem(f'"{by[:40]}" has no curve', where="by", fix=f"Give {', '.join(SPREADS)}.")
    found = _whom(request, of)
    (result,) = queries.series(request, by, found.scope, range(year, year + 1))
    curve = queries.curve(request, by, found.scope, year)
    return {
        "of": of, "title": found.title, "result": dump(result),
        "states": list(curve.states) if curve else [],
        "points": [[str(x), str(y)] for x, y in curve.points] if curve else [],
    }  # fmt: skip
