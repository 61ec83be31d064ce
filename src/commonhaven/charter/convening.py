"""Checks of how a meeting is called: procedure, time zone, mode of decision, options."""

import re
from collections.abc import Iterator

from commonhaven.charter.model import ID, Charter, Convening
from commonhaven.charter.weights import weight_findings
from commonhaven.procedures import check_option, check_options, modes, procedure, procedures, zone
from commonhaven.reading import Problem, closest
from commonhaven.reading.finding import Finding, advice, error

FIELDS = {
    "mode": "decision",
    "quorum": "quorum",
    "recuse_origin": "recuse_origin",
    "default_on_deadlock": "default_on_deadlock",
}
"""Options that have a field of their own in the charter: option → field."""


def convening_findings(charter: Charter) -> Iterator[Finding]:
    """The procedure's id has the form of one, and is known; the terms beside it fit it."""
    terms = charter.convening
    if not re.fullmatch(ID, terms.procedure):
        said = f'"{terms.procedure}" is not the id of a procedure'
        fix = "Write lower-case letters, digits and hyphens, such as hathaway-neve."
        yield error(said, "convening, procedure", fix)
    elif terms.procedure not in procedures():
        said = f"no procedure called {terms.procedure[:60]} is known here"
        fix = f"Known: {', '.join(procedures())}. Annex the text of your own to the charter."
        yield advice(said, "convening, procedure", fix)
    else:
        yield from _option_findings(terms)
    yield from _zone_findings(terms)
    if terms.decision is not None and terms.decision not in modes():
        said = f"no mode of decision is called {terms.decision[:60]}"
        yield error(said, "convening, decision", closest(terms.decision, modes()))
    yield from weight_findings(charter)


def _zone_findings(terms: Convening) -> Iterator[Finding]:
    try:
        zone(terms.zone, "convening, zone")
    except Problem as problem:
        yield error(problem.what, problem.where, problem.fix)


def _option_findings(terms: Convening) -> Iterator[Finding]:
    """Every option is one of the procedure's, has a value that it can have, and one place."""
    agreed = procedure(terms.procedure)
    for name, text in terms.options.items():
        where = f"convening, options, {name}"
        if name in FIELDS:
            said = f"{name} has a field of its own"
            yield error(said, where, f"Set {FIELDS[name]} under [convening].")
            continue
        try:
            check_option(agreed, name, text)
        except Problem as problem:
            yield error(problem.what, where, problem.fix)
    yield from _together(terms)
    if terms.default_on_deadlock and not agreed_default(terms.procedure):
        said = f"{agreed.id} has no step at which rules agreed beforehand could apply"
        fix = "Choose hathaway-neve, or take default_on_deadlock out."
        yield advice(said, "convening, default_on_deadlock", fix)


def _together(terms: Convening) -> Iterator[Finding]:
    """Options that are sound one by one and do not fit each other."""
    agreed = procedure(terms.procedure)
    try:
        for name, text in terms.options.items():
            check_option(agreed, name, text)
    except Problem:
        return
    try:
        check_options(agreed, terms.options)
    except Problem as problem:
        yield error(problem.what, "convening, options", problem.fix)


def agreed_default(name: str) -> bool:
    """Whether the procedure itself knows the option, beside those that all may set."""
    return any(option.id == "default_on_deadlock" for option in procedure(name).options)
