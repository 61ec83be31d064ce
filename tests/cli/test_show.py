"""``show --format toml``: the file that ships, to copy and change."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from commonhaven import charter, situations

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.parametrize(
    ("kind", "name", "shipped"),
    [
        ("charter", "west-africa", charter.shipped()["west-africa"]),
        ("situation", "togo-1993", situations.shipped()["togo-1993"]),
    ],
)
def test_show_as_toml_is_the_file_and_works_as_one(
    kind: str, name: str, shipped: Path, run: Run, tmp_path: Path
) -> None:
    done = run(kind, "show", name, "--format", "toml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == shipped.read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(done.stdout, encoding="utf-8")
    assert run(kind, "check", "mine.toml").returncode == 0
    assert run(kind, "show", "mine.toml", "--format", "toml").stdout == done.stdout
