"""Pages of charters: versions, drafts, positions, comparison, downloads."""

import difflib

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonhaven.charter import diff
from commonhaven.charter.library import shipped
from commonhaven.reading import Problem
from commonhaven.web.groups import actions, policy
from commonhaven.web.groups.consent import standing
from commonhaven.web.groups.forms import (
    BeginForm,
    CommentForm,
    DepositForm,
    DraftForm,
    PositionForm,
    TextForm,
)
from commonhaven.web.groups.models import CharterVersion, Group
from commonhaven.web.groups.queries import (
    before,
    charter_for,
    charters_for,
    value_of,
    version_on,
)
from commonhaven.web.groups.texts import remarks
from commonhaven.web.kit.audience import Audience
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.kit.visit import Visit, attempt, in_group, seated, status_of

BLANK = """\
[group]
id = "{slug}"
name = {{ en = "{name}" }}
version = "{version}"
in_force = {day}

# One block a member state: inner core, outer core or situation-specific contributor.
[[members]]
state = "GHA"
tier = "inner core"
since = {day}

[[participants]]
party = "UNHCR"
role = "secretariat"
may_convene = true

# Everything that is left out takes its default, each with its source: see the reference page.
[responsibility]
rule = "hathaway-neve"

[costs]
scale = "un-regular-budget"
"""


def version(request: Visit, group: Group, pk: int) -> CharterVersion:
    """The version that the address names; 404 where the viewer may see none."""
    row = charter_for(group, pk, request.viewer)
    if row is None:
        raise Http404
    return row


@in_group
def charters(request: Visit, group: Group) -> HttpResponse:
    """Which version binds now; all versions and drafts that the viewer may see."""
    shown = {
        "rows": page_of(request, charters_for(group, request.viewer)),
        "current": version_on(group, request.now.date()),
        "form": BeginForm(),
        "drafts_too": any(policy.drafts(s) for s in request.viewer.seats_in(group.pk)),
    }
    return render(request, "groups/charters.html", shown)


@in_group
def show(request: Visit, group: Group, pk: int) -> HttpResponse:
    """One version: what it says, what it changes, where it stands."""
    row = version(request, group, pk)
    charter, old = value_of(row), before(row)
    shown = {
        "row": row,
        "charter": charter,
        "before": old,
        "changes": diff(value_of(old), charter) if old else (),
        "comments": row.comments.all(),
        "current": version_on(group, request.now.date()),
    }
    if row.status == CharterVersion.Status.DRAFT:
        shown |= _draft(request, group, row)
    return render(request, "groups/charter.html", shown)


def _draft(request: Visit, group: Group, row: CharterVersion) -> dict[str, object]:
    """What a draft's page shows beside the text: where it stands and what the viewer may do."""
    seats = request.viewer.seats_in(group.pk)
    where = standing(row, request.now)
    asked = [s for s in seats if policy.binds(s) and s.party in where.asked]
    open_to = [party for party in where.must if where.positions.get(party) != "yes"]
    revision = {"revision": row.revision}
    return {
        "standing": where,
        "positions": [
            (party, party in where.must, where.positions.get(party, "")) for party in where.asked
        ],
        "remarks": remarks(row.toml),
        "may_change": any(
            policy.runs(s) or (policy.drafts(s) and s.party == row.party) for s in seats
        ),
        "runs": any(policy.runs(s) for s in seats),
        "asked": asked,
        "position": PositionForm(initial=revision),
        "deposit": DepositForm(parties=open_to, initial=revision) if open_to else None,
        "comment": CommentForm() if any(policy.speaks(s) for s in seats) else None,
        "unseen": [p for p in where.must if row.audience != Audience.PUBLIC] and not where.first,
    }


def _beginning(request: Visit, group: Group, begin: str) -> str:
    """The text that a draft is begun from."""
    current = version_on(group, request.now.date())
    if begin == "force" and current is not None and current.toml:
        return current.toml
    if begin in shipped():
        return shipped()[begin].read_text(encoding="utf-8")
    return BLANK.format(
        slug=group.slug, name=group.called().replace('"', "'"), day=request.now.date(),
        version="2" if current else "1",
    )  # fmt: skip


