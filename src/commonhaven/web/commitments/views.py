"""Pages of promises."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonhaven.commitments import askings, check
from commonhaven.reading.finding import Finding
from commonhaven.web.commitments import actions, pictures, policy, queries, steps
from commonhaven.web.commitments.forms import PromiseForm
from commonhaven.web.commitments.models import KINDS, STAGES, Commitment
from commonhaven.web.commitments.review import before_review
from commonhaven.web.commitments.seats import binds, others, own_seats
from commonhaven.web.commitments.values import act_of, book_of, value_of
from commonhaven.web.decisions.models import Obligation
from commonhaven.web.decisions.queries import carried_out
from commonhaven.web.groups.models import Group
from commonhaven.web.groups.queries import members_on
from commonhaven.web.kit.audience import Seat, sees, visible
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.kit.saying import by_name
from commonhaven.web.kit.sending import sent
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


@in_group
@require_safe
def commitments_list(request: Visit, group: Group) -> HttpResponse:
    """What was promised to whom, and how far each promise has come."""
    everything = list(queries.commitments_for(request.viewer, group))
    queries.told_anew(everything, group, request.now)
    chosen = {name: request.GET.get(name, "") for name in ("kind", "stage", "giver")}
    rows = [row for row in everything if fits(row, **chosen)]
    context = {
        "rows": page_of(request, rows), "totals": queries.totals(rows), "chosen": chosen,
        "kinds": KINDS.items(), "stages": STAGES.items(),
        "givers": sorted({s.giver for row in everything for s in row.shares.all()}, key=by_name),
        "may_act": bool(own_seats(request, group)), "extra": f"&{urlencode(chosen)}",
    }  # fmt: skip
    return render(request, "commitments/list.html", context)


def fits(row: Commitment, *, kind: str, stage: str, giver: str) -> bool:
    """Whether a promise is of a kind, and one giver's share at a stage; empty is any."""
    shares = [
        share
        for share in row.shares.all()
        if stage not in STAGES or share.stage == stage
        if not giver or share.giver == giver
    ]
    return bool(shares) and (kind not in KINDS or row.kind == kind)


@in_group
def promise(request: Visit, group: Group) -> HttpResponse:
    """Enter a promise; what keeps it from being measured is said before it is kept."""
    seat = seated(request, group, binds)
    policy.may_act(seat)
    duties = visible(Obligation.objects.filter(group=group, party=seat.party), request.viewer)
    form = PromiseForm(
        request.POST or None, group=group, viewer=request.viewer,
        situations=situations_for(request.viewer, group).filter(closed_at=None),
        obligations=duties, initial=given_by_duty(request, duties),
    )  # fmt: skip
    advice = weighed(request, form, seat)

    def act() -> str:
        given = form.cleaned_data
        made = actions.promise(
            group=group, value=form.value(seat.party), by=seat, at=request.now,
            situation=given["situation"], obligation=given["obligation"],
            placing=Placing(**form.placing()),
        )  # fmt: skip
        return made.get_absolute_url()

    if not advice and (done := sent(request, form, act)):
        return done
    context = {
        "form": form, "advice": advice, "seat": seat, "others": others(request, group, seat),
    }  # fmt: skip
    status = 422 if form.errors or advice else 200
    return render(request, "commitments/promise.html", context, status=status)


def weighed(request: Visit, form: PromiseForm, seat: Seat) -> list[Finding]:
    """What keeps a promise from being measured, until the person has weighed it."""
    if request.method != "POST" or not form.is_valid():
        return []
    advice = form.advice(form.value(seat.party))
    return [] if request.POST.get("weighed") else advice


def given_by_duty(request: Visit, duties: Any) -> dict[str, Any]:  # noqa: ANN401
    """What a duty says already, for the form that begins with it."""
    duty = duties.filter(pk=asked_number(request, "obligation")).first()
    if duty is None:
        return {}
    money = duty.kind == queries.PAYS
    return {
        "obligation": duty.pk, "title": duty.what[:200], "ends": duty.due,
        "unit": duty.unit if money else "people", "to": _receivers(duty, request.viewer.at),
        "kind": "financial" if money else "relocation", "indicator": duty.measured,
        "quantity": duty.quantity.normalize() if duty.quantity else None,
    }  # fmt: skip


