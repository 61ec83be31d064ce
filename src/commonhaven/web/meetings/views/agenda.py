"""The agenda."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat, visible
from commonhaven.web.kit.visit import Visit, in_group
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.forms import AgendaForm
from commonhaven.web.meetings.models import AgendaItem, Meeting
from commonhaven.web.meetings.views.common import Deed, around, child, do, meeting_for, number


def _order(visit: Visit, meeting: Meeting, seat: Seat, given: Mapping[str, Any]) -> object:
    places = {
        number(name.removeprefix("place-")): number(place)
        for name, place in given.items()
        if name.startswith("place-")
    }
    return actions.order_items(meeting=meeting, numbers=places, by=seat, at=visit.now)


DEEDS = {
    "propose": Deed(
        form=AgendaForm, done=_("The point is proposed."),
        act=lambda visit, meeting, seat, given: actions.propose_item(
            meeting=meeting, title=given["title"], note_text=given["note"],
            minutes=given["minutes"], by=seat, at=visit.now,
        ),
    ),
    "order": Deed(done=_("The agenda is in its new order."), act=_order),
    "remove": Deed(
        done=_("The point is off the agenda."),
        act=lambda visit, meeting, seat, given: actions.remove_item(
            item=child(AgendaItem.objects.filter(meeting=meeting), given.get("id")),
            by=seat, at=visit.now,
        ),
    ),
    "adopt": Deed(
        done=_("The agenda is adopted."),
        act=lambda visit, meeting, seat, _given: actions.adopt_agenda(
            meeting=meeting, by=seat, at=visit.now
        ),
    ),
}  # fmt: skip


@in_group
def agenda(request: Visit, group: Group, pk: int) -> HttpResponse:
    """What is on the agenda, in which order, adopted or proposed."""
    meeting = meeting_for(request, group, pk)
    if request.method == "POST":
        return do(request, group, meeting, DEEDS, reverse("meetings:agenda", args=[group.slug, pk]))
    rows = visible(AgendaItem.objects.filter(meeting=meeting), request.viewer)
    return render(
        request, "meetings/agenda.html",
        around(request, group, meeting, "agenda")
        | {"items": rows.exclude(status="removed"), "form": AgendaForm()},
    )  # fmt: skip
