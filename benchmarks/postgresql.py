"""All of the platform's tests that ask something of a database, on PostgreSQL."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORDS = ("tests/web/on_postgresql.py", "--whole")

if __name__ == "__main__":
    sys.exit(subprocess.run([sys.executable, *WORDS], cwd=ROOT, check=False).returncode)
