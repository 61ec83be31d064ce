"""What happens to a commitment, as dated acts that are only ever added to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Literal

from commonhaven.reading import described

ActKind = Literal[
    "announced", "committed", "delivered", "passed on", "received", "verified", "withdrawn",
    "condition met", "postponed", "disputed", "replied", "settled",
]  # fmt: skip
Outcome = Literal["upheld", "dropped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an act rests on: a document, never a person."""

    what: str = described("What it is: signed agreement, bank advice, gazette")
    where: str = described("Address or reference", default="")
    digest: str = described("SHA-256 of the file, where there is one", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """From which earlier delivery something is passed on, and how much."""

    transfer: str = described("The act by which it was delivered or passed on")
    quantity: Fraction = described("How much of it", low=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One step of a commitment, by one party, at an instant.

    Which fields an act needs follows from its kind: see ``book``.
    """

    id: str = described("Short name, unique in the book")
    kind: ActKind = described("What was done")
    commitment: str = described("The commitment")
    at: datetime = described("When it was recorded, with its zone")
    by: str = described("The party that did it or reports it")
    giver: str = described("The giver whose share it is about", default="")
    quantity: Fraction | None = described("How much", default=None)
    of: str = described("The act that it answers: what is received, disputed, settled", default="")
    to: str = described("Who is to receive what is delivered or passed on", default="")
    draws: tuple[Draw, ...] = described("What is passed on, from which deliveries", default=())
    evidence: tuple[Evidence, ...] = described("What it rests on", default=())
    says: str = described("Reason, or what was found", default="")
    decision: str = described("The decision of the group that it carries out", default="")
    outcome: Outcome | None = described("How a dispute ends", default=None)
    condition: str = described("The condition that is met", default="")
    instalment: str = described("The instalment that is postponed", default="")
    until: date | None = described("Its new day", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the group brings: who verifies, who keeps the book, how long a reply may take.

    ``verifiers``: UNHCR and organisations with consultative status. ``decisions``: the ids of the
    group's decisions; None where the book is kept without a platform, and any id is taken.
    """

    verifiers: frozenset[str] = frozenset({"UNHCR"})
    keepers: frozenset[str] = frozenset()
    decisions: Mapping[str, str] | None = None
    reply_days: int = 30
