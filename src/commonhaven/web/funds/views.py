"""Pages of funds."""

import csv
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonhaven.commitments.fund import Account, Entry, funded, levels, statement
from commonhaven.costs.money import from_minor_units
from commonhaven.reading import Problem
from commonhaven.web.commitments.seats import binds, others, own_seats
from commonhaven.web.commitments.templatetags.promises import fund_act
from commonhaven.web.funds import actions, naming, pictures, policy
from commonhaven.web.funds.dividing import Divided, divided
from commonhaven.web.funds.forms import (
    KINDS,
    ActForm,
    BasisForm,
    DivideForm,
    OpenForm,
    offers,
    requests_for,
)
from commonhaven.web.funds.models import Fund, FundStep
from commonhaven.web.funds.templatetags.books import ACCOUNTS, act_told
from commonhaven.web.funds.values import file_of, state_of
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import sees, visible
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.kit.saying import by_name
from commonhaven.web.kit.sending import sent
from commonhaven.web.kit.visit import Visit, in_group, seated
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.record.actions import Placing


def one(request: Visit, group: Group, pk: int) -> Fund:
    """The fund, Unknown where the viewer may not see it."""
    row = Fund.objects.select_related("group", "caucus").filter(group=group, pk=pk).first()
    if row is None or not sees(request.viewer, row):
        raise Unknown("there is no such fund", fix="Look in the group's list.")
    return row


@in_group
@require_safe
def funds_list(request: Visit, group: Group) -> HttpResponse:
    """The funds that the viewer may see."""
    rows = visible(Fund.objects.filter(group=group), request.viewer).select_related("group")
    may_open = bool(own_seats(request, group, policy.keeps_books))
    return render(request, "funds/list.html", {"rows": rows, "may_open": may_open})


@in_group
def open_page(request: Visit, group: Group) -> HttpResponse:
    """Open a fund."""
    seat = seated(request, group, policy.keeps_books)
    policy.may_keep(seat)
    form = OpenForm(
        request.POST or None, group=group, viewer=request.viewer,
        initial={"kind": request.GET.get("kind")},
    )  # fmt: skip

    def act() -> str:
        given = form.cleaned_data
        made = actions.open_fund(
            group=group, kind=given["kind"], title=given["title"],
            currency=given["currency"].upper(), by=seat, at=request.now,
            placing=Placing(**form.placing()),
        )  # fmt: skip
        messages.success(request, _("The fund is open."))
        return made.get_absolute_url()

    if done := sent(request, form, act):
        return done
    status = 422 if form.errors else 200
    return render(request, "funds/open.html", {"form": form, "seat": seat}, status=status)


@in_group
@require_safe
def show(request: Visit, group: Group, pk: int) -> HttpResponse:
    """What is there beside the target, what may be granted, who owes what, what is asked."""
    row = one(request, group, pk)
    state, file = state_of(row, request.now), file_of(row)
    seats, decided = own_seats(request, group), naming.decisions(row, request.viewer)
    today = request.now.date()
    parties = sorted({party for party, _call in state.calls}, key=by_name)
    late = [(party, state.arrears(party, today)) for party in parties]
    budget, target = file.planned(today.year), file.target()
    aim = target.amount if target else None
    shown = pictures.of_cash(row, state, aim, request.now) if levels(state) else None
    context = {
        "row": row, "state": state, "target": target,
        "offers": [(seat, *one) for seat in seats for one in offers(state, seat, decided.choices)],
        "several": len(seats) > 1,
        "late": [(party, owed) for party, owed in late if owed.since],
        "parties": sorted(state.parties, key=by_name), "decided": decided,
        "cover": funded(state, budget, today.year) if budget else None, "year": today.year,
        "keeps": any(policy.keeps_books(seat) for seat in seats), "shown": shown,
        "history": row.steps.order_by("-number")[:50],
    }  # fmt: skip
    return render(request, "funds/show.html", context)


@in_group
def basis(request: Visit, group: Group, pk: int) -> HttpResponse:
    """What target and budget rest on."""
    row = one(request, group, pk)
    seat = seated(request, group, policy.keeps_books)
    policy.may_keep(seat)
    start = {"claims": row.claims, "last_year": row.last_year, "budget": row.budget}
    form = BasisForm(request.POST or None, initial=start)

    def act() -> str:
        actions.set_basis(fund=row, by=seat, at=request.now, **form.cleaned_data)
        messages.success(request, _("Target and budget rest on that from now on."))
        return row.get_absolute_url()

    if done := sent(request, form, act):
        return done
    status = 422 if form.errors else 200
    context = {"row": row, "form": form, "seat": seat}
    return render(request, "funds/basis.html", context, status=status)


