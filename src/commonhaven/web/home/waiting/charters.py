"""Charters: the first draft to begin, positions to declare, drafts to adopt."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.web.groups import policy
from commonhaven.web.groups.consent import Standing, standings
from commonhaven.web.groups.models import CharterVersion, Group
from commonhaven.web.groups.queries import binding_of, in_force_first
from commonhaven.web.home.waiting.task import Seats, Task
from commonhaven.web.kit.audience import Seat, Viewer, visible


def tasks(seats: Seats, viewer: Viewer) -> Iterator[tuple[int, Task]]:
    """What waits because of a draft; where nothing binds and nobody began, that somebody begins."""
    rows = CharterVersion.objects.filter(group__in=seats, status=CharterVersion.Status.DRAFT)
    drafts = list(visible(rows, viewer).select_related("group").order_by("pk"))
    stood = standings(drafts, viewer.at)
    for draft in drafts:
        own = seats[draft.group_id]
        yield from ((draft.group_id, one) for one in _of_draft(draft, stood[draft.pk], own))
    begun = {draft.group_id for draft in drafts}
    yield from _first({group: own for group, own in seats.items() if group not in begun}, viewer)


def _of_draft(draft: CharterVersion, stood: Standing, own: Sequence[Seat]) -> Iterator[Task]:
    about, url = str(draft), draft.get_absolute_url()
    for party in sorted({seat.party for seat in own if policy.binds(seat)} & set(stood.silent)):
        due = None if party in stood.must else stood.opens
        yield Task(
            what=_("Declare your position on a draft charter"), about=about, url=url, due=due,
            party=party,
        )  # fmt: skip
    if stood.ready and any(policy.runs(seat) for seat in own):
        yield Task(what=_("Adopt the charter to which all have consented"), about=about, url=url)


def _first(seats: Seats, viewer: Viewer) -> Iterator[tuple[int, Task]]:
    running = [group for group, own in seats.items() if any(policy.runs(seat) for seat in own)]
    versions: dict[int, list[CharterVersion]] = {}
    for version in in_force_first(running):
        versions.setdefault(version.group_id, []).append(version)
    groups = Group.objects.in_bulk(running)
    for group in running:
        if binding_of(versions.get(group, []), viewer.at.date()) is None:
            url = reverse("groups:charters", args=[groups[group].slug])
            yield group, Task(what=_("Draft the charter"), about=str(groups[group]), url=url)
