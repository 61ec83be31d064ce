"""What stands in a calendar of promises, funds and scores: instalments, replies, releases."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from commonhaven.commitments import Asking
from commonhaven.reading import decimal_text
from commonhaven.web.commitments.dated import Ongoing, ongoing, unsettled
from commonhaven.web.commitments.models import Commitment
from commonhaven.web.funds.dated import Kept, kept
from commonhaven.web.funds.models import Fund
from commonhaven.web.funds.policy import keeps_books
from commonhaven.web.good_faith.models import Assessment
from commonhaven.web.good_faith.replying import awaited
from commonhaven.web.kit.audience import Seat, Viewer, visible
from commonhaven.web.kit.saying import party_name
from commonhaven.web.notices.entry import ALARMS, DAYS, Entry, own_parties
from commonhaven.web.notices.words import amount_in

NEAR = timedelta(days=3660)
"""Days further away than ten years stand in no calendar: such a day means that there is none."""
Alarms = tuple[timedelta, ...]


def promised(viewer: Viewer, groups: Sequence[int]) -> Iterator[Entry]:
    """Days and replies of promises: those of a person's own parties, else what is public."""
    rows = visible(Commitment.objects.filter(group__in=groups), viewer)
    for one in ongoing(unsettled(rows), viewer.at):
        own = own_parties(viewer, one.row.group_id)
        stamp = max([one.row.created_at, *(step.at for step in one.row.steps.all())])
        for asked in one.askings:
            if concerns(own, asked.due.giver, *one.value.to) and _near(asked, viewer.at):
                yield _day(one.row, asked, stamp, DAYS if asked.due.giver in own else ())
        yield from _replies(one, own, stamp)


def concerns(own: frozenset[str], *named: str) -> bool:
    """Whether something is of a reader's own parties; of everybody's where there are none."""
    return not own or bool(own & set(named))


def _near(asked: Asking, at: datetime) -> bool:
    return abs(asked.due.due - at.date()) <= NEAR


def _entry(row: Commitment | Fund, **more: Any) -> Entry:  # noqa: ANN401 - fields of Entry
    return Entry(zone=row.group.zone, path=row.get_absolute_url(), **more)


def _day(row: Commitment | Fund, asked: Asking, stamp: datetime, alarms: Alarms) -> Entry:
    due = asked.due
    missing = amount_in(decimal_text(asked.missing.value, 4), asked.missing.unit)
    told = {"title": row.title, "party": party_name(due.giver), "quantity": missing}
    return _entry(
        row, uid=f"{row.subject}-{due.instalment}-{due.giver}-{due.first_due:%Y%m%d}"
        .replace("/", "-").replace(" ", "-"),
        title=_("Due: %(title)s, %(quantity)s of %(party)s") % told, begins=due.due,
        stamp=stamp, alarms=alarms,
    )  # fmt: skip


def _replies(one: Ongoing, own: frozenset[str], stamp: datetime) -> Iterator[Entry]:
    for dispute, party in one.unanswered:
        if concerns(own, party, dispute.by):
            told = {"title": one.row.title, "party": party_name(party)}
            yield _entry(
                one.row, uid=f"reply-{dispute.id}",
                title=_("By now: %(party)s answers a dispute (%(title)s)") % told,
                text=_("Without an answer it is upheld."), begins=dispute.due, ends=dispute.due,
                stamp=stamp, alarms=ALARMS if party in own else (),
            )  # fmt: skip


def funded(viewer: Viewer, groups: Sequence[int]) -> Iterator[Entry]:
    """Days of contributions, and the ends of releases at once."""
    for held in kept(visible(Fund.objects.filter(group__in=groups), viewer), viewer.at):
        own = own_parties(viewer, held.row.group_id)
        stamp = max([held.row.created_at, *(step.at for step in held.row.steps.all())])
        for asked in held.askings:
            if concerns(own, asked.due.giver) and _near(asked, viewer.at):
                yield _day(held.row, asked, stamp, DAYS if own else ())
        yield from _releases(held, viewer.seats_in(held.row.group_id), own, stamp)


def _releases(
    held: Kept, seats: Sequence[Seat], own: frozenset[str], stamp: datetime
) -> Iterator[Entry]:
    keeps = any(keeps_books(seat) for seat in seats)
    for request, until in held.releasable:
        if held.state.at <= until and (keeps or concerns(own, request.by)):
            told = {"title": held.row.title, "party": party_name(request.by)}
            yield _entry(
                held.row, uid=f"release-{held.row.pk}-{request.id}",
                title=_("By now: money released at once on a request of %(party)s (%(title)s)")
                % told,
                text=_("Later the meeting decides."), begins=until, ends=until, stamp=stamp,
                alarms=ALARMS if keeps else (),
            )  # fmt: skip


def scored(viewer: Viewer, groups: Sequence[int]) -> Iterator[Entry]:
    """Until when a person's own parties may reply to their scores."""
    rows = visible(Assessment.objects.filter(group__in=groups), viewer)
    for one in awaited(rows, viewer.at):
        if one.state in own_parties(viewer, one.row.group_id):
            told = {"title": one.row.title, "party": party_name(one.state)}
            yield Entry(
                uid=f"score-{one.row.pk}-{one.state}", zone=one.row.group.zone, path=one.url,
                title=_("By now: %(party)s replies to its score, if it wishes (%(title)s)") % told,
                text=_("Later it stands without its words."), begins=one.until, ends=one.until,
                stamp=one.begun, alarms=ALARMS,
            )  # fmt: skip
