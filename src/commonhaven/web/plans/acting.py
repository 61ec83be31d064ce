"""Buttons on a plan's page: one act each."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonhaven.reading import Problem
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.visit import Visit, attempt, found, in_group, seated
from commonhaven.web.plans import actions
from commonhaven.web.plans.forms import OpinionForm, TableForm
from commonhaven.web.plans.models import Opinion
from commonhaven.web.plans.views import one


@in_group
@require_POST
def table(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Lay a plan before a meeting."""
    plan = one(request, group, pk)
    form = TableForm(request.POST, plan=plan, viewer=request.viewer)

    def act() -> None:
        if not form.is_valid():
            raise Problem(_("no meeting is chosen"), fix=_("Choose one that is not closed."))
        actions.table_plan(
            plan=plan, meeting=form.cleaned_data["meeting"], by=seated(request, group),
            at=request.now,
        )  # fmt: skip

    return attempt(request, act, _("The plan is before the meeting."), plan.get_absolute_url())


@in_group
@require_POST
def withdraw(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Take a proposal back."""
    plan = one(request, group, pk)
    return attempt(
        request,
        lambda: actions.withdraw_plan(plan=plan, by=seated(request, group), at=request.now),
        _("The proposal is withdrawn."),
        plan.get_absolute_url(),
    )


@in_group
@require_POST
def ask(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Ask UNHCR for its opinion."""
    plan = one(request, group, pk)
    return attempt(
        request,
        lambda: actions.ask_opinion(plan=plan, by=seated(request, group), at=request.now),
        _("UNHCR is asked; its time runs."),
        f"{plan.get_absolute_url()}#opinions",
    )


@in_group
@require_POST
def note(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Note that UNHCR gave no opinion in time."""
    plan = one(request, group, pk)
    return attempt(
        request,
        lambda: actions.note_no_opinion(plan=plan, by=seated(request, group), at=request.now),
        _("It is on record that no opinion came in time."),
        f"{plan.get_absolute_url()}#opinions",
    )


@in_group
@require_POST
def opinion(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Give an opinion on a plan."""
    plan = one(request, group, pk)
    form = OpinionForm(request.POST)

    def act() -> None:
        if not form.is_valid():
            raise Problem(
                _("an opinion needs a finding and reasons"), fix=_("Choose one, and say why.")
            )
        given = form.cleaned_data
        actions.give_opinion(
            plan=plan, finding=given["finding"], text=given["text"],
            by=seated(request, group), at=request.now,
        )  # fmt: skip

    to = f"{plan.get_absolute_url()}#opinions"
    return attempt(request, act, _("The opinion is attached to the plan."), to)


@in_group
@require_safe
def opinion_page(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Where an opinion stands: with its plan."""
    row = Opinion.objects.select_related("plan", "plan__group").filter(group=group, pk=pk).first()
    found(row, request.viewer)
    assert row is not None  # noqa: S101 - found raises where there is none
    return redirect(row.get_absolute_url())
