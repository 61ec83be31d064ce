"""Numbers that run through a group, safe however many write at once."""

from django.db.models import Max, Model, QuerySet

from commonhaven.web.groups.models import Group
from commonhaven.web.record.actions import hold


def next_number(group: Group, rows: "QuerySet[Model]") -> int:
    """The number after the last; the group's head is locked until the transaction ends."""
    hold(group)
    last: int | None = rows.filter(group=group).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
