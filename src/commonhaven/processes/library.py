"""Processes from their TOML files, checked before anyone computes with them."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources.abc import Traversable

from commonhaven.processes.check import OF_A_PROCESS, check
from commonhaven.processes.model import Process
from commonhaven.reading import (
    Problem,
    build,
    closest,
    load_named,
    load_toml,
    package_files,
    schema,
)
from commonhaven.reading.canonical import Plain
from commonhaven.reading.finding import Finding, error

CATALOGUE = "commonhaven.processes.catalogue"


def shipped() -> Mapping[str, Traversable]:
    """The files of the processes that ship, by id."""
    return package_files(CATALOGUE, ".toml")


@cache
def processes() -> Mapping[str, Process]:
    """Every process that ships, by id in alphabetical order."""
    found = {
        name: read(load_toml(path, f"{name}.toml"), f"{name}.toml")
        for name, path in shipped().items()
    }
    check_together(found.values())
    return found


def process(name: str, where: str = "processes") -> Process:
    """One process by id, name or other name; Problem with the nearest ids otherwise."""
    asked = name.strip().casefold()
    for each in processes().values():
        if asked in {called.casefold() for called in (each.id, each.name, *each.aka)}:
            return each
    fix = closest(name[:40], processes())
    raise Problem(f'no process is called "{name[:60]}"', where=where, fix=fix)


def load(name_or_path: str) -> Process:
    """A process by the id of one that ships, or from a TOML file; Problem for the first error."""
    return read(*load_named(name_or_path, shipped(), "process"))


def read(table: object, where: str) -> Process:
    """A process from plain values; Problem naming file, process and field where it is wrong."""
    found = build(Process, table, where)
    for finding in check(found):
        if finding.severity == "error":
            raise finding.within(f"{where}, process {found.id}").problem()
    return found


def findings(table: object, where: str) -> tuple[Finding, ...]:
    """Everything to mend or to weigh in plain values.

    Where the form is wrong, that is the only finding: nothing else can be judged.
    """
    try:
        found = build(Process, table, where)
    except Problem as wrong:
        return (error(wrong.what, wrong.where, wrong.fix),)
    place = f"{where}, process {found.id}"
    return tuple(finding.within(place) for finding in check(found))


def check_together(known: Iterable[Process]) -> None:
    """Problem where a process takes part in one that is not there."""
    several = {each.id: each for each in known}
    for each in several.values():
        for part in each.parts:
            name = part.party.removeprefix(OF_A_PROCESS)
            if part.party.startswith(OF_A_PROCESS) and name not in several:
                where = f"process {each.id}, part of {part.party}"
                fix = closest(name, several)
                raise Problem(f"there is no process {name}", where=where, fix=fix)


def json_schema() -> dict[str, Plain]:
    """The JSON Schema (2020-12) of a process file, as values that TOML or JSON give."""
    return schema(Process, title="Commonhaven consultative process")
