"""Pages of groups: the list, a group, its members by date, its settings and caucuses."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from commonhaven.reading import Problem
from commonhaven.web.accounts.mail import address_of, mailed
from commonhaven.web.groups import actions, page, policy
from commonhaven.web.groups.forms import CaucusForm, FrameForm, GroupForm
from commonhaven.web.groups.models import Caucus, Group
from commonhaven.web.groups.queries import (
    chair_on,
    charters_for,
    groups_for,
    history,
    in_order,
    members_on,
    version_on,
)
from commonhaven.web.kit.audience import Audience
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.visit import Visit, in_group, seated, status_of


def groups_list(request: Visit) -> HttpResponse:
    """The groups that the viewer may know of, the viewer's own first."""
    now = request.now.date()
    held = Q(memberships__since__lte=now) & (
        Q(memberships__until__isnull=True) | Q(memberships__until__gte=now)
    )
    inner = Count("memberships", filter=held & Q(memberships__standing="inner core"))
    outer = Count("memberships", filter=held & Q(memberships__standing="outer core"))
    rows = groups_for(request.viewer).annotate(inner=inner, outer=outer).order_by("slug")
    shown = {"rows": page_of(request, rows), "own": request.viewer.groups}
    return render(request, "groups/list.html", shown)


@never_cache
@login_required
def create(request: Visit) -> HttpResponse:
    """Set up a group: an administrator names its first secretariat."""
    policy.must_administer(request.viewer)
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            group, offered, token = actions.create_group(
                frame=form.frame(), email=given["email"], party=given["party"],
                label=given["label"], by=request.viewer, at=request.now,
            )  # fmt: skip
        except Problem as problem:
            if status_of(problem) != 422:
                raise
            form.add_error(problem.where if problem.where in form.fields else None, problem.what)
        else:
            request.group = group
            shown = {"made": offered, "address": address_of(token), "mailed": mailed()}
            return render(request, "accounts/invited.html", shown)
    return render(request, "groups/create.html", {"form": form}, status=422 if form.errors else 200)


@in_group
def show(request: Visit, group: Group) -> HttpResponse:
    """Who is in the group, who chairs, which charter binds it, what is open."""
    today, viewer = request.now.date(), request.viewer
    charter, chair = version_on(group, today), chair_on(group, today)
    mine = viewer.seats_in(group.pk)
    shown = {
        "charter": charter,
        "chair": chair,
        "members": in_order(members_on(group, today), get_language() or "en"),
        "drafts": list(charters_for(group, viewer).filter(status="draft")),
        "open": page.open_in(group, viewer),
        "kept": page.kept(group, viewer),
        "acts": list(page.first_acts(group, viewer, charter, chair)),
        "drafts_too": any(policy.drafts(seat) for seat in mine),
        "runs": any(policy.runs(seat) for seat in mine),
        "inside": Audience.MEMBERS in viewer.audiences(group.pk),
        "unaccepted": bool(mine) and not any(seat.accepted for seat in mine),
    }
    return render(request, "groups/show.html", shown)


@in_group
def members(request: Visit, group: Group) -> HttpResponse:
    """Members by tier on a day, participants, caucuses, and what changed when."""
    asked = request.GET.get("day", "")
    try:
        day = date.fromisoformat(asked) if asked else request.now.date()
    except ValueError:
        day = request.now.date()
        messages.error(request, _("That is no day: write it as 2026-01-31. Shown is today."))
    own = request.viewer.caucuses.get(group.pk, frozenset())
    shown = {
        "day": day,
        "today": request.now.date(),
        "rows": in_order(members_on(group, day), get_language() or "en"),
        "charter": version_on(group, day),
        "history": history(group),
        "caucuses": Caucus.objects.filter(pk__in=own),
        "inside": Audience.MEMBERS in request.viewer.audiences(group.pk),
        "may_confer": any(policy.drafts(s) for s in request.viewer.seats_in(group.pk)),
        "chair": chair_on(group, day),
    }
    return render(request, "groups/members.html", shown)


@in_group
def settings(request: Visit, group: Group) -> HttpResponse:
    """The zone in which the group counts days, and whether the public knows of it."""
    seat = seated(request, group, policy.runs)
    policy.must_run(seat)
    form = FrameForm(request.POST or None, initial={"zone": group.zone, "listed": group.listed})
    if request.method == "POST" and form.is_valid():
        actions.set_frame(group=group, by=seat, at=request.now, **form.cleaned_data)
        messages.success(request, _("The settings are changed."))
        return redirect(group)
    return render(
        request, "groups/settings.html", {"form": form}, status=422 if form.errors else 200
    )


@in_group
def caucus(request: Visit, group: Group) -> HttpResponse:
    """Let parties confer among themselves."""
    if Audience.MEMBERS not in request.viewer.audiences(group.pk):
        raise Http404
    seat = seated(request, group, policy.drafts)
    if not policy.runs(seat):
        policy.may_draft(seat)
    parties = [row.party for row in members_on(group, request.now.date())]
    form = CaucusForm(request.POST or None, parties=parties)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.make_caucus(
                group=group, name=given["name"], parties=tuple(given["parties"]), by=seat,
                at=request.now,
            )  # fmt: skip
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The caucus is formed."))
            return redirect("groups:members", group.slug)
    return render(request, "groups/caucus.html", {"form": form}, status=422 if form.errors else 200)
