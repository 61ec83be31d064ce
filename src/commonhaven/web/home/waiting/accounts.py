"""Seats whose credentials wait for whoever runs the group."""

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commonhaven.web.accounts.models import Seat
from commonhaven.web.accounts.policy import runs
from commonhaven.web.home.waiting.task import Seats, Task
from commonhaven.web.kit.audience import Viewer


def tasks(seats: Seats, viewer: Viewer) -> Iterator[tuple[int, Task]]:
    """One task a group, with the number of seats: nobody accepts the own credentials."""
    running = [group for group, own in seats.items() if any(runs(seat) for seat in own)]
    rows = Seat.objects.filter(group__in=running, accepted_at=None, refused_at=None)
    rows = rows.exclude(user=viewer.user).exclude(until__lt=viewer.at.date())
    for slug, group, number in (
        rows.values_list("group__slug", "group").annotate(number=Count("pk")).order_by("group")
    ):
        yield group, Task(
            what=_("Accept credentials"), about=str(_("People of the group")),
            url=reverse("people:list", args=[slug]), count=number,
        )  # fmt: skip
