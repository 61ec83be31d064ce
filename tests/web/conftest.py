"""The cast of the platform's tests, made for each test."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from cast import founded, person_in
from django.test import Client
from django.utils import translation

from commonhaven.web.accounts.models import User
from commonhaven.web.accounts.queries import viewer_of
from commonhaven.web.groups.models import Group
from commonhaven.web.kit import clock
from commonhaven.web.kit.audience import Seat as Place
from commonhaven.web.kit.audience import Viewer


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
    return founded(now)


@pytest.fixture
def person(group: Group, now: datetime) -> Callable[[str], User]:
    """A person of the cast, made when first asked for; "outsider" has an account and no seat."""

    def made(who: str) -> User:
        return person_in(group, who, now)

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
