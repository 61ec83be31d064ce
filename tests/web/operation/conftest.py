"""Installations of their own, on SQLite and on PostgreSQL, run by separate processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import servers


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[servers.Platform]:
    """An installation with up-to-date tables, not served."""
    if request.param == "sqlite":
        made = servers.Platform(tmp_path / "platform")
        assert made.command("platform", "upgrade").returncode == 0
        yield made
        return
    with servers.postgres(tmp_path / "server") as address:
        made = servers.Platform(tmp_path / "platform", address)
        done = made.command("platform", "upgrade")
        assert done.returncode == 0, done.stderr
        yield made


@pytest.fixture
def run(installation: servers.Platform) -> servers.Run:
    return servers.Run(installation.config)
