"""Whatever needs a served platform, whole: every page of everybody, every point of a power cut."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SERVED = ("tests/web/story", "tests/web/operation", "tests/web/flows/test_broken_off.py")
WORDS = ("-m", "pytest", "-n", "auto", "-q", *SERVED, "--whole")

if __name__ == "__main__":
    sys.exit(subprocess.run([sys.executable, *WORDS], cwd=ROOT, check=False).returncode)
