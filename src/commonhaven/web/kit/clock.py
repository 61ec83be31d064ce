"""The instant at which the platform acts.

In demonstration mode the clock can be moved forward, so that a meeting's two or three days pass in
a minute. Everywhere else it is the machine's.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import F


class Moved(models.Model):
    """How far the demonstration's clock is ahead of the machine's; one row at most."""

    seconds = models.BigIntegerField(default=0)

    class Meta:
        app_label = "kit"


def now() -> datetime:
    """The present instant, in UTC."""
    machine = datetime.now(UTC)
    return machine + ahead() if settings.DEMONSTRATION else machine


def ahead() -> timedelta:
    """How far the demonstration's clock is ahead."""
    seconds = Moved.objects.values_list("seconds", flat=True).first()
    return timedelta(seconds=seconds or 0)


@transaction.atomic
def move(step: timedelta) -> None:
    """Move the demonstration's clock forward; it never goes back, because the record does not."""
    if not settings.DEMONSTRATION:
        raise RuntimeError("the clock can be moved in demonstration mode only")
    if step < timedelta(0):
        raise ValueError("the clock is moved forward only")
    Moved.objects.get_or_create(pk=1)
    Moved.objects.filter(pk=1).update(seconds=F("seconds") + int(step.total_seconds()))
