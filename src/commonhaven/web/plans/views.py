"""Pages of plans: the answer first, the reasons one click away, the sources two."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonhaven.parties import UnknownState, state
from commonhaven.reading import Problem
from commonhaven.regime import explain
from commonhaven.web.decisions import sitting
from commonhaven.web.groups.models import Group
from commonhaven.web.groups.queries import value_of as charter_value
from commonhaven.web.kit.audience import sees, visible
from commonhaven.web.kit.limits import asker
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.refused import Refused, Unknown, may
from commonhaven.web.kit.visit import Visit, found, in_group, seated
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.plans import actions, pictures, policy
from commonhaven.web.plans.compared import FEW, comparable, compared
from commonhaven.web.plans.forms import ComputeForm, OpinionForm, TableForm
from commonhaven.web.plans.models import Plan
from commonhaven.web.plans.queries import (
    answer_of,
    move_in,
    opinion_missing,
    plans_for,
    side_by_side,
    stands_at,
    tabled_for,
    talks_of,
    value_of,
)
from commonhaven.web.plans.shown import acts, own_sentences, shown_rows, sums
from commonhaven.web.plans.talks import talk_of
from commonhaven.web.plans.trace import sections, story
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.models import Situation
from commonhaven.web.situations.queries import latest
from commonhaven.web.situations.queries import value_of as situation_value


def one(request: Visit, group: Group, pk: int) -> Plan:
    """The plan, Unknown where the viewer may not see it."""
    rows = Plan.objects.select_related(
        "group", "situation", "version", "charter", "meeting", "after", "move", "asked"
    )
    plan = rows.filter(group=group, pk=pk).first()
    if plan is None or not sees(request.viewer, plan):
        raise Unknown("there is no such plan", fix="Look in the group's list.")
    return plan


def own_states(request: Visit, group: Group) -> frozenset[str]:
    """The states for which the viewer has a seat."""
    seats = request.viewer.seats_in(group.pk)
    return frozenset(seat.party for seat in seats if seat.member)


@in_group
@require_safe
def plans_list(request: Visit, group: Group) -> HttpResponse:
    """Which plans there are, and what became of them."""
    rows = page_of(request, plans_for(request.viewer, group))
    seats = request.viewer.seats_in(group.pk)
    context = {"rows": rows, "may_compute": any(may(policy.may_compute, s) for s in seats)}
    return render(request, "plans/list.html", context)


@in_group
def compute(request: Visit, group: Group) -> HttpResponse:
    """Compute a plan; what was chosen stays where it cannot be computed."""
    seat = seated(request, group, lambda one: may(policy.may_compute, one))
    policy.may_compute(seat)
    chosen = Situation.objects.filter(group=group, pk=asked_number(request, "situation")).first()
    start = {"situation": request.GET.get("situation")}
    if chosen is not None and sees(request.viewer, chosen):
        start["audience"] = chosen.audience
    form = ComputeForm(request.POST or None, group=group, viewer=request.viewer, initial=start)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            plan = actions.compute_plan(
                group=group, situation=given["situation"], by=seat, at=request.now,
                placing=Placing(**form.placing()), charter=given["charter"], rule=given["rule"],
                title=given["title"],
            )  # fmt: skip
        except Refused:
            raise
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(plan.get_absolute_url())
    status = 422 if form.errors else 200
    return render(request, "plans/compute.html", {"form": form, "seat": seat}, status=status)


def asked_number(request: Visit, name: str) -> int:
    """A number of the address; 0 where there is none."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@in_group
@require_safe
def show(request: Visit, group: Group, pk: int) -> HttpResponse:
    """How many are protected, by whom, who pays; then why, and what can be done now."""
    plan = one(request, group, pk)
    value, talk, own = answer_of(plan), talk_of(plan), own_states(request, group)
    later, meeting = stands_at(plan), plan.meeting
    context = {
        "meeting": meeting if meeting and sees(request.viewer, meeting) else None,
        "plan": plan, "result": value.result, "rows": shown_rows(value, talk, own),
        "codes": {part.state for part in value.result.states} | {*value.result.outside},
        "sums": sums(value, talk), "talk": talk, "own": own_sentences(value, talk, own),
        "outside": sorted(value.result.outside.items(), key=lambda pair: -pair[1]),
        "later": later if later and sees(request.viewer, later) else None,
        "move": move_in(plan), "missing": opinion_missing(plan),
        "opinions": visible(plan.opinions.all(), request.viewer),
        "decisions": visible(plan.decisions.select_related("group"), request.viewer),
        "acts": acts(plan, request.viewer.seats_in(group.pk), moved=later is not None),
        "table_form": TableForm(plan=plan, viewer=request.viewer), "opinion_form": OpinionForm(),
    }  # fmt: skip
    return render(request, "plans/show.html", context)


