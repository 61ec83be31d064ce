"""Set the demonstration group up: its people, its charter, its chair."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from commonhaven.charter import shipped
from commonhaven.reading.toml import read_text
from commonhaven.web.accounts.actions import (
    Offer,
    accept_credentials,
    accept_invitation,
    invite,
)
from commonhaven.web.accounts.models import Seat as SeatRow
from commonhaven.web.accounts.models import User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.groups.adoption import adopt_charter, consent, deposit_consent
from commonhaven.web.groups.chairing import seat_chair
from commonhaven.web.groups.consent import standing
from commonhaven.web.groups.drafting import comment, draft_charter
from commonhaven.web.groups.founding import Frame, create_group, make_caucus
from commonhaven.web.groups.models import Group
from commonhaven.web.kit.audience import Seat
from commonhaven.web.operation.demonstration.cast import ADMINISTRATOR, CAST, SECRETARIAT, Part

CHARTER = "west-africa"
FIRST_DAY = "2026-01-01"
"""The day from which the shipped example binds; the demonstration binds from its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The group and its people."""

    group: Group
    accounts: Mapping[str, User]

    def seat(self, who: str, at: datetime) -> Seat:
        return seat_of(self.accounts[who], self.group, at)


def people() -> dict[str, User]:
    """The accounts, without passwords: they are entered by one click, in demonstrations only."""
    return {
        part.id: User.objects.create_user(
            part.email, None, label=part.label, zone=part.zone, demonstration=True,
            administrator=part is ADMINISTRATOR,
        )
        for part in (SECRETARIAT, *CAST)
    }  # fmt: skip


def found(accounts: Mapping[str, User], at: datetime) -> Group:
    """The group with its charter adopted, everybody seated, a caucus, and Ghana in the chair."""
    frame = Frame(slug="west-africa", name="Group for West Africa", zone="Africa/Accra")
    administrator = viewer_of(accounts["administrator"], at)
    group, _, token = create_group(
        frame=frame, email=SECRETARIAT.email, party=SECRETARIAT.party, label=SECRETARIAT.label,
        by=administrator, at=at,
    )  # fmt: skip
    Group.objects.filter(pk=group.pk).update(demonstration=True)
    accept_invitation(token=token, at=at, user=accounts["secretariat"])
    for part in CAST:
        seat_part(group, accounts, part, at)
    adopted_at = at + timedelta(days=2)
    adopt(group, accounts, at, adopted_at)
    secretariat = seat_of(accounts["secretariat"], group, adopted_at)
    day = adopted_at.date()
    term = day + timedelta(days=364)
    seat_chair(
        group=group, party="GHA", since=day, until=term, by=secretariat, at=adopted_at
    )  # fmt: skip
    hosts = ("CIV", "GHA", "GIN", "SLE")
    make_caucus(group=group, name="Host states", parties=hosts, by=secretariat, at=adopted_at)
    group.refresh_from_db()
    return group


def seat_of(user: User, group: Group, at: datetime) -> Seat:
    """The seat in which a person acts at an instant."""
    return viewer_of(user, at).seats_in(group.pk)[0]


def seat_part(group: Group, accounts: Mapping[str, User], part: Part, at: datetime) -> None:
    """Invite one of the cast, let it take its seat, and accept its credentials."""
    secretariat = seat_of(accounts["secretariat"], group, at)
    offer = Offer(
        email=part.email, label=part.label, party=part.party, capacity=part.capacity,
        since=at.date(), until=None, credentials=f"Note of {at:%d %B %Y}",
    )  # fmt: skip
    _, token = invite(group=group, offer=offer, by=secretariat, at=at)
    taken = accept_invitation(token=token, at=at, user=accounts[part.id])
    accept_credentials(seat=SeatRow.objects.get(pk=taken.pk), by=secretariat, at=at)


def charter_text(day: date) -> str:
    """The shipped example, in force from a day, with the default on deadlock switched on."""
    text = read_text(shipped()[CHARTER], f"{CHARTER}.toml").replace(FIRST_DAY, day.isoformat())
    return text.replace(
        "[convening]\n", '[convening]\nzone = "Africa/Accra"\ndefault_on_deadlock = true\n'
    )


def adopt(
    group: Group, accounts: Mapping[str, User], drafted_at: datetime, adopted_at: datetime
) -> None:
    """Draft the charter; members with a seat consent themselves, the others by instrument."""
    secretariat = seat_of(accounts["secretariat"], group, drafted_at)
    text = charter_text(adopted_at.date())
    draft = draft_charter(group=group, text=text, by=secretariat, at=drafted_at)
    comment(
        charter=draft, article="costs.ceiling", by=seat_of(accounts["donor"], group, drafted_at),
        text="The ceiling should be the one of the regular budget of the United Nations.",
        at=drafted_at,
    )  # fmt: skip
    asked = set(standing(draft, drafted_at).asked)
    for part in CAST:
        if part.party in asked and part.capacity == "head of delegation":
            seat = seat_of(accounts[part.id], group, drafted_at)
            consent(
                charter=draft, choice="yes", revision=draft.revision, by=seat, at=drafted_at
            )  # fmt: skip
            asked.discard(part.party)
    for party in sorted(asked):
        deposit_consent(
            charter=draft, party=party, reference=f"Note verbale of {drafted_at:%d %B %Y}",
            revision=draft.revision, by=secretariat, at=drafted_at,
        )  # fmt: skip
    adopt_charter(charter=draft, by=secretariat, at=adopted_at)
