"""Charters from files, from plain values, and those that ship as examples."""

import os
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

from commonhaven.charter.check import check
from commonhaven.charter.model import Charter
from commonhaven.charter.problem import CharterProblem
from commonhaven.reading import Problem, build, closest, load_toml, package_files
from commonhaven.reading.finding import Finding, error

EXAMPLES = "commonhaven.charter.examples"


@cache
def _examples() -> dict[str, Traversable]:
    return package_files(EXAMPLES, ".toml")


def shipped() -> dict[str, Traversable]:
    """The example charters that ship: name → file. None is an organisation's position."""
    return dict(_examples())


def load(name_or_path: str) -> Charter:
    """A charter from a TOML file, or one that ships by its name.

    Raises Problem with file, place and what to do where it is absent or wrong.
    """
    if name_or_path in _examples():
        file = f"{name_or_path}.toml"
        return read(load_toml(_examples()[name_or_path], file), file)
    if os.path.exists(name_or_path):  # noqa: PTH110 - Path.exists fails on names too long for the system
        return read(load_toml(Path(name_or_path)), name_or_path)
    fix = f"{closest(name_or_path, _examples())} Or give the path of a TOML file."
    raise Problem(f'there is no charter "{name_or_path[:80]}"', fix=fix)


def read(table: object, where: str) -> Charter:
    """A charter from plain values, as TOML or JSON give them; Problem for its first error.

    ``where`` is the name of the file, for the messages.
    """
    charter = build(Charter, table, where)
    for finding in check(charter):
        if finding.severity == "error":
            within = finding.within(where)
            raise CharterProblem(within.what, where=within.where, fix=within.fix)
    return charter


def findings(table: object, where: str) -> tuple[Finding, ...]:
    """Everything to mend or consider in plain values, each with the file's name ``where``.

    Values that do not have the form of a charter give one finding: the first that stops reading.
    """
    try:
        charter = build(Charter, table, where)
    except Problem as problem:
        return (error(problem.what, problem.where, problem.fix),)
    return tuple(finding.within(where) for finding in check(charter))
