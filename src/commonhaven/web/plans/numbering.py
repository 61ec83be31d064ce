"""Numbers that run through a group, safe however many write at once."""

from django.db.models import Max, Model, QuerySet

from commonhaven.record import GENESIS
from commonhaven.web.groups.models import Group
from commonhaven.web.record.models import Head


def next_number(group: Group, rows: "QuerySet[Model]") -> int:
    """The number after the last; the group's head is locked until the transaction ends."""
    Head.objects.get_or_create(group=group, defaults={"hash": GENESIS})
    Head.objects.select_for_update().get(group=group)
    last: int | None = rows.filter(group=group).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
