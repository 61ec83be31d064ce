"""The procedures that ship, read from their TOML files and checked once."""

from collections.abc import Iterator, Mapping
from functools import cache

from commonhaven.procedures.entitled import ROLES
from commonhaven.procedures.model import Procedure
from commonhaven.procedures.modes import mode
from commonhaven.procedures.periods import UNITS
from commonhaven.procedures.run import told
from commonhaven.procedures.value import Event
from commonhaven.reading import Problem, build, closest, load_toml, package_files
from commonhaven.saying import Said

CATALOGUE = "commonhaven.procedures.catalogue"


@cache
def procedures() -> Mapping[str, Procedure]:
    """Every procedure that ships, by id."""
    found = {}
    for name, path in package_files(CATALOGUE, ".toml").items():
        each = read(load_toml(path, f"{name}.toml"), f"{name}.toml")
        found[each.id] = each
    return found


def said_of(name: str, event: Event) -> Said:
    """An act of a procedure as it is recorded; empty for an act that the procedure has not."""
    found = procedures().get(name)
    act = next((act for act in found.acts if act.kind == event.kind), None) if found else None
    return told(act, event) if act else Said("")


def procedure(name: str) -> Procedure:
    """One procedure by id; Problem where there is none."""
    if name not in procedures():
        fix = closest(name, procedures())
        raise Problem(f'no procedure is called "{name[:60]}"', where="procedure", fix=fix)
    return procedures()[name]


def read(table: object, where: str) -> Procedure:
    """A procedure from plain values; Problem where a part of it names what is not there."""
    found = build(Procedure, table, where)
    for what, name, known in _names(found):
        if name not in known:
            raise Problem(f"{what} {name} is not there", where=where, fix=closest(name, known))
    for name in found.decides:
        mode(name)
    return found


def _names(each: Procedure) -> Iterator[tuple[str, str, set[str]]]:
    """Every name that a part uses, with the names that there are."""
    stages = {stage.id for stage in each.stages}
    entries = {entry.id for entry in each.entries}
    limits = {limit.id for limit in each.limits}
    kinds = {act.kind for act in each.acts}
    marks = kinds | {f"stage:{stage}" for stage in stages}
    for act in each.acts:
        targets = [act.to, act.adopted, act.rejected, *act.stages]
        targets += [name for enough in act.enough for name in (enough.to, enough.adopted)]
        yield from (("the stage", name, stages) for name in targets if name)
        yield from (("the limit", n, limits) for n in (act.within, act.once_past) if n)
        yield from (("the role", n, set(ROLES)) for n in act.by if not n.startswith("="))
        counted = [name for enough in act.enough for name in enough.acts]
        yield from (("the act", name, kinds) for name in (*act.all_of, *counted))
        numbers = {*entries, "members", "addressed", "voters"}
        yield from (("the number", enough.number, numbers) for enough in act.enough)
    for limit in each.limits:
        targets = [limit.to, limit.to_if_yes, limit.to_if_met, limit.adopted, *limit.stages]
        yield from (("the stage", name, stages) for name in targets if name)
        yield from (("the mark", name, marks) for name in (*limit.after, *limit.met_by))
        periods = [*limit.due, *limit.opens, limit.every]
        yield from (("the number", name, entries) for name in periods if name)
        yield from (("the role", n, set(ROLES)) for n in limit.by if not n.startswith("="))
    timed = {n for limit in each.limits for n in (*limit.due, *limit.opens, limit.every)}
    units = [entry.unit for entry in each.entries if entry.id in timed]
    yield from (("the unit", unit, set(UNITS)) for unit in units)
