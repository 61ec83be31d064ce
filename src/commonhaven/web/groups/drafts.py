"""Pages on which a charter's text is written."""

import difflib

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commonhaven.reading import Problem
from commonhaven.web.groups import actions, policy
from commonhaven.web.groups.beginning import beginning
from commonhaven.web.groups.charters import version
from commonhaven.web.groups.forms import DraftForm, TextForm
from commonhaven.web.groups.models import CharterVersion, Group
from commonhaven.web.groups.texts import remarks
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.kit.visit import Visit, in_group, seated, status_of


@in_group
def draft(request: Visit, group: Group) -> HttpResponse:
    """Write a new draft; "check" shows the findings beside the text and saves nothing."""
    seat = seated(request, group, policy.drafts)
    policy.may_draft(seat)
    viewer = request.viewer
    if request.method != "POST":
        text = beginning(group, request.GET.get("begin", ""), seat.party, viewer)
        form = DraftForm(group=group, viewer=viewer, initial={"text": text})
        shown = {"form": form, "remarks": remarks(text)}
        return render(request, "groups/draft.html", shown)
    form = DraftForm(request.POST, group=group, viewer=viewer)
    if form.is_valid() and "check" not in request.POST:
        text = form.cleaned_data["text"]
        try:
            made = actions.draft_charter(
                group=group, text=text, by=seat, at=request.now, placing=form.placed()
            )
        except Problem as problem:
            _only_mistakes(problem)
        else:
            return redirect(made)
    return _again(request, form, "groups/draft.html", {})


def _only_mistakes(problem: Problem) -> None:
    """Mistakes of the text are shown beside it; everything else goes its way."""
    if status_of(problem) != 422:
        raise problem


def _again(request: Visit, form: TextForm, template: str, shown: dict[str, object]) -> HttpResponse:
    """The typed text with its findings: 422 where it cannot be saved as it is."""
    found = remarks(request.POST.get("text", ""))
    wrong = form.errors or any(one.error for one in found)
    context = {"form": form, "remarks": found, "checked": True, **shown}
    return render(request, template, context, status=422 if wrong else 200)


@in_group
def edit(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Change a draft; where somebody was faster, both texts are shown and nothing is lost."""
    row = version(request, group, pk)
    seat = seated(request, group, lambda one: policy.changes(one, row))
    policy.may_change(seat, row)
    if row.status != CharterVersion.Status.DRAFT:
        fix = "An adopted version never changes: amend it by a new draft."
        raise Conflict(f"version {row.version} is no draft", fix=fix)
    if request.method != "POST":
        form = TextForm(initial={"text": row.toml, "revision": row.revision})
        return render(
            request, "groups/edit.html", {"row": row, "form": form, "remarks": remarks(row.toml)}
        )
    form = TextForm(request.POST)
    if form.is_valid() and "check" not in request.POST:
        given = form.cleaned_data
        try:
            actions.revise_charter(
                charter=row, text=given["text"], revision=given["revision"] or 0, by=seat,
                at=request.now,
            )  # fmt: skip
        except Conflict as conflict:
            return _both(request, row, conflict)
        except Problem as problem:
            _only_mistakes(problem)
        else:
            return redirect(row)
    return _again(request, form, "groups/edit.html", {"row": row})


def _both(request: Visit, row: CharterVersion, conflict: Conflict) -> HttpResponse:
    """The typed text, and how it differs from what was saved meanwhile; saving is asked anew."""
    row.refresh_from_db()
    text = request.POST.get("text", "").replace("\r\n", "\n")
    lines = difflib.unified_diff(
        row.toml.replace("\r\n", "\n").splitlines(), text.splitlines(),
        _("saved meanwhile"), _("yours"), lineterm="", n=2,
    )  # fmt: skip
    shown = {
        "row": row,
        "form": TextForm(initial={"text": text, "revision": row.revision}),
        "remarks": remarks(text),
        "conflict": conflict,
        "difference": "\n".join(lines),
    }
    return render(request, "groups/edit.html", shown, status=409)
