"""The items of one shade of audience, as they are made."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from access_words import Words
from django.db.models import Model

from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.plans.models import Plan
from commonhaven.web.record.actions import Placing


@dataclass(slots=True, kw_only=True)
class Bundle:
    """The items of one shade, by table; ``plant`` marks a field with a word of the shade."""

    group: Group
    shade: str
    placing: Placing
    by: Seat
    at: datetime
    words: Words
    rows: dict[type[Model], list[Any]] = field(default_factory=dict)
    hangs_on: "Bundle | None" = None
    """Whose meeting, plan and decision the parts belong to; its own where it is None."""
    pattern: Plan | None = None
    """A plan that everybody may see."""

    def plant(self, where: str) -> str:
        return self.words.plant(self.shade, where)

    @property
    def place(self) -> dict[str, Any]:
        return {
            "group": self.group, "audience": self.placing.audience, "caucus": self.placing.caucus,
            "release_at": self.placing.release_at, "created_at": self.at,
        }  # fmt: skip

    def keep(self, row: Any) -> Any:
        self.rows.setdefault(type(row), []).append(row)
        return row

    def first(self, model: type[Model]) -> Any:
        held = self.rows.get(model) or (self.hangs_on.rows[model] if self.hangs_on else [])
        return held[0]

    def above(self, model: type[Model]) -> Any:
        """What parts belong to."""
        return (self.hangs_on or self).rows[model][0]
