"""A call upon the members of a charter for its standing fund: by its scale, less hosting relief."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from commonhaven.charter import Charter
from commonhaven.costs import Money, Split, contributions, tranches
from commonhaven.regime.bill import scale_of
from commonhaven.regime.evidence import Evidence, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Replenishment:
    """Each member's contribution to what is needed, in two tranches; they add up to it.

    ``shares``: the charter's scale over the members; ``notes``: members without figures.
    """

    needed: Money
    shares: Mapping[str, Fraction]
    parts: Split
    tranches: Mapping[str, tuple[Money, Money]]
    notes: tuple[str, ...]


def replenish(
    charter: Charter, needed: Money, *, on: date, source: Source,
    relief: Mapping[str, Fraction] | None = None,
) -> Replenishment:  # fmt: skip
    """Divide what a fund needs among the members of a day, by scale share × (1 - relief).

    ``relief``: state → ρ from 0 to 1, as an assessment gives it; none where left out. Our proposal
    (instrument standing-fund) after Hathaway and Neve 1997, 209. Raises Problem where no member
    has the figures that the scale needs, or all are relieved in full.
    """
    payers = list(charter.members_on(on))
    known = scale_of(charter, payers, Evidence(source, on))
    lifted = relief or {}
    weights = {
        state: share * (1 - lifted.get(state, Fraction(0))) for state, share in known.shares.items()
    }
    parts = contributions(needed, weights)
    return Replenishment(
        needed=needed, shares=known.shares, parts=parts,
        tranches={state: tranches(part) for state, part in parts.parts.items()},
        notes=known.notes,
    )  # fmt: skip
