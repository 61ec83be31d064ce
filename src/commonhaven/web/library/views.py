"""Pages of the slice: everything that ships, readable by a delegate."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commonhaven.charter import load as load_charter
from commonhaven.charter import shipped as shipped_charters
from commonhaven.costs import scales
from commonhaven.instruments import instruments
from commonhaven.parties import state as state_of
from commonhaven.procedures import procedures
from commonhaven.reading.toml import read_text
from commonhaven.situations import load as load_situation
from commonhaven.situations import shipped as shipped_situations
from commonhaven.web.kit.visit import Visit
from commonhaven.web.library import queries
from commonhaven.web.library.shelf import every_rule

KINDS = {
    "placement": _("Rules that place cohorts"),
    "key": _("Keys: a share of people for every state"),
    "scale": _("Scales: a share of money for every state"),
    "scenario": _("Scenarios: to compare, never to choose"),
}


def index(request: Visit) -> HttpResponse:
    """Everything that stands in the library."""
    language = _language()
    by_kind = queries.rules_by_kind(every_rule())
    shown = {
        "rules": [(KINDS[kind], of_kind) for kind, of_kind in by_kind.items()],
        "procedures": procedures().items(),
        "charters": [(name, load_charter(name).group.called(language))
                     for name in shipped_charters()],
        "situations": [(each.id, each.called(language), each)
                       for each in map(load_situation, shipped_situations())],
        "instruments": instruments().items(),
    }  # fmt: skip
    return render(request, "library/index.html", shown)


def rule(request: Visit, name: str) -> HttpResponse:
    """What a rule holds, judges, cites and gets wrong."""
    found = queries.one(every_rule(), name)
    parameters = [(each, each.source, queries.allowed(each)) for each in found.parameters]
    shown = {
        "rule": found, "kind": KINDS[found.kind], "parameters": parameters,
        "needs": queries.indicators(found.indicators),
        "can_use": queries.indicators(found.optional_indicators),
    }  # fmt: skip
    return render(request, "library/rule.html", shown)


def procedure(request: Visit, name: str) -> HttpResponse:
    """The steps of a procedure, its clocks and what silence means."""
    found = queries.one(procedures(), name)
    shown = {"procedure": found, "clocks": list(queries.clocks(found))}
    return render(request, "library/procedure.html", shown)


def charter(request: Visit, name: str) -> HttpResponse:
    """An example charter, with its text to copy."""
    text = read_text(queries.one(shipped_charters(), name), f"{name}.toml")
    found = load_charter(name)
    shown = {
        "charter": found, "name": name, "text": text, "tiers": queries.tiers(found, _day(request)),
        "called": found.group.called(_language()),
        "rule": every_rule().get(found.responsibility.rule),
        "scale": scales().get(found.costs.scale),
        "procedure": procedures().get(found.convening.procedure),
    }  # fmt: skip
    return render(request, "library/charter.html", shown)


def charter_text(request: Visit, name: str) -> HttpResponse:  # noqa: ARG001 - as all views
    """The file of an example charter."""
    text = read_text(queries.one(shipped_charters(), name), f"{name}.toml")
    return _file(text, f"{name}.toml")


def situation(request: Visit, name: str) -> HttpResponse:
    """A real situation: who fled, where they are, by which sources."""
    text = read_text(queries.one(shipped_situations(), name), f"{name}.toml")
    found = load_situation(name)
    shown = {
        "situation": found, "name": name, "text": text, "where": queries.whereabouts(found),
        "called": found.called(_language()),
    }  # fmt: skip
    return render(request, "library/situation.html", shown)


def situation_text(request: Visit, name: str) -> HttpResponse:  # noqa: ARG001
    """The file of a situation."""
    text = read_text(queries.one(shipped_situations(), name), f"{name}.toml")
    return _file(text, f"{name}.toml")


def instrument(request: Visit, name: str) -> HttpResponse:
    """The numbers of an instrument, each with its article, its day and its standing."""
    found = queries.one(instruments(), name)
    return render(request, "library/instrument.html", {"instrument": found, "name": name})


def figures(request: Visit) -> HttpResponse:
    """The states whose figures can be looked up."""
    return render(request, "library/figures.html", {"countries": queries.countries(_language())})


def state(request: Visit, code: str) -> HttpResponse:
    """The figures of one state with year, source and day on which they were read."""
    queries.one(dict(queries.countries("en")), code)
    shown = {
        "code": code, "about": state_of(code), "figures": queries.figures_of(code),
        "latest": queries.LATEST,
    }  # fmt: skip
    return render(request, "library/state.html", shown)


def names(request: Visit) -> HttpResponse:
    """By which names and codes states are called here, and what that does not mean."""
    return render(request, "library/names.html", {"remarks": queries.remarks()})


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _day(request: Visit) -> date:
    return request.now.date()


def _file(text: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/toml; charset=utf-8", headers=headers)
