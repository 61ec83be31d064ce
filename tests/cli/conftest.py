"""The command line as a person meets it: a process, its output, its exit code."""

from collections.abc import Callable
from pathlib import Path

import forked
import pytest

Run = Callable[..., forked.Done]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command line in an empty folder."""
    return lambda *words: forked.call(words, tmp_path)