@in_group
def draft(request: Visit, group: Group) -> HttpResponse:
    """Write a new draft; "check" shows the findings beside the text and saves nothing."""
    seat = seated(request, group)
    policy.may_draft(seat)
    viewer = request.viewer
    if request.method != "POST":
        text = _beginning(request, group, request.GET.get("begin", ""))
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


def _again(
    request: Visit, form: TextForm, template: str, shown: dict[str, object]
) -> HttpResponse:
    """The typed text with its findings: 422 where it cannot be saved as it is."""
    found = remarks(request.POST.get("text", ""))
    wrong = form.errors or any(one.error for one in found)
    context = {"form": form, "remarks": found, "checked": True, **shown}
    return render(request, template, context, status=422 if wrong else 200)


@in_group
def edit(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Change a draft; where somebody was faster, both texts are shown and nothing is lost."""
    row = version(request, group, pk)
    seat = seated(request, group)
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


@require_POST
@in_group
def comment(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Say something of one article."""
    row, seat = version(request, group, pk), seated(request, group)
    form = CommentForm(request.POST)
    form.is_valid()
    given = {name: form.cleaned_data.get(name, "") for name in ("article", "text")}
    return attempt(
        request,
        lambda: actions.comment(charter=row, by=seat, at=request.now, **given),
        _("The comment stands."),
        f"{row.get_absolute_url()}#comments",
    )


@require_POST
@in_group
def position(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Declare a party's position on the text as it was read."""
    row, seat = version(request, group, pk), seated(request, group)
    return attempt(
        request,
        lambda: actions.consent(
            charter=row, choice=request.POST.get("choice", ""),
            revision=_revision(request), by=seat, at=request.now,
        ),
        _("Your position is declared."),
        row.get_absolute_url(),
    )  # fmt: skip


@require_POST
@in_group
def deposit(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Record a state's instrument of consent."""
    row, seat = version(request, group, pk), seated(request, group)
    return attempt(
        request,
        lambda: actions.deposit_consent(
            charter=row, party=request.POST.get("party", ""),
            reference=request.POST.get("reference", ""), revision=_revision(request), by=seat,
            at=request.now,
        ),
        _("The instrument is recorded."),
        row.get_absolute_url(),
    )  # fmt: skip


def _revision(request: Visit) -> int:
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


@require_POST
@in_group
def adopt(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Adopt the draft."""
    row, seat = version(request, group, pk), seated(request, group)
    return attempt(
        request,
        lambda: actions.adopt_charter(charter=row, by=seat, at=request.now),
        _("The charter is adopted. From now on this version never changes."),
        row.get_absolute_url(),
    )


@require_POST
@in_group
def withdraw(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Withdraw the draft."""
    row, seat = version(request, group, pk), seated(request, group)
    return attempt(
        request,
        lambda: actions.withdraw_charter(charter=row, by=seat, at=request.now),
        _("The draft is withdrawn."),
        row.get_absolute_url(),
    )


@in_group
def compare(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Two versions in words: what changes from the other one to this."""
    row = version(request, group, pk)
    asked = request.GET.get("with", "")
    usable = asked.isascii() and asked.isdigit() and len(asked) < 18
    other = charter_for(group, int(asked), request.viewer) if usable else before(row)
    shown = {
        "row": row,
        "other": other,
        "others": charters_for(group, request.viewer).exclude(pk=row.pk),
        "changes": diff(value_of(other), value_of(row)) if other else (),
    }
    return render(request, "groups/compare.html", shown)


@in_group
def as_toml(request: Visit, group: Group, pk: int) -> HttpResponse:
    """The text as it was written."""
    row = version(request, group, pk)
    if not row.toml:
        raise Http404
    return _file(row.toml, "application/toml; charset=utf-8", f"{_stem(row)}.toml")


@in_group
def as_json(request: Visit, group: Group, pk: int) -> HttpResponse:
    """The value, in the canonical spelling of which the hash is taken."""
    row = version(request, group, pk)
    return _file(row.value, "application/json", f"{_stem(row)}.json")


def _stem(row: CharterVersion) -> str:
    return f"{row.group.slug}-charter-{row.version}"


def _file(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
