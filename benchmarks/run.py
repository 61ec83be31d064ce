"""Every measurement that we publish: ./run bench [cold|flow|place|keys|rounding|record]."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PARTS = ("cold", "flow", "place", "keys", "rounding", "record")


def main(chosen: list[str]) -> int:
    unknown = [name for name in chosen if name not in PARTS]
    if unknown:
        print(f"No measurement {unknown[0]}. There are: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    worst = 0
    for name in chosen or PARTS:
        print(f"--- {name}", flush=True)
        done = subprocess.run([sys.executable, str(HERE / f"{name}.py")], check=False)
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
