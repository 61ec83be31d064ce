"""A charter's text on its way in: read, checked, with the line where known."""

import re
from dataclasses import dataclass

from commonhaven.charter import Charter, findings, read
from commonhaven.reading import Problem, parse_toml

NAME = "charter"
LINE = re.compile(r", line (\d+)")
ROW = re.compile(r"^(\w+) (\d+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One finding of a check beside the text: an error to mend or advice to weigh."""

    error: bool
    said: str
    line: int | None = None


def remarks(text: str) -> tuple[Remark, ...]:
    """Everything to mend or consider in a text, errors first."""
    try:
        table = parse_toml(text, NAME)
    except Problem as problem:
        found = LINE.search(problem.where)
        return (Remark(error=True, said=str(problem), line=int(found[1]) if found else None),)
    return tuple(
        Remark(error=one.severity == "error", said=str(one), line=line_of(text, one.where))
        for one in findings(table, NAME)
    )


def charter_of(text: str) -> Charter:
    """The charter that a text writes down; Problem for its first error."""
    return read(parse_toml(text, NAME), NAME)


def line_of(text: str, where: str) -> int | None:
    """The line of a place such as "charter, members 3, tier"; None where it cannot be told.

    A term is looked for within its table, a row by counting; a term written in a way that this
    does not know has no line, never a wrong one.
    """
    path = [part.strip() for part in where.split(",")[1:]]
    if not path:
        return None
    lines = text.splitlines()
    row = ROW.match(path[0])
    if row:
        at = _row(lines, row[1], int(row[2]))
        return _within(lines, at, path[1]) if at and len(path) > 1 else at
    return _term(lines, path[0], path[1] if len(path) > 1 else "")


def _row(lines: list[str], table: str, number: int) -> int | None:
    """The line of the n-th entry of a list of tables, written as blocks or in one list."""
    heads = [n for n, line in enumerate(lines, 1) if line.strip() == f"[[{table}]]"]
    if heads:
        return heads[number - 1] if number <= len(heads) else None
    start = next((n for n, x in enumerate(lines, 1) if re.match(rf"\s*{table}\s*=\s*\[", x)), None)
    if start is None:
        return None
    entries = [n for n, x in enumerate(lines[start:], start + 1) if x.lstrip().startswith("{")]
    return entries[number - 1] if number <= len(entries) else None


def _within(lines: list[str], start: int, name: str) -> int:
    """The line of a term in the block that begins on a line; that line where it has none."""
    for number, line in enumerate(lines[start:], start + 1):
        if line.lstrip().startswith(("[", "{", "]")):
            return start
        if re.match(rf"\s*{re.escape(name)}\s*=", line):
            return number
    return start


def _term(lines: list[str], table: str, name: str) -> int | None:
    """The line of a term in a table, or of the table's head."""
    head, inside = None, False
    for number, line in enumerate(lines, 1):
        bare = line.strip()
        if re.match(rf"{re.escape(table)}\.{re.escape(name)}\s*[=.]", bare) and name:
            return number
        if bare.startswith("["):
            inside = bare == f"[{table}]"
            head = number if inside else head
        elif inside and name and re.match(rf"{re.escape(name)}\s*[=.]", bare):
            return number
    return head
