"""Files taken in for a group."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flows_world import Taken

from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.flows.actions import take_in
from commonhaven.web.flows.models import FlowFile
from commonhaven.web.flows.queries import files_for
from commonhaven.web.flows.staging import stage
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.record.actions import MEMBERS


@pytest.fixture
def taken(
    group: Group, seat: Callable[[str], Seat], person: Callable[[str], Any], now: datetime
) -> Taken:
    """Take a file in, as the treasurer."""

    def take(path: Path, *, title: str = "Money of the region", placing: Any = MEMBERS) -> FlowFile:
        by = seat("treasurer")
        among = files_for(viewer_of(person("treasurer"), now), group)
        load = stage(path, path.name, group=group, person=by.user, among=among)
        return take_in(load=load, title=title, source="A source", by=by, at=now, placing=placing)

    return take
