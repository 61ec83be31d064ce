"""A commitment as data: a promise of money, places, goods, expertise or policy.

Fields after the pledge form of the Global Compact on Refugees (RULES D2: globalcompactrefugees.org
pledges page, unhcr.tfaforms.net/45) and IATI 2.03; shares per partner, instalments and conditions
are our proposal.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from commonhaven.commitments.quantity import Quantity
from commonhaven.reading import Problem, described

ID = r"[A-Za-z0-9][A-Za-z0-9._/-]*"

Kind = Literal[
    "financial", "resettlement places", "complementary pathways", "relocation",
    "temporary admission", "material", "technical", "policy", "legal",
]  # fmt: skip
PLACES: tuple[Kind, ...] = (
    "resettlement places", "complementary pathways", "relocation", "temporary admission",
)  # fmt: skip
MEASURES: tuple[Kind, ...] = ("policy", "legal")
Additional = Literal["new", "partly new", "existing", "not said"]
Earmarking = Literal["unearmarked", "softly earmarked", "earmarked", "tightly earmarked"]
Spent = Literal["receiving country", "giving country"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one giver answers for in a commitment."""

    giver: str = described("Code of a state, or name of another party")
    quantity: Fraction = described("How much of the commitment is its own", low=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """A part of a commitment with its day."""

    id: str = described("Short name within the commitment", pattern=ID)
    due: date = described("Last day on which it is in time")
    quantity: Fraction = described("How much is due then, of all givers together", low=0)
    giver: str = described("The giver whose part it is; empty: of each, by its share", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What has to be met before a commitment is delivered."""

    id: str = described("Short name within the commitment", pattern=ID)
    what: str = described("The condition, in a sentence")
    by: str = described("The party that has to meet it", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One promise, alone or joint, with all that makes it measurable."""

    id: str = described("Short name, unique in the book", pattern=ID)
    title: str = described("In a few words")
    kind: Kind = described("What is promised")
    unit: str = described("ISO 4217 code for money; people or places; or what is counted")
    shares: tuple[Share, ...] = described("Who gives how much")
    about: str = described("What is done with it, in sentences", default="")
    event: str = described("Meeting, conference or forum where it was made", default="")
    to: tuple[str, ...] = described("Who is to receive it", default=())
    places: tuple[str, ...] = described("Codes of the states where it is used", default=())
    situation: str = described("The situation it is for", default="")
    objectives: tuple[int, ...] = described("Objectives of the Compact, 1 to 4", default=())
    beneficiaries: str = described("Whom it is for: cohorts, never persons", default="")
    people: int | None = described("How many people it is to reach", default=None, low=0)
    indicator: str = described("How one will know that it was done", default="")
    starts: date | None = described("First day", default=None)
    ends: date | None = described("Last day", default=None)
    instalments: tuple[Instalment, ...] = described("Its parts by day", default=())
    conditions: tuple[Condition, ...] = described("What has to be met first", default=())
    additional: Additional = described("Whether it is new money or effort", default="not said")
    earmarking: Earmarking = described("How tightly its use is bound", default="unearmarked")
    spent: Spent = described(
        "Where money is spent; in the giving country it stands apart from help to hosts",
        default="receiving country",
    )
    need: str = described("The stated need that it answers", default="")
    under: str = described("The obligation, pool or call that it is given under", default="")
    consulted: str = described("How refugees were consulted", default="")
    source: str = described("Where the promise can be read", default="")

    @property
    def quantity(self) -> Quantity:
        """All that is promised, of all givers."""
        return Quantity(value=sum((s.quantity for s in self.shares), Fraction(0)), unit=self.unit)

    @property
    def givers(self) -> tuple[str, ...]:
        return tuple(share.giver for share in self.shares)

    @property
    def joint(self) -> bool:
        """Whether several give together."""
        return len(self.shares) > 1

    def share(self, giver: str) -> Quantity:
        """What one giver promised; Problem for a party that is no giver of it."""
        for share in self.shares:
            if share.giver == giver:
                return Quantity(value=share.quantity, unit=self.unit)
        raise Problem(
            f"{giver} gives nothing in {self.id}", where=self.id,
            fix=f"Its givers: {', '.join(self.givers)}.",
        )  # fmt: skip
