"""Compute a plan in a process of its own, by the command that the page tells to reproduce it."""

import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from commonhaven.reading import Problem
from commonhaven.web.kit.refused import Conflict
from commonhaven.web.sandbox.bounds import bound

SLOTS = threading.BoundedSemaphore(bound("at_once"))
PATIENCE = 10
"""Seconds that a trial waits for its turn."""
SMALLER = "Try a smaller situation, or use the command line."


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """The text of the plan, and how long it took."""

    text: str
    milliseconds: int


def run(charter: str, situation: str) -> Ran:
    """The plan of two TOML texts; Problem as the command line tells it, or where it takes long."""
    if not SLOTS.acquire(timeout=PATIENCE):
        raise Conflict("too many plans are being computed", fix="Try again in a minute.")
    try:
        with tempfile.TemporaryDirectory(prefix="commonhaven-") as folder:
            Path(folder, "charter.toml").write_text(charter, encoding="utf-8")
            Path(folder, "situation.toml").write_text(situation, encoding="utf-8")
            return _share(folder)
    finally:
        SLOTS.release()


def _share(folder: str) -> Ran:
    words = ["share", "charter.toml", "situation.toml", "--format", "json"]
    start = time.perf_counter()
    try:
        done = subprocess.run(  # noqa: S603 - our own program with words of our own
            [sys.executable, "-P", "-X", "utf8", "-m", "commonhaven", *words],
            cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False,
            timeout=bound("seconds"), stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        said = f"it took longer than {bound('seconds')} seconds and was stopped"
        raise Problem(said, fix=SMALLER) from None
    if done.returncode == 2:
        said = done.stderr.strip().removeprefix("commonhaven: ")
        raise Problem(said, fix="Mend it and try again.")
    if done.returncode:
        raise RuntimeError(f"share ended with {done.returncode}: {done.stderr[-500:]}")
    return Ran(text=done.stdout, milliseconds=int((time.perf_counter() - start) * 1000))
