"""Every measurement that we publish: ./run bench, or some of them by name.

The long trials run only where they are named: ./run bench access, fuzz, postgresql or served.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PARTS = ("cold", "flow", "place", "keys", "rounding", "record", "transactions")
TRIALS = ("access", "fuzz", "postgresql", "served")


def main(chosen: list[str]) -> int:
    known = (*PARTS, *TRIALS)
    unknown = [name for name in chosen if name not in known]
    if unknown:
        print(f"No measurement {unknown[0]}. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    worst = 0
    for name in chosen or PARTS:
        print(f"--- {name}", flush=True)
        done = subprocess.run([sys.executable, str(HERE / f"{name}.py")], check=False)
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
