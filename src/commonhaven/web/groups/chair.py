"""Pages of the chair: terms, handing over, the pack."""

import json

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from commonhaven.reading import Problem, canonical, digest
from commonhaven.web.groups import actions, policy
from commonhaven.web.groups.chairing import pack_of
from commonhaven.web.groups.forms import ChairForm, HandOverForm
from commonhaven.web.groups.models import ChairTerm, Group
from commonhaven.web.groups.queries import chair_on, members_on
from commonhaven.web.kit.audience import Audience
from commonhaven.web.kit.visit import Visit, in_group, seated

TIERS = ("inner core", "outer core")


def _eligible(request: Visit, group: Group, *, without: str = "") -> list[str]:
    rows = members_on(group, request.now.date()).filter(standing__in=TIERS)
    return [row.party for row in rows if row.party != without]


@in_group
def chair(request: Visit, group: Group) -> HttpResponse:
    """Who chairs, who did; for who runs the group, the next step."""
    seats = request.viewer.seats_in(group.pk)
    now = chair_on(group, request.now.date())
    shown = {
        "now_chair": now,
        "terms": ChairTerm.objects.filter(group=group),
        "runs": any(policy.runs(seat) for seat in seats),
        "inside": Audience.MEMBERS in request.viewer.audiences(group.pk),
        "today": request.now.date(),
    }
    return render(request, "groups/chair.html", shown)


@in_group
def seat(request: Visit, group: Group) -> HttpResponse:
    """Seat a chair over a period."""
    by = seated(request, group, policy.runs)
    policy.must_run(by)
    form = ChairForm(
        request.POST or None, parties=_eligible(request, group),
        initial={"since": request.now.date()},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            actions.seat_chair(group=group, by=by, at=request.now, **form.cleaned_data)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The chair is seated."))
            return redirect("groups:chair", group.slug)
    return render(
        request, "groups/seat_chair.html", {"form": form}, status=422 if form.errors else 200
    )


def _for_members(request: Visit, group: Group) -> None:
    """404 for whoever does not see what members see: a pack holds nothing else."""
    if Audience.MEMBERS not in request.viewer.audiences(group.pk):
        raise Http404


@in_group
def hand_over(request: Visit, group: Group) -> HttpResponse:
    """Hand the chair over, with the pack as it stands."""
    _for_members(request, group)
    by = seated(request, group, policy.runs)
    policy.must_run(by)
    now = chair_on(group, request.now.date())
    others = _eligible(request, group, without=now.party if now else "")
    form = HandOverForm(request.POST or None, parties=others)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.hand_over(
                group=group, party=given["party"], until=given["until"], by=by, at=request.now
            )
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The chair is handed over, and the pack with it."))
            return redirect("groups:chair", group.slug)
    shown = {"form": form, "pack": pack_of(group, request.now)}
    return render(request, "groups/hand_over.html", shown, status=422 if form.errors else 200)


@in_group
def pack(request: Visit, group: Group) -> HttpResponse:
    """What the chair would pass on now."""
    _for_members(request, group)
    policy.must_run(seated(request, group, policy.runs))
    return render(request, "groups/pack.html", {"pack": pack_of(group, request.now)})


@in_group
def pack_file(request: Visit, group: Group) -> HttpResponse:
    """The same as a file."""
    _for_members(request, group)
    policy.must_run(seated(request, group, policy.runs))
    return _json(canonical(pack_of(group, request.now)), f"{group.slug}-handover.json")


def _kept(request: Visit, group: Group, pk: int) -> ChairTerm:
    """A term that was handed over; its pack is for who runs the group."""
    _for_members(request, group)
    policy.must_run(seated(request, group, policy.runs))
    return get_object_or_404(ChairTerm, pk=pk, group=group, handed_over_at__isnull=False)


@in_group
def kept_pack(request: Visit, group: Group, pk: int) -> HttpResponse:
    """The pack as it was handed over."""
    term = _kept(request, group, pk)
    held = json.loads(term.pack)
    shown = {"pack": held, "term": term, "digest": digest(held)}
    return render(request, "groups/pack.html", shown)


@in_group
def kept_pack_file(request: Visit, group: Group, pk: int) -> HttpResponse:
    """The pack as it was handed over, byte for byte."""
    term = _kept(request, group, pk)
    return _json(term.pack, f"{group.slug}-handover-{term.until}.json")


def _json(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
