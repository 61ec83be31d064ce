"""Pages of charters: versions, positions, comparison, downloads."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonhaven.charter import diff
from commonhaven.web.accounts.queries import open_invitations, seats_on
from commonhaven.web.groups import actions, policy
from commonhaven.web.groups.consent import standing
from commonhaven.web.groups.forms import (
    ARTICLES,
    BeginForm,
    CommentForm,
    DepositForm,
    PositionForm,
)
from commonhaven.web.groups.models import CharterComment, CharterVersion, Group
from commonhaven.web.groups.queries import (
    before,
    charter_for,
    charters_for,
    drafting_shown,
    named,
    value_of,
    version_on,
)
from commonhaven.web.groups.texts import remarks
from commonhaven.web.kit.audience import Audience
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.visit import Visit, attempt, in_group, seated


def version(request: Visit, group: Group, pk: int) -> CharterVersion:
    """The version that the address names; 404 where the viewer may see none."""
    row = charter_for(group, pk, request.viewer)
    if row is None:
        raise Http404
    return row


@in_group
def charters(request: Visit, group: Group) -> HttpResponse:
    """Which version binds now; all versions and drafts that the viewer may see."""
    current = version_on(group, request.now.date())
    shown = {
        "rows": page_of(request, charters_for(group, request.viewer)),
        "current": current,
        "form": BeginForm(in_force=current is not None),
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
        "drafting": drafting_shown(row, request.viewer),
        "articles": _comments(row),
        "current": version_on(group, request.now.date()),
    }
    if row.status == CharterVersion.Status.DRAFT:
        shown |= _draft(request, group, row)
    return render(request, "groups/charter.html", shown)


def _comments(row: CharterVersion) -> list[tuple[str, list[CharterComment]]]:
    """Comments by article, in the order of the charter."""
    said: dict[str, list[CharterComment]] = {}
    for one in row.comments.all():
        said.setdefault(one.article, []).append(one)
    known = [name for name, _label in ARTICLES if name in said]
    return [(name, said[name]) for name in [*known, *sorted(said.keys() - set(known))]]


def _draft(request: Visit, group: Group, row: CharterVersion) -> dict[str, object]:
    """What a draft's page shows beside the text: where it stands and what the viewer may do."""
    seats = request.viewer.seats_in(group.pk)
    where = standing(row, request.now)
    joining = () if where.first else where.must
    asked = [s for s in seats if policy.binds(s) and s.party in where.asked]
    open_to = [party for party in where.must if where.positions.get(party) != "yes"]
    revision = {"revision": row.revision}
    return {
        "standing": where,
        "positions": [
            (party, party in where.must, where.positions.get(party, ""))
            for party in sorted(where.asked, key=lambda one: named(one, get_language() or "en"))
        ],
        "remarks": remarks(row.toml),
        "may_change": any(policy.changes(s, row) for s in seats),
        "runs": any(policy.runs(s) for s in seats),
        "asked": asked,
        "position": PositionForm(initial=revision),
        "deposit": DepositForm(parties=open_to, initial=revision) if open_to else None,
        "comment": CommentForm() if any(policy.speaks(s) for s in seats) else None,
        "absent": _absent(group, where.silent, request),
        "unseen": joining if row.audience != Audience.PUBLIC else (),
    }


def _absent(group: Group, parties: tuple[str, ...], request: Visit) -> list[str]:
    """Parties that are waited for, and nobody was offered a seat that can declare a position."""
    seats = seats_on(request.now.date()).filter(group=group, capacity__in=policy.BIND)
    offered = open_invitations(group, request.now).filter(capacity__in=policy.BIND)
    named = {*seats.values_list("party", flat=True), *offered.values_list("party", flat=True)}
    return sorted(set(parties) - named)


@require_POST
@in_group
def comment(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Say something of one article."""
    row, seat = version(request, group, pk), seated(request, group, policy.speaks)
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
    row, seat = version(request, group, pk), seated(request, group, policy.binds)
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
    row, seat = version(request, group, pk), seated(request, group, policy.runs)
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
    row, seat = version(request, group, pk), seated(request, group, policy.runs)
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
    row = version(request, group, pk)
    seat = seated(request, group, lambda one: policy.changes(one, row))
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