@in_group
@require_safe
def download(request: Visit, group: Group, pk: int) -> HttpResponse:
    """plan.json, byte for byte as it was computed."""
    plan = one(request, group, pk)
    response = HttpResponse(plan.text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="plan-{plan.number}.json"'
    return response


@in_group
@require_safe
def explained(request: Visit, group: Group, pk: int, code: str) -> HttpResponse:
    """One state's part in sentences, with the lines of working behind them."""
    plan = one(request, group, pk)
    try:
        known = state(code.upper()).code
    except UnknownState:
        raise Http404 from None
    value = value_of(plan)
    if value.state(known) is None:
        raise Http404
    context = {
        "plan": plan, "explanation": explain(value, known), "code": known,
        "part": talk_of(plan).part(known),
        "codes": [part.state for part in value.result.states],
    }  # fmt: skip
    return render(request, "plans/state.html", context)


@in_group
@require_safe
def trace(request: Visit, group: Group, pk: int) -> HttpResponse:
    """The working: all of it by section, the lines that hold a word, or one line's story."""
    plan = one(request, group, pk)
    value = value_of(plan)
    line = request.GET.get("line", "")
    if line:
        told = story(value, line)
        if told is None:
            raise Http404
        return render(request, "plans/line.html", {"plan": plan, "story": told})
    word = request.GET.get("word", "").strip()[:80]
    context = {"plan": plan, "sections": sections(value, word), "word": word}
    return render(request, "plans/trace.html", context)


@in_group
@require_safe
def drawings(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Maps and flows of a plan, each with words and a table."""
    plan = one(request, group, pk)
    context = {"plan": plan, "pictures": pictures.of_plan(plan, value_of(plan))}
    return render(request, "plans/pictures.html", context)


@in_group
@require_safe
def talks(request: Visit, group: Group, pk: int) -> HttpResponse:
    """The rounds so far: each move, and what it changed for every state."""
    plan = one(request, group, pk)
    chain = [row for row in talks_of(plan) if sees(request.viewer, row)]
    own = own_states(request, group)
    rounds = [
        {"plan": row, "move": move_in(row), "talk": talk,
         "codes": [part.state for part in talk.parts],
         "changed": [p for p in talk.parts
                     if p.people_change or p.pays_change or (p.state in own and row.after_id)]}
        for row, talk in ((row, talk_of(row)) for row in chain)
    ]  # fmt: skip
    return render(request, "plans/talks.html", {"plan": plan, "rounds": rounds, "own": own})


@in_group
@require_safe
def proposals(request: Visit, group: Group, meeting: int) -> HttpResponse:
    """The proposals before a meeting side by side."""
    row = Meeting.objects.filter(group=group, pk=meeting).first()
    found(row, request.viewer)
    assert row is not None  # noqa: S101 - found raises where there is none
    plans = tabled_for(request.viewer, row)
    seats = request.viewer.seats_in(group.pk)
    context = {
        "default_since": sitting.default_unrecorded(row, request.now),
        "may_record": any(may(policy.may_ask, s) for s in seats),
        "meeting": row, "plans": plans, "own": own_states(request, group),
        "rows": side_by_side(plans, own_states(request, group)),
    }  # fmt: skip
    return render(request, "plans/proposals.html", context)


@in_group
@require_safe
def rules(request: Visit, group: Group) -> HttpResponse:
    """What each rule would give for a situation, before anyone chooses."""
    situation = Situation.objects.filter(group=group, pk=asked_number(request, "situation")).first()
    found(situation, request.viewer)
    assert situation is not None  # noqa: S101 - found raises where there is none
    agreed = actions.in_force(group, request.now)
    own_rule = charter_value(agreed).responsibility.rule
    known = comparable(own_rule)
    asked = set(request.GET.getlist("rule"))
    names = tuple(r.id for r in known if r.id in asked) or tuple(r.id for r in known[:FEW])
    owner = asker(request, request.viewer.user)
    comparison = compared(agreed, latest(situation), names, request.now.date(), owner)
    own = own_states(request, group)
    states = sorted(
        comparison.columns[0].people,
        key=lambda s: (s not in own, -comparison.columns[0].people[s], s),
    )
    context = {
        "situation": situation, "comparison": comparison, "known": known, "chosen": names,
        "own": own, "own_rule": own_rule,
        "rows": [
            (s, [(c.people.get(s, 0), c.net.get(s)) for c in comparison.columns])
            for s in states
            if s in own or any(c.people.get(s) or c.net.get(s) for c in comparison.columns)
        ],
        "drawn": pictures.of_rules(
            comparison, charter_value(agreed), situation_value(latest(situation))
        ),
        "title": _("Rules compared"),
    }  # fmt: skip
    return render(request, "plans/rules.html", context)
