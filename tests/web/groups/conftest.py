"""A group that is being founded, and a charter of two states to try things on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from commonhaven.web.accounts.models import Seat, User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.groups import actions
from commonhaven.web.groups.models import CharterVersion, Group
from commonhaven.web.kit.audience import Seat as Place

TEXT = """\
[group]
id = "pair"
name = {{ en = "The pair" }}
version = "{version}"
in_force = {day}
{more}
[[members]]
state = "GHA"
tier = "inner core"
since = {day}

[[members]]
state = "FRA"
tier = "outer core"
since = {day}

[[participants]]
party = "UNHCR"
role = "secretariat"
may_convene = true

[costs]
ceiling = "1"
"""


def text(day: date, *, version: str = "1", more: str = "", after: str = "") -> str:
    return TEXT.format(day=day, version=version, more=more) + after


@dataclass(frozen=True)
class Founding:
    """A group without a charter, with seats that write its first one."""

    group: Group
    at: datetime

    def seat(
        self, party: str, capacity: str = "head of delegation", *, accepted: bool = True
    ) -> Place:
        email = f"{party}-{capacity}@example.org".replace(" ", "-").lower()
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(email, None, label=f"{capacity} of {party}")
            Seat.objects.create(
                user=user, group=self.group, party=party, capacity=capacity,
                since=date(2026, 1, 1), accepted_at=self.at if accepted else None,
            )  # fmt: skip
        return viewer_of(user, self.at).seats_in(self.group.pk)[0]

    def secretariat(self) -> Place:
        return self.seat("UNHCR", "secretariat")

    def draft(self, toml: str) -> CharterVersion:
        return actions.draft_charter(group=self.group, text=toml, by=self.secretariat(), at=self.at)

    def adopted(self, toml: str | None = None) -> CharterVersion:
        """The first charter, adopted by the consent of both states."""
        made = self.draft(toml or text(self.at.date()))
        for party in ("GHA", "FRA"):
            actions.consent(
                charter=made, choice="yes", revision=made.revision, by=self.seat(party), at=self.at
            )
        return actions.adopt_charter(charter=made, by=self.secretariat(), at=self.at)


@pytest.fixture
def founding(db: None, now: datetime) -> Founding:
    made = Group.objects.create(slug="pair", name={"en": "Pair"}, created_at=now)
    return Founding(group=made, at=now)


@pytest.fixture
def charter_text() -> Callable[..., str]:
    return text
