"""What the documentation shows is done as shown, page by page, in an empty folder.

A fenced block opened with ```csv NAME, ```toml NAME, ```python NAME, ... is saved as NAME. A block
opened with ```console holds commands after "$ "; those of commonhaven are run and must end with
exit code 0, or with the code of ```console exit=2; text below a command of such a block is what it
prints on standard error.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OURS = (["./run", "cli"], ["commonhaven"])
SAVED = {"csv", "toml", "python", "json", "text"}
BLOCK = re.compile(r"^```(\w+)([^\n`]*)\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Command:
    """One command of a page, what it should end with and, for an error, print."""

    line: int
    words: tuple[str, ...]
    code: int
    prints: str | None


@dataclass(frozen=True)
class Saved:
    """A file that a page asks the reader to save."""

    name: str
    text: str


def steps(text: str) -> Iterator[Command | Saved]:
    """What a reader of the page does, in order."""
    for block in BLOCK.finditer(text):
        language, about, body = block[1], block[2].strip(), block[3]
        if language in SAVED and about:
            yield Saved(about, body)
        if language == "console":
            start = text.count("\n", 0, block.start()) + 2
            code = int(about.removeprefix("exit=") or 0)
            yield from commands(body, start, code)


def commands(body: str, start: int, code: int) -> Iterator[Command]:
    lines = body.replace("\\\n", " \0").split("\n")
    number = start
    for position, line in enumerate(lines):
        if line.startswith("$ "):
            words = shlex.split(line[2:].replace("\0", ""))
            after = lines[position + 1 :]
            shown = after[
                : next((i for i, x in enumerate(after) if x.startswith("$ ")), len(after))
            ]
            for prefix in OURS:
                if words[: len(prefix)] == prefix and words != prefix:
                    prints = "\n".join(shown).strip() if code else None
                    yield Command(number, tuple(words[len(prefix) :]), code, prints)
        number += 1 + line.count("\0")


def follow(step: Command | Saved, folder: Path) -> subprocess.CompletedProcess[str] | None:
    if isinstance(step, Saved):
        path = folder / step.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.text, encoding="utf-8")
        return None
    return subprocess.run(
        [sys.executable, "-m", "commonhaven", *step.words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


WITH_COMMANDS = [
    page
    for page in PAGES
    if any(isinstance(step, Command) for step in steps(page.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_commands_of_the_page_do_what_it_says(page: Path, tmp_path: Path) -> None:
    for step in steps(page.read_text(encoding="utf-8")):
        done = follow(step, tmp_path)
        if done is None or isinstance(step, Saved):
            continue
        place = f"{page.relative_to(ROOT)}:{step.line}: {shlex.join(step.words)}"
        assert (place, done.returncode, done.stderr if not step.code else "") == (
            place,
            step.code,
            "",
        )
        if step.prints:
            assert (place, done.stderr.strip()) == (place, step.prints)


def test_documentation_has_commands_to_run() -> None:
    assert ROOT / "README.md" in WITH_COMMANDS
    assert ROOT / "docs" / "tutorials" / "first-plan.md" in WITH_COMMANDS


PAGE = """\
Save this:

```csv states.csv
state,population
```

```console
$ ./run cli key a states.csv \\
    --total 3
some output
$ git status
$ commonhaven rules
```

```console exit=2
$ ./run cli rules nothing
commonhaven: no rule nothing.
```

```sh
$ ./run cli not this
```
"""


def test_steps_are_read_from_a_page() -> None:
    assert list(steps(PAGE)) == [
        Saved("states.csv", "state,population\n"),
        Command(8, ("key", "a", "states.csv", "--total", "3"), 0, None),
        Command(12, ("rules",), 0, None),
        Command(16, ("rules", "nothing"), 2, "commonhaven: no rule nothing."),
    ]
