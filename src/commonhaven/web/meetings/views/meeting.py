"""The page of a meeting: where it stands, what can be done now, what follows."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonhaven.figures import svg
from commonhaven.procedures import procedure
from commonhaven.reading import Problem
from commonhaven.web.commitments.review import Listed, before_review
from commonhaven.web.decisions.models import Decision
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat, sees, visible
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.kit.visit import Visit, in_group, seated
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.attendance import front, good_faith
from commonhaven.web.meetings.clocks import Row, picture, rows
from commonhaven.web.meetings.forms import ActForm, ReleaseForm
from commonhaven.web.meetings.log import lines
from commonhaven.web.meetings.models import AdoptedText, AgendaItem, Meeting
from commonhaven.web.meetings.offered import BALLOT, choices
from commonhaven.web.meetings.policy import acts
from commonhaven.web.meetings.queries import (
    Standing,
    has_room,
    permitted,
    present_at,
    quorum_of,
    sits,
    standing_of,
)
from commonhaven.web.meetings.told import told
from commonhaven.web.meetings.views.common import around, attempted, meeting_for
from commonhaven.web.plans.models import Plan
from commonhaven.web.plans.policy import commits
from commonhaven.web.situations.models import Situation


@in_group
@require_safe
def show(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Where it stands, and what the viewer can do."""
    meeting = meeting_for(request, group, pk)
    standing = standing_of(meeting, request.now)
    frame = around(request, group, meeting, "show")
    here = present_at(meeting, request.now)
    quorum = quorum_of(standing, here)
    apart = decided_apart(meeting)
    mine = choices(standing, frame["seats"], request.now, decided_apart=apart)
    texts = visible(AdoptedText.objects.filter(meeting=meeting), request.viewer)
    agenda = visible(AgendaItem.objects.filter(meeting=meeting), request.viewer)
    return render(
        request, "meetings/show.html",
        frame | {
            "standing": standing, "state": standing.state, "told": told(standing.state.log),
            "lines": lines(standing.state.log), "next": _next(standing),
            "way": procedure(meeting.procedure), "situation": _situation(request, meeting),
            "plans": _of(Plan, meeting, request), "decisions": _of(Decision, meeting, request),
            **_vote(request, meeting, frame["seats"], quorum.here), "apart": apart,
            "zone": standing.setting.zone, "clocks": rows(standing),
            "todo": [one for one in mine if one.now], "later": [one for one in mine if not one.now],
            "picture": picture(standing, request.now), "sits": sits(standing),
            "has_room": has_room(meeting), "here_now": sorted(here),
            "absent_seats": [seat for seat in frame["seats"] if seat.party not in here],
            "present_seats": [seat for seat in frame["seats"] if seat.party in here],
            "quorum": quorum, "facts": good_faith(standing),
            "front": front(standing),
            "reviewed": meeting.kind == "annual review", "listed": _listed(request, meeting),
            "texts": texts, "agenda": agenda.exclude(status="removed"),
            "release_form": ReleaseForm(),
        },
    )  # fmt: skip


def _listed(request: Visit, meeting: Meeting) -> tuple[Listed, ...]:
    """What an annual review has to take up, as it stands, or stood when the meeting was closed."""
    if meeting.kind != "annual review":
        return ()
    return before_review(request.viewer, meeting.group, meeting.closed_at)


def decided_apart(meeting: Meeting) -> bool:
    """Whether the meeting's votes are decisions on plans: one is open, or a plan is tabled."""
    tabled = Plan.objects.filter(meeting=meeting, status=Plan.Status.TABLED)
    return ballots(meeting).exists() or tabled.exists()


def _vote(
    request: Visit, meeting: Meeting, seats: tuple[Seat, ...], voters: tuple[str, ...]
) -> dict[str, Any]:
    """The open decision before the meeting, and the viewer's parties that have not voted on it."""
    ballot = visible(ballots(meeting), request.viewer).first()
    if ballot is None:
        return {"ballot": None, "unvoted": []}
    mine = {seat.party for seat in seats if commits(seat)} & set(voters)
    voted = set(ballot.votes.values_list("party", flat=True))
    return {"ballot": ballot, "unvoted": sorted(mine - voted)}


def ballots(meeting: Meeting) -> QuerySet[Decision]:
    """The open decision on a plan that is the vote of the meeting's procedure: one at most."""
    rows = Decision.objects.filter(meeting=meeting, status="open", plan__isnull=False)
    return rows.select_related("group")


def _of(kind: type[Plan] | type[Decision], meeting: Meeting, request: Visit) -> QuerySet[Any]:
    """The plans or the decisions of a meeting that the viewer may see."""
    rows: QuerySet[Any] = kind.objects.filter(meeting=meeting).select_related("group")
    return visible(rows, request.viewer)


def _situation(request: Visit, meeting: Meeting) -> Situation | None:
    """What the meeting is about, where the viewer may see it."""
    found = meeting.situation
    return found if found is not None and sees(request.viewer, found) else None


def _next(standing: Standing) -> Row | None:
    """The clock that ends next."""
    running = [row for row in rows(standing) if row.status in ("open", "not yet open")]
    return running[0] if running else None


@in_group
@require_POST
def act(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Do one act of the procedure."""
    meeting = meeting_for(request, group, pk)
    seat = seated(request, group, acts)
    kind = request.POST.get("kind", "")
    if kind in BALLOT and ballots(meeting).exists():
        raise Conflict("this vote is a decision on a plan", fix="Vote on the decision's page.")
    standing = standing_of(meeting, request.now)
    given: dict[str, str] = {}
    found = next((one for one in permitted(standing, seat) if one.act == kind), None)
    if found is not None:
        form = ActForm(request.POST, permission=found, setting=standing.setting)
        if not form.is_valid():
            wrong = " ".join(str(error) for each in form.errors.values() for error in each)
            raise Problem(f"the act is not complete: {wrong}", fix="Go back and fill it in.")
        given = form.data_given()
    step = partial(actions.do, meeting=meeting, kind=kind, data=given, by=seat, at=request.now)
    return attempted(request, step, _("Done, and recorded."), meeting.get_absolute_url())


@in_group
@require_POST
def close(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Close the room."""
    meeting = meeting_for(request, group, pk)
    seat = seated(request, group, acts)
    step = partial(actions.close, meeting=meeting, by=seat, at=request.now)
    return attempted(request, step, _("The meeting is closed."), meeting.get_absolute_url())


@in_group
@require_POST
def release(request: Visit, group: Group, pk: int) -> HttpResponse:
    """Make the meeting's page and agenda public."""
    meeting = meeting_for(request, group, pk)
    seat = seated(request, group, acts)
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        raise Conflict("this is no instant", fix="Write date and time in UTC.")
    when = form.cleaned_data["when"] or request.now
    step = partial(actions.release, item=meeting, when=when, by=seat, at=request.now)
    return attempted(request, step, _("The release is recorded."), meeting.get_absolute_url())


@in_group
@require_safe
def clocks_svg(request: Visit, group: Group, pk: int) -> HttpResponse:
    """The clocks as a drawing, for the page that tells them in words and in a table."""
    meeting = meeting_for(request, group, pk)
    found = picture(standing_of(meeting, request.now), request.now)
    way = "rtl" if get_language_bidi() else "ltr"
    language = request.LANGUAGE_CODE.split("-", maxsplit=1)[0]
    answer = HttpResponse(
        svg(found, direction=way, language=language), content_type="image/svg+xml"
    )
    answer["Cache-Control"] = "private, no-store"
    return answer
