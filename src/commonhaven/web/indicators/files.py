"""What the pages show, as CSV: the same rows as the command line writes."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from commonhaven.indicators import (
    Sheet,
    card_sheet,
    curve_sheet,
    fair_shares_sheet,
    results_sheet,
)
from commonhaven.reading import Problem, as_csv
from commonhaven.web.indicators import queries
from commonhaven.web.indicators.forms import InYear, Need, OfWhom, OverYears, Spread
from commonhaven.web.indicators.views import RICH, last_whole_year
from commonhaven.web.indicators.whom import WORLD
from commonhaven.web.kit.visit import Visit


def _file(form: OfWhom, name: str, sheet: Callable[[], Sheet]) -> HttpResponse:
    """The file; Problem naming the first field that cannot be understood."""
    if not form.is_valid():
        field, told = next(iter(form.errors.items()))
        raise Problem(str(told[0]).rstrip("."), where=field, fix="Open the page, and choose there.")
    header, rows = sheet()
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(
        as_csv(header, rows), content_type="text/csv; charset=utf-8", headers=headers
    )


def measure(request: Visit, name: str) -> HttpResponse:
    """A series."""
    queries.measure_of(name)
    form = OverYears(request, {"of": WORLD, **queries.first_years(name)})
    return _file(form, name, lambda: results_sheet(
        queries.series(request, name, form.asked().scope, form.years())
    ))  # fmt: skip


def card(request: Visit) -> HttpResponse:
    """The card."""
    form = InYear(request, {"of": WORLD, "year": queries.latest() - 1})
    return _file(form, "card", lambda: card_sheet(
        queries.card(request, form.asked().scope, form.cleaned_data["year"])
    ))  # fmt: skip


def fair_shares(request: Visit) -> HttpResponse:
    """Fair shares."""
    form = Need(request, {"of": RICH, "year": last_whole_year(), "kind": "dollars"})

    def sheet() -> Sheet:
        given: dict[str, Any] = form.cleaned_data
        scope = form.asked().scope
        found = queries.fair_shares(request, given["kind"], given["need"], scope, given["year"])
        return fair_shares_sheet(found.found)

    return _file(form, "fair-shares", sheet)


def inequality(request: Visit) -> HttpResponse:
    """The points of the curve."""
    form = Spread(request, {"of": WORLD, "year": queries.latest() - 1, "by": "gini-by-gdp"})

    def sheet() -> Sheet:
        given: dict[str, Any] = form.cleaned_data
        found = queries.curve(request, given["by"], form.asked().scope, given["year"])
        if found is None:
            raise Problem("there is no curve", where="year", fix="The page says why.")
        return curve_sheet(found)

    return _file(form, "inequality", sheet)
