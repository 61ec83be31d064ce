"""Every page that any of the demonstration's people reaches, in both directions of script."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORDS = ("-m", "pytest", "-n", "auto", "-q", "tests/web/story/test_every_page.py", "--whole")

if __name__ == "__main__":
    sys.exit(subprocess.run([sys.executable, *WORDS], cwd=ROOT, check=False).returncode)
