"""Pages of acts on a year's good faith: each a form, or a button."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonhaven.web.decisions.queries import carried_out
from commonhaven.web.funds.models import Fund
from commonhaven.web.funds.policy import keeps_books, may_keep
from commonhaven.web.good_faith import actions, policy
from commonhaven.web.good_faith.facts import as_wide
from commonhaven.web.good_faith.forms import (
    ClaimForm,
    FindingForm,
    OpenForm,
    PayForm,
    PeopleForm,
    ReplyForm,
)
from commonhaven.web.good_faith.models import Assessment
from commonhaven.web.good_faith.payment import Whole, pay_incentive
from commonhaven.web.good_faith.queries import lines
from commonhaven.web.good_faith.views import line_of, one, unreported
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import visible
from commonhaven.web.kit.sending import sent
from commonhaven.web.kit.visit import Visit, attempt, in_group, seated
from commonhaven.web.meetings.models import Document
from commonhaven.web.plans.models import Plan
from commonhaven.web.record.actions import Placing


def asked(
    request: Visit, form: forms.Form, act: Callable[[], object], to: str, words: dict[str, Any]
) -> HttpResponse:
    """A form, what it does, and what is then said; a Problem is told above its fields."""

    def acted() -> str:
        act()
        messages.success(request, words["done"])
        return to

    if done := sent(request, form, acted):
        return done
    status = 422 if form.errors else 200
    context = {"form": form, "to": to, **words}
    return render(request, "good_faith/form.html", context, status=status)


def documents(request: Visit, row: Assessment) -> Any:  # noqa: ANN401
    """The group's documents that may be cited: seen by the person, and by all who see the row."""
    rows = visible(Document.objects.filter(group=row.group), request.viewer)
    fit = [each.pk for each in rows.defer("text") if as_wide(each, row, request.now)]
    return Document.objects.filter(pk__in=fit).defer("text")


@in_group
def open_page(request: Visit, group: Group) -> HttpResponse:
    """Open a year's assessment."""
    seat = seated(request, group, policy.scores)
    policy.may_score(seat)
    form = OpenForm(request.POST or None, group=group, viewer=request.viewer)

    def act() -> None:
        given = form.cleaned_data
        actions.open_assessment(
            group=group, title=given["title"], ends=given["ends"], by=seat, at=request.now,
            placing=Placing(audience=given["audience"], release_at=given["release_at"]),
        )  # fmt: skip

    words = {
        "title": _("Assess a year"), "button": _("Begin"),
        "done": _("The year is opened; its facts are gathered."),
        "lead": _("Facts that the platform knows are gathered with their sources. No score is "
                  "shown to others before you publish it."),
    }  # fmt: skip
    return asked(request, form, act, reverse("good_faith:list", args=[group.slug]), words)


