"""What a visitor asks to be tried: a charter, a situation, and what to change in the charter."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from commonhaven.allocation.registry import rule as rule_named
from commonhaven.charter import Charter
from commonhaven.charter import findings as charter_findings
from commonhaven.charter import load as load_charter
from commonhaven.charter import read as read_charter
from commonhaven.parties import find_state
from commonhaven.parties.names import names
from commonhaven.reading import Problem, decimal_text, dump, parse_toml
from commonhaven.reading.finding import Finding
from commonhaven.situations import Situation
from commonhaven.situations import findings as situation_findings
from commonhaven.situations import load as load_situation
from commonhaven.situations import read as read_situation

DECISION = "Table-top exercise: nobody has decided it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is changed in the charter before it is run; empty: as it is written."""

    rule: str = ""
    security_floor: Fraction | None = None
    wish_weight: Fraction | None = None
    ceiling: Fraction | None = None
    host_relief_full_at: Fraction | None = None
    residual_share: Fraction | None = None
    opt_out: tuple[str, ...] = ()
    deduction_state: str = ""
    deduction_people: int | None = None


def states_named(text: str) -> tuple[str, ...]:
    """Codes of the states named, by code or in any of the six languages; commas between them."""
    named = [part.strip() for part in text.replace("،", ",").replace("，", ",").split(",")]
    return tuple(dict.fromkeys(state_named(part) for part in named if part))


def state_named(text: str) -> str:
    """The code of one state. A name that has a comma of its own is given by its code."""
    for language in ("en", "fr", "es", "ar", "ru", "zh"):
        for code, called in names(language).items():
            if text.casefold() == called.casefold():
                return code
    return find_state(text, "states").code


def charter_of(name: str, text: str) -> Charter:
    """The charter that ships by that name, else the one written out; Problem where it is wrong."""
    return load_charter(name) if name else read_charter(parse_toml(text, "charter"), "charter")


def situation_of(name: str, text: str) -> Situation:
    """The same of a situation."""
    if name:
        return load_situation(name)
    return read_situation(parse_toml(text, "situation"), "situation")


def remarks(
    text: str, of: Callable[[object, str], tuple[Finding, ...]], where: str
) -> list[Finding]:
    """Everything to mend or to weigh in a written text; a text that is no TOML gives one error."""
    try:
        return list(of(parse_toml(text, where), where))
    except Problem as problem:
        return [Finding(severity="error", what=problem.what, where=problem.where, fix=problem.fix)]


def charter_remarks(text: str) -> list[Finding]:
    return remarks(text, charter_findings, "charter")


def situation_remarks(text: str) -> list[Finding]:
    return remarks(text, situation_findings, "situation")


def changed(charter: Charter, changes: Changes) -> Charter:
    """The charter with the changes in it; Problem where one of them is not possible."""
    table: dict[str, Any] = dump(charter)  # type: ignore[assignment]
    terms = table.setdefault("responsibility", {})
    _rule(terms, changes)
    _numbers(table, changes)
    _limits(terms, changes)
    return read_charter(table, "changes")


def _rule(terms: dict[str, Any], changes: Changes) -> None:
    """Another rule starts with its own defaults and rounding."""
    if changes.rule and changes.rule != terms["rule"]:
        chosen = rule_named(changes.rule)
        terms |= {"rule": chosen.id, "parameters": {}, "rounding": chosen.rounding}
    if changes.wish_weight is not None:
        terms["parameters"] = {
            **terms.get("parameters", {}), "wish_weight": decimal_text(changes.wish_weight)
        }  # fmt: skip


NUMBERS = (
    ("security_floor", "responsibility"), ("ceiling", "costs"), ("host_relief_full_at", "costs"),
    ("residual_share", "protection"),
)  # fmt: skip
"""Terms of a charter that may be changed here, with their tables."""


def _numbers(table: dict[str, Any], changes: Changes) -> None:
    for name, where in NUMBERS:
        value = getattr(changes, name)
        if value is not None:
            table.setdefault(where, {})[name] = decimal_text(value)


def _limits(terms: dict[str, Any], changes: Changes) -> None:
    """Opt-outs and the deduction, joined with what the charter grants these states already."""
    limits = {each["state"]: dict(each) for each in terms.get("limits", [])}
    for state in changes.opt_out:
        limits[state] = {**limits.get(state, {}), **_granted(state), "exempt": True}
    if changes.deduction_state:
        state = changes.deduction_state
        people = changes.deduction_people or 0
        limits[state] = {**limits.get(state, {}), **_granted(state), "deduction": people}
    if limits:
        terms["limits"] = list(limits.values())


def _granted(state: str) -> dict[str, Any]:
    return {"state": state, "decision": DECISION}
