"""Meetings: what the room waits for from a party, and from whoever runs it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.web.home.waiting.task import Seats, Task, Words
from commonhaven.web.kit.audience import Viewer, visible
from commonhaven.web.meetings.models import (
    AgendaItem,
    Amendment,
    Credential,
    Intervention,
    Meeting,
    SummaryParagraph,
)
from commonhaven.web.meetings.policy import acts, runs
from commonhaven.web.meetings.queries import Standing, sits

Stood = Mapping[int, Standing]
"""Meeting → where it stands, for those that the person sees."""
Found = Iterator[tuple[int, Task]]


def tasks(seats: Seats, stood: Stood, viewer: Viewer) -> Found:
    """What waits in the meetings that the person sees."""
    running = {group for group, own in seats.items() if any(runs(seat) for seat in own)}
    led = {pk: one for pk, one in stood.items() if one.meeting.group_id in running}
    yield from _floor(seats, led, stood, viewer)
    yield from _credentials(seats, led)
    yield from _settled(led, viewer)
    yield from _summaries(seats, led, stood, viewer)
    for one in led.values():
        if one.state.ended and one.meeting.closed_at is None:
            yield _task(one.meeting, _("Close the meeting, which has come to its end"), "show")


def _task(
    meeting: Meeting, what: Words, page: str, *, count: int = 0, party: str = ""
) -> tuple[int, Task]:
    url = reverse(f"meetings:{page}", args=[meeting.group.slug, meeting.pk])
    return meeting.group_id, Task(what=what, about=meeting.title, url=url, count=count, party=party)


def _floor(seats: Seats, led: Stood, stood: Stood, viewer: Viewer) -> Found:
    """Who asks for the floor, while the meeting sits; and to whom it was given."""
    rows = Intervention.objects.filter(
        meeting__in=[pk for pk, one in stood.items() if sits(one)], form="oral", ended_at=None,
        withdrawn_at=None,
    )  # fmt: skip
    asking: Counter[int] = Counter()
    for row in visible(rows, viewer).order_by("position", "pk"):
        one = stood[row.meeting_id]
        own = {seat.party for seat in seats[one.meeting.group_id] if acts(seat)}
        if row.started_at is None:
            asking[row.meeting_id] += 1
        elif row.party in own:
            yield _task(one.meeting, _("You have the floor"), "floor", party=row.party)
    for pk, number in asking.items():
        if pk in led:
            what = _("Give the floor to who asks for it")
            yield _task(led[pk].meeting, what, "floor", count=number)


def _credentials(seats: Seats, led: Stood) -> Found:
    rows = Credential.objects.filter(
        meeting__in=[pk for pk, one in led.items() if one.meeting.closed_at is None],
        accepted_at=None, refused_at=None,
    )  # fmt: skip
    for row in rows:
        meeting = led[row.meeting_id].meeting
        if any(runs(seat) and seat.id != row.seat_id for seat in seats[meeting.group_id]):
            what = _("Accept the credentials of a delegation")
            yield _task(meeting, what, "attendance", party=row.party)


def _settled(led: Stood, viewer: Viewer) -> Found:
    """Points and amendments that wait until chair or secretariat settles them."""
    waiting = [pk for pk, one in led.items() if one.meeting.closed_at is None]
    points = visible(AgendaItem.objects.filter(meeting__in=waiting, status="proposed"), viewer)
    yield from _counted(led, points.values_list("meeting"), _("Adopt the agenda"), "agenda")
    changes = Amendment.objects.filter(
        paragraph__meeting__in=list(led), paragraph__status="proposed", status="proposed"
    )
    held = visible(changes, viewer, "paragraph__").values_list("paragraph__meeting")
    yield from _counted(led, held, _("Settle amendments to the outcome"), "outcome")


def _counted(led: Stood, meetings: Iterable[tuple[int]], what: Words, page: str) -> Found:
    for (pk,), number in Counter(meetings).items():
        yield _task(led[pk].meeting, what, page, count=number)


def _summaries(seats: Seats, led: Stood, stood: Stood, viewer: Viewer) -> Found:
    """Summary records that are not adopted: to settle or adopt, or to correct."""
    rows = SummaryParagraph.objects.filter(
        meeting__in=list(stood), status__in=["accepted", "proposed"]
    )
    proposed: dict[int, list[bool]] = {}
    for row in visible(rows, viewer):
        proposed.setdefault(row.meeting_id, []).append(row.status == "proposed")
    for pk, held in proposed.items():
        meeting = stood[pk].meeting
        if pk in led:
            what = _("Settle corrections of the summary record") if any(held) else _(
                "Adopt the summary record"
            )  # fmt: skip
            yield _task(meeting, what, "summary", count=sum(held))
        elif any(acts(seat) for seat in seats[meeting.group_id]):
            yield _task(meeting, _("Correct the draft summary record where needed"), "summary")
