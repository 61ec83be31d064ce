"""Pages of the framework: objectives, outcomes, indicators, and what is worked out of them."""

from django.http import HttpResponse
from django.shortcuts import render

from commonhaven.indicators import Indicator, catalogue, framework, measures
from commonhaven.indicators.framework import Objective, Outcome
from commonhaven.web.indicators import queries
from commonhaven.web.indicators.words import PARTS, RELATIONS, WAYS
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.kit.visit import Visit


def index(request: Visit) -> HttpResponse:
    """The framework, every measure, and what is not worked out."""
    held = framework()
    shown = {
        "held": held, "left": catalogue().not_computed,
        "objectives": [(each, _listed(each)) for each in held.objectives],
        "measures": [(each, RELATIONS[each.relation]) for each in measures().values()],
    }  # fmt: skip
    return render(request, "indicators/index.html", shown)


def _known(kind: str, number: str) -> None:
    if number not in queries.known_numbers()[kind]:
        raise Unknown("there is no such page", fix="Look at the framework.")


def objective(request: Visit, objective: str) -> HttpResponse:
    """One objective, with its outcomes and their indicators."""
    _known("objective", objective)
    held = framework()
    (found,) = (each for each in held.objectives if each.id == objective)
    return _part(request, found, [each for each in held.outcomes if each.objective == objective])


def outcome(request: Visit, outcome: str) -> HttpResponse:
    """One outcome, with its indicators."""
    _known("outcome", outcome)
    (found,) = (each for each in framework().outcomes if each.id == outcome)
    return _part(request, found, [found])


def _part(request: Visit, found: Objective | Outcome, outcomes: list[Outcome]) -> HttpResponse:
    held = framework()
    (objective,) = (each for each in held.objectives if each.id == found.id[0])
    shown = {
        "found": found, "objective": objective,
        "outcomes": [(each, _listed(each)) for each in outcomes],
    }  # fmt: skip
    return render(request, "indicators/part.html", shown)


def _listed(under: Objective | Outcome) -> list[tuple[Indicator, object]]:
    """The indicators of an objective or outcome, with how each can be had."""
    return [
        (each, WAYS[queries.way(each.id)])
        for each in framework().indicators
        if under.id in {each.objective, each.outcome}
    ]


def indicator(request: Visit, indicator: str) -> HttpResponse:
    """One indicator: what is counted, how, by whom, and what is worked out of it here."""
    _known("indicator", indicator)
    held = framework()
    found = held.indicator(indicator)
    (under,) = (each for each in held.outcomes if each.id == found.outcome)
    (objective,) = (each for each in held.objectives if each.id == found.objective)
    editions = [each for each in held.versions if each.id >= found.since]
    shown = {
        "found": found, "outcome": under, "objective": objective, "held": held,
        "acts_on": PARTS[found.acts_on], "way": WAYS[queries.way(indicator)],
        "editions": [(each, found in held.under(each.id)) for each in editions],
        "measures": [(each, RELATIONS[each.relation]) for each in queries.stands_for(indicator)],
    }  # fmt: skip
    return render(request, "indicators/indicator.html", shown)
