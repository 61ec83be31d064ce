"""A small book for the tests: a joint sum, places for people, and who plays which part."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from commonhaven.commitments import (
    Act,
    Book,
    Commitment,
    Draw,
    Evidence,
    Instalment,
    Setting,
    Share,
    book,
)

START = datetime(2026, 1, 1, tzinfo=UTC)
NGOS = "Council of lead NGOs"
SETTING = Setting(verifiers=frozenset({"UNHCR", NGOS}), keepers=frozenset({"IOM"}))
PAPER = (Evidence(what="signed agreement", where="register 12"),)

MONEY = Commitment(
    id="money", title="School places", kind="financial", unit="USD",
    shares=(Share(giver="FRA", quantity=Fraction(600)), Share(giver="DEU", quantity=Fraction(401))),
    to=("GHA", "UNICEF"),
    instalments=(
        Instalment(id="one", due=date(2026, 3, 1), quantity=Fraction(500)),
        Instalment(id="two", due=date(2026, 9, 1), quantity=Fraction(501)),
    ),
)  # fmt: skip
PLACES = Commitment(
    id="places", title="Resettlement", kind="resettlement places", unit="people",
    shares=(Share(giver="CAN", quantity=Fraction(50)),), to=("GHA",), ends=date(2026, 12, 31),
)  # fmt: skip


class Story:
    """Acts one after another, an hour apart unless said otherwise."""

    def __init__(self, *commitments: Commitment) -> None:
        self.commitments = commitments or (MONEY, PLACES)
        self.acts: list[Act] = []
        self.at = START

    def then(self, kind: str, **more: Any) -> str:
        """One more act; its id."""
        self.at += timedelta(hours=1)
        fields = {"commitment": "money", "evidence": PAPER, "id": f"act-{len(self.acts)}", **more}
        if "quantity" in fields:
            fields["quantity"] = Fraction(fields["quantity"])
        self.acts.append(Act(kind=kind, at=self.at, **fields))  # type: ignore[arg-type]
        return str(fields["id"])

    def wait(self, days: int) -> None:
        self.at += timedelta(days=days)

    def book(self, at: datetime | None = None) -> Book:
        return book(self.commitments, self.acts, at or self.at, SETTING)

    def refused(self) -> str:
        """Why the last act was refused."""
        last = self.book().refused[-1]
        assert last.act is self.acts[-1]
        assert last.fix
        return last.why


def sent(story: Story, quantity: int, *, giver: str = "FRA", to: str = "GHA") -> str:
    """Announced, signed and delivered; the delivery's id."""
    for kind in ("announced", "committed"):
        story.then(kind, by=giver, giver=giver, quantity=quantity)
    return story.then("delivered", by=giver, giver=giver, quantity=quantity, to=to)


def draw(transfer: str, quantity: int) -> tuple[Draw, ...]:
    return (Draw(transfer=transfer, quantity=Fraction(quantity)),)
