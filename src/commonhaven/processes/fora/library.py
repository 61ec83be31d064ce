"""Fora from their TOML files, checked."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable

from commonhaven.processes.fora.model import Cycle, Forum
from commonhaven.processes.fora.programme import check_programme
from commonhaven.processes.when import earliest, latest
from commonhaven.reading import Problem, build, closest, load_named, load_toml, package_files
from commonhaven.reading.finding import Finding, advice, error

EXAMPLES = "commonhaven.processes.fora.examples"
CATALOGUE = "commonhaven.processes.fora.catalogue"


def shipped() -> Mapping[str, Traversable]:
    """The files of the fora that ship, by id."""
    return package_files(CATALOGUE, ".toml")


def example_fora() -> Mapping[str, Traversable]:
    """The made-up fora that ship to try things out, by id."""
    held = package_files(EXAMPLES, ".toml")
    return {name: path for name, path in held.items() if "forum" in name}


@cache
def fora() -> Mapping[str, Forum]:
    """Every forum that ships, by id."""
    return {
        name: read(load_toml(path, f"{name}.toml"), f"{name}.toml")
        for name, path in shipped().items()
    }


def forum(name: str) -> Forum:
    """One forum by id; Problem with the nearest ids where there is none."""
    if name not in fora():
        fix = closest(name, fora())
        raise Problem(f'no forum is called "{name[:60]}"', where="fora", fix=fix)
    return fora()[name]


def load(name_or_path: str) -> Forum:
    """A forum by the id of one that ships, or from a TOML file; Problem for the first error."""
    return read(*load_named(name_or_path, {**shipped(), **example_fora()}, "forum"))


def read(table: object, where: str) -> Forum:
    """A forum from plain values; Problem naming file, cycle and field where it is wrong."""
    found = build(Forum, table, where)
    for finding in check(found):
        if finding.severity == "error":
            raise finding.within(where).problem()
    return found


def findings(table: object, where: str) -> tuple[Finding, ...]:
    """Everything to mend or to weigh; where the form is wrong, that is the only finding."""
    try:
        found = build(Forum, table, where)
    except Problem as wrong:
        return (error(wrong.what, wrong.where, wrong.fix),)
    told = sorted(check(found), key=lambda finding: finding.severity != "error")
    return tuple(finding.within(where) for finding in told)


def check(found: Forum) -> Iterator[Finding]:
    """Every remark on a forum."""
    yield from _twice([each.id for each in found.cycles], "cycles")
    if found.synthetic:
        yield advice("the forum is made up", "synthetic", "Use it to try things out.")
    for cycle in found.cycles:
        place = f"cycle {cycle.id}"
        for finding in (*_cycle(cycle), *check_programme(cycle)):
            yield finding.within(place)


def _cycle(cycle: Cycle) -> Iterator[Finding]:
    if not cycle.certain:
        yield advice("only reported, not read in a source of the convenor", "certain")
    spans = [(cycle.since, cycle.until, "since")]
    spans += [(each.since, each.until, f"phase {each.id}") for each in cycle.phases]
    spans += [(each.on, "", f"session {each.id}") for each in cycle.sessions]
    spans += [
        (each.opens, each.deadline.isoformat() if each.deadline else "", f"call {each.id}")
        for each in cycle.calls
    ]
    for since, until, where in spans:
        yield from _span(since, until, where)
    names = {
        "phases": [each.id for each in cycle.phases],
        "priorities": [each.id for each in cycle.priorities],
        "sessions": [each.id for each in cycle.sessions],
        "calls": [each.id for each in cycle.calls],
    }
    for what, ids in names.items():
        yield from _twice(ids, what)
    for call in cycle.calls:
        yield from _twice([each.id for each in call.questions], f"call {call.id}, questions")


def _span(since: str, until: str, where: str) -> Iterator[Finding]:
    try:
        ends = [earliest(since) if since else None, latest(until) if until else None]
    except Problem as wrong:
        yield error(wrong.what, where, wrong.fix)
        return
    if ends[0] and ends[1] and ends[1] < ends[0]:
        yield error(f"{until} is before {since}", where, "Is one of the days mistyped?")


def _twice(ids: Sequence[str], where: str) -> Iterator[Finding]:
    for name, number in Counter(ids).items():
        if number > 1:
            yield error(f"{number} are called {name}", where, "Give each its own id.")


def upcoming(known: Mapping[str, Forum], day: date) -> tuple[tuple[Forum, Cycle], ...]:
    """Meetings that may lie on the day or after it, the nearest first; those without a day last."""
    ahead = [
        (each, cycle)
        for each in known.values()
        for cycle in each.cycles
        if not cycle.since or latest(cycle.until or cycle.since) >= day
    ]
    return tuple(sorted(ahead, key=lambda pair: (pair[1].since or "9999", pair[1].id)))
