"""Pages of situations."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonhaven.reading import Problem, parse_toml
from commonhaven.reading.finding import Finding
from commonhaven.situations import findings, load, toml_text
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import sees
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.refused import Refused, Unknown, may
from commonhaven.web.kit.visit import Visit, attempt, in_group, seated
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations import actions, policy
from commonhaven.web.situations.forms import CloseForm, OpenForm, ReviseForm
from commonhaven.web.situations.models import Situation
from commonhaven.web.situations.queries import (
    capacities,
    cohorts,
    history,
    latest,
    places,
    situations_for,
    value_of,
)


def one(request: Visit, group: Group, pk: int) -> Situation:
    """The situation, Unknown where the viewer may not see it."""
    row = Situation.objects.select_related("group", "caucus").filter(group=group, pk=pk).first()
    if row is None or not sees(request.viewer, row):
        raise Unknown("there is no such situation", fix="Look in the group's list.")
    return row


def may_open(request: Visit, group: Group) -> bool:
    """Whether one of the viewer's seats opens situations here."""
    return any(may(policy.may_open, seat) for seat in request.viewer.seats_in(group.pk))


@in_group
@require_safe
def situations_list(request: Visit, group: Group) -> HttpResponse:
    """Which displacements the group has opened."""
    rows = page_of(request, situations_for(request.viewer, group))
    context = {"rows": rows, "may_open": may_open(request, group)}
    return render(request, "situations/list.html", context)


@in_group
def open_page(request: Visit, group: Group) -> HttpResponse:
    """Open a situation: one that ships, or a text; findings stand beside the text."""
    seat = seated(request, group, lambda one: may(policy.may_open, one))
    policy.may_open(seat)
    form = OpenForm(request.POST or None, group=group, viewer=request.viewer)
    found: tuple[Finding, ...] = ()
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["toml"].strip() and form.cleaned_data["toml"]
        value = None if text else load(form.cleaned_data["shipped"])
        try:
            made = actions.open_situation(
                group=group, value=value, toml=text or None, by=seat, at=request.now,
                placing=Placing(**form.placing()),
            )  # fmt: skip
        except Refused:
            raise
        except Problem as problem:
            form.add_error("toml", str(problem))
            found = findings_of(text)
        else:
            return redirect(made.get_absolute_url())
    status = 422 if form.errors else 200
    context = {"form": form, "findings": found, "seat": seat}
    return render(request, "situations/open.html", context, status=status)


def findings_of(text: str) -> tuple[Finding, ...]:
    """Everything to mend in a text; nothing where it is no TOML: the form says so already."""
    if not text:
        return ()
    try:
        return findings(parse_toml(text, "the text"), "the text")
    except Problem:
        return ()


@in_group
@require_safe
def show(request: Visit, group: Group, pk: int) -> HttpResponse:
    """How many people, where they are, their ties, the sources, and what to do next."""
    situation = one(request, group, pk)
    version = latest(situation)
    value = value_of(version)
    context = {
        "situation": situation, "given": version, "value": value, "places": places(value),
        "cohorts": cohorts(value), "capacities": capacities(value),
        "may_open": situation.closed_at is None and may_open(request, group),
        "close_form": CloseForm(),
    }  # fmt: skip
    return render(request, "situations/show.html", context)


@in_group
@require_safe
def versions(request: Visit, group: Group, pk: int) -> HttpResponse:
    """What changed from version to version, in words."""
    situation = one(request, group, pk)
    context = {"situation": situation, "history": history(situation)}
    return render(request, "situations/versions.html", context)


@in_group
@require_safe
def text(request: Visit, group: Group, pk: int, number: int) -> HttpResponse:
    """One version as TOML, to use with the command line."""
    situation = one(request, group, pk)
    version = situation.versions.filter(number=number).first()
    if version is None:
        raise Unknown("there is no such version", fix="Look in the list of versions.")
    response = HttpResponse(version.toml, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{situation.slug}-{number}.toml"'
    return response


@in_group
def revise(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Give new figures; what was typed is kept where they do not hold."""
    situation = one(request, group, pk)
    seat = seated(request, group, lambda one: may(policy.may_open, one))
    policy.may_open(seat)
    version = latest(situation)
    start = {"after": version.number, "toml": version.toml or toml_text(value_of(version))}
    form = ReviseForm(request.POST or None, initial=start)
    found: tuple[Finding, ...] = ()
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            actions.revise_situation(
                situation=situation, by=seat, at=request.now, note=given["note"],
                toml=given["toml"], after=given["after"],
            )  # fmt: skip
        except Refused:
            raise
        except Problem as problem:
            form.add_error("toml", str(problem))
            found = findings_of(given["toml"])
        else:
            return redirect(situation.get_absolute_url())
    context = {"situation": situation, "form": form, "findings": found, "seat": seat}
    status = 422 if form.errors else 200
    return render(request, "situations/revise.html", context, status=status)


@in_group
@require_POST
def close(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Close a situation."""
    situation = one(request, group, pk)
    form = CloseForm(request.POST)
    because = form.cleaned_data["closed_because"] if form.is_valid() else ""

    def act() -> None:
        if not because:
            raise Problem(_("no reason is given"), fix=_("Say why the situation is closed."))
        actions.close_situation(
            situation=situation, because=because, by=seated(request, group), at=request.now
        )

    return attempt(request, act, _("The situation is closed."), situation.get_absolute_url())
