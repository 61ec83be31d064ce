"""The processes that ship, and their rosters on a day."""

from collections.abc import Mapping
from datetime import date

import pytest

from commonhaven.processes import Process, Roster, processes, roster

DAY = date(2026, 11, 25)


@pytest.fixture(scope="session")
def known() -> Mapping[str, Process]:
    return processes()


@pytest.fixture(scope="session")
def rosters(known: Mapping[str, Process]) -> Mapping[str, Roster]:
    return {name: roster(each, DAY) for name, each in known.items()}
