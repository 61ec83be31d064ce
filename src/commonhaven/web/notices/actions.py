"""What is done to notices and calendars, by the name that other slices call."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from commonhaven.web.accounts.models import User
from commonhaven.web.kit.audience import Viewer
from commonhaven.web.kit.refused import Unknown
from commonhaven.web.notices.models import Feed, Notice
from commonhaven.web.notices.queries import notices_for
from commonhaven.web.notices.rounds import Done, tick

__all__ = [
    "Done", "feed_owner", "make_feed", "mark_all_read", "mark_read", "tick", "withdraw_feed",
]  # fmt: skip


def mark_read(*, pk: int, by: Viewer, at: datetime) -> Notice:
    """Mark one's own notice as read; Unknown for any other."""
    row = notices_for(by).filter(pk=pk).first()
    if row is None:
        raise Unknown("there is no such notice", fix="Look in your list of notices.")
    if row.read_at is None:
        row.read_at = at
        row.save(update_fields=["read_at"])
    return row


def mark_all_read(*, by: Viewer, at: datetime, group: str = "") -> int:
    """Mark all of one's own notices as read, or those of one group; how many."""
    rows = notices_for(by).filter(read_at__isnull=True)
    if group:
        rows = rows.filter(group__slug=group)
    keys = list(rows.values_list("pk", flat=True))
    return Notice.objects.filter(pk__in=keys).update(read_at=at)


@transaction.atomic
def make_feed(*, user: User, at: datetime) -> str:
    """Make the secret of a person's calendar address, or a new one in place of the old."""
    token = secrets.token_urlsafe(32)
    Feed.objects.update_or_create(user=user, defaults={"token_hash": hashed(token), "made_at": at})
    return token


def withdraw_feed(*, user: User) -> None:
    """End the address of a person's calendar."""
    Feed.objects.filter(user=user).delete()


def feed_owner(token: str) -> User | None:
    """Whose calendar an address is; None for an unknown one or an account that is closed."""
    feed = Feed.objects.select_related("user").filter(token_hash=hashed(token)).first()
    return feed.user if feed and feed.user.is_active else None


def hashed(token: str) -> str:
    """What is kept of a secret address."""
    return hashlib.sha256(token.encode()).hexdigest()
