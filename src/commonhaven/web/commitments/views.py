"""Pages of promises."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonhaven.commitments import askings, check
from commonhaven.reading import Problem
from commonhaven.web.commitments import actions, pictures, policy, queries, steps
from commonhaven.web.commitments.forms import PromiseForm
from commonhaven.web.commitments.models import KINDS, STAGES, Commitment
from commonhaven.web.commitments.values import act_of, book_of, value_of
from commonhaven.web.decisions.models import Obligation
from commonhaven.web.decisions.queries import carried_out
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat, sees, visible
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.refused import Refused, Unknown
from commonhaven.web.kit.visit import Visit, in_group, seated
from commonhaven.web.plans.views import asked_number
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.policy import runs_group
from commonhaven.web.situations.queries import situations_for


def one(request: Visit, group: Group, pk: int) -> Commitment:
    """The promise, Unknown where the viewer may not see it."""
    rows = Commitment.objects.select_related("group", "caucus", "situation", "obligation")
    row = rows.filter(group=group, pk=pk).first()
    if row is None or not sees(request.viewer, row):
        raise Unknown("there is no such promise", fix="Look in the group's list.")
    return row


def may_act(request: Visit, group: Group) -> bool:
    """Whether one of the viewer's seats binds a party here."""
    return any(_may(seat) for seat in request.viewer.seats_in(group.pk))


def _may(seat: Seat) -> bool:
    try:
        policy.may_act(seat)
    except Refused:
        return False
    return True


@in_group
@require_safe
def commitments_list(request: Visit, group: Group) -> HttpResponse:
    """What was promised to whom, and how far each promise has come."""
    rows = queries.commitments_for(request.viewer, group)
    kind, stage, giver = (request.GET.get(name, "") for name in ("kind", "stage", "giver"))
    if kind in KINDS:
        rows = rows.filter(kind=kind)
    if stage in STAGES:
        rows = rows.filter(shares__stage=stage).distinct()
    if giver:
        rows = rows.filter(shares__giver=giver).distinct()
    everything = list(rows)
    queries.told_anew(everything, group, request.now)
    page = page_of(request, rows)
    queries.told_anew(list(page), group, request.now)
    givers = sorted(
        {share.giver for row in queries.commitments_for(request.viewer, group)
         for share in row.shares.all()}
    )  # fmt: skip
    context = {
        "rows": page, "totals": queries.totals(everything), "may_act": may_act(request, group),
        "kinds": KINDS.items(), "stages": STAGES.items(), "givers": givers,
        "chosen": {"kind": kind, "stage": stage, "giver": giver},
        "query": "".join(f"{n}={v}&" for n, v in (("kind", kind), ("stage", stage),
                                                  ("giver", giver)) if v),
    }  # fmt: skip
    return render(request, "commitments/list.html", context)


@in_group
def promise(request: Visit, group: Group) -> HttpResponse:
    """Enter a promise; what keeps it from being measured is said before it is kept."""
    seat = seated(request, group, _may)
    policy.may_act(seat)
    duties = visible(Obligation.objects.filter(group=group, party=seat.party), request.viewer)
    form = PromiseForm(
        request.POST or None, group=group, viewer=request.viewer,
        situations=situations_for(request.viewer, group).filter(closed_at=None),
        obligations=duties, initial=given_by_duty(request, duties),
    )  # fmt: skip
    advice: list[str] = []
    if request.method == "POST" and form.is_valid():
        value = form.value(seat.party)
        advice = [str(found) for found in check(value) if found.severity == "advice"]
        if not advice or request.POST.get("weighed"):
            try:
                made = actions.promise(
                    group=group, value=value, by=seat, at=request.now,
                    situation=form.cleaned_data["situation"],
                    obligation=form.cleaned_data["obligation"],
                    placing=Placing(**form.placing()),
                )  # fmt: skip
            except Refused:
                raise
            except Problem as problem:
                form.add_error(None, str(problem))
            else:
                return redirect(made.get_absolute_url())
    context = {"form": form, "advice": advice, "seat": seat}
    status = 422 if form.errors or advice else 200
    return render(request, "commitments/promise.html", context, status=status)


