"""Meetings: convening, clocks, the acts of the procedure."""

from datetime import datetime
from typing import Any

from ninja import Router, Schema, Status
from pydantic import Field

from commonhaven.web.api.asking import (
    LARGEST,
    Id,
    Limit,
    Line,
    Offset,
    Paged,
    Placed,
    SeatId,
    Slug,
    Text,
    Word,
    acting,
    group_of,
    known,
    one_of,
    paged,
    placing_of,
    read,
    write,
)
from commonhaven.web.api.middleware import Asked
from commonhaven.web.api.situations import situation_in
from commonhaven.web.meetings import actions
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.queries import (
    Standing,
    meetings_for,
    permitted,
    present_at,
    quorum_of,
    standing_of,
)

router = Router(tags=["meetings"])
Data = dict[Word, Text]


class MeetingShown(Schema):
    """One run of a procedure."""

    id: int
    number: int
    title: str
    kind: str
    procedure: str
    situation: int | None = Field(description="What it is about, where you may see it")
    party: str = Field(description="Who convened it")
    reason: str
    place: str
    audience: str
    release_at: datetime | None
    created_at: datetime
    closed_at: datetime | None


class Clock(Schema):
    """A clock: what is due, from whom, when, and what silence means."""

    id: str
    what: str
    opens: datetime | None
    due: datetime
    by: list[str]
    status: str = Field(description="open, met, missed or not yet open")
    met_at: datetime | None
    silence_means: str
    cite: str


class MayDo(Schema):
    """An act that may be done now or later in this stage."""

    act: str
    what: str
    opens: datetime | None
    closes: datetime | None
    data: list[str] = Field(description="What the act has to say, or may")
    cite: str


class Logged(Schema):
    """A line of the procedure's log."""

    at: datetime
    kind: str
    automatic: bool
    party: str
    sentence: str
    cite: str
    stage: str
    late: bool


class QuorumShown(Schema):
    """How many members are there, and how many it takes."""

    here: list[str]
    members: int
    needed: int
    reached: bool
    recused: str


class StateShown(Schema):
    """Where the meeting stands at this instant."""

    stage: str
    title: str
    since: datetime | None
    ended: bool
    outcome: str
    clocks: list[Clock]
    you_may: list[MayDo] = Field(description="What your first seat may do")
    log: list[Logged]
    present: list[str]
    quorum: QuorumShown


class MeetingFull(MeetingShown):
    """A meeting with its state."""

    state: StateShown


class Call(Placed):
    """A meeting to convene."""

    title: Line
    kind: str = Field(default="emergency", max_length=40)
    procedure: Word = ""
    situation: int | None = Field(default=None, ge=1, le=LARGEST)
    reason: Text = ""
    place: str = Field(default="", max_length=200)
    data: Data = Field(default_factory=dict, description="What the first act has to say")


class Step(Schema):
    """An act of the procedure; who attends for whom is recorded by arrive and leave."""

    kind: str = Field(max_length=60)
    data: Data = Field(default_factory=dict)


def _shown(row: Meeting, request: Asked) -> dict[str, Any]:
    same = (
        "number", "title", "kind", "procedure", "party", "reason", "place", "audience",
        "release_at", "created_at", "closed_at",
    )  # fmt: skip
    named = {name: getattr(row, name) for name in same}
    return {**named, "id": row.pk, "situation": known(row.situation, request)}


def _state(standing: Standing, request: Asked) -> dict[str, Any]:
    state = standing.state
    here = present_at(standing.meeting, request.now)
    quorum = quorum_of(standing, here)
    seats = request.viewer.seats_in(standing.meeting.group_id)
    may = permitted(standing, seats[0]) if seats else ()
    return {
        "stage": state.stage, "title": state.title, "since": state.since, "ended": state.ended,
        "outcome": state.outcome, "clocks": state.deadlines, "log": state.log,
        "present": sorted(here),
        "you_may": [
            {"act": one.act, "what": one.what, "opens": one.opens, "closes": one.closes,
             "data": [datum.name for datum in one.data], "cite": one.cite}
            for one in may
        ],
        "quorum": {
            "here": list(quorum.here), "members": quorum.members, "needed": quorum.needed,
            "reached": quorum.reached, "recused": quorum.recused,
        },
    }  # fmt: skip


def full(row: Meeting, request: Asked) -> dict[str, Any]:
    return {**_shown(row, request), "state": _state(standing_of(row, request.now), request)}


def meeting_in(request: Asked, slug: str, pk: int) -> Meeting:
    """One meeting that the viewer may see."""
    group = group_of(request, slug)
    return one_of(meetings_for(request.viewer).filter(group=group), pk)


@read(router, "/groups/{slug}/meetings", Paged[MeetingShown])
def list_meetings(request: Asked, slug: Slug, limit: Limit = 50, offset: Offset = 0) -> Any:
    """The meetings that you may see, the latest first."""
    rows = meetings_for(request.viewer).filter(group=group_of(request, slug))
    return paged(rows.order_by("-number"), limit, offset, lambda row: _shown(row, request))


@read(router, "/groups/{slug}/meetings/{pk}", MeetingFull)
def show_meeting(request: Asked, slug: Slug, pk: Id) -> Any:
    """One meeting: where it stands now, its clocks, who is there, what you may do."""
    return full(meeting_in(request, slug, pk), request)


@write(router, "/groups/{slug}/meetings", MeetingFull, made=True)
def convene(request: Asked, slug: Slug, body: Call, seat: SeatId = None) -> Any:
    """Convene a meeting; all members have bound themselves to come."""
    group = group_of(request, slug)
    by, placing = acting(request, group, seat), placing_of(body, request, group)
    situation = situation_in(request, slug, body.situation) if body.situation else None
    call = actions.Call(
        group=group, title=body.title, kind=body.kind, procedure=body.procedure,
        situation=situation, reason=body.reason, place=body.place, data=body.data,
        placing=placing,
    )  # fmt: skip
    made = actions.call_meeting(call, by=by, at=request.now)
    return Status(201, full(meeting_in(request, slug, made.pk), request))


@write(router, "/groups/{slug}/meetings/{pk}/acts", MeetingFull, made=True)
def act(request: Asked, slug: Slug, pk: Id, body: Step, seat: SeatId = None) -> Any:
    """Do an act of the procedure, as `you_may` tells."""
    row = meeting_in(request, slug, pk)
    by = acting(request, row.group, seat)
    actions.do(meeting=row, kind=body.kind, data=body.data, by=by, at=request.now)
    return Status(201, full(meeting_in(request, slug, pk), request))


@write(router, "/groups/{slug}/meetings/{pk}/close", MeetingFull)
def close_meeting(request: Asked, slug: Slug, pk: Id, seat: SeatId = None) -> Any:
    """Close a meeting that has come to an end."""
    row = meeting_in(request, slug, pk)
    actions.close(meeting=row, by=acting(request, row.group, seat), at=request.now)
    return full(meeting_in(request, slug, pk), request)
