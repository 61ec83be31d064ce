"""Installations of their own, on SQLite and on PostgreSQL, run by separate processes."""

from pathlib import Path

import pytest
import servers


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
