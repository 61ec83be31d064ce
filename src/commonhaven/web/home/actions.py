"""Remember how far a person has read."""

from datetime import datetime

from django.db import transaction

from commonhaven.web.groups.models import Group
from commonhaven.web.home.models import Look


@transaction.atomic
def take_note(*, user: int, group: Group, until: datetime, at: datetime) -> None:
    """What happened up to an instant is no news any more; never later than now, never back."""
    look, made = Look.objects.select_for_update().get_or_create(
        user_id=user, group=group, defaults={"seen_at": min(until, at)}
    )
    if not made and min(until, at) > look.seen_at:
        look.seen_at = min(until, at)
        look.save(update_fields=["seen_at"])
