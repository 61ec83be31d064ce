"""Whole processes from a cold start: what a person waits for."""

import statistics
import subprocess
import sys
import time

RUNS = 9
COMMANDS = {
    "--help": (["--help"], 0.3),
    "rules": (["rules"], None),
    "share west-africa liberia-1990": (["share", "west-africa", "liberia-1990"], 1.0),
    "share eu ukraine-2022": (["share", "eu", "ukraine-2022"], 1.0),
    "share bali-region rohingya-2017": (["share", "bali-region", "rohingya-2017"], 1.0),
}


def seconds(arguments: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "commonhaven", *arguments], check=True, capture_output=True
    )
    return time.perf_counter() - start


def main() -> None:
    print(f"Cold processes, {RUNS} runs each after one warm-up: median (least - most), aim")
    for name, (arguments, aim) in COMMANDS.items():
        seconds(arguments)
        times = [seconds(arguments) for _ in range(RUNS)]
        wanted = "" if aim is None else f"   aim {aim} s"
        print(
            f"  {name:<34} {statistics.median(times):.3f} s "
            f"({min(times):.3f} - {max(times):.3f}){wanted}"
        )


if __name__ == "__main__":
    main()
