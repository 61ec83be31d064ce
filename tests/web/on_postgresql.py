"""Run the platform's acts once more, on a PostgreSQL server of their own.

    python tests/web/on_postgresql.py             what acts, writes, locks and searches
    python tests/web/on_postgresql.py --whole     all that asks something of a database
    python tests/web/on_postgresql.py WORDS       those named

Tests that start their own servers run on both databases by themselves and are left out, as are
those that ask nothing of a database and the walk through every door, which ./run bench access does
on both. Exit code: pytest's; 0 with a sentence where PostgreSQL is not installed, 1 where CI lacks
it.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import servers

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = (
    "tests/web/operation", "tests/web/story", "tests/web/locale", "tests/web/access",
    "tests/web/library", "tests/web/sandbox", "tests/web/indicators",
    "tests/web/test_safe_methods.py",
)  # fmt: skip
SHOWN = (
    "tests/web/home", "tests/web/decisions/test_pages.py", "tests/web/decisions/test_languages.py",
    "tests/web/meetings/test_access.py", "tests/web/api/test_access.py",
    "tests/web/test_same_queries.py", "tests/web/test_pages.py",
)  # fmt: skip
"""What is shown, in which words and to whom: only a whole run asks this of PostgreSQL too."""


def chosen(arguments: list[str]) -> list[str]:
    """What pytest is told."""
    if arguments not in ([], ["--whole"]):
        return arguments
    out = LEFT_OUT if arguments else (*LEFT_OUT, *SHOWN)
    return ["tests/web", *(word for name in out for word in ("--ignore", name))]


def main(arguments: list[str]) -> int:
    if not servers.POSTGRES:
        told = "PostgreSQL is not installed: the platform's tests ran on SQLite only"
        sys.stdout.write(f"{told} (Debian: apt-get install postgresql).\n")
        return 1 if servers.CI else 0
    with tempfile.TemporaryDirectory() as folder, servers.postgres(Path(folder)) as address:
        sys.stdout.write("The platform's tests once more, on PostgreSQL\n")
        sys.stdout.flush()
        return subprocess.run(
            [sys.executable, "-m", "pytest", "-n", "auto", *chosen(arguments)],
            cwd=ROOT, env={**os.environ, "COMMONHAVEN_TEST_DATABASE": address}, check=False,
        ).returncode  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
