"""Two groups that could learn from each other, and who speaks for each."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from cast import CHARTER, DIGEST, START, VALUE
from django.test import Client
from exchange_told import TOLD

from commonhaven.web.accounts.models import Seat as SeatRow
from commonhaven.web.accounts.models import User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.exchange.actions import Asked, publish_practice
from commonhaven.web.exchange.models import Practice
from commonhaven.web.groups.models import CharterVersion, Group, Membership
from commonhaven.web.kit.audience import Seat, Viewer
from commonhaven.web.record.actions import PUBLIC

CAST = {
    "eastern secretariat": ("UNHCR", "secretariat"), "eastern delegate": ("GHA", "delegate"),
    "eastern observer": ("IOM", "observer"),
}  # fmt: skip


@pytest.fixture
def east(group: Group, now: datetime) -> Group:
    """Another group, under the same charter."""
    made = Group.objects.create(slug="east", name={"en": "East"}, created_at=now)
    version = CharterVersion.objects.create(
        group=made, audience="public", created_at=now, version="1", status="adopted", toml="",
        value=VALUE, digest=DIGEST, in_force=START, party="UNHCR", adopted_at=now,
    )  # fmt: skip
    places = [(one.state, one.tier) for one in CHARTER.members]
    places += [(one.party, one.role) for one in CHARTER.participants]
    for party, standing in places:
        Membership.objects.create(
            group=made, charter=version, party=party, standing=standing, since=START
        )
    for who, (party, capacity) in CAST.items():
        user = User.objects.create_user(f"{who.replace(' ', '-')}@example.org", None, label=who)
        SeatRow.objects.create(
            user=user, group=made, party=party, capacity=capacity, since=START, accepted_at=now
        )
    return made


@pytest.fixture
def there(east: Group, now: datetime) -> Callable[[str], Viewer]:
    """A person of the other group as a viewer."""

    def found(who: str) -> Viewer:
        email = f"eastern-{who}@example.org"
        return viewer_of(User.objects.get(email=email), now)

    return found


@pytest.fixture
def eastern(there: Callable[[str], Viewer], east: Group) -> Callable[[str], Seat]:
    """The seat of a person of the other group."""

    def found(who: str) -> Seat:
        return there(who).seats_in(east.pk)[0]

    return found


@pytest.fixture
def in_east(east: Group) -> Callable[[str], Client]:
    """A client in which a person of the other group is signed in."""

    def client(who: str) -> Client:
        made = Client()
        user = User.objects.get(email=f"eastern-{who}@example.org")
        made.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return made

    return client


@pytest.fixture
def practice(east: Group, eastern: Callable[[str], Seat], now: datetime) -> Practice:
    """A public practice of the other group."""
    return publish_practice(
        group=east, told=TOLD, by=eastern("secretariat"), at=now, placing=PUBLIC
    )  # fmt: skip


@pytest.fixture
def asked(east: Group, now: datetime) -> Asked:
    """What the first group asks the other."""
    return Asked(
        title="How do you test skills?", theme="skills", to=east,
        due=now.date() + timedelta(days=30),
    )  # fmt: skip
