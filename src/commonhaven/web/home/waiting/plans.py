"""Tabled plans: UNHCR's opinion to ask for, to give, to note as missing."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from commonhaven.web.decisions.models import Decision
from commonhaven.web.home.waiting.task import Seats, Task, Words
from commonhaven.web.kit.audience import Seat, Viewer, visible
from commonhaven.web.kit.refused import may
from commonhaven.web.plans.models import Asked, Opinion, Plan
from commonhaven.web.plans.policy import may_ask, may_give_opinion


def tasks(seats: Seats, viewer: Viewer) -> Iterator[tuple[int, Task]]:
    """Plans before a meeting, as the talks have left them, on which UNHCR was not heard yet."""
    voting = Decision.objects.filter(plan=OuterRef("pk"), status=Decision.Status.OPEN)
    heard = Opinion.objects.filter(plan=OuterRef("pk"), party="UNHCR", capacity="unhcr")
    rows = Plan.objects.filter(
        ~Exists(voting), ~Exists(heard), group__in=seats, status=Plan.Status.TABLED,
        next__isnull=True, asked__noted_at=None,
    )  # fmt: skip
    rows = visible(rows, viewer).defer("text", "talks").select_related("asked", "group")
    for plan in rows.order_by("pk"):
        own = seats[plan.group_id]
        asked: Asked | None = getattr(plan, "asked", None)
        if asked is not None and any(_for_unhcr(seat) for seat in own):
            yield _task(plan, _("Give UNHCR's opinion on a plan"), asked.due_at)
        if not any(may(may_ask, seat) for seat in own):
            continue
        if asked is None:
            yield _task(plan, _("Ask UNHCR for its opinion on a plan"))
        elif asked.due_at < viewer.at:
            yield _task(plan, _("Note that UNHCR gave no opinion in time"))


def _for_unhcr(seat: Seat) -> bool:
    return seat.capacity == "unhcr" and may(may_give_opinion, seat)


def _task(plan: Plan, what: Words, due: datetime | None = None) -> tuple[int, Task]:
    about = f"{plan.number}: {plan.title}"
    return plan.group_id, Task(what=what, about=about, url=plan.get_absolute_url(), due=due)
