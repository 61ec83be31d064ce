"""Pages of acts of exchange: each a form, or a form within a page."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonhaven.processes import vocabulary
from commonhaven.web.exchange import actions, offers, queries, views
from commonhaven.web.exchange.forms import (
    AnswerForm,
    AskForm,
    CloseForm,
    OfferForm,
    PeerForm,
    PracticeForm,
    ReuseForm,
    StepForm,
    WhyForm,
)
from commonhaven.web.exchange.policy import may_speak, speaks
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.kit.sending import sent
from commonhaven.web.kit.visit import Visit, in_group, seated
from commonhaven.web.record.actions import Placing


def own(request: Visit, group: Group) -> Seat:
    """The seat that speaks for the group; Refused where the person has none."""
    seat = seated(request, group, speaks)
    may_speak(seat, group)
    return seat


def page(
    request: Visit, form: forms.Form, seat: Seat, act: Callable[[], str], words: dict[str, Any]
) -> HttpResponse:
    """A form on a page of its own."""

    def acted() -> str:
        to = act()
        messages.success(request, words["done"])
        return to

    if done := sent(request, form, acted):
        return done
    status = 422 if form.errors else 200
    return render(
        request, "exchange/form.html", {"form": form, "seat": seat, **words}, status=status
    )


def placed(form: Any) -> Placing:  # noqa: ANN401 - any form with an audience
    return Placing(**form.placing())


@in_group
def publish(request: Visit, group: Group) -> HttpResponse:
    """Publish a practice."""
    seat = own(request, group)
    form = PracticeForm(request.POST or None, group=group, viewer=request.viewer)

    def act() -> str:
        made = actions.publish_practice(
            group=group, told=form.told(), by=seat, at=request.now, placing=placed(form)
        )
        return made.get_absolute_url()

    words = {
        "title": _("Publish a practice"), "button": _("Publish"),
        "done": _("The practice is published."),
        "lead": _("Tell what your group did, what came of it, and where that can be looked up. "
                  "Others can only take over what they see: choose the audience with that in "
                  "mind."),
    }  # fmt: skip
    return page(request, form, seat, act, words)


@in_group
def reuse(request: Visit, group: Group) -> HttpResponse:
    """Note that the group took a practice over, and with what result."""
    seat = own(request, group)
    start = {"practice": request.GET.get("practice", "")}
    form = ReuseForm(request.POST or None, group=group, viewer=request.viewer, initial=start)

    def act() -> str:
        actions.note_reuse(
            group=group, of=form.of(), came=form.came(), by=seat, at=request.now,
            placing=placed(form),
        )  # fmt: skip
        return reverse("exchange:list", args=[group.slug])

    words = {
        "title": _("Note what you took over"), "button": _("Note it"),
        "done": _("It is noted, and stands beside the practice."),
        "lead": _("Whoever did it first learns most from whoever did it next."),
    }  # fmt: skip
    return page(request, form, seat, act, words)


@in_group
def ask(request: Visit, group: Group) -> HttpResponse:
    """Ask a peer; the page names whom one could ask, once theme and question are given."""
    seat = own(request, group)
    theme, title = request.GET.get("theme", ""), request.GET.get("title", "")[:200]
    start = {"theme": theme, "title": title, "to": request.GET.get("to", "")}
    form = AskForm(request.POST or None, group=group, viewer=request.viewer, initial=start)
    found = []
    if theme in vocabulary().themes:
        found = queries.suggested(request.viewer, group, theme, title)

    def act() -> str:
        made = actions.ask(
            group=group, asked=form.asked(), by=seat, at=request.now, placing=placed(form)
        )
        return made.get_absolute_url()

    words = {
        "title": _("Ask a peer"), "button": _("Ask"), "done": _("The question is asked."),
        "lead": _("Look first whom you could ask; then send your question to one group, or "
                  "to all."),
        "finder": PeerForm(initial=start), "suggestions": found,
        "looked": theme in vocabulary().themes,
    }  # fmt: skip
    return page(request, form, seat, act, words)


@in_group
def offer(request: Visit, group: Group) -> HttpResponse:
    """Offer observer status, or invite to present."""
    seat = own(request, group)
    start = {"kind": request.GET.get("kind", ""), "to": request.GET.get("to", "")}
    form = OfferForm(request.POST or None, group=group, viewer=request.viewer, initial=start)

    def act() -> str:
        made = offers.offer(
            group=group, offered=form.offered(), by=seat, at=request.now, placing=placed(form)
        )
        return made.get_absolute_url()

    words = {
        "title": _("Offer observer status, or invite to present"), "button": _("Offer it"),
        "done": _("The offer is made; the other group answers it."),
        "lead": _("It holds when the other group accepts it. Observer status by itself opens "
                  "nothing: give seats as observers to those who come."),
    }  # fmt: skip
    return page(request, form, seat, act, words)


@in_group
@require_POST
def withdraw(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Take a practice back."""
    row, form = views.practice_in(request, group, pk), WhyForm(request.POST)

    def act() -> str:
        actions.withdraw_practice(
            practice=row, reason=form.cleaned_data["reason"], by=own(request, group),
            at=request.now,
        )  # fmt: skip
        return row.get_absolute_url()

    return sent(request, form, act) or views.practice_page(request, group, row, form)


@in_group
@require_POST
def answer(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Answer for the group."""
    row = views.question_in(request, group, pk)
    form = AnswerForm(request.POST, viewer=request.viewer)

    def act() -> str:
        actions.answer(
            question=row, group=group, text=form.cleaned_data["text"], of=form.of(),
            by=own(request, group), at=request.now,
        )  # fmt: skip
        return row.url_in(group)

    return sent(request, form, act) or views.question_page(request, group, row, answer_form=form)


@in_group
@require_POST
def close(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Close a question of the group's own."""
    row, form = views.question_in(request, group, pk), CloseForm(request.POST)

    def act() -> str:
        actions.close_question(
            question=row, closing=form.cleaned_data["closing"], by=own(request, group),
            at=request.now,
        )  # fmt: skip
        return row.url_in(group)

    return sent(request, form, act) or views.question_page(request, group, row, close_form=form)


@in_group
@require_POST
def step(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Accept, decline, withdraw or end an offer."""
    row, form = views.offer_in(request, group, pk), StepForm(request.POST)

    def act() -> str:
        offers.step(
            offer=row, kind=request.POST.get("step", ""), text=form.cleaned_data["text"],
            by=own(request, group), at=request.now,
        )  # fmt: skip
        return row.url_in(group)

    return sent(request, form, act) or views.offer_page(request, group, row, form)
