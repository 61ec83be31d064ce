"""Charters from files, from plain values, and those that ship as examples."""

from functools import cache
from importlib.resources.abc import Traversable

from commonhaven.charter.check import check
from commonhaven.charter.model import Charter
from commonhaven.charter.problem import CharterProblem
from commonhaven.reading import Problem, build, load_named, package_files
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
    return read(*load_named(name_or_path, _examples(), "charter"))


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
