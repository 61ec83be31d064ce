"""Pages that work something out: a measure, the card, fair shares, inequality."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from commonhaven.indicators import measures
from commonhaven.indicators.spread import SPREADS
from commonhaven.reading import Problem, decimal_text
from commonhaven.web.indicators import pictures, queries
from commonhaven.web.indicators.forms import BY, InYear, Need, OfWhom, OverYears, Spread
from commonhaven.web.indicators.whom import WORLD
from commonhaven.web.indicators.words import (
    BANDS,
    EXPLAINED,
    PARTS,
    RELATIONS,
    STANDINGS,
    number,
    spoken,
    told,
)
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.kit.visit import Visit

RICH = "high-income"


def page(request: Visit, name: str, form: OfWhom, shown: dict[str, Any]) -> HttpResponse:
    """The page with its form; what cannot be understood is told beside the field."""
    shown |= {"form": form}
    if form.is_valid():
        given = {key: value for key, value in form.data.items() if value not in {"", None}}
        shown |= {"whom": form.asked(), "asked": urlencode(given)}
    return render(request, f"indicators/{name}.html", shown, status=422 if form.errors else 200)


def measure(request: Visit, name: str) -> HttpResponse:
    """One measure of one scope over years: value, coverage, bounds, sources, series."""
    about = queries.measure_of(name)
    form = OverYears(request, {"of": WORLD, **queries.first_years(name)})
    shown: dict[str, Any] = {
        "about": about,
        "relation": RELATIONS[about.relation],
        "acts_on": PARTS[about.acts_on],
        "held": queries.years_held(name),
        "spread": name in SPREADS,
    }
    if form.is_valid():
        found = queries.series(request, name, form.asked().scope, form.years())
        shown |= {
            "rows": [told(one) for one in found], "newest": spoken(found),
            "bounded": any(one.bounds for one in found),
            "reasons": _reasons(found), "drawn": pictures.of_series(about, form.asked(), found),
        }  # fmt: skip
    return page(request, "measure", form, shown)


def _reasons(found: Any) -> list[tuple[str, list[int]]]:  # noqa: ANN401 - results
    """Why there is no value → of which years."""
    reasons: dict[str, list[int]] = {}
    for one in found:
        if one.value is None:
            reasons.setdefault(one.why_missing, []).append(one.year)
    return list(reasons.items())


def card(request: Visit) -> HttpResponse:
    """How every indicator of the compact stands for one scope and year."""
    form = InYear(request, {"of": WORLD, "year": queries.latest() - 1})
    shown: dict[str, Any] = {
        "explained": [(STANDINGS[one], text) for one, text in EXPLAINED.items()]
    }
    if form.is_valid():
        found = queries.card(request, form.asked().scope, form.cleaned_data["year"])
        shown["lines"] = [
            (line, STANDINGS[line.standing],
             [(told(one), measures().get(one.measure))
              for one in line.results])
            for line in found
        ]  # fmt: skip
        shown["year"] = form.cleaned_data["year"]
    return page(request, "card", form, shown)


def fair_shares(request: Visit) -> HttpResponse:
    """A need shared by the size of economies, with what was given beside it."""
    kind = request.GET.get("kind", "")
    year = queries.latest() if kind == "places" else last_whole_year()
    form = Need(request, {"of": RICH, "year": year, "kind": "dollars"})
    shown: dict[str, Any] = {}
    if form.is_valid():
        given = form.cleaned_data
        try:
            found = queries.fair_shares(
                request, given["kind"], given["need"], form.asked().scope, given["year"]
            )
        except Conflict:
            raise
        except Problem as problem:
            form.add_error("year", f"{problem.what}. {problem.fix}")
        else:
            shares = sorted(found.found.shares.values(), key=lambda one: (-one.fair, one.state))
            shown |= {
                "shared": found, "need": number(found.need), "kind": given["kind"],
                "year": given["year"], "command_need": decimal_text(found.need),
                "rows": [(one, BANDS[one.band] if one.band else "") for one in shares],
            }  # fmt: skip
    return page(request, "fair_shares", form, shown)


def last_whole_year() -> int:
    """The last year of gifts that is complete: the newest of the table is not."""
    held = queries.years_held("unhcr-contributions")
    assert held is not None  # noqa: S101 - the table ships
    return held[1] - 1


def inequality(request: Visit) -> HttpResponse:
    """How evenly people are hosted: the Lorenz curve, and every coefficient of the year."""
    form = Spread(request, {"of": WORLD, "year": queries.latest() - 1, "by": "gini-by-gdp"})
    shown: dict[str, Any] = {}
    if form.is_valid():
        whom, year, by = form.asked(), form.cleaned_data["year"], form.cleaned_data["by"]
        years = range(year, year + 1)
        found = {name: queries.series(request, name, whom.scope, years)[0] for name in BY}
        curve = queries.curve(request, by, whom.scope, year)
        shown |= {
            "year": year, "by": by, "newest": told(found[by]), "about": measures()[by],
            "rows": [(measures()[name], BY[name], told(one)) for name, one in found.items()],
            "drawn": pictures.of_curve(curve, by, whom, year),
        }  # fmt: skip
    return page(request, "inequality", form, shown)
