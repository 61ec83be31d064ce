"""What happens to a fund, as dated acts, and the rules that a group keeps it by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from commonhaven.costs.money import Money
from commonhaven.costs.rates import Rate
from commonhaven.instruments import entry
from commonhaven.reading import described, whole

FundActKind = Literal[
    "called", "announced", "signed", "paid", "given in kind", "asked", "reviewed", "released",
    "granted", "paid out", "confirmed", "reported", "closed", "waived", "awarded",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FundAct:
    """One act: who did it, when, how much. Which fields it needs follows from its kind."""

    id: str = described("Short name, unique in the fund")
    kind: FundActKind = described("What was done")
    at: datetime = described("When, with its zone")
    by: str = described("The party that did it")
    amount: Money | None = described("How much, in the currency of the fund", default=None)
    original: Money | None = described("What was paid, where in another currency", default=None)
    rate: Rate | None = described("The rate by which it was converted", default=None)
    party: str = described("Whose call, agreement or payment it is", default="")
    shares: Mapping[str, Money] = described("For a call: how much of whom", default=dict)
    request: str = described("The request that it is about", default="")
    due: date | None = described("For a call or an agreement: its day", default=None)
    year: int | None = described("For a call: the year that it is for", default=None)
    convened: datetime | None = described(
        "For an emergency: when the meeting was called", default=None
    )
    decision: str = described("The decision of the group that it carries out", default="")
    says: str = described("What for, or what was found", default="")
    evidence: str = described("Where it can be read", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How a group keeps its fund.

    ``members``: who is called upon. ``keepers``: secretariat and treasurer, who confirm receipts
    and pay. ``release_part`` of the cash may go to a host within ``release_hours`` of a convening
    on the secretariat's sole authority. ``opens_at``: the part of what was announced that must be
    signed before the fund grants anything (half for the Green Climate Fund, PEERS 2.6).
    """

    currency: str
    members: frozenset[str]
    keepers: frozenset[str]
    decisions: frozenset[str] | None = None
    release_part: Fraction
    release_hours: int
    opens_at: Fraction


def keeping(
    currency: str, members: frozenset[str], keepers: frozenset[str], *,
    decisions: frozenset[str] | None = None, release_part: Fraction | None = None,
    on: date | None = None,
) -> Keeping:  # fmt: skip
    """The rules in force on a day, the charter's own part for emergencies in place of ours."""
    return Keeping(
        currency=currency, members=members, keepers=keepers, decisions=decisions,
        release_part=release_part
        if release_part is not None
        else entry("standing-fund", "release_part", on).number,
        release_hours=whole(entry("standing-fund", "release_hours", on).number),
        opens_at=entry("standing-fund", "opens_at", on).number,
    )  # fmt: skip
