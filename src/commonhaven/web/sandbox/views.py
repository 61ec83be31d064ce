"""Pages of the slice: try a charter on a situation, look at the plan, share it by link."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi

from commonhaven.allocation.registry import rules as allocation_rules
from commonhaven.costs import scales
from commonhaven.figures import Picture, svg
from commonhaven.reading import Problem
from commonhaven.regime import Plan, explain
from commonhaven.web.kit.refused import Conflict, Unknown
from commonhaven.web.kit.visit import Visit, status_of
from commonhaven.web.plans.pictures import KEPT
from commonhaven.web.sandbox import actions, queries
from commonhaven.web.sandbox.asked import charter_remarks
from commonhaven.web.sandbox.bounds import bound, count_trial
from commonhaven.web.sandbox.forms import TrialForm

FIRST = {"charter": "west-africa", "situation": "liberia-1990"}


def start(request: Visit) -> HttpResponse:
    """Choose a charter and a situation; sent, the plan is computed and has an address."""
    if request.method != "POST":
        return _ask(request, TrialForm(initial=_initial(request)))
    form = TrialForm(request.POST)
    if not form.is_valid() or form.read_charter is None or form.read_situation is None:
        return _ask(request, form, 422)
    try:
        count_trial(request)
        trial = actions.try_out(
            charter=form.read_charter, situation=form.read_situation, asked=form.filled(),
            at=request.now,
        )  # fmt: skip
        actions.forget(at=request.now)
    except Problem as problem:
        form.add_error(None, str(problem))
        return _ask(request, form, 429 if isinstance(problem, Conflict) else status_of(problem))
    return redirect("sandbox:show", trial.token)


def _initial(request: Visit) -> dict[str, str]:
    """What the address asks for: a name of the library, or what was filled in for a trial."""
    token = request.GET.get("from", "")
    if token:
        return queries.asked_of(queries.trial_for(token, request.now))
    named = {name: request.GET[name] for name in ("charter", "situation", "rule")
             if request.GET.get(name)}  # fmt: skip
    return {**FIRST, **named}


def _ask(request: Visit, form: TrialForm, status: int = 200) -> HttpResponse:
    shown = {"form": form, "kept_days": bound("kept_days")}
    return render(request, "sandbox/start.html", shown, status=status)


def show(request: Visit, token: str) -> HttpResponse:
    """The plan: who is protected where, who pays, and what to do with it."""
    trial = queries.trial_for(token, request.now)
    plan = queries.plan_of(trial)
    shown = {
        "trial": trial, "plan": plan, "result": plan.result, "people": queries.people_rows(plan),
        "money": queries.money_rows(plan), "stranded": queries.where_unplaced(plan),
        "rule": allocation_rules()[plan.result.rule].title,
        "scale": scales()[plan.result.scale].title,
        "called": _called(plan), "comparable": queries.comparable(trial),
        "pictures": [(each, drawn(each)) for each in queries.pictures(plan, _language())],
        "remarks": charter_remarks(trial.charter),
        "address": request.build_absolute_uri(request.path),
    }  # fmt: skip
    return render(request, "sandbox/show.html", shown)


def _called(plan: Plan) -> str:
    """What a trial is called, in the page's language."""
    situation = plan.inputs.situation.called(_language())
    return f"{situation} · {plan.inputs.charter.group.called(_language())}"


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def drawn(picture: Picture) -> SafeString:
    """The picture as SVG for this page; the room `figures` lets nothing active through."""
    direction = "rtl" if get_language_bidi() else "ltr"
    return SafeString(svg(picture, language=_language(), direction=direction, cache=KEPT))


def state(request: Visit, token: str, code: str) -> HttpResponse:
    """One state's part of the plan in sentences."""
    trial = queries.trial_for(token, request.now)
    plan = queries.plan_of(trial)
    if plan.state(code) is None:
        raise Unknown("there is no such page", fix="Look in the plan.")
    told = explain(plan, code)
    shown = {"trial": trial, "told": told, "code": code, "called": _called(plan),
             "codes": [part.state for part in plan.result.states]}  # fmt: skip
    return render(request, "sandbox/state.html", shown)


def rules(request: Visit, token: str) -> HttpResponse:
    """What every other rule would give."""
    trial = queries.trial_for(token, request.now)
    if not queries.comparable(trial):
        return render(request, "sandbox/too_large.html", {"trial": trial}, status=422)
    found = queries.comparison_of(trial)
    picture = queries.rules_picture(trial, _language())
    shown = {
        "trial": trial, "compared": found, "picture": picture, "drawing": drawn(picture),
        "called": _called(queries.plan_of(trial)),
        "not_run": [(allocation_rules()[rule].title, why) for rule, why in found.not_run.items()],
        "warnings": [(column.title, column.warning) for column in found.columns if column.warning],
    }  # fmt: skip
    return render(request, "sandbox/rules.html", shown)


def plan_json(request: Visit, token: str) -> HttpResponse:
    """The plan as a file that `verify` checks."""
    text = queries.trial_for(token, request.now).computed.text
    return _file(text, "plan.json", "application/json")


def charter_text(request: Visit, token: str) -> HttpResponse:
    """The charter as it was run."""
    return _file(queries.trial_for(token, request.now).charter, "charter.toml")


def situation_text(request: Visit, token: str) -> HttpResponse:
    """The situation as it was run."""
    return _file(queries.trial_for(token, request.now).situation, "situation.toml")


def _file(text: str, name: str, kind: str = "application/toml; charset=utf-8") -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=kind, headers=headers)
