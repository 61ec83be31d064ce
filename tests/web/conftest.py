"""A cast for the platform's tests: one group, one person for each part in it."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import translation

from commonhaven.charter import load as load_charter
from commonhaven.reading import canonical, digest, dump
from commonhaven.web.accounts.models import Seat, User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.groups.models import CharterVersion, Group, Membership
from commonhaven.web.kit import clock
from commonhaven.web.kit.audience import Seat as Place
from commonhaven.web.kit.audience import Viewer

START = date(2026, 1, 1)
CAST = {
    "ghana": ("GHA", "head of delegation"),
    "liberia": ("LBR", "head of delegation"),
    "guinea": ("GIN", "delegate"),
    "france": ("FRA", "head of delegation"),
    "germany": ("DEU", "delegate"),
    "unhcr": ("UNHCR", "unhcr"),
    "secretariat": ("UNHCR", "secretariat"),
    "ngo": ("Council of lead NGOs", "ngo"),
    "observer": ("IOM", "observer"),
    "analyst": ("GHA", "analyst"),
    "treasurer": ("UNHCR", "treasurer"),
    "administrator": ("UNHCR", "administrator"),
}
"""Who → party and capacity in the West African example group."""


@pytest.fixture(autouse=True)
def english() -> None:
    """A test begins in the platform's own language, whichever page was read before it."""
    translation.deactivate()


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def group(db: None, now: datetime) -> Group:
    """A group with the West African example charter adopted and its memberships laid out."""
    charter = load_charter("west-africa")
    made = Group.objects.create(
        slug="west-africa", name=dict(charter.group.name), zone="Africa/Accra", created_at=now
    )
    version = CharterVersion.objects.create(
        group=made, audience="public", created_at=now, version="1", status="adopted", toml="",
        value=canonical(dump(charter)), digest=digest(dump(charter)), in_force=START,
        party="UNHCR", adopted_at=now,
    )  # fmt: skip
    for member in charter.members:
        Membership.objects.create(
            group=made, charter=version, party=member.state, standing=member.tier,
            may_convene=True, since=START,
        )  # fmt: skip
    for participant in charter.participants:
        Membership.objects.create(
            group=made, charter=version, party=participant.party, standing=participant.role,
            may_convene=participant.may_convene, since=START,
        )  # fmt: skip
    return made


@pytest.fixture
def person(group: Group, now: datetime) -> Callable[[str], User]:
    """A person of the cast, made when first asked for; "outsider" has an account and no seat."""

    def made(who: str) -> User:
        email = f"{who}@example.org"
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(
                email, "a long pass phrase", label=who.title(),
                administrator=who == "administrator",
            )  # fmt: skip
            if who in CAST:
                party, capacity = CAST[who]
                Seat.objects.create(
                    user=user, group=group, party=party, capacity=capacity, since=START,
                    accepted_at=now,
                )  # fmt: skip
        return user

    return made


@pytest.fixture
def seat(group: Group, person: Callable[[str], User], now: datetime) -> Callable[[str], Place]:
    """The seat of a person of the cast, as actions want it."""

    def found(who: str) -> Place:
        return viewer_of(person(who), now).seats_in(group.pk)[0]

    return found


@pytest.fixture
def viewer(person: Callable[[str], User], now: datetime) -> Callable[[str], Viewer]:
    """A person of the cast as a viewer; "nobody" is not signed in."""

    def found(who: str) -> Viewer:
        return Viewer(at=now) if who == "nobody" else viewer_of(person(who), now)

    return found


@pytest.fixture
def signed_in(person: Callable[[str], User]) -> Callable[[str], Client]:
    """A client in which a person of the cast is signed in; "nobody" is not."""

    def client(who: str) -> Client:
        made = Client()
        if who != "nobody":
            made.force_login(person(who), "allauth.account.auth_backends.AuthenticationBackend")
        return made

    return client


@pytest.fixture
def forward() -> Iterator[Callable[[timedelta], None]]:
    """Move the platform's clock forward."""
    return clock.move
