"""Pages of needs and matches."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonhaven.reading import Problem
from commonhaven.web.commitments import matches, needs, policy, queries
from commonhaven.web.commitments.forms import (
    MatchForm,
    ReasonForm,
    ReviewForm,
    ReviseNeedForm,
    StateNeedForm,
)
from commonhaven.web.commitments.models import Match, Need
from commonhaven.web.commitments.values import need_of
from commonhaven.web.commitments.views import _may, may_act, own_seat
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.refused import Refused, Unknown
from commonhaven.web.kit.visit import Visit, attempt, in_group, seated
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.queries import situations_for


def one(request: Visit, group: Group, pk: int) -> Need:
    """The need, Unknown where the viewer may not see it."""
    row = queries.needs_for(request.viewer, group).filter(pk=pk).first()
    if row is None:
        raise Unknown("there is no such need", fix="Look in the group's list.")
    return row


@in_group
@require_safe
def needs_list(request: Visit, group: Group) -> HttpResponse:
    """What is needed where, and what of it is covered."""
    rows = page_of(request, queries.needs_for(request.viewer, group))
    context = {"rows": rows, "may_act": may_act(request, group)}
    return render(request, "commitments/needs.html", context)


@in_group
def state(request: Visit, group: Group) -> HttpResponse:
    """State a need, as a draft."""
    seat = seated(request, group, _may)
    policy.may_act(seat)
    form = StateNeedForm(
        request.POST or None, group=group, viewer=request.viewer,
        situations=situations_for(request.viewer, group).filter(closed_at=None),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            made = needs.state_need(
                group=group, value=form.value(seat.party), by=seat, at=request.now,
                situation=form.cleaned_data["situation"], bundle=form.cleaned_data["bundle"],
                placing=Placing(**form.placing()),
            )  # fmt: skip
        except Refused:
            raise
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(made.get_absolute_url())
    status = 422 if form.errors else 200
    context = {"form": form, "seat": seat}
    return render(request, "commitments/state.html", context, status=status)


@in_group
@require_safe
def show(request: Visit, group: Group, pk: int) -> HttpResponse:
    """What is needed, what covers it, what is left, and what one can do."""
    row = one(request, group, pk)
    seat = own_seat(request, group)
    history = queries.versions(row)
    value = need_of(history[0].version)
    found = queries.matches_for(request.viewer, group).filter(need=row).prefetch_related("steps")
    offers = queries.commitments_for(request.viewer, group).filter(unit=row.unit)
    context = {
        "row": row, "value": value, "history": history, "seat": seat,
        "matches": [(m, sides(request, group, m)) for m in found],
        "own": bool(seat and seat.party == row.party),
        "reviews": bool(seat and seat.party != row.party and row.status == "submitted"
                        and (seat.keeps or seat.capacity == "unhcr")),
        "match_form": MatchForm(commitments=offers) if seat and row.status == "open" else None,
        "review_form": ReviewForm(), "reason_form": ReasonForm(),
        "gap": row.quantity - row.covered,
    }  # fmt: skip
    return render(request, "commitments/need.html", context)


def sides(request: Visit, group: Group, match: Match) -> bool:
    """Whether the viewer is on a side of a match that has not accepted yet, or may end it."""
    seat = own_seat(request, group)
    if seat is None:
        return False
    givers = {share.giver for share in match.commitment.shares.all()}
    return seat.party in givers | {match.need.party}


@in_group
def revise(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Change a need while it is a draft or was returned."""
    row = one(request, group, pk)
    seat = seated(request, group, _may)
    policy.may_state(seat, row.party)
    last = row.versions.latest("number")
    form = ReviseNeedForm(request.POST or None, initial=start(row, last.number))
    if request.method == "POST" and form.is_valid():
        try:
            needs.revise_need(
                need=row, value=form.value(row.party), note=form.cleaned_data["note"],
                after=form.cleaned_data["after"], by=seat, at=request.now,
            )  # fmt: skip
        except Refused:
            raise
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(row.get_absolute_url())
    status = 422 if form.errors else 200
    return render(request, "commitments/revise.html", {"row": row, "form": form}, status=status)


def start(row: Need, number: int) -> dict[str, object]:
    """What stands in the form that changes a need."""
    value = need_of(row.versions.latest("number"))
    same = ("title", "kind", "unit", "starts", "ends", "people", "currency", "about", "basis")
    given: dict[str, object] = {name: getattr(value, name) for name in same}
    cost = "" if value.cost is None else str(value.cost)
    return {**given, "quantity": str(value.quantity), "cost": cost, "after": number,
            "places": ", ".join(value.places)}  # fmt: skip


@in_group
@require_POST
def submit(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Hand a need in for review."""
    row = one(request, group, pk)

    def act() -> None:
        needs.submit_need(need=row, by=seated(request, group, _may), at=request.now)

    return attempt(request, act, _("The need is in review."), row.get_absolute_url())


@in_group
@require_POST
def review(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Open a need to promises, or return it."""
    row = one(request, group, pk)
    form = ReviewForm(request.POST)

    def act() -> None:
        if not form.is_valid():
            raise Problem(_("the review is not whole"), fix=_("Say what was found and choose."))
        needs.review_need(
            need=row, accepted=form.cleaned_data["accepted"] == "yes",
            found=form.cleaned_data["found"], by=seated(request, group, _may), at=request.now,
        )  # fmt: skip

    return attempt(request, act, _("The review is on record."), row.get_absolute_url())


@in_group
@require_POST
def close(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Close a need."""
    row = one(request, group, pk)

    def act() -> None:
        why = request.POST.get("why", "")
        needs.close_need(need=row, because=why, by=seated(request, group, _may), at=request.now)

    return attempt(request, act, _("The need is closed."), row.get_absolute_url())


@in_group
@require_POST
def match(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Propose so much of a promise for a need."""
    row = one(request, group, pk)
    form = MatchForm(request.POST, commitments=queries.commitments_for(request.viewer, group))

    def act() -> None:
        if not form.is_valid():
            said = "; ".join(str(error) for errors in form.errors.values() for error in errors)
            raise Problem(said, fix=_("Choose a promise and say how much."))
        matches.propose_match(
            commitment=form.cleaned_data["commitment"], need=row,
            quantity=form.cleaned_data["quantity"], why=form.cleaned_data["why"],
            by=seated(request, group, _may), at=request.now,
        )  # fmt: skip

    return attempt(request, act, _("The match is proposed."), row.get_absolute_url())


ANSWERS = {"accepted": _("Accepted."), "declined": _("Declined."), "ended": _("Ended.")}


@in_group
@require_POST
def answer(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Accept, decline or end a match."""
    row = queries.matches_for(request.viewer, group).filter(pk=pk).first()
    if row is None:
        raise Unknown("there is no such match", fix="Look at the need's page.")
    kind = request.POST.get("answer", "")

    def act() -> None:
        if kind not in ANSWERS:
            raise Problem(_("no answer is given"), fix=_("Accept, decline or end it."))
        matches.answer_match(
            match=row, kind=kind, by=seated(request, group, _may), at=request.now,
            why=request.POST.get("why", "")[:2000],
        )  # fmt: skip

    return attempt(request, act, ANSWERS.get(kind, ""), row.get_absolute_url())


@in_group
@require_safe
def suggestions(request: Visit, group: Group) -> HttpResponse:
    """Which promise would meet which need, all at once, with the reasons."""
    found = queries.suggested(request.viewer, group)
    return render(request, "commitments/suggestions.html", {"rows": found})
