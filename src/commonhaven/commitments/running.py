"""The book while its acts are read: amounts that change, from which the answer is made."""

from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from commonhaven.commitments.acts import Act, Setting
from commonhaven.commitments.model import Commitment
from commonhaven.commitments.value import Ended, Refusal
from commonhaven.reading import Problem

NONE = Fraction(0)
LEVELS = ("delivered", "received", "verified")


class Refused(Problem):
    """An act that cannot be taken; ``fix`` says what to do instead."""


@dataclass(slots=True, kw_only=True)
class Line:
    """One giver's share while the book is read."""

    promised: Fraction
    announced: Fraction = NONE
    committed: Fraction = NONE
    withdrawn: Fraction = NONE
    released: Fraction = NONE
    delivered: Fraction = NONE
    received: Fraction = NONE
    verified: Fraction = NONE
    since: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Hand:
    """One transfer while the book is read; ``disputed``: level → what stands in open disputes."""

    act: Act
    giver: str
    sender: str
    first: bool
    delivered: Fraction
    received: Fraction = NONE
    verified: Fraction = NONE
    passed_on: Fraction = NONE
    drawn: list[tuple[str, Fraction]] = field(default_factory=list)
    """From which transfers it was taken, and how much of each is still out."""
    disputed: dict[str, Fraction] = field(default_factory=lambda: dict.fromkeys(LEVELS, NONE))

    def free(self, level: str) -> Fraction:
        """What of a level nothing later rests on and nobody disputes."""
        if level == "delivered":
            return self.delivered - self.received - self.disputed["delivered"]
        if level == "received":
            rests = max(self.passed_on, self.verified)
            return self.received - rests - self.disputed["received"]
        return self.verified - self.disputed["verified"]

    @property
    def to_verify(self) -> Fraction:
        return self.received - self.verified - self.disputed["received"]

    @property
    def to_pass_on(self) -> Fraction:
        return self.received - self.passed_on - self.disputed["received"]


@dataclass(slots=True, kw_only=True)
class Case:
    """One dispute while the book is read."""

    act: Act
    hand: str
    against: Act
    level: str
    quantity: Fraction
    due: datetime
    replied_at: datetime | None = None
    ended: Ended = ""
    ended_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Running:
    """All of it."""

    setting: Setting
    commitments: dict[str, Commitment]
    lines: dict[tuple[str, str], Line]
    hands: dict[str, Hand] = field(default_factory=dict)
    steps: dict[str, tuple[Act, str]] = field(default_factory=dict)
    """Act → itself, and the transfer that it is a step of."""
    struck: dict[str, Fraction] = field(default_factory=dict)
    """Act → what of it stands in disputes, open or upheld."""
    cases: dict[str, Case] = field(default_factory=dict)
    met: set[tuple[str, str]] = field(default_factory=set)
    postponed: dict[tuple[str, str], date] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    clocks: list[tuple[datetime, str]] = field(default_factory=list)
    """Until when each dispute waits for a reply, the earliest first."""

    def add(self, hand: Hand, level: str, quantity: Fraction) -> None:
        """More, or less, at one level of a transfer, and of the promise where it is first hand."""
        setattr(hand, level, getattr(hand, level) + quantity)
        if hand.first:
            line = self.lines[hand.act.commitment, hand.giver]
            setattr(line, level, getattr(line, level) + quantity)

    def strike(self, hand: Hand, level: str, quantity: Fraction) -> None:
        """What an upheld dispute takes away; what was never passed on goes back to its holder."""
        self.add(hand, level, -quantity)
        if level != "delivered":
            return
        for place, (parent, out) in reversed(list(enumerate(hand.drawn))):
            back = min(out, quantity)
            hand.drawn[place] = (parent, out - back)
            self.hands[parent].passed_on -= back
            quantity -= back
