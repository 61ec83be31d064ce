"""Scores to which a state may still reply, for many groups at once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from commonhaven.web.good_faith.models import Assessment, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A state that may reply to its score until an instant, and has not."""

    row: Assessment
    state: str
    begun: datetime
    """When the time for it began."""
    until: datetime

    @property
    def url(self) -> str:
        return self.row.state_url(self.state)


def awaited(rows: QuerySet[Assessment], at: datetime) -> list[Awaited]:
    """The replies that can be given to some assessments now; a few queries, however many there are.

    Whoever replied since the time began is not waited for, though it may say more.
    """
    versions = Version.objects.defer("facts").order_by("state", "number")
    held = rows.filter(status=Assessment.Status.PUBLISHED).select_related("group", "caucus")
    return [
        one
        for row in held.prefetch_related(Prefetch("versions", versions), "replies").order_by("pk")
        for one in _of(row)
        if one.until >= at
    ]


def _of(row: Assessment) -> Iterator[Awaited]:
    by_state: dict[str, list[Version]] = {}
    for version in row.versions.all():
        by_state.setdefault(version.state, []).append(version)
    answered = {(reply.state, reply.version) for reply in row.replies.all()}
    for state, versions in by_state.items():
        running = _running(versions)
        if not answered & {(state, version.number) for version in running}:
            yield Awaited(row=row, state=state, begun=running[0].at, until=running[0].replies_until)


def _running(versions: Sequence[Version]) -> list[Version]:
    """The versions since the time for a reply last began."""
    return [each for each in versions if each.replies_until == versions[-1].replies_until]
