"""Pages of decisions and obligations."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonhaven.reading import Problem
from commonhaven.web.decisions import actions, policy, sitting
from commonhaven.web.decisions.ballot import ballot_of, ways_in_words
from commonhaven.web.decisions.forms import DoneForm, PutForm, PutPlanForm, VoteForm
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.decisions.queries import (
    by_party,
    decisions_for,
    filtered,
    obligations_of,
    own_to_vote,
    parties_of,
    standing,
    tally_of,
)
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import sees
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.refused import Refused, Unknown, may
from commonhaven.web.kit.visit import Visit, attempt, found, in_group, seated
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.plans.queries import opinion_missing, unhcr_opinion
from commonhaven.web.record.actions import Placing


def one(request: Visit, group: Group, pk: int) -> Decision:
    """The decision, Unknown where the viewer may not see it."""
    rows = Decision.objects.select_related(
        "group", "meeting", "meeting__group", "plan", "plan__group", "plan__situation", "charter"
    )
    row = rows.filter(group=group, pk=pk).first()
    if row is None or not sees(request.viewer, row):
        raise Unknown("there is no such decision", fix="Look in the group's list.")
    return row


@in_group
@require_safe
def decisions_list(request: Visit, group: Group) -> HttpResponse:
    """What is open for votes, and what was decided."""
    rows = page_of(request, decisions_for(request.viewer, group))
    seats = request.viewer.seats_in(group.pk)
    context = {"rows": rows, "may_put": any(may(policy.may_put, s) for s in seats)}
    return render(request, "decisions/list.html", context)


@in_group
def put(request: Visit, group: Group) -> HttpResponse:
    """Put a question: a plan where the address or the form names one, else another."""
    seat = seated(request, group, lambda one: may(policy.may_put, one))
    policy.may_put(seat)
    about_plan = "plan" in request.GET or "plan" in request.POST
    form: PutPlanForm | PutForm
    if about_plan:
        start = {"plan": request.GET.get("plan")}
        form = PutPlanForm(request.POST or None, group=group, viewer=request.viewer, initial=start)
    else:
        form = PutForm(request.POST or None, group=group, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.put_decision(
                group=group, question=form.question(), by=seat, at=request.now,
                meeting=form.cleaned_data.get("meeting"),
                placing=Placing(**form.placing()) if isinstance(form, PutForm) else Placing(),
            )  # fmt: skip
        except Refused:
            raise
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            return redirect(made.get_absolute_url())
    status = 422 if form.errors else 200
    context = {"form": form, "about_plan": about_plan, "seat": seat}
    return render(request, "decisions/put.html", context, status=status)


@in_group
@require_safe
def show(request: Visit, group: Group, pk: int) -> HttpResponse:
    """What was asked, how it stands, who voted how, the count in sentences, what follows."""
    decision = one(request, group, pk)
    open_now = decision.status == Decision.Status.OPEN
    ballot = ballot_of(decision, request.now) if open_now else None
    seats = request.viewer.seats_in(group.pk)
    plan = decision.plan
    opinion = unhcr_opinion(plan) if plan else None
    tally = tally_of(decision)
    owed = obligations_of(request.viewer, group).filter(decision=decision)
    owed = by_party(owed, parties_of(owed))
    context = {
        "decision": decision, "votes": decision.votes.all(),
        "ways": ways_in_words(decision), "tally": tally,
        "ballot": ballot, "recused": ballot.recused if ballot else tally.get("recused"),
        "over": open_now and sitting.follows(decision)
        and sitting.stood(decision, request.now).ended,
        "plan": plan if plan and sees(request.viewer, plan) else None,
        "opinion": opinion,
        "opinion_open": opinion is not None and sees(request.viewer, opinion),
        "missing": opinion_missing(plan) if plan and open_now else "",
        "own": own_to_vote(decision, ballot.voters, request.viewer) if ballot else [],
        "may_close": open_now and any(may(policy.may_close, s) for s in seats),
        "may_withdraw": open_now and any(may(policy.may_withdraw, s, decision) for s in seats),
        "vote_form": VoteForm(), "owed": page_of(request, owed),
    }  # fmt: skip
    return render(request, "decisions/show.html", context)


@in_group
@require_POST
def vote(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Vote, or change one's vote."""
    decision = one(request, group, pk)
    form = VoteForm(request.POST)

    def act() -> None:
        if not form.is_valid():
            raise Problem(_("no position is chosen"), fix=_("Choose one."))
        actions.cast_vote(
            decision=decision, by=seated(request, group), at=request.now, **form.cleaned_data
        )

    return attempt(request, act, _("The vote is recorded."), decision.get_absolute_url())


@in_group
@require_POST
def close(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Count and close."""
    decision = one(request, group, pk)
    return attempt(
        request,
        lambda: actions.close_decision(
            decision=decision, by=seated(request, group), at=request.now
        ),
        _("The vote is closed and counted."),
        decision.get_absolute_url(),
    )


@in_group
@require_POST
def withdraw(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Take a question back."""
    decision = one(request, group, pk)
    return attempt(
        request,
        lambda: actions.withdraw_decision(
            decision=decision, by=seated(request, group), at=request.now
        ),
        _("The question is withdrawn."),
        decision.get_absolute_url(),
    )


@in_group
@require_POST
def default(request: Visit, group: Group, meeting: int) -> HttpResponse:
    """Record that the rules agreed beforehand apply after a deadlock."""
    row = Meeting.objects.filter(group=group, pk=meeting).first()
    found(row, request.viewer)
    assert row is not None  # noqa: S101 - found raises where there is none
    made = actions.default_decision(meeting=row, by=seated(request, group), at=request.now)
    return redirect(made.get_absolute_url())


@in_group
@require_safe
def obligations(request: Visit, group: Group) -> HttpResponse:
    """Who owes what by when; one party, overdue or soon due where asked."""
    rows = obligations_of(request.viewer, group)
    party, when = request.GET.get("party", ""), request.GET.get("when", "")
    today, parties = group.day_of(request.now), parties_of(rows)
    chosen = rows.filter(party=party) if party else rows
    shown = by_party(filtered(chosen, when, today), parties)
    context = {
        "rows": page_of(request, shown), "parties": parties, "party": party, "when": when,
        "today": today, "standing": standing(chosen, group, request.now),
        "extra": "&" + urlencode({"party": party, "when": when}),
        "mine": {seat.party for seat in request.viewer.seats_in(group.pk) if seat.member},
    }  # fmt: skip
    return render(request, "decisions/obligations.html", context)


@in_group
def obligation(request: Visit, group: Group, pk: int) -> HttpResponse:
    """One obligation: who, what, by when, measured how, why; and the report that it is done."""
    row = (
        Obligation.objects.select_related("group", "decision", "decision__group")
        .filter(group=group, pk=pk)
        .first()
    )
    found(row, request.viewer)
    assert row is not None  # noqa: S101 - found raises where there is none
    if request.method == "POST":
        form = DoneForm(request.POST)
        note = form.cleaned_data["note"] if form.is_valid() else ""
        return attempt(
            request,
            lambda: actions.report_done(
                obligation=row, note=note, by=seated(request, group), at=request.now
            ),
            _("The report stands."),
            row.get_absolute_url(),
        )
    seats = request.viewer.seats_in(group.pk)
    context = {
        "row": row, "form": DoneForm(), "today": group.day_of(request.now),
        "may_report": row.done_at is None and any(may(policy.may_report, s, row) for s in seats),
        "decision": row.decision if sees(request.viewer, row.decision) else None,
    }  # fmt: skip
    return render(request, "decisions/obligation.html", context)
