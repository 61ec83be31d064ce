"""What the documentation shows is done as shown, page by page, in an empty folder.

A fenced block opened with ```csv NAME, ```toml NAME, ```python NAME, ... is saved as NAME. A block
opened with ```console holds commands after "$ "; those of commonhaven are run and must end with
exit code 0, or with the code of ```console exit=2; text below a command of such a block is what it
prints on standard error.
"""

import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import forked
import pytest

from commonhaven.cli import commands as commands_of_the_program

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


def follow(step: Command | Saved, folder: Path) -> forked.Done | None:
    if isinstance(step, Saved):
        path = folder / step.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.text, encoding="utf-8")
        return None
    return forked.call(step.words, folder, {"PYTHONPATH": str(folder)})


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


def test_the_rule_of_the_page_registers_and_keeps_its_word(tmp_path: Path) -> None:
    page = ROOT / "docs" / "how-to" / "add-a-rule.md"
    saved = [s for s in steps(page.read_text(encoding="utf-8")) if isinstance(s, Saved)]
    assert [file.name for file in saved] == [
        "wealth_rule/wealth.toml",
        "wealth_rule/__init__.py",
        "pyproject.toml",
    ]
    for file in saved:
        follow(file, tmp_path)
    install(tmp_path)
    table = "state,population,gdp\nA,1000000,4000\nB,2000000,2000\nC,5,9000\n"
    follow(Saved("states.csv", table), tmp_path)
    told = follow(Command(0, ("rules", "wealth"), 0, None), tmp_path)
    assert told is not None
    assert (told.returncode, told.stderr) == (0, "")
    assert "Who is richer per head protects more." in told.stdout
    words = ("key", "wealth", "states.csv", "--total", "1000", "--format", "csv")
    done = follow(Command(0, words, 0, None), tmp_path)
    assert done is not None
    assert (done.returncode, done.stderr) == (0, "")
    rows = [line.split(",") for line in done.stdout.splitlines()]
    assert [(row[0], row[2]) for row in rows[1:]] == [("A", "800"), ("B", "200"), ("C", "0")]


def install(folder: Path) -> None:
    """What pip leaves behind for the project in the folder: a name and its entry points."""
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    about = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(about, encoding="utf-8")
    lines = [
        line
        for group, entries in project["entry-points"].items()
        for line in (f"[{group}]", *(f"{name} = {value}" for name, value in entries.items()))
    ]
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")


def every_command(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, set[str]]]:
    """Each command by its words, with its options."""
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None, name
            yield from every_command(inner, (*path, name))
    else:
        options = {word for each in command.params for word in each.opts if word.startswith("--")}
        yield " ".join(path), options


def test_every_command_and_option_has_its_place_in_the_reference() -> None:
    text = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    sections = {part.split("\n", 1)[0]: part for part in text.split("\n## ")[1:]}
    known = dict(every_command(commands_of_the_program, ()))
    assert {name.split()[0] for name in known} == set(sections)
    missing = [
        f"{name} {option}".strip()
        for name, options in known.items()
        for option in ("", *sorted(options))
        if f"`{name}" not in sections[name.split()[0]]
        or (option and f"`{option}" not in sections[name.split()[0]])
    ]
    assert missing == []
    groups = {name.split()[0] for name in known if " " in name}
    named = re.findall(rf"`(?:commonhaven )?((?:{'|'.join(groups)}) [\w-]+)", text)
    assert sorted(set(named) - set(known)) == []


def test_every_command_s_help_shows_an_example() -> None:
    for name, _ in every_command(commands_of_the_program, ()):
        done = follow(Command(0, (*name.split(), "--help"), 0, None), ROOT)
        assert done is not None
        assert (name, done.returncode, done.stderr) == (name, 0, "")
        assert f"commonhaven {name}" in done.stdout, name


def test_first_output_on_the_front_page_is_what_the_program_prints() -> None:
    """Between the marks stands a fenced block; a line of three dots leaves lines out."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = text.split("<!-- output -->")[1].split("<!-- /output -->")[0].strip()
    assert re.fullmatch(r"```text\n.*\n```", shown, re.DOTALL), "no output is shown yet"
    done = follow(Command(0, ("share", "west-africa", "liberia-1990"), 0, None), ROOT)
    assert done is not None
    rest = [line.rstrip() for line in done.stdout.splitlines()]
    for part in shown.removeprefix("```text\n").removesuffix("\n```").split("\n...\n"):
        lines = [line.rstrip() for line in part.splitlines()]
        starts = [i for i in range(len(rest)) if rest[i : i + len(lines)] == lines]
        assert (lines, bool(starts)) == (lines, True)
        rest = rest[starts[0] + len(lines) :]
