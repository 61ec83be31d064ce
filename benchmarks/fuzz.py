"""Every property with many more examples, every operation of the API with many more requests."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORDS = ("-m", "pytest", "-n", "auto", "-q", "-m", "hypothesis", "--hypothesis-profile", "whole")

if __name__ == "__main__":
    sys.exit(subprocess.run([sys.executable, *WORDS], cwd=ROOT, check=False).returncode)
