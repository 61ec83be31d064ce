"""The whole access matrix, on both databases: every viewer, every door, every item."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WHOLE = ("tests/web/access", "--whole", "-q")
RUNS = {
    "SQLite": ("-m", "pytest", "-n", "auto", *WHOLE),
    "PostgreSQL": ("tests/web/on_postgresql.py", *WHOLE),
}


def main() -> int:
    worst = 0
    for database, words in RUNS.items():
        begun = time.monotonic()
        worst = max(
            worst, subprocess.run([sys.executable, *words], cwd=ROOT, check=False).returncode
        )
        print(f"{database}: {(time.monotonic() - begun) / 60:.1f} minutes", flush=True)
    return worst


if __name__ == "__main__":
    sys.exit(main())
