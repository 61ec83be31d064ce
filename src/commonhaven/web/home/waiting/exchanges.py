"""Exchange: what other groups ask and offer, and own questions to close."""

from collections.abc import Iterator
from datetime import UTC

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from commonhaven.web.commitments.dated import end_of
from commonhaven.web.exchange.models import Answer, Offer, Question
from commonhaven.web.exchange.policy import speaks
from commonhaven.web.groups.models import Group
from commonhaven.web.home.waiting.task import Seats, Task, Words
from commonhaven.web.kit.audience import Viewer, visible

OFFERED = {
    Offer.Kind.OBSERVER: _("Answer an offer of observer status"),
    Offer.Kind.PRESENTATION: _("Answer an invitation to present"),
}


def tasks(seats: Seats, viewer: Viewer) -> Iterator[tuple[int, Task]]:
    """What waits for whoever speaks for a group to others."""
    running = [group for group, own in seats.items() if any(speaks(seat) for seat in own)]
    yield from _asked(running, viewer)
    yield from _answered(running, viewer)
    rows = Offer.objects.filter(to__in=running, status=Offer.Status.OFFERED)
    for row in visible(rows, viewer).select_related("to").order_by("pk"):
        assert row.to is not None  # noqa: S101 - it is one of those asked for
        yield (
            row.to.pk,
            Task(what=OFFERED[Offer.Kind(row.kind)], about=row.title, url=row.url_in(row.to)),
        )


def _asked(running: list[int], viewer: Viewer) -> Iterator[tuple[int, Task]]:
    """Questions put to a group that it has not answered."""
    own = Answer.objects.filter(question=OuterRef("pk"), group=OuterRef("to"))
    rows = Question.objects.filter(~Exists(own), to__in=running, status=Question.Status.OPEN)
    for row in visible(rows, viewer).select_related("to").order_by("due", "pk"):
        assert row.to is not None  # noqa: S101 - it is one of those asked for
        yield row.to.pk, _task(row, row.to, _("Answer a question of another group"))


def _answered(running: list[int], viewer: Viewer) -> Iterator[tuple[int, Task]]:
    """A group's own questions that were answered, or whose day has passed."""
    rows = Question.objects.filter(group__in=running, status=Question.Status.OPEN)
    rows = visible(rows, viewer).annotate(answered=Count("answers"))
    for row in rows.select_related("group").order_by("due", "pk"):
        if row.answered or row.due < viewer.at.astimezone(UTC).date():
            yield row.group_id, Task(
                what=_("Close your question: say what you take from it"), about=row.title,
                url=row.get_absolute_url(), count=row.answered,
            )  # fmt: skip


def _task(row: Question, group: Group, what: Words) -> Task:
    return Task(what=what, about=row.title, url=row.url_in(group), due=end_of(row.due, group.zone))
