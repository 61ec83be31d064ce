"""What stands in a calendar: sittings, clocks, decisions, what is owed, as a viewer may see it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from commonhaven.procedures import Deadline
from commonhaven.web.decisions.models import Decision, Obligation
from commonhaven.web.kit.audience import Viewer, visible
from commonhaven.web.kit.places import url_of
from commonhaven.web.kit.saying import in_language
from commonhaven.web.meetings.models import AgendaItem, Meeting
from commonhaven.web.meetings.queries import Standing, standings
from commonhaven.web.notices.dates import funded, promised, scored
from commonhaven.web.notices.entry import ALARMS, DAYS, Entry, own_parties
from commonhaven.web.notices.reminders import told_of

KEPT = timedelta(days=180)
"""How long past meetings stay in a calendar."""


def entries(viewer: Viewer, groups: Sequence[int]) -> list[Entry]:
    """Everything dated of some groups that a viewer may see, in order of time.

    ``viewer.at`` is the instant. What its own parties have to do carries alarms.
    """
    found = [
        *_meetings(viewer, groups), *_decisions(viewer, groups), *_obligations(viewer, groups),
        *promised(viewer, groups), *funded(viewer, groups), *scored(viewer, groups),
    ]  # fmt: skip
    return sorted(found, key=lambda one: (_day(one), one.uid))


def _day(one: Entry) -> str:
    return one.begins.isoformat()


def _shown(viewer: Viewer, groups: Sequence[int]) -> QuerySet[Meeting]:
    agenda = visible(AgendaItem.objects.order_by("number", "pk"), viewer)
    rows = visible(Meeting.objects.filter(group__in=groups), viewer)
    return (
        rows.select_related("group", "charter", "situation", "caucus")
        .prefetch_related(Prefetch("agenda", queryset=agenda, to_attr="points"))
        .order_by("pk")
    )


def _meetings(viewer: Viewer, groups: Sequence[int]) -> Iterator[Entry]:
    meetings = list(_shown(viewer, groups))
    for standing in standings(meetings, viewer.at) if meetings else []:
        own = own_parties(viewer, standing.meeting.group_id)
        stamp = max([standing.meeting.created_at, *(step.at for step in standing.state.log)])
        sitting = _sitting(standing, stamp, viewer.at)
        if sitting is not None:
            yield sitting
        yield from (
            _clock(standing, deadline, own, stamp)
            for deadline in told_of(standing.state.deadlines)
            if _concerns(deadline, own)
        )


def _concerns(deadline: Deadline, own: frozenset[str]) -> bool:
    """Whether a clock runs still and is the reader's or everybody's, not another party's own."""
    if deadline.status not in {"open", "not yet open"}:
        return False
    return ":" not in deadline.id or bool(own & set(deadline.by))


def _sitting(standing: Standing, stamp: datetime, at: datetime) -> Entry | None:
    """When the meeting sits: from its opening, or the time in which it has to open."""
    meeting, state = standing.meeting, standing.state
    opened = next((step.at for step in state.log if step.kind == "open-meeting"), None)
    if opened is not None:
        lasts = [d.due for d in state.deadlines if d.id.partition(":")[0] == "attendance"]
        ends = max(lasts, default=opened)
        return _meeting(meeting, opened, ends, stamp) if ends > at - KEPT else None
    for deadline in state.deadlines:
        if deadline.id == "meeting" and deadline.status in {"open", "not yet open"}:
            return _meeting(meeting, deadline.opens or stamp, deadline.due, stamp, window=True)
    return None


def _meeting(
    meeting: Meeting, begins: datetime, ends: datetime, stamp: datetime, *, window: bool = False
) -> Entry:
    title = (
        _("%(title)s: opens in this time") % {"title": meeting.title} if window else meeting.title
    )
    points = [f"{point.number}. {point.title}" for point in getattr(meeting, "points", ())]
    return Entry(
        uid=f"meeting-{meeting.pk}", title=title, begins=begins, ends=ends,
        zone=meeting.group.zone, text="\n".join([meeting.reason, *points]).strip(),
        place=meeting.place, path=url_of(meeting.subject, meeting.group.slug), stamp=stamp,
        busy=not window,
    )  # fmt: skip


def _clock(standing: Standing, deadline: Deadline, own: frozenset[str], stamp: datetime) -> Entry:
    meeting = standing.meeting
    mine = bool(own & set(deadline.by)) or (not deadline.by and bool(own))
    what, silence = in_language(deadline.what), in_language(deadline.silence_means)
    told = [what.rstrip(".") + ".", silence, deadline.cite]
    return Entry(
        uid=f"clock-{meeting.pk}-{deadline.id.replace(':', '-').replace(' ', '-')}",
        title=_("By now: %(what)s (%(title)s)")
        % {"what": what.rstrip("."), "title": meeting.title},
        begins=deadline.due, ends=deadline.due, zone=meeting.group.zone,
        text="\n".join(part for part in told if part), stamp=stamp,
        path=url_of(meeting.subject, meeting.group.slug), alarms=ALARMS if mine else (),
    )  # fmt: skip


def _decisions(viewer: Viewer, groups: Sequence[int]) -> Iterator[Entry]:
    rows = visible(Decision.objects.filter(group__in=groups), viewer)
    open_ones = rows.filter(status=Decision.Status.OPEN, closes_at__isnull=False)
    for row in open_ones.select_related("group").order_by("pk"):
        assert row.closes_at is not None  # noqa: S101 - filtered
        voting = any(
            seat.member and seat.capacity in {"head of delegation", "delegate"}
            for seat in viewer.seats_in(row.group_id)
        )
        yield Entry(
            uid=f"decision-{row.pk}", title=_("Decision closes: %(title)s") % {"title": row.title},
            begins=row.closes_at, ends=row.closes_at, zone=row.group.zone, stamp=row.created_at,
            path=url_of(f"decision/{row.pk}", row.group.slug), alarms=ALARMS if voting else (),
        )  # fmt: skip


def _obligations(viewer: Viewer, groups: Sequence[int]) -> Iterator[Entry]:
    """What is owed: a person's own parties' where there are any, else what is public."""
    rows = visible(Obligation.objects.filter(group__in=groups), viewer)
    owed = rows.filter(done_at__isnull=True, due__isnull=False).select_related("group")
    for row in owed.order_by("pk"):
        assert row.due is not None  # noqa: S101 - filtered
        own = own_parties(viewer, row.group_id)
        if own and row.party not in own:
            continue
        yield Entry(
            uid=f"obligation-{row.pk}", title=_("Due: %(what)s") % {"what": in_language(row.what)},
            begins=row.due, zone=row.group.zone, stamp=row.created_at,
            text="\n".join(
                part for part in (row.party, in_language(row.measured), row.cite) if part
            ),
            path=url_of(f"obligation/{row.pk}", row.group.slug), alarms=DAYS if own else (),
        )  # fmt: skip
