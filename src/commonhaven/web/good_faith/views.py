"""Pages that show a year's good faith."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonhaven.web.funds.policy import keeps_books
from commonhaven.web.good_faith import policy, words
from commonhaven.web.good_faith.facts import Fact, read
from commonhaven.web.good_faith.models import Assessment, Criterion, Version
from commonhaven.web.good_faith.queries import (
    Line,
    assessments_for,
    evidence_of,
    last_reply,
    lines,
    payments,
    rested_on,
)
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat, sees
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.kit.templatetags.kit import party as party_name
from commonhaven.web.kit.visit import Visit, in_group

DRAFT, PUBLISHED, CLOSED, WITHDRAWN = Assessment.Status


def one(request: Visit, group: Group, pk: int) -> Assessment:
    """The assessment, Unknown where the viewer may not see it."""
    row = assessments_for(request.viewer, group).filter(pk=pk).first()
    if row is None:
        raise Unknown("there is no such assessment", fix="Look in the group's list.")
    return row


def line_of(request: Visit, row: Assessment, code: str) -> Line:
    """A state's line, Unknown where it is not assessed."""
    found = next((line for line in lines(row, request.viewer) if line.state == code), None)
    if found is None:
        raise Unknown("there is no such state in it", fix="Look in the year's table.")
    return found


def own(request: Visit, group: Group) -> tuple[Seat, ...]:
    return request.viewer.seats_in(group.pk)


@in_group
@require_safe
def assessments_list(request: Visit, group: Group) -> HttpResponse:
    """The years that were assessed."""
    rows = page_of(request, assessments_for(request.viewer, group))
    may_open = any(policy.scores(seat) for seat in own(request, group))
    return render(request, "good_faith/list.html", {"rows": rows, "may_open": may_open})


UNKNOWN = frozenset({Criterion.REPORTED, Criterion.REFOULEMENT})
"""Criteria of which the platform knows only what was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One criterion of one state, in words."""

    criterion: str
    label: str
    says: str
    tone: str
    fact: Fact
    known: str
    """What the platform knows; empty where it knows nothing beside the finding."""

    @classmethod
    def of(cls, fact: Fact) -> "Cell":
        return cls(
            criterion=fact.criterion, label=str(Criterion(fact.criterion).label), fact=fact,
            says=words.outcome(fact), tone=words.tone(fact),
            known="" if fact.found and fact.criterion in UNKNOWN else words.known(fact),
        )  # fmt: skip


@in_group
@require_safe
def show(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Every state of a year by every criterion, its score, and what one can do."""
    row = one(request, group, pk)
    found, seats = lines(row, request.viewer), own(request, group)
    scorer = row.status != WITHDRAWN and any(policy.scores(seat) for seat in seats)
    ends = last_reply(line.version for line in found if line.version)
    sees_fund = row.fund is not None and sees(request.viewer, row.fund)
    context = {
        "row": row,
        "rows": [(line, [Cell.of(fact) for fact in line.facts]) for line in ordered(found, seats)],
        "criteria": [str(each.label) for each in ORDER], "scorer": scorer,
        "scores_shown": row.published_at is not None or scorer, "replies_until": ends,
        "replies_open": ends is not None and request.now <= ends,
        "over": request.now.date() > row.ends,
        "missing": sum(line.score is None for line in found),
        "closable": row.status == PUBLISHED and ends is not None and request.now > ends,
        "pays": row.status == CLOSED and row.fund_id is None
        and any(keeps_books(seat) for seat in seats),
        "fund": row.fund if sees_fund else None, "pot": Decimal(row.pot) if sees_fund else None,
    }  # fmt: skip
    return render(request, "good_faith/show.html", context)


def unreported(found: Iterable[Line]) -> list[str]:
    """The states of which it is not known whether they reported."""
    return [line.state for line in found if line.fact(Criterion.REPORTED).kept is None]


def ordered(found: Iterable[Line], seats: Iterable[Seat]) -> list[Line]:
    """One's own state first, the others by their names in the page's language."""
    mine = {seat.party for seat in seats}
    return sorted(found, key=lambda line: (line.state not in mine, party_name(line.state)))


ORDER = (Criterion.ATTENDED, Criterion.ANSWERED, Criterion.PAID, Criterion.REPORTED,
         Criterion.REFOULEMENT)  # fmt: skip


@in_group
@require_safe
def state_page(request: Visit, group: Group, pk: int, code: str) -> HttpResponse:
    """One state's year: each criterion with its reason and evidence, its reply, every version."""
    row = one(request, group, pk)
    line = line_of(request, row, code)
    seats = own(request, group)
    may_reply = any(policy.replies(seat, code) for seat in seats)
    running = row.status in {DRAFT, PUBLISHED}
    until = line.version.replies_until if line.version and row.status == PUBLISHED else None
    replies_open = until is not None and request.now <= until
    brought = evidence_of(row, code)
    history = list(row.versions.filter(state=code).order_by("-number"))
    context = {
        "row": row, "line": line, "code": code,
        "replies_open": replies_open,
        "cells": [
            (Cell.of(fact), [e for e in brought if e.criterion == fact.criterion])
            for fact in line.facts
        ],
        "items": rested_on(line.facts, request.viewer),
        "scorer": running and any(policy.scores(seat) for seat in seats),
        "brings": running and any(policy.brings(seat) for seat in seats),
        "may_reply": may_reply and replies_open,
        "may_forgo": may_reply and row.published_at is not None and row.fund_id is None
        and not line.forgoes,
        "replies": row.replies.filter(state=code),
        "history": [(version, changed(version, history)) for version in history],
        "scores_shown": row.published_at is not None or any(policy.scores(s) for s in seats),
        "fund": row.fund if payments(row, request.viewer) else None,
    }  # fmt: skip
    return render(request, "good_faith/state.html", context)


def changed(version: Version, history: list[Version]) -> list[Fact]:
    """The findings by which a version differs from the one before it."""
    before = next((each for each in history if each.number == version.number - 1), None)
    if before is None:
        return []
    old = {fact.criterion: fact.found for fact in read(before.facts)}
    return [
        fact for fact in read(version.facts)
        if fact.found is not None and fact.found != old[fact.criterion]
    ]  # fmt: skip
