"""The round: tell what was not told, remind, mail. Run every minute; two never run at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from commonhaven.web.groups.models import Group
from commonhaven.web.notices.mail import send_waiting
from commonhaven.web.notices.models import Round, Told
from commonhaven.web.notices.reminder import period
from commonhaven.web.notices.reminders import remind
from commonhaven.web.notices.telling import tell
from commonhaven.web.record.models import Entry

STUCK = timedelta(minutes=10)
"""After this long a round that did not end is taken as broken off."""
MANY = 500
"""Acts that one round tells of a group at most; the next one goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a round did. ``ran`` is false where another one was at it."""

    ran: bool
    told: int = 0
    reminded: int = 0
    mailed: int = 0


def tick(at: datetime) -> Done:
    """Run one round. It can run as often or as rarely as one likes: nothing is told twice."""
    if not _begun(at):
        return Done(ran=False)
    try:
        groups = list(Group.objects.order_by("pk"))
        told = sum(_catch_up(group, at) for group in groups)
        reminded = sum(remind(group, at) for group in groups)
        mailed = send_waiting(at)
    finally:
        Round.objects.filter(pk=1).update(begun_at=None, ended_at=at)
    return Done(ran=True, told=told, reminded=reminded, mailed=mailed)


def _begun(at: datetime) -> bool:
    Round.objects.get_or_create(pk=1)
    free = Q(begun_at__isnull=True) | Q(begun_at__lt=at - STUCK)
    return Round.objects.filter(free, pk=1).update(begun_at=at) == 1


def _catch_up(group: Group, at: datetime) -> int:
    """Tell the acts that were not told when they were done; too old ones are passed over."""
    mark, _ = Told.objects.get_or_create(group=group)
    oldest = at - timedelta(days=period("told_late_days", at))
    rows = Entry.objects.filter(group=group, number__gt=mark.number).order_by("number")
    done = 0
    for entry in rows.select_related("group", "caucus")[:MANY]:
        if entry.created_at >= oldest:
            done += tell(entry)
        mark.number = entry.number
    mark.save(update_fields=["number"])
    return done