def _receivers(duty: Obligation, at: datetime) -> str:
    """Those to whom a duty is owed, where they are parties that can confirm a receipt."""
    known = set(members_on(duty.group, at.date()).values_list("party", flat=True))
    named = [one.strip() for one in duty.counterpart.split(",")]
    return ", ".join(named) if known.issuperset(named) else ""


@in_group
@require_safe
def show(request: Visit, group: Group, pk: int) -> HttpResponse:
    """How far it has come, from whom to whom, what is missing, and what one can do."""
    row = one(request, group, pk)
    value, found = value_of(row), book_of([row], group, request.now)
    taken = list(row.steps.all())
    onward = [one for one in found.transfers if not one.first]
    acts = {act.id: act for act in map(act_of, taken)}
    seats = own_seats(request, group)
    context = {
        "row": row, "value": value, "book": found, "promises": found.promises,
        "offers": [(seat, one) for seat in seats for one in steps.offers(value, found, acts, seat)],
        "several": len(seats) > 1,
        "onward": onward, "verified_onward": sum(one.verified.value for one in onward),
        "askings": list(askings(found, group.day_of(request.now))),
        "advice": [f for f in check(value) if f.severity == "advice"],
        "history": [(step, act_of(step)) for step in taken],
        "matches": queries.matches_for(request.viewer, group).filter(commitment=row),
        "met": {name for _, name in found.conditions_met},
        "situation": row.situation if row.situation and sees(request.viewer, row.situation)
        else None,
        "duty": row.obligation if row.obligation and sees(request.viewer, row.obligation)
        else None,
    }  # fmt: skip
    return render(request, "commitments/show.html", context)


@in_group
def take_step(request: Visit, group: Group, pk: int, kind: str) -> HttpResponse:
    """One step of a promise: a form that asks only for what the step needs."""
    row = one(request, group, pk)
    value, found = value_of(row), book_of([row], group, request.now)
    acts = {act.id: act for act in map(act_of, row.steps.all())}

    def fits(seat: Seat) -> bool:
        return any(offer.kind == kind for offer in steps.offers(value, found, acts, seat))

    seat = seated(request, group, lambda one: binds(one) and fits(one))
    policy.may_act(seat)
    offer = steps.chosen(value, found, acts, seat, kind)
    form = steps.StepForm(
        request.POST or None,
        offer=offer,
        unit=row.unit,
        decisions=carried_out(row) if runs_group(seat) else [],
    )

    def act() -> str:
        actions.step(commitment=row, by=seat, at=request.now, kind=kind, **form.fields_of_act())
        return row.get_absolute_url()

    if done := sent(request, form, act):
        return done
    context = {
        "row": row, "form": form, "offer": offer, "seat": seat,
        "others": others(request, group, seat, fits),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "commitments/step.html", context, status=status)


@in_group
@require_safe
def due(request: Visit, group: Group) -> HttpResponse:
    """What is missing, since when, and who asks for it."""
    day = group.day_of(request.now)
    rows = queries.due_for(request.viewer, group, day)
    shown = pictures.of_dues((one.due for _row, one in rows), group, day) if rows else None
    context = {"rows": rows, "shown": shown, "listed": before_review(request.viewer, group)}
    return render(request, "commitments/due.html", context)


@in_group
@require_safe
def staircase(request: Visit, group: Group) -> HttpResponse:
    """Fair share, pledged, after deductions, delivered: for every party, with the reasons."""
    found = queries.stairs(request.viewer, group, request.now.date())
    each = [
        (one, sorted(one.each, key=lambda stairs: by_name(stairs.state)), pictures.of_stairs(one))
        for one in found
    ]
    return render(request, "commitments/staircase.html", {"stairs": each, "empty": _("none")})


@in_group
@require_safe
def drawings(request: Visit, group: Group) -> HttpResponse:
    """What went from givers, through those who pass on, to who holds it: one unit at a time."""
    flow = pictures.of_gifts(request.viewer, group, request.GET.get("unit", ""))
    return render(request, "commitments/pictures.html", {"flow": flow})