@in_group
def act(request: Visit, group: Group, pk: int, kind: str) -> HttpResponse:
    """One act on a fund: a form that asks only for what it needs."""
    row = one(request, group, pk)
    if kind not in KINDS:
        raise Unknown("there is no such act", fix="The fund's page lists what you can do.")
    fits = policy.keeps_books if kind in policy.KEPT else binds
    seat = seated(request, group, fits)
    policy.may_do(seat, kind)
    state = state_of(row, request.now)
    decided, called = (find(row, request.viewer) for find in (naming.decisions, naming.meetings))
    choices = {
        "request": requests_for(kind, state, seat),
        "decision": [("", _("Choose")), *decided.choices],
        "meeting": [("", _("none")), *called.choices],
    }  # fmt: skip
    divide, found = dividing(request, row) if kind == "called" else (None, None)
    start = {"year": request.now.year, "shares": found.shares if found else ""}
    form = ActForm(
        request.POST or None, kind=kind, choices=choices, currency=row.currency, initial=start
    )

    def done_once() -> str:
        given = form.fields_of_act()
        if meeting := given.pop("meeting", ""):
            given["convened"] = Meeting.objects.get(pk=meeting).created_at
        step = actions.act_on(fund=row, kind=kind, by=seat, at=request.now, **given)
        messages.success(request, told(step, row.currency))
        return row.get_absolute_url()

    if done := sent(request, form, done_once):
        return done
    context = {
        "row": row, "form": form, "says": KINDS[kind].says, "seat": seat, "kind": kind,
        "others": others(request, group, seat, fits), "divide": divide, "divided": found,
        "decided": decided if "decision" in form.fields else None,
        "called": called if "meeting" in form.fields else None,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "funds/act.html", context, status=status)


def dividing(request: Visit, row: Fund) -> tuple[DivideForm, Divided | None]:
    """The sum that is to be divided, if one is asked for, and its shares."""
    form = DivideForm(request.GET if "total" in request.GET else None)
    if not form.is_valid():
        return form, None
    try:
        found = divided(row, form.cleaned_data["total"], row.group.day_of(request.now))
    except Problem as problem:
        form.add_error("total", str(problem))
        return form, None
    return form, found


def told(step: FundStep, currency: str) -> str:
    """What was entered in the books, for whoever did it."""
    what = format_html("{}{}", fund_act(step.kind), act_told(step, currency))
    return format_html(_("It stands in the books: {what}."), what=what)


@in_group
@require_safe
def statement_page(request: Visit, group: Group, pk: int, year: int, party: str) -> HttpResponse:
    """One party's account with the fund over a year."""
    row = one(request, group, pk)
    state = state_of(row, request.now)
    if not 1950 <= year <= 2199 or party not in state.parties:
        raise Unknown("there is no such statement", fix="The fund's page lists the parties.")
    found = statement(state, party, year)
    years = sorted({entry.at.year for entry in state.entries} | {year})
    context = {"row": row, "one": found, "years": years, "party": party, "year": year}
    return render(request, "funds/statement.html", context)


@in_group
@require_safe
def ledger(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Every entry with both its sides; as CSV for spreadsheets."""
    row = one(request, group, pk)
    state = state_of(row, request.now)
    if request.GET.get("format") == "csv":
        return as_file(row, lines_of(row, state.entries))
    lines = lines_of(row, named_in_order(state.entries))
    balance = [
        (account, from_minor_units(units, row.currency))
        for account, units in sorted(state.balance.items(), key=lambda each: place(each[0]))
    ]
    context = {
        "row": row, "state": state, "lines": lines[-400:], "balance": balance,
        "more": len(lines) > 400,
    }  # fmt: skip
    return render(request, "funds/ledger.html", context)


Lines = list[tuple[datetime, str, str, Any, Any]]


def lines_of(row: Fund, entries: Iterable[Entry]) -> Lines:
    """Both sides of each entry, a line each."""
    return [
        (entry.at, entry.act, entry.what, account, from_minor_units(units, row.currency))
        for entry in entries
        for account, units in entry.units.items()
    ]


def named_in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Act after act; the entries of one act by the names of the parties."""
    held = list(entries)
    act = {name: number for number, name in enumerate(dict.fromkeys(one.act for one in held))}

    def key(one: Entry) -> tuple[int, str]:
        return act[one.act], by_name(next((a.whose for a in one.units if a.whose), ""))

    return sorted(held, key=key)


def place(account: Account) -> tuple[int, str]:
    """Where an account stands in the trial balance: by its kind, then by name."""
    return list(ACCOUNTS).index(account.kind), by_name(account.whose)


def as_file(row: Fund, lines: Lines) -> HttpResponse:
    """The ledger as CSV; cells that a spreadsheet would run are made plain text."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    out = csv.writer(response, lineterminator="\n")
    out.writerow(("at", "act", "what", "account", "amount"))
    for at, act, what, account, amount in lines:
        cells = (at.isoformat(), act, plain(what), plain(str(account)))
        out.writerow((*cells, f"{amount.amount:f}"))
    response["Content-Disposition"] = f'attachment; filename="fund-{row.pk}-ledger.csv"'
    return response


def plain(text: str) -> str:
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text
