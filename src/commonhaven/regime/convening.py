"""What a charter brings to its convening procedure."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from commonhaven.charter import Charter, weighted
from commonhaven.parties.figures import reference
from commonhaven.procedures import Setting
from commonhaven.reading import decimal_text
from commonhaven.regime.bill import scale_of
from commonhaven.regime.evidence import Evidence, WithFacts


def setting(
    charter: Charter,
    situation_origin: str,
    day: date,
    *,
    populations: Mapping[str, int] | None = None,
    weights: Mapping[str, Fraction] | None = None,
) -> Setting:
    """The members on that day, who may convene, and what the charter lays down for meetings.

    ``situation_origin`` is the state that people flee from, or empty. ``populations`` are needed
    only for modes of decision that count them; ``weights`` take the place of the charter's.
    """
    return Setting(
        members=tuple(charter.members_on(day)),
        zone=charter.convening.zone,
        origin=situation_origin,
        convenors=tuple(p.party for p in charter.participants if p.may_convene),
        secretariat=tuple(p.party for p in charter.participants if p.role == "secretariat"),
        options=options_of(charter),
        populations=populations or {},
        weights=weights_on(charter, day) if weights is None else weights,
    )


def weights_on(charter: Charter, day: date) -> Mapping[str, Fraction]:
    """Member → its weight on that day; empty where no decision of the group is weighted.

    By the cost scale a weight is the member's share of that scale, by the figures that ship. A
    member that the scale does not know, or to which it gives nothing, weighs as much as the least
    of the others, so that nobody is without a vote: our proposal.
    """
    terms = charter.convening
    if terms.weighed_by == "weights" or not weighted(terms):
        return terms.weights
    members = tuple(charter.members_on(day))
    if not members:
        return {}
    shares = scale_of(charter, members, Evidence(WithFacts(reference()), day)).shares
    least = min(share for share in shares.values() if share > 0)
    return {state: shares.get(state) or least for state in members}


def options_of(charter: Charter) -> dict[str, str]:
    """The options that the charter sets for its procedure."""
    terms = charter.convening
    found = {
        **terms.options,
        "default_on_deadlock": "yes" if terms.default_on_deadlock else "no",
        "recuse_origin": "yes" if terms.recuse_origin else "no",
    }
    if terms.decision is not None:
        found["mode"] = terms.decision
    if terms.quorum is not None:
        found["quorum"] = decimal_text(terms.quorum)
    return found
