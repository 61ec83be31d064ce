"""What a charter may name: states, rules of responsibility, scales of cost."""

from collections.abc import Iterator, Mapping
from datetime import date

from commonhaven.allocation import Rule
from commonhaven.allocation.registry import rules
from commonhaven.costs.registry import scales
from commonhaven.parties import State, UnknownState, name, state
from commonhaven.reading.finding import Finding, error


def known_rules() -> Mapping[str, Rule]:
    """Rules of responsibility by id."""
    return rules()


def known_scales() -> Mapping[str, Rule]:
    """Scales of cost by id."""
    return scales()


def state_finding(code: str, where: str, until: date | None = None) -> Iterator[Finding]:
    """An error where the code is no state, or one that no longer exists ``until`` that day."""
    try:
        found = state(code)
    except UnknownState as unknown:
        yield error(unknown.what, where, unknown.fix)
        return
    if found.standing == "no state":
        fix = "Name states by ISO 3166-1 alpha-3 code."
        yield error(f"{code} ({found.name}) is no state: it cannot be bound", where, fix)
    elif found.existed_until is not None and (until is None or until > found.existed_until):
        said, fix = _dissolved(found, found.existed_until)
        yield error(said, where, fix)


def _dissolved(found: State, last: date) -> tuple[str, str]:
    said = f"{found.code} ({found.name}) ceased to exist after {last}"
    heirs = ", ".join(found.successors)
    return said, f"Name its successors: {heirs}." if heirs else "Take it out."


def state_name(code: str) -> str:
    """The state's English name; the code itself where no state has it."""
    try:
        return name(code)
    except UnknownState:
        return code
