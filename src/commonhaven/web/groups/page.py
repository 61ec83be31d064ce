"""What a group's page leads to: what it keeps, as far as the viewer sees it, and first acts."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from commonhaven.web.decisions.models import Decision
from commonhaven.web.groups import policy
from commonhaven.web.groups.models import ChairTerm, CharterVersion, Group
from commonhaven.web.kit.audience import Viewer, visible
from commonhaven.web.kit.places import url_of
from commonhaven.web.kit.refused import may
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.meetings.policy import acts
from commonhaven.web.plans.models import Plan
from commonhaven.web.record.models import Entry
from commonhaven.web.situations.models import Situation
from commonhaven.web.situations.policy import may_open


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Something of a group that is not closed yet, and where it is shown."""

    kind: str
    title: str
    url: str


def open_in(group: Group, viewer: Viewer) -> list[Open]:
    """Meetings, decisions and situations that are open and that the viewer may see."""
    lists = (
        ("meeting", _("Meeting"), Meeting.objects.filter(group=group, closed_at=None)),
        ("decision", _("Decision"), Decision.objects.filter(group=group, status="open")),
        ("situation", _("Situation"), Situation.objects.filter(group=group, closed_at=None)),
    )
    return [
        Open(kind=kind, title=str(row), url=url_of(f"{subject}/{row.pk}", group.slug))
        for subject, kind, rows in lists
        for row in visible(rows, viewer)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A page of the group; ``count``: how much on it the viewer sees."""

    title: str
    url: str
    count: int = 0


def kept(group: Group, viewer: Viewer) -> list[Link]:
    """The lists of the group, each with the number of what the viewer sees in it."""
    lists = (
        (_("Situations"), "situations:list", Situation.objects.all()),
        (_("Meetings"), "meetings:list", Meeting.objects.all()),
        (_("Plans"), "plans:list", Plan.objects.all()),
        (_("Decisions"), "decisions:list", Decision.objects.all()),
        (_("Record"), "record:show", Entry.objects.all()),
    )
    return [
        Link(
            title=title, url=reverse(name, args=[group.slug]),
            count=visible(rows.filter(group=group), viewer).count(),
        )
        for title, name, rows in lists
    ]  # fmt: skip


def first_acts(
    group: Group, viewer: Viewer, charter: CharterVersion | None, chair: ChairTerm | None
) -> Iterator[Link]:
    """What can be begun in a group that a charter binds."""
    if charter is None:
        return
    seats = viewer.seats_in(group.pk)
    if any(may(may_open, seat) for seat in seats):
        yield _link(group, _("Open a situation"), "situations:open")
    if any(acts(s) and (s.member or s.may_convene or policy.runs(s)) for s in seats):
        yield _link(group, _("Convene a meeting"), "meetings:convene")
    if chair is None and any(policy.runs(seat) for seat in seats):
        yield _link(group, _("Seat a chair"), "groups:seat_chair")


def _link(group: Group, title: str, name: str) -> Link:
    return Link(title=title, url=reverse(name, args=[group.slug]))
