"""Whether a code in a situation stands for a state or territory of its day."""

from collections.abc import Iterable, Iterator
from datetime import date

from commonhaven.parties import UnknownState, state
from commonhaven.reading.finding import Finding, error


def check_places(codes: Iterable[str], where: str, on: date) -> Iterator[Finding]:
    """An error for every code that is no state's, or one dissolved before ``on``."""
    for code in codes:
        yield from check_place(code, f"{where}.{code[:20]}", on)


def check_place(code: str, where: str, on: date) -> Iterator[Finding]:
    """An error where this code is no state's, or that of one dissolved before ``on``."""
    try:
        found = state(code)
    except UnknownState as unknown:
        yield error(unknown.what, where, unknown.fix)
        return
    if found.standing == "no state":
        fix = "People whose place is not known cannot be placed: leave them out and say so."
        yield error(f"{code} stands for no state: {found.name}", where, fix)
    elif found.existed_until is not None and on > found.existed_until:
        fix = f"Write its successor: {' or '.join(found.successors)}." if found.successors else ""
        yield error(f"{found.name} ended on {found.existed_until}", where, fix)
