"""Versions of one charter: dated, immutable, one in force on any day."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from commonhaven.charter.model import Charter
from commonhaven.charter.problem import CharterProblem
from commonhaven.reading import digest, dump
from commonhaven.reading.finding import Finding, advice, error


def versions(charters: Iterable[Charter]) -> tuple[Charter, ...]:
    """The versions of one group's charter in the order in which they come into force.

    A version without an end binds until the day before the next. Raises Problem where the groups
    differ, one version number has two contents, or two versions bind on the same day.
    """
    distinct = {digest(dump(charter)): charter for charter in charters}
    ordered = sorted(distinct.values(), key=lambda c: (c.group.in_force, c.group.version))
    for old, new in pairwise(ordered):
        _refuse_mixed(old, new)
    _refuse_double(ordered)
    for old, new in pairwise(ordered):
        _refuse_overlap(old, new)
    return tuple(ordered)


def version_on(charters: Iterable[Charter], day: date) -> Charter:
    """The version that binds on a day; Problem where none does."""
    ordered = versions(charters)
    begun = [charter for charter in ordered if charter.group.in_force <= day]
    if begun and (begun[-1].group.ends is None or day <= begun[-1].group.ends):
        return begun[-1]
    if not ordered:
        raise CharterProblem("there is no version of the charter", fix="Name at least one.")
    spans = ", ".join(_span(charter) for charter in ordered)
    said = f"no version of {ordered[0].group.id} is in force on {day}"
    raise CharterProblem(said, fix=f"There are: {spans}.")


def last_day(charter: Charter, successor: Charter | None) -> date | None:
    """The last day on which a version binds, given the next one; None for no end."""
    if charter.group.ends is not None or successor is None:
        return charter.group.ends
    return successor.group.in_force - timedelta(days=1)


def succession(old: Charter, new: Charter) -> tuple[Finding, ...]:
    """What is wrong with ``new`` as the version that follows ``old``."""
    found: list[Finding] = []
    if old.group.id != new.group.id:
        said = f"{new.group.id} is another group than {old.group.id}"
        found.append(error(said, "group, id", "Compare versions of one group's charter."))
    same_content = digest(dump(old)) == digest(dump(new))
    if old.group.version == new.group.version and not same_content:
        said = f"version {new.group.version} was adopted with other content"
        found.append(error(said, "group, version", "Give the amended charter a new version."))
    if not same_content and new.group.in_force <= old.group.in_force:
        said = (
            f"the new version is in force from {new.group.in_force}, "
            f"not later than the old one ({old.group.in_force})"
        )
        found.append(advice(said, "group, in_force", "Date it after the version that it amends."))
    return tuple(found)


def _span(charter: Charter) -> str:
    group = charter.group
    return f"version {group.version} from {group.in_force} to {group.ends or 'further notice'}"


def _refuse_mixed(old: Charter, new: Charter) -> None:
    if old.group.id != new.group.id:
        said = f"{old.group.id} and {new.group.id} are different groups"
        raise CharterProblem(said, where="group, id", fix="Give the versions of one charter.")


def _refuse_double(ordered: list[Charter]) -> None:
    seen: set[str] = set()
    for charter in ordered:
        number = charter.group.version
        if number in seen:
            said = f"two charters of {charter.group.id} are called version {number}"
            fix = "An adopted version never changes: give the other its own number."
            raise CharterProblem(said, where="group, version", fix=fix)
        seen.add(number)


def _refuse_overlap(old: Charter, new: Charter) -> None:
    start, end = new.group.in_force, old.group.ends
    if start == old.group.in_force or (end is not None and end >= start):
        said = f"{_span(old)} and {_span(new)} of {new.group.id} bind on the same days"
        fix = f"Let version {old.group.version} end the day before the other begins."
        raise CharterProblem(said, where="group, in_force", fix=fix)
