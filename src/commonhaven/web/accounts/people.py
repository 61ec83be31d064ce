"""A group's people: seats, credentials, invitations."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from commonhaven.reading import Problem
from commonhaven.web.accounts import actions, policy
from commonhaven.web.accounts.forms import LastDayForm, OfferForm, ReasonForm
from commonhaven.web.accounts.mail import address_of, mailed
from commonhaven.web.accounts.models import Invitation, Seat
from commonhaven.web.accounts.queries import open_invitations, parties_to_invite, seats_shown
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Audience
from commonhaven.web.kit.audience import Seat as Acting
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.visit import Visit, attempt, in_group, seated, status_of


def _for_members(request: Visit, group: Group) -> None:
    """404 for whoever does not see what members see: who has a seat is for the group."""
    if Audience.MEMBERS not in request.viewer.audiences(group.pk):
        raise Http404


def _runs(request: Visit, group: Group) -> bool:
    return any(policy.runs(seat) for seat in request.viewer.seats_in(group.pk))


@in_group
def people(request: Visit, group: Group) -> HttpResponse:
    """Who acts for whom today; for the secretariat and the chair also what waits for them."""
    _for_members(request, group)
    runs = _runs(request, group)
    shown = {
        "rows": page_of(request, seats_shown(group, request.now.date())),
        "runs": runs,
        "invitations": open_invitations(group, request.now) if runs else (),
        "own": request.user.pk,
        "mailed": mailed(),
    }
    return render(request, "accounts/people.html", shown)


@never_cache
@in_group
def invite(request: Visit, group: Group) -> HttpResponse:
    """Offer a seat; the link is shown once, and mailed where mail is set up."""
    _for_members(request, group)
    seat = _running_seat(request, group)
    parties = parties_to_invite(group, request.now.date())
    form = OfferForm(request.POST or None, parties=parties, initial={"since": request.now.date()})
    if request.method == "POST" and form.is_valid():
        try:
            made, token = actions.invite(group=group, offer=form.offer(), by=seat, at=request.now)
        except Problem as problem:
            if status_of(problem) != 422:
                raise
            form.add_error(problem.where if problem.where in form.fields else None, str(problem))
        else:
            shown = {"made": made, "address": address_of(token), "mailed": mailed(), "runs": True}
            return render(request, "accounts/invited.html", shown)
    return render(
        request, "accounts/invite.html", {"form": form}, status=422 if form.errors else 200
    )


def _running_seat(request: Visit, group: Group) -> Acting:
    """The seat that runs the group where the person has one, else any: the action refuses it."""
    seat = seated(request, group, policy.runs)
    policy.must_run(seat)
    return seat


@require_POST
@in_group
def withdraw(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Take back an invitation."""
    _for_members(request, group)
    seat = _running_seat(request, group)
    invitation = get_object_or_404(Invitation, pk=pk, group=group)
    return attempt(
        request,
        lambda: actions.withdraw_invitation(invitation=invitation, by=seat, at=request.now),
        _("The invitation is withdrawn."),
        reverse("people:list", args=[group.slug]),
    )


@require_POST
@in_group
def accept(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Accept a person's credentials."""
    _for_members(request, group)
    by = _running_seat(request, group)
    row = get_object_or_404(Seat, pk=pk, group=group)
    return attempt(
        request,
        lambda: actions.accept_credentials(seat=row, by=by, at=request.now),
        _("The credentials are accepted."),
        reverse("people:list", args=[group.slug]),
    )


@in_group
def refuse(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Refuse a person's credentials, with a reason."""
    _for_members(request, group)
    by = _running_seat(request, group)
    row = get_object_or_404(Seat, pk=pk, group=group)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        return attempt(
            request,
            lambda: actions.refuse_credentials(seat=row, reason=reason, by=by, at=request.now),
            _("The credentials are refused."),
            reverse("people:list", args=[group.slug]),
        )
    shown = {"form": form, "row": row}
    return render(request, "accounts/refuse.html", shown, status=422 if form.errors else 200)


@in_group
def end(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Name the last day of a seat."""
    row = get_object_or_404(Seat.objects.select_related("user"), pk=pk, group=group)
    mine = row.user_id == request.user.pk
    if not mine:
        _for_members(request, group)
    by = _own_seat(request, group, row) if mine else _running_seat(request, group)
    form = LastDayForm(request.POST or None, initial={"until": request.now.date()})
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        return attempt(
            request,
            lambda: actions.end_seat(seat=row, until=until, by=by, at=request.now),
            _("The seat ends."),
            reverse("accounts:own") if mine else reverse("people:list", args=[group.slug]),
        )
    shown = {"form": form, "row": row}
    return render(request, "accounts/end.html", shown, status=422 if form.errors else 200)


def _own_seat(request: Visit, group: Group, row: Seat) -> Acting:
    own = request.viewer.seats_in(group.pk)
    return next((one for one in own if one.id == row.pk), None) or actions.acting(row)
