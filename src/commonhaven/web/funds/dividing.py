"""Divide a sum among the members by the charter's scale, for a call upon them."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from commonhaven.costs import money
from commonhaven.regime import replenish
from commonhaven.web.funds.models import Fund
from commonhaven.web.groups.queries import charter_on
from commonhaven.web.kit.saying import by_name, party_name
from commonhaven.web.plans.talks import source


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """A sum as the shares of a call, a line each, and what one has to know of them.

    ``part``: of the largest share; ``ceiling``: of one state in a plan's costs. Both in per cent.
    """

    shares: str
    members: int
    largest: str
    part: Fraction
    ceiling: Fraction
    notes: tuple[str, ...]


def divided(row: Fund, total: Fraction, day: date) -> Divided:
    """The shares by the charter in force, by name. Problem for a sum that cannot be divided."""
    charter = charter_on(row.group, day)
    found = replenish(charter, money(total, row.currency), on=day, source=source())
    parts = found.parts.parts
    largest = max(parts, key=lambda state: parts[state].amount)
    lines = [f"{party_name(state)}; {parts[state].amount}" for state in sorted(parts, key=by_name)]
    return Divided(
        shares="\n".join(lines), members=len(parts), largest=largest,
        part=100 * parts[largest].exact / total, ceiling=100 * charter.costs.ceiling,
        notes=found.notes,
    )  # fmt: skip