def given_by_duty(request: Visit, duties: Any) -> dict[str, Any]:  # noqa: ANN401
    """What a duty says already, for the form that begins with it."""
    duty = duties.filter(pk=asked_number(request, "obligation")).first()
    if duty is None:
        return {}
    money = duty.kind == queries.PAYS
    return {
        "obligation": duty.pk, "title": duty.what[:200], "ends": duty.due,
        "unit": duty.unit if money else "people", "to": duty.counterpart[:200],
        "kind": "financial" if money else "relocation", "indicator": duty.measured,
        "quantity": duty.quantity.normalize() if duty.quantity else None,
    }  # fmt: skip


@in_group
@require_safe
def show(request: Visit, group: Group, pk: int) -> HttpResponse:
    """How far it has come, from whom to whom, what is missing, and what one can do."""
    row = one(request, group, pk)
    value, found = value_of(row), book_of([row], group, request.now)
    seat = own_seat(request, group)
    context = {
        "row": row, "value": value, "book": found, "promises": found.promises,
        "offers": list(steps.offers(value, found, seat)),
        "askings": list(askings(found, request.now.date())),
        "advice": [f for f in check(value) if f.severity == "advice"],
        "history": [(step, act_of(step)) for step in row.steps.all()],
        "matches": queries.matches_for(request.viewer, group).filter(commitment=row),
        "met": {name for _, name in found.conditions_met},
        "situation": row.situation if row.situation and sees(request.viewer, row.situation)
        else None,
        "duty": row.obligation if row.obligation and sees(request.viewer, row.obligation)
        else None,
    }  # fmt: skip
    return render(request, "commitments/show.html", context)


def own_seat(request: Visit, group: Group) -> Seat | None:
    """The seat in which the viewer would act, if any."""
    seats = request.viewer.seats_in(group.pk)
    return next((seat for seat in seats if _may(seat)), None)


@in_group
def take_step(request: Visit, group: Group, pk: int, kind: str) -> HttpResponse:
    """One step of a promise: a form that asks only for what the step needs."""
    row = one(request, group, pk)
    seat = seated(request, group, _may)
    policy.may_act(seat)
    value, found = value_of(row), book_of([row], group, request.now)
    offer = steps.chosen(value, found, seat, kind)
    form = steps.StepForm(
        request.POST or None,
        offer=offer,
        unit=row.unit,
        decisions=carried_out(row) if runs_group(seat) else [],
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.step(commitment=row, by=seat, at=request.now, kind=kind, **form.fields_of_act())
        except Refused:
            raise
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(row.get_absolute_url())
    context = {"row": row, "form": form, "offer": offer, "seat": seat}
    status = 422 if form.errors else 200
    return render(request, "commitments/step.html", context, status=status)


@in_group
@require_safe
def due(request: Visit, group: Group) -> HttpResponse:
    """What is missing, since when, and who asks for it."""
    today = request.now.date()
    rows = queries.due_for(request.viewer, group, today)
    shown = pictures.of_dues((one.due for _row, one in rows), group, today) if rows else None
    return render(request, "commitments/due.html", {"rows": rows, "shown": shown})


@in_group
@require_safe
def staircase(request: Visit, group: Group) -> HttpResponse:
    """Fair share, pledged, after deductions, delivered: for every party, with the reasons."""
    found = queries.stairs(request.viewer, group, request.now.date())
    each = [(one, pictures.of_stairs(one)) for one in found]
    return render(request, "commitments/staircase.html", {"stairs": each, "empty": _("none")})


@in_group
@require_safe
def drawings(request: Visit, group: Group) -> HttpResponse:
    """What went from givers, through those who pass on, to who holds it: one unit at a time."""
    flow = pictures.of_gifts(request.viewer, group, request.GET.get("unit", ""))
    return render(request, "commitments/pictures.html", {"flow": flow})
