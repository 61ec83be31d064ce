"""Play the demonstration's story, so that every page has something to show."""

from datetime import datetime, timedelta

from django.db import transaction

from commonhaven.web.groups.models import Group
from commonhaven.web.operation.demonstration.found import found, people


@transaction.atomic
def make(at: datetime) -> None:
    """Make the demonstration, ending at ``at``; where it is there already, nothing is done."""
    if Group.objects.filter(demonstration=True).exists():
        return
    accounts = people()
    found(accounts, at - timedelta(days=40))