@in_group
def find(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Enter what UNHCR found of some states."""
    row = one(request, group, pk)
    seat = seated(request, group, policy.scores)
    policy.may_score(seat)
    chosen = request.GET.getlist("state")
    start = {"states": chosen, "criterion": request.GET.get("criterion")}
    form = FindingForm(
        request.POST or None, documents=documents(request, row), states=row.states, initial=start
    )

    def act() -> None:
        given = form.cleaned_data
        actions.find(
            assessment=row, states=given["states"], kept=given["kept"] == "yes", said=form.said(),
            by=seat, at=request.now,
        )  # fmt: skip

    words = {
        "row": row, "title": _("Enter a finding"), "button": _("Enter a finding"),
        "done": _("The finding is entered."),
        "lead": _("It goes before what the platform knows. It is never changed; a later finding "
                  "follows it. After publication it makes a further version of the score."),
        "not_known": [] if chosen or form.is_bound else unreported(lines(row, request.viewer)),
    }  # fmt: skip
    return asked(request, form, act, row.get_absolute_url(), words)


@in_group
def evidence(request: Visit, group: Group, pk: int, code: str) -> HttpResponse:
    """Bring evidence about a state."""
    row = one(request, group, pk)
    seat = seated(request, group, policy.brings)
    policy.may_bring(seat)
    line_of(request, row, code)
    form = ClaimForm(
        request.POST or None, documents=documents(request, row),
        initial={"criterion": request.GET.get("criterion")},
    )  # fmt: skip

    def act() -> None:
        actions.bring_evidence(
            assessment=row, state=code, said=form.said(), by=seat, at=request.now
        )

    words = {
        "row": row, "code": code, "title": _("Bring evidence"), "button": _("Bring evidence"),
        "done": _("The evidence stands beside the facts."),
        "lead": _("It is shown beside the facts to everybody who sees them. UNHCR finds; the "
                  "evidence by itself decides nothing."),
    }  # fmt: skip
    return asked(request, form, act, row.state_url(code), words)


@in_group
def reply(request: Visit, group: Group, pk: int, code: str) -> HttpResponse:
    """Reply to one's score."""
    row = one(request, group, pk)
    seat = seated(request, group, lambda seat: policy.replies(seat, code))
    policy.may_reply(seat, code)
    form = ReplyForm(request.POST or None)

    def act() -> None:
        given = form.cleaned_data
        actions.reply(assessment=row, state=code, text=given["text"], by=seat, at=request.now)

    words = {
        "row": row, "code": code, "title": _("Reply to the score"), "button": _("Reply"),
        "done": _("The reply stands beside the score."),
        "lead": _("Your reply stands beside the score for everybody who sees it. It edits "
                  "nothing; UNHCR may revise the score because of it."),
    }  # fmt: skip
    return asked(request, form, act, row.state_url(code), words)


@in_group
def people(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Say how many people each state protects."""
    row = one(request, group, pk)
    seat = seated(request, group, policy.scores)
    policy.may_score(seat)
    decided_on = Plan.objects.filter(group=group, status=Plan.Status.DECIDED)
    rows = visible(decided_on, request.viewer).defer("text", "talks")
    fit = [each.pk for each in rows if as_wide(each, row, request.now)]
    told = "\n".join(f"{state}; {number}" for state, number in row.people.items())
    form = PeopleForm(
        request.POST or None, plans=Plan.objects.filter(pk__in=fit).defer("text", "talks"),
        initial={"people": "" if row.plan_id else told, "plan": row.plan_id,
                 "source": "" if row.plan_id else row.people_source},
    )  # fmt: skip

    def act() -> None:
        given = form.cleaned_data
        actions.set_people(
            assessment=row, people=given["people"], source=given["source"], plan=given["plan"],
            by=seat, at=request.now,
        )  # fmt: skip

    words = {
        "row": row, "title": _("People protected"), "button": _("Keep"),
        "done": _("The numbers of people are kept."),
        "lead": _("Payments go by score × people protected."),
    }  # fmt: skip
    return asked(request, form, act, row.get_absolute_url(), words)


@in_group
def pay(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Divide an incentive fund by the year's scores."""
    row = one(request, group, pk)
    seat = seated(request, group, keeps_books)
    may_keep(seat)
    funds = Fund.objects.filter(group=group, kind=Fund.Kind.INCENTIVE)
    shown = visible(funds, request.viewer)
    if not shown.exists():
        return render(request, "good_faith/no_fund.html", {"row": row})
    decisions = dict(pair for fund in shown for pair in carried_out(fund))
    choices = [("", _("Choose")), *decisions.items()]
    form = PayForm(request.POST or None, funds=shown, decisions=choices)

    def act() -> None:
        given = form.cleaned_data
        pay_incentive(
            assessment=row, fund=given["fund"], by=seat, at=request.now,
            whole=Whole(cost=given["cost"], pot=given["pot"], source=given["source"]),
            decision=given["decision"],
        )  # fmt: skip

    words = {
        "row": row, "title": _("Divide the incentive fund"), "button": _("Award the payments"),
        "done": _("The payments are awarded in the fund's books."),
        "lead": _("Each state is awarded its part in the fund's books, once. The payments are "
                  "then paid out and confirmed as every grant is."),
    }  # fmt: skip
    return asked(request, form, act, row.get_absolute_url(), words)


@in_group
@require_POST
def publish(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Publish the scores."""
    row = one(request, group, pk)
    seat = seated(request, group, policy.scores)
    return attempt(
        request, lambda: actions.publish(assessment=row, by=seat, at=request.now),
        _("Published. States may reply."), row.get_absolute_url(),
    )  # fmt: skip


@in_group
@require_POST
def withdraw(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Withdraw an assessment that was opened by mistake."""
    row = one(request, group, pk)
    seat = seated(request, group, policy.scores)
    return attempt(
        request, lambda: actions.withdraw(assessment=row, by=seat, at=request.now),
        _("Withdrawn before it was published."), row.get_absolute_url(),
    )  # fmt: skip


@in_group
@require_POST
def close(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Close the assessment."""
    row = one(request, group, pk)
    seat = seated(request, group, policy.scores)
    return attempt(
        request, lambda: actions.close(assessment=row, by=seat, at=request.now),
        _("Closed. The scores stand."), row.get_absolute_url(),
    )  # fmt: skip


@in_group
@require_POST
def forgo(request: Visit, group: Group, pk: int, code: str) -> HttpResponse:
    """Leave one's payment to the others."""
    row = one(request, group, pk)
    seat = seated(request, group, lambda seat: policy.replies(seat, code))
    return attempt(
        request,
        lambda: actions.forgo(assessment=row, state=code, by=seat, at=request.now),
        _("Your payment is left to the others."), row.state_url(code),
    )  # fmt: skip
