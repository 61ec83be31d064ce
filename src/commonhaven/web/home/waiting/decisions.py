"""Decisions: votes to cast, votes to close, rules agreed beforehand to record."""

from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.web.decisions.models import Decision
from commonhaven.web.decisions.policy import may_close, may_vote
from commonhaven.web.decisions.waiting import Waiting, waiting_of
from commonhaven.web.home.waiting.task import Seats, Task, Words
from commonhaven.web.kit.audience import Viewer, visible
from commonhaven.web.kit.refused import may
from commonhaven.web.meetings.queries import Standing


def tasks(
    seats: Seats, stood: Mapping[int, Standing], viewer: Viewer
) -> Iterator[tuple[int, Task]]:
    """What waits because of open questions, and of meetings that ended in deadlock."""
    running = {group for group, own in seats.items() if any(may(may_close, s) for s in own)}
    rows = Decision.objects.filter(group__in=seats, status=Decision.Status.OPEN)
    rows = visible(rows, viewer).select_related("group", "meeting", "plan", "charter")
    decisions = list(rows.prefetch_related("votes").order_by("closes_at", "number"))
    for decision, waiting in waiting_of(decisions, stood, viewer.at):
        group = decision.group_id
        voting = {seat.party for seat in seats[group] if may(may_vote, seat)}
        yield from ((group, one) for one in _of_question(decision, waiting, voting))
        if waiting.over and group in running:
            yield group, _about(decision, _("Close the vote"))
    yield from _defaults(running, stood)


def _of_question(decision: Decision, waiting: Waiting, voting: set[str]) -> Iterator[Task]:
    for party in sorted(voting & waiting.votes):
        yield _about(decision, _("Vote"), party)


def _about(decision: Decision, what: Words, party: str = "") -> Task:
    return Task(
        what=what, about=decision.title, url=decision.get_absolute_url(), party=party,
        due=decision.closes_at if party else None,
    )  # fmt: skip


def _defaults(running: set[int], stood: Mapping[int, Standing]) -> Iterator[tuple[int, Task]]:
    """Meetings that ended in deadlock, where the charter's own rule is not on record yet."""
    ended = {
        pk: one
        for pk, one in stood.items()
        if one.meeting.group_id in running
        and one.state.stage == "default"
        and one.meeting.situation_id
    }
    recorded = set(
        Decision.objects.filter(meeting__in=list(ended), mode="default").values_list(
            "meeting", flat=True
        )
    )
    for pk, one in ended.items():
        if pk not in recorded:
            slug = one.meeting.group.slug
            yield one.meeting.group_id, Task(
                what=_("Record that the rules agreed beforehand apply"), about=one.meeting.title,
                url=reverse("plans:proposals", args=[slug, pk]),
            )  # fmt: skip
