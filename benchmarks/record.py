"""Checking a long record, beside the least that any checker must do with the same file.

The floor reads every line, parses its JSON and hashes its bytes once, and proves nothing.
"""

import hashlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from commonhaven.record import GENESIS, Content, Entry, Header, entry, export_lines

RUNS = 3
SIZES = (10_000, 1_000_000)
MEMORY = """
import resource, sys
from pathlib import Path
from commonhaven.record import check
assert check(Path(sys.argv[1])).stands
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def entries(number: int) -> Iterator[Entry]:
    previous = GENESIS
    for place in range(1, number + 1):
        content = Content(
            number=place, at="2026-01-01T00:00:00.000000Z", act="statement made",
            subject=f"meeting/{place % 97}", party="GHA", capacity="delegate", audience="members",
            release="", body={"text": "As announced in the room, with figures.", "turn": place},
            salt=hashlib.sha256(str(place).encode()).hexdigest()[:32],
        )  # fmt: skip
        one = entry(content, previous)
        previous = one.hash
        yield one


def written(path: Path, number: int) -> None:
    head = GENESIS
    for one in entries(number):
        head = one.hash
    header = Header(
        group="bench", exported="2026-01-01T00:00:00.000000Z", audience="members", entries=number,
        head=head,
    )  # fmt: skip
    with path.open("w", encoding="utf-8") as file:
        for line in export_lines(header, entries(number)):
            file.write(line if line.endswith("\n") else line + "\n")


def floor(path: Path) -> float:
    start = time.perf_counter()
    seen = hashlib.sha256()
    with path.open("rb") as file:
        for line in file:
            seen.update(line)
            json.loads(line)
    return time.perf_counter() - start


def ours(path: Path) -> tuple[float, int]:
    """Seconds of a whole process, and the megabytes that it took at most."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(path)], check=True, capture_output=True, text=True
    )
    return time.perf_counter() - start, int(done.stdout)


def main() -> None:
    print(f"Checking a record, {RUNS} runs each: median seconds, floor, ratio, memory")
    with tempfile.TemporaryDirectory() as folder:
        for number in SIZES:
            path = Path(folder) / f"{number}.jsonl"
            written(path, number)
            least = statistics.median(floor(path) for _ in range(RUNS))
            runs = [ours(path) for _ in range(RUNS)]
            took = statistics.median(seconds for seconds, _ in runs)
            size = path.stat().st_size / 1e6
            print(
                f"  {number:>9,} entries, {size:5.0f} MB   {took:6.2f} s   {least:6.2f} s   "
                f"{took / least:4.1f}   {max(memory for _, memory in runs)} MB",
                flush=True,
            )


if __name__ == "__main__":
    main()
