"""The decisions and meetings that an act on a fund can name: whoever sees the fund sees them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from commonhaven.web.decisions.models import Decision
from commonhaven.web.decisions.queries import carried_out
from commonhaven.web.funds.models import Fund
from commonhaven.web.kit.audience import Viewer, visible
from commonhaven.web.meetings.models import Meeting
from commonhaven.web.record.actions import Placing
from commonhaven.web.situations.policy import within


@dataclass(frozen=True, slots=True, kw_only=True)
class Nameable:
    """What can be named; ``narrower``: whether the viewer sees others, which are for fewer."""

    choices: list[tuple[str, str]]
    narrower: bool


def decisions(row: Fund, viewer: Viewer) -> Nameable:
    """The decisions in force that an act can carry out."""
    choices = carried_out(row)
    adopted = Decision.objects.filter(group=row.group, status=Decision.Status.ADOPTED)
    seen = visible(adopted, viewer)
    named = {subject for subject, _title in choices}
    return Nameable(choices=choices, narrower=any(one.subject not in named for one in seen))


def called_on(row: Fund, viewer: Viewer) -> QuerySet[Meeting]:
    """The meetings that a request can name: the viewer sees them, and so does whoever sees it."""
    rows = visible(Meeting.objects.filter(group=row.group), viewer).select_related("caucus")
    named = [meeting.pk for meeting in rows if within(Placing.of(row), meeting)]
    return Meeting.objects.filter(pk__in=named).order_by("-pk")


def meetings(row: Fund, viewer: Viewer) -> Nameable:
    """The latest meetings that a request can name, by their keys."""
    choices = [(str(one.pk), one.title) for one in called_on(row, viewer)[:50]]
    seen = visible(Meeting.objects.filter(group=row.group), viewer).count()
    return Nameable(choices=choices, narrower=seen > len(choices))
