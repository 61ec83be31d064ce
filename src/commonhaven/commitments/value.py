"""Where a book stands: promises, transfers, disputes, and what was refused."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from commonhaven.commitments.acts import Act, Draw
from commonhaven.commitments.model import Commitment
from commonhaven.commitments.quantity import Quantity

Stage = Literal["not announced", "announced", "committed", "delivered", "received", "verified",
                "withdrawn"]  # fmt: skip
Ended = Literal["", "upheld", "upheld by silence", "dropped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One giver's share of one commitment, and how far each part of it has come.

    ``announced`` and ``committed`` are what of them still stands; ``withdrawn`` by the giver,
    ``released`` by a decision of the group. Always verified ≤ received ≤ delivered ≤ committed ≤
    announced. They count first hand only: what passes through several hands is there once.
    ``disputed``: what of it stands in open disputes.
    """

    commitment: str
    giver: str
    promised: Quantity
    announced: Quantity
    committed: Quantity
    delivered: Quantity
    received: Quantity
    verified: Quantity
    withdrawn: Quantity
    released: Quantity
    disputed: Quantity
    since: datetime | None

    @property
    def stage(self) -> Stage:
        """The furthest stage that all that still stands has come to."""
        stands = self.announced
        if not stands:
            return "withdrawn" if self.withdrawn or self.released else "not announced"
        for name in ("verified", "received", "delivered", "committed"):
            if stands <= getattr(self, name):
                return name
        return "announced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One delivery from hand to hand: what the giving side says, what the other side confirms.

    ``first``: from the giver itself; others pass on what they received, ``drawn`` from which
    deliveries. ``held``: what the receiver has and has not passed on.
    """

    id: str
    commitment: str
    giver: str
    sender: str
    receiver: str
    at: datetime
    first: bool
    delivered: Quantity
    received: Quantity
    verified: Quantity
    passed_on: Quantity
    disputed: Quantity
    drawn: tuple[Draw, ...]

    @property
    def held(self) -> Quantity:
        return self.received - self.passed_on

    @property
    def on_the_way(self) -> Quantity:
        return self.delivered - self.received


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A doubt about a delivery, a receipt or a verification, and how it ended."""

    id: str
    commitment: str
    transfer: str
    against: str
    level: str
    quantity: Quantity
    by: str
    at: datetime
    due: datetime
    replied_at: datetime | None
    ended: Ended
    ended_at: datetime | None

    @property
    def open(self) -> bool:
        return not self.ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An instalment of one giver with its day, and what is missing of it at the instant asked for.

    ``first_due`` is the day first agreed, where it was postponed since.
    """

    commitment: str
    instalment: str
    giver: str
    due: date
    first_due: date
    quantity: Quantity
    missing: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An act that changed nothing: why, and what to do."""

    act: Act
    why: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The state of all commitments at an instant."""

    at: datetime
    commitments: tuple[Commitment, ...]
    promises: tuple[Promise, ...]
    transfers: tuple[Transfer, ...]
    disputes: tuple[Dispute, ...]
    dues: tuple[Due, ...]
    conditions_met: frozenset[tuple[str, str]]
    refused: tuple[Refusal, ...]

    def of(self, commitment: str) -> tuple[Promise, ...]:
        """The promises of one commitment, giver by giver."""
        return tuple(p for p in self.promises if p.commitment == commitment)
