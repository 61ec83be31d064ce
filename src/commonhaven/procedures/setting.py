"""Whether what a group brings fits the procedure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

from commonhaven.procedures.decisions import tally
from commonhaven.procedures.model import Option, Procedure
from commonhaven.procedures.modes import BASES, mode
from commonhaven.procedures.periods import Calendar, after, zone
from commonhaven.procedures.run import amount, modes_of, period_of
from commonhaven.procedures.value import Setting
from commonhaven.reading import Problem, closest, exact

TRIAL = datetime(2026, 1, 5, tzinfo=UTC)
"""A Monday, to try periods on."""
YES_NO = ("yes", "no")
SHARED = (
    Option(id="mode", what="The mode of decision instead of the procedure's own"),
    Option(id="quorum", what="Part of the members that must be present to decide"),
    Option(id="fraction", what="Part in favour that a majority needs"),
    Option(id="base", what="Of whom that part is taken: members, present or voting"),
    Option(id="minus", what="Objections that do not prevent consensus minus one"),
    Option(id="minus_parties", what="Parties whose objection does not count"),
    Option(
        id="recuse_origin",
        what="Whether the state of origin stands back from decisions",
        choices=YES_NO,
    ),
    Option(
        id="default_on_deadlock",
        what="Whether the rules agreed beforehand apply where a meeting cannot decide",
        choices=YES_NO,
    ),
)
"""Options that a group may set for every procedure; some have no use for them."""


def options(procedure: Procedure) -> dict[str, Option]:
    """The options that a group may set, by name: those of the procedure before those of all."""
    own = {option.id: option for option in procedure.options}
    return {**{option.id: option for option in SHARED}, **own}


def checked(procedure: Procedure, setting: Setting) -> Setting:
    """The setting with the procedure's own defaults filled in; Problem where it does not fit."""
    check_options(procedure, setting.options)
    filled = replace(
        setting,
        members=tuple(dict.fromkeys(setting.members)),
        options={**_defaults(procedure), **setting.options},
    )
    for name in modes_of(procedure, filled) if counts_votes(procedure) else ():
        tally(name, (), members=filled.members, setting=filled)
    return filled


def check_options(procedure: Procedure, given: Mapping[str, str]) -> None:
    """Problem for an option that the procedure does not know, or a value that it cannot have."""
    for name, text in given.items():
        check_option(procedure, name, text)
    _check_windows(procedure, given)


def check_option(procedure: Procedure, name: str, text: str) -> None:
    """Problem where one option by itself is not known or cannot have that value."""
    known = options(procedure)
    if name not in known:
        said = f'{procedure.id} has no option "{name[:60]}"'
        raise Problem(said, where="options", fix=closest(name, known))
    _check(procedure, known[name], text)


def _check_windows(procedure: Procedure, given: Mapping[str, str]) -> None:
    """Problem where something would have to be done before it may be done."""
    calendar = Calendar(zone=zone("UTC"))
    for limit in procedure.limits:
        opens, due = (
            after(TRIAL, [period_of(procedure, given, n, TRIAL.date()) for n in names], calendar)
            for names in (limit.opens, limit.due)
        )
        if opens > due:
            said = f"{limit.opens[0]} lies after {limit.due[0]}: it could never be done in time"
            fix = f"Set {limit.opens[0]} to less than {limit.due[0]}."
            raise Problem(said, where="options", fix=fix)


def counts_votes(procedure: Procedure) -> bool:
    """Whether the procedure counts votes itself, rather than recording another body's act."""
    return any(act.role == "vote" for act in procedure.acts)


def _defaults(procedure: Procedure) -> dict[str, str]:
    found = {
        option.id: option.default
        for option in procedure.options
        if option.default and option.id not in {entry.id for entry in procedure.entries}
    }
    found.setdefault("recuse_origin", "yes" if procedure.recuse_origin else "no")
    if procedure.quorum:
        quorum = [entry for entry in procedure.entries if entry.id == procedure.quorum]
        found["quorum"] = quorum[-1].value
    return found


def _check(procedure: Procedure, option: Option, text: str) -> None:
    where = f"option {option.id}"
    if option.choices and text not in option.choices:
        fix = f"Write one of: {', '.join(option.choices)}."
        raise Problem(f'"{text[:40]}" is not a choice', where=where, fix=fix)
    if option.id == "mode":
        mode(text)
    if option.id in ("quorum", "fraction"):
        part = exact(text, where)
        if not Fraction(0) <= part <= 1:
            fix = "Write a part from 0 to 1, such as 1/2."
            raise Problem(f"{text[:40]} is no part of a whole", where=where, fix=fix)
    if option.id == "base" and text not in BASES:
        fix = f"Write one of: {', '.join(BASES)}."
        raise Problem(f'"{text[:40]}" is no base of a majority', where=where, fix=fix)
    if option.id == "minus" and not text.isdecimal():
        fix = "Write a whole number, such as 1."
        raise Problem(f'"{text[:40]}" is no number of members', where=where, fix=fix)
    units = [entry.unit for entry in procedure.entries if entry.id == option.id]
    if units and option in procedure.options:
        amount(text, units[-1], where)
