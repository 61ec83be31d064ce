"""Pages that show what groups tell, ask and offer each other."""

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonhaven.web.exchange import queries
from commonhaven.web.exchange.forms import AnswerForm, CloseForm, StepForm, WhyForm
from commonhaven.web.exchange.models import Offer, Practice, Question
from commonhaven.web.exchange.policy import speaks
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Audience, Seat, sees
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.kit.visit import Visit, in_group

SHOWN = 20
"""Questions and offers that the first page of the exchange lists, the newest."""


def speaker(request: Visit, group: Group) -> Seat | None:
    """The viewer's seat that speaks for the group."""
    return next((seat for seat in request.viewer.seats_in(group.pk) if speaks(seat)), None)


def practice_in(request: Visit, group: Group, pk: int) -> Practice:
    """The practice, Unknown where the viewer may not see it."""
    row = queries.practices_for(request.viewer, group).filter(pk=pk).first()
    if row is None:
        raise Unknown("there is no such practice", fix="Look in the group's exchange.")
    return row


def question_in(request: Visit, group: Group, pk: int) -> Question:
    """The question among a group's pages, Unknown where the viewer may not see it."""
    row = queries.questions_for(request.viewer, group).filter(pk=pk).first()
    if row is None:
        raise Unknown("there is no such question", fix="Look in the group's exchange.")
    return row


def offer_in(request: Visit, group: Group, pk: int) -> Offer:
    """The offer among a group's pages, Unknown where the viewer may not see it."""
    row = queries.offers_for(request.viewer, group).filter(pk=pk).first()
    if row is None:
        raise Unknown("there is no such offer", fix="Look in the group's exchange.")
    return row


@in_group
@require_safe
def overview(request: Visit, group: Group) -> HttpResponse:
    """What the group tried, took over, asks and is asked, offers and is offered."""
    viewer = request.viewer
    questions = queries.questions_for(viewer, group)[:SHOWN]
    offers = queries.offers_for(viewer, group)[:SHOWN]
    context = {
        "rows": page_of(request, queries.practices_for(viewer, group)),
        "reuses": queries.reuses_for(viewer).filter(group=group)[:SHOWN],
        "questions": [(row, row.url_in(group)) for row in questions],
        "offers": [(row, row.url_in(group)) for row in offers],
        "speaker": speaker(request, group),
    }  # fmt: skip
    return render(request, "exchange/list.html", context)


@in_group
@require_safe
def practice(request: Visit, group: Group, pk: int) -> HttpResponse:
    """What was done, with what result, and who took it over."""
    return practice_page(request, group, practice_in(request, group, pk))


def practice_page(
    request: Visit, group: Group, row: Practice, form: Form | None = None
) -> HttpResponse:
    """The page of a practice; a form that was sent stands there as it was typed."""
    context = {
        "row": row, "needs": [line for line in row.needs.splitlines() if line.strip()],
        "reuses": queries.reuses_for(request.viewer).filter(practice=row),
        "speaker": speaker(request, group) if row.status == "published" else None,
        "form": form or WhyForm(),
        "elsewhere": elsewhere(request, group) if row.audience == Audience.PUBLIC else (),
    }  # fmt: skip
    status = 422 if form is not None else 200
    return render(request, "exchange/practice.html", context, status=status)


def elsewhere(request: Visit, group: Group | None = None) -> list[Group]:
    """Other groups for which the viewer speaks, and could note that they took a practice over."""
    ids = {seat.group for seat in request.viewer.seats if speaks(seat)}
    return list(Group.objects.filter(pk__in=ids - {group.pk if group else 0}))


@in_group
@require_safe
def question(request: Visit, group: Group, pk: int) -> HttpResponse:
    """What is asked by when, every answer, and what one can do."""
    return question_page(request, group, question_in(request, group, pk))


def question_page(request: Visit, group: Group, row: Question, **forms: Form) -> HttpResponse:
    """The page of a question; a form that was sent stands there as it was typed."""
    seat, still = speaker(request, group), row.status == Question.Status.OPEN
    own = row.group_id == group.pk
    may_answer = bool(seat) and still and not own and (row.to_id is None or row.to_id == group.pk)
    answers = row.answers.select_related("group", "practice__group")
    context = {
        "row": row, "own": own, "seat": seat,
        "answers": [(each, each.practice if cited(request, each.practice) else None)
                    for each in answers],
        "answer_form": AnswerForm(viewer=request.viewer) if may_answer else None,
        "close_form": CloseForm() if seat and still and own else None,
        "late": still and request.now.date() > row.due,
        "suggestions": queries.suggested(request.viewer, group, row.theme, row.title)[:5]
        if own and still else (),
        **forms,
    }  # fmt: skip
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "exchange/question.html", context, status=status)


def cited(request: Visit, row: Practice | None) -> bool:
    return row is not None and sees(request.viewer, row)


@in_group
@require_safe
def offer(request: Visit, group: Group, pk: int) -> HttpResponse:
    """What is offered, how it stands, and what one can do."""
    return offer_page(request, group, offer_in(request, group, pk))


def offer_page(request: Visit, group: Group, row: Offer, form: Form | None = None) -> HttpResponse:
    """The page of an offer; a form that was sent stands there as it was typed."""
    seat, own = speaker(request, group), row.group_id == group.pk
    steps: tuple[str, ...] = ()
    if seat and row.status == Offer.Status.OFFERED:
        steps = ("withdraw",) if own else ("accept", "decline")
    elif seat and row.status == Offer.Status.ACCEPTED:
        steps = ("end",)
    over = row.until is not None and row.until < request.now.date()
    context = {
        "row": row, "own": own, "seat": seat, "steps": steps, "form": form or StepForm(),
        "meeting": row.meeting if row.meeting and sees(request.viewer, row.meeting) else None,
        "over": over and row.status == Offer.Status.ACCEPTED,
    }  # fmt: skip
    status = 422 if form is not None else 200
    return render(request, "exchange/offer.html", context, status=status)
