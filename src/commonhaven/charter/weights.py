"""Checks of the weights that members have where a decision is weighted."""

from collections.abc import Iterator

from commonhaven.charter.known import state_name
from commonhaven.charter.model import Charter, Convening
from commonhaven.procedures import modes, procedure, procedures
from commonhaven.reading.finding import Finding, advice, error

WHERE = "convening, weights"


def weighted(terms: Convening) -> bool:
    """Whether a mode by which the group decides counts weights.

    >>> weighted(Convening(decision="weighted-majority"))
    True
    >>> weighted(Convening())
    False
    """
    own = procedure(terms.procedure).decides if terms.procedure in procedures() else ()
    ways = (terms.decision,) if terms.decision else own
    return any(way in modes() and modes()[way].kind == "weighted" for way in ways)


def weight_findings(charter: Charter) -> Iterator[Finding]:
    """Every member has a weight above zero, and nobody else has one; or none is listed."""
    terms = charter.convening
    states = dict.fromkeys(member.state for member in charter.members)
    for state, weight in terms.weights.items():
        if state not in states:
            said = f"{state[:40]} has a weight and is no member"
            yield error(said, f"{WHERE}, {state[:40]}", "Take it out, or make it a member.")
        elif weight <= 0:
            said = f"the weight of {state} is not above zero"
            yield error(said, f"{WHERE}, {state}", "Write a number above 0, such as 1 or 2.5.")
    yield from _listed(charter, [state for state in states if state not in terms.weights])


def _listed(charter: Charter, missing: list[str]) -> Iterator[Finding]:
    terms = charter.convening
    if terms.weighed_by == "cost scale":
        if terms.weights:
            fix = 'Take the table out, or write weighed_by = "weights".'
            yield error("weights are listed and taken from the cost scale too", WHERE, fix)
        return
    if not terms.weights and not weighted(terms):
        return
    if missing:
        names = ", ".join(state_name(state) for state in missing[:12])
        more = " and others" if len(missing) > 12 else ""
        fix = 'Give every member one, or write weighed_by = "cost scale".'
        yield error(f"no weight is given for {names}{more}", WHERE, fix)
    if terms.weights and not weighted(terms):
        fix = 'Write decision = "weighted-majority", or take the table out.'
        yield advice("weights are listed, and no mode of decision counts them", WHERE, fix)
