"""Pages of funds."""

import csv
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonhaven.commitments.fund import funded, levels, statement
from commonhaven.costs.money import from_minor_units, money
from commonhaven.reading import Problem
from commonhaven.regime import replenish
from commonhaven.web.commitments.seats import binds, others, own_seats
from commonhaven.web.decisions.queries import carried_out
from commonhaven.web.funds import actions, pictures, policy
from commonhaven.web.funds.forms import KINDS, ActForm, BasisForm, OpenForm, offers, requests_for
from commonhaven.web.funds.models import Fund
from commonhaven.web.funds.values import called_on, file_of, state_of
from commonhaven.web.groups.models import Group
from commonhaven.web.groups.queries import charter_on
from commonhaven.web.kit.audience import sees, visible
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.kit.sending import sent
from commonhaven.web.kit.visit import Visit, in_group, seated
from commonhaven.web.plans.talks import source
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
    form = OpenForm(request.POST or None, group=group, viewer=request.viewer)

    def act() -> str:
        given = form.cleaned_data
        made = actions.open_fund(
            group=group, kind=given["kind"], title=given["title"],
            currency=given["currency"].upper(), by=seat, at=request.now,
            placing=Placing(**form.placing()),
        )  # fmt: skip
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
    seats, decided = own_seats(request, group), carried_out(row)
    today = request.now.date()
    parties = dict.fromkeys(party for party, _call in state.calls)
    late = [(party, state.arrears(party, today)) for party in parties]
    budget, target = file.planned(today.year), file.target()
    aim = target.amount if target else None
    shown = pictures.of_cash(row, state, aim, request.now) if levels(state) else None
    context = {
        "row": row, "state": state, "target": target,
        "offers": [(seat, *one) for seat in seats for one in offers(state, seat, decided)],
        "several": len(seats) > 1,
        "late": [(party, owed) for party, owed in late if owed.since],
        "parties": sorted({*parties, *(a.whose for a in state.balance if a.kind == "credit")}),
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
    called = {str(m.pk): m for m in called_on(row, request.viewer)[:50]}
    choices = {
        "request": requests_for(kind, state, seat), "decision": carried_out(row),
        "meeting": [("", _("none")), *((key, m.title) for key, m in called.items())],
    }  # fmt: skip
    form = ActForm(
        request.POST or None, kind=kind, choices=choices, currency=row.currency,
        initial=begin(request, row, kind),
    )  # fmt: skip

    def done_once() -> str:
        given = form.fields_of_act()
        meeting = called.get(given.pop("meeting", ""))
        if meeting is not None:
            given["convened"] = meeting.created_at
        actions.act_on(fund=row, kind=kind, by=seat, at=request.now, **given)
        return row.get_absolute_url()

    if done := sent(request, form, done_once):
        return done
    context = {
        "row": row, "form": form, "says": KINDS[kind].says, "seat": seat, "kind": kind,
        "others": others(request, group, seat, fits),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "funds/act.html", context, status=status)


def begin(request: Visit, row: Fund, kind: str) -> dict[str, Any]:
    """What stands in a form at first: for a call, the members by the charter's scale."""
    total = request.GET.get("total", "")
    if kind != "called" or not total or len(total) > 20:
        return {"year": request.now.year} if kind == "called" else {}
    charter = charter_on(row.group, request.now.date())
    try:
        needed = money(total.replace(" ", ""), row.currency)
        found = replenish(charter, needed, on=request.now.date(), source=source())
    except Problem:
        return {"year": request.now.year}
    told = "\n".join(f"{state}; {part.amount}" for state, part in found.parts.parts.items())
    return {"year": request.now.year, "shares": told}


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
    lines = [
        (entry.at, entry.act, entry.what, account, from_minor_units(units, row.currency))
        for entry in state.entries
        for account, units in entry.units.items()
    ]
    if request.GET.get("format") == "csv":
        return as_file(row, lines)
    balance = [(a, from_minor_units(units, row.currency)) for a, units in state.balance.items()]
    context = {
        "row": row, "state": state, "lines": lines[-400:], "balance": balance,
        "more": len(lines) > 400,
    }  # fmt: skip
    return render(request, "funds/ledger.html", context)


def as_file(row: Fund, lines: list[tuple[datetime, str, str, Any, Any]]) -> HttpResponse:
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
