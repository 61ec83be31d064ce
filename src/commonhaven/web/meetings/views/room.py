"""The duty to attend: answers, credentials, who is in the room."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.web.groups.models import Group
from commonhaven.web.kit.visit import Visit, in_group
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.attendance import bound, duties, good_faith
from commonhaven.web.meetings.forms import CredentialForm
from commonhaven.web.meetings.models import Credential
from commonhaven.web.meetings.queries import (
    expected,
    has_room,
    present_at,
    quorum_of,
    sits,
    standing_of,
)
from commonhaven.web.meetings.views.common import Deed, around, child, do, meeting_for

DEEDS = {
    "present": Deed(
        form=CredentialForm, done=_("Your credentials are with the secretariat."),
        act=lambda visit, meeting, seat, given: actions.present_credentials(
            meeting=meeting, reference=given["reference"], by=seat, at=visit.now
        ),
    ),
    "accept": Deed(
        done=_("The credentials are accepted."),
        act=lambda visit, meeting, seat, given: actions.accept_credential(
            credential=child(Credential.objects.filter(meeting=meeting), given.get("id")),
            by=seat, at=visit.now,
        ),
    ),
    "refuse": Deed(
        done=_("The credentials are refused, with the reason."),
        act=lambda visit, meeting, seat, given: actions.refuse_credential(
            credential=child(Credential.objects.filter(meeting=meeting), given.get("id")),
            reason=str(given.get("reason", "")), by=seat, at=visit.now,
        ),
    ),
    "arrive": Deed(
        done=_("The arrival is recorded."),
        act=lambda visit, meeting, seat, given: actions.arrive(
            meeting=meeting, by=seat, at=visit.now, party=str(given.get("party", ""))
        ),
    ),
    "arrive all": Deed(
        done=_("The arrivals are recorded, one entry for each party."),
        act=lambda visit, meeting, seat, _given: actions.arrive_all(
            meeting=meeting, by=seat, at=visit.now
        ),
    ),
    "leave": Deed(
        done=_("The leaving is recorded."),
        act=lambda visit, meeting, seat, given: actions.leave(
            meeting=meeting, by=seat, at=visit.now, party=str(given.get("party", ""))
        ),
    ),
}  # fmt: skip


@in_group
def attendance(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Who is bound, who answered, who came, who is here."""
    meeting = meeting_for(request, group, pk)
    if request.method == "POST":
        to = reverse("meetings:attendance", args=[group.slug, pk])
        return do(request, group, meeting, DEEDS, to)
    standing = standing_of(meeting, request.now)
    here = present_at(meeting, request.now)
    return render(
        request, "meetings/attendance.html",
        around(request, group, meeting, "attendance") | {
            "standing": standing, "state": standing.state, "bound": bound(standing, request.now),
            "duties": duties(meeting), "sits": sits(standing), "has_room": has_room(meeting),
            "quorum": quorum_of(standing, here), "here_now": here,
            "expected": expected(meeting, here),
            "form": CredentialForm(), "facts": good_faith(standing),
        },
    )  # fmt: skip
