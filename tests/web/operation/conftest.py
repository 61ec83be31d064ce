"""Installations of their own, on SQLite and on PostgreSQL, run by separate processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import servers

Folders = pytest.TempPathFactory


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


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> servers.Platform:
    """An installation with up-to-date tables, not served."""
    if request.param == "sqlite":
        return servers.copied(request.getfixturevalue("tables"), tmp_path / "platform")
    address = request.getfixturevalue("tables_there")
    return servers.Platform(tmp_path / "platform", servers.database(address, address))


@pytest.fixture
def run(installation: servers.Platform) -> servers.Run:
    return servers.Run(installation.config)
