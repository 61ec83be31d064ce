"""How to get a picture of promises or of a fund again: from its file, or from numbers alone."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commonhaven.figures.reproduce import COMMAND, PYTHON, Pairs

FILE_END = "23, 59, 59, 999999, tzinfo=UTC"


@dataclass(frozen=True, slots=True, kw_only=True)
class From:
    """The file that a picture was made from, by its name or path, and the day that it shows."""

    name: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The parts of a program that makes one picture: what it imports, prepares and calls."""

    id: str
    imports: tuple[str, ...]
    prepare: tuple[str, ...]
    call: str
    named: tuple[str, ...] = ()
    """Further arguments of the call."""
    options: tuple[str, ...] = ()
    """Further options of the command line."""

    def text(self, language: str) -> str:
        """The program; it writes the picture beside itself."""
        spoken = [] if language == "en" else [f"language={language!r}"]
        given = ", ".join((*self.named, *spoken))
        return "\n".join(
            (
                *self.imports,
                "",
                *self.prepare,
                f"picture = {self.call}, {given})" if given else f"picture = {self.call})",
                f"Path({self.id + '.svg'!r}).write_text(svg(picture), encoding='utf-8')",
            )
        )


def of_book(source: From, numbers: str, program: Program, language: str) -> Pairs:
    """For a book of promises; ``numbers`` is the command that prints what the picture shows."""
    kind = f" --kind {program.id}"
    return _of_file("commitments", source, numbers, program, (kind, language))


def of_fund(source: From, numbers: str, program: Program, language: str) -> Pairs:
    """For a fund."""
    return _of_file("fund", source, numbers, program, ("", language))


def _of_file(
    group: str, source: From, numbers: str, program: Program, told: tuple[str, str]
) -> Pairs:
    kind, language = told
    name, on = shlex.quote(source.name), f" --on {source.on.isoformat()}"
    spoken = "" if language == "en" else f" --language {language}"
    options = "".join(f" {shlex.quote(one)}" for one in program.options)
    drawn = f"commonhaven {group} picture {name}{kind}{options}{on}{spoken} --out {program.id}.svg"
    return (
        (COMMAND, f"commonhaven {group} {numbers} {name}{on} --format json"),
        (COMMAND, drawn),
        (PYTHON, program.text(language)),
    )


def opened(source: From) -> tuple[str, ...]:
    """Lines that read a book of promises as it stood at the end of the day."""
    day = f"{source.on.year}, {source.on.month}, {source.on.day}"
    return (
        f"now = datetime({day}, {FILE_END})",
        f"file = read_book({source.name!r})",
        "found = book(file.commitments, file.acts, now, file.setting())",
    )


def rows(lines: Sequence[Sequence[object]]) -> tuple[str, ...]:
    """The numbers themselves, for what has no file."""
    return ("rows = [", *(f"    {tuple(line)!r}," for line in lines), "]")
