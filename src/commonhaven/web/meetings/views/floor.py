"""The speakers' list and what was said."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.reading import Problem
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat, visible
from commonhaven.web.kit.paging import page_of
from commonhaven.web.kit.visit import Visit, in_group
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.actions import Words
from commonhaven.web.meetings.forms import FloorForm, WrittenForm
from commonhaven.web.meetings.models import AgendaItem, Intervention, Meeting
from commonhaven.web.meetings.queries import has_room, sits, standing_of
from commonhaven.web.meetings.views.common import Deed, around, child, do, meeting_for, number


def _item(visit: Visit, meeting: Meeting, given: Mapping[str, Any]) -> AgendaItem | None:
    named = given.get("item")
    rows = visible(AgendaItem.objects.filter(meeting=meeting), visit.viewer)
    found: AgendaItem | None = child(rows, named) if named else None
    return found


def _one(visit: Visit, meeting: Meeting, given: Mapping[str, Any]) -> Intervention:
    rows = visible(Intervention.objects.filter(meeting=meeting), visit.viewer)
    found: Intervention = child(rows, given.get("id"))
    return found


def _give(visit: Visit, meeting: Meeting, seat: Seat, given: Mapping[str, Any]) -> object:
    seconds = number(given["seconds"]) if given.get("seconds") else None
    one = _one(visit, meeting, given)
    return actions.give_floor(intervention=one, seconds=seconds, by=seat, at=visit.now)


def _write(visit: Visit, meeting: Meeting, seat: Seat, given: Mapping[str, Any]) -> object:
    text = str(given.get("text", ""))
    if not text.strip():
        raise Problem("nothing is said", fix="Type the text.")
    words = Words(
        text=text, language=str(given.get("language", "en")), item=_item(visit, meeting, given)
    )
    return actions.intervene_in_writing(meeting=meeting, words=words, by=seat, at=visit.now)


DEEDS = {
    "ask": Deed(
        done=_("Your party is on the speakers' list."),
        act=lambda visit, meeting, seat, given: actions.ask_for_the_floor(
            meeting=meeting, item=_item(visit, meeting, given), by=seat, at=visit.now
        ),
    ),
    "place": Deed(
        done=_("The list is in its new order."),
        act=lambda visit, meeting, seat, given: actions.place_speaker(
            intervention=_one(visit, meeting, given), place=number(given.get("place")),
            by=seat, at=visit.now,
        ),
    ),
    "give": Deed(done=_("The floor is given."), act=_give),
    "end": Deed(
        done=_("The intervention has ended."),
        act=lambda visit, meeting, seat, given: actions.end_floor(
            intervention=_one(visit, meeting, given), by=seat, at=visit.now
        ),
    ),
    "withdraw": Deed(
        done=_("The request is off the list."),
        act=lambda visit, meeting, seat, given: actions.withdraw_request(
            intervention=_one(visit, meeting, given), by=seat, at=visit.now
        ),
    ),
    "write": Deed(done=_("Your intervention is on the record."), act=_write),
    "text": Deed(
        done=_("The text is handed in."),
        act=lambda visit, meeting, seat, given: actions.add_text(
            intervention=_one(visit, meeting, given), text=str(given.get("text", "")),
            language=str(given.get("language", "en")), by=seat, at=visit.now,
        ),
    ),
}  # fmt: skip


@in_group
def floor(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Who has the floor, who is next, what was said."""
    meeting = meeting_for(request, group, pk)
    if request.method == "POST":
        return do(request, group, meeting, DEEDS, reverse("meetings:floor", args=[group.slug, pk]))
    standing = standing_of(meeting, request.now)
    rows = visible(Intervention.objects.filter(meeting=meeting), request.viewer)
    rows = rows.select_related("agenda_item").filter(withdrawn_at__isnull=True)
    oral = rows.filter(form="oral")
    waiting = list(oral.filter(started_at__isnull=True).order_by("position", "pk"))
    has = oral.filter(started_at__isnull=False, ended_at__isnull=True).first()
    apart = [one.pk for one in waiting] + ([has.pk] if has else [])
    said = rows.exclude(pk__in=apart)
    return render(
        request, "meetings/floor.html",
        around(request, group, meeting, "floor") | {
            "has": has, "waiting": waiting, "sits": sits(standing), "state": standing.state,
            "has_room": has_room(meeting), "rows": page_of(request, said.order_by("created_at")),
            "floor_form": FloorForm(
                meeting=meeting, viewer=request.viewer, auto_id="floor-%s"
            ),
            "written_form": WrittenForm(
                meeting=meeting, viewer=request.viewer, auto_id="written-%s"
            ),
        },
    )  # fmt: skip
