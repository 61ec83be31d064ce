"""One thing to tell at its time, and the periods by which it is told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from commonhaven.instruments import entry
from commonhaven.web.kit.audience import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One thing to tell of a clock or of something owed, to the people of some parties."""

    kind: str
    item: Item
    subject: str
    key: str
    facts: dict[str, Any]
    due: datetime
    named: frozenset[str]


def period(name: str, at: datetime) -> int:
    """A period of the instrument `notices` in force on a day."""
    return int(entry("notices", name, at.date()).number)
