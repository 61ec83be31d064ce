"""Pages of needs and matches."""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
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
from commonhaven.web.commitments.models import Commitment, Match, Need
from commonhaven.web.commitments.seats import binds, others, own_seats
from commonhaven.web.commitments.values import need_of
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.refused import Unknown, may
from commonhaven.web.kit.sending import sent
from commonhaven.web.kit.visit import Visit, attempt, in_group, seated
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.policy import runs_group
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
    context = {"rows": rows, "may_act": bool(own_seats(request, group))}
    return render(request, "commitments/needs.html", context)


@in_group
def state(request: Visit, group: Group) -> HttpResponse:
    """State a need, as a draft."""
    seat = seated(request, group, binds)
    policy.may_act(seat)
    form = StateNeedForm(
        request.POST or None, group=group, viewer=request.viewer,
        situations=situations_for(request.viewer, group).filter(closed_at=None),
    )  # fmt: skip

    def act() -> str:
        given = form.cleaned_data
        made = needs.state_need(
            group=group, value=form.value(seat.party), by=seat, at=request.now,
            situation=given["situation"], bundle=given["bundle"],
            placing=Placing(**form.placing()),
        )  # fmt: skip
        return made.get_absolute_url()

    if done := sent(request, form, act):
        return done
    status = 422 if form.errors else 200
    context = {"form": form, "seat": seat, "others": others(request, group, seat)}
    return render(request, "commitments/state.html", context, status=status)


@in_group
@require_safe
def show(request: Visit, group: Group, pk: int) -> HttpResponse:
    """What is needed, what covers it, what is left, and what one can do."""
    return page(request, group, one(request, group, pk))


def page(request: Visit, group: Group, row: Need, **forms: Form) -> HttpResponse:
    """The page of a need; a form that was sent stands there as it was typed."""
    seats = own_seats(request, group)
    history = queries.versions(row)
    found = queries.matches_for(request.viewer, group).filter(need=row)
    matches = found.prefetch_related("commitment__shares")
    offers = matchable(request, group, row)
    context = {
        "row": row, "value": need_of(history[0].version), "history": history,
        "matches": [(match, side_of(match, seats)) for match in matches],
        "own": first(seats, lambda seat: seat.party == row.party),
        "reviewer": first(seats, lambda seat: row.status == Need.Status.SUBMITTED
                          and may(policy.may_review, seat, row)),
        "matcher": seats[0] if seats and offers else None,
        "match_form": MatchForm(commitments=offers), "review_form": ReviewForm(),
        "reason_form": ReasonForm(), "gap": row.quantity - row.covered, **forms,
    }  # fmt: skip
    there = {
        "review_form": context["reviewer"], "match_form": context["matcher"],
        "reason_form": context["own"] and row.status == Need.Status.OPEN,
    }  # fmt: skip
    for name, form in forms.items():
        if not there[name]:
            messages.error(request, " ".join(str(e) for told in form.errors.values() for e in told))
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "commitments/need.html", context, status=status)


def first(seats: Iterable[Seat], fits: Callable[[Seat], bool]) -> Seat | None:
    """The first seat that fits."""
    return next((seat for seat in seats if fits(seat)), None)


def side_of(match: Match, seats: Iterable[Seat]) -> Seat | None:
    """The viewer's seat on a side of a match."""
    sides = {share.giver for share in match.commitment.shares.all()} | {match.need.party}
    return first(seats, lambda seat: seat.party in sides)


def matchable(request: Visit, group: Group, row: Need) -> QuerySet[Commitment]:
    """The promises that the viewer may propose for an open need."""
    seats = own_seats(request, group)
    rows = queries.commitments_for(request.viewer, group).filter(unit=row.unit)
    if row.status != Need.Status.OPEN:
        return rows.none()
    if any(seat.party == row.party or runs_group(seat) for seat in seats):
        return rows
    return rows.filter(shares__giver__in=[seat.party for seat in seats]).distinct()


@in_group
def revise(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Change a need while it is a draft or was returned."""
    row = one(request, group, pk)
    seat = seated(request, group, binds)
    policy.may_state(seat, row.party)
    last = row.versions.latest("number")
    form = ReviseNeedForm(request.POST or None, initial=start(row, last.number))

    def act() -> str:
        given = form.cleaned_data
        needs.revise_need(
            need=row, value=form.value(row.party), note=given["note"], after=given["after"],
            by=seat, at=request.now,
        )  # fmt: skip
        return row.get_absolute_url()

    if done := sent(request, form, act):
        return done
    context = {"row": row, "form": form, "seat": seat}
    status = 422 if form.errors else 200
    return render(request, "commitments/revise.html", context, status=status)


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
        needs.submit_need(need=row, by=seated(request, group, binds), at=request.now)

    return attempt(request, act, _("The need is in review."), row.get_absolute_url())


@in_group
@require_POST
def review(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Open a need to promises, or return it."""
    row, form = one(request, group, pk), ReviewForm(request.POST)

    def act() -> str:
        needs.review_need(
            need=row, accepted=form.cleaned_data["accepted"] == "yes",
            found=form.cleaned_data["found"], by=seated(request, group, binds), at=request.now,
        )  # fmt: skip
        messages.success(request, _("The review is on record."))
        return row.get_absolute_url()

    return sent(request, form, act) or page(request, group, row, review_form=form)


@in_group
@require_POST
def close(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Close a need."""
    row, form = one(request, group, pk), ReasonForm(request.POST)

    def act() -> str:
        why, seat = form.cleaned_data["why"], seated(request, group, binds)
        needs.close_need(need=row, because=why, by=seat, at=request.now)
        messages.success(request, _("The need is closed."))
        return row.get_absolute_url()

    return sent(request, form, act) or page(request, group, row, reason_form=form)


@in_group
@require_POST
def match(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Propose so much of a promise for a need."""
    row = one(request, group, pk)
    form = MatchForm(request.POST, commitments=queries.commitments_for(request.viewer, group))

    def act() -> str:
        given = form.cleaned_data
        matches.propose_match(
            commitment=given["commitment"], need=row, quantity=given["quantity"],
            why=given["why"], by=seated(request, group, binds), at=request.now,
        )  # fmt: skip
        messages.success(request, _("The match is proposed."))
        return row.get_absolute_url()

    return sent(request, form, act) or page(request, group, row, match_form=form)


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
            match=row, kind=kind, by=seated(request, group, binds), at=request.now,
            why=request.POST.get("why", "")[:2000],
        )  # fmt: skip

    return attempt(request, act, ANSWERS.get(kind, ""), row.get_absolute_url())


@in_group
@require_safe
def suggestions(request: Visit, group: Group) -> HttpResponse:
    """Which promise would meet which need, all at once, with the reasons."""
    found = queries.suggested(request.viewer, group)
    return render(request, "commitments/suggestions.html", {"rows": found})
