"""Write one act into a group's record."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from commonhaven.reading import canonical
from commonhaven.record import GENESIS, Content, entry
from commonhaven.web.groups.models import Caucus, Group
from commonhaven.web.kit.audience import Audience, Item, Seat
from commonhaven.web.record.models import Entry, Head
from commonhaven.web.record.signals import written


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """For whom an entry is."""

    audience: str = Audience.MEMBERS
    caucus: Caucus | None = None
    release_at: datetime | None = None

    @classmethod
    def of(cls, item: Item) -> "Placing":
        """The same as an item's."""
        return cls(audience=item.audience, caucus=item.caucus, release_at=item.release_at)


PUBLIC = Placing(audience=Audience.PUBLIC)
MEMBERS = Placing()


def hold(group: Group) -> Head:
    """The end of a group's chain, locked until the transaction ends.

    Whoever writes next, or takes a number or a name that is the group's only one, waits.
    """
    Head.objects.get_or_create(group=group, defaults={"hash": GENESIS})
    return Head.objects.select_for_update().get(group=group)


@transaction.atomic
def write(
    group: Group,
    act: str,
    body: Mapping[str, Any],
    *,
    by: Seat | None,
    at: datetime,
    subject: str = "",
    placing: Placing = MEMBERS,
) -> Entry:
    """Append one act; it stands when the transaction does, together with what it records.

    ``by``: the seat that acts, None for the platform itself. The group's head is locked first, so
    that acts have one order.
    """
    head = hold(group)
    text = canonical(body)
    content = Content(
        number=head.number + 1,
        at=instant(at),
        act=act,
        subject=subject,
        party=by.party if by else "",
        capacity=by.capacity if by else "",
        audience=str(placing.audience),
        release=instant(placing.release_at) if placing.release_at else "",
        body=dict(body),
        salt=secrets.token_hex(16),
    )
    linked = entry(content, head.hash)
    row = Entry.objects.create(
        group=group, audience=placing.audience, caucus=placing.caucus,
        release_at=placing.release_at, created_at=at, number=content.number, act=act,
        subject=subject, party=content.party, capacity=content.capacity, body=text,
        released=content.release, salt=content.salt, seal=linked.seal, previous=linked.previous,
        hash=linked.hash, person_id=by.user if by else None,
    )  # fmt: skip
    head.number, head.hash = content.number, linked.hash
    head.save(update_fields=["number", "hash"])
    written.send(sender=Entry, entry=row)
    return row


def instant(at: datetime) -> str:
    """An instant as the record writes it: UTC, microseconds, Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
