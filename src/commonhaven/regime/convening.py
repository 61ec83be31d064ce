"""What a charter brings to its convening procedure."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from commonhaven.charter import Charter
from commonhaven.procedures import Setting
from commonhaven.reading import decimal_text


def setting(
    charter: Charter,
    situation_origin: str,
    day: date,
    *,
    populations: Mapping[str, int] | None = None,
    weights: Mapping[str, Fraction] | None = None,
) -> Setting:
    """The members on that day, who may convene, and what the charter lays down for meetings.

    ``situation_origin`` is the state that people flee from, or empty. ``populations`` and
    ``weights`` are needed only for modes of decision that count them.
    """
    return Setting(
        members=tuple(charter.members_on(day)),
        zone=charter.convening.zone,
        origin=situation_origin,
        convenors=tuple(p.party for p in charter.participants if p.may_convene),
        secretariat=tuple(p.party for p in charter.participants if p.role == "secretariat"),
        options=options_of(charter),
        populations=populations or {},
        weights=weights or {},
    )


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
