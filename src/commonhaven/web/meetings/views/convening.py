"""The list of meetings, and the page on which one is convened."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from commonhaven.procedures import Event, Permission, Procedure, State, procedure, procedures
from commonhaven.procedures import state as state_of_procedure
from commonhaven.reading import Problem
from commonhaven.web.groups.models import Group
from commonhaven.web.groups.queries import value_of
from commonhaven.web.kit.audience import Seat, visible
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.refused import Refused
from commonhaven.web.kit.visit import Visit, in_group, seated
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.actions import Call, filled, first_act, planned
from commonhaven.web.meetings.clocks import Row, rows
from commonhaven.web.meetings.forms import ActForm, ConveneForm
from commonhaven.web.meetings.kinds import KINDS, Kind, kind_of
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.policy import acts, runs
from commonhaven.web.meetings.queries import Standing, meetings_for, standings
from commonhaven.web.meetings.setting import chair_on, origin_of, setting
from commonhaven.web.meetings.views.common import acting
from commonhaven.web.record.actions import MEMBERS, Placing
from commonhaven.web.situations.models import Situation

SHORT = 20
DIGITS = re.compile(r"[0-9]{1,18}")


@in_group
def meetings_list(request: Visit, group: Group) -> HttpResponse:
    """Meetings of the group, latest first, each with where it stands now."""
    mine = meetings_for(request.viewer).filter(group=group)
    page = page_of(request, mine, SHORT)
    found = standings(list(page.object_list), request.now)
    calls = [s for s in acting(request, group) if s.member or s.may_convene or runs(s)]
    return render(
        request, "meetings/list.html",
        {"rows": page, "standings": found, "calls": calls, "kinds": KINDS.values()},
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What would follow if the meeting were convened now."""

    way: Procedure
    start: Permission
    state: State
    clocks: tuple[Row, ...]
    bound: tuple[str, ...]
    form: ActForm


@in_group
def convene(request: Visit, group: Group) -> HttpResponse:
    """One page, one press: what will follow, the reason, the button."""
    seat = seated(request, group, acts)
    kind = kind_of(request.GET.get("kind", "emergency"))
    chosen = request.GET.get("procedure", "")
    form = ConveneForm(
        request.POST or None, group=group, viewer=request.viewer,
        initial=_prefilled(request, group, kind),
    )  # fmt: skip
    outlook = _outlook(request, group, seat, kind, form)
    if request.method == "POST" and form.is_valid() and outlook.form.is_valid():
        call = _call(group, form, kind, chosen, outlook.form.data_given())
        try:
            made = actions.call_meeting(call, by=seat, at=request.now)
        except Refused:
            raise
        except Problem as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("The meeting is convened and its clocks run."))
            return redirect(made)
    return render(
        request, "meetings/convene.html",
        {
            "form": form, "kind": kind, "kinds": KINDS.values(), "outlook": outlook,
            "seats": acting(request, group), "seat": seat,
            "procedures": _startable(request, group, seat, kind),
            "chosen": chosen, "situation_id": request.GET.get("situation", ""),
            "under_way": _under_way(request, group),
        },
        status=422 if request.method == "POST" else 200,
    )  # fmt: skip


def _call(
    group: Group, form: ConveneForm, kind: Kind, chosen: str, data: Mapping[str, str]
) -> Call:
    said = form.cleaned_data
    return Call(
        group=group, title=said["title"], kind=kind.id, procedure=chosen, data=data,
        situation=said["situation"], reason=said["reason"], place=said["place"],
        placing=form.where(),
    )  # fmt: skip


def _prefilled(request: Visit, group: Group, kind: Kind) -> dict[str, object]:
    """The situation from which one comes, and a title that says so."""
    found = _situation(request, group)
    title = f"{kind.title}: {found.title}" if found else f"{kind.title} {request.now:%Y}"
    audience = "caucus" if kind.caucus else "consultative"
    return {"title": title[:200], "situation": found, "audience": audience}


def _situation(request: Visit, group: Group) -> Situation | None:

    named = request.GET.get("situation", "")
    mine = visible(Situation.objects.filter(group=group), request.viewer)
    return mine.filter(pk=int(named)).first() if DIGITS.fullmatch(named) else None


def _under_way(request: Visit, group: Group) -> list[Meeting]:
    """Meetings on the same situation that go on: nothing forbids another, but one should know."""
    found = _situation(request, group)
    if found is None:
        return []
    mine = meetings_for(request.viewer).filter(group=group, situation=found, closed_at=None)
    return [one.meeting for one in standings(list(mine[:5]), request.now) if not one.state.ended]


def _outlook(request: Visit, group: Group, seat: Seat, kind: Kind, form: ConveneForm) -> Outlook:
    """Run the procedure's first act on paper."""
    call = Call(
        group=group, title="-", kind=kind.id, procedure=request.GET.get("procedure", ""),
        situation=_situation(request, group), placing=_placing(request, group, kind, form),
    )  # fmt: skip
    made, version = planned(call, seat, request.now)
    start = first_act(made, version, seat, request.now)
    origin = origin_of(made.situation_id)
    setting_ = setting(made, value_of(version), origin, chair_on(group.pk, request.now))
    say = ActForm(request.POST or None, permission=_asked(start), setting=setting_)
    event = Event(kind=start.act, at=request.now, party=seat.party, data=filled(start, "-", None))
    way = procedure(made.procedure)
    state = state_of_procedure(way, [event], request.now, setting_)
    standing = Standing(meeting=made, setting=setting_, state=state)
    return Outlook(
        way=way, start=start, state=state, clocks=rows(standing), bound=setting_.members, form=say
    )


def _startable(request: Visit, group: Group, seat: Seat, kind: Kind) -> list[Procedure]:
    """The procedures that the party may start; those of other bodies are left out."""
    found = []
    for way in procedures().values():
        call = Call(group=group, title="-", kind=kind.id, procedure=way.id)
        call = replace(call, placing=_placing(request, group, kind, None))
        try:
            made, version = planned(call, seat, request.now)
            first_act(made, version, seat, request.now)
        except Problem:
            continue
        found.append(way)
    return found


def _asked(start: Permission) -> Permission:
    """The first act without the texts that the title stands for."""
    kept = tuple(one for one in start.data if one.form != "text")
    return replace(start, data=kept)


def _placing(request: Visit, group: Group, kind: Kind, form: ConveneForm | None) -> Placing:
    """For whom the meeting would be: what the form says, else for a caucus the first of one's."""
    if form is not None and form.is_bound and form.is_valid():
        return form.where()
    own = request.viewer.caucuses.get(group.pk, frozenset())
    if not kind.caucus:
        return MEMBERS
    caucus = group.caucuses.filter(pk__in=own).first()
    if caucus is None:
        raise Refused("your party belongs to no caucus", fix="The secretariat forms caucuses.")
    return Placing(audience="caucus", caucus=caucus)
