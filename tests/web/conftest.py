"""The cast of the platform's tests, made for each test."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import servers
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


Folders = pytest.TempPathFactory


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


@pytest.fixture(scope="session")
def server(tmp_path_factory: Folders) -> Iterator[str]:
    """A PostgreSQL server: the address of an empty database."""
    with servers.postgres(tmp_path_factory.mktemp("server")) as address:
        yield address


def upgraded(made: servers.Platform) -> servers.Platform:
    done = made.command("platform", "upgrade")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="session")
def tables(tmp_path_factory: Folders) -> Path:
    """A folder of an installation with up-to-date tables, to copy."""
    return upgraded(servers.Platform(tmp_path_factory.mktemp("tables") / "platform")).config.parent


@pytest.fixture(scope="session")
def tables_there(server: str, tmp_path_factory: Folders) -> str:
    """A PostgreSQL database with up-to-date tables, to copy."""
    address = servers.database(server)
    upgraded(servers.Platform(tmp_path_factory.mktemp("tables") / "platform", address))
    return address


def played(made: servers.Platform) -> None:
    """Play the demonstration in an installation."""
    servers.Run(made.config)(
        "from commonhaven.web.kit import clock\n"
        "from commonhaven.web.operation.demonstration import make\n"
        "make(clock.now())"
    )


@pytest.fixture(scope="session")
def demonstration(tables: Path, tmp_path_factory: Folders) -> Path:
    """A folder of an installation with the demonstration, to copy."""
    made = servers.copied(tables, tmp_path_factory.mktemp("demonstration") / "platform")
    played(made)
    return made.config.parent


@pytest.fixture(scope="session")
def demonstration_there(tables_there: str, tmp_path_factory: Folders) -> tuple[Path, str]:
    """The same with a PostgreSQL database: its folder of files and its address."""
    address = servers.database(tables_there, tables_there)
    made = servers.Platform(tmp_path_factory.mktemp("demonstration") / "platform", address)
    played(made)
    return made.config.parent, address


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def with_demonstration(
    request: pytest.FixtureRequest, tmp_path_factory: Folders
) -> Iterator[servers.Platform]:
    """A copy of the demonstration on each database, not yet served."""
    to = tmp_path_factory.mktemp("served") / "platform"
    if request.param == "sqlite":
        made = servers.copied(request.getfixturevalue("demonstration"), to)
    else:
        folder, address = request.getfixturevalue("demonstration_there")
        made = servers.copied(folder, to, servers.database(address, address))
    yield made
    made.kill()
